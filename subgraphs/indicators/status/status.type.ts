import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar, PeriodCode } from "../../../shared/graphql/scalars";
import { MADE_OF, type Sensitive } from "../../../shared/graphql/shield";
import type { Resource } from "../../../shared/policy/decide";
import { Country } from "../catalogue/country.reference";
import { Indicator } from "../catalogue/indicator.type";

export enum ReportingState {
  NOT_DUE = "NOT_DUE",
  OVERDUE = "OVERDUE",
  SUBMITTED = "SUBMITTED",
  RETURNED = "RETURNED",
  RELEASED = "RELEASED",
}
registerEnumType(ReportingState, {
  name: "ReportingState",
  description: "Where a country stands with one indicator and period.",
  valuesConfig: {
    NOT_DUE: { description: "Nothing is released, and nothing need be yet." },
    OVERDUE: { description: "Nothing is released, and the due date has passed." },
    SUBMITTED: {
      description: "Waits for its approver. Told to the country's own officers and approvers only.",
    },
    RETURNED: {
      description: "Sent back to be mended. Told to the country's own officers and approvers only.",
    },
    RELEASED: { description: "A version is released; who reads it, agreements say." },
  },
});

@ObjectType({
  description:
    "How a country reports one indicator for one period. That something was released, and when, is public; what is computed from figures follows their grant, and is null where you may not see them.",
})
export class ReportingStatus implements Sensitive {
  readonly [MADE_OF]!: readonly Resource[];
  @Field(() => Country)
  reporter!: Country;
  @Field(() => Indicator)
  indicator!: Indicator;
  @Field(() => PeriodCode)
  period!: string;
  @Field(() => ReportingState)
  state!: ReportingState;
  @Field(() => DateTimeScalar, { description: "What is released from then on is late." })
  dueAt!: Date;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "When the newest version was submitted. Told to the country's own officers and approvers only.",
  })
  submittedAt!: Date | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When the first version was released.",
  })
  releasedAt!: Date | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When the newest version was released.",
  })
  revisedAt!: Date | null;
  @Field(() => Int, { nullable: true, description: "The newest version." })
  version!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: "Days from the end of the period to the first release.",
  })
  timelinessDays!: number | null;
  @Field(() => Int, {
    nullable: true,
    description:
      "Days from the due date to the first release; negative = early. Of what is overdue: to now.",
  })
  punctualityDays!: number | null;
  @Field(() => Float, {
    nullable: true,
    description:
      "Share of the catalogue's tables of this indicator that the report has, 0 to 1. Null unless you may see each of them.",
  })
  completeness!: number | null;
  @Field(() => Float, {
    nullable: true,
    description:
      "Share of the total whose citizenship is unknown, 0 to 1; above 0.1 is worth a look.",
  })
  shareUnknown!: number | null;
  @Field(() => Float, {
    nullable: true,
    description:
      "Mean absolute change of the total from one version to the next, in the indicator's unit. Null with one version.",
  })
  meanAbsoluteRevision!: number | null;
}
