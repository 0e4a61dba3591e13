import { randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import { mayApprove, type Viewer } from "../../../shared/viewer/viewer";
import type { StudyRow } from "./case-study.queries";
import type { Audience, StudyBody } from "./case-study.rules";

/** One writer after the other about one case study, until the end of the transaction. */
export async function lockStudy(manager: EntityManager, id: string): Promise<void> {
  await manager.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 7))", [id]);
}

export async function insertStudy(
  manager: EntityManager,
  { partner, id: actor }: Viewer,
  { exercise, meeting, body }: { exercise: boolean; meeting: string | null; body: StudyBody },
): Promise<string> {
  const id = randomUUID();
  await manager.query(
    `INSERT INTO countries.case_study (id, owner, exercise, written_by, meeting_id, title, summary, lessons, tlp, handling,
       handling_note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [id, partner, exercise, actor, meeting, ...contentOf(body)],
  );
  return id;
}

export async function rewriteStudy(
  manager: EntityManager,
  { id: actor }: Viewer,
  { id }: StudyRow,
  { meeting, body }: { meeting: string | null; body: StudyBody },
): Promise<void> {
  await manager.query(
    `UPDATE countries.case_study SET revision = revision + 1, written_by = $2, meeting_id = $3, title = $4, summary = $5,
       lessons = $6, tlp = $7, handling = $8, handling_note = $9 WHERE id = $1`,
    [id, actor, meeting, ...contentOf(body)],
  );
}

function contentOf({ title, summary, lessons, tlp, handling, handlingNote }: StudyBody): unknown[] {
  return [title, summary, lessons, tlp, handling, handlingNote ?? null];
}

export async function proposeSharing(
  manager: EntityManager,
  viewer: Viewer,
  { id }: StudyRow,
  { colep, partners }: Audience,
): Promise<void> {
  await manager.query(
    `UPDATE countries.case_study SET revision = revision + 1, state = 'WAITING', to_networks = $2, to_partners = $3,
       proposed_by = $4, proposed_by_approver = $5 WHERE id = $1`,
    [id, colep ? ["COLEP"] : [], partners, viewer.id, mayApprove(viewer)],
  );
}

export async function share(
  manager: EntityManager,
  viewer: Viewer,
  { id }: StudyRow,
): Promise<void> {
  await manager.query(
    `UPDATE countries.case_study SET revision = revision + 1, state = 'SHARED', shared_by = $2,
       shared_at = sharing.instant() WHERE id = $1`,
    [id, viewer.id],
  );
}

export async function withdraw(manager: EntityManager, { id }: StudyRow): Promise<void> {
  await manager.query(
    `UPDATE countries.case_study SET revision = revision + 1, state = 'PRIVATE', shared_by = NULL, shared_at = NULL,
       to_networks = '{}', to_partners = '{}' WHERE id = $1`,
    [id],
  );
}
