import { grouped } from "../../../../shared/grouped";
import { RULES } from "../../../../subgraphs/indicators/submission/rules";
import { Validation, validate } from "../../../../subgraphs/indicators/submission/validate";
import { readBytes, text } from "../read";
import { CONTEXT, check } from "./check";

const MESS = `indicator,reporter,period,citizenship,value,status
ASY,AUT,2015-Q3,,120,
ASY,AUT,2015-Q3,AFX,60,
FAC,AUT,2014,,:,
ASY,AUT,2015-Q3,IRN,-3,
ASY,AUT,2015-Q3,IRN,60,
ASY,AUT,2099-Q1,IRQ,12.5,
FAC,HUN,2014,_U,1,
`;

test("everything at once, by line", async () => {
  const { issues, omitted, counts } = await check(MESS);
  expect(issues.map(({ origin, severity, rule }) => [origin.line, severity, rule])).toEqual([
    [3, "ERROR", "unknown-code"],
    [4, "INFO", "missing-mark"],
    [5, "ERROR", "negative"],
    [6, "ERROR", "duplicate"],
    [7, "ERROR", "not-whole"],
    [7, "ERROR", "future-period"],
    [8, "ERROR", "not-yours"],
    [8, "WARNING", "unknown-share"],
  ]);
  expect([omitted, counts]).toEqual([0, { ERROR: 6, WARNING: 1, INFO: 1 }]);
});

test("a report after the other and all at once the same", async () => {
  const { figures } = await readBytes(text(MESS), { mapping: "accord-long" });
  const validation = new Validation();
  const reports = grouped(figures, ({ indicator, period }) => indicator + period);
  const warnings = [...reports.values()]
    .reverse()
    .flatMap((report) => validation.see(report, CONTEXT));
  expect(validation.end()).toEqual(validate(figures, CONTEXT));
  expect(warnings.map(({ rule }) => rule)).toEqual(["unknown-share"]);
});

test("what is kept is the first by line, and errors before warnings", async () => {
  const { figures } = await readBytes(text(MESS), { mapping: "accord-long" });
  const told = (most: number) => validate([...figures].reverse(), CONTEXT, most);
  expect(told(2).issues.map(({ rule }) => rule)).toEqual(["unknown-code", "negative"]);
  expect(told(2)).toMatchObject({ omitted: 6, counts: { ERROR: 6, WARNING: 1, INFO: 1 } });
  expect(told(7).issues.map(({ severity }) => severity)).toEqual(
    expect.arrayContaining(["WARNING"]),
  );
  expect(told(7).issues.map(({ severity }) => severity)).not.toContain("INFO");
});

test("issues of the API's input come in the order of its places", () => {
  const figures = Array.from({ length: 12 }, (_, at) => ({
    origin: { file: null, line: null, column: null, path: ["input", "figures", `${11 - at}`] },
    indicator: "ASY",
    reporter: "AUT",
    period: "2015",
    dimensions: ["CITIZENSHIP"],
    key: [`X${at}`],
    value: -1,
    status: "A",
    unit: null,
    isLowerBound: false,
    written: "-1",
  }));
  const { issues } = validate(figures, CONTEXT);
  const negatives = issues
    .filter(({ rule }) => rule === "negative")
    .map(({ origin }) => Number(origin.path[2]));
  expect(negatives).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test("rules have names of their own, and every one asks something", () => {
  const names = RULES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { ofFigure, ofReport, ofAll } of RULES)
    expect(ofFigure ?? ofReport ?? ofAll).toBeDefined();
});
