import { NOTHING_SHOWN } from "../../shared/graphql/shield";
import { type Period, parsePeriod, periodsBetween } from "../../shared/period";
import {
  type AnalysisAct,
  obstacle,
  stateOf,
} from "../../subgraphs/indicators/analysis/analysis.rules";
import { ANALYSIS_STATES } from "../../subgraphs/indicators/analysis/analysis.type";
import {
  borderRows,
  logRatio,
  mirrorsOf,
  sidesOf,
} from "../../subgraphs/indicators/analysis/border.rules";
import { drawBars } from "../../subgraphs/indicators/analysis/chart";
import { coverageOf } from "../../subgraphs/indicators/analysis/coverage.rules";
import { type Reading, slotOf } from "../../subgraphs/indicators/analysis/reading";
import { sectionOf } from "../../subgraphs/indicators/analysis/section.rules";
import { bookOf, changeOf, yearCell } from "../../subgraphs/indicators/analysis/year.rules";
import type { Catalogue } from "../../subgraphs/indicators/catalogue/catalogue";
import type { Pair } from "../../subgraphs/indicators/series/series.loader";
import { ValueStatus } from "../../subgraphs/indicators/series/series.type";

type Cells = Readonly<Record<string, number | string>>;
const indicator = { code: "REF", cubes: [], dimensions: [] } as never;

/** What a viewer is shown of one reporter: cells by period and key; a letter where there is no value, null where all is withheld. */
function pair(
  reporter: string,
  tables: Readonly<Record<string, Cells | null>>,
  frequency: "Q" | "A" = "Q",
): Pair {
  const [from, to] = frequency === "A" ? ["2014", "2015"] : ["2014-Q1", "2015-Q4"];
  const periods = periodsBetween(parsePeriod(from) as Period, parsePeriod(to) as Period);
  const shown = Object.entries(tables).flatMap(([period, cells]) =>
    cells === null ? [] : [[period, cells] as const],
  );
  return {
    reporter,
    indicator,
    periods,
    releasedAt: [],
    madeOf: NOTHING_SHOWN,
    position: new Map(periods.map(({ code }, at) => [code, at])),
    decisions: periods.map(({ code }) =>
      tables[code] === null
        ? { allowed: false, reason: "NO_AGREEMENT", term: null }
        : { allowed: true, reason: "OWNER", control: "NONE", ownNationals: true, term: null },
    ),
    tables: new Map(
      shown.map(([period, cells]) => [
        period,
        {
          keys: Object.keys(cells),
          values: Object.values(cells).map((cell) => (typeof cell === "number" ? cell : null)),
          statuses: Object.values(cells).map((cell) => (typeof cell === "number" ? "A" : cell)),
          sources: [`${reporter}-${period.slice(0, 4)}`],
          released_at: new Date(`${Number(period.slice(0, 4)) + 1}-02-14`),
        } as never,
      ]),
    ),
  };
}
const names = {
  nameOf: (_dimension: string, code: string) => code,
  source: (id: string) => ({ id }) as NonNullable<ReturnType<Catalogue["source"]>>,
};
const total = (value: number | string): Cells => ({ "": value });
const quarters = (...cells: (number | string | null)[]) =>
  Object.fromEntries(
    cells.map((cell, at) => [`2015-Q${at + 1}`, cell === null ? null : total(cell)]),
  );

describe("a year", () => {
  const cell = (
    quarterly: Record<string, Cells | null>,
    annual: Record<string, Cells | null> = {},
    key = "",
  ) => yearCell(bookOf(pair("AUT", quarterly), pair("AUT", annual, "A")), key, 2015);

  test("is what was released for it, whatever the quarters say", () => {
    expect(cell(quarters(1, 2, 3, 4), { "2015": total(99) })).toMatchObject({
      value: 99,
      status: "REPORTED",
    });
  });
  test("is else the sum of four quarters", () => {
    expect(cell(quarters(1, 2, 3, 4))).toMatchObject({ value: 10, status: "REPORTED" });
  });
  test.each([
    ["suppressed", "Q", ValueStatus.SUPPRESSED],
    ["withheld", null, ValueStatus.WITHHELD],
    ["own nationals", "X", ValueStatus.WITHHELD],
    ["not reported", "O", ValueStatus.NOT_REPORTED],
  ] as const)("is not made over a quarter that is %s", (_what, hidden, status) => {
    expect(cell(quarters(1, 2, hidden, 4))).toMatchObject({ value: null, status });
    expect(cell({ "2015-Q1": total(1) })).toMatchObject({
      value: null,
      status: ValueStatus.NOT_REPORTED,
    });
  });
  test("that is suppressed is not made of its quarters again", () => {
    expect(cell(quarters(1, 2, 3, 4), { "2015": total("Q") })).toMatchObject({
      value: null,
      status: ValueStatus.SUPPRESSED,
    });
  });
  test("of a citizenship counts a quarter whose table lacks it as none, and one without a table as unknown", () => {
    const parts = {
      "2015-Q1": { AFG: 5 },
      "2015-Q2": { SYR: 1 },
      "2015-Q3": { AFG: 6 },
      "2015-Q4": { AFG: 7 },
    };
    expect(cell(parts, {}, "AFG")).toMatchObject({ value: 18 });
    expect(cell({ ...parts, "2015-Q4": { AFG: "Q" } }, {}, "AFG")).toMatchObject({
      value: null,
      status: "SUPPRESSED",
    });
    const { "2015-Q4": _gone, ...three } = parts;
    expect(cell(three, {}, "AFG")).toMatchObject({ value: null });
  });
});

