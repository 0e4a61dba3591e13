import type { EntityManager } from "typeorm";
import type { Identity } from "../../shared/viewer/viewer";
import { insertNews } from "../../subgraphs/countries/news/news.queries";
import { readRss } from "../../subgraphs/countries/news/rss";
import { csv, file, list, type Row } from "./files";

/**
 * Contacts (fictional) and profiles (real, as summaries), as if officers had submitted and approvers approved them; what the
 * second meeting asked for (real), and a meeting, a case study, an exercise and news that are invented and say so.
 */
export async function loadCommunity(manager: EntityManager): Promise<void> {
  for (const row of csv("contacts.csv")) await loadContact(manager, row);
  await manager.query(INSERT_PROFILES, [file("profiles.json")]);
  const community = file("community.json");
  for (const statement of [INSERT_MEETINGS, INSERT_AGENDAS, INSERT_STEPS, INSERT_STUDIES])
    await manager.query(statement, [community]);
  const desk: Identity = { id: "secretariat-desk", partner: "SECRETARIAT", roles: ["DESK"] };
  await insertNews(manager, desk, readRss(file("news.xml")));
}

/** Each was verified once, on its first day: the oldest are due. */
async function loadContact(manager: EntityManager, row: Row): Promise<void> {
  const { id, country, kind, validFrom } = row;
  const client = (country as string).toLowerCase();
  await manager.query(INSERT_CONTACT, [
    id,
    country,
    kind,
    row.title,
    row.organisation,
    list(row.languages),
    validFrom,
    row.postedTo || null,
    row.always === "yes",
    row.hours || null,
    row.alternateOf || null,
    `${client}-officer`,
    `${client}-approver`,
  ]);
  await manager.query(
    "INSERT INTO countries.contact_detail (contact_id, owner, kind, name, email, phone) VALUES ($1, $2, $3, $4, $5, $6)",
    [id, country, kind, row.name, row.email, row.phone],
  );
  await manager.query(
    "INSERT INTO countries.verification (post, owner, actor, at) VALUES ($1, $2, $3, $4)",
    [id, country, `${client}-approver`, `${validFrom}T09:00:00Z`],
  );
}

const INSERT_CONTACT = `
INSERT INTO countries.contact (id, post, owner, kind, title, organisation, languages, valid_from, posted_to, always, hours,
  alternate_of, submitted_by, decided_by, submitted_at)
VALUES ($1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $7::date)`;

const INSERT_PROFILES = `
INSERT INTO countries.profile (owner, version, published_at, sections, tlp, originator, source, written_by, submitted_by,
  published_by, presented_at)
SELECT p.country, p.version, p."publishedAt", p.sections, p.marking ->> 'tlp', p.marking ->> 'originator', p.source,
  lower(p.country) || '-officer', lower(p.country) || '-officer', lower(p.country) || '-approver',
  (SELECT m.id FROM countries.meeting m WHERE m.number = 2)
FROM jsonb_to_recordset($1::jsonb) AS p
  (country text, version integer, "publishedAt" date, sections jsonb, marking jsonb, source text)`;

const INSERT_MEETINGS = `
INSERT INTO countries.meeting (number, held_on, mode, theme, source)
SELECT m.number, countries.today() + m."inDays", m.mode, m.theme, m.source
FROM jsonb_to_recordset($1::jsonb -> 'meetings') AS m (number integer, "inDays" integer, mode text, theme text, source text)`;

const INSERT_AGENDAS = `
INSERT INTO countries.agenda (meeting_id, revision, items, set_by, actor)
SELECT m.id, 1, f.agenda -> 'items', f.agenda ->> 'setBy', lower(f.agenda ->> 'setBy') || '-officer'
FROM jsonb_to_recordset($1::jsonb -> 'meetings') AS f (number integer, agenda jsonb) JOIN countries.meeting m USING (number)`;

const INSERT_STEPS = `
INSERT INTO countries.next_step (meeting_id, position, task, responsible, due)
SELECT m.id, s.position, s.task, s.responsible, countries.today() + s."dueInDays"
FROM ROWS FROM (jsonb_to_recordset($1::jsonb -> 'steps') AS (meeting integer, task text, responsible text, "dueInDays" integer))
  WITH ORDINALITY AS s (meeting, task, responsible, "dueInDays", position) JOIN countries.meeting m ON m.number = s.meeting`;

const INSERT_STUDIES = `
INSERT INTO countries.case_study (id, owner, exercise, title, summary, lessons, tlp, meeting_id, state, to_networks, written_by,
  proposed_by, shared_by, shared_at)
SELECT s.id, s.owner, s.exercise, s.title, s.summary, s.lessons, s.tlp, m.id, 'SHARED', ARRAY['COLEP'], lower(s.owner) || '-officer',
  lower(s.owner) || '-officer', lower(s.owner) || '-approver', sharing.instant()
FROM jsonb_to_recordset($1::jsonb -> 'caseStudies') AS s (id uuid, owner text, exercise boolean, title text, summary text,
  lessons text[], tlp text, meeting integer) JOIN countries.meeting m ON m.number = s.meeting`;
