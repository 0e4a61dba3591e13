import type { EntityManager } from "typeorm";
import type { Audience } from "../../../shared/policy/cleared";
import {
  CLEARED_PREDICATE,
  clearedParameters,
  MY_NETWORKS,
  type Scope,
} from "../../../shared/policy/scope";
import type { Tlp } from "../../../shared/policy/terms";
import type { ReleasedTable } from "../series/series.queries";

/** Partners that report: their codes, which are no secret. */
export async function readReporters(manager: EntityManager): Promise<string[]> {
  const rows: { code: string }[] = await manager.query(
    "SELECT * FROM indicators.reporting_countries() AS code",
  );
  return rows.map(({ code }) => code);
}

export type Step = "CONVENED" | "OPENED" | "CLOSED" | "PUBLISHED";

export interface StepRow {
  step: Step;
  at: Date;
}

export function readSteps(manager: EntityManager, year: number): Promise<StepRow[]> {
  return manager.query(
    "SELECT step, at FROM indicators.analysis_step WHERE year = $1 ORDER BY at, step",
    [year],
  );
}

export interface TextRow {
  section: string;
  body: string;
  owner: string | null;
  actor: string;
  at: Date;
}

/** The newest of each section, as far as the viewer is shown it. */
export function readNarrative(manager: EntityManager, year: number): Promise<TextRow[]> {
  return manager.query(
    `SELECT DISTINCT ON (section) section, body, NULL AS owner, actor, at FROM indicators.analysis_narrative
     WHERE year = $1 ORDER BY section, id DESC`,
    [year],
  );
}

/** The viewer's own country's; all of them for the desk. */
export function readComments(manager: EntityManager, year: number): Promise<TextRow[]> {
  return manager.query(
    `SELECT section, body, owner, actor, at FROM indicators.analysis_comment
     WHERE year = $1 AND (owner = sharing.reader() OR indicators.is_desk()) ORDER BY id`,
    [year],
  );
}

export interface PartRow {
  id: string;
  owner: string;
  indicators: string[];
  audience: Audience;
  tlp: Tlp;
  proposed_by: string;
  proposed_at: Date;
  cleared_by: string | null;
  cleared_at: Date | null;
  withdrawn_at: Date | null;
}

/** The newest part of each owner, for its own people and the desk: what is to be in it, never a figure. */
export function readParts(manager: EntityManager, year: number): Promise<PartRow[]> {
  return manager.query(PARTS, [year]);
}

const PARTS = `
SELECT DISTINCT ON (p.owner) p.id, p.owner, p.indicators, p.audience, p.tlp, p.proposed_by, p.proposed_at, c.actor AS cleared_by,
  c.at AS cleared_at, w.at AS withdrawn_at
FROM indicators.analysis_part p LEFT JOIN indicators.analysis_clearance c ON c.part_id = p.id
  LEFT JOIN indicators.analysis_withdrawal w ON w.part_id = p.id
WHERE p.year = $1 AND (p.owner = sharing.reader() OR indicators.is_desk())
ORDER BY p.owner, (c.part_id IS NOT NULL AND w.part_id IS NULL) DESC, p.proposed_at DESC, p.id`;

/** A frozen table, and what decides who reads it. */
export interface ClearedTable
  extends Omit<
    ReleasedTable,
    "control" | "audience" | "cut" | "superseded_at" | "reason" | "first_released_at"
  > {
  first_released_at: Date | null;
  tlp: Tlp;
  audience: Audience;
  stands: boolean;
  cleared_at: Date;
  published: boolean;
  networks: string[];
}

/** Of the parts that stand: those of others once they are published and for the viewer, and the viewer's own. */
export function readCleared(
  manager: EntityManager,
  scope: Pick<Scope, "viewer" | "terms">,
  year: number,
): Promise<ClearedTable[]> {
  return manager.query(CLEARED, [...clearedParameters(scope), year]);
}

const CLEARED = `
SELECT t.owner, t.indicator, t.period, t.period_start::text, t.period_end::text, t.dimensions, t.version, t.released_at,
  t.first_released_at, t.keys, t.values, t.statuses, t.sources, p.tlp, p.audience, w.part_id IS NULL AS stands, c.at AS cleared_at, s.year IS NOT NULL AS published,
  me.networks
FROM ${MY_NETWORKS} CROSS JOIN indicators.analysis_part p
  JOIN indicators.analysis_clearance c ON c.part_id = p.id
  LEFT JOIN indicators.analysis_withdrawal w ON w.part_id = p.id
  LEFT JOIN indicators.analysis_step s ON s.year = p.year AND s.step = 'PUBLISHED'
  JOIN indicators.analysis_table t ON t.part_id = p.id
WHERE p.year = $4 AND w.part_id IS NULL AND ${CLEARED_PREDICATE}
ORDER BY t.owner, t.indicator, t.period, t.dimensions`;
