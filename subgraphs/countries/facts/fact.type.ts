import { Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import { asEnum } from "../../../shared/graphql/enums";
import { CountryCode, DateScalar } from "../../../shared/graphql/scalars";
import { UserError } from "../../../shared/graphql/user-error";
import { KEY } from "../input.text";

export const MEMORANDUM_STATES = [
  "DRAFTED",
  "SUBMITTED_FOR_NATIONAL_APPROVAL",
  "SIGNED",
  "DECLINED",
  "SUSPENDED",
] as const;
export type MemorandumState = (typeof MEMORANDUM_STATES)[number];
export const MemorandumStateEnum = asEnum(MEMORANDUM_STATES);
registerEnumType(MemorandumStateEnum, {
  name: "MouState",
  description: "Of one country's approval of RELEC's memorandum. It opens nothing.",
});

@ObjectType({
  description: "A place where migrants are informed and advised, as a public document names it.",
})
export class MigrantResourceCentre {
  @Field(() => CountryCode)
  country!: string;
  @Field(() => String)
  city!: string;
  @Field(() => DateScalar)
  asOf!: string;
  @Field(() => String, { description: "Document and date." })
  source!: string;
}

@ObjectType({
  description: "Where a country's national approval of RELEC's memorandum stood on a day.",
})
export class MouStatus {
  @Field(() => MemorandumStateEnum)
  state!: MemorandumState;
  @Field(() => DateScalar)
  asOf!: string;
  @Field(() => String, { description: "Document and date." })
  source!: string;
}

@InputType({ description: "For your own country." })
export class RecordMouStatusInput {
  @Field(() => MemorandumStateEnum)
  state!: MemorandumState;
  @Field(() => String, { description: "A day, `2026-12-31`, not in the future." })
  asOf!: string;
  @Field(() => String, { description: "Document and date." })
  source!: string;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@ObjectType()
export class MouStatusPayload {
  @Field(() => [MouStatus], {
    nullable: true,
    description: "Your country's, oldest first; null where nothing was done.",
  })
  memorandum!: MouStatus[] | null;
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}
