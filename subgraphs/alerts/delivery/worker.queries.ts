import type { EntityManager } from "typeorm";

export interface Recipient {
  partner: string;
  /** Where it is for one person of the partner. */
  person: string | null;
}

/** Who is addressed at this moment, groups as their members; of the sender's own messages. */
export function readRecipients(manager: EntityManager, identifier: string): Promise<Recipient[]> {
  return manager.query(
    "SELECT DISTINCT partner, person FROM alerts.recipients($1) ORDER BY partner, person",
    [identifier],
  );
}

export async function isAnswered(
  manager: EntityManager,
  identifier: string,
  partner: string,
): Promise<boolean> {
  const rows = await manager.query(
    "SELECT FROM alerts.receipt WHERE identifier = $1 AND partner = $2 LIMIT 1",
    [identifier, partner],
  );
  return rows.length > 0;
}

/** What became of an overdue message: `reached` once a channel has taken it for the alternate contact, and not before. */
export async function insertEscalation(
  manager: EntityManager,
  of: { identifier: string; owner: string; partner: string },
  reached: boolean,
): Promise<void> {
  await manager.query(
    `INSERT INTO alerts.escalation (identifier, owner, partner, reached) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [of.identifier, of.owner, of.partner, reached],
  );
}
