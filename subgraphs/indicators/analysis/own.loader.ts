import type { RequestContext } from "../../../shared/graphql/context";
import { CELLS, MADE_OF, NOTHING_SHOWN } from "../../../shared/graphql/shield";
import { type Period, parsePeriod } from "../../../shared/period";
import type { IndicatorRecord } from "../catalogue/indicator.entity";
import type { Loaders } from "../series/loaders";
import { loadPairs, type Pair } from "../series/series.loader";
import { type FactsRow, readReleaseFacts } from "../series/series.queries";
import { markingFor } from "../series/series.rules";
import { statusesOf } from "../status/status.loader";
import type { ReportingStatus } from "../status/status.type";
import { readReporters } from "./analysis.queries";
import { contentsOf } from "./contents.rules";
import type { AnalysisContents } from "./contents.type";
import { BREAKDOWNS, type Frequency, hasTable, type Reading, slotOf } from "./reading";

type Context = RequestContext<Loaders>;

/** The analysis of a year as this viewer may read it: from the tables that `series` would show it, under the rights of now. */
export async function loadOwn(context: Context, year: number): Promise<AnalysisContents> {
  const { catalogue } = context.loaders;
  const { partners, facts } = await readFacts(context, year);
  const reading = await readOwn(context, year, facts);
  const statuses = await readStatuses(context, reading, facts);
  const pairs = [...reading.pairs.values()].flat();
  const madeOf = [
    ...pairs.flatMap((pair) => pair.madeOf),
    ...statuses.flatMap((status) => status[MADE_OF]),
  ];
  const cells = [
    ...pairs.flatMap(cellsOf),
    ...statuses.flatMap((status) => status[MADE_OF].map(() => 0)),
  ];
  const markings = pairs.flatMap((pair) => markingFor(pair) ?? []);
  return {
    [MADE_OF]: madeOf.length === 0 ? NOTHING_SHOWN : madeOf,
    [CELLS]: cells,
    ...contentsOf(reading, statuses, { catalogue, partners, markings }),
  };
}

/** What is public (rule 10): who has released anything of the year or the one before. Nothing else need be looked for. */
async function readFacts(
  context: Context,
  year: number,
): Promise<{ partners: string[]; facts: FactsRow[] }> {
  const indicators = context.loaders.catalogue.indicators.map(({ code }) => code);
  return context.read(async (manager) => {
    const partners = await readReporters(manager);
    const span = { owners: partners, indicators, ...spanOf(year - 1, year, "Q") };
    return { partners, facts: await readReleaseFacts(manager, span) };
  });
}

async function readOwn(
  context: Context,
  year: number,
  facts: readonly FactsRow[],
): Promise<Reading> {
  const { indicators } = context.loaders.catalogue;
  const pairs = new Map<string, readonly Pair[]>();
  for (const indicator of indicators) {
    const reporters = reportersOf(indicator, facts);
    if (reporters.length === 0) continue;
    for (const breakdown of BREAKDOWNS.filter((one) => hasTable(indicator, one))) {
      for (const frequency of ["Q", "A"] as const) {
        const asked = {
          reporters,
          indicators: [indicator],
          dimensions: breakdown,
          citizenships: null,
          asOf: null,
        };
        const found = await loadPairs(context, {
          ...asked,
          ...spanOf(year - 1, year, frequency),
          around: true,
        });
        pairs.set(slotOf(indicator.code, breakdown, frequency), found);
      }
    }
  }
  return {
    year,
    reporters: [...new Set(facts.map(({ owner }) => owner))].sort(),
    indicators,
    pairs,
  };
}

function reportersOf({ code }: IndicatorRecord, facts: readonly FactsRow[]): string[] {
  return [
    ...new Set(facts.filter(({ indicator }) => indicator === code).map(({ owner }) => owner)),
  ].sort();
}

async function readStatuses(
  context: Context,
  { year, indicators }: Reading,
  facts: readonly FactsRow[],
): Promise<ReportingStatus[]> {
  const found: ReportingStatus[] = [];
  for (const indicator of indicators) {
    const asked = {
      reporters: reportersOf(indicator, facts),
      indicators: [indicator],
      around: true,
    };
    if (asked.reporters.length === 0) continue;
    found.push(...(await statusesOf(context, { ...asked, ...spanOf(year, year, "Q") })));
    found.push(...(await statusesOf(context, { ...asked, ...spanOf(year, year, "A") })));
  }
  return found;
}

function spanOf(from: number, to: number, frequency: Frequency): { from: Period; to: Period } {
  const [first, last] = frequency === "A" ? [`${from}`, `${to}`] : [`${from}-Q1`, `${to}-Q4`];
  return { from: parsePeriod(first) as Period, to: parsePeriod(last) as Period };
}

function cellsOf({ madeOf, tables }: Pair): number[] {
  return madeOf.map(
    ({ period }) => (tables.get(period)?.values ?? []).filter((value) => value !== null).length,
  );
}
