/** Files as officers write them, read by the reader of the exchange and judged by the rules with the catalogue that ships. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { SubmittedFigure } from "../../../../subgraphs/indicators/submission/figure";
import type { Found } from "../../../../subgraphs/indicators/submission/findings";
import type { Issue } from "../../../../subgraphs/indicators/submission/issue";
import type { RuleContext } from "../../../../subgraphs/indicators/submission/rules/rule";
import { validate } from "../../../../subgraphs/indicators/submission/validate";
import { fixture, readBytes, text } from "../read";

const REFERENCE = join(__dirname, "..", "..", "..", "..", "migrations", "reference");
const rows = (name: string): Record<string, string>[] =>
  parse(readFileSync(join(REFERENCE, name)), { columns: true });

const codes = new Map<string, Map<string, string>>();
for (const { dimension = "", code = "", name = "" } of rows("codelists.csv")) {
  codes.set(dimension, (codes.get(dimension) ?? new Map()).set(code, name));
}

/** Austria submits in November 2026; nothing is closed, nothing is known of the past, figures are exact. */
export const CONTEXT: RuleContext = {
  catalogue: JSON.parse(readFileSync(join(REFERENCE, "indicators.json"), "utf8")),
  codes,
  areas: new Map(rows("areas.csv").map(({ code = "", name = "" }) => [code, name])),
  partner: "AUT",
  today: "2026-11-24",
  isClosed: () => false,
  history: () => [],
  rounding: 1,
};

const HEADER = "indicator,reporter,period,citizenship,value,status";

/** What one rule says of these lines (under a header in line 1), each as `2: message remedy`. */
export async function said(
  rule: string,
  lines: string,
  more: Partial<RuleContext> = {},
): Promise<string[]> {
  return told(
    rule,
    (await check(`${lines.includes("indicator,") ? "" : `${HEADER}\n`}${lines}`, more)).issues,
  );
}

export async function check(csv: string, more: Partial<RuleContext> = {}): Promise<Found> {
  const { figures } = await readBytes(text(csv), { mapping: "accord-long" });
  return validate(figures, { ...CONTEXT, ...more });
}

/** The same of a file as its publisher made it. */
export async function checkFile(
  name: string,
  mapping: string,
  more: Partial<RuleContext> = {},
): Promise<Found & { read: readonly SubmittedFigure[] }> {
  const { figures } = await readBytes(
    fixture(name),
    { mapping, reporter: more.partner ?? "AUT" },
    8_192,
  );
  return { ...validate(figures, { ...CONTEXT, ...more }), read: figures };
}

export function told(rule: string, issues: readonly Issue[]): string[] {
  return issues
    .filter((issue) => issue.rule === rule)
    .map(({ origin, message, remedy }) => `${origin.line}: ${message} ${remedy}`.trim());
}
