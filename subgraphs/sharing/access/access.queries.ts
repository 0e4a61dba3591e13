import type { EntityManager } from "typeorm";
import type { Period } from "../../../shared/period";
import { LEAST_PROTECTIVE_FIRST } from "../../../shared/policy/scope";
import type { Cell } from "./access.rules";

/** What the catalogue says of an indicator; null where there is none of that code. */
export interface CatalogueEntry {
  dimensions: readonly string[];
  /** Whether own nationals are kept from the countries they come from. */
  protectsCitizens: boolean;
}

export async function readIndicator(
  manager: EntityManager,
  code: string,
): Promise<CatalogueEntry | null> {
  const [row] = await manager.query(
    "SELECT indicators.dimensions_of($1) AS dimensions, indicators.protects_citizens($1) AS protects",
    [code],
  );
  return row.dimensions && { dimensions: row.dimensions, protectsCitizens: row.protects === true };
}

/** When owners released an indicator for a period; owners that have not are missing. */
export async function readReleases(
  manager: EntityManager,
  owners: readonly string[],
  indicator: string,
  period: Period,
): Promise<Map<string, Date>> {
  const rows: { owner: string; released_at: Date }[] = await manager.query(
    "SELECT owner, released_at FROM indicators.released_at($1, $2, $3, $4) WHERE period = $5",
    [owners, [indicator], period.start, period.end, period.code],
  );
  return new Map(rows.map((row) => [row.owner, row.released_at]));
}

/**
 * How one cell stands in the released table that the reader has: row-level security picks it, this never reads a value.
 * Null where the table has no such key.
 */
export async function readStatus(
  manager: EntityManager,
  owner: string,
  { indicator, dimensions, period }: Cell,
  key: string,
): Promise<string | null> {
  const [row]: { status: string | null }[] = await manager.query(STATUS, [
    owner,
    indicator,
    dimensions.join(","),
    period.code,
    key,
  ]);
  return row?.status ?? null;
}

const STATUS = `
SELECT t.statuses[array_position(t.keys, $5)] AS status FROM indicators.released_table t
WHERE t.owner = $1 AND t.indicator = $2 AND t.breakdown = $3 AND t.period = $4 AND t.superseded_at IS NULL
ORDER BY ${LEAST_PROTECTIVE_FIRST} LIMIT 1`;
