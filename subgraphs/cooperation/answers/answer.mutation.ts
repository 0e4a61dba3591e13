import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Loaders } from "../loaders";
import { RequestMoveInput } from "../requests/request.input";
import { ERRORS, toPayload } from "../requests/request.mutation";
import { CooperationRequestPayload } from "../requests/request.type";
import * as inputs from "./answer.input";
import * as service from "./answer.service";
import * as redissemination from "./redissemination.service";

type Context = RequestContext<Loaders>;

@Resolver()
export class AnswerMutations {
  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: the answer, or a part of it; the last word unless it is partial. It may carry a proposed grant. ${ERRORS}`,
  })
  async answer(
    @Ctx() context: Context,
    @Arg("input", () => inputs.AnswerInput) input: inputs.AnswerInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await service.answer(context, input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: refused on a ground of the closed list; after partial answers the rest. ${ERRORS}`,
  })
  async refuse(
    @Ctx() context: Context,
    @Arg("input", () => inputs.RefuseInput) input: inputs.RefuseInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await service.refuseRequest(context, input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: a second person of the party asked stands by the grant that its answer proposes. ${ERRORS}`,
  })
  async confirmProposedGrant(
    @Ctx() context: Context,
    @Arg("input", () => RequestMoveInput) input: RequestMoveInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await service.confirmProposedGrant(context, input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: the requester accepts it. That makes the agreement and closes the request, in one step. ${ERRORS}`,
  })
  async acceptProposedGrant(
    @Ctx() context: Context,
    @Arg("input", () => RequestMoveInput) input: RequestMoveInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await service.acceptProposedGrant(context, input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: whoever received content asks its originator whether it may go on to a third partner. ${ERRORS}`,
  })
  async requestRedissemination(
    @Ctx() context: Context,
    @Arg("input", () => inputs.RequestRedisseminationInput)
    input: inputs.RequestRedisseminationInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await redissemination.requestRedissemination(context, input));
  }

  @Mutation(() => CooperationRequestPayload, {
    nullable: true,
    description: `Cooperation request: the originator says yes, by an approver, or no. ${ERRORS}`,
  })
  async answerRedissemination(
    @Ctx() context: Context,
    @Arg("input", () => inputs.AnswerRedisseminationInput) input: inputs.AnswerRedisseminationInput,
  ): Promise<CooperationRequestPayload> {
    return toPayload(context, await redissemination.answerRedissemination(context, input));
  }
}
