import type { EntityManager } from "typeorm";
import { UUID } from "../../../shared/uuid";
import { readPage } from "../paging";
import type { AgendaItem, MeetingMode } from "./meeting.rules";

export interface StepRow {
  id: string;
  meeting: number;
  task: string;
  responsible: string;
  due: string | null;
  done_on: string | null;
}

export interface MeetingRow {
  id: string;
  number: number;
  held_on: string;
  mode: MeetingMode;
  place: string | null;
  host: string | null;
  theme: string | null;
  officials: number | null;
  countries_present: number | null;
  outcomes: string[];
  source: string;
  revision: number;
  participants: {
    country: string | null;
    institution: string | null;
    presented_profile: boolean;
  }[];
  agenda: { revision: number; items: AgendaItem[]; set_by: string; at: string } | null;
  steps: StepRow[];
}

const STEP = "s.id, m.number AS meeting, s.task, s.responsible, s.due::text, s.done_on::text";

const MEETING = `
SELECT m.id, m.number, m.held_on::text, m.mode, m.place, m.host, m.theme, m.officials, m.countries_present, m.outcomes, m.source,
  m.revision,
  (SELECT coalesce(json_agg(p ORDER BY p.country, p.institution), '[]') FROM countries.participant p WHERE p.meeting_id = m.id) AS participants,
  (SELECT row_to_json(a) FROM countries.agenda a WHERE a.meeting_id = m.id ORDER BY a.revision DESC LIMIT 1) AS agenda,
  (SELECT coalesce(json_agg(n ORDER BY n.position), '[]')
   FROM (SELECT ${STEP}, s.position FROM countries.next_step s WHERE s.meeting_id = m.id) n) AS steps
FROM countries.meeting m`;

/** Newest first. */
export function readMeetings(
  manager: EntityManager,
  slice: { first: number; after: string | null },
) {
  return readPage<MeetingRow>(manager, `SELECT v.*, number AS rank FROM (${MEETING}) v`, [], slice);
}

export async function readMeeting(
  manager: EntityManager,
  number: number,
): Promise<MeetingRow | null> {
  const [row]: MeetingRow[] = await manager.query(`${MEETING} WHERE m.number = $1`, [number]);
  return row ?? null;
}

/** What is due first comes first, and what has no day last; of all, or only what is overdue. */
export function readSteps(
  manager: EntityManager,
  overdue: boolean,
  slice: { first: number; after: string | null },
) {
  const statement = `SELECT ${STEP}, -coalesce(s.due - date '1970-01-01', 1000000) AS rank
    FROM countries.next_step s JOIN countries.meeting m ON m.id = s.meeting_id
    WHERE NOT $1 OR (s.done_on IS NULL AND s.due < countries.today())`;
  return readPage<StepRow>(manager, statement, [overdue], slice);
}

export async function readStep(manager: EntityManager, id: string): Promise<StepRow | null> {
  if (!UUID.test(id)) return null;
  const [row]: StepRow[] = await manager.query(
    `SELECT ${STEP} FROM countries.next_step s JOIN countries.meeting m ON m.id = s.meeting_id WHERE s.id = $1`,
    [id],
  );
  return row ?? null;
}

/** Whether a partner holds one of the three chairs on a day. */
export async function isChairOn(
  manager: EntityManager,
  partner: string,
  day: string,
): Promise<boolean> {
  const [row] = await manager.query("SELECT countries.is_chair_on($1, $2) AS chair", [
    partner,
    day,
  ]);
  return row.chair;
}
