import { Field, ID, InputType, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../../shared/graphql/scalars";
import { UserError } from "../../../shared/graphql/user-error";
import { Partner } from "./partner.type";

@ObjectType({
  description: "A member of a group; counts from the moment a second person has confirmed it.",
})
export class GroupMember {
  @Field(() => Partner, { nullable: true })
  partner!: Partner | null;
  @Field(() => String, { description: "Who added it." })
  addedBy!: string;
  @Field(() => DateTimeScalar)
  addedAt!: Date;
  @Field(() => String, {
    nullable: true,
    description: "Who confirmed it; null = not a member yet.",
  })
  confirmedBy!: string | null;
  @Field(() => DateTimeScalar, { nullable: true })
  confirmedAt!: Date | null;
}

@ObjectType({
  description:
    "A named list of recipients that one owner keeps, for its own data only. Others see of it its id, where an agreement that names it opens something to them.",
})
export class PartnerGroup {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  name!: string;
  @Field(() => [GroupMember])
  members!: GroupMember[];
}

@ObjectType()
export class PartnerGroupPayload {
  @Field(() => PartnerGroup, { nullable: true })
  group!: PartnerGroup | null;
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@InputType()
export class ChangePartnerGroupInput {
  @Field(() => ID, { description: "Capital letters, digits and _; a new one makes the group." })
  id!: string;
  @Field(() => String, { nullable: true, description: "Required for a new group." })
  name?: string | null;
  @Field(() => [ID], {
    defaultValue: [],
    description: "Partners to add; added again by a second person they are confirmed.",
  })
  add!: string[];
  @Field(() => [ID], {
    defaultValue: [],
    description: "Partners to remove. Holds from the next request on.",
  })
  remove!: string[];
  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}
