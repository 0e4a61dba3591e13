import fc from "fast-check";
import { ValueStatus } from "../../subgraphs/indicators/series/series.type";
import {
  discoveryThreshold,
  seasonalLimit,
  tailOf,
} from "../../subgraphs/indicators/signals/limit.rules";
import { parseSignalId, signalId } from "../../subgraphs/indicators/signals/signal.id";
import {
  gapOf,
  judge,
  restsOn,
  rises,
  thresholdOf,
} from "../../subgraphs/indicators/signals/signal.rules";

/** Quarters from a first one on; a status in the place of a value where there is none. */
function shown(...cells: (number | ValueStatus)[]) {
  return {
    values: cells.map((cell) => (typeof cell === "number" ? cell : null)),
    statuses: cells.map((cell) => (typeof cell === "number" ? ValueStatus.REPORTED : cell)),
  };
}
const { SUPPRESSED, WITHHELD, EMBARGOED, NOT_REPORTED, BREAK } = ValueStatus;
/** Three years of which the first quarter has 100, 120, 110 and the others exactly 40. */
const YEARS = [100, 40, 40, 40, 120, 40, 40, 40, 110, 40, 40, 40];

describe("the limit is that of domain.md §5, worked out by hand:", () => {
  const history = YEARS.map((value, at) => ({ season: at % 4, value }));

  test("a calm series has the dispersion of chance", () => {
    // mean 110; Σ (y − mean)² / mean = (100 + 100 + 0) / 110 = 1.82 over 12 − 4 quarters: below 1, hence 1.
    // 110 × (1 + ⅔ × 2.58 × √((1 + ⅓) / 110))^1.5 = 110 × 1.189365^1.5
    const limit = seasonalLimit(history, 0);
    expect(limit).toMatchObject({ expected: 110, dispersion: 1, years: 3, quarters: 12 });
    expect(limit?.upperLimit).toBeCloseTo(142.68, 2);
  });

  test("a restless one has more", () => {
    // mean 100; Σ = (60² + 20² + 40²) / 100 = 56 → 56 / 8 = 7; 100 × (1 + ⅔ × 2.58 × √((7 + 7/3) / 100))^1.5
    const restless = [40, 40, 40, 40, 120, 40, 40, 40, 140, 40, 40, 40].map((value, at) => ({
      season: at % 4,
      value,
    }));
    expect(seasonalLimit(restless, 0)).toMatchObject({ expected: 100, dispersion: 7 });
    expect(seasonalLimit(restless, 0)?.upperLimit).toBeCloseTo(188.41, 2);
  });

  test("the tail at the limit is that of 2.58, and half at what is expected", () => {
    const limit = seasonalLimit(history, 0) as NonNullable<ReturnType<typeof seasonalLimit>>;
    expect(tailOf(limit.upperLimit, limit)).toBeCloseTo(0.00494, 5);
    expect(tailOf(limit.expected, limit)).toBeCloseTo(0.5, 7);
    expect(tailOf(0, limit)).toBeCloseTo(1, 7);
  });

  test("one same quarter, or nothing to judge the spread by, is no history", () => {
    expect(seasonalLimit(history.slice(5), 0)).toBeNull();
    expect(seasonalLimit(history.filter(({ season }) => season === 0).slice(0, 1), 0)).toBeNull();
    expect(seasonalLimit([], 0)).toBeNull();
  });
});

test("Benjamini–Hochberg takes what the example of 1995 takes", () => {
  // Benjamini & Hochberg (1995), JRSS B 57, p. 295: of these fifteen, four at 5 %.
  const tails = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
    0.6528,
  ];
  expect(discoveryThreshold([...tails, 0.759, 1], 0.05)).toBe(0.0095);
  expect(discoveryThreshold([0.2, 0.9], 0.05)).toBe(0);
  expect(discoveryThreshold([])).toBe(0);
});

