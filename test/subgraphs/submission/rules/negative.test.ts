import { check, said } from "./check";

test("Italy's arrivals from Pakistan fell by 402 between two reports of 2023: no count of a period is below zero", async () => {
  expect(
    await said(
      "negative",
      "IBC,AUT,2023-Q3,PAK,-402,\nIBC,AUT,2023-Q3,AFG,0,\nIBC,AUT,2023-Q3,IRN,,",
    ),
  ).toEqual([
    '2: "-402" is below zero. Write what was counted in the period; correct an earlier period by amending its own report.',
  ]);
});

test("a minus alone is a mark", async () => {
  const { issues } = await check("indicator,period,value\nASY,2015-Q3,-");
  expect(issues.map(({ rule }) => rule)).toEqual(["missing-mark"]);
});
