import type { EntityManager } from "typeorm";
import type { MemorandumState } from "./fact.type";

export interface CentreRow {
  country: string;
  city: string;
  as_of: string;
  source: string;
}

export interface MouRow {
  country: string;
  state: MemorandumState;
  as_of: string;
  source: string;
}

/** Of some countries, or of all. */
export function readCentres(
  manager: EntityManager,
  countries: readonly string[] | null,
): Promise<CentreRow[]> {
  return manager.query(
    `SELECT country, city, as_of::text, source FROM countries.resource_centre
     WHERE $1::text[] IS NULL OR country = ANY ($1) ORDER BY country, id`,
    [countries],
  );
}

/** Oldest first. */
export function readMemorandum(
  manager: EntityManager,
  countries: readonly string[],
): Promise<MouRow[]> {
  return manager.query(
    `SELECT country, state, as_of::text, source FROM countries.memorandum_status WHERE country = ANY ($1)
     ORDER BY country, as_of`,
    [countries],
  );
}

export async function insertMemorandum(
  manager: EntityManager,
  { country, state, as_of, source }: MouRow,
): Promise<void> {
  await manager.query(
    "INSERT INTO countries.memorandum_status (country, state, as_of, source) VALUES ($1, $2, $3, $4)",
    [country, state, as_of, source],
  );
}
