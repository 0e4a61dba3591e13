import { Directive, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { asEnum } from "../../../shared/graphql/enums";

export const PERFORMANCE_REASONS = ["YEAR_NOT_OVER", "TOO_FEW"] as const;
export type PerformanceReason = (typeof PERFORMANCE_REASONS)[number];
const PerformanceReasonEnum = asEnum(PERFORMANCE_REASONS);
registerEnumType(PerformanceReasonEnum, {
  name: "PerformanceReason",
  valuesConfig: {
    YEAR_NOT_OVER: {
      description: "Only years that are over have figures, so that none of them ever changes.",
    },
    TOO_FEW: {
      description:
        "Too few requests, or too few partners in them, to be told without telling of one.",
    },
  },
});

@ObjectType({
  description:
    "Requests answered or refused in a year, over all partners. Null with a reason unless at least ten, of three requesting and three requested partners, five of them without any one partner.",
})
export class CooperationPerformance {
  @Field(() => Int)
  year!: number;
  @Field(() => Int, { nullable: true })
  concluded!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: "Half of them took no longer; clocks that stood still not counted.",
  })
  medianHours!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: "Of those with a service level; null for fewer than ten of them.",
  })
  onTimePercent!: number | null;
  @Field(() => PerformanceReasonEnum, { nullable: true })
  reason!: PerformanceReason | null;
}

/** What this subgraph knows of a neighbour's entity: its year. */
@ObjectType("AnnualAnalysis")
@Directive('@key(fields: "year")')
export class AnnualAnalysis {
  @Field(() => Int)
  year!: number;
}
