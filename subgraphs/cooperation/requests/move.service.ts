import { textFault } from "../../../shared/free-text.rules";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Written } from "../../../shared/graphql/mutation";
import { instant } from "../../../shared/graphql/scalars";
import { type Acting, move, requireMove, step, wrong } from "./request.access";
import { insertFeedback } from "./request.commands";
import type * as inputs from "./request.input";
import { MET } from "./request.words";
import { ACTIONS } from "./transition.rules";

/** Moves that need nothing but that the table allows them. */
type Plain = "SUBMIT" | "FORWARD" | "START_WORK" | "DISCLOSE" | "WITHHOLD";

export function plainly(
  context: RequestContext,
  action: Plain,
  input: inputs.RequestMoveInput,
): Promise<Written> {
  return move(context, ACTIONS[action], input, (acting) => step(acting, action));
}

/** Moves that say something to the other side. */
type Said = "RETURN_FOR_COMPLETION" | "ASK_CLARIFICATION" | "CLARIFY" | "WITHDRAW";

export function saying(
  context: RequestContext,
  action: Said,
  input: inputs.RequestNoteInput | inputs.WithdrawInput,
): Promise<Written> {
  return move(context, ACTIONS[action], input, async (acting) => {
    requireMove(acting, action);
    requireText("note", input.note);
    await step(acting, action, { note: input.note ?? null });
  });
}

/** Starts the clock; of an urgent information request it takes what the service level depends on. */
export function receive(context: RequestContext, input: inputs.ReceiveInput): Promise<Written> {
  return move(context, "receive", input, async (acting) => {
    requireMove(acting, "RECEIVE");
    const { urgency, kind } = acting.row;
    const { accessibility } = input;
    const matters = urgency === "URGENT" && kind === "INFORMATION_REQUEST";
    if (matters && (accessibility == null || accessibility === "UNKNOWN"))
      throw wrong(
        "accessibility",
        "Say whether you reach the information yourself: DIRECT or INDIRECT.",
      );
    await step(acting, "RECEIVE", { accessibility: accessibility ?? null });
  });
}

/** Art. 5(2): at once, with how long and why. */
export function notifyDelay(
  context: RequestContext,
  input: inputs.NotifyDelayInput,
): Promise<Written> {
  return move(context, "notifyDelay", input, async (acting) => {
    requireMove(acting, "NOTIFY_DELAY");
    requireText("note", input.note);
    const expectedUntil = instant("expectedUntil", input.expectedUntil);
    if (expectedUntil <= acting.row.now)
      throw wrong("expectedUntil", "That is over already. Say when to expect an answer.");
    await step(acting, "NOTIFY_DELAY", { note: input.note, expectedUntil });
  });
}

export function close(context: RequestContext, input: inputs.CloseInput): Promise<Written> {
  return move(context, "close", input, async (acting) => {
    requireMove(acting, "CLOSE");
    const { met, comment } = input;
    if (met == null)
      throw wrong("met", `Say how far the answer met what was asked: ${MET.join(", ")}.`);
    requireText("comment", comment);
    await step(acting, "CLOSE");
    await leaveFeedback(acting, met, comment ?? null);
  });
}

function leaveFeedback(
  { manager, viewer, row }: Acting,
  met: string,
  comment: string | null,
): Promise<void> {
  return insertFeedback(manager, viewer, { reference: row.reference, met, comment });
}

/** @throws Refusal where it is there and not in order */
export function requireText(field: string, text: string | null | undefined): void {
  const found = text == null ? null : textFault(text);
  if (found !== null) throw wrong(field, `"${field}" ${found}`);
}
