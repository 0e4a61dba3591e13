import type { EntityManager } from "typeorm";
import {
  type Scope,
  STATISTICS_PREDICATE,
  statisticsParameters,
} from "../../../shared/policy/scope";

/** An owner of whose indicator the viewer is shown some quarter, as a total or by citizenship. */
export interface Source {
  owner: string;
  indicator: string;
  breakdown: "" | "CITIZENSHIP";
}

/** Who shows the viewer anything: nobody else is looked at, so that looking around is no attempt at what is withheld. */
export function readSources(
  manager: EntityManager,
  scope: Scope,
  { start, end }: { start: string; end: string },
): Promise<Source[]> {
  return manager.query(SOURCES, [...statisticsParameters(scope), start, end]);
}

const SOURCES = `
SELECT DISTINCT t.owner, t.indicator, t.breakdown FROM indicators.released_table t
WHERE ${STATISTICS_PREDICATE} AND t.frequency = 'Q' AND t.superseded_at IS NULL
  AND t.period_start >= $5 AND t.period_start < $6 AND t.breakdown IN ('', 'CITIZENSHIP')
ORDER BY t.owner, t.indicator, t.breakdown`;

export type Act = "REVIEW" | "DISMISS" | "PROMOTE";

export interface ActRow {
  owner: string;
  signal: string;
  act: Act;
  reason: string | null;
  /** The message drafted of it. */
  alert: string | null;
  actor: string;
  at: Date;
}

/** What the viewer's own partner last did about each, by its id. */
export async function readActs(
  manager: EntityManager,
  signals: readonly string[],
): Promise<Map<string, ActRow>> {
  const rows: ActRow[] = await manager.query(
    `SELECT DISTINCT ON (signal) owner, signal, act, reason, alert, actor, at FROM indicators.signal_act
     WHERE owner = sharing.reader() AND signal = ANY ($1) ORDER BY signal, id DESC`,
    [signals],
  );
  return new Map(rows.map((row) => [row.signal, row]));
}
