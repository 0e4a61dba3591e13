import type { EntityManager } from "typeorm";
import { alertParameters } from "../../../shared/policy/scope";
import type { Viewer } from "../../../shared/viewer/viewer";
import type { Reader } from "../messages/alert.queries";
import type { ImpactLevel } from "./impact.type";

export interface ImpactRow {
  id: string;
  owner: string;
  section: string;
  section_name: string;
  states: string[];
  period: string;
  level: ImpactLevel;
  until: Date | null;
  proposed_by: string;
  at: Date;
  agreed_at: Date | null;
}

/** Its parties see a proposal; what is agreed, also those to whom the state's agreements open something. */
const IMPACT = `
SELECT l.id, l.owner, l.section, s.name AS section_name, s.states, l.period, l.level, l.until, l.proposed_by, l.at, g.at AS agreed_at
FROM alerts.impact_level l JOIN alerts.border_section s ON s.code = l.section LEFT JOIN alerts.impact_agreement g ON g.id = l.id
WHERE (l.owner = $1 OR l.proposed_by = $1 OR (g.id IS NOT NULL AND l.owner = ANY ($2)))`;

/** What holds now: the newest that is agreed, a CRITICAL one only for its time. */
const CURRENT = `
SELECT * FROM (SELECT DISTINCT ON (section, owner, period) * FROM (${IMPACT}) visible
  WHERE agreed_at IS NOT NULL AND (until IS NULL OR until > sharing.instant())
  ORDER BY section, owner, period, agreed_at DESC) current`;

const PROPOSED = `SELECT * FROM (${IMPACT}) visible WHERE agreed_at IS NULL`;

export function readImpacts(
  manager: EntityManager,
  { viewer, terms }: Reader,
  of: { section: string | null; period: string | null; proposed: boolean },
): Promise<ImpactRow[]> {
  const [partner, , agreed] = alertParameters(viewer, terms);
  return manager.query(
    `SELECT * FROM (${of.proposed ? PROPOSED : CURRENT}) found
     WHERE ($3::text IS NULL OR section = $3) AND ($4::text IS NULL OR period = $4) ORDER BY section, owner, period, at LIMIT 200`,
    [partner, agreed, of.section, of.period],
  );
}

export async function readImpact(
  manager: EntityManager,
  { viewer, terms }: Reader,
  id: string,
): Promise<ImpactRow | null> {
  const [partner, , agreed] = alertParameters(viewer, terms);
  const [row]: ImpactRow[] = await manager.query(`${IMPACT} AND l.id = $3`, [partner, agreed, id]);
  return row ?? null;
}

export async function readSection(
  manager: EntityManager,
  code: string,
): Promise<{ states: string[] } | null> {
  const [row] = await manager.query("SELECT states FROM alerts.border_section WHERE code = $1", [
    code,
  ]);
  return row ?? null;
}

export async function insertImpact(
  manager: EntityManager,
  viewer: Viewer,
  row: Pick<ImpactRow, "id" | "owner" | "section" | "period" | "level" | "until">,
): Promise<void> {
  await manager.query(
    `INSERT INTO alerts.impact_level (id, owner, section, period, level, until, proposed_by, actor)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [row.id, row.owner, row.section, row.period, row.level, row.until, viewer.partner, viewer.id],
  );
}

export async function insertAgreement(
  manager: EntityManager,
  viewer: Viewer,
  id: string,
): Promise<void> {
  await manager.query(
    "INSERT INTO alerts.impact_agreement (id, owner, actor) VALUES ($1, $2, $3)",
    [id, viewer.partner, viewer.id],
  );
}

/** Whether the viewer is who proposed it: a second person agrees. */
export async function isProposer(
  manager: EntityManager,
  viewer: Viewer,
  id: string,
): Promise<boolean> {
  const rows = await manager.query("SELECT FROM alerts.impact_level WHERE id = $1 AND actor = $2", [
    id,
    viewer.id,
  ]);
  return rows.length > 0;
}
