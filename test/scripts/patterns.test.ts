/**
 * No pattern of the product takes time that grows faster than the text. Every regular expression literal is run on long texts
 * made of what such patterns stumble over, and every rule that reads free text is given 64 kB of the same.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { codeFault, textFault } from "../../shared/free-text.rules";
import { personalFinding, personalFindingInCode } from "../../shared/person-record.rules";
import { sayAccount } from "../../subgraphs/countries/input.rules";

const ROOT = join(__dirname, "..", "..");
/** Rising, so that what takes the cube is found before it takes for ever. */
const LENGTHS = [1_000, 2_000, 20_000];
/** What takes the square of the length takes longer than this; what is linear, a thousandth of it. */
const MOST_MS = 2_000;
/** A rule normalises its text first, which may make it four times as long; the square of that takes minutes. */
const MOST_OF_A_RULE_MS = 20_000;
const PUMPS = [
  " ",
  "\t",
  "\n",
  "a",
  "A",
  "1",
  "0",
  "-",
  ".",
  ",",
  "<",
  "(",
  "&",
  "'",
  "é",
  "\u2167",
];
const PAIRS = [
  "Aa ",
  "a-",
  "A-",
  "1 ",
  "1.",
  "1,",
  "a@",
  "a.",
  "<a",
  "&a",
  "P<",
  "00",
  ". ",
  "PAAAAA",
];

interface Literal {
  at: string;
  source: string;
  flags: string;
}

function literals(file: string): Literal[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Literal[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({
        at: `${file}:${line + 1}`,
        source: node.text.slice(1, end),
        flags: node.text.slice(end + 1).replace(/[gy]/g, ""),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Words in the pattern, behind which its repetitions begin. */
function beginnings(source: string): string[] {
  return ["", ...new Set(source.match(/[A-Za-z]{2,}/g) ?? [])].slice(0, 6);
}

function slowest(pattern: RegExp, source: string): { ms: number; text: string } {
  let worst = { ms: 0, text: "" };
  for (const beginning of beginnings(source)) {
    for (const pump of [...PUMPS, ...PAIRS]) {
      for (const length of LENGTHS) {
        const text = `${beginning}${pump.repeat(Math.ceil(length / pump.length))}\u0001`;
        const started = performance.now();
        pattern.test(text);
        const ms = performance.now() - started;
        if (ms > worst.ms) worst = { ms, text: `${beginning} + ${JSON.stringify(pump)}` };
        if (ms > MOST_MS) return worst;
      }
    }
  }
  return worst;
}

test("of every regular expression", () => {
  const files = execFileSync(
    "git",
    ["ls-files", "cli/*.ts", "exchange/*.ts", "gateway/*.ts", "shared/*.ts", "subgraphs/*.ts"],
    { cwd: ROOT, encoding: "utf8" },
  );
  const all = files.trim().split("\n").flatMap(literals);
  expect(all.length).toBeGreaterThan(100);
  const slow = all
    .map((one) => ({ ...one, ...slowest(new RegExp(one.source, one.flags), one.source) }))
    .filter(({ ms }) => ms > MOST_MS)
    .map(({ at, text, ms }) => `${at}: ${text} takes ${ms.toFixed(0)} ms`);
  expect(slow).toEqual([]);
});

test("a pattern that takes the cube of the blanks is found", () => {
  const source = "visa\\s*(?:no)?\\s*[:#]?\\s*[A-Z0-9]";
  expect(slowest(new RegExp(source, "i"), source).ms).toBeGreaterThan(MOST_MS);
});

const STARTS = ["", "visa", "passport no", "born ", "Aa Bb", "geb. ", "паспорт", "P<UTOA", "tel "];
const RULES: Readonly<Record<string, (text: string) => unknown>> = {
  personalFinding,
  personalFindingInCode: (text) => personalFindingInCode("list", text),
  textFault: (text) => textFault(text.slice(0, 5_000)),
  codeFault: (text) => codeFault("list", text.slice(0, 5_000)),
  sayAccount: (text) => sayAccount(() => undefined, "text", text, 100_000),
};

test.each(Object.keys(RULES))("of the rule %s, to 64 kB", (name) => {
  const rule = RULES[name] as (text: string) => unknown;
  const slow: string[] = [];
  for (const start of STARTS) {
    for (const pump of [...PUMPS, ...PAIRS]) {
      const text = `${start}${pump.repeat(Math.ceil(65_536 / pump.length))}.`;
      const started = performance.now();
      rule(text);
      const ms = performance.now() - started;
      if (ms > MOST_OF_A_RULE_MS)
        slow.push(`${start} + ${JSON.stringify(pump)} takes ${ms.toFixed(0)} ms`);
    }
  }
  expect(slow).toEqual([]);
});
