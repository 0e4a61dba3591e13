/** No text, however it is made, makes a rule take long: a quadratic rule takes minutes at 64 kB, and these take milliseconds. */
import fc from "fast-check";
import { textFault as freeTextFault } from "../../shared/free-text.rules";
import { personalFinding } from "../../shared/person-record.rules";
import { sayAccount } from "../../subgraphs/countries/input.rules";

const LONG = 65_536;
const MOST_MS = 10_000;

/** What the patterns look for, their beginnings and what they repeat: the pieces of which adversarial texts are made. */
const PIECES = [
  "visa",
  "passport no",
  "born",
  "рожд",
  "Паспорт",
  "P<AUT",
  "A",
  "a",
  "Aa ",
  "Anna Muster",
  "<",
  " ",
  "\u00a0",
  "\n",
  "\t",
  ".",
  ",",
  "-",
  "#",
  "no",
  "1",
  "123456789",
  "12. ",
  "1990-",
  "+49",
  "EUR",
  "IMO ",
  "(",
  "*",
  "\u2167",
  "\ufdfa",
];

const piece = fc.constantFrom(...PIECES);
const adversarial = fc
  .tuple(fc.array(piece, { maxLength: 3 }), fc.array(piece, { minLength: 1, maxLength: 4 }), piece)
  .map(([head, repeated, tail]) => {
    const part = repeated.join("");
    return `${head.join("")}${part.repeat(Math.floor(LONG / part.length))}${tail}`;
  });

function milliseconds(run: () => void): number {
  const before = performance.now();
  run();
  return performance.now() - before;
}

const say = () => undefined;
const RULES: [string, (text: string) => void][] = [
  ["a person's record", (text) => void personalFinding(text)],
  ["free text", (text) => void freeTextFault(text)],
  ["an account, however long it may be", (text) => sayAccount(say, "body", text, LONG)],
];

test.each(RULES)("%s is judged in time that grows with the text only", (_name, judge) => {
  const takesLittle = (text: string) =>
    expect(milliseconds(() => judge(text))).toBeLessThan(MOST_MS);
  for (const text of [
    `visa${" ".repeat(LONG)}.`,
    `Anna${" ".repeat(LONG)}Muster`,
    "P".repeat(LONG),
  ])
    takesLittle(text);
  fc.assert(fc.property(adversarial, takesLittle), { numRuns: 60 });
});

test("length is measured before and after compatibility characters are written out", () => {
  expect(freeTextFault("\u2167".repeat(5_000))).toContain("is longer than");
  expect(freeTextFault("\u2167".repeat(1_000))).toBeNull();
  expect(freeTextFault("a".repeat(5_001))).toContain("is longer than");
});

test("what stood behind many blanks is still found", () => {
  const blanks = " ".repeat(500);
  expect(personalFinding(`visa${blanks}no.${blanks}A1234567`)).toBe("DOCUMENT_NUMBER");
  expect(personalFinding(`Anna${blanks}Muster,${blanks}12.${blanks}March${blanks}1990`)).toBe(
    "DATE_OF_BIRTH",
  );
});
