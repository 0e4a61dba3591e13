/** One runner for unit, policy, database, end-to-end and browser tests: `npm test`. */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  transform: { "^.+\\.[jt]sx?$": ["@swc/jest"] },
  transformIgnorePatterns: ["/node_modules/(?!jose/)"], // published as ES modules only
  moduleFileExtensions: ["ts", "tsx", "js", "json"],
  globalSetup: "<rootDir>/test/support/global-setup.ts",
  globalTeardown: "<rootDir>/test/support/global-teardown.ts",
  setupFiles: ["reflect-metadata"],
  testTimeout: 120_000,
  maxWorkers: 2,
};
