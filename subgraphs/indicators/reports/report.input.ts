import { Field, ID, InputType, Int } from "type-graphql";
import { DimensionName, PeriodCode } from "../../../shared/graphql/scalars";
import { ValueStatus } from "../series/series.type";

@InputType({ description: "One dimension of a figure's key." })
export class FigureKeyInput {
  @Field(() => DimensionName)
  dimension!: string;
  @Field(() => String, {
    description: "A code of the dimension's list: `AFG`, `F`, `LAND`; `_U` where it is unknown.",
  })
  code!: string;
}

@InputType({ description: "One figure: the total, or a part by one or more dimensions." })
export class FigureInput {
  @Field(() => [FigureKeyInput], { defaultValue: [], description: "None for the total." })
  key!: FigureKeyInput[];
  @Field(() => Int, {
    nullable: true,
    description: "Null where there is none: then the status says why. Never for zero.",
  })
  value?: number | null;
  @Field(() => ValueStatus, {
    nullable: true,
    description: "REPORTED where left out and there is a value.",
  })
  status?: ValueStatus | null;
}

@InputType({ description: "What your country reports of one indicator for a quarter or a year." })
export class SubmitQuarterlyReportInput {
  @Field(() => ID)
  indicator!: string;
  @Field(() => PeriodCode, { description: "A quarter, `2015-Q3`, or a year, `2015`." })
  period!: string;
  @Field(() => [FigureInput])
  figures!: FigureInput[];
  @Field(() => Int, {
    nullable: true,
    description: "The released version that this one amends; left out for a first report.",
  })
  baseVersion?: number | null;
  @Field(() => String, {
    nullable: true,
    description: "Why there is another version; required from the second on.",
  })
  reason?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Required where validation warns: what you have to say to it.",
  })
  comment?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "How it was counted, where that differs from the definition.",
  })
  methodNote?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The day up to which the figures were known, `2015-11-05`.",
  })
  dataAsOf?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The same key with the same input does it once.",
  })
  idempotencyKey?: string | null;
}

@InputType()
export class ReportActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => String, {
    nullable: true,
    description: "The same key with the same input does it once.",
  })
  idempotencyKey?: string | null;
}

@InputType()
export class ReturnQuarterlyReportInput extends ReportActInput {
  @Field(() => [String], { description: "What has to be mended, one reason each." })
  reasons!: string[];
}
