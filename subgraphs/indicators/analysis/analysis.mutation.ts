import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Written } from "../../../shared/graphql/mutation";
import type { Loaders } from "../series/loaders";
import {
  AnalysisInput,
  AnalysisPartInput,
  AnalysisTextInput,
  ClearAnalysisInput,
} from "./analysis.input";
import * as service from "./analysis.service";
import { AnalysisPayload } from "./analysis.type";

type Context = RequestContext<Loaders>;

const ERRORS =
  "Errors: FORBIDDEN. userErrors: BAD_USER_INPUT, FORBIDDEN, NOT_FOUND, REVISION_CONFLICT, IDEMPOTENCY_KEY_REUSED.";

@Resolver()
export class AnalysisMutations {
  @Mutation(() => AnalysisPayload, {
    nullable: true,
    description: `The desk begins the analysis of a year. ${ERRORS}`,
  })
  async conveneAnalysis(
    @Ctx() context: Context,
    @Arg("input", () => AnalysisInput) input: AnalysisInput,
  ): Promise<AnalysisPayload> {
    return toPayload(
      await service.step(context, { operation: "conveneAnalysis", input }, "convene"),
    );
  }

  @Mutation(() => AnalysisPayload, {
    nullable: true,
    description: `The desk writes a section of the narrative; the newest text counts. ${ERRORS}`,
  })
  async writeAnalysis(
    @Ctx() context: Context,
    @Arg("input", () => AnalysisTextInput) input: AnalysisTextInput,
  ): Promise<AnalysisPayload> {
    return toPayload(await service.writeNarrative(context, input));
  }

  @Mutation(() => AnalysisPayload, {
    nullable: true,
    description: `The desk hands it to the contact points. ${ERRORS}`,
  })
  async openAnalysis(
    @Ctx() context: Context,
    @Arg("input", () => AnalysisInput) input: AnalysisInput,
  ): Promise<AnalysisPayload> {
    return toPayload(await service.step(context, { operation: "openAnalysis", input }, "open"));
  }

  @Mutation(() => AnalysisPayload, {
    nullable: true,
    description: `A country comments, to the desk. ${ERRORS}`,
  })
  async commentAnalysis(
    @Ctx() context: Context,
    @Arg("input", () => AnalysisTextInput) input: AnalysisTextInput,
  ): Promise<AnalysisPayload> {
    return toPayload(await service.comment(context, input));
  }

  @Mutation(() => AnalysisPayload, {
    nullable: true,
    description: `A country says what of its own may stand in the common version; a second person clears it. ${ERRORS}`,
  })
  async proposeAnalysisPart(
    @Ctx() context: Context,
    @Arg("input", () => AnalysisPartInput) input: AnalysisPartInput,
  ): Promise<AnalysisPayload> {
    return toPayload(await service.proposePart(context, input));
  }

  @Mutation(() => AnalysisPayload, {
    nullable: true,
    description: `An approver who has not proposed it clears the country's part: its figures are frozen as they stand. ${ERRORS}`,
  })
  async clearAnalysisPart(
    @Ctx() context: Context,
    @Arg("input", () => ClearAnalysisInput) input: ClearAnalysisInput,
  ): Promise<AnalysisPayload> {
    return toPayload(await service.clearPart(context, input));
  }

  @Mutation(() => AnalysisPayload, {
    nullable: true,
    description: `An approver takes the country's part back, published or not; nobody else reads it from then on. ${ERRORS}`,
  })
  async withdrawAnalysisPart(
    @Ctx() context: Context,
    @Arg("input", () => AnalysisInput) input: AnalysisInput,
  ): Promise<AnalysisPayload> {
    return toPayload(await service.withdrawPart(context, input));
  }

  @Mutation(() => AnalysisPayload, {
    nullable: true,
    description: `The desk closes it: what has not been cleared is left out. ${ERRORS}`,
  })
  async closeAnalysis(
    @Ctx() context: Context,
    @Arg("input", () => AnalysisInput) input: AnalysisInput,
  ): Promise<AnalysisPayload> {
    return toPayload(await service.step(context, { operation: "closeAnalysis", input }, "close"));
  }

  @Mutation(() => AnalysisPayload, {
    nullable: true,
    description: `The desk publishes it: each part to those for whom it was cleared. ${ERRORS}`,
  })
  async publishAnalysis(
    @Ctx() context: Context,
    @Arg("input", () => AnalysisInput) input: AnalysisInput,
  ): Promise<AnalysisPayload> {
    return toPayload(
      await service.step(context, { operation: "publishAnalysis", input }, "publish"),
    );
  }
}

function toPayload({ id, userErrors }: Written): AnalysisPayload {
  return { analysis: id === null ? null : { year: Number(id) }, userErrors };
}
