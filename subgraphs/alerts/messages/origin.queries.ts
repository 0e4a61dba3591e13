import type { EntityManager } from "typeorm";
import { fault, type UserError } from "../../../shared/graphql/user-error";
import { type Triplet, toTriplet } from "../cap-file/message";
import { FILE } from "./import.rules";

/** Takes turns with whoever brings the same file, until the end of the transaction. */
export async function lockTriplet(
  manager: EntityManager,
  partner: string,
  { sender, identifier, sent }: Triplet,
): Promise<void> {
  const name = JSON.stringify([partner, sender, identifier, sent]);
  await manager.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 2))", [name]);
}

/** A message of the partner's own that came in with this triplet. */
export async function readSameTriplet(
  manager: EntityManager,
  partner: string,
  { sender, identifier, sent }: Triplet,
): Promise<{ identifier: string; digest: string } | null> {
  const [row] = await manager.query(
    `SELECT identifier, digest FROM alerts.origin
     WHERE owner = $1 AND sender = $2 AND cap_identifier = $3 AND sent = $4`,
    [partner, sender, identifier, sent],
  );
  return row ?? null;
}

/**
 * The messages that references name, each by the whole triplet: the one it came with, or the exchange's own. One of the partner's
 * own before another's, which the reader must be able to see.
 */
export async function findReferred(
  manager: EntityManager,
  partner: string,
  references: readonly string[],
): Promise<{ found: string[]; faults: UserError[] }> {
  const say = (text: string) => fault("BAD_USER_INPUT", FILE, text);
  if (references.length === 0)
    return {
      found: [],
      faults: [say("alert.references is missing: an update or a cancellation has one.")],
    };
  const faults: UserError[] = [];
  const found: string[] = [];
  for (const reference of new Set(references)) {
    const triplet = toTriplet(reference);
    const [row] = triplet === null ? [] : await readTriplet(manager, partner, triplet);
    const name = reference.slice(0, 120);
    if (triplet === null)
      faults.push(
        say(`alert.references holds "${name}", which is not \`sender,identifier,sent\`.`),
      );
    else if (row === undefined)
      faults.push(
        fault(
          "NOT_FOUND",
          FILE,
          `alert.references names ${name}, and there is no such message for you.`,
        ),
      );
    else found.push(row.identifier);
  }
  return { found: [...new Set(found)], faults };
}

function readTriplet(
  manager: EntityManager,
  partner: string,
  { sender, identifier, sent }: Triplet,
): Promise<{ identifier: string }[]> {
  return manager.query(BY_TRIPLET, [sender, identifier, sent, partner]);
}

const BY_TRIPLET = `
SELECT a.identifier FROM alerts.alert a LEFT JOIN alerts.release r ON r.identifier = a.identifier
  LEFT JOIN alerts.origin g ON g.identifier = a.identifier
WHERE (a.identifier IN (SELECT o.identifier FROM alerts.origin o WHERE o.cap_identifier = $2) AND g.sender = $1 AND g.sent = $3)
  OR (a.identifier = $2 AND a.owner = $1 AND r.sent = $3)
ORDER BY a.owner = $4 DESC, r.seq LIMIT 1`;
