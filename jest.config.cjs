/**
 * Three projects: `unit` needs no database, `exchange` has a real PostgreSQL, `endurance` kills, attacks and repeats.
 * One process loads the product once and runs its files in it, without a sandbox for each (jest-light-runner; see
 * test/support/register.cjs). `npm test` runs two such processes beside each other (test/run.ts).
 */
require("./test/support/register.cjs");

const project = (displayName, folders, more = {}) => ({
  displayName,
  runner: "jest-light-runner",
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
  maxWorkers: 1,
  reporters: ["default", "<rootDir>/test/support/watch-reporter.cjs"],
  projects: [
    project("unit", ["shared", "subgraphs", "gateway", "cli", "scripts"]),
    project("exchange", ["journeys", "policy", "database"], onDatabase),
    project("endurance", ["endurance", "noninterference"], onDatabase),
  ],
};
