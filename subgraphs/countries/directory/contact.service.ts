import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Call, type Written, writeOnce } from "../../../shared/graphql/mutation";
import { refuse } from "../../../shared/graphql/user-error";
import type { Viewer } from "../../../shared/viewer/viewer";
import { readCountries } from "../country.queries";
import {
  conflict,
  dayOf,
  Faults,
  isDay,
  requireNational,
  requireSecond,
  textFault,
} from "../input.rules";
import { logWrite } from "../write.audit";
import * as commands from "./contact.commands";
import type {
  AddContactInput,
  AmendContactInput,
  ContactActInput,
  EndContactInput,
  ReturnContactInput,
} from "./contact.input";
import { readHistory, type VersionRow } from "./contact.queries";
import { type ContactBody, sayContact, standingOf } from "./contact.rules";

/**
 * What a country's people do to its contacts, one transaction each, logged in it. Whatever others will read takes two people;
 * what only closes (ending) or confirms (verifying) takes one.
 */
const CONTACT = ["input", "contact"];

export function addContact(context: RequestContext, input: AddContactInput): Promise<Written> {
  return writeOnce(context, { operation: "addContact", input }, async (manager) => {
    const viewer = context.viewer as Viewer;
    requireNational(viewer);
    await check(context, manager, input.kind, input);
    const { kind } = input;
    return submit(context, manager, { post: null, version: 1, kind, body: input });
  });
}

/** A new version; the old one stays, dated, and holds until the new one does. */
export function amendContact(context: RequestContext, input: AmendContactInput): Promise<Written> {
  return act(context, { operation: "amendContact", input }, async (manager, history) => {
    const { kind, post, version } = standing(history, input.version, dayOf(context.terms.now));
    await check(context, manager, kind, input, post);
    const next = Math.max(version, ...history.map((row) => row.version)) + 1;
    return submit(context, manager, { post, version: next, kind, body: input });
  });
}

export function approveContact(context: RequestContext, input: ContactActInput): Promise<Written> {
  return act(context, { operation: "approveContact", input }, async (manager, history) => {
    const viewer = context.viewer as Viewer;
    const row = waiting(history, input.version);
    requireSecond(
      viewer,
      { actor: row.submitted_by, approver: row.submitted_by_approver },
      CONTACT,
    );
    const before = history.filter(({ state }) => state === "APPROVED").at(-1);
    if (before && standingOf(before, dayOf(context.terms.now)) === "OVER")
      throw refuse(
        "BAD_USER_INPUT",
        CONTACT,
        "The contact has ended meanwhile. Return it, and add a new contact.",
      );
    const from = await commands.approve(manager, viewer, row.id);
    if (before && (before.valid_until === null || before.valid_until > from))
      await commands.endOn(manager, before, from);
    await commands.insertVerification(manager, viewer, row.post);
    await log(context, manager, row.kind);
    return row.id;
  });
}

export function returnContact(
  context: RequestContext,
  input: ReturnContactInput,
): Promise<Written> {
  return act(context, { operation: "returnContact", input }, async (manager, history) => {
    const row = waiting(history, input.version);
    const found = textFault(input.reason, 500);
    if (found !== null) throw refuse("BAD_USER_INPUT", ["input", "reason"], found);
    await commands.sendBack(manager, context.viewer as Viewer, row.id, input.reason);
    await log(context, manager, row.kind);
    return row.id;
  });
}

/** Closes, so one person does it; whoever reads afterwards no longer finds it. */
export function endContact(context: RequestContext, input: EndContactInput): Promise<Written> {
  return act(context, { operation: "endContact", input }, async (manager, history) => {
    const today = dayOf(context.terms.now);
    const row = standing(history, input.version, today);
    const day = input.validUntil ?? (row.valid_from > today ? row.valid_from : today);
    const isLater = row.valid_until !== null && day > row.valid_until;
    if (!isDay(day) || day < today || day < row.valid_from || isLater)
      throw refuse(
        "BAD_USER_INPUT",
        ["input", "validUntil"],
        "Give today or a later day, before its end is due anyway.",
      );
    await commands.endOn(manager, row, day);
    await log(context, manager, row.kind);
    return row.id;
  });
}

