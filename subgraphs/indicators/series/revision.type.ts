import { Field, Int, ObjectType } from "type-graphql";
import { DateTimeScalar, PeriodCode } from "../../../shared/graphql/scalars";
import { MADE_OF, type Sensitive } from "../../../shared/graphql/shield";
import type { Statistic } from "../../../shared/policy/decide";
import { ValueStatus } from "./series.type";

@ObjectType({
  description:
    "A figure as one released version had it, judged by your rights of now and under the same disclosure control. A change of concept shows as the status BREAK or DEFINITION_DIFFERS with the reason.",
})
export class Revision implements Sensitive {
  readonly [MADE_OF]!: readonly Statistic[];
  @Field(() => PeriodCode)
  period!: string;
  @Field(() => Int)
  version!: number;
  @Field(() => Int, { nullable: true })
  value!: number | null;
  @Field(() => ValueStatus)
  status!: ValueStatus;
  @Field(() => DateTimeScalar, {
    description: "When it was released: `asOf` gives it from then on.",
  })
  from!: Date;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When the next version took its place; null = it stands.",
  })
  until!: Date | null;
  @Field(() => String, {
    nullable: true,
    description: "Why this version followed the one before; null for the first.",
  })
  reason!: string | null;
}
