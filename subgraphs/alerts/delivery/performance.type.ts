import { Directive, Field, Float, Int, ObjectType } from "type-graphql";
import { MADE_OF, type Sensitive } from "../../../shared/graphql/shield";
import type { AlertMessage } from "../../../shared/policy/addressed";

@ObjectType({
  description:
    "What became of the messages of a year that you have sent or that were addressed to you. Exercises and tests are not counted; fewer than `threshold` messages are told as null, since a share of few names one of them.",
})
export class AlertPerformance implements Sensitive {
  readonly [MADE_OF]!: readonly AlertMessage[];
  @Field(() => Int)
  threshold!: number;
  @Field(() => Int, { nullable: true })
  messages!: number | null;
  @Field(() => Int, { nullable: true })
  alerts!: number | null;
  @Field(() => Int, { nullable: true })
  updates!: number | null;
  @Field(() => Int, { nullable: true })
  cancellations!: number | null;
  @Field(() => Int, {
    nullable: true,
    description:
      "Deliveries that have been acknowledged or should have been by now; yours alone of others' messages.",
  })
  toAcknowledge!: number | null;
  @Field(() => Float, { nullable: true, description: "Of these, acknowledged in time, 0 to 1." })
  onTimeShare!: number | null;
  @Field(() => Float, { nullable: true, description: "From release to acknowledgement." })
  medianMinutes!: number | null;
}

/** What this subgraph knows of a neighbour's entity: its year. */
@ObjectType("AnnualAnalysis")
@Directive('@key(fields: "year")')
export class AnnualAnalysis {
  @Field(() => Int)
  year!: number;
}
