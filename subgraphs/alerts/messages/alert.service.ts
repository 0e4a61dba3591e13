import type { EntityManager } from "typeorm";
import { textFault } from "../../../shared/free-text.rules";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Written, writeOnce } from "../../../shared/graphql/mutation";
import { fault, Refusal, type UserError } from "../../../shared/graphql/user-error";
import { TLPS } from "../../../shared/policy/terms";
import type { Viewer } from "../../../shared/viewer/viewer";
import { addressFaults, toAddresses } from "./address.rules";
import { ownEndable, PATH } from "./alert.access";
import {
  type Draft,
  insertDraft,
  isIndicator,
  needsSecond,
  type Origin,
  unknownAddresses,
} from "./alert.commands";
import type { AlertNoteInput, IssueAlertInput, UpdateAlertInput } from "./alert.input";
import type { Address, AlertRow } from "./alert.queries";
import {
  type Body,
  bodyFaults,
  expiryOf,
  isAmong,
  nameOf,
  reachesFurther,
  settledInfo,
} from "./alert.rules";
import type { CapInfo } from "./cap";
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
    refersTo: [],
    widens: false,
  });
}

export function updateAlert(context: RequestContext, input: UpdateAlertInput): Promise<Written> {
  return writeOnce(context, { operation: "updateAlert", input }, async (manager) => {
    const [before] = (await ownEndable(context, manager, [input.alert])) as [AlertRow];
    return update(context, manager, { ...input, status: before.status }, [before]);
  });
}

/** An update of a file may be about several, and comes with faults that were found before. */
export async function update(
  context: RequestContext,
  manager: EntityManager,
  input: Body & Pick<UpdateAlertInput, "addresses" | "widensAudience">,
  ended: readonly AlertRow[],
  beside: Beside = {},
): Promise<string> {
  const addresses = input.addresses ? toAddresses(input.addresses) : commonAudience(ended);
  const widens = ended.some((before) =>
    reachesFurther({ ...input, addresses }, { ...before, addresses: before.audience as Address[] }),
  );
  const faults = [...(beside.faults ?? [])];
  if (widens && !input.widensAudience) {
    const message =
      "This would reach more readers, or be marked less closely, than what it updates. Say so with `true`.";
    faults.push(fault("BAD_USER_INPUT", ["input", "widensAudience"], message));
  }
  const refersTo = ended.map(({ identifier }) => identifier);
  const sending = { msgType: "Update", addresses, refersTo, widens } as const;
  return compose(context, manager, input, sending, { ...beside, faults });
}

export function cancelAlert(context: RequestContext, input: AlertNoteInput): Promise<Written> {
  return writeOnce(context, { operation: "cancelAlert", input }, async (manager) =>
    cancel(context, manager, input, await ownEndable(context, manager, [input.alert])),
  );
}

/**
 * Goes to exactly those who have the message, marked as it was: nobody is left with a warning that no longer holds. Where it ends
 * several it goes to those who have them all, marked most closely; the database tells the others (migration 29).
 */
export async function cancel(
  context: RequestContext,
  manager: EntityManager,
  input: { note: string; info?: readonly CapInfo[] },
  ended: readonly AlertRow[],
  beside: Beside = {},
): Promise<string> {
  const before = closest(ended);
  const { note, info = [] } = input;
  const addresses = commonAudience(ended);
  const faults = [...(beside.faults ?? [])];
  if (addresses.length === 0)
    faults.push(fault("BAD_USER_INPUT", PATH, "Nobody has all of these. Cancel them one by one."));
  const found = textFault(note);
  if (found !== null) faults.push(fault("BAD_USER_INPUT", ["input", "note"], found));
  if (faults.length > 0) throw new Refusal(faults);
  const isNamed = before.status === "Exercise" && !note.startsWith(before.note ?? "");
  const body = bodyOf(before);
  return store(context, manager, {
    msgType: "Cancel",
    refersTo: ended.map(({ identifier }) => identifier),
    widens: false,
    expires: new Date(Math.max(...ended.map(({ expires }) => expires.getTime()))),
    addresses,
    body: {
      ...body,
      handling: [...new Set(ended.flatMap(({ handling }) => handling))],
      note: isNamed ? `${before.note}: ${note}` : note,
      source: null,
      info: info.map((one) => settledInfo(one, before.status)),
    },
    ...(beside.origin && { origin: beside.origin }),
  });
}

/** Of what is ended together: to whom all of it goes. */
function commonAudience(ended: readonly AlertRow[]): Address[] {
  const audiences = ended.map(({ audience }) => audience as Address[]);
  const all = new Map(audiences.flat().map((one) => [nameOf(one), one]));
  return [...all.values()].filter((one) => audiences.every((audience) => isAmong(one, audience)));
}

/** The one that is marked most closely, and of those the newest. */
function closest(ended: readonly AlertRow[]): AlertRow {
  const [first] = [...ended].sort(
    (one, other) =>
      TLPS.indexOf(one.tlp) - TLPS.indexOf(other.tlp) ||
      (one.identifier < other.identifier ? 1 : -1),
  );
  return first as AlertRow;
}

type Sending = Pick<Draft, "msgType" | "addresses" | "refersTo" | "widens">;

/** What a file brings besides the message: where it is from, and what is wrong with it as a file. */
export interface Beside {
  origin?: Origin;
  faults?: readonly UserError[];
}

/** Everything that is wrong is told at once. Whether an address is known is asked only of input that is in order. */
export async function compose(
  context: RequestContext,
  manager: EntityManager,
  input: Body,
  sending: Sending,
  { origin, faults: found = [] }: Beside = {},
): Promise<string> {
  const { viewer, terms } = context;
  const faults = [...found, ...bodyFaults(input, terms.now)];
  faults.push(...addressFaults(sending.addresses, input.tlp, (viewer as Viewer).partner));
  if (faults.length === 0) faults.push(...(await unknownAddressFaults(manager, sending.addresses)));
  if (faults.length === 0)
    faults.push(...(await unknownIndicatorFaults(manager, input.figures ?? [])));
  if (faults.length > 0) throw new Refusal(faults);
  const body = { ...input, info: input.info.map((info) => settledInfo(info, input.status)) };
  const expires = expiryOf(body.info);
  return store(context, manager, { ...sending, body, expires, ...(origin && { origin }) });
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
