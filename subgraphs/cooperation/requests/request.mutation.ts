import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Written } from "../../../shared/graphql/mutation";
import type { Loaders } from "../loaders";
import * as moves from "./move.service";
import * as inputs from "./request.input";
import { loadRequest } from "./request.resolver";
import { amendCooperationRequest, openCooperationRequest } from "./request.service";
import { CooperationRequestPayload } from "./request.type";

type Context = RequestContext<Loaders>;

export const ERRORS =
  "Errors: FORBIDDEN. userErrors: BAD_USER_INPUT, FORBIDDEN, NOT_FOUND, REVISION_CONFLICT, IDEMPOTENCY_KEY_REUSED.";

@Resolver()
export class RequestMutations {
  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Drafts a request to one partner, or one each to several. Nobody else sees a draft. ${ERRORS}`,
  })
  async openCooperationRequest(
    @Ctx() context: Context,
    @Arg("input", () => inputs.OpenCooperationRequestInput)
    input: inputs.OpenCooperationRequestInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await openCooperationRequest(context, input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Writes a draft, or one returned for completion, anew. ${ERRORS}`,
  })
  async amendCooperationRequest(
    @Ctx() context: Context,
    @Arg("input", () => inputs.AmendCooperationRequestInput)
    input: inputs.AmendCooperationRequestInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await amendCooperationRequest(context, input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: to the Secretariat; an urgent direct one straight to the party asked, where its clock starts. ${ERRORS}`,
  })
  async submit(
    @Ctx() context: Context,
    @Arg("input", () => inputs.RequestMoveInput) input: inputs.RequestMoveInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await moves.plainly(context, "SUBMIT", input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: the Secretariat gives it back, saying what is missing. ${ERRORS}`,
  })
  async returnForCompletion(
    @Ctx() context: Context,
    @Arg("input", () => inputs.RequestNoteInput) input: inputs.RequestNoteInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await moves.saying(context, "RETURN_FOR_COMPLETION", input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: the Secretariat hands it to the party asked. ${ERRORS}`,
  })
  async forward(
    @Ctx() context: Context,
    @Arg("input", () => inputs.RequestMoveInput) input: inputs.RequestMoveInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await moves.plainly(context, "FORWARD", input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: the party asked confirms receipt, from which the clock runs. ${ERRORS}`,
  })
  async receive(
    @Ctx() context: Context,
    @Arg("input", () => inputs.ReceiveInput) input: inputs.ReceiveInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await moves.receive(context, input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: the party asked is at work on it. ${ERRORS}`,
  })
  async startWork(
    @Ctx() context: Context,
    @Arg("input", () => inputs.RequestMoveInput) input: inputs.RequestMoveInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await moves.plainly(context, "START_WORK", input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: the party asked asks back; the clock stands still. ${ERRORS}`,
  })
  async askClarification(
    @Ctx() context: Context,
    @Arg("input", () => inputs.RequestNoteInput) input: inputs.RequestNoteInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await moves.saying(context, "ASK_CLARIFICATION", input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: the requester clarifies; the clock goes on where it stood. ${ERRORS}`,
  })
  async clarify(
    @Ctx() context: Context,
    @Arg("input", () => inputs.RequestNoteInput) input: inputs.RequestNoteInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await moves.saying(context, "CLARIFY", input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: a judicial authorisation is waited for; until when to expect an answer, and why. ${ERRORS}`,
  })
  async notifyDelay(
    @Ctx() context: Context,
    @Arg("input", () => inputs.NotifyDelayInput) input: inputs.NotifyDelayInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await moves.notifyDelay(context, input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: the requester withdraws it. ${ERRORS}`,
  })
  async withdraw(
    @Ctx() context: Context,
    @Arg("input", () => inputs.WithdrawInput) input: inputs.WithdrawInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await moves.saying(context, "WITHDRAW", input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: the requester closes it, saying how far the answer met it. ${ERRORS}`,
  })
  async close(
    @Ctx() context: Context,
    @Arg("input", () => inputs.CloseInput) input: inputs.CloseInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await moves.close(context, input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: a party lets the Secretariat read the content. It takes both. ${ERRORS}`,
  })
  async discloseToSecretariat(
    @Ctx() context: Context,
    @Arg("input", () => inputs.RequestMoveInput) input: inputs.RequestMoveInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await moves.plainly(context, "DISCLOSE", input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: a party takes that back, from this moment on. ${ERRORS}`,
  })
  async withholdFromSecretariat(
    @Ctx() context: Context,
    @Arg("input", () => inputs.RequestMoveInput) input: inputs.RequestMoveInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await moves.plainly(context, "WITHHOLD", input));
  }
}

export async function toPayload(
  context: Context,
  { id, userErrors }: Written,
): Promise<CooperationRequestPayload> {
  return { cooperationRequest: await loadRequest(context, id), userErrors };
}
