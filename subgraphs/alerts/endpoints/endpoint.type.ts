import { Field, ID, InputType, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../../shared/graphql/scalars";
import { UserError } from "../../../shared/graphql/user-error";

@ObjectType({
  description:
    "Where your system is told that something has come. It is told ids, and fetches the rest.",
})
export class WebhookEndpoint {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  url!: string;
  @Field(() => Boolean, {
    description: "The alternate contact: told only what is not acknowledged in time.",
  })
  alternate!: boolean;
  @Field(() => DateTimeScalar)
  registeredAt!: Date;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Until then the secret before signs too.",
  })
  rotatingUntil!: Date | null;
}

@ObjectType("WebhookPayload")
export class EndpointPayload {
  @Field(() => WebhookEndpoint, { nullable: true })
  endpoint!: WebhookEndpoint | null;
  @Field(() => String, {
    nullable: true,
    description: "Shown this once: `whsec_…`, Standard Webhooks.",
  })
  secret!: string | null;
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

const KEY = "The same key with the same input happens once; the secret is not shown a second time.";

@InputType()
export class RegisterWebhookInput {
  @Field(() => String, { description: "https, on a host that the operator has allowed." })
  url!: string;
  @Field(() => Boolean, { defaultValue: false })
  alternate!: boolean;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType()
export class WebhookActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}