describe("a quarter stands out", () => {
  const at = 12;
  const verdictOf = (...cells: (number | ValueStatus)[]) => {
    const verdict = judge(shown(...cells), at);
    if (verdict === null || verdict === "INSUFFICIENT_HISTORY") return verdict;
    return rises(verdict, thresholdOf([verdict]));
  };

  test("above its limit, and not at it", () => {
    expect(verdictOf(...YEARS, 142)).toBe(false);
    expect(verdictOf(...YEARS, 143)).toBe(true);
  });

  test("from five on, however few there were before", () => {
    expect(verdictOf(...YEARS.map(() => 0), 4)).toBe(false);
    expect(verdictOf(...YEARS.map(() => 0), 6)).toBe(true);
  });

  test("no longer, where so many series are looked at that it is likely to be chance", () => {
    const verdict = judge(shown(...YEARS, 143), at) as Exclude<
      ReturnType<typeof judge>,
      null | string
    >;
    const calm = judge(shown(...YEARS, 110), at) as typeof verdict;
    expect(rises(verdict, thresholdOf([verdict, ...Array(15).fill(calm)]))).toBe(true);
    expect(rises(verdict, thresholdOf([verdict, ...Array(25).fill(calm)]))).toBe(false);
  });

  test.each([SUPPRESSED, WITHHELD, EMBARGOED, NOT_REPORTED] as const)(
    "never where its value is %s",
    (status) => {
      expect(verdictOf(...YEARS, status)).toBeNull();
      expect(restsOn(shown(...YEARS, status), at)).not.toContain(at);
    },
  );

  test.each([SUPPRESSED, WITHHELD, EMBARGOED, NOT_REPORTED] as const)(
    "without what is %s: it is no zero",
    (status) => {
      const hidden = [...YEARS.slice(0, 4), status, ...YEARS.slice(5), 200];
      expect(judge(shown(...hidden), at)).toMatchObject({
        limit: { expected: 105, years: 2, quarters: 11 },
      });
      const more = hidden.with(0, status);
      expect(judge(shown(...more), at)).toBe("INSUFFICIENT_HISTORY");
      expect(restsOn(shown(...hidden), at)).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12]);
    },
  );

  test("from what came after a break only, and five years back at the most", () => {
    const broken = shown(...YEARS, 143);
    broken.statuses[4] = BREAK;
    expect(judge(broken, at)).toMatchObject({ limit: { expected: 115, years: 2, quarters: 8 } });
    broken.statuses[12] = BREAK;
    expect(judge(broken, at)).toBe("INSUFFICIENT_HISTORY");
    const long = shown(...Array(8).fill(900), ...YEARS, ...YEARS.slice(0, 8), 143);
    expect(judge(long, 28)).toMatchObject({ limit: { quarters: 20, years: 5, expected: 110 } });
  });
});

describe("a series that breaks off", () => {
  test("at zero or unreported, after ten or more in each year, is a gap", () => {
    expect(gapOf(shown(...YEARS, 0), 12)).toMatchObject({ observed: 0, limit: { expected: 110 } });
    expect(gapOf(shown(...YEARS, NOT_REPORTED), 12)).toMatchObject({ observed: null });
  });

  test("is none where it is hidden, goes on, was small before, or has no history", () => {
    for (const cell of [SUPPRESSED, WITHHELD, EMBARGOED, 1])
      expect(gapOf(shown(...YEARS, cell), 12)).toBeNull();
    expect(gapOf(shown(...YEARS.with(4, 9), 0), 12)).toBeNull();
    expect(gapOf(shown(100, 40, 40, 40, 0), 4)).toBeNull();
  });
});

test("an id names what it was made of, and nothing else reads as one", () => {
  const code = fc.constantFrom("ASY", "IBC");
  const key = fc.record({
    indicator: code,
    period: fc.constantFrom("2015-Q3", "1999-Q4"),
    reporter: fc.constantFrom("HUN", "TUR"),
    citizenship: fc.constantFrom("AFG", "_U", "_STL", "XKX", null),
    version: fc.integer({ min: 0, max: 999 }),
  });
  fc.assert(fc.property(key, (one) => expect(parseSignalId(signalId(one))).toEqual(one)));
  for (const text of [
    "",
    "ASY",
    "ASY-2015-Q5-HUN-AFG-1",
    "ASY-0000-Q1-HUN-_T-1",
    "ASY-2015-Q3-HUN-AFG-1 ",
  ])
    expect(parseSignalId(text)).toBeNull();
});
