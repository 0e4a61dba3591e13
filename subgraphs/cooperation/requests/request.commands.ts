import { randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { Viewer } from "../../../shared/viewer/viewer";
import type { OpenCooperationRequestInput } from "./request.input";
import type { RequestRow } from "./request.queries";
import type { Accessibility } from "./request.words";
import type { Action } from "./transition.rules";

/** The statements of the subgraph's writes. They only append; `cooperation.move` and `write_content` change what follows from it. */

/** One writer after the other about one request, until the end of the transaction. */
export async function lockRequest(manager: EntityManager, reference: string): Promise<void> {
  await manager.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 3))", [reference]);
}

export async function insertRequest(
  manager: EntityManager,
  viewer: Viewer,
  { reference, requested, mechanism }: { reference: string; requested: string; mechanism: number },
): Promise<void> {
  await manager.query(
    `INSERT INTO cooperation.request (reference, requester, requested, facilitator, mechanism)
     VALUES ($1, $2, $3, cooperation.secretariat(), $4)`,
    [reference, viewer.partner, requested, mechanism],
  );
}

/** What is asked, once more as a whole. */
export async function insertContent(
  manager: EntityManager,
  viewer: Viewer,
  {
    reference,
    version,
    body,
  }: { reference: string; version: number; body: OpenCooperationRequestInput },
): Promise<void> {
  await manager.query(INSERT_CONTENT, [
    reference,
    version,
    viewer.partner,
    body.kind,
    body.channel,
    body.urgency,
    body.accessibility,
    body.language,
    body.subject.trim(),
    body.informationSought,
    body.purpose,
    body.crimeAreas,
    body.underlyingOffence ?? null,
    body.factsSummary ?? null,
    body.availabilityGrounds ?? null,
    body.linkToEntity ?? null,
    body.useRestrictions ?? null,
    body.urgencyGround ?? null,
    body.urgencyReason ?? null,
    body.tlp,
    body.handling,
    body.handlingNote ?? null,
    body.evaluation?.source ?? null,
    body.evaluation?.information ?? null,
  ]);
}

const INSERT_CONTENT = `
INSERT INTO cooperation.content (reference, version, author, kind, channel, urgency, accessibility, language, subject,
  information_sought, purpose, crime_areas, underlying_offence, facts_summary, availability_grounds, link_to_entity,
  use_restrictions, urgency_ground, urgency_reason, tlp, handling, handling_note, source_evaluation, information_evaluation)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`;

export interface EventToAppend {
  row: Pick<RequestRow, "reference" | "revision">;
  action: Action;
  note?: string | null;
  accessibility?: Accessibility | null;
  expectedUntil?: Date | null;
}

/** @returns how far the request has come with it */
export async function appendEvent(
  manager: EntityManager,
  { partner, id: actor }: Viewer,
  { row, action, note, accessibility, expectedUntil }: EventToAppend,
): Promise<RequestRow["reach"]> {
  const [event]: { id: string; reach: RequestRow["reach"] }[] = await manager.query(
    `INSERT INTO cooperation.event (reference, revision, action, by_partner, actor, accessibility, expected_until)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id, reach`,
    [
      row.reference,
      row.revision,
      action,
      partner,
      actor,
      accessibility ?? null,
      expectedUntil ?? null,
    ],
  );
  if (!event) throw new Error("An event that was appended is not there.");
  if (note != null)
    await manager.query(
      "INSERT INTO cooperation.note (event, reference, author, reach, text) VALUES ($1, $2, $3, $4, $5)",
      [event.id, row.reference, partner, event.reach, note],
    );
  return event.reach;
}

/** That these were asked together, for the eyes of who asked. */
export async function insertFanOut(
  manager: EntityManager,
  viewer: Viewer,
  references: readonly string[],
): Promise<void> {
  await manager.query(
    "INSERT INTO cooperation.fan_out (reference, owner, batch) SELECT unnest($1::text[]), $2, $3",
    [references, viewer.partner, randomUUID()],
  );
}

/** Those of these codes that cannot be asked. */
export async function unknownParties(
  manager: EntityManager,
  codes: readonly string[],
): Promise<string[]> {
  const rows: { code: string }[] = await manager.query(
    "SELECT code FROM unnest($1::text[]) AS code WHERE NOT cooperation.takes_part(code)",
    [codes],
  );
  return rows.map(({ code }) => code);
}

export async function insertFeedback(
  manager: EntityManager,
  { partner }: Viewer,
  { reference, met, comment }: { reference: string; met: string; comment: string | null },
): Promise<void> {
  await manager.query(
    "INSERT INTO cooperation.feedback (reference, author, met, comment) VALUES ($1, $2, $3, $4)",
    [reference, partner, met, comment],
  );
}
