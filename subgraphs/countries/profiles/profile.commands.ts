import type { EntityManager } from "typeorm";
import { mayApprove, type Viewer } from "../../../shared/viewer/viewer";
import type { DraftRow } from "./profile.queries";
import type { ProfileBody } from "./profile.rules";

/** Everybody who works on one country's profile takes turns from here to the end of the transaction. */
export async function lockProfile(manager: EntityManager, owner: string): Promise<void> {
  await manager.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 4))", [owner]);
}

export async function insertDraft(
  manager: EntityManager,
  { partner, id }: Viewer,
  version: number,
  body: ProfileBody,
): Promise<void> {
  await manager.query(
    `INSERT INTO countries.profile (owner, version, state, originator, written_by, sections, migration_roles, tlp, handling,
       handling_note, source) VALUES ($1, $2, 'DRAFT', $1, $3, $4, $5, $6, $7, $8, $9)`,
    [partner, version, id, ...contentOf(body)],
  );
}

export async function rewriteDraft(
  manager: EntityManager,
  { id }: Viewer,
  { owner, version }: DraftRow,
  body: ProfileBody,
): Promise<void> {
  await manager.query(
    `UPDATE countries.profile SET revision = revision + 1, written_by = $3, sections = $4, migration_roles = $5, tlp = $6,
       handling = $7, handling_note = $8, source = $9 WHERE owner = $1 AND version = $2`,
    [owner, version, id, ...contentOf(body)],
  );
}

function contentOf(body: ProfileBody): unknown[] {
  const { sections, migrationRoles, tlp, handling, handlingNote, source } = body;
  return [JSON.stringify(sections), migrationRoles, tlp, handling, handlingNote ?? null, source];
}

const STEP = "UPDATE countries.profile SET revision = revision + 1";
const OF = "WHERE owner = $1 AND version = $2";

export async function submit(
  manager: EntityManager,
  viewer: Viewer,
  { owner, version }: DraftRow,
): Promise<void> {
  await manager.query(
    `${STEP}, state = 'SUBMITTED', reason = NULL, submitted_by = $3, submitted_by_approver = $4 ${OF}`,
    [owner, version, viewer.id, mayApprove(viewer)],
  );
}

export async function sendBack(
  manager: EntityManager,
  { owner, version }: DraftRow,
  reason: string,
): Promise<void> {
  await manager.query(`${STEP}, state = 'DRAFT', reason = $3 ${OF}`, [owner, version, reason]);
}

export async function present(
  manager: EntityManager,
  { owner, version }: DraftRow,
  meeting: string,
): Promise<void> {
  await manager.query(`${STEP}, state = 'PRESENTED', presented_at = $3 ${OF}`, [
    owner,
    version,
    meeting,
  ]);
}

export async function publish(
  manager: EntityManager,
  viewer: Viewer,
  { owner, version }: DraftRow,
): Promise<void> {
  await manager.query(
    `${STEP}, state = 'PUBLISHED', published_by = $3, published_at = countries.today() ${OF}`,
    [owner, version, viewer.id],
  );
}

/** Of a meeting that was held already; null where there is none. */
export async function heldMeeting(manager: EntityManager, number: number): Promise<string | null> {
  const [row] = await manager.query(
    "SELECT id FROM countries.meeting WHERE number = $1 AND held_on <= countries.today()",
    [number],
  );
  return row?.id ?? null;
}
