import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { asEnum } from "../../../shared/graphql/enums";
import { Marking } from "../../../shared/graphql/marking";
import { DateTimeScalar } from "../../../shared/graphql/scalars";
import { MADE_OF, type Sensitive } from "../../../shared/graphql/shield";
import { UserError } from "../../../shared/graphql/user-error";
import type { SharedStudy } from "../../../shared/policy/shared-study";
import { connectionOf } from "../paging";
import { STUDY_STATES, type StudyState } from "./case-study.rules";

export const StudyStateEnum = asEnum(STUDY_STATES);
registerEnumType(StudyStateEnum, {
  name: "CaseStudyState",
  description:
    "Its owner's only, waiting for a second person to share it, or shared. Others see SHARED only.",
});

@ObjectType({ description: "Whom the owner has chosen. An addressee is not told of the others." })
export class StudyAudience {
  @Field(() => Boolean, {
    description: "The countries that take part in COLEP at the moment of reading.",
  })
  colep!: boolean;
  @Field(() => [ID], { description: "Codes of partners." })
  partners!: string[];
}

@ObjectType({
  description:
    "A real case and what was learned from it; or, where `exercise` is true, a hypothetical one.",
})
export class CaseStudy implements Sensitive {
  readonly [MADE_OF]!: readonly SharedStudy[];
  @Field(() => ID)
  id!: string;
  @Field(() => ID, { description: "Code of the partner whose it is." })
  owner!: string;
  @Field(() => Boolean, {
    description:
      "A table-top exercise: nothing of it is real, and it is counted with no real case.",
  })
  exercise!: boolean;
  @Field(() => String)
  title!: string;
  @Field(() => String)
  summary!: string;
  @Field(() => [String], { description: "Good practice, shortcomings, what to do another time." })
  lessons!: string[];
  @Field(() => Int, { nullable: true, description: "Number of the COLEP meeting that it is for." })
  meeting!: number | null;
  @Field(() => Marking)
  marking!: Marking;
  @Field(() => String, { nullable: true, description: "What handling code H3 means here." })
  handlingNote!: string | null;
  @Field(() => StudyStateEnum)
  state!: StudyState;
  @Field(() => DateTimeScalar, { nullable: true })
  sharedAt!: Date | null;
  @Field(() => StudyAudience, {
    nullable: true,
    description: "For its owner's people; null for others.",
  })
  sharedWith!: StudyAudience | null;
  @Field(() => Int, {
    nullable: true,
    description: "For its owner's people: send it back to be told of a conflict.",
  })
  revision!: number | null;
}

export const { Edge: CaseStudyEdge, Connection: CaseStudyConnection } = connectionOf(
  "CaseStudy",
  CaseStudy,
);

@ObjectType()
export class CaseStudyPayload {
  @Field(() => CaseStudy, { nullable: true, description: "Null where nothing was done." })
  caseStudy!: CaseStudy | null;
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}
