import type { EntityManager } from "typeorm";
import type { Viewer } from "../../../shared/viewer/viewer";

export async function insertRedissemination(
  manager: EntityManager,
  viewer: Viewer,
  asked: { id: string; reference: string; owner: string; recipient: string; purpose: string },
): Promise<void> {
  await manager.query(
    `INSERT INTO cooperation.redissemination (id, reference, owner, asker, recipient, purpose, actor)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      asked.id,
      asked.reference,
      asked.owner,
      viewer.partner,
      asked.recipient,
      asked.purpose,
      viewer.id,
    ],
  );
}

export interface Asked {
  reference: string;
  owner: string;
  answered: boolean;
}

/** In turn with whoever else answers it, until the end of the transaction. */
export async function lockRedissemination(
  manager: EntityManager,
  viewer: Viewer,
  id: string,
): Promise<Asked | null> {
  await manager.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 3))", [id]);
  const [row] = await manager.query(
    `SELECT d.reference, d.owner, w.id IS NOT NULL AS answered
     FROM cooperation.redissemination d LEFT JOIN cooperation.redissemination_answer w ON w.id = d.id
     WHERE d.id = $1 AND $2 IN (d.owner, d.asker)`,
    [id, viewer.partner],
  );
  return row ?? null;
}

export async function insertAnswer(
  manager: EntityManager,
  viewer: Viewer,
  answer: { id: string; consents: boolean; note: string | null },
): Promise<void> {
  await manager.query(
    "INSERT INTO cooperation.redissemination_answer (id, owner, consents, note, actor) VALUES ($1, $2, $3, $4, $5)",
    [answer.id, viewer.partner, answer.consents, answer.note, viewer.id],
  );
}

/** Who can be named as somebody to whom something may go on. */
export async function isPartner(manager: EntityManager, code: string): Promise<boolean> {
  const [row] = await manager.query("SELECT cooperation.is_partner($1) AS known", [code]);
  return row.known;
}
