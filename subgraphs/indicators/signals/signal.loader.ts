import type { RequestContext } from "../../../shared/graphql/context";
import { type Period, parsePeriod, periodsBetween } from "../../../shared/period";
import type { Statistic } from "../../../shared/policy/decide";
import { dueAt, dueDaysOf } from "../reports/report.rules";
import type { Loaders } from "../series/loaders";
import type { Pair } from "../series/series.loader";
import type { SeriesData } from "../series/series.rules";
import { cellsOf, type Looked, lookAround } from "./around.loader";
import { citizenshipOf, parseSignalId, signalId } from "./signal.id";
import { type ActRow, readActs, type Source } from "./signal.queries";
import * as rules from "./signal.rules";
import type { SignalKind } from "./signal.type";

type Context = RequestContext<Loaders>;

/** One quarter of one series, and what was found in it. */
export interface Found {
  id: string;
  /** Null where the history does not suffice. */
  kind: SignalKind | null;
  period: string;
  /** Its place in the series. */
  at: number;
  series: SeriesData;
  pair: Pair;
  limit: rules.Tested["limit"] | null;
  observed: number | null;
  score: number | null;
  last: ActRow | null;
}

export interface Run {
  found: readonly Found[];
  tested: number;
  insufficient: number;
  /** Everything that was looked at, and how many values of each, for the log. */
  madeOf: readonly Statistic[];
  cells: readonly number[];
}

const YEARS_BEFORE = rules.HISTORY_QUARTERS / 4;

/**
 * All the signals of a year in what this viewer is shown. Nothing is stored of them: each is computed from the series that
 * the viewer would read itself, so it opens nothing and closes with the last of them.
 * @param asked what was asked for by name: whatever of it is withheld is logged as refused
 */
export async function loadRun(
  context: Context,
  year: number,
  asked: readonly Source[],
): Promise<Run> {
  const from = parsePeriod(`${year - YEARS_BEFORE}-Q1`) as Period;
  const to = parsePeriod(`${year}-Q4`) as Period;
  const looked = await lookAround(context, { from, to }, asked);
  const periods = periodsBetween(from, to);
  const quarters = [4, 3, 2, 1].map((back) => findIn(context, looked, periods.length - back));
  const found = quarters.flatMap((quarter) => quarter.found);
  const acts = await context.read((manager) =>
    readActs(
      manager,
      found.map(({ id }) => id),
    ),
  );
  return {
    found: found.map((one) => ({ ...one, last: acts.get(one.id) ?? null })),
    tested: quarters.reduce((sum, { tested }) => sum + tested, 0),
    insufficient: found.filter(({ kind }) => kind === null).length,
    madeOf: looked.flatMap(({ pair }) => pair.madeOf),
    cells: looked.flatMap(cellsOf),
  };
}

interface Cell extends Omit<Looked, "series"> {
  series: SeriesData;
  verdict: rules.Verdict | null;
}

/** One quarter of everything that is shown: its run, within which Benjamini–Hochberg decides. */
function findIn(
  context: Context,
  looked: readonly Looked[],
  at: number,
): { found: Omit<Found, "last">[]; tested: number } {
  const cells = looked.flatMap(({ series, ...of }) =>
    series.map((one): Cell => ({ ...of, series: one, verdict: rules.judge(one, at) })),
  );
  const run = cells.flatMap(({ verdict }) => (isTested(verdict) ? [verdict] : []));
  const threshold = rules.thresholdOf(run);
  const found = cells.flatMap((cell): Omit<Found, "last">[] => {
    const what = findingOf(context, cell, at, threshold);
    return what === null ? [] : [{ ...placeOf(cell, at), ...what }];
  });
  return { found, tested: run.length };
}

function isTested(verdict: rules.Verdict | null): verdict is rules.Tested {
  return verdict !== null && verdict !== "INSUFFICIENT_HISTORY";
}

type Finding = Pick<Found, "kind" | "limit" | "observed" | "score">;

function findingOf(context: Context, cell: Cell, at: number, threshold: number): Finding | null {
  const { series, verdict } = cell;
  if (verdict === "INSUFFICIENT_HISTORY")
    return { kind: null, limit: null, observed: series.values[at] ?? null, score: null };
  if (verdict !== null && rules.rises(verdict, threshold)) return { ...verdict, kind: "RISE" };
  const gap = mayLack(context, cell, at) ? rules.gapOf(series, at) : null;
  return gap && { ...gap, kind: "REPORTING_GAP", score: null };
}

function placeOf(
  { pair, series }: Cell,
  at: number,
): Pick<Found, "id" | "period" | "at" | "pair" | "series"> {
  const { code: period } = pair.periods[at] as Period;
  const version = pair.tables.get(period)?.version ?? 0;
  const key = { indicator: series.indicator.code, period, reporter: series.reporter, version };
  return { id: signalId({ ...key, citizenship: citizenshipOf(series) }), period, at, pair, series };
}

/** Nothing is missing before it is due, and where a whole breakdown is missing its total or its report says so. */
function mayLack(
  { loaders, terms }: Context,
  { pair, broken }: Pick<Looked, "pair" | "broken">,
  at: number,
): boolean {
  const period = pair.periods[at] as Period;
  if (pair.tables.has(period.code)) return true;
  return (
    !broken && dueAt(period, dueDaysOf(pair.indicator.code, loaders.catalogue.sets)) <= terms.now
  );
}

/** As the viewer may see it now; null where there is none for it, whatever the reason. */
export async function findSignal(context: Context, id: string): Promise<Found | null> {
  const key = parseSignalId(id);
  if (key === null) return null;
  const { found } = await loadRun(context, Number(key.period.slice(0, 4)), []);
  return found.find((one) => one.id === id && one.kind !== null) ?? null;
}
