import type { EntityManager } from "typeorm";
import { contentHash } from "./content-hash";
import type { Release, TableToStore } from "./release.service";

/** What a release writes. Row-level security and the database's guards hold for each statement (migrations/7-reports.ts). */

/** The report with its exact figures; whatever it supersedes is closed by the database at the same instant. */
export async function insertReport(manager: EntityManager, release: Release): Promise<number> {
  const { owner, indicator, period, submittedBy, submittedAt, approvedBy, releasedAt } = release;
  const { version = 1, reason = null } = release;
  const submissionId = release.submissionId ?? (await insertReleased(manager, release));
  const [report]: { id: number }[] = await manager.query(INSERT_REPORT, [
    owner,
    indicator,
    period.code,
    period.start,
    period.end,
    version,
    reason,
    submissionId,
    submittedBy,
    submittedAt,
    approvedBy,
    releasedAt,
  ]);
  const { id } = report as { id: number };
  await manager.query(INSERT_FIGURES, [id, owner, figuresJson(release.figures)]);
  return id;
}

/** The life of a report that was reported elsewhere and is only loaded here. */
async function insertReleased(manager: EntityManager, release: Release): Promise<string> {
  const { owner, indicator, period, version = 1, reason = null } = release;
  const [row]: { id: string }[] = await manager.query(INSERT_RELEASED, [
    owner,
    indicator,
    period.code,
    period.start,
    period.end,
    version,
    reason,
    contentHash(release.figures),
    release.submittedBy,
    release.submittedAt,
    release.approvedBy,
    release.releasedAt,
  ]);
  return (row as { id: string }).id;
}

/** As the statements read them: `jsonb_to_recordset` knows columns by their names. */
export function figuresJson(figures: Release["figures"]): string {
  return JSON.stringify(
    figures.map(({ dimensions, key, value, status, sourceId }) => ({
      dimensions,
      key,
      value,
      obs_status: status,
      source_id: sourceId,
    })),
  );
}

export async function insertTables(
  manager: EntityManager,
  reportId: number,
  tables: readonly TableToStore[],
): Promise<void> {
  await manager.query(INSERT_TABLES, [reportId, JSON.stringify(tables)]);
}

const INSERT_RELEASED = `
INSERT INTO indicators.submission (owner, indicator, period, period_start, period_end, version, reason, content_hash,
  submitted_by, submitted_at, decided_by, decided_at, state)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'RELEASED') RETURNING id`;

const INSERT_REPORT = `
INSERT INTO indicators.report (owner, indicator, period, period_start, period_end, version, reason, submission_id,
  submitted_by, submitted_at, approved_by, released_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`;

const INSERT_FIGURES = `
INSERT INTO indicators.figure (report_id, owner, dimensions, key, value, obs_status, source_id)
SELECT $1, $2, f.dimensions, f.key, f.value, f.obs_status, f.source_id
FROM jsonb_to_recordset($3::jsonb) AS f
  (dimensions text[], key text[], value integer, obs_status text, source_id text)`;

const INSERT_TABLES = `
INSERT INTO indicators.released_table (report_id, owner, indicator, period, period_start, period_end, version, released_at,
  first_released_at, reason, dimensions, control, audience, cut, keys, values, statuses, sources)
SELECT r.id, r.owner, r.indicator, r.period, r.period_start, r.period_end, r.version, r.released_at, r.first_released_at,
  r.reason, t.dimensions, t.control, t.audience, t.cut, t.keys, t.values, t.statuses, t.sources
FROM indicators.report r, jsonb_to_recordset($2::jsonb) AS t (dimensions text[], control text, audience text, cut boolean,
  keys text[], values integer[], statuses text[], sources text[])
WHERE r.id = $1`;
