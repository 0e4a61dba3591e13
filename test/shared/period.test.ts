import fc from "fast-check";
import { type Period, parsePeriod, periodsBetween } from "../../shared/period";

const period = (code: string): Period => parsePeriod(code) as Period;
const codes = (from: string, to: string): string[] =>
  periodsBetween(period(from), period(to)).map(({ code }) => code);

describe("a period", () => {
  test.each([
    ["2015-Q1", "Q", "2015-01-01", "2015-04-01"],
    ["2015-Q2", "Q", "2015-04-01", "2015-07-01"],
    ["2015-Q3", "Q", "2015-07-01", "2015-10-01"],
    ["2015-Q4", "Q", "2015-10-01", "2016-01-01"],
    ["2015", "A", "2015-01-01", "2016-01-01"],
    ["1900", "A", "1900-01-01", "1901-01-01"],
    ["2199-Q4", "Q", "2199-10-01", "2200-01-01"],
  ])(
    "%s begins on its first day and ends on the day after its last",
    (code, frequency, start, end) => {
      expect(parsePeriod(code)).toEqual({ code, frequency, start, end });
    },
  );

  test.each([
    "",
    "2015-Q0",
    "2015-Q5",
    "2015-Q",
    "2015-q3",
    "2015Q3",
    "2015-3",
    "2015-M03",
    "15-Q3",
    "02015",
    "2015-Q33",
    " 2015",
    "2015 ",
    "2015\n",
    "2015-Q3\n",
    "-2015",
    "1899",
    "2200",
    "2200-Q1",
    "0000",
    "٢٠١٥",
    "2015-Q３",
    "2e03",
  ])("is not written %j", (code) => {
    expect(parsePeriod(code)).toBeNull();
  });

  test("leaves no day between itself and the next, and shares none with it", () => {
    const quarters = periodsBetween(period("1900-Q1"), period("2199-Q4"));
    expect(quarters).toHaveLength(1_200);
    for (let at = 1; at < quarters.length; at++)
      expect(quarters[at]?.start).toBe(quarters[at - 1]?.end);
    const years = periodsBetween(period("1900"), period("2199"));
    expect(years.map(({ start }) => start)).toEqual(
      quarters.filter((_, at) => at % 4 === 0).map(({ start }) => start),
    );
    for (const { start, end } of [...quarters, ...years]) {
      expect([start, end].map((day) => new Date(day).toISOString().slice(0, 10))).toEqual([
        start,
        end,
      ]);
    }
  });
});

describe("the periods from one to another", () => {
  test("include both", () => {
    expect(codes("2015-Q3", "2016-Q2")).toEqual(["2015-Q3", "2015-Q4", "2016-Q1", "2016-Q2"]);
    expect(codes("2014", "2016")).toEqual(["2014", "2015", "2016"]);
    expect(codes("2015-Q4", "2015-Q4")).toEqual(["2015-Q4"]);
  });

  test("are none where the last stands before the first", () => {
    expect(codes("2016-Q1", "2015-Q4")).toEqual([]);
  });

  test("are each what its own code says", () => {
    const year = fc.integer({ min: 1900, max: 2100 });
    fc.assert(
      fc.property(year, fc.integer({ min: 1, max: 4 }), fc.nat(60), (start, quarter, length) => {
        const first = period(`${start}-Q${quarter}`);
        const last = start * 4 + quarter - 1 + length;
        const found = periodsBetween(first, period(`${Math.floor(last / 4)}-Q${(last % 4) + 1}`));
        expect(found).toHaveLength(length + 1);
        expect(found).toEqual(found.map(({ code }) => parsePeriod(code)));
      }),
      { seed: 20_261_123 },
    );
  });
});
