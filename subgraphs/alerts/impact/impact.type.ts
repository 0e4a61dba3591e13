import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { asEnum } from "../../../shared/graphql/enums";
import { DateTimeScalar, PeriodCode } from "../../../shared/graphql/scalars";
import { MADE_OF, type Sensitive } from "../../../shared/graphql/shield";
import { UserError } from "../../../shared/graphql/user-error";
import type { AlertMessage } from "../../../shared/policy/addressed";
import { Partner } from "../messages/reference";

export const IMPACT_LEVELS = ["LOW", "MEDIUM", "HIGH", "CRITICAL"] as const;
export type ImpactLevel = (typeof IMPACT_LEVELS)[number];
export const ImpactLevelEnum = asEnum(IMPACT_LEVELS);
registerEnumType(ImpactLevelEnum, {
  name: "ImpactLevel",
  description:
    "Of a border section in a period (Regulation (EU) 2019/1896 Art. 34): insignificant, moderate, significant; CRITICAL is decisive and only for a time. Not the severity of an event.",
});

@ObjectType()
export class BorderSection {
  @Field(() => ID)
  code!: string;
  @Field(() => String)
  name!: string;
  @Field(() => [ID])
  states!: readonly string[];
}

/** `[MADE_OF]`: its state's own; the proposer's; and once agreed, of those to whom the state's agreements open something. */
@ObjectType({
  description: "The impact level of one state's side of a border section in a period.",
})
export class ImpactAssignment implements Sensitive {
  readonly [MADE_OF]!: readonly AlertMessage[];
  @Field(() => ID)
  id!: string;
  @Field(() => BorderSection)
  section!: BorderSection;
  @Field(() => Partner, {
    description: "The state concerned: it agrees, or the level stays what it was.",
  })
  state!: Partner;
  @Field(() => PeriodCode)
  period!: string;
  @Field(() => ImpactLevelEnum)
  level!: ImpactLevel;
  @Field(() => DateTimeScalar, { nullable: true, description: "CRITICAL holds until then." })
  until!: Date | null;
  @Field(() => Partner)
  proposedBy!: Partner;
  @Field(() => DateTimeScalar)
  proposedAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "Null while it is a proposal." })
  agreedAt!: Date | null;
}

@ObjectType()
export class ImpactPayload {
  @Field(() => ImpactAssignment, { nullable: true })
  impactLevel!: ImpactAssignment | null;
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

const KEY = "The same key with the same input happens once and is answered the same again.";

@InputType()
export class ProposeImpactInput {
  @Field(() => ID, { description: "A section, `IRN-TUR`." })
  section!: string;
  @Field(() => ID, { description: "One of its two states." })
  state!: string;
  @Field(() => PeriodCode)
  period!: string;
  @Field(() => ImpactLevelEnum)
  level!: ImpactLevel;
  @Field(() => DateTimeScalar, { nullable: true, description: "For CRITICAL, and only there." })
  until?: string | null;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType()
export class AgreeImpactInput {
  @Field(() => ID)
  id!: string;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}
