/** What looks like a person's record, and what only looks like one: a table of invented texts, and how many are told apart. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { personalFinding, personalFindingInCode } from "../../shared/person-record.rules";

const TABLE = readFileSync(join(__dirname, "..", "support", "data", "person-records.tsv"), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.replaceAll("\\u200b", "\u200b").split("\t") as [string, string]);

test("the table has two hundred cases, and each is told for what it is", () => {
  const of = (kind: string) => TABLE.filter(([one]) => one === kind).map(([, text]) => text);
  const missed = of("must").filter((text) => personalFinding(text) === null);
  const refused = of("must not").filter((text) => personalFinding(text) !== null);
  const rate = (wrong: readonly string[], kind: string) =>
    `${of(kind).length - wrong.length} of ${of(kind).length}`;
  process.stdout.write(
    `records found: ${rate(missed, "must")}; others let through: ${rate(refused, "must not")}\n`,
  );
  expect(TABLE.length).toBeGreaterThanOrEqual(200);
  expect({ missed, refused }).toEqual({ missed: [], refused: [] });
});

test.each<[string, string, string | null]>([
  ["WARNCELLID", "809189000", null],
  ["EMMA_ID", "HU331", null],
  ["SAME", "006109", null],
  ["passport", "AB1234567", "DOCUMENT_NUMBER"],
  ["who", "holder of 1234567890", "DOCUMENT_NUMBER"],
])("of the list %s the code %s is %s", (list, code, expected) => {
  expect(personalFindingInCode(list, code)).toBe(expected);
});

test("the longest text takes no time worth naming", () => {
  const started = Date.now();
  for (const part of ["passport ", "Aa ", "1 ", "+1", "born 1", "(", "EUR ", "IMO "])
    personalFinding(part.repeat(Math.floor(5_000 / part.length)));
  expect(Date.now() - started).toBeLessThan(20_000);
});
