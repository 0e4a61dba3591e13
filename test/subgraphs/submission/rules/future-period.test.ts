import { said } from "./check";

const of = (period: string, today: string) =>
  said("future-period", `ASY,AUT,${period},AFG,1,`, { today });

test("a quarter that is not over, one that has not begun, and the first day after one", async () => {
  expect(await of("2026-Q4", "2026-11-24")).toEqual([
    "2: 2026-Q4 is not over: it ends before 2027-01-01. Submit it then, or correct the period.",
  ]);
  expect(await of("2027-Q1", "2026-11-24")).toEqual([expect.stringContaining("has not begun")]);
  expect(await of("2026", "2026-11-24")).toEqual([expect.stringContaining("is not over")]);
  expect(await of("2026-Q3", "2026-09-30")).toHaveLength(1);
  expect(await of("2026-Q3", "2026-10-01")).toEqual([]);
});
