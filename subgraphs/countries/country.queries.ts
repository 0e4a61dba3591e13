import { type EntityManager, In } from "typeorm";
import type { HandlingCode, Tlp } from "../../shared/policy/terms";
import { CountryRecord, MembershipRecord } from "./country.entity";

export function readDirectory(manager: EntityManager): Promise<CountryRecord[]> {
  return manager.find(CountryRecord, { where: { inDirectory: true }, order: { code: "ASC" } });
}

export function readCountries(manager: EntityManager, codes: readonly string[]): Promise<CountryRecord[]> {
  return manager.find(CountryRecord, { where: { code: In([...codes]) } });
}

export function readMemberships(manager: EntityManager, countries: readonly string[]): Promise<MembershipRecord[]> {
  return manager.find(MembershipRecord, {
    where: { country: In([...countries]) },
    order: { since: "ASC", role: "ASC" },
  });
}

/** Paying for a network is not belonging to it. */
const BELONGS = "role <> 'PILOT_FUNDER'";

export async function readMembers(manager: EntityManager, network: string): Promise<string[]> {
  const rows: { country: string }[] = await manager.query(
    `SELECT DISTINCT country FROM countries.membership WHERE network = $1 AND ${BELONGS} ORDER BY country`,
    [network],
  );
  return rows.map(({ country }) => country);
}

export interface ContactRow {
  id: string;
  owner: string;
  kind: string;
  title: string;
  organisation: string;
  languages: string[];
  name: string | null;
  email: string | null;
  phone: string | null;
}

/** The post of every contact, and the details of those owner and kind pairs (`PAK/FOCAL_PERSON`) that were decided open. */
export function readContacts(
  manager: EntityManager,
  owners: readonly string[],
  open: readonly string[],
): Promise<ContactRow[]> {
  return manager.query(CONTACTS, [owners, open]);
}

const CONTACTS = `
SELECT c.id, c.owner, c.kind, c.title, c.organisation, c.languages, d.name, d.email, d.phone
FROM countries.contact c
LEFT JOIN countries.contact_detail d ON d.contact_id = c.id AND d.owner || '/' || d.kind = ANY ($2)
WHERE c.owner = ANY ($1) AND c.valid_from <= current_date AND (c.valid_until IS NULL OR c.valid_until > current_date)
ORDER BY c.owner, c.kind, c.title, c.id`;

export interface ProfileRow {
  owner: string;
  version: number;
  published_at: string;
  sections: { key: string; title: string; body: string }[];
  tlp: Tlp;
  handling: HandlingCode[];
  originator: string;
  source: string;
}

/** The newest version of each; only of owners that were decided open. */
export function readProfiles(manager: EntityManager, open: readonly string[]): Promise<ProfileRow[]> {
  return manager.query(PROFILES, [open]);
}

const PROFILES = `
SELECT DISTINCT ON (owner) owner, version, published_at::text, sections, tlp, handling, originator, source
FROM countries.profile WHERE owner = ANY ($1) ORDER BY owner, version DESC`;
