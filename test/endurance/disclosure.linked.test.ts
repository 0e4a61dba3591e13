/** What several releases tell together: quarters and their year, versions, and forms that different agreements open. */
import fc from "fast-check";
import { attackOn, type Table } from "../support/reading";
import { type Released, readWith, releaseAll, type Step, type Terms } from "../support/releases";
import { oneWay } from "../support/statistics";
import { anyReport, anyYear, type Dimension } from "../support/years";

/** More of everything, on demand: `ATTACKS=20 npx jest disclosure.linked`. */
const TIMES = Number(process.env.ATTACKS ?? 1);
const sample = <T>(what: fc.Arbitrary<T>, times: number): T[] =>
  fc.sample(what, { seed: 20_261_124, numRuns: times * TIMES });

const LIST: readonly Dimension[] = ["CITIZENSHIP"];
const TABLE: readonly Dimension[] = ["CITIZENSHIP", "SEX"];
const CUBE: readonly Dimension[] = ["CITIZENSHIP", "SEX", "AGE_GROUP"];

interface Found {
  cells: string[];
  hidden: number;
  shown: number;
  hiddenWeight: number;
  shownWeight: number;
}

/** Everything under one control, and the same beside totals that another agreement opens exactly. */
function readings(
  released: Released,
  controls: readonly string[],
  audience: string | null,
): [string, Table[]][] {
  return controls.flatMap((control): [string, Table[]][] => [
    [control, readWith(released, () => control, audience)],
    [
      `${control} beside exact totals`,
      readWith(released, ({ length }) => (length === 0 ? "NONE" : control), audience),
    ],
  ]);
}

async function attackEach(
  worlds: readonly Step[][],
  terms: Terms,
  audience: string | null = null,
): Promise<Found> {
  const all: Found = { cells: [], hidden: 0, shown: 0, hiddenWeight: 0, shownWeight: 0 };
  const controls = ["SUPPRESSION", "CONTROLLED_ROUNDING", ...(audience === null ? [] : ["NONE"])];
  for (const steps of worlds) {
    const released = await releaseAll(steps, terms);
    for (const [name, tables] of readings(released, controls, audience)) {
      const secrecy = { indicator: terms.indicator, viewer: audience ?? "FRONTEX" };
      const { found, ...counts } = await attackOn(released.reports, tables, secrecy);
      all.cells.push(
        ...found.map(({ cell, known }) => `${name}: ${cell} in [${known.least}, ${known.most}]`),
      );
      if (name !== "SUPPRESSION") continue;
      for (const key of ["hidden", "shown", "hiddenWeight", "shownWeight"] as const)
        all[key] += counts[key];
    }
  }
  return all;
}

const percent = (part: number, rest: number): string =>
  `${((100 * part) / (part + rest)).toFixed(1)} %`;
const say = (what: string, { hidden, shown, hiddenWeight, shownWeight }: Found): void => {
  const text = `${what}: ${percent(hidden, shown)} of ${hidden + shown} cells suppressed, ${percent(hiddenWeight, shownWeight)} by weight`;
  process.stdout.write(`${text}\n`);
};

describe.each([
  ["years of lists", anyYear(LIST), 10],
  ["years of tables in two dimensions", anyYear(TABLE), 2],
  ["tables in three dimensions", anyReport(CUBE, 5).map((step) => [step]), 3],
] as const)("%s", (name, worlds, times) => {
  test("keeps every hidden cell, whatever its forms are read beside", async () => {
    const found = await attackEach(sample(worlds, times), { indicator: "IST" });
    say(name, found);
    expect(found.cells).toEqual([]);
    expect(found.hidden).toBeGreaterThan(30);
  });

  test("keeps own nationals", async () => {
    const found = await attackEach(
      sample(worlds, times),
      { indicator: "ASY", countries: ["PAK"] },
      "PAK",
    );
    expect(found.cells).toEqual([]);
  });
});

