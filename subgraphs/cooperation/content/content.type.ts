import { Field, ID, Int, ObjectType } from "type-graphql";
import { Evaluation } from "../../../shared/graphql/evaluation";
import { Marking } from "../../../shared/graphql/marking";
import { DateScalar, DateTimeScalar } from "../../../shared/graphql/scalars";
import { MADE_OF, type Sensitive } from "../../../shared/graphql/shield";
import type { RequestPart } from "../../../shared/policy/requests";
import { Partner } from "../requests/reference";
import * as enums from "../requests/request.enums";
import type {
  CrimeArea,
  Met,
  RefusalGround,
  RefusalScope,
  UrgencyGround,
} from "../requests/request.words";
import type { Action } from "../requests/transition.rules";

/** What the parties write. Each piece says whose it is (`[MADE_OF]`) and is judged by itself. */
abstract class Content implements Sensitive {
  readonly [MADE_OF]!: readonly RequestPart[];
}

@ObjectType({ description: "What is asked, as it was submitted last." })
export class RequestContent extends Content {
  @Field(() => String)
  subject!: string;
  @Field(() => String)
  informationSought!: string;
  @Field(() => String)
  purpose!: string;
  @Field(() => [enums.CrimeAreaEnum])
  crimeAreas!: readonly CrimeArea[];
  @Field(() => String, { nullable: true })
  underlyingOffence!: string | null;
  @Field(() => String, { nullable: true })
  factsSummary!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Objective reasons to believe that it is available there.",
  })
  availabilityGrounds!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "How purpose and what is asked about hang together.",
  })
  linkToEntity!: string | null;
  @Field(() => String, { nullable: true })
  useRestrictions!: string | null;
  @Field(() => enums.UrgencyGroundEnum, { nullable: true })
  urgencyGround!: UrgencyGround | null;
  @Field(() => String, { nullable: true })
  urgencyReason!: string | null;
  @Field(() => Marking)
  marking!: Marking;
  @Field(() => String, { nullable: true })
  handlingNote!: string | null;
  @Field(() => Evaluation, { nullable: true })
  evaluation!: Evaluation | null;
}

@ObjectType({ description: "Words that go with a move: a question, a clarification, a reason." })
export class RequestNote extends Content {
  @Field(() => enums.ActionEnum)
  action!: Action;
  @Field(() => Partner)
  by!: Partner;
  @Field(() => DateTimeScalar)
  at!: Date;
  @Field(() => String)
  text!: string;
}

@ObjectType()
export class Refusal {
  @Field(() => enums.RefusalGroundEnum)
  ground!: RefusalGround;
  @Field(() => enums.RefusalScopeEnum)
  scope!: RefusalScope;
  @Field(() => String, { nullable: true })
  explanation!: string | null;
}

@ObjectType({
  description: "One part of the answer, or the refusal of one. Its marking travels with it.",
})
export class RequestAnswer extends Content {
  @Field(() => Int)
  part!: number;
  @Field(() => String, {
    nullable: true,
    description: "Null where this is a refusal and nothing else.",
  })
  content!: string | null;
  @Field(() => Refusal, { nullable: true })
  refusal!: Refusal | null;
  @Field(() => Marking)
  marking!: Marking;
  @Field(() => String, { nullable: true })
  handlingNote!: string | null;
  @Field(() => Evaluation, { nullable: true })
  evaluation!: Evaluation | null;
  @Field(() => Boolean, { description: "Whether its originator lets it be used as evidence." })
  usableAsEvidence!: boolean;
  @Field(() => DateTimeScalar)
  at!: Date;
}

@ObjectType({ description: "What the requester says of the answer." })
export class RequestFeedback extends Content {
  @Field(() => enums.MetEnum)
  met!: Met;
  @Field(() => String, { nullable: true })
  comment!: string | null;
  @Field(() => DateTimeScalar)
  at!: Date;
}

@ObjectType({
  description:
    "Figures that the requested party offers to open. It opens nothing until it is accepted.",
})
export class ProposedGrant extends Content {
  @Field(() => [String])
  indicators!: readonly string[];
  @Field(() => [String], { description: "Dimensions that may be seen together; none = totals." })
  detail!: readonly string[];
  @Field(() => DateScalar, { nullable: true, description: "First day of data covered." })
  dataFrom!: string | null;
  @Field(() => DateScalar, { nullable: true, description: "First day of data no longer covered." })
  dataUntil!: string | null;
  @Field(() => String, { description: "NONE, SUPPRESSION or CONTROLLED_ROUNDING." })
  disclosureControl!: string;
  @Field(() => Int)
  embargoDays!: number;
  @Field(() => DateTimeScalar, { nullable: true })
  validUntil!: Date | null;
  @Field(() => Boolean, { description: "Whether a second person of its owner stands by it." })
  confirmed!: boolean;
  @Field(() => ID, { nullable: true, description: "The agreement that accepting it has made." })
  agreement!: string | null;
}

@ObjectType({
  description:
    "A party asks the originator whether something it received may go on to a third partner.",
})
export class Redissemination extends Content {
  @Field(() => ID)
  id!: string;
  @Field(() => Partner)
  originator!: Partner;
  @Field(() => Partner)
  askedBy!: Partner;
  @Field(() => Partner)
  recipient!: Partner;
  @Field(() => String)
  purpose!: string;
  @Field(() => DateTimeScalar)
  askedAt!: Date;
  @Field(() => Boolean, { nullable: true, description: "Null until the originator has answered." })
  consented!: boolean | null;
  @Field(() => String, { nullable: true })
  note!: string | null;
  @Field(() => DateTimeScalar, { nullable: true })
  answeredAt!: Date | null;
}
