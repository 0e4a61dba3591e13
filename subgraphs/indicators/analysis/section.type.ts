import { Field, Float, Int, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../../shared/graphql/scalars";
import { Country } from "../catalogue/country.reference";
import { Indicator, Source } from "../catalogue/indicator.type";
import { Citizenship, ValueStatus } from "../series/series.type";

@ObjectType({ description: "One citizenship among those of a reporter, for the year." })
export class CitizenshipRow {
  @Field(() => Citizenship)
  citizenship!: Citizenship;
  @Field(() => Int, { description: "In the indicator's unit." })
  value!: number;
  @Field(() => Float, { nullable: true, description: "Of the reporter's total, 0 to 1." })
  share!: number | null;
  @Field(() => Int, { nullable: true, description: "The year before." })
  previous!: number | null;
  @Field(() => ValueStatus)
  previousStatus!: ValueStatus;
  @Field(() => Int, { nullable: true })
  change!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "Per cent of the year before; null on a base below 50.",
  })
  changePercent!: number | null;
}

@ObjectType({
  description: "The ten largest citizenships that are shown of a reporter, and the rest.",
})
export class TopTen {
  @Field(() => Country)
  reporter!: Country;
  @Field(() => [CitizenshipRow])
  rows!: readonly CitizenshipRow[];
  @Field(() => Int, { nullable: true, description: "The rest; null where a part of it is hidden." })
  others!: number | null;
  @Field(() => ValueStatus)
  othersStatus!: ValueStatus;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Release of the newest figure in it.",
  })
  vintage!: Date | null;
  @Field(() => [Source])
  sources!: readonly Source[];
}

@ObjectType({ description: "What one country reports of an indicator for the year." })
export class ReporterRow {
  @Field(() => Country)
  reporter!: Country;
  @Field(() => Int, {
    nullable: true,
    description:
      "As released for the year; else the sum of its four quarters, where each is shown.",
  })
  value!: number | null;
  @Field(() => ValueStatus)
  status!: ValueStatus;
  @Field(() => Int, { nullable: true, description: "The year before." })
  previous!: number | null;
  @Field(() => ValueStatus)
  previousStatus!: ValueStatus;
  @Field(() => Int, { nullable: true })
  change!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "Per cent of the year before; null on a base below 50.",
  })
  changePercent!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "Of the sum of the section, 0 to 1; null where it is not in it.",
  })
  share!: number | null;
  @Field(() => CitizenshipRow, {
    nullable: true,
    description: "The largest citizenship that is shown.",
  })
  highestShare!: CitizenshipRow | null;
  @Field(() => [Int], { nullable: "items" })
  quarters!: readonly (number | null)[];
  @Field(() => [ValueStatus])
  quarterStatuses!: readonly ValueStatus[];
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Release of the newest figure in it.",
  })
  vintage!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "The same of the year before." })
  previousVintage!: Date | null;
  @Field(() => [Source], { description: "Of both years." })
  sources!: readonly Source[];
}

@ObjectType({ description: "Of the same reporters in both years: those of which both are shown." })
export class SectionSum {
  @Field(() => Int, { nullable: true })
  value!: number | null;
  @Field(() => Int, { nullable: true })
  previous!: number | null;
  @Field(() => ValueStatus, {
    nullable: true,
    description: "The weakest of both years' parts: what it says of one of them holds of the sum.",
  })
  status!: ValueStatus | null;
  @Field(() => Int, { nullable: true })
  change!: number | null;
  @Field(() => Float, { nullable: true })
  changePercent!: number | null;
  @Field(() => [Country])
  included!: readonly Country[];
  @Field(() => [Country], {
    description: "Reporters of it that the sum leaves out, whatever the reason.",
  })
  leftOut!: readonly Country[];
}

@ObjectType({ description: "One indicator in its own unit. Detections are events, not people." })
export class IndicatorSection {
  @Field(() => Indicator)
  indicator!: Indicator;
  @Field(() => [ReporterRow])
  reporters!: readonly ReporterRow[];
  @Field(() => SectionSum)
  sum!: SectionSum;
  @Field(() => [TopTen])
  topTens!: readonly TopTen[];
}
