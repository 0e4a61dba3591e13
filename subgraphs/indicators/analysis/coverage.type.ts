import { Field, Float, ObjectType, registerEnumType } from "type-graphql";
import { asEnum } from "../../../shared/graphql/enums";
import { PeriodCode } from "../../../shared/graphql/scalars";
import { Country } from "../catalogue/country.reference";
import { Indicator } from "../catalogue/indicator.type";
import { ValueStatus } from "../series/series.type";

export const COVERAGE_STATES = [
  "REPORTED",
  "PROVISIONAL",
  "LATE",
  "COVERED",
  "MISSING",
  "NOT_DUE",
] as const;
export type CoverageState = (typeof COVERAGE_STATES)[number];
export const CoverageStateEnum = asEnum(COVERAGE_STATES);
registerEnumType(CoverageStateEnum, {
  name: "CoverageState",
  description: "Whether a report is there.",
  valuesConfig: {
    REPORTED: { description: "Released in time." },
    PROVISIONAL: {
      description: "Released in time, and marked as provisional; told to whoever sees the figure.",
    },
    LATE: { description: "Released after it was due." },
    COVERED: {
      description:
        "Not by itself: a quarter within the year's report, or the year by its four quarters.",
    },
    MISSING: { description: "Due, and not released." },
    NOT_DUE: { description: "Not released, and not due yet." },
  },
});

@ObjectType({
  description:
    "Which reports of one country and indicator are there: the four quarters, then the year.",
})
export class CoverageRow {
  @Field(() => Country)
  reporter!: Country;
  @Field(() => Indicator)
  indicator!: Indicator;
  @Field(() => [PeriodCode])
  periods!: readonly string[];
  @Field(() => [CoverageStateEnum])
  states!: readonly CoverageState[];
}

@ObjectType({
  description:
    "How good the reports of one country and indicator are, over the year. Null = not known to you.",
})
export class QualityRow {
  @Field(() => Country)
  reporter!: Country;
  @Field(() => Indicator)
  indicator!: Indicator;
  @Field(() => Float, {
    nullable: true,
    description: "Mean days from the end of a period to its first release.",
  })
  timelinessDays!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "Mean days after the due date; negative = early.",
  })
  punctualityDays!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "Mean share of the catalogue's tables, 0 to 1.",
  })
  completeness!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "Mean share of unknown citizenship, 0 to 1; worth a look above 0.1.",
  })
  shareUnknown!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "Mean absolute revision, in the indicator's unit.",
  })
  meanAbsoluteRevision!: number | null;
}

@ObjectType({
  description: "Figures that are not comparable as they stand: another definition, or a break.",
})
export class DefinitionNote {
  @Field(() => Country)
  reporter!: Country;
  @Field(() => Indicator)
  indicator!: Indicator;
  @Field(() => PeriodCode)
  period!: string;
  @Field(() => ValueStatus, { description: "DEFINITION_DIFFERS or BREAK." })
  status!: ValueStatus;
}
