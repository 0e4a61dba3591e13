import { said } from "./check";

const of = (...periods: string[]) =>
  said("impossible-date", periods.map((period) => `ASY,AUT,${period},AFG,1,`).join("\n"));

test("periods that there are not", async () => {
  expect(await of("2024-04-31")).toEqual([
    '2: "2024-04-31" is no day: that month has 30. Write a quarter as 2015-Q3, a year as 2015.',
  ]);
  expect(await of("2023-02-29")).toEqual([expect.stringContaining("that month has 28")]);
  expect(await of("2024-Q5")).toEqual([
    '2: "2024-Q5" is none of the four quarters of 2024. They are 2024-Q1 to 2024-Q4.',
  ]);
  expect(await of("2024-13-01")).toEqual([
    expect.stringContaining('"2024-13-01" has no such month'),
  ]);
  expect(await of("2024-13")).toEqual([expect.stringContaining('"2024-13" has no such month')]);
  expect(await of("Q3 2024")).toEqual([expect.stringContaining('"Q3 2024" is not a period')]);
});

test("another calendar, another spelling, a day that there is", async () => {
  expect(await of("1394-Q3")).toEqual([
    '2: "1394-Q3" is no year from 1900 to 2199. Write the year of the Gregorian calendar.',
  ]);
  expect(await of("2024-q3")).toEqual([expect.stringContaining("Write 2024-Q3.")]);
  expect(await of("2024-02-29")).toEqual([
    expect.stringContaining("is a day. Figures are exchanged by quarter: add up 2024-Q1"),
  ]);
});

test("quarters and years are periods, and a wrong one is said once", async () => {
  expect(await of("2024-Q1", "2024-Q4", "2024", "1998")).toEqual([]);
  expect(await of("2024-Q5", "2024-Q5", "2024-Q5")).toEqual([
    expect.stringContaining("(3 figures)"),
  ]);
});
