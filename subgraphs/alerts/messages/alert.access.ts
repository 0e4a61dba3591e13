import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Refusal, refuse } from "../../../shared/graphql/user-error";
import { UUID } from "../../../shared/uuid";
import { lockAlert } from "./alert.commands";
import { type AlertRow, readByIdentifier } from "./alert.queries";

/** What a mutation is about, as its author may see it: what it may not see it cannot touch, nor learn of. */
export const PATH = ["input", "alert"];

export function wrong(message: string): Refusal {
  return refuse("BAD_USER_INPUT", PATH, message);
}

/** The same words whether there is none or it is not for this viewer. */
export async function visible(
  context: RequestContext,
  manager: EntityManager,
  identifier: string,
): Promise<AlertRow> {
  const [row] = UUID.test(identifier) ? await readByIdentifier(manager, context, [identifier]) : [];
  if (!row)
    throw refuse("NOT_FOUND", PATH, "There is no such message for you. Check the identifier.");
  return row;
}

export async function own(
  context: RequestContext,
  manager: EntityManager,
  identifier: string,
): Promise<AlertRow> {
  const row = await visible(context, manager, identifier);
  if (row.owner === context.viewer?.partner) return row;
  throw refuse(
    "FORBIDDEN",
    PATH,
    "Only its sender updates, cancels or confirms a message. You can answer it.",
  );
}

/** Nobody else supersedes it until the end of the transaction. */
export async function ownActive(
  context: RequestContext,
  manager: EntityManager,
  identifier: string,
): Promise<AlertRow> {
  await lockAlert(manager, identifier);
  const row = await own(context, manager, identifier);
  requireActive(row);
  return row;
}

export function requireActive({ state }: AlertRow): void {
  if (state === "DRAFT") throw wrong("It is not out yet. Let a second person confirm it first.");
  if (state === "EXPIRED") throw wrong("It has expired. Issue a new one.");
  if (state === "ACTIVE") return;
  const message = `It is ${state.toLowerCase()} already. Read the newest message and repeat.`;
  throw refuse("REVISION_CONFLICT", PATH, message);
}
