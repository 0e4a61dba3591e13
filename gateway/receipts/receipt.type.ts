import { GraphQLJSONObject } from "graphql-scalars";
import { Field, ID, InputType, ObjectType } from "type-graphql";

@InputType()
export class VerifyReceiptInput {
  @Field(() => String, { description: "`extensions.receipt` of the answer." })
  receipt!: string;
  @Field(() => String, { description: "The document that was asked, to the letter." })
  query!: string;
  @Field(() => GraphQLJSONObject, { nullable: true })
  variables?: Record<string, unknown> | null;
  @Field(() => String, { nullable: true })
  operationName?: string | null;
}

@ObjectType({ description: "A receipt, read and asked again with the rights and the data of now." })
export class ReceiptVerification {
  @Field(() => Boolean, {
    description: "Whether this exchange issued it, to your partner, for this operation.",
  })
  valid!: boolean;
  @Field(() => Boolean, {
    description: "Whether the same question has the same answer now; false where it is not valid.",
  })
  sameResult!: boolean;
  @Field(() => Boolean, {
    description: "Whether the releases it rested on are those that are read now.",
  })
  sameData!: boolean;
  @Field(() => Boolean, {
    description: "Whether the same agreements, in the same versions, open it now.",
  })
  sameAgreements!: boolean;
  @Field(() => String, { nullable: true, description: "When it was issued." })
  issuedAt!: string | null;
  @Field(() => ID, { nullable: true, description: "Of the answer it was issued with." })
  requestId!: string | null;
  @Field(() => String)
  message!: string;
}
