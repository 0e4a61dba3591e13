import type { EntityManager } from "typeorm";
import type { Tenure } from "./meeting.rules";

export interface ChairRow extends Tenure {
  source: string;
  meeting: number | null;
}

/** Everybody's time in every seat, oldest first. A chair is a dated role of a country, like any other. */
export function readChairs(manager: EntityManager): Promise<ChairRow[]> {
  return manager.query(
    `SELECT c.seat, c.country, c.since::text, c.until::text, c.source,
       countries.meeting_number(c.endorsed_at) AS meeting
     FROM countries.membership c WHERE c.role = 'COLEP_CHAIR' ORDER BY c.since, c.seat`,
  );
}

export async function takesPart(
  manager: EntityManager,
  country: string,
  day: string,
): Promise<boolean> {
  const rows = await manager.query(
    `SELECT FROM countries.membership WHERE country = $1 AND role = 'COLEP_PARTICIPANT' AND since <= $2
       AND (until IS NULL OR until >= $2)`,
    [country, day],
  );
  return rows.length > 0;
}

export async function lockSeats(manager: EntityManager): Promise<void> {
  await manager.query("SELECT pg_advisory_xact_lock(hashtextextended('countries.chairs', 0))");
}

export async function insertChair(
  manager: EntityManager,
  { seat, country, since, source, meeting }: Tenure & { source: string; meeting: string },
): Promise<void> {
  await manager.query(
    `INSERT INTO countries.membership (country, network, role, since, source, seat, endorsed_at)
     VALUES ($1, 'COLEP', 'COLEP_CHAIR', $2, $3, $4, $5)`,
    [country, since, source, seat, meeting],
  );
}

/** What said that it began stays, and what says that it ended is added. */
export async function endChairOn(
  manager: EntityManager,
  { country, since }: Tenure,
  until: string,
  source: string,
): Promise<void> {
  await manager.query(
    `UPDATE countries.membership SET until = $3, source = source || '; ended: ' || $4
     WHERE country = $1 AND role = 'COLEP_CHAIR' AND since = $2`,
    [country, since, until, source],
  );
}