/** What the attacker is there to find: each of these was, or might have been, released. */
describe("the attacker finds", () => {
  const cells = async (
    released: Released,
    control: (dimensions: readonly string[]) => string,
  ): Promise<string[]> => {
    const secrecy = { indicator: "IST", viewer: "FRONTEX" };
    const { found } = await attackOn(released.reports, readWith(released, control), secrecy);
    return found.map(({ cell, known }) => `${cell} in [${known.least}, ${known.most}]`);
  };
  const suppressed = () => "SUPPRESSION";
  const quarters = [
    { AFG: 30, IRN: 40, IRQ: 50 },
    { AFG: 31, IRN: 41, IRQ: 51 },
    { AFG: 32, IRN: 42, IRQ: 52 },
    { AFG: 3, IRN: 43, IRQ: 53 },
  ].map((parts, at): Step => ({ period: `2015-Q${at + 1}`, figures: oneWay(parts) }));
  const year: Step = { period: "2015", figures: oneWay({ AFG: 96, IRN: 166, IRQ: 206 }) };

  test.each([
    ["released last", [...quarters, year]],
    ["released before the last quarter", [...quarters.slice(0, 3), year, ...quarters.slice(3)]],
  ])("a small number in a year that forgets its quarters, %s", async (_when, steps) => {
    const forgetful = await releaseAll(steps, { indicator: "IST", forgets: true });
    expect(await cells(forgetful, suppressed)).toContain("2015-Q4 CITIZENSHIP=AFG (3) in [3, 3]");
    expect(await cells(await releaseAll(steps, { indicator: "IST" }), suppressed)).toEqual([]);
  });

  test("a small number in a correction that forgets what it corrects", async () => {
    const first = { AFG: 8, IRN: 40, IRQ: 100 };
    const steps = [first, { ...first, AFG: 3 }].map((parts) => ({
      period: "2015-Q1",
      figures: oneWay(parts),
    }));
    const forgetful = await releaseAll(steps, { indicator: "IST", forgets: true });
    expect(await cells(forgetful, suppressed)).toContain("2015-Q1 CITIZENSHIP=AFG (3) in [3, 3]");
    expect(await cells(await releaseAll(steps, { indicator: "IST" }), suppressed)).toEqual([]);
  });

  test("a small number where only small ones are hidden", async () => {
    const released = await releaseAll(quarters.slice(3), { indicator: "IST" });
    const isSmall = (value: number | null) => value !== null && value > 0 && value < 5;
    const primary = released.tables
      .filter(({ control }) => control === "NONE")
      .map((table) => ({
        ...table,
        control: "SUPPRESSION" as const,
        values: table.values.map((value) => (isSmall(value) ? null : value)),
        statuses: table.values.map((value, at) =>
          isSmall(value) ? "Q" : (table.statuses[at] as string),
        ),
      }));
    const planted = { ...released, tables: primary };
    expect(await cells(planted, suppressed)).toEqual(["2015-Q4 CITIZENSHIP=AFG (3) in [3, 3]"]);
  });

  test("figures that are all rounded up beside an exact total", async () => {
    const released = await releaseAll([{ period: "2015", figures: oneWay({ AFG: 6, IRN: 11 }) }], {
      indicator: "IST",
    });
    const up = released.tables.map((table) =>
      table.control === "CONTROLLED_ROUNDING"
        ? { ...table, values: table.keys.map((key) => ({ AFG: 10, IRN: 15 })[key] ?? 15) }
        : table,
    );
    const beside = ({ length }: readonly string[]) =>
      length === 0 ? "NONE" : "CONTROLLED_ROUNDING";
    expect(await cells({ ...released, tables: up }, beside)).toEqual([
      "2015 CITIZENSHIP=AFG (6) in [6, 6]",
      "2015 CITIZENSHIP=IRN (11) in [11, 11]",
    ]);
    expect(await cells(released, beside)).toEqual([]);
  });

  test("own nationals where the year forgets what its quarters hid beside them", async () => {
    const parts = (at: number) => ({
      AFG: at === 0 ? 2 : 90,
      IRN: at === 0 ? 90 : 2,
      PAK: 50 + at,
      SYR: 400,
    });
    const all = [0, 1, 2, 3].map(parts);
    const total = { AFG: 272, IRN: 96, PAK: 206, SYR: 1_600 };
    const steps = [
      ...all.map((one, at) => ({ period: `2015-Q${at + 1}`, figures: oneWay(one) })),
      { period: "2015", figures: oneWay(total) },
    ];
    const found = async (forgets: boolean, secret: string) => {
      const released = await releaseAll(steps, {
        indicator: "ASY",
        countries: ["PAK"],
        secret,
        forgets,
      });
      const tables = readWith(released, () => "NONE", "PAK");
      return (await attackOn(released.reports, tables, { indicator: "ASY", viewer: "PAK" })).found
        .length;
    };
    const secrets = ["one", "two", "three", "four", "five", "six", "seven", "eight"];
    const forgotten = await Promise.all(secrets.map((secret) => found(true, secret)));
    const remembered = await Promise.all(secrets.map((secret) => found(false, secret)));
    expect(Math.max(...forgotten)).toBeGreaterThan(0);
    expect(remembered).toEqual(secrets.map(() => 0));
  });
});
