/**
 * Three projects: `unit` needs no database, `exchange` has a real PostgreSQL, `endurance` kills, attacks and repeats.
 * A worker is one process that loads the product once and runs its files in it, without a sandbox for each
 * (jest-light-runner); see test/support/register.cjs.
 */
const { join } = require("node:path");

// Workers are forked with this environment; with --runInBand this process is the worker.
const register = join(__dirname, "test/support/register.cjs");
if (!process.env.NODE_OPTIONS?.includes(register))
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ""} --require=${register}`;
require(register);

const project = (displayName, folders, more = {}) => ({
  displayName,
  runner: "jest-light-runner/child-process",
  testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
  moduleFileExtensions: ["ts", "tsx", "js", "json"],
  setupFiles: ["reflect-metadata"],
  ...more,
});
const onDatabase = {
  globalSetup: "<rootDir>/test/support/global-setup.ts",
  globalTeardown: "<rootDir>/test/support/global-teardown.ts",
};

module.exports = {
  maxWorkers: 2,
  reporters: ["default", "<rootDir>/test/support/watch-reporter.cjs"],
  projects: [
    project("unit", ["shared", "subgraphs", "gateway", "cli", "scripts"]),
    project("exchange", ["journeys", "policy", "database"], onDatabase),
    project("endurance", ["endurance", "noninterference"], onDatabase),
  ],
};
