import type { SubmittedFigure } from "../../../../subgraphs/indicators/submission/figure";
import {
  quartersOfYearToDate,
  Sums,
} from "../../../../subgraphs/indicators/submission/readers/quarters";

const figure = (period: string, value: number | null): SubmittedFigure => ({
  indicator: "IBC",
  reporter: "ITA",
  period,
  dimensions: ["CITIZENSHIP"],
  key: ["PAK"],
  value,
  status: value === null ? "O" : "A",
  unit: null,
  isLowerBound: false,
  written: String(value),
  origin: { file: "f", line: 1, column: 1, path: [] },
});

/** Italy's Cruscotto statistico counts from the beginning of the year; Pakistan 2023-08-15 is 402 lower than the report before. */
test("a year to date becomes quarters, and a decrease is said and not hidden", () => {
  const { figures, issues } = quartersOfYearToDate([
    figure("2023-Q2", 7_000),
    figure("2023-Q1", 2_500),
    figure("2023-Q3", 6_598),
    figure("2023-Q4", 7_100),
    figure("2024-Q1", 300),
  ]);
  expect(figures.map(({ period, value }) => [period, value])).toEqual([
    ["2023-Q1", 2_500],
    ["2023-Q2", 4_500],
    ["2023-Q3", null],
    ["2023-Q4", 502],
    ["2024-Q1", 300],
  ]);
  expect(issues.map(({ rule, severity }) => [rule, severity])).toEqual([
    ["year-to-date-decrease", "WARNING"],
  ]);
  expect(issues[0]?.message).toContain("6598, less than 7000");
});

test("what follows a quarter that is not there is not made up", () => {
  const { figures } = quartersOfYearToDate([
    figure("2023-Q1", 5),
    figure("2023-Q2", null),
    figure("2023-Q3", 20),
  ]);
  expect(figures.map(({ value }) => value)).toEqual([5, null, null]);
});

const month = (period: string, value: number | null, status = "A"): SubmittedFigure => ({
  ...figure(period, value),
  status,
});

test.each<[string, SubmittedFigure[], [number | null, string][], string[]]>([
  [
    "of three months is their sum",
    [month("2015-07", 1), month("2015-08", 2), month("2015-09", 3)],
    [[6, "A"]],
    [],
  ],
  [
    "with a suppressed month is a lower bound",
    [month("2015-07", 1), month("2015-08", null, "Q"), month("2015-09", 3)],
    [[4, "E"]],
    [],
  ],
  [
    "of suppressed months is suppressed",
    ["07", "08", "09"].map((at) => month(`2015-${at}`, null, "Q")),
    [[null, "Q"]],
    [],
  ],
  [
    "with a month that is missing is not made",
    [month("2015-07", 1), month("2015-08", null, "O"), month("2015-09", 3)],
    [],
    ["incomplete-quarter"],
  ],
  [
    "of two months is not made",
    [month("2015-07", 1), month("2015-08", 2)],
    [],
    ["incomplete-quarter"],
  ],
  [
    "with a month that stands twice says so",
    [month("2015-07", 1), month("2015-07", 1), month("2015-08", 2), month("2015-09", 3)],
    [[7, "A"]],
    ["duplicate"],
  ],
])("a quarter %s", (_name, months, expected, rules) => {
  const sums = new Sums(false);
  for (const one of months) sums.add(one);
  const { figures, issues } = sums.end();
  expect(figures.map(({ value, status }) => [value, status])).toEqual(expected);
  expect(issues.map(({ rule }) => rule)).toEqual(rules);
});
