import { Field, ID, InputType, Int } from "type-graphql";
import { DateTimeScalar, DimensionName, PeriodCode } from "../../../shared/graphql/scalars";
import type { Control } from "../../../shared/policy/terms";
import * as enums from "../requests/request.enums";
import { Keyed, Marked } from "../requests/request.input";
import type { RefusalGround } from "../requests/request.words";

@InputType({
  description: "Totals, or more, of your own figures that you offer to open to the requester.",
})
export class ProposedGrantInput {
  @Field(() => [ID])
  indicators!: string[];
  @Field(() => [DimensionName], {
    defaultValue: [],
    description: "Dimensions that may be seen together; none = totals.",
  })
  detail!: string[];
  @Field(() => PeriodCode, { nullable: true, description: "First period of data covered." })
  periodsFrom?: string | null;
  @Field(() => PeriodCode, { nullable: true, description: "Last period of data covered." })
  periodsTo?: string | null;
  @Field(() => String, {
    defaultValue: "SUPPRESSION",
    description: "NONE, SUPPRESSION or CONTROLLED_ROUNDING.",
  })
  disclosureControl!: Control;
  @Field(() => Int, { defaultValue: 0, description: "Days after release, 0 to 3650." })
  embargoDays!: number;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "First instant at which it no longer holds.",
  })
  validUntil?: string | null;
}

@InputType({
  description: "Of the closed list. Only the part that the ground applies to is refused.",
})
export class RefusedPartInput {
  @Field(() => enums.RefusalGroundEnum, { nullable: true, description: "Required." })
  ground?: RefusalGround | null;
  @Field(() => String, { nullable: true })
  explanation?: string | null;
}

@InputType()
export class AnswerInput extends Marked {
  @Field(() => ID)
  reference!: string;
  @Field(() => Int, {
    description: "The `revision` that you have read: whoever moved since makes it a conflict.",
  })
  revision!: number;
  @Field(() => String)
  content!: string;
  @Field(() => Boolean, { defaultValue: false, description: "More is to come: the clock runs on." })
  partial!: boolean;
  @Field(() => RefusedPartInput, {
    nullable: true,
    description: "The rest is refused, and this is the last word.",
  })
  refusedPart?: RefusedPartInput | null;
  @Field(() => Boolean, { defaultValue: false })
  usableAsEvidence!: boolean;
  @Field(() => ProposedGrantInput, { nullable: true, description: "One for each request." })
  proposedGrant?: ProposedGrantInput | null;
}

@InputType({ description: "The whole, or after partial answers the rest." })
export class RefuseInput extends RefusedPartInput {
  @Field(() => ID)
  reference!: string;
  @Field(() => Int, {
    description: "The `revision` that you have read: whoever moved since makes it a conflict.",
  })
  revision!: number;
  @Field(() => String, {
    nullable: true,
    description: "The same key with the same input happens once.",
  })
  idempotencyKey?: string | null;
}

@InputType()
export class RequestRedisseminationInput extends Keyed {
  @Field(() => ID)
  reference!: string;
  @Field(() => ID, { description: "The partner that it should go on to." })
  recipient!: string;
  @Field(() => String)
  purpose!: string;
}

@InputType()
export class AnswerRedisseminationInput extends Keyed {
  @Field(() => ID)
  id!: string;
  @Field(() => Boolean, { description: "To consent takes an approver." })
  consents!: boolean;
  @Field(() => String, { nullable: true })
  note?: string | null;
}