test("a change is told in per cent from a base of fifty on", () => {
  expect(changeOf(100, 50)).toEqual({ change: 50, changePercent: 100 });
  expect(changeOf(100, 49)).toEqual({ change: 51, changePercent: null });
  expect(changeOf(100, 0)).toEqual({ change: 100, changePercent: null });
  expect(changeOf(null, 50)).toEqual({ change: null, changePercent: null });
  expect(changeOf(50, null)).toEqual({ change: null, changePercent: null });
});

describe("a section", () => {
  const reading = (reporters: readonly string[], pairs: Record<string, Pair[]>): Reading => ({
    year: 2015,
    reporters,
    indicators: [indicator],
    pairs: new Map(Object.entries(pairs)),
  });
  const both = (now: Cells | null, before: Cells | null) => ({ "2014": before, "2015": now });
  const section = (pairs: Record<string, Pair[]>) =>
    sectionOf(reading([], pairs), indicator, names, () => true);
  const [slot, parts] = [
    (frequency: "Q" | "A") => slotOf("REF", [], frequency),
    slotOf("REF", ["CITIZENSHIP"], "A"),
  ];

  test("sums the reporters of which both years are shown, and shares and ranks are of these", () => {
    const annual = [
      pair("AUT", both(total(60), total(50)), "A"),
      pair("BGR", both(total(40), total(40)), "A"),
      pair("DEU", both(null, total(70)), "A"),
      pair("FRA", both(total("Q"), total(70)), "A"),
      pair("HUN", both(total(900), null), "A"),
    ];
    const { sum, reporters } = section({
      [slot("A")]: annual,
      [slot("Q")]: annual.map(({ reporter }) => pair(reporter, {})),
    });
    expect(sum).toMatchObject({
      value: 100,
      previous: 90,
      change: 10,
      included: [{ code: "AUT" }, { code: "BGR" }],
    });
    expect(sum.leftOut.map(({ code }) => code)).toEqual(["DEU", "FRA", "HUN"]);
    expect(reporters.map(({ share }) => share)).toEqual([0.6, 0.4, null, null, null]);
  });

  test("says why a year before is not there, when each year was released and by whom, and of a sum what is weakest in it", () => {
    const annual = [
      pair("AUT", both(total(60), total(50)), "A"),
      pair("FRA", both(total(70), total("Q")), "A"),
      pair("HUN", both(total(900), null), "A"),
    ];
    const { reporters, sum } = section({
      [slot("A")]: annual,
      [slot("Q")]: annual.map(({ reporter }) => pair(reporter, {})),
    });
    expect(reporters.map(({ previousStatus }) => previousStatus)).toEqual([
      "REPORTED",
      "SUPPRESSED",
      "WITHHELD",
    ]);
    const [vintage, previousVintage] = [new Date("2016-02-14"), new Date("2015-02-14")];
    expect(reporters[0]).toMatchObject({
      vintage,
      previousVintage,
      sources: [{ id: "AUT-2014" }, { id: "AUT-2015" }],
    });
    expect(reporters[2]).toMatchObject({
      vintage,
      previousVintage: null,
      sources: [{ id: "HUN-2015" }],
    });
    expect(sum).toMatchObject({ value: 60, status: "REPORTED", included: [{ code: "AUT" }] });
  });

  test.each([
    ["DEFINITION_DIFFERS", { value: 70, statuses: ["A", "D"] }],
    ["BREAK", { value: 70, statuses: ["B", "A"] }],
  ])(
    "a sum with a part that is %s says so, whichever year it is of",
    (status, { value, statuses }) => {
      const part = pair("AUT", both(total(value), total(value)), "A");
      for (const [at, period] of ["2014", "2015"].entries())
        part.tables.get(period)?.statuses.splice(0, 1, statuses[at] as string);
      const pairs = [part, pair("BGR", both(total(1), total(1)), "A")];
      const quarterly = pairs.map(({ reporter }) => pair(reporter, {}));
      expect(section({ [slot("A")]: pairs, [slot("Q")]: quarterly }).sum).toMatchObject({
        value: 71,
        status,
      });
      expect(section({ [slot("A")]: [], [slot("Q")]: [] }).sum).toMatchObject({
        value: null,
        status: null,
      });
    },
  );

  const topTen = (cells: Cells, whole: number | string = 100) =>
    section({
      [slot("A")]: [pair("AUT", both(total(whole), null), "A")],
      [slot("Q")]: [pair("AUT", {})],
      [parts]: [pair("AUT", both(cells, null), "A")],
      [slotOf("REF", ["CITIZENSHIP"], "Q")]: [pair("AUT", {})],
    }).topTens[0];

  test("lists ten citizenships and the rest, which is not worked out over a hidden part", () => {
    const codes = Array.from({ length: 12 }, (_, at) => String.fromCharCode(65 + at));
    const cells = Object.fromEntries(codes.map((code, at) => [code, 14 - at]));
    expect(topTen(cells)?.rows.map(({ citizenship }) => citizenship.code)).toEqual(
      codes.slice(0, 10),
    );
    expect(topTen(cells)).toMatchObject({
      others: 5,
      othersStatus: "REPORTED",
      rows: [{ value: 14, share: 0.14 }, ...Array(9).fill({})],
    });
    expect(topTen({ ...cells, L: "Q" })).toMatchObject({
      others: null,
      othersStatus: "SUPPRESSED",
    });
    expect(topTen({ ...cells, L: "X" })).toMatchObject({ others: null, othersStatus: "WITHHELD" });
    expect(topTen(cells, "Q")).toBeUndefined();
    expect(topTen(cells, 95)).toMatchObject({ others: 0 });
    expect(topTen(cells, 94)).toMatchObject({ others: null, othersStatus: "NOT_APPLICABLE" });
    expect(topTen(cells)).toMatchObject({
      vintage: new Date("2016-02-14"),
      sources: [{ id: "AUT-2015" }],
    });
    expect(topTen(cells)?.rows[0]).toMatchObject({ previous: null, previousStatus: "WITHHELD" });
  });
});

