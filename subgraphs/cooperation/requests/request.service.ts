import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Written, writeOnce } from "../../../shared/graphql/mutation";
import { fault, Refusal, refuse, type UserError } from "../../../shared/graphql/user-error";
import type { Viewer } from "../../../shared/viewer/viewer";
import { CURRENT_MECHANISM } from "../communique/mechanism";
import { move, requireMove, step, wrong } from "./request.access";
import { logWrite } from "./request.audit";
import {
  appendEvent,
  insertContent,
  insertFanOut,
  insertRequest,
  unknownParties,
} from "./request.commands";
import type { AmendCooperationRequestInput, OpenCooperationRequestInput } from "./request.input";
import { requestFaults } from "./request.rules";
import { newReference } from "./request-number";

/** A draft for each partner that is asked: requests are between two, and none of those asked learns of the others. */
export function openCooperationRequest(
  context: RequestContext,
  input: OpenCooperationRequestInput,
): Promise<Written> {
  return writeOnce(context, { operation: "openCooperationRequest", input }, async (manager) => {
    const viewer = context.viewer as Viewer;
    const own = await unknownParties(manager, [viewer.partner]);
    if (own.length > 0) {
      const message =
        "National authorities and institutions ask each other; the Secretariat facilitates and does not ask.";
      throw refuse("FORBIDDEN", ["input", "requested"], message);
    }
    const faults = [
      ...requestFaults(input, viewer.partner),
      ...(await unknownFaults(manager, input)),
    ];
    if (faults.length > 0) throw new Refusal(faults);
    const references: string[] = [];
    for (const requested of input.requested)
      references.push(await open(context, manager, requested, input));
    if (references.length > 1) await insertFanOut(manager, viewer, references);
    return references[0] as string;
  });
}

async function open(
  context: RequestContext,
  manager: EntityManager,
  requested: string,
  body: OpenCooperationRequestInput,
): Promise<string> {
  const viewer = context.viewer as Viewer;
  const reference = newReference(context.terms.now.getUTCFullYear());
  await insertRequest(manager, viewer, {
    reference,
    requested,
    mechanism: CURRENT_MECHANISM.version,
  });
  await insertContent(manager, viewer, { reference, version: 1, body });
  await appendEvent(manager, viewer, { row: { reference, revision: 0 }, action: "OPEN" });
  await logWrite(manager, context, "COLLECTION", {
    reference,
    requester: viewer.partner,
    requested,
    reach: "REQUESTER",
  });
  return reference;
}

async function unknownFaults(
  manager: EntityManager,
  { requested }: OpenCooperationRequestInput,
): Promise<UserError[]> {
  const unknown = await unknownParties(manager, requested);
  return unknown.map((code) => {
    const message = `"${code}" is no national authority or institution of the exchange. Use a partner's code.`;
    return fault("BAD_USER_INPUT", ["input", "requested"], message);
  });
}

/** The whole text once more; what stood there before stays for its author alone. */
export function amendCooperationRequest(
  context: RequestContext,
  input: AmendCooperationRequestInput,
): Promise<Written> {
  return move(context, "amendCooperationRequest", input, async (acting) => {
    const { manager, viewer, row } = acting;
    requireMove(acting, "AMEND");
    if (input.requested.length !== 1 || input.requested[0] !== row.requested) {
      const message = `A request is between two: this one is to ${row.requested}, and nobody joins it. Open another request.`;
      throw wrong("requested", message);
    }
    const faults = requestFaults(input, viewer.partner);
    if (faults.length > 0) throw new Refusal(faults);
    await insertContent(manager, viewer, {
      reference: row.reference,
      version: row.content_version + 1,
      body: input,
    });
    await step(acting, "AMEND");
  });
}
