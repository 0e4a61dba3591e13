#!/usr/bin/env node
// Runs the TypeScript as it stands. The compiler's settings are this repository's, wherever the command is called.
process.env.TS_NODE_PROJECT ??= require("node:path").join(__dirname, "..", "tsconfig.json");
require("@swc-node/register");
require("./main.ts");
