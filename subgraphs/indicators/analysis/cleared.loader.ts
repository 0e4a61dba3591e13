import type { RequestContext } from "../../../shared/graphql/context";
import { markingOf } from "../../../shared/graphql/marking";
import { CELLS, MADE_OF, NOTHING_SHOWN } from "../../../shared/graphql/shield";
import { grouped } from "../../../shared/grouped";
import { type Period, parsePeriod, periodsBetween } from "../../../shared/period";
import type { ClearedPart } from "../../../shared/policy/cleared";
import type { Allowed } from "../../../shared/policy/decide";
import type { IndicatorRecord } from "../catalogue/indicator.entity";
import { dueAt, dueDaysOf } from "../reports/report.rules";
import type { Loaders } from "../series/loaders";
import type { Pair } from "../series/series.loader";
import { shareUnknown, stateOf, timing } from "../status/status.rules";
import type { ReportingStatus } from "../status/status.type";
import { type ClearedTable, readCleared, readReporters } from "./analysis.queries";
import { contentsOf } from "./contents.rules";
import type { AnalysisContents } from "./contents.type";
import { BREAKDOWNS, type Frequency, hasTable, quartersOf, type Reading, slotOf } from "./reading";

type Context = RequestContext<Loaders>;

/** What owners have cleared for the common version of a year, as it stood then, for a viewer for whom they cleared it. */
export async function loadCleared(context: Context, year: number): Promise<AnalysisContents> {
  const { catalogue } = context.loaders;
  const { partners, tables } = await context.read(async (manager) => ({
    partners: await readReporters(manager),
    tables: await readCleared(manager, context, year),
  }));
  const reading = readingOf(year, tables, catalogue.indicators);
  const statuses = statusesIn(context, reading, tables);
  const markings = tables.map(({ tlp, owner }) => markingOf(tlp, [], owner));
  return {
    [MADE_OF]: tables.length === 0 ? NOTHING_SHOWN : tables.map((table) => partOf(table, year)),
    [CELLS]: tables.map(({ values }) => values.filter((value) => value !== null).length),
    ...contentsOf(reading, statuses, { catalogue, partners, markings }),
  };
}

function partOf(
  { owner, indicator, period, dimensions, ...part }: ClearedTable,
  year: number,
): ClearedPart {
  const { audience, stands, published, networks } = part;
  return {
    category: "ANALYSIS",
    owner,
    year,
    indicator,
    periods: [period],
    dimensions,
    releasedAt: part.first_released_at ?? part.released_at,
    audience,
    stands,
    published,
    networks,
  };
}

/** The same shape as what a viewer reads itself, so that one set of rules makes both. */
function readingOf(
  year: number,
  tables: readonly ClearedTable[],
  indicators: readonly IndicatorRecord[],
): Reading {
  const reporters = [...new Set(tables.map(({ owner }) => owner))].sort();
  const found = grouped(tables, (table) =>
    [
      table.owner,
      slotOf(table.indicator, table.dimensions, table.period.length === 4 ? "A" : "Q"),
    ].join("/"),
  );
  const pairs = new Map<string, readonly Pair[]>();
  for (const indicator of indicators) {
    for (const breakdown of BREAKDOWNS.filter((one) => hasTable(indicator, one))) {
      for (const frequency of ["Q", "A"] as const) {
        const slot = slotOf(indicator.code, breakdown, frequency);
        pairs.set(
          slot,
          reporters.map((reporter) =>
            pairOf(
              { reporter, indicator, year, frequency },
              found.get(`${reporter}/${slot}`) ?? [],
            ),
          ),
        );
      }
    }
  }
  return { year, reporters, indicators, pairs };
}

const CLEARED: Allowed = {
  allowed: true,
  reason: "GRANTED",
  control: "SUPPRESSION",
  ownNationals: false,
  term: null,
};

function pairOf(
  {
    reporter,
    indicator,
    year,
    frequency,
  }: { reporter: string; indicator: IndicatorRecord; year: number; frequency: Frequency },
  tables: readonly ClearedTable[],
): Pair {
  const [from, to] =
    frequency === "A" ? [`${year - 1}`, `${year}`] : [`${year - 1}-Q1`, `${year}-Q4`];
  const periods = periodsBetween(parsePeriod(from) as Period, parsePeriod(to) as Period);
  return {
    reporter,
    indicator,
    periods,
    position: new Map(periods.map(({ code }, at) => [code, at])),
    decisions: periods.map(() => CLEARED),
    releasedAt: periods.map(() => null),
    tables: new Map(
      tables.map((table) => [
        table.period,
        {
          ...table,
          control: "SUPPRESSION",
          audience: null,
          cut: false,
          superseded_at: null,
          reason: null,
        },
      ]),
    ),
    madeOf: NOTHING_SHOWN,
  };
}

/** Coverage and quality of what stands in it, as of the clearing: nothing here moves with later reports. */
function statusesIn(
  { loaders }: Context,
  { year, pairs }: Reading,
  tables: readonly ClearedTable[],
): ReportingStatus[] {
  const totals = tables.filter(
    ({ period, dimensions }) => dimensions.length === 0 && period.startsWith(`${year}`),
  );
  const places = grouped(totals, ({ owner, indicator }) => `${owner}/${indicator}`);
  return [...places.values()].flatMap((own) =>
    [...quartersOf(year), `${year}`].map((code) => {
      const table = own.find(({ period }) => period === code);
      const unknown = table ? unknownIn(pairs, table) : null;
      return statusOf(loaders, own[0] as ClearedTable, {
        period: parsePeriod(code) as Period,
        table,
        unknown,
      });
    }),
  );
}

function statusOf(
  { catalogue }: Loaders,
  { owner, indicator: code, cleared_at: clearedAt }: ClearedTable,
  {
    period,
    table,
    unknown,
  }: { period: Period; table: ClearedTable | undefined; unknown: number | null },
): ReportingStatus {
  const due = dueAt(period, dueDaysOf(code, catalogue.sets));
  const facts = table
    ? {
        firstReleasedAt: table.first_released_at ?? table.released_at,
        releasedAt: table.released_at,
        version: table.version,
      }
    : null;
  return {
    [MADE_OF]: NOTHING_SHOWN,
    reporter: { code: owner },
    indicator: catalogue.indicator(code) as IndicatorRecord,
    period: period.code,
    state: stateOf(facts, null, due, clearedAt),
    dueAt: due,
    submittedAt: null,
    releasedAt: facts?.firstReleasedAt ?? null,
    revisedAt: facts?.releasedAt ?? null,
    version: facts?.version ?? null,
    ...timing(facts, period, due, clearedAt),
    completeness: null,
    shareUnknown: unknown,
    meanAbsoluteRevision: null,
  };
}

function unknownIn(
  pairs: Reading["pairs"],
  { owner, indicator, period, values }: ClearedTable,
): number | null {
  const slot = slotOf(indicator, ["CITIZENSHIP"], period.length === 4 ? "A" : "Q");
  const parts = pairs
    .get(slot)
    ?.find(({ reporter }) => reporter === owner)
    ?.tables.get(period);
  if (!parts) return null;
  const at = parts.keys.indexOf("_U");
  return shareUnknown(values[0] ?? null, at === -1 ? 0 : (parts.values[at] ?? null));
}
