import type { EntityManager } from "typeorm";
import { textFault } from "../../../shared/free-text.rules";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Written, writeOnce } from "../../../shared/graphql/mutation";
import { fault, Refusal, refuse } from "../../../shared/graphql/user-error";
import { mayApprove, type Viewer } from "../../../shared/viewer/viewer";
import { own, ownEndable, PATH, visible, wrong } from "./alert.access";
import { insertReceipt, lockAlert, readReferred } from "./alert.commands";
import type { AlertActInput, AlertNoteInput } from "./alert.input";
import { type AlertRow, isByApprover } from "./alert.queries";
import { release } from "./release.service";

/** The second person: not the author, and of the two one an approver. The database counts them again. */
export function confirmAlert(context: RequestContext, input: AlertActInput): Promise<Written> {
  return writeOnce(context, { operation: "confirmAlert", input }, async (manager) => {
    await lockAlert(manager, input.alert);
    const row = await own(context, manager, input.alert);
    if (row.state !== "DRAFT") throw wrong("It is out already. Nothing is left to confirm.");
    if (row.status === "Draft")
      throw wrong("Its status is Draft: it was never meant to go out. Issue it anew.");
    if (row.expires <= context.terms.now)
      throw wrong("It has expired while it waited. Issue it anew.");
    await requireSecondPerson(manager, row, context.viewer as Viewer);
    await ownEndable(context, manager, await readReferred(manager, row.identifier));
    await release(manager, context.viewer as Viewer, row);
    return row.identifier;
  });
}

async function requireSecondPerson(
  manager: EntityManager,
  row: AlertRow,
  viewer: Viewer,
): Promise<void> {
  if (row.author === viewer.id)
    throw refuse("FORBIDDEN", PATH, "You wrote it. A second person confirms it.");
  if (mayApprove(viewer) || (await isByApprover(manager, row.identifier))) return;
  throw refuse("FORBIDDEN", PATH, "Its author is no approver, so an approver confirms it.");
}

/** CAP's `Ack`: received and accepted, by an addressee. */
export function acknowledgeAlert(context: RequestContext, input: AlertActInput): Promise<Written> {
  return answer(context, { operation: "acknowledgeAlert", input }, "Ack", null);
}

/** CAP's `Error`: rejected, and why. */
export function rejectAlert(context: RequestContext, input: AlertNoteInput): Promise<Written> {
  return answer(context, { operation: "rejectAlert", input }, "Error", input.note);
}

function answer(
  context: RequestContext,
  call: { operation: string; input: AlertActInput },
  msgType: "Ack" | "Error",
  note: string | null,
): Promise<Written> {
  return writeOnce(context, call, async (manager) => {
    const viewer = context.viewer as Viewer;
    const { identifier, owner } = await visible(context, manager, call.input.alert);
    if (owner === viewer.partner)
      throw refuse("FORBIDDEN", PATH, "It is your own. Those it is addressed to answer it.");
    const found = note === null ? null : textFault(note);
    if (found !== null) throw new Refusal([fault("BAD_USER_INPUT", ["input", "note"], found)]);
    await insertReceipt(manager, viewer, { identifier, owner, msgType, note });
    return identifier;
  });
}
