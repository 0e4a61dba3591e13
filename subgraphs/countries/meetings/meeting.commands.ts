import type { EntityManager } from "typeorm";
import type { Viewer } from "../../../shared/viewer/viewer";
import type { ParticipantInput } from "./meeting.input";
import type { AgendaItem, MeetingBody } from "./meeting.rules";

/** One writer after the other about one meeting, until the end of the transaction. */
export async function lockMeeting(manager: EntityManager, number: number): Promise<void> {
  await manager.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 5))", [String(number)]);
}

export async function insertMeeting(
  manager: EntityManager,
  number: number,
  body: MeetingBody,
): Promise<string> {
  const [row] = await manager.query(
    `INSERT INTO countries.meeting (number, held_on, mode, place, host, theme, officials, countries_present, outcomes, source)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
    [number, ...valuesOf(body)],
  );
  return row.id;
}

export async function updateMeeting(
  manager: EntityManager,
  id: string,
  body: MeetingBody,
): Promise<void> {
  await manager.query(
    `UPDATE countries.meeting SET held_on = $2, mode = $3, place = $4, host = $5, theme = $6, officials = $7,
       countries_present = $8, outcomes = $9, source = $10, revision = revision + 1 WHERE id = $1`,
    [id, ...valuesOf(body)],
  );
}

function valuesOf(body: MeetingBody): unknown[] {
  const { date, mode, place, host, theme, officials, countriesPresent, outcomes, source } = body;
  return [
    date,
    mode,
    place ?? null,
    host ?? null,
    theme ?? null,
    officials ?? null,
    countriesPresent ?? null,
    outcomes,
    source,
  ];
}

export async function replaceParticipants(
  manager: EntityManager,
  meeting: string,
  participants: readonly ParticipantInput[],
): Promise<void> {
  await manager.query("DELETE FROM countries.participant WHERE meeting_id = $1", [meeting]);
  await manager.query(
    `INSERT INTO countries.participant (meeting_id, country, institution, presented_profile)
     SELECT $1, p.country, p.institution, p."presentedProfile"
     FROM jsonb_to_recordset($2::jsonb) AS p (country text, institution text, "presentedProfile" boolean)`,
    [meeting, JSON.stringify(participants)],
  );
}

export async function insertAgenda(
  manager: EntityManager,
  { partner, id: actor }: Viewer,
  { meeting, revision, items }: { meeting: string; revision: number; items: readonly AgendaItem[] },
): Promise<void> {
  await manager.query(
    "INSERT INTO countries.agenda (meeting_id, revision, items, set_by, actor) VALUES ($1, $2, $3, $4, $5)",
    [meeting, revision, JSON.stringify(items), partner, actor],
  );
}

export async function insertStep(
  manager: EntityManager,
  meeting: string,
  { task, responsible, due }: { task: string; responsible: string; due?: string | null },
): Promise<void> {
  await manager.query(
    `INSERT INTO countries.next_step (meeting_id, position, task, responsible, due)
     SELECT $1, coalesce(max(position), 0) + 1, $2, $3, $4 FROM countries.next_step WHERE meeting_id = $1`,
    [meeting, task, responsible, due ?? null],
  );
}

export async function completeStep(manager: EntityManager, id: string): Promise<void> {
  await manager.query("UPDATE countries.next_step SET done_on = countries.today() WHERE id = $1", [
    id,
  ]);
}

export async function unknownPartners(
  manager: EntityManager,
  codes: readonly string[],
): Promise<string[]> {
  const [row] = await manager.query("SELECT countries.unknown_partners($1) AS unknown", [codes]);
  return row.unknown;
}
