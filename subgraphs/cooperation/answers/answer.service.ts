import type { RequestContext } from "../../../shared/graphql/context";
import type { Written } from "../../../shared/graphql/mutation";
import { fault, Refusal, refuse, type UserError } from "../../../shared/graphql/user-error";
import { mayApprove } from "../../../shared/viewer/viewer";
import { readGrants } from "../content/content.queries";
import { type Acting, move, requireMove, step, wrong } from "../requests/request.access";
import type { RequestMoveInput } from "../requests/request.input";
import { markingFaults, textFaults } from "../requests/request.rules";
import { REFUSAL_GROUNDS, type RefusalGround, type RefusalScope } from "../requests/request.words";
import type { Action } from "../requests/transition.rules";
import * as commands from "./answer.commands";
import type { AnswerInput, RefusedPartInput, RefuseInput } from "./answer.input";
import { grantFaults, toGrantToStore } from "./grant.rules";

/** The answer, part by part. What goes over carries its marking; what is refused carries its ground, and is only the part concerned. */
export function answer(context: RequestContext, input: AnswerInput): Promise<Written> {
  return move(context, "answer", input, async (acting) => {
    const action = actionOf(input);
    requireMove(acting, action);
    const faults = await answerFaults(acting, input);
    if (faults.length > 0) throw new Refusal(faults);
    await step(acting, action);
    const { manager, viewer, row } = acting;
    const { reference, requester } = row;
    await commands.insertResponse(manager, viewer, {
      reference,
      content: input.content,
      marking: input,
      usableAsEvidence: input.usableAsEvidence,
      refusal: input.refusedPart ? refusalOf(input.refusedPart, "PARTIAL") : null,
    });
    if (!input.proposedGrant) return;
    await commands.insertGrant(manager, viewer, {
      reference,
      requester,
      grant: toGrantToStore(input.proposedGrant),
    });
  });
}

function actionOf({ partial, refusedPart }: AnswerInput): Action {
  if (refusedPart) return "ANSWER_AND_REFUSE_REST";
  return partial ? "ANSWER_IN_PART" : "ANSWER";
}

async function answerFaults({ manager, row }: Acting, input: AnswerInput): Promise<UserError[]> {
  const faults = [
    ...markingFaults(input),
    ...textFaults({ ...input }, ["content", "handlingNote"]),
  ];
  if (input.refusedPart) faults.push(...refusalFaults(input.refusedPart, ["input", "refusedPart"]));
  if (!input.proposedGrant) return faults;
  if (row.grant !== "NONE")
    faults.push(
      fault(
        "BAD_USER_INPUT",
        ["input", "proposedGrant"],
        "An answer has proposed a grant already; it takes one.",
      ),
    );
  return [
    ...faults,
    ...grantFaults(input.proposedGrant, await commands.readCatalogue(manager), row.now),
  ];
}

/** The whole; after partial answers the rest, since only the part concerned is ever refused. */
export function refuseRequest(context: RequestContext, input: RefuseInput): Promise<Written> {
  return move(context, "refuse", input, async (acting) => {
    const { manager, viewer, row } = acting;
    const isRest = row.state === "PARTIALLY_ANSWERED";
    const action = isRest ? "REFUSE_REST" : "REFUSE";
    requireMove(acting, action);
    const faults = refusalFaults(input, ["input"]);
    if (faults.length > 0) throw new Refusal(faults);
    await step(acting, action);
    await commands.insertResponse(manager, viewer, {
      reference: row.reference,
      content: null,
      usableAsEvidence: false,
      marking: { tlp: "AMBER", handling: [] },
      refusal: refusalOf(input, isRest ? "PARTIAL" : "FULL"),
    });
  });
}

function refusalFaults(
  { ground, explanation }: RefusedPartInput,
  path: readonly string[],
): UserError[] {
  const faults = textFaults({ explanation }, ["explanation"]);
  if (ground != null) return faults;
  const grounds = Object.keys(REFUSAL_GROUNDS).join(", ");
  return [
    fault("BAD_USER_INPUT", [...path, "ground"], `A refusal takes one of ${grounds}.`),
    ...faults,
  ];
}

function refusalOf({ ground, explanation }: RefusedPartInput, scope: RefusalScope) {
  return { ground: ground as RefusalGround, scope, explanation: explanation ?? null };
}

/** Whoever proposed a grant was the first person of its owner; this is the second, and of the two one is an approver. */
export function confirmProposedGrant(
  context: RequestContext,
  input: RequestMoveInput,
): Promise<Written> {
  return move(context, "confirmProposedGrant", input, async (acting) => {
    requireMove(acting, "CONFIRM_GRANT");
    const { manager, viewer, row } = acting;
    const [grant] = await readGrants(manager, { viewer }, [row.reference]);
    if (grant?.proposed_by === viewer.id)
      throw refuse(
        "FORBIDDEN",
        ["input", "reference"],
        "You proposed it. It takes a second person of your partner.",
      );
    if (!grant?.proposer_approver && !mayApprove(viewer))
      throw refuse(
        "FORBIDDEN",
        ["input", "reference"],
        "An officer proposed it. It takes an approver of your partner.",
      );
    await commands.insertConfirmation(manager, viewer, row.reference);
    await step(acting, "CONFIRM_GRANT");
  });
}

/** Makes the agreement and closes the request, both or neither. */
export function acceptProposedGrant(
  context: RequestContext,
  input: RequestMoveInput,
): Promise<Written> {
  return move(context, "acceptProposedGrant", input, async (acting) => {
    requireMove(acting, "ACCEPT_GRANT");
    const { manager, viewer, row } = acting;
    if (!mayApprove(viewer))
      throw refuse("FORBIDDEN", ["input", "reference"], "This takes an approver of your partner.");
    const [grant] = await readGrants(manager, { viewer }, [row.reference]);
    if (grant?.valid_until && grant.valid_until <= row.now)
      throw wrong(
        "reference",
        "What was proposed is over already. Close the request, and ask for an agreement.",
      );
    await commands.agreeOnRequest(manager, row.reference);
    await step(acting, "ACCEPT_GRANT");
  });
}
