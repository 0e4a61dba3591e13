import type { EntityManager } from "typeorm";
import type { Period } from "../../../shared/period";
import type { Viewer } from "../../../shared/viewer/viewer";
import { yearOf } from "../disclosure/linked";
import { contentHash } from "../release/content-hash";
import { figuresJson } from "../release/release.commands";
import type { ReportRow, StoredFigure } from "./report.queries";
import type { ReportWarning } from "./report.type";

/** The statements of the subgraph's writes. Row-level security and the database's guards hold for each of them. */

/** Everybody who works on one country's indicator and period takes turns from here to the end of the transaction. */
export async function lockReport(
  manager: EntityManager,
  { owner, indicator, period }: { owner: string; indicator: string; period: string },
): Promise<void> {
  const key = `${owner}/${indicator}/${period}`;
  await manager.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 2))", [key]);
}

/** Releases that tell of the same persons take turns: two at once would each be protected without the other. */
export async function lockYear(
  manager: EntityManager,
  { owner, indicator, period }: { owner: string; indicator: string; period: string },
): Promise<void> {
  await lockReport(manager, { owner, indicator, period: `${yearOf(period)} and its quarters` });
}

export interface SubmissionToStore {
  indicator: string;
  period: Period;
  version: number;
  reason: string | null;
  comment: string | null;
  methodNote: string | null;
  dataAsOf: string | null;
  warnings: readonly ReportWarning[];
  figures: readonly StoredFigure[];
}

export async function insertSubmission(
  manager: EntityManager,
  { partner, id: actor }: Viewer,
  submission: SubmissionToStore,
): Promise<string> {
  const { indicator, period, version, reason, comment, methodNote, dataAsOf, warnings, figures } =
    submission;
  const [row]: { id: string }[] = await manager.query(INSERT_SUBMISSION, [
    partner,
    indicator,
    period.code,
    period.start,
    period.end,
    version,
    reason,
    comment,
    methodNote,
    dataAsOf,
    contentHash(figures),
    JSON.stringify(warnings),
    actor,
  ]);
  const { id } = row as { id: string };
  await manager.query(INSERT_FIGURES, [id, partner, figuresJson(figures)]);
  return id;
}

const INSERT_SUBMISSION = `
INSERT INTO indicators.submission (owner, indicator, period, period_start, period_end, version, reason, comment, method_note,
  data_as_of, content_hash, warnings, submitted_by, submitted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::jsonb, $13, sharing.instant()) RETURNING id`;

const INSERT_FIGURES = `
INSERT INTO indicators.submitted_figure (submission_id, owner, dimensions, key, value, obs_status, source_id)
SELECT $1, $2, f.dimensions, f.key, f.value, f.obs_status, f.source_id
FROM jsonb_to_recordset($3::jsonb) AS f
  (dimensions text[], key text[], value integer, obs_status text, source_id text)`;

export async function decideSubmission(
  manager: EntityManager,
  { id: actor }: Viewer,
  { id }: ReportRow,
  decision: { state: "RELEASED" | "RETURNED" | "WITHDRAWN"; reasons?: readonly string[] },
): Promise<void> {
  const [, changed] = await manager.query(
    `UPDATE indicators.submission SET state = $2, return_reasons = $3, decided_by = $4, decided_at = sharing.instant()
     WHERE id = $1`,
    [id, decision.state, decision.reasons ?? [], actor],
  );
  if (changed !== 1) throw new Error("the submission was not there to decide on");
}

export async function eraseFigures(manager: EntityManager, { id }: ReportRow): Promise<void> {
  await manager.query("DELETE FROM indicators.submitted_figure WHERE submission_id = $1", [id]);
}
