import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { PeriodCode } from "../../../shared/graphql/scalars";
import { UserError } from "../../../shared/graphql/user-error";
import type { Act } from "../agreements/agreement.rules";
import { ActEnum } from "../agreements/agreement.type";
import { ProposeAgreementInput } from "../agreements/proposal.input";
import { Partner } from "../partners/partner.type";

@InputType()
export class GroupChangeInput {
  @Field(() => ID)
  id!: string;
  @Field(() => [ID], { defaultValue: [] })
  add!: string[];
  @Field(() => [ID], { defaultValue: [] })
  remove!: string[];
}

@InputType({
  description:
    "An agreement's `id` and an `act` on it; or a `proposal` (with an `id`, as its amendment); or a `group`.",
})
export class PreviewAgreementInput {
  @Field(() => ID, { nullable: true })
  id?: string | null;
  @Field(() => ActEnum, { nullable: true })
  act?: Act | null;
  @Field(() => ProposeAgreementInput, { nullable: true })
  proposal?: ProposeAgreementInput | null;
  @Field(() => GroupChangeInput, { nullable: true })
  group?: GroupChangeInput | null;
}

@ObjectType({ description: "Counted over what you have released so far." })
export class AccessShare {
  @Field(() => Int)
  cells!: number;
  @Field(() => [ID])
  indicators!: string[];
  @Field(() => [PeriodCode])
  periods!: string[];
  @Field(() => [String], {
    description: "What is not figures: `PROFILE`, `CONTACT_DETAILS/FOCAL_PERSON`.",
  })
  others!: string[];
}

@ObjectType({ description: "What one partner would gain and lose of your data." })
export class AccessChange {
  @Field(() => Partner, { nullable: true })
  partner!: Partner | null;
  @Field(() => AccessShare)
  gains!: AccessShare;
  @Field(() => AccessShare)
  loses!: AccessShare;
  @Field(() => Int, { description: "Cells that it sees already and would see less protected." })
  lessProtected!: number;
  @Field(() => Int, {
    description:
      "Cells that it sees already and would see more protected, since beside what else it would see they would tell hidden numbers.",
  })
  moreProtected!: number;
}

@ObjectType({ description: "What would change for your own data. Nothing has been changed." })
export class AgreementPreview {
  @Field(() => [AccessChange])
  changes!: AccessChange[];
  @Field(() => [String], {
    description: "Where access would widen. Read them before a second person confirms.",
  })
  warnings!: string[];
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}
