import { randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import { mayApprove, type Viewer } from "../../../shared/viewer/viewer";
import type { VersionRow } from "./contact.queries";
import type { ContactBody } from "./contact.rules";

/** The statements of the directory's writes. Row-level security and the database's guards hold for each of them. */

/** Everybody who works on one contact takes turns from here to the end of the transaction. */
export async function lockContact(manager: EntityManager, post: string): Promise<void> {
  await manager.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 3))", [post]);
}

interface Submission {
  /** Null for a new contact. */
  post: string | null;
  version: number;
  kind: string;
  body: ContactBody;
  validFrom: string;
}

export async function insertVersion(
  manager: EntityManager,
  viewer: Viewer,
  submission: Submission,
): Promise<string> {
  const { body, kind } = submission;
  const id = randomUUID();
  await manager.query(INSERT, [
    id,
    submission.post ?? id,
    submission.version,
    viewer.partner,
    kind,
    body.title,
    body.organisation,
    body.languages,
    body.postedTo ?? null,
    body.available24x7,
    body.hours ?? null,
    body.alternateOf ?? null,
    submission.validFrom,
    body.validUntil ?? null,
    viewer.id,
    mayApprove(viewer),
  ]);
  await manager.query(
    "INSERT INTO countries.contact_detail (contact_id, owner, kind, name, email, phone) VALUES ($1, $2, $3, $4, $5, $6)",
    [id, viewer.partner, kind, body.name, body.email, body.phone],
  );
  return id;
}

const INSERT = `
INSERT INTO countries.contact (id, post, version, owner, kind, title, organisation, languages, posted_to, always, hours,
  alternate_of, valid_from, valid_until, state, submitted_by, submitted_by_approver)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'SUBMITTED', $15, $16)`;

/** From the day on that it was meant for, or from today where that is past. */
export async function approve(manager: EntityManager, viewer: Viewer, id: string): Promise<string> {
  const [[row]] = await manager.query(
    `UPDATE countries.contact SET state = 'APPROVED', decided_by = $2, valid_from = greatest(valid_from, countries.today())
     WHERE id = $1 RETURNING valid_from::text`,
    [id, viewer.id],
  );
  return row.valid_from;
}

export async function sendBack(
  manager: EntityManager,
  viewer: Viewer,
  id: string,
  reason: string,
): Promise<void> {
  await manager.query(
    "UPDATE countries.contact SET state = 'RETURNED', decided_by = $2, reason = $3 WHERE id = $1",
    [id, viewer.id, reason],
  );
}

export async function endOn(
  manager: EntityManager,
  { id }: VersionRow,
  day: string,
): Promise<void> {
  await manager.query("UPDATE countries.contact SET valid_until = $2 WHERE id = $1", [id, day]);
}

export async function insertVerification(
  manager: EntityManager,
  viewer: Viewer,
  post: string,
): Promise<void> {
  await manager.query(
    "INSERT INTO countries.verification (post, owner, actor) VALUES ($1, $2, $3)",
    [post, viewer.partner, viewer.id],
  );
}
