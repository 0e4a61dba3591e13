import type { EntityManager } from "typeorm";
import { textFault } from "../../../shared/free-text.rules";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Written, writeOnce } from "../../../shared/graphql/mutation";
import { fault, Refusal, refuse, type UserError } from "../../../shared/graphql/user-error";
import type { Viewer } from "../../../shared/viewer/viewer";
import { addressFaults, toAddresses } from "./address.rules";
import { ownActive } from "./alert.access";
import {
  type Draft,
  insertDraft,
  isIndicator,
  needsSecond,
  unknownAddresses,
} from "./alert.commands";
import type { AlertNoteInput, IssueAlertInput, UpdateAlertInput } from "./alert.input";
import type { Address, AlertRow } from "./alert.queries";
import {
  type Body,
  bodyFaults,
  expiryOf,
  nameOf,
  reachesFurther,
  settledInfo,
} from "./alert.rules";
import type { Citation } from "./figure.rules";
import { newIdentifier } from "./identifier";
import { release } from "./release.service";

/**
 * What senders do: one transaction each. A message, its audience and, where it goes out at once, its place in the outbox and
 * its deliveries are written together or not at all.
 */
export function issueAlert(context: RequestContext, input: IssueAlertInput): Promise<Written> {
  return writeOnce(context, { operation: "issueAlert", input }, (manager) =>
    issue(context, manager, input),
  );
}

export function issue(
  context: RequestContext,
  manager: EntityManager,
  input: IssueAlertInput,
): Promise<string> {
  const addresses = toAddresses(input.addresses);
  return compose(context, manager, input, {
    msgType: "Alert",
    addresses,
    refersTo: null,
    widens: false,
  });
}

export function updateAlert(context: RequestContext, input: UpdateAlertInput): Promise<Written> {
  return writeOnce(context, { operation: "updateAlert", input }, (manager) =>
    update(context, manager, input),
  );
}

export async function update(
  context: RequestContext,
  manager: EntityManager,
  input: UpdateAlertInput,
): Promise<string> {
  const before = await ownActive(context, manager, input.alert);
  const known = before.audience as Address[];
  const addresses = input.addresses ? toAddresses(input.addresses) : known;
  const widens = reachesFurther({ ...input, addresses }, { ...before, addresses: known });
  if (widens && !input.widensAudience) {
    const message =
      "This would reach more readers, or be marked less closely, than what it updates. Say so with `true`.";
    throw refuse("BAD_USER_INPUT", ["input", "widensAudience"], message);
  }
  const body = { ...input, status: before.status };
  return compose(context, manager, body, {
    msgType: "Update",
    addresses,
    refersTo: before.identifier,
    widens,
  });
}

export function cancelAlert(context: RequestContext, input: AlertNoteInput): Promise<Written> {
  return writeOnce(context, { operation: "cancelAlert", input }, (manager) =>
    cancel(context, manager, input),
  );
}

/** Goes to exactly those who have the message, marked as it was: nobody is left with a warning that no longer holds. */
export async function cancel(
  context: RequestContext,
  manager: EntityManager,
  input: AlertNoteInput,
): Promise<string> {
  const before = await ownActive(context, manager, input.alert);
  const found = textFault(input.note);
  if (found !== null) throw refuse("BAD_USER_INPUT", ["input", "note"], found);
  const note = before.status === "Exercise" ? `${before.note}: ${input.note}` : input.note;
  return store(context, manager, {
    msgType: "Cancel",
    refersTo: before.identifier,
    widens: false,
    expires: before.expires,
    addresses: before.audience as Address[],
    body: { ...bodyOf(before), note, source: null, info: [] },
  });
}

type Sending = Pick<Draft, "msgType" | "addresses" | "refersTo" | "widens">;

/** Everything that is wrong is told at once. Whether an address is known is asked only of input that is in order. */
async function compose(
  context: RequestContext,
  manager: EntityManager,
  input: Body,
  sending: Sending,
): Promise<string> {
  const { viewer, terms } = context;
  const faults = bodyFaults(input, terms.now);
  faults.push(...addressFaults(sending.addresses, input.tlp, (viewer as Viewer).partner));
  if (faults.length === 0) faults.push(...(await unknownAddressFaults(manager, sending.addresses)));
  if (faults.length === 0)
    faults.push(...(await unknownIndicatorFaults(manager, input.figures ?? [])));
  if (faults.length > 0) throw new Refusal(faults);
  const body = { ...input, info: input.info.map((info) => settledInfo(info, input.status)) };
  return store(context, manager, { ...sending, body, expires: expiryOf(body.info) });
}

async function store(
  context: RequestContext,
  manager: EntityManager,
  draft: Omit<Draft, "identifier">,
): Promise<string> {
  const viewer = context.viewer as Viewer;
  const identifier = newIdentifier();
  await insertDraft(manager, viewer, { identifier, ...draft });
  const waits = draft.body.status === "Draft" || (await needsSecond(manager, identifier));
  if (!waits) await release(manager, viewer, { identifier, owner: viewer.partner });
  return identifier;
}

async function unknownAddressFaults(
  manager: EntityManager,
  addresses: readonly Address[],
): Promise<UserError[]> {
  const unknown = await unknownAddresses(manager, addresses);
  return unknown.map((at) => {
    const message = `"${nameOf(addresses[at] as Address)}" is no partner of the exchange and no group of yours.`;
    return fault("BAD_USER_INPUT", ["input", "addresses"], message);
  });
}

async function unknownIndicatorFaults(
  manager: EntityManager,
  citations: readonly Citation[],
): Promise<UserError[]> {
  const faults: UserError[] = [];
  for (const [at, { indicator }] of citations.entries()) {
    if (await isIndicator(manager, indicator)) continue;
    const message = `"${indicator}" is no indicator of the catalogue.`;
    faults.push(fault("BAD_USER_INPUT", ["input", "figures", String(at), "indicator"], message));
  }
  return faults;
}

function bodyOf(row: AlertRow): Body {
  const { source_evaluation: source, info_evaluation: information } = row;
  return {
    ...row,
    figures: [],
    handlingNote: row.handling_note,
    evaluation: source && information ? { source, information } : null,
    acknowledgeWithin: row.ack_minutes,
  };
}
