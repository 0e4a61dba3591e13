import { randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Written, writeOnce } from "../../../shared/graphql/mutation";
import { refuse } from "../../../shared/graphql/user-error";
import { UUID } from "../../../shared/uuid";
import { mayApprove, type Viewer } from "../../../shared/viewer/viewer";
import { readAnswers } from "../content/content.queries";
import { requireText } from "../requests/move.service";
import { type Acting, visible, wrong } from "../requests/request.access";
import { logWrite } from "../requests/request.audit";
import type { AnswerRedisseminationInput, RequestRedisseminationInput } from "./answer.input";
import * as commands from "./redissemination.commands";

/** Originator control: what was received goes on to nobody before who wrote it has said so. Asking opens nothing either. */
export function requestRedissemination(
  context: RequestContext,
  input: RequestRedisseminationInput,
): Promise<Written> {
  return writeOnce(context, { operation: "requestRedissemination", input }, async (manager) => {
    const acting = await visible(context, manager, input.reference);
    const originator = await originatorFor(acting);
    requireText("purpose", input.purpose);
    await requireRecipient(manager, acting, input.recipient);
    const { viewer, row } = acting;
    const { reference, recipient, purpose } = input;
    await commands.insertRedissemination(manager, viewer, {
      id: randomUUID(),
      reference,
      owner: originator,
      recipient,
      purpose,
    });
    await logWrite(manager, context, "ALTERATION", row);
    return reference;
  });
}

/** The requester has received an answer from the one asked, and the one asked a request from the requester. */
async function originatorFor({ manager, viewer, party, row }: Acting): Promise<string> {
  const message =
    "Who has received content from the other party asks it; there is nothing of the kind here.";
  if (party === "FACILITATOR") throw refuse("FORBIDDEN", ["input", "reference"], message);
  if (party === "REQUESTED") return row.requester;
  const answers = await readAnswers(manager, { viewer }, [row.reference]);
  if (answers.some(({ content }) => content !== null)) return row.requested;
  throw wrong("reference", message);
}

async function requireRecipient(
  manager: EntityManager,
  { row }: Acting,
  recipient: string,
): Promise<void> {
  if ([row.requester, row.requested].includes(recipient))
    throw wrong(
      "recipient",
      `"${recipient}" is a party to the request already. Name a third partner.`,
    );
  if (await commands.isPartner(manager, recipient)) return;
  throw wrong(
    "recipient",
    `"${recipient}" is not a partner of the exchange. Use a partner's code.`,
  );
}

/** By the originator, once. A no takes one person, a yes an approver. */
export function answerRedissemination(
  context: RequestContext,
  input: AnswerRedisseminationInput,
): Promise<Written> {
  return writeOnce(context, { operation: "answerRedissemination", input }, async (manager) => {
    const viewer = context.viewer as Viewer;
    const asked = UUID.test(input.id)
      ? await commands.lockRedissemination(manager, viewer, input.id)
      : null;
    if (!asked)
      throw refuse(
        "NOT_FOUND",
        ["input", "id"],
        "There is no such question for you. Check the id.",
      );
    if (asked.owner !== viewer.partner)
      throw refuse(
        "FORBIDDEN",
        ["input", "id"],
        "The originator answers. You have asked it yourself.",
      );
    if (asked.answered)
      throw refuse(
        "REVISION_CONFLICT",
        ["input", "id"],
        "It is answered already. Read the answer.",
      );
    if (input.consents && !mayApprove(viewer))
      throw refuse(
        "FORBIDDEN",
        ["input", "consents"],
        "To consent takes an approver of your partner.",
      );
    requireText("note", input.note);
    const { row } = await visible(context, manager, asked.reference);
    await commands.insertAnswer(manager, viewer, {
      id: input.id,
      consents: input.consents,
      note: input.note ?? null,
    });
    await logWrite(manager, context, "ALTERATION", row);
    return asked.reference;
  });
}