export function verifyContact(context: RequestContext, input: ContactActInput): Promise<Written> {
  return act(context, { operation: "verifyContact", input }, async (manager, history) => {
    const row = standing(history, input.version, dayOf(context.terms.now));
    await commands.insertVerification(manager, context.viewer as Viewer, row.post);
    await log(context, manager, row.kind);
    return row.id;
  });
}

/** The same words whether there is none or it is another country's. */
function act(
  context: RequestContext,
  call: Call & { input: ContactActInput | AmendContactInput },
  work: (manager: EntityManager, history: VersionRow[]) => Promise<string>,
): Promise<Written> {
  return writeOnce(context, call, async (manager) => {
    const viewer = context.viewer as Viewer;
    requireNational(viewer);
    await commands.lockContact(manager, call.input.contact);
    const history = await readHistory(manager, viewer.partner, call.input.contact);
    if (history.length === 0)
      throw refuse("NOT_FOUND", CONTACT, "Your country has no contact of that id.");
    return work(manager, history);
  });
}

/** The version that holds or will, if it is the one its author has read and none waits beside it. */
function standing(history: readonly VersionRow[], version: number, today: string): VersionRow {
  const open = history.find(({ state }) => state === "SUBMITTED");
  if (open)
    throw conflict(["input", "version"], `Version ${open.version} waits for its second person.`);
  const newest = history.filter(({ state }) => state === "APPROVED").at(-1);
  if (!newest) throw refuse("BAD_USER_INPUT", CONTACT, "It was never approved. Add it anew.");
  if (newest.version !== version)
    throw conflict(["input", "version"], `Version ${newest.version} is the newest.`);
  if (standingOf(newest, today) === "OVER")
    throw refuse("BAD_USER_INPUT", CONTACT, "It has ended. Add a new contact.");
  return newest;
}

function waiting(history: readonly VersionRow[], version: number): VersionRow {
  const row = history.find((one) => one.version === version);
  if (!row) throw refuse("NOT_FOUND", ["input", "version"], "The contact has no such version.");
  if (row.state === "SUBMITTED") return row;
  throw conflict(
    ["input", "version"],
    `Version ${version} was ${row.state.toLowerCase()} already.`,
  );
}

async function check(
  { viewer, terms }: RequestContext,
  manager: EntityManager,
  kind: string,
  body: ContactBody,
  self: string | null = null,
): Promise<void> {
  const faults = new Faults();
  sayContact(faults.say, kind, body, terms.now);
  if (body.postedTo != null && (await readCountries(manager, [body.postedTo])).length === 0)
    faults.say(
      "postedTo",
      `"${body.postedTo.slice(0, 40)}" is no country. Use an ISO 3166-1 alpha-3 code.`,
    );
  if (body.alternateOf != null) {
    const other = (await readHistory(manager, (viewer as Viewer).partner, body.alternateOf)).at(-1);
    if (!other || other.kind !== kind || other.post === self)
      faults.say(
        "alternateOf",
        "is no other contact of yours of the same kind. Use its id, or leave it out.",
      );
  }
  faults.check();
}

async function submit(
  context: RequestContext,
  manager: EntityManager,
  submission: { post: string | null; version: number; kind: string; body: ContactBody },
): Promise<string> {
  const validFrom = submission.body.validFrom ?? dayOf(context.terms.now);
  const id = await commands.insertVersion(manager, context.viewer as Viewer, {
    ...submission,
    validFrom,
  });
  await logWrite(manager, context, {
    category: "CONTACT_DETAILS",
    operation: "COLLECTION",
    detail: submission.kind,
  });
  return id;
}

function log(context: RequestContext, manager: EntityManager, kind: string): Promise<void> {
  return logWrite(manager, context, { category: "CONTACT_DETAILS", detail: kind });
}