describe("neighbours", () => {
  const sides = [sidesOf("IRN-TUR", "Iran – Türkiye")].flatMap((one) => one ?? []);
  const periods = ["2014-Q4", "2015-Q1", "2015-Q2", "2015-Q3", "2015-Q4"];
  const side = (reporter: string, direction: string, values: readonly (number | string | null)[]) =>
    pair(
      reporter,
      Object.fromEntries(
        periods.map((period, at) => [
          period,
          values[at] === null ? null : { [`IRN-TUR|${direction}`]: values[at] as number },
        ]),
      ),
    );
  const compare = (
    entries: readonly (number | string | null)[],
    exits: readonly (number | string | null)[],
  ) =>
    mirrorsOf([side("TUR", "ENTRY", entries), side("IRN", "EXIT", exits)], sides, periods, names);

  test("are compared by the logarithm of their ratio, each half a detection up", () => {
    expect(logRatio(0, 0)).toBe(0);
    expect(logRatio(20, 9)).toBeCloseTo(Math.log(20.5 / 9.5), 12);
    expect(logRatio(9, 20)).toBeCloseTo(-logRatio(20, 9), 12);
  });

  test("are marked where one reports more than double for the second quarter running, in the same sense", () => {
    const marked = compare([10, 100, 100, 10, 100], [10, 10, 10, 100, 10]);
    expect(marked.map(({ period, flagged }) => [period, flagged])).toEqual([
      ["2015-Q1", false],
      ["2015-Q2", true],
      ["2015-Q3", false],
      ["2015-Q4", false],
    ]);
    expect(compare([100, 100, 0, 0, 0], [10, 10, 0, 0, 0])[0]).toMatchObject({
      flagged: true,
      into: { code: "TUR" },
      from: { code: "IRN" },
    });
    expect(compare([20, 20, 20, 20, 20], [10, 10, 10, 10, 10]).some(({ flagged }) => flagged)).toBe(
      false,
    );
  });

  test("are not compared where either side is hidden", () => {
    expect(
      compare([100, 100, "Q", null, 100], [10, 10, 10, 10, "Q"]).map(({ period }) => period),
    ).toEqual(["2015-Q1"]);
    expect(mirrorsOf([side("TUR", "ENTRY", [1, 1, 1, 1, 1])], sides, periods, names)).toEqual([]);
  });

  test("are listed by quarter with why there is no value, when it was released and by whom", () => {
    const rows = borderRows(
      [side("TUR", "ENTRY", [1, 7, "Q", null, 0])],
      sides,
      periods.slice(1),
      names,
    );
    expect(rows).toEqual([
      {
        section: { code: "IRN-TUR", name: "Iran – Türkiye" },
        reporter: { code: "TUR" },
        direction: "ENTRY",
        periods: periods.slice(1),
        values: [7, null, null, 0],
        statuses: ["REPORTED", "SUPPRESSED", "WITHHELD", "REPORTED"],
        vintage: new Date("2016-02-14"),
        sources: [{ id: "TUR-2015" }],
      },
    ]);
  });

  test("carry the release and the source of both sides", () => {
    expect(compare([1, 1, 1, 1, 1], [1, 1, 1, 1, 1])[0]).toMatchObject({
      vintage: new Date("2016-02-14"),
      sources: [{ id: "IRN-2015" }, { id: "TUR-2015" }],
    });
  });

  test("are sections between two reporters, and not what is left over", () => {
    expect(sidesOf("_U", "Other")).toBeNull();
  });
});

