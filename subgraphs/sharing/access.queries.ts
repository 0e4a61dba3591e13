import type { EntityManager } from "typeorm";
import type { Period } from "../../shared/period";

/** Dimensions of an indicator of the catalogue; null where there is none of that code. */
export async function readDimensions(manager: EntityManager, indicator: string): Promise<string[] | null> {
  const [row] = await manager.query("SELECT indicators.dimensions_of($1) AS dimensions", [indicator]);
  return row.dimensions;
}

/** Whether own nationals are kept from the countries they come from. */
export async function readProtection(manager: EntityManager, indicator: string): Promise<boolean> {
  const [row] = await manager.query("SELECT indicators.protects_citizens($1) AS protects", [indicator]);
  return row.protects === true;
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
