import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..", "..");

/** `{ ...{ a, b } }` hides a misspelt property from the compiler, and `[...[a, b]]` says nothing more than `[a, b]`. */
function literalSpreads(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isObject = ts.isSpreadAssignment(node) && ts.isObjectLiteralExpression(node.expression);
    const isList = ts.isSpreadElement(node) && ts.isArrayLiteralExpression(node.expression);
    if (isObject || isList) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test("objects and lists are written out, never spread from a literal", () => {
  const files = execFileSync("git", ["ls-files", "*.ts", "*.tsx", "*.mts"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const here = files
    .trim()
    .split("\n")
    .filter((file) => existsSync(join(ROOT, file)));
  expect(here.length).toBeGreaterThan(500);
  expect(
    here.flatMap((file) => literalSpreads(file, readFileSync(join(ROOT, file), "utf8"))),
  ).toEqual([]);
});

test("such a spread is found, in an object and in a list", () => {
  const text = "const a = { ...{ b: 1 } };\nconst c = [...[1]];\nconst d = [...[1].map(String)];";
  expect(literalSpreads("x.ts", text)).toEqual(["x.ts:1", "x.ts:2"]);
});
