import type { EntityManager } from "typeorm";
import { textFault } from "../../../shared/free-text.rules";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Call, type Written, writeOnce } from "../../../shared/graphql/mutation";
import { fault, Refusal, refuse } from "../../../shared/graphql/user-error";
import type { Viewer } from "../../../shared/viewer/viewer";
import type { Loaders } from "../series/loaders";
import * as rules from "./draft.rules";
import { draftAlert, insertAct, lockSignal, unknownPartners } from "./signal.commands";
import { citizenshipOf } from "./signal.id";
import type { DismissSignalInput, PromoteSignalInput, SignalActInput } from "./signal.input";
import { type Found, findSignal } from "./signal.loader";
import { stateOf } from "./signal.mapping";
import { type Act, readActs } from "./signal.queries";
import type { SignalKind } from "./signal.type";

/** What people make of signals: one transaction each, officers only, and only of a signal that they are shown. */
type Context = RequestContext<Loaders>;

export function reviewSignal(context: Context, input: SignalActInput): Promise<Written> {
  return act(context, { operation: "reviewSignal", input }, "REVIEW", (manager, viewer, { id }) =>
    insertAct(manager, viewer, { signal: id, act: "REVIEW" }),
  );
}

export function dismissSignal(context: Context, input: DismissSignalInput): Promise<Written> {
  return act(
    context,
    { operation: "dismissSignal", input },
    "DISMISS",
    async (manager, viewer, { id }) => {
      const { reason } = input;
      const found =
        textFault(reason) ??
        (reason.length > LONGEST ? `is longer than ${LONGEST} characters.` : null);
      if (found !== null) throw refuse("BAD_USER_INPUT", ["input", "reason"], found);
      await insertAct(manager, viewer, { signal: id, act: "DISMISS", reason });
    },
  );
}

const LONGEST = 2_000;

/** Drafts the message that cites the series. It is read by nobody else until a second person confirms it. */
export function promoteSignal(context: Context, input: PromoteSignalInput): Promise<Written> {
  return act(
    context,
    { operation: "promoteSignal", input },
    "PROMOTE",
    async (manager, viewer, found) => {
      const { series, period, kind } = found;
      const citizenship = citizenshipOf(series);
      const proposal: rules.Proposal = {
        sender: viewer.partner,
        reporter: series.reporter,
        citizenship,
        marking: series.marking,
        protectsCitizens: series.indicator.protectsCitizens,
        addresses: input.addresses,
        tlp: input.tlp,
        expires: expiryOf(input, context.terms.now),
      };
      const faults = rules.proposalFaults(proposal, context.terms.now);
      if (faults.length > 0) throw new Refusal(faults);
      const addresses = rules.addresseesOf(proposal);
      await requirePartners(manager, addresses);
      const alert = await draftAlert(manager, {
        kind: kind as SignalKind,
        indicator: series.indicator.code,
        period,
        reporter: series.reporter,
        citizenship,
        addresses,
        expires: proposal.expires,
        tlp: proposal.tlp,
        handling: rules.handlingOf(proposal),
      });
      await insertAct(manager, viewer, { signal: found.id, act: "PROMOTE", alert });
    },
  );
}

type Work = (manager: EntityManager, viewer: Viewer, found: Found) => Promise<void>;

async function act(
  context: Context,
  call: Call & { input: SignalActInput },
  what: Act,
  work: Work,
): Promise<Written> {
  const viewer = context.viewer as Viewer;
  const found = await findSignal(context, call.input.id);
  return writeOnce(context, call, async (manager) => {
    if (!viewer.roles.includes("OFFICER"))
      throw refuse("FORBIDDEN", ["input", "id"], "This takes an officer.");
    // The same words whether there is none, or none for this viewer.
    if (!found)
      throw refuse(
        "NOT_FOUND",
        ["input", "id"],
        "There is no such signal for you. Read the list again.",
      );
    await lockSignal(manager, viewer, found.id);
    const last = (await readActs(manager, [found.id])).get(found.id) ?? null;
    const state = stateOf({ ...found, last });
    if (!rules.mayFollow(state, what))
      throw refuse(
        "REVISION_CONFLICT",
        ["input", "id"],
        `It is ${state.toLowerCase().replace("_", " ")} already.`,
      );
    await work(manager, viewer, found);
    return found.id;
  });
}

const MONTH = 30 * 86_400_000;

function expiryOf({ expires }: PromoteSignalInput, now: Date): Date {
  return expires == null ? new Date(now.getTime() + MONTH) : new Date(expires);
}

async function requirePartners(
  manager: EntityManager,
  addresses: readonly string[],
): Promise<void> {
  const unknown = await unknownPartners(manager, addresses);
  if (unknown.length === 0) return;
  throw new Refusal(
    unknown.map((one) =>
      fault("BAD_USER_INPUT", ["input", "addresses"], `"${one}" is no partner of the exchange.`),
    ),
  );
}