test("who reports by year lacks no quarter, who reports by quarter no year, and late is late", () => {
  const reading: Reading = {
    year: 2015,
    reporters: ["AUT"],
    indicators: [indicator],
    pairs: new Map(),
  };
  const status = (period: string, state: string, punctualityDays: number | null = 0) =>
    ({
      reporter: { code: "AUT" },
      indicator: { code: "REF" },
      period,
      state,
      punctualityDays,
      releasedAt: state === "RELEASED" ? new Date() : null,
    }) as never;
  const all = ["2015-Q1", "2015-Q2", "2015-Q3", "2015-Q4", "2015"];
  const statesOf = (...states: string[]) =>
    coverageOf(
      reading,
      states.map((state, at) => status(all[at] as string, state, at === 1 ? 3 : 0)),
    )[0]?.states;
  expect(statesOf("OVERDUE", "OVERDUE", "OVERDUE", "NOT_DUE", "RELEASED")).toEqual([
    ...Array(4).fill("COVERED"),
    "REPORTED",
  ]);
  expect(statesOf("RELEASED", "RELEASED", "RELEASED", "RELEASED", "OVERDUE")).toEqual([
    "REPORTED",
    "LATE",
    "REPORTED",
    "REPORTED",
    "COVERED",
  ]);
  expect(statesOf("RELEASED", "OVERDUE", "NOT_DUE", "NOT_DUE", "NOT_DUE")).toEqual([
    "REPORTED",
    "MISSING",
    "NOT_DUE",
    "NOT_DUE",
    "NOT_DUE",
  ]);
  expect(statesOf("OVERDUE", "OVERDUE", "OVERDUE", "OVERDUE", "OVERDUE")).toBeUndefined();
});

test("each act has its time, and no other", () => {
  const acts: AnalysisAct[] = [
    "convene",
    "write",
    "open",
    "comment",
    "propose",
    "clear",
    "close",
    "publish",
  ];
  const allowed = [null, ...ANALYSIS_STATES].map((state) =>
    acts.filter((act) => obstacle(state, act) === null),
  );
  expect(allowed).toEqual([
    ["convene"],
    ["write", "open"],
    ["write", "comment", "propose", "clear", "close"],
    ["write", "publish"],
    [],
  ]);
  const steps = (...taken: string[]) => stateOf(taken.map((step) => ({ step })) as never);
  expect([steps(), steps("CONVENED"), steps("CONVENED", "OPENED")]).toEqual([
    null,
    "DRAFT",
    "COMMENTING",
  ]);
});

test("a chart is drawn the same, however many this process has drawn for others", async () => {
  const series = [{ name: "2015", values: [3, null] }];
  const bars = {
    title: "Persons",
    names: ["AUT", "HUN"],
    series,
    reasons: new Map([["HUN", "withheld"]]),
  };
  const first = await drawBars(bars);
  await drawBars({ ...bars, names: ["DEU", "FRA"] });
  expect(await drawBars(bars)).toBe(first);
  const names = [...first.matchAll(/class="(zr-cls-\d+)"/g)].map(([, name]) => name as string);
  expect(new Set(names).size).toBeGreaterThan(1);
});
