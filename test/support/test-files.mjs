/** Module hooks: a TypeScript file that is imported becomes a module that requires it. */
const TYPESCRIPT = /\.tsx?(\?|$)/;

export async function load(url, context, next) {
  if (!url.startsWith("file:") || !TYPESCRIPT.test(url)) return next(url, context);
  return { format: "module", shortCircuit: true, source: requireOf(url.split("?")[0]) };
}

const requireOf = (url) => `
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
const path = fileURLToPath(${JSON.stringify(url)});
const require = createRequire(path);
const TESTS = /[\\\\/]test[\\\\/]/;
for (const loaded of Object.keys(require.cache))
  if (TESTS.test(loaded) && !loaded.includes("node_modules")) delete require.cache[loaded];
const loaded = require(path);
export default loaded.default ?? loaded;
`;
