/**
 * Every viewer × owner × indicator × detail × period of the demo world, asked of the running exchange and held against
 * what agreements.csv opens and series.csv says, as `test/support/expectation.ts` reads them.
 */

import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import {
  type Access,
  accessTo,
  allowedCells,
  type Cell,
  INDICATORS,
  isSmall,
  keysFor,
  OWNERS,
  published,
  QUARTERS,
  type Table,
  TOTAL,
  VIEWERS,
  YEARS,
} from "../support/expectation";

const SERIES = `
query ($reporters: [CountryCode!]!, $indicators: [ID!]!, $from: Period!, $to: Period!, $by: [Dimension!]) {
  series(reporters: $reporters, indicators: $indicators, from: $from, to: $to, by: $by) {
    reporter { code } indicator { code } citizenship { code } withheld { reason }
    periods values statuses
  }
}`;

interface Series {
  reporter: { code: string };
  indicator: { code: string };
  citizenship: { code: string } | null;
  withheld: object | null;
  periods: string[];
  values: (number | null)[];
  statuses: string[];
}

/** The series of one owner and indicator. */
type Pair = readonly Series[];

let exchange: ExchangeUnderTest;
const counted = {
  cells: 0,
  values: 0,
  withheld: 0,
  suppressed: 0,
  cuts: 0,
  suppressions: 0,
  roundings: 0,
  others: 0,
  hiddenOthers: 0,
};

beforeAll(async () => {
  exchange = await openExchange();
});

afterAll(async () => {
  await exchange?.stop();
});

/** Half of the owners at a time: 44 quarters of all sixteen are above the limit of what one query may cost. */
const HALVES = [OWNERS.slice(0, 8), OWNERS.slice(8)];

async function ask(
  client: string | null,
  periods: readonly string[],
  by: readonly string[],
): Promise<Pair[]> {
  const pairs = new Map<string, Series[]>();
  for (const reporters of HALVES) {
    const variables = {
      reporters,
      indicators: INDICATORS,
      from: periods[0],
      to: periods.at(-1),
      by,
    };
    const { data, errors } = await exchange.ask(client, SERIES, variables);
    expect(errors).toBeUndefined();
    for (const series of data.series as Series[]) {
      const name = `${series.reporter.code}/${series.indicator.code}`;
      pairs.set(name, [...(pairs.get(name) ?? []), series]);
    }
  }
  const asked = OWNERS.flatMap((owner) => INDICATORS.map((indicator) => `${owner}/${indicator}`));
  expect([...pairs.keys()]).toEqual(asked);
  return [...pairs.values()];
}

const cellAt = ({ values, statuses }: Series, at: number): Cell => ({
  value: values[at] as Cell["value"],
  status: statuses[at] as string,
});

const same = (one: Cell, other: Cell): boolean =>
  one.value === other.value && one.status === other.status;

/** Compares every cell of one owner's indicator, and says of each that is wrong where it stands. */
function wrongCells(
  viewer: string,
  pair: Pair,
  by: readonly string[],
  periods: readonly string[],
): string[] {
  const { reporter, indicator } = pair[0] as Series;
  const columns = periods.map((period) => ({
    period,
    access: accessTo(viewer, reporter.code, indicator.code, by, period),
    table: published(reporter.code, indicator.code, period),
  }));
  const visible = columns.flatMap(({ access, table }) =>
    access && table ? [[access, table] as const] : [],
  );
  const keys = by.length === 0 ? [null] : keysFor(viewer, visible);
  const wrong: string[] = [];
  const name = `${viewer} of ${reporter.code} ${indicator.code}`;
  const listed = pair.map(({ citizenship }) => citizenship?.code ?? null);
  if (`${listed}` !== `${keys}`) wrong.push(`${name}: lists the keys ${listed}, not ${keys}`);
  for (const series of pair) {
    const key = by.length === 0 ? TOTAL : (series.citizenship?.code ?? null);
    if (`${series.periods}` !== `${periods}`)
      wrong.push(`${name} ${key}: lists the periods ${series.periods}`);
    if ((series.withheld !== null) !== series.statuses.includes("WITHHELD"))
      wrong.push(`${name} ${key}: withheld?`);
    columns.forEach(({ period, access, table }, at) => {
      const cell = cellAt(series, at);
      const allowed = allowedCells(viewer, access, table, key);
      if (!allowed.some((it) => same(it, cell))) {
        wrong.push(
          `${name} ${key} ${period}: ${JSON.stringify(cell)} is none of ${JSON.stringify(allowed)}`,
        );
      }
      counted.cells += 1;
      if (cell.value !== null) counted.values += 1;
      if (cell.status === "WITHHELD") counted.withheld += 1;
      if (cell.status === "SUPPRESSED") counted.suppressed += 1;
    });
  }
  return wrong;
}

