import type { EntityManager } from "typeorm";
import { refuse } from "../../shared/graphql/user-error";

/** Who sits at the Secretariat's desk is known to the database alone. */
export async function isDesk(manager: EntityManager): Promise<boolean> {
  const [row] = await manager.query("SELECT countries.is_desk() AS desk");
  return row.desk;
}

/** @throws Refusal */
export async function requireDesk(manager: EntityManager): Promise<void> {
  if (await isDesk(manager)) return;
  throw refuse("FORBIDDEN", ["input"], "The Secretariat's desk does this. Ask it.");
}
