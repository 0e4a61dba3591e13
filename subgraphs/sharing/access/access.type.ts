import { Field, ID, ObjectType } from "type-graphql";
import { AccessReasonEnum } from "../../../shared/graphql/access-reason";
import type { AccessReason } from "../../../shared/policy/decide";

@ObjectType({
  description: "The agreement that decided, or came nearest to it; only ever one that names you.",
})
export class AgreementSummary {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  title!: string;
}

@ObjectType({ description: "Why you see something or not." })
export class AccessExplanation {
  @Field(() => Boolean)
  allowed!: boolean;
  @Field(() => AccessReasonEnum)
  reason!: AccessReason;
  @Field(() => String)
  message!: string;
  @Field(() => AgreementSummary, { nullable: true })
  agreement!: AgreementSummary | null;
}
