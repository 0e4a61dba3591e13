import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Written } from "../../../shared/graphql/mutation";
import { ERRORS } from "../input.text";
import * as inputs from "./case-study.input";
import { loadStudy } from "./case-study.resolver";
import * as service from "./case-study.service";
import { CaseStudyPayload } from "./case-study.type";

const payload = (description: string) => ({
  nullable: true,
  description: `${description} ${ERRORS}`,
});

@Resolver()
export class CaseStudyMutations {
  @Mutation(
    () => CaseStudyPayload,
    payload("Writes a case study or an exercise, for your own partner alone."),
  )
  async addCaseStudy(
    @Ctx() context: RequestContext,
    @Arg("input", () => inputs.AddCaseStudyInput) input: inputs.AddCaseStudyInput,
  ): Promise<CaseStudyPayload> {
    return toPayload(context, await service.addCaseStudy(context, input));
  }

  @Mutation(() => CaseStudyPayload, payload("Rewrites it, while it is private."))
  async amendCaseStudy(
    @Ctx() context: RequestContext,
    @Arg("input", () => inputs.AmendCaseStudyInput) input: inputs.AmendCaseStudyInput,
  ): Promise<CaseStudyPayload> {
    return toPayload(context, await service.amendCaseStudy(context, input));
  }

  @Mutation(
    () => CaseStudyPayload,
    payload("Says with whom it is to be shared; it waits for a second person."),
  )
  async shareCaseStudy(
    @Ctx() context: RequestContext,
    @Arg("input", () => inputs.ShareCaseStudyInput) input: inputs.ShareCaseStudyInput,
  ): Promise<CaseStudyPayload> {
    return toPayload(context, await service.shareCaseStudy(context, input));
  }

  @Mutation(
    () => CaseStudyPayload,
    payload("Shares it, as the second person; one of the two is an approver."),
  )
  async confirmCaseStudy(
    @Ctx() context: RequestContext,
    @Arg("input", () => inputs.CaseStudyActInput) input: inputs.CaseStudyActInput,
  ): Promise<CaseStudyPayload> {
    return toPayload(context, await service.confirmCaseStudy(context, input));
  }

  @Mutation(
    () => CaseStudyPayload,
    payload("Makes it private again; holds from the next request on."),
  )
  async withdrawCaseStudy(
    @Ctx() context: RequestContext,
    @Arg("input", () => inputs.CaseStudyActInput) input: inputs.CaseStudyActInput,
  ): Promise<CaseStudyPayload> {
    return toPayload(context, await service.withdrawCaseStudy(context, input));
  }
}

async function toPayload(
  context: RequestContext,
  { id, userErrors }: Written,
): Promise<CaseStudyPayload> {
  return { caseStudy: id === null ? null : await loadStudy(context, id), userErrors };
}