const partsOf = (table: Table): [string, Cell][] => [...table].filter(([key]) => key !== TOTAL);
const sumOf = (cells: readonly Cell[]): number =>
  cells.reduce((sum, { value }) => sum + (value ?? 0), 0);

/** What no cell says by itself: whether total minus visible parts tells what is hidden, and whether parts add up. */
function wrongTables(
  viewer: string,
  totals: Pair,
  parts: Pair,
  periods: readonly string[],
): string[] {
  const { reporter, indicator } = totals[0] as Series;
  return periods.flatMap((period, at) => {
    const table = published(reporter.code, indicator.code, period);
    const access = accessTo(viewer, reporter.code, indicator.code, ["CITIZENSHIP"], period);
    const total = (totals[0] as Series).values[at] as Cell["value"];
    if (!table || !access || total === null || viewer === reporter.code) return [];
    const seen = new Map(
      parts.map((series) => [series.citizenship?.code ?? "", cellAt(series, at)]),
    );
    const wrong = wrongRest(viewer, access, table, total, seen);
    return wrong.map(
      (what) => `${viewer} of ${reporter.code} ${indicator.code} ${period}: ${what}`,
    );
  });
}

function wrongRest(
  viewer: string,
  access: Access,
  table: Table,
  total: number,
  seen: Table,
): string[] {
  const rest = total - sumOf([...seen.values()]);
  const reported = partsOf(table).filter(([, { value }]) => value !== null);
  const hidden = reported.filter(([key]) => seen.get(key)?.value === null);
  const wrong: string[] = [];
  if (access.cut) {
    const own = table.get(viewer)?.value ?? 0;
    const isOther = ([key, { value }]: [string, Cell]) => key !== viewer && (value as number) >= 5;
    const tells = own === 0 ? rest === 0 : Math.abs(rest - own) < own / 10;
    if (tells) wrong.push(`the rest ${rest} tells the viewer's own ${own}`);
    counted.cuts += 1;
    counted.others += reported.filter(isOther).length;
    counted.hiddenOthers += hidden.filter(isOther).length;
  }
  if (access.control === "SUPPRESSION" && hidden.length > 0) {
    const tells =
      (hidden.length < 2 || rest - hidden.length < 5) && hidden.length < reported.length;
    const isNeedless = !access.cut && !hidden.some(([, { value }]) => isSmall(value ?? 0));
    if (tells) wrong.push(`the rest ${rest} tells ${hidden.length} hidden cells`);
    if (isNeedless) wrong.push("cells are hidden where none is small");
    counted.suppressions += 1;
  }
  if (access.control === "CONTROLLED_ROUNDING") {
    const didAddUp = table.get(TOTAL)?.value === sumOf(reported.map(([, cell]) => cell));
    if (didAddUp && reported.length === table.size - 1 && rest !== 0)
      wrong.push(`the parts miss the total by ${rest}`);
    counted.roundings += 1;
  }
  return wrong;
}

test.each(VIEWERS)(
  "%s sees of every owner what the agreements open, and nothing else",
  async (viewer, client) => {
    for (const periods of [QUARTERS, YEARS]) {
      const totals = await ask(client, periods, []);
      const parts = await ask(client, periods, ["CITIZENSHIP"]);
      const wrong = [
        ...totals.flatMap((pair) => wrongCells(viewer, pair, [], periods)),
        ...parts.flatMap((pair) => wrongCells(viewer, pair, ["CITIZENSHIP"], periods)),
        ...totals.flatMap((pair, at) => wrongTables(viewer, pair, parts[at] as Pair, periods)),
      ];
      expect(wrong.slice(0, 20)).toEqual([]);
    }
  },
);

test("none of the comparisons above was empty, and covering for own nationals hides little else", () => {
  expect(counted.cells).toBeGreaterThan(1_300_000);
  expect(counted.values).toBeGreaterThan(280_000);
  expect(counted.withheld).toBeGreaterThan(200_000);
  expect(counted.suppressed).toBeGreaterThan(2_000);
  expect(counted).toMatchObject({ cuts: 150, suppressions: 36, roundings: 157 });
  expect(counted.hiddenOthers).toBeLessThan(counted.others / 20);
});
