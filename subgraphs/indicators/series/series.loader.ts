import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import type { DimensionCode } from "../../../shared/graphql/dimension";
import { NOTHING_SHOWN } from "../../../shared/graphql/shield";
import { grouped } from "../../../shared/grouped";
import { type Period, periodsBetween } from "../../../shared/period";
import { type Decision, decide, type Statistic } from "../../../shared/policy/decide";
import type { Scope } from "../../../shared/policy/scope";
import type { IndicatorRecord } from "../catalogue/indicator.entity";
import {
  type ReleasedTable,
  readReleases,
  readTables,
  resourceOf,
  type Span,
} from "./series.queries";

export interface SeriesRequest {
  reporters: readonly string[];
  indicators: readonly IndicatorRecord[];
  from: Period;
  to: Period;
  dimensions: readonly DimensionCode[];
  citizenships: readonly string[] | null;
  asOf: Date | null;
  /** Where the viewer has named no reporter, and takes whatever is open: what is withheld of it is then no attempt to log. */
  around?: boolean;
}

/** One reporter × indicator: what was decided of each period, and the tables the viewer may read. */
export interface Pair {
  reporter: string;
  indicator: IndicatorRecord;
  periods: readonly Period[];
  /** Where each period stands in `periods`. */
  position: ReadonlyMap<string, number>;
  decisions: readonly Decision[];
  releasedAt: readonly (Date | null)[];
  tables: ReadonlyMap<string, ReleasedTable>;
  /** What leaves with this pair, for the last check on the way out; shared by all its series. */
  madeOf: readonly Statistic[];
}

/** Asked once who it may go to, fetched once: two statements at most, however many reporters and indicators. */
export async function loadPairs(context: RequestContext, request: SeriesRequest): Promise<Pair[]> {
  const { reporters, indicators, from, to, dimensions, around = false } = request;
  const span: Span = {
    owners: reporters,
    indicators: indicators.map(({ code }) => code),
    from,
    to,
  };
  const { releases, tables } = await context.read(async (manager) => {
    const { releases, scope } = await readScope(context, manager, span);
    return { releases, tables: await readTables(manager, scope, span, dimensions, request.asOf) };
  });
  const periods = periodsBetween(from, to);
  const byPair = grouped(tables, ({ owner, indicator }) => `${owner}/${indicator}`);
  return reporters.flatMap((reporter) =>
    indicators.map((indicator) => {
      const rows = byPair.get(`${reporter}/${indicator.code}`) ?? [];
      return pairOf(context, { reporter, indicator, periods, dimensions, releases, rows, around });
    }),
  );
}

/** What the viewer may read, and the releases that embargo and reciprocity hang on, where some term has either. */
export async function readScope(
  context: RequestContext,
  manager: EntityManager,
  span: Span,
): Promise<{ releases: ReadonlyMap<string, Date>; scope: Scope }> {
  const { viewer, terms } = context;
  const conditional = terms.all.some((term) => term.embargoDays > 0 || term.reciprocal);
  const owners = viewer === null ? span.owners : [...span.owners, viewer.partner];
  const releases = conditional ? await readReleases(manager, { ...span, owners }) : NO_RELEASES;
  return { releases, scope: { viewer, terms, reciprocated: own(releases, viewer?.partner) } };
}

const NO_RELEASES: ReadonlyMap<string, Date> = new Map();

interface PairParts {
  reporter: string;
  indicator: IndicatorRecord;
  periods: readonly Period[];
  dimensions: readonly string[];
  releases: ReadonlyMap<string, Date>;
  rows: readonly ReleasedTable[];
  around: boolean;
}

function pairOf(context: RequestContext, parts: PairParts): Pair {
  const { reporter, indicator, periods, dimensions, releases, rows, around } = parts;
  const isOwn = (period: string) =>
    releases.has(`${context.viewer?.partner}/${indicator.code}/${period}`);
  const releasedAt = periods.map(
    ({ code }) => releases.get(`${reporter}/${indicator.code}/${code}`) ?? null,
  );
  const decisions = periods.map(({ code, start, end }, at) => {
    const resource: Statistic = {
      category: "STATISTICS",
      owner: reporter,
      indicator: indicator.code,
      period: code,
      dimensions,
      start,
      end,
      releasedAt: releasedAt[at] ?? null,
      reciprocated: isOwn(code),
    };
    const decision = decide(context.viewer, resource, context.terms);
    if (!decision.allowed && !around) context.recorder.denied({ resource, decision });
    return decision;
  });
  return {
    reporter,
    indicator,
    periods,
    position: new Map(periods.map(({ code }, at) => [code, at])),
    decisions,
    releasedAt,
    tables: new Map(rows.map((row) => [row.period, row])),
    madeOf:
      rows.length === 0 ? NOTHING_SHOWN : rows.map((row) => resourceOf(row, isOwn(row.period))),
  };
}

/** `ASY/2015-Q3` for each of the viewer's own releases. */
function own(
  releases: ReadonlyMap<string, Date>,
  partner: string | undefined,
): ReadonlySet<string> {
  const prefix = `${partner}/`;
  return new Set(
    [...releases.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length)),
  );
}
