import type { EntityManager } from "typeorm";
import { csv, file, list, type Row } from "./files";

/** Contacts (fictional) and profiles (real, as summaries), as if officers had submitted and approvers approved them. */
export async function loadCommunity(manager: EntityManager): Promise<void> {
  for (const row of csv("contacts.csv")) await loadContact(manager, row);
  await manager.query(INSERT_PROFILES, [file("profiles.json")]);
}

/** Each was verified once, on its first day: the oldest are due. */
async function loadContact(manager: EntityManager, row: Row): Promise<void> {
  const { id, country, kind, validFrom } = row;
  const client = (country as string).toLowerCase();
  await manager.query(INSERT_CONTACT, [
    ...[id, country, kind, row.title, row.organisation, list(row.languages), validFrom],
    ...[row.postedTo || null, row.always === "yes", row.hours || null, row.alternateOf || null],
    ...[`${client}-officer`, `${client}-approver`],
  ]);
  await manager.query(
    "INSERT INTO countries.contact_detail (contact_id, owner, kind, name, email, phone) VALUES ($1, $2, $3, $4, $5, $6)",
    [id, country, kind, row.name, row.email, row.phone],
  );
  await manager.query("INSERT INTO countries.verification (post, owner, actor, at) VALUES ($1, $2, $3, $4)", [
    ...[id, country, `${client}-approver`, `${validFrom}T09:00:00Z`],
  ]);
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
