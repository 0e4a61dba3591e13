import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { AccessReasonEnum } from "../../../shared/graphql/access-reason";
import { Dimension, type DimensionCode } from "../../../shared/graphql/dimension";
import { Marking } from "../../../shared/graphql/marking";
import { CountryCode, PeriodCode } from "../../../shared/graphql/scalars";
import { CELLS, MADE_OF, type Sensitive } from "../../../shared/graphql/shield";
import type { AccessReason, Statistic } from "../../../shared/policy/decide";
import { Country } from "../catalogue/country.reference";
import { Indicator, Source } from "../catalogue/indicator.type";

/** SDMX CL_OBS_STATUS in words, and what this exchange adds to it. */
export enum ValueStatus {
  REPORTED = "REPORTED",
  ESTIMATED = "ESTIMATED",
  PROVISIONAL = "PROVISIONAL",
  BREAK = "BREAK",
  DEFINITION_DIFFERS = "DEFINITION_DIFFERS",
  NOT_REPORTED = "NOT_REPORTED",
  NOT_APPLICABLE = "NOT_APPLICABLE",
  SUPPRESSED = "SUPPRESSED",
  WITHHELD = "WITHHELD",
  EMBARGOED = "EMBARGOED",
}
registerEnumType(ValueStatus, {
  name: "ValueStatus",
  description:
    "Why a value is what it is. Withheld, missing, suppressed and zero are four different things.",
  valuesConfig: {
    REPORTED: { description: "SDMX A: as reported." },
    ESTIMATED: {
      description:
        "SDMX E: estimated, or a lower bound because a part was suppressed by the source.",
    },
    PROVISIONAL: { description: "SDMX P." },
    BREAK: { description: "SDMX B: not comparable with the period before." },
    DEFINITION_DIFFERS: {
      description: "SDMX D: counted by another definition than the indicator's.",
    },
    NOT_REPORTED: {
      description: "SDMX L, O: exists but was not collected or not reported. Not zero.",
    },
    NOT_APPLICABLE: { description: "SDMX M: cannot exist." },
    SUPPRESSED: {
      description:
        "SDMX Q: hidden because it is small, or because it would let a hidden figure be computed.",
    },
    WITHHELD: {
      description: "The owner has not agreed to share it with you. It may or may not exist.",
    },
    EMBARGOED: { description: "Yours to see, but not yet." },
  },
});

@ObjectType({
  description:
    "A code of a breakdown with its name. Not always a country: `_U` is unknown, `_STL` stateless.",
})
export class Code {
  @Field(() => String)
  code!: string;
  @Field(() => String)
  name!: string;
}

@ObjectType({
  description: "A citizenship: a country, or one of the codes for what is not a country.",
})
export class Citizenship {
  @Field(() => CountryCode)
  code!: string;
  @Field(() => String)
  name!: string;
}

@ObjectType({ description: "Why (a part of) something is not shown to you." })
export class Withheld {
  @Field(() => AccessReasonEnum)
  reason!: AccessReason;
  @Field(() => String)
  message!: string;
}

@ObjectType({ description: "The code of one dimension of a series." })
export class BreakdownCode extends Code {
  @Field(() => Dimension)
  dimension!: DimensionCode;
}

@ObjectType({ description: "One cell." })
export class Observation {
  @Field(() => PeriodCode)
  period!: string;
  @Field(() => Int, {
    nullable: true,
    description: "In the indicator's unit; null unless the status says there is a value.",
  })
  value!: number | null;
  @Field(() => ValueStatus)
  status!: ValueStatus;
}

const NOT_BROKEN_DOWN =
  "Null where the series is not broken down by it, or the breakdown is withheld.";

/** Where a series stands in released tables, for what is read of it later. */
export const ADDRESS = Symbol("address");

@ObjectType({
  description: "One reporter × indicator × key over time, as columns of equal length.",
})
export class Series implements Sensitive {
  readonly [MADE_OF]!: readonly Statistic[];
  readonly [CELLS]!: readonly number[];
  readonly [ADDRESS]!: { readonly dimensions: readonly string[]; readonly key: string };
  @Field(() => Country)
  reporter!: Country;
  @Field(() => Indicator)
  indicator!: Indicator;
  @Field(() => Citizenship, { nullable: true, description: NOT_BROKEN_DOWN })
  citizenship!: Citizenship | null;
  @Field(() => Code, { nullable: true, description: NOT_BROKEN_DOWN })
  sex!: Code | null;
  @Field(() => Code, { nullable: true, description: NOT_BROKEN_DOWN })
  ageGroup!: Code | null;
  @Field(() => Code, { nullable: true, description: NOT_BROKEN_DOWN })
  borderType!: Code | null;
  @Field(() => [BreakdownCode], {
    description: "The whole key, every dimension of it; empty for a total.",
  })
  breakdown!: BreakdownCode[];
  @Field(() => [PeriodCode], { description: "Every period asked for, in order." })
  periods!: readonly string[];
  @Field(() => [Int], {
    nullable: "items",
    description: "In the indicator's unit; null where the status says so.",
  })
  values!: readonly (number | null)[];
  @Field(() => [ValueStatus])
  statuses!: readonly ValueStatus[];
  @Field(() => Withheld, {
    nullable: true,
    description: "Null when nothing of this series is withheld from you.",
  })
  withheld!: Withheld | null;
  @Field(() => Marking, {
    nullable: true,
    description:
      "How it may be used further: the strictest of the agreements that open it. Null of your own data.",
  })
  marking!: Marking | null;
  @Field(() => [Source], {
    description: "Whose figures these are: show the attribution beside them.",
  })
  sources!: Source[];
}

@ObjectType({ description: "A reporter that a regional total leaves out, and why." })
export class MissingReporter {
  @Field(() => CountryCode)
  code!: string;
  @Field(() => String)
  reason!: string;
}

@ObjectType({
  description:
    "The sum over those reporters of which you may see every period asked for; never of a withheld part.",
})
export class RegionalTotal implements Sensitive {
  readonly [MADE_OF]!: readonly Statistic[];
  readonly [CELLS]!: readonly number[];
  @Field(() => Indicator)
  indicator!: Indicator;
  @Field(() => [PeriodCode])
  periods!: readonly string[];
  @Field(() => [Int], { nullable: "items" })
  values!: readonly (number | null)[];
  @Field(() => [ValueStatus])
  statuses!: readonly ValueStatus[];
  @Field(() => [Country], { description: "Reporters in the sum, the same in every period." })
  included!: Country[];
  @Field(() => [MissingReporter])
  missing!: MissingReporter[];
  @Field(() => [Marking], { description: "Of each other owner in the sum: all of them bind it." })
  markings!: readonly Marking[];
}

@ObjectType({ description: "An indicator of one country, with the newest figure you may see." })
export class CountryIndicator implements Sensitive {
  readonly [MADE_OF]!: readonly Statistic[];
  readonly [CELLS]!: readonly number[];
  @Field(() => Indicator)
  indicator!: Indicator;
  @Field(() => Observation, { nullable: true })
  latest!: Observation;
}
