import { Field, Float, Int, ObjectType } from "type-graphql";
import { DateTimeScalar, PeriodCode } from "../../../shared/graphql/scalars";
import { Country } from "../catalogue/country.reference";
import { Source } from "../catalogue/indicator.type";
import { Code, ValueStatus } from "../series/series.type";

@ObjectType({
  description: "Detections at one border section, as one of its two states reports them.",
})
export class BorderRow {
  @Field(() => Code)
  section!: Code;
  @Field(() => Country)
  reporter!: Country;
  @Field(() => String, { description: "ENTRY or EXIT, as the reporter sees it." })
  direction!: string;
  @Field(() => [PeriodCode])
  periods!: readonly string[];
  @Field(() => [Int], { nullable: "items" })
  values!: readonly (number | null)[];
  @Field(() => [ValueStatus])
  statuses!: readonly ValueStatus[];
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Release of the newest figure in it.",
  })
  vintage!: Date | null;
  @Field(() => [Source])
  sources!: readonly Source[];
}

@ObjectType({
  description:
    "What one neighbour detects on entry beside what the other detects on exit. They differ as a rule, and neither is the true one.",
})
export class MirrorComparison {
  @Field(() => Code)
  section!: Code;
  @Field(() => PeriodCode)
  period!: string;
  @Field(() => Country, { description: "Whose entries." })
  into!: Country;
  @Field(() => Country, { description: "Whose exits." })
  from!: Country;
  @Field(() => Int)
  entries!: number;
  @Field(() => Int)
  exits!: number;
  @Field(() => Float, { description: "ln((entries + ½) / (exits + ½))." })
  logRatio!: number;
  @Field(() => Boolean, {
    description:
      "More than double the other for the second quarter running, in the same sense: worth asking.",
  })
  flagged!: boolean;
  @Field(() => DateTimeScalar, { nullable: true, description: "Release of the newer of the two." })
  vintage!: Date | null;
  @Field(() => [Source])
  sources!: readonly Source[];
}
