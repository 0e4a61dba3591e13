import type { EntityManager } from "typeorm";
import { mayApprove, type Viewer } from "../../../shared/viewer/viewer";
import type { Triplet } from "../cap-file/message";
import type { Address } from "./alert.queries";
import type { Body } from "./alert.rules";
import { citationId } from "./figure.rules";

export interface Draft {
  identifier: string;
  msgType: "Alert" | "Update" | "Cancel";
  body: Body;
  expires: Date;
  addresses: readonly Address[];
  refersTo: readonly string[];
  widens: boolean;
  /** Of a file: the triplet it came with, and what it says, in short. */
  origin?: Origin;
}

export interface Origin extends Triplet {
  digest: string;
  signatures: readonly string[];
}

/** The message with its audience and what it refers to; out it is only with a row of its own in the outbox. */
export async function insertDraft(
  manager: EntityManager,
  viewer: Viewer,
  draft: Draft,
): Promise<void> {
  const { identifier, body, refersTo } = draft;
  await manager.query(INSERT_ALERT, [
    identifier,
    viewer.partner,
    viewer.id,
    mayApprove(viewer),
    body.status,
    draft.msgType,
    body.source ?? null,
    body.scope,
    body.restriction ?? null,
    body.code,
    body.note ?? null,
    body.incidents,
    JSON.stringify(body.info),
    draft.expires,
    body.tlp,
    body.handling,
    body.handlingNote ?? null,
    body.evaluation?.source ?? null,
    body.evaluation?.information ?? null,
    body.acknowledgeWithin ?? null,
    draft.widens,
    JSON.stringify((body.figures ?? []).map(citationId)),
  ]);
  await manager.query(
    "INSERT INTO alerts.audience (identifier, owner, addresses) VALUES ($1, $2, $3)",
    [identifier, viewer.partner, JSON.stringify(draft.addresses)],
  );
  await manager.query(
    "INSERT INTO alerts.reference (identifier, owner, refers_to) SELECT $1, $2, unnest($3::text[])",
    [identifier, viewer.partner, refersTo],
  );
  if (draft.origin) await insertOrigin(manager, viewer, identifier, draft.origin);
}

async function insertOrigin(
  manager: EntityManager,
  viewer: Viewer,
  identifier: string,
  origin: Origin,
): Promise<void> {
  await manager.query(
    `INSERT INTO alerts.origin (identifier, owner, sender, cap_identifier, sent, digest, signatures)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      identifier,
      viewer.partner,
      origin.sender,
      origin.identifier,
      origin.sent,
      origin.digest,
      origin.signatures,
    ],
  );
}

const INSERT_ALERT = `
INSERT INTO alerts.alert (identifier, owner, author, author_approver, status, msg_type, source, scope, restriction, code, note,
  incidents, info, expires, tlp, handling, handling_note, source_evaluation, info_evaluation, ack_minutes, widens, figures)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`;

/** Whether it takes a second person of the sender before it goes out. */
export async function needsSecond(manager: EntityManager, identifier: string): Promise<boolean> {
  const [row] = await manager.query("SELECT alerts.needs_second($1) AS needed", [identifier]);
  return row.needed !== false;
}

export async function insertRelease(
  manager: EntityManager,
  viewer: Viewer,
  identifier: string,
): Promise<void> {
  await manager.query(
    "INSERT INTO alerts.release (identifier, owner, actor, actor_approver) VALUES ($1, $2, $3, $4)",
    [identifier, viewer.partner, viewer.id, mayApprove(viewer)],
  );
}

export async function insertReceipt(
  manager: EntityManager,
  viewer: Viewer,
  receipt: { identifier: string; owner: string; msgType: "Ack" | "Error"; note: string | null },
): Promise<void> {
  await manager.query(
    `INSERT INTO alerts.receipt (identifier, owner, partner, actor, msg_type, note) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING`,
    [receipt.identifier, receipt.owner, viewer.partner, viewer.id, receipt.msgType, receipt.note],
  );
}

/** Positions in the list of those that are no partner and no group of the sender's. */
export async function unknownAddresses(
  manager: EntityManager,
  addresses: readonly Address[],
): Promise<number[]> {
  const rows: { at: number }[] = await manager.query(
    "SELECT * FROM alerts.unknown_addresses($1) AS at",
    [JSON.stringify(addresses)],
  );
  return rows.map(({ at }) => at);
}

/** One writer after the other about one message, until the end of the transaction. */
export async function lockAlert(manager: EntityManager, identifier: string): Promise<void> {
  await manager.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", [identifier]);
}

/** What it updates or cancels. */
export async function readReferred(manager: EntityManager, identifier: string): Promise<string[]> {
  const rows: { refers_to: string }[] = await manager.query(
    "SELECT refers_to FROM alerts.reference WHERE identifier = $1 ORDER BY refers_to",
    [identifier],
  );
  return rows.map(({ refers_to }) => refers_to);
}

/** What has ended each of them, apart from notices: for the sender, who sees all of it. */
export function readEnders(
  manager: EntityManager,
  identifiers: readonly string[],
): Promise<{ ended: string; by: string }[]> {
  return manager.query(
    `SELECT f.refers_to AS ended, f.identifier AS by FROM alerts.reference f
       JOIN alerts.release r ON r.identifier = f.identifier JOIN alerts.alert u ON u.identifier = f.identifier
     WHERE f.refers_to = ANY ($1) AND NOT u.notice`,
    [identifiers],
  );
}

/** The notices that the release of a message has sent out with it. */
export async function readNotices(manager: EntityManager, identifier: string): Promise<string[]> {
  const rows: { identifier: string }[] = await manager.query(
    `SELECT n.identifier FROM alerts.release own JOIN alerts.reference f ON f.identifier = own.identifier
       JOIN alerts.reference g ON g.refers_to = f.refers_to JOIN alerts.alert n ON n.identifier = g.identifier AND n.notice
       JOIN alerts.release out ON out.identifier = n.identifier AND out.seq > own.seq
     WHERE own.identifier = $1 ORDER BY out.seq`,
    [identifier],
  );
  return rows.map((row) => row.identifier);
}

export async function isIndicator(manager: EntityManager, code: string): Promise<boolean> {
  const [row] = await manager.query("SELECT indicators.dimensions_of($1) IS NOT NULL AS known", [
    code,
  ]);
  return row.known;
}
