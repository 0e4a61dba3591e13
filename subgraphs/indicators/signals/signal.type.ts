import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { asEnum } from "../../../shared/graphql/enums";
import { Marking } from "../../../shared/graphql/marking";
import { PageInfo } from "../../../shared/graphql/page-info";
import { DateTimeScalar, PeriodCode } from "../../../shared/graphql/scalars";
import { CELLS, MADE_OF, type Sensitive } from "../../../shared/graphql/shield";
import { UserError } from "../../../shared/graphql/user-error";
import type { AlertMessage } from "../../../shared/policy/addressed";
import type { Statistic } from "../../../shared/policy/decide";
import { Country } from "../catalogue/country.reference";
import { Indicator } from "../catalogue/indicator.type";
import { Citizenship } from "../series/series.type";

export const SIGNAL_KINDS = ["RISE", "REPORTING_GAP"] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];
export const SignalKindEnum = asEnum(SIGNAL_KINDS);
registerEnumType(SignalKindEnum, {
  name: "SignalKind",
  description: "What a series gives reason to look at.",
  valuesConfig: {
    RISE: { description: "Above the limit that its own earlier years set." },
    REPORTING_GAP: { description: "Zero or not reported where every year before had ten or more." },
  },
});

export const SIGNAL_STATES = [
  "NEW",
  "UNDER_REVIEW",
  "PROMOTED",
  "DISMISSED",
  "INSUFFICIENT_HISTORY",
] as const;
export type SignalState = (typeof SIGNAL_STATES)[number];
export const SignalStateEnum = asEnum(SIGNAL_STATES);
registerEnumType(SignalStateEnum, {
  name: "SignalState",
  description: "What your own partner has made of it; what others make of theirs is not told.",
  valuesConfig: {
    NEW: { description: "Nobody of yours has taken it up." },
    UNDER_REVIEW: { description: "Somebody of yours is looking into it." },
    PROMOTED: { description: "Somebody of yours has drafted an alert of it." },
    DISMISSED: { description: "Somebody of yours has found that it is none, and said why." },
    INSUFFICIENT_HISTORY: {
      description: "No signal: too few earlier quarters are shown to you to judge by.",
    },
  },
});

/** The message that was drafted of a signal, which is its author's partner's own; the alerts subgraph has the rest. */
@ObjectType("Alert")
@Directive('@key(fields: "identifier", resolvable: false)')
export class Alert implements Sensitive {
  readonly [MADE_OF]!: readonly AlertMessage[];
  @Field(() => ID)
  identifier!: string;
}

@ObjectType({
  description:
    'A quarter of a series that stands out from its own earlier years, computed for you from nothing but the figures that you are shown. It says "look": a rise may be more detection, and no signal becomes an alert by itself.',
})
export class Signal implements Sensitive {
  readonly [MADE_OF]!: readonly Statistic[];
  readonly [CELLS]!: readonly number[];
  @Field(() => ID)
  id!: string;
  @Field(() => SignalKindEnum, {
    nullable: true,
    description: "Null where the history does not suffice.",
  })
  kind!: SignalKind | null;
  @Field(() => Country)
  reporter!: Country;
  @Field(() => Indicator)
  indicator!: Indicator;
  @Field(() => Citizenship, { nullable: true, description: "Null for the total." })
  citizenship!: Citizenship | null;
  @Field(() => PeriodCode)
  period!: string;
  @Field(() => Int, {
    nullable: true,
    description: "In the indicator's unit; null where nothing was reported.",
  })
  observed!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "Mean of the same quarter in the years before.",
  })
  expected!: number | null;
  @Field(() => Float, { nullable: true, description: "Quasi-Poisson, one-sided 0.5 %." })
  upperLimit!: number | null;
  @Field(() => Float, { nullable: true, description: "0 at what was expected, 1 at the limit." })
  score!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "Variance as a multiple of the mean, 1 or more.",
  })
  dispersion!: number | null;
  @Field(() => Int, { description: "Earlier quarters that it rests on, of the twenty before." })
  historyQuarters!: number;
  @Field(() => SignalStateEnum)
  state!: SignalState;
  @Field(() => String, { nullable: true, description: "Why somebody of yours dismissed it." })
  reason!: string | null;
  @Field(() => String, { nullable: true, description: "Who of yours acted on it last." })
  decidedBy!: string | null;
  @Field(() => DateTimeScalar, { nullable: true })
  decidedAt!: Date | null;
  @Field(() => Alert, { nullable: true, description: "What was drafted of it." })
  alert!: Alert | null;
  @Field(() => Marking, {
    nullable: true,
    description: "That of its series. Null of your own data.",
  })
  marking!: Marking | null;
}

@ObjectType()
export class SignalEdge {
  @Field(() => String)
  cursor!: string;
  @Field(() => Signal)
  node!: Signal;
}

/** It holds all the series that were looked at, so that the log has them whatever of it is asked for. */
@ObjectType({ description: "Signals, the one that stands out most first." })
export class SignalConnection implements Sensitive {
  readonly [MADE_OF]!: readonly Statistic[];
  readonly [CELLS]!: readonly number[];
  @Field(() => [Signal])
  nodes!: readonly Signal[];
  @Field(() => [SignalEdge])
  edges!: readonly SignalEdge[];
  @Field(() => PageInfo)
  pageInfo!: PageInfo;
  @Field(() => Int)
  totalCount!: number;
  @Field(() => Int, {
    description:
      "Quarters of series that were tested: all that you are shown and whose history suffices, whatever you filter.",
  })
  tested!: number;
  @Field(() => Int, {
    description:
      "Quarters of series that you are shown and that could not be tested for want of history.",
  })
  insufficientHistory!: number;
  @Field(() => String, { description: "How it was computed." })
  method!: string;
}

@ObjectType({ description: "The signal as you may see it now; null where nothing was done." })
export class SignalPayload {
  @Field(() => Signal, { nullable: true })
  signal!: Signal | null;
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}
