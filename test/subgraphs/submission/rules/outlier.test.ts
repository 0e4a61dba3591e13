import { expected } from "../../../../subgraphs/indicators/submission/rules/outlier";
import { said } from "./check";

/** Afghans who applied in Hungary (UNHCR), quarter by quarter from 2012. */
const AFGHANS = [230, 148, 180, 322, 361, 463, 355, 1100, 1163, 875, 1950, 4551];
const before = (quarter: number) => AFGHANS.filter((_, at) => at % 4 === quarter - 1);
const of = (period: string, value: number | string, past: readonly number[]) =>
  said("outlier", `ASY,AUT,${period},AFG,${value},`, { history: () => past });

test("Hungary's summer of 2015 against those of 2012 to 2014", async () => {
  expect(await of("2015-Q3", 27_640, before(3))).toEqual([
    "2: AFG is 27640, far more than the same period of 3 past years (180, 355, 1950). Expected were 0 to 5052. Correct it, or say in the comment what happened.",
  ]);
  expect(await of("2015-Q3", 3_000, before(3))).toEqual([]);
});

test("downwards too, as where a region has not reported", async () => {
  expect(await of("2016-Q1", 2, [60, 55, 66, 61])).toEqual([expect.stringContaining("far fewer")]);
  expect(await of("2016-Q1", 0, [60, 55, 66, 61])).toHaveLength(1);
  expect(await of("2016-Q1", 58, [60, 55, 66, 61])).toEqual([]);
});

test("nothing is said of a handful, of two years, of a lower bound or of no value", async () => {
  expect(await of("2015-Q3", 4, [0, 0, 0])).toEqual([]);
  expect(await of("2015-Q3", 5, [0, 0, 0])).toHaveLength(1);
  expect(await of("2015-Q3", 0, [4, 4, 4])).toEqual([]);
  expect(await of("2015-Q3", 27_640, [355, 1950])).toEqual([]);
  expect(await of("2015-Q3", ">=27640", before(3))).toEqual([]);
  expect(await of("2015-Q3", ":", before(3))).toEqual([]);
});

test("the limit is Farrington's, worked out by hand: mean 100, no more spread than Poisson's", () => {
  const { least, most } = expected([90, 100, 110]) ?? { least: 0, most: 0 };
  const spread = (2 / 3) * 2.58 * Math.sqrt((1 + 1 / 3) / 100);
  expect(most).toBeCloseTo(100 * (1 + spread) ** 1.5, 6);
  expect(least).toBeCloseTo(100 * (1 - spread) ** 1.5, 6);
  expect([Math.round(least), Math.round(most)]).toEqual([72, 131]);
});
