import { type EntityManager, In } from "typeorm";
import { CountryRecord, MembershipRecord } from "./country.entity";

export function readDirectory(manager: EntityManager): Promise<CountryRecord[]> {
  return manager.find(CountryRecord, { where: { inDirectory: true }, order: { code: "ASC" } });
}

export function readCountries(
  manager: EntityManager,
  codes: readonly string[],
): Promise<CountryRecord[]> {
  return manager.find(CountryRecord, { where: { code: In([...codes]) } });
}

export function readMemberships(
  manager: EntityManager,
  countries: readonly string[],
): Promise<MembershipRecord[]> {
  return manager.find(MembershipRecord, {
    where: { country: In([...countries]) },
    order: { since: "ASC", role: "ASC" },
  });
}

/** Paying for a network is not belonging to it. */
const BELONGS = "role <> 'PILOT_FUNDER'";

/** Of any time, or of one day. */
export async function readMembers(
  manager: EntityManager,
  network: string,
  day: string | null,
): Promise<string[]> {
  const rows: { country: string }[] = await manager.query(
    `SELECT DISTINCT country FROM countries.membership WHERE network = $1 AND ${BELONGS}
       AND ($2::date IS NULL OR (since <= $2 AND (until IS NULL OR until >= $2))) ORDER BY country`,
    [network, day],
  );
  return rows.map(({ country }) => country);
}
