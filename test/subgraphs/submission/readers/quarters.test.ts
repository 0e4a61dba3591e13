import type { SubmittedFigure } from "../../../../subgraphs/indicators/submission/figure";
import { quartersOfYearToDate } from "../../../../subgraphs/indicators/submission/readers/quarters";

const figure = (period: string, value: number | null): SubmittedFigure => ({
  ...{
    indicator: "IBC",
    reporter: "ITA",
    period,
    dimensions: ["CITIZENSHIP"],
    key: ["PAK"],
    value,
    status: value === null ? "O" : "A",
  },
  ...{ unit: null, isLowerBound: false, written: String(value), origin: { file: "f", line: 1, column: 1, path: [] } },
});

/** Italy's Cruscotto statistico counts from the beginning of the year; Pakistan 2023-08-15 is 402 lower than the report before. */
test("a year to date becomes quarters, and a decrease is said and not hidden", () => {
  const { figures, issues } = quartersOfYearToDate([
    ...[figure("2023-Q2", 7_000), figure("2023-Q1", 2_500)],
    ...[figure("2023-Q3", 6_598), figure("2023-Q4", 7_100), figure("2024-Q1", 300)],
  ]);
  expect(figures.map(({ period, value }) => [period, value])).toEqual([
    ...[
      ["2023-Q1", 2_500],
      ["2023-Q2", 4_500],
      ["2023-Q3", null],
      ["2023-Q4", 502],
      ["2024-Q1", 300],
    ],
  ]);
  expect(issues.map(({ rule, severity }) => [rule, severity])).toEqual([["year-to-date-decrease", "WARNING"]]);
  expect(issues[0]?.message).toContain("6598, less than 7000");
});

test("what follows a quarter that is not there is not made up", () => {
  const { figures } = quartersOfYearToDate([figure("2023-Q1", 5), figure("2023-Q2", null), figure("2023-Q3", 20)]);
  expect(figures.map(({ value }) => value)).toEqual([5, null, null]);
});
