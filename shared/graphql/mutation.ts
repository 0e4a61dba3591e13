import { createHash } from "node:crypto";
import type { EntityManager } from "typeorm";
import { sorted } from "../sorted";
import type { RequestContext } from "./context";
import { Refusal, refuse, type UserError } from "./user-error";

/** One call of a mutation: what it is called, and what it was called with. */
export interface Call {
  operation: string;
  input: { idempotencyKey?: string | null };
}

export interface Written {
  /** The object that was made or changed; null where nothing was done. */
  id: string | null;
  userErrors: readonly UserError[];
}

/**
 * One write: one transaction, all of it or nothing, and what a person can mend comes back as data. With an idempotency key
 * it happens once: the same call again finds the object that the first one made and reads it with the rights of now.
 */
export async function writeOnce(
  context: RequestContext,
  call: Call,
  work: (manager: EntityManager) => Promise<string>,
): Promise<Written> {
  try {
    const id = await context.write(async (manager) => {
      const known = await findCall(manager, context, call);
      if (known !== null) return known;
      const made = await work(manager);
      await keepCall(manager, context, call, made);
      return made;
    });
    return { id, userErrors: [] };
  } catch (error) {
    if (error instanceof Refusal) return { id: null, userErrors: error.userErrors };
    throw error;
  }
}

/** Takes turns with whoever holds the same key, until the end of the transaction. */
async function findCall(
  manager: EntityManager,
  { viewer }: RequestContext,
  call: Call,
): Promise<string | null> {
  const key = call.input.idempotencyKey;
  if (key == null) return null;
  if (key === "" || key.length > 200) {
    throw refuse("BAD_USER_INPUT", ["input", "idempotencyKey"], "A key has 1 to 200 characters.");
  }
  await manager.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [
    `${viewer?.partner}/${key}`,
  ]);
  const [row]: { operation: string; input_hash: string; object_id: string }[] = await manager.query(
    "SELECT operation, input_hash, object_id FROM sharing.idempotency_key WHERE partner = $1 AND key = $2",
    [viewer?.partner, key],
  );
  if (!row) return null;
  if (row.operation === call.operation && row.input_hash === hashOf(call, viewer?.id))
    return row.object_id;
  const message = "This key was used with another input. Take a fresh key for a new intent.";
  throw refuse("IDEMPOTENCY_KEY_REUSED", ["input", "idempotencyKey"], message);
}

async function keepCall(
  manager: EntityManager,
  { viewer }: RequestContext,
  call: Call,
  id: string,
): Promise<void> {
  if (call.input.idempotencyKey == null) return;
  await manager.query(
    "INSERT INTO sharing.idempotency_key (partner, key, operation, input_hash, object_id) VALUES ($1, $2, $3, $4, $5)",
    [viewer?.partner, call.input.idempotencyKey, call.operation, hashOf(call, viewer?.id), id],
  );
}

/** By person: a second person who repeats the call of a first has not done what the first did. */
function hashOf({ operation, input }: Call, actor: string | undefined): string {
  return createHash("sha256")
    .update(JSON.stringify([operation, actor, sorted(input)]))
    .digest("hex");
}
