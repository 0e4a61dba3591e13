import { Field, ID, InputType, Int } from "type-graphql";
import { TlpEnum } from "../../../shared/graphql/marking";
import type { Audience } from "../../../shared/policy/cleared";
import type { Tlp } from "../../../shared/policy/terms";
import { type AnalysisSection, AnalysisSectionEnum, AudienceEnum } from "./analysis.type";

@InputType()
export class AnalysisInput {
  @Field(() => Int)
  year!: number;
  @Field(() => String, {
    nullable: true,
    description: "The same key with the same input does it once.",
  })
  idempotencyKey?: string | null;
}

@InputType()
export class AnalysisTextInput extends AnalysisInput {
  @Field(() => AnalysisSectionEnum)
  section!: AnalysisSection;
  @Field(() => String)
  body!: string;
}

@InputType()
export class ClearAnalysisInput extends AnalysisInput {
  @Field(() => ID, {
    description: "The part that you have read: one proposed since is not cleared in its place.",
  })
  part!: string;
}

@InputType({
  description:
    "What of your own figures may stand in the common version, and who may read it there.",
})
export class AnalysisPartInput extends AnalysisInput {
  @Field(() => [ID], { description: "Of those that protect citizens only totals stand in it." })
  indicators!: string[];
  @Field(() => AudienceEnum, { defaultValue: "PARTNERS" })
  audience!: Audience;
  @Field(() => TlpEnum, { defaultValue: "AMBER" })
  tlp!: Tlp;
}
