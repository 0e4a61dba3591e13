import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Refusal, refuse } from "../../../shared/graphql/user-error";
import { UUID } from "../../../shared/uuid";
import { lockAlert, readEnders } from "./alert.commands";
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

/** Nobody else supersedes them until the end of the transaction. */
export async function ownEndable(
  context: RequestContext,
  manager: EntityManager,
  identifiers: readonly string[],
): Promise<AlertRow[]> {
  for (const identifier of [...identifiers].sort()) await lockAlert(manager, identifier);
  const rows: AlertRow[] = [];
  for (const identifier of identifiers) rows.push(await own(context, manager, identifier));
  await requireEndable(manager, rows);
  return rows;
}

/**
 * All that a message names can be ended by it, or it ends none: each is active, or over by its time, or superseded by another
 * one that is named too; and one of them at least is active.
 */
export async function requireEndable(
  manager: EntityManager,
  rows: readonly AlertRow[],
): Promise<void> {
  const named = rows.map(({ identifier }) => identifier);
  const enders = await readEnders(manager, named);
  const hasActive = rows.some(({ state }) => state === "ACTIVE");
  for (const row of rows) {
    const by = enders.filter(({ ended }) => ended === row.identifier).map((one) => one.by);
    const isWithin = row.state === "SUPERSEDED" && by.every((one) => named.includes(one));
    if (hasActive && (isWithin || row.state === "EXPIRED")) continue;
    requireActive(row);
  }
}

function requireActive({ state }: AlertRow): void {
  if (state === "DRAFT") throw wrong("It is not out yet. Let a second person confirm it first.");
  if (state === "EXPIRED") throw wrong("It has expired. Issue a new one.");
  if (state === "ACTIVE") return;
  const message = `It is ${state.toLowerCase()} already. Read the newest message and repeat.`;
  throw refuse("REVISION_CONFLICT", PATH, message);
}
