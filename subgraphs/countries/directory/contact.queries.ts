import type { EntityManager } from "typeorm";
import { UUID } from "../../../shared/uuid";
import { readPage } from "../paging";
import type { Standing } from "./contact.rules";

/** A version of a contact, as the reader may have it; null where its details are not open to it. */
export interface ContactRow extends Standing {
  id: string;
  post: string;
  version: number;
  owner: string;
  kind: string;
  title: string;
  organisation: string;
  languages: string[];
  posted_to: string | null;
  always: boolean;
  hours: string | null;
  alternate_of: string | null;
  verified_at: Date | null;
  name: string | null;
  email: string | null;
  phone: string | null;
}

/** What its owner's people read besides. */
export interface VersionRow extends ContactRow {
  submitted_by: string | null;
  submitted_by_approver: boolean;
  submitted_at: Date;
  decided_by: string | null;
  reason: string | null;
}

const COLUMNS = `c.id, c.post, c.version, c.owner, c.kind, c.title, c.organisation, c.languages, c.posted_to, c.always, c.hours,
  c.alternate_of, c.state, c.valid_from::text, c.valid_until::text, countries.verified_at(c.post) AS verified_at,
  d.name, d.email, d.phone`;
const CURRENT = `c.state = 'APPROVED' AND c.valid_from <= countries.today()
  AND (c.valid_until IS NULL OR c.valid_until > countries.today())`;

/** Today's contacts, and the details of those owner and kind pairs (`PAK/FOCAL_PERSON`) that were decided open. */
export function readContacts(
  manager: EntityManager,
  owners: readonly string[],
  open: readonly string[],
): Promise<ContactRow[]> {
  return manager.query(
    `SELECT ${COLUMNS} FROM countries.contact c
     LEFT JOIN countries.contact_detail d ON d.contact_id = c.id AND d.owner || '/' || d.kind = ANY ($2)
     WHERE c.owner = ANY ($1) AND ${CURRENT} ORDER BY c.owner, c.kind, c.title, c.id`,
    [owners, open],
  );
}

const VERSIONS = `
SELECT ${COLUMNS}, c.submitted_by, c.submitted_by_approver, c.submitted_at, c.decided_by, c.reason
FROM countries.contact c JOIN countries.contact_detail d ON d.contact_id = c.id`;

/** Every version of the owner's contacts, the newest first. */
export function readVersions(
  manager: EntityManager,
  { owner, contact, waiting }: { owner: string; contact: string | null; waiting: boolean },
  slice: { first: number; after: string | null },
) {
  const post = contact !== null && !UUID.test(contact) ? "" : contact;
  const statement = `SELECT v.*, submitted_at AS rank FROM (${VERSIONS} WHERE c.owner = $1
    AND ($2::text IS NULL OR c.post::text = $2) AND (NOT $3 OR c.state = 'SUBMITTED')) v`;
  return readPage<VersionRow>(manager, statement, [owner, post, waiting], slice);
}

/** The owner's contacts of today that nobody has verified for so many days; those it is longest of come first. */
export function readUnverified(
  manager: EntityManager,
  { owner, days }: { owner: string; days: number },
  slice: { first: number; after: string | null },
) {
  const statement = `SELECT v.*, -coalesce(extract(epoch FROM verified_at), 0) AS rank FROM (${VERSIONS} WHERE c.owner = $1 AND ${CURRENT}) v
    WHERE verified_at IS NULL OR verified_at <= sharing.instant() - make_interval(hours => 24 * $2::int)`;
  return readPage<VersionRow>(manager, statement, [owner, days], slice);
}

/** The versions of one contact of the owner's, oldest first. */
export async function readHistory(
  manager: EntityManager,
  owner: string,
  post: string,
): Promise<VersionRow[]> {
  if (!UUID.test(post)) return [];
  return manager.query(`${VERSIONS} WHERE c.owner = $1 AND c.post = $2 ORDER BY c.version`, [
    owner,
    post,
  ]);
}

export async function readVersion(
  manager: EntityManager,
  owner: string,
  id: string,
): Promise<VersionRow | null> {
  const [row]: VersionRow[] = await manager.query(`${VERSIONS} WHERE c.owner = $1 AND c.id = $2`, [
    owner,
    id,
  ]);
  return row ?? null;
}
