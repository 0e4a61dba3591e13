/**
 * Makes a process one that runs tests: TypeScript by @swc-node/register, and test files by `require`. The runner imports a file anew
 * each time it runs it; everything below test/ is then loaded anew too, while the product and its packages stay loaded.
 */
require("@swc-node/register");
const { register } = require("node:module");
const { pathToFileURL } = require("node:url");
const { join } = require("node:path");

register(pathToFileURL(join(__dirname, "test-files.mjs")));
