import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Written, writeOnce } from "../../../shared/graphql/mutation";
import { type Refusal, refuse } from "../../../shared/graphql/user-error";
import { mayApprove, type Viewer } from "../../../shared/viewer/viewer";
import { logWrite } from "./request.audit";
import { appendEvent, lockRequest } from "./request.commands";
import { partyOf } from "./request.mapping";
import { type RequestRow, readByReference } from "./request.queries";
import type { Accessibility } from "./request.words";
import { REFERENCE } from "./request-number";
import { ACTIONS, type Action, judge, movesOf, NEEDS, type Party } from "./transition.rules";

/** What a mutation is about, as its author may see it, and on which side that author stands. */
export interface Acting {
  readonly context: RequestContext;
  readonly manager: EntityManager;
  readonly viewer: Viewer;
  readonly party: Party;
  readonly row: RequestRow;
}

export interface Moving {
  reference: string;
  revision: number;
  idempotencyKey?: string | null;
}

/** The same words whether there is none or it is not for this viewer. */
export async function visible(
  context: RequestContext,
  manager: EntityManager,
  reference: string,
): Promise<Acting> {
  const [row] = REFERENCE.test(reference)
    ? await readByReference(manager, context, [reference])
    : [];
  const viewer = context.viewer as Viewer;
  const party = row ? partyOf(row, viewer) : null;
  if (row && party) return { context, manager, viewer, party, row };
  throw refuse(
    "NOT_FOUND",
    ["input", "reference"],
    "There is no such request for you. Check the reference.",
  );
}

/** One move: in turn with every other move of the request, from the revision that its author has read. */
export function move(
  context: RequestContext,
  operation: string,
  input: Moving,
  work: (acting: Acting) => Promise<void>,
): Promise<Written> {
  return writeOnce(context, { operation, input }, async (manager) => {
    await lockRequest(manager, input.reference);
    const acting = await visible(context, manager, input.reference);
    requireOfficer(acting);
    if (acting.row.revision !== input.revision) {
      const message = `Somebody moved it since: it is ${acting.row.state} now, revision ${acting.row.revision}. ${movesNow(acting)}`;
      throw refuse("REVISION_CONFLICT", ["input", "revision"], message);
    }
    await work(acting);
    return input.reference;
  });
}

export interface Step {
  note?: string | null;
  accessibility?: Accessibility | null;
  expectedUntil?: Date | null;
}

/** @throws Refusal where the table does not allow it, with what it does allow */
export function requireMove(acting: Acting, action: Action): void {
  const verdict = judge(acting.row, action, acting.party);
  if ("allowed" in verdict) return;
  const { refused } = verdict;
  const name = ACTIONS[action];
  if (refused === "ROLE") {
    const message = `"${name}" is not for the ${acting.party.toLowerCase()}. ${movesNow(acting)}`;
    throw refuse("FORBIDDEN", ["input", "reference"], message);
  }
  const why =
    refused === "STATE"
      ? `It is ${acting.row.state}: "${name}" is not possible now.`
      : NEEDS[refused];
  throw refuse("BAD_USER_INPUT", ["input", "reference"], `${why} ${movesNow(acting)}`);
}

/** Appends the event, which moves the request, and what is said with it. */
export async function step(
  acting: Acting,
  action: Action,
  { note, ...more }: Step = {},
): Promise<void> {
  requireMove(acting, action);
  const { context, manager, row } = acting;
  const reach = await appendEvent(manager, acting.viewer, {
    row,
    action,
    note: note ?? null,
    ...more,
  });
  await logWrite(manager, context, "ALTERATION", { ...row, reach });
}

function movesNow({ row, party }: Acting): string {
  const moves = [...new Set(movesOf(row, party).map((action) => ACTIONS[action]))];
  return moves.length === 0 ? "No move is yours now." : `Your moves now: ${moves.join(", ")}.`;
}

/** The desk moves what it facilitates; a party's officers and approvers move for it. */
function requireOfficer({ viewer, party }: Acting): void {
  if (party === "FACILITATOR" || mayApprove(viewer) || viewer.roles.includes("OFFICER")) return;
  throw refuse(
    "FORBIDDEN",
    ["input", "reference"],
    "This takes an officer or an approver of your partner.",
  );
}

export function wrong(field: string, message: string): Refusal {
  return refuse("BAD_USER_INPUT", ["input", field], message);
}
