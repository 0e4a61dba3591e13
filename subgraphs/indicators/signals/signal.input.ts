import { Field, ID, InputType } from "type-graphql";
import { TlpEnum } from "../../../shared/graphql/marking";
import { DateTimeScalar } from "../../../shared/graphql/scalars";
import type { Tlp } from "../../../shared/policy/terms";

@InputType()
export class SignalActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => String, {
    nullable: true,
    description: "The same key with the same input does it once.",
  })
  idempotencyKey?: string | null;
}

@InputType()
export class DismissSignalInput extends SignalActInput {
  @Field(() => String, { description: "Why it is none: for your own people." })
  reason!: string;
}

@InputType()
export class PromoteSignalInput extends SignalActInput {
  @Field(() => [ID], {
    defaultValue: [],
    description:
      "Partners to address, where the series is your own. Another's is told to its owner alone.",
  })
  addresses!: string[];
  @Field(() => TlpEnum, {
    defaultValue: "AMBER",
    description: "Not wider than the marking of the series.",
  })
  tlp!: Tlp;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Until when it holds; a month where left out.",
  })
  expires?: string | null;
}
