import type { EntityManager } from "typeorm";
import { mayApprove, type Viewer } from "../../../shared/viewer/viewer";
import type { Address } from "./alert.queries";
import type { Body } from "./alert.rules";
import { citationId } from "./figure.rules";

export interface Draft {
  identifier: string;
  msgType: "Alert" | "Update" | "Cancel";
  body: Body;
  expires: Date;
  addresses: readonly Address[];
  refersTo: string | null;
  widens: boolean;
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
  if (refersTo === null) return;
  await manager.query(
    "INSERT INTO alerts.reference (identifier, owner, refers_to) VALUES ($1, $2, $3)",
    [identifier, viewer.partner, refersTo],
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
export async function readReferred(
  manager: EntityManager,
  identifier: string,
): Promise<string | null> {
  const [row] = await manager.query(
    "SELECT refers_to FROM alerts.reference WHERE identifier = $1",
    [identifier],
  );
  return row?.refers_to ?? null;
}

export async function isIndicator(manager: EntityManager, code: string): Promise<boolean> {
  const [row] = await manager.query("SELECT indicators.dimensions_of($1) IS NOT NULL AS known", [
    code,
  ]);
  return row.known;
}
