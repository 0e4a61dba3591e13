import type { EntityManager } from "typeorm";
import type { Period } from "../../shared/period";
import type { Statistic } from "../../shared/policy/decide";
import {
  LEAST_PROTECTIVE_FIRST,
  type Scope,
  STATISTICS_PREDICATE,
  statisticsParameters,
} from "../../shared/policy/scope";
import { CONTROLS, type Control } from "../../shared/policy/terms";

export interface Span {
  owners: readonly string[];
  indicators: readonly string[];
  from: Period;
  to: Period;
}

/** A released table as one viewer may read it: one for each owner, indicator and period. */
export interface ReleasedTable {
  owner: string;
  indicator: string;
  period: string;
  period_start: string;
  period_end: string;
  dimensions: string[];
  control: Control;
  audience: string | null;
  cut: boolean;
  released_at: Date;
  keys: string[];
  values: (number | null)[];
  statuses: string[];
  sources: string[];
}

/** As one JSON text: reading it takes a fraction of what five arrays a row take to parse. */
const TABLES = `
SELECT coalesce(json_agg(r), '[]') AS tables FROM (
SELECT DISTINCT ON (t.owner, t.indicator, t.period)
       t.owner, t.indicator, t.period, t.period_start::text, t.period_end::text, t.dimensions, t.control, t.audience,
       t.cut, extract(epoch FROM t.released_at) * 1000 AS released_at, t.keys, t.values, t.statuses, t.sources
FROM indicators.released_table t
WHERE ${STATISTICS_PREDICATE}
  AND t.owner = ANY ($5) AND t.indicator = ANY ($6) AND t.breakdown = $7 AND t.frequency = $10
  AND t.period_start >= $8 AND t.period_start < $9
  AND t.control = ANY ($12) AND (t.audience IS NULL OR t.audience = $1)
  AND t.released_at <= coalesce($11, $3)
  AND (t.superseded_at IS NULL OR t.superseded_at > coalesce($11, $3))
ORDER BY t.owner, t.indicator, t.period, ${LEAST_PROTECTIVE_FIRST}, t.released_at DESC) r`;

/** @param asOf the figures as they stood then; null = as they stand now. Rights are always those of now. */
export async function readTables(
  manager: EntityManager,
  scope: Scope,
  { owners, indicators, from, to }: Span,
  dimensions: readonly string[],
  asOf: Date | null,
): Promise<ReleasedTable[]> {
  const [row]: { tables: (Omit<ReleasedTable, "released_at"> & { released_at: number })[] }[] = await manager.query(
    TABLES,
    [
      ...statisticsParameters(scope),
      owners,
      indicators,
      dimensions.join(","),
      from.start,
      to.end,
      from.frequency,
      asOf,
      CONTROLS.filter((control) => control === "NONE" || scope.terms.all.some((term) => term.control === control)),
    ],
  );
  return (row?.tables ?? []).map((table) => ({ ...table, released_at: new Date(table.released_at) }));
}

/** When each report was released: what embargo and reciprocity hang on, and public as a fact. Key: `AUT/ASY/2015-Q3`. */
export async function readReleases(manager: EntityManager, span: Span): Promise<Map<string, Date>> {
  const rows: { owner: string; indicator: string; period: string; released_at: Date }[] = await manager.query(
    "SELECT * FROM indicators.released_at($1, $2, $3, $4)",
    [span.owners, span.indicators, span.from.start, span.to.end],
  );
  return new Map(rows.map((row) => [`${row.owner}/${row.indicator}/${row.period}`, row.released_at]));
}

/** What `decide` needs to judge a row that is already at hand. */
export function resourceOf(table: ReleasedTable, reciprocated: boolean): Statistic {
  return {
    category: "STATISTICS",
    owner: table.owner,
    indicator: table.indicator,
    period: table.period,
    dimensions: table.dimensions,
    start: table.period_start,
    end: table.period_end,
    releasedAt: table.released_at,
    reciprocated,
    table: { control: table.control, cut: table.cut, audience: table.audience },
  };
}
