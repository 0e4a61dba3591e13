import { Directive, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Dimension, type DimensionCode } from "../../../shared/graphql/dimension";
import { DateScalar } from "../../../shared/graphql/scalars";

export enum Unit {
  DETECTIONS = "DETECTIONS",
  PERSONS = "PERSONS",
  DECISIONS = "DECISIONS",
  REASONS = "REASONS",
  DOCUMENTS = "DOCUMENTS",
}
registerEnumType(Unit, {
  name: "Unit",
  description:
    "What is counted. Figures of different units are never added; detections are events, not people.",
});

export enum CountsNationalsOf {
  ALIENS_ONLY = "ALIENS_ONLY",
  ANY_NATIONALITY = "ANY_NATIONALITY",
}
registerEnumType(CountsNationalsOf, {
  name: "CountsNationalsOf",
  description: "Whose nationals an indicator counts.",
});

@ObjectType({ description: "A table in which an indicator may be reported beyond its total." })
export class Cube {
  @Field(() => ID)
  id!: string;
  @Field(() => [Dimension])
  dimensions!: DimensionCode[];
  @Field(() => Unit, {
    description: "May differ from the indicator's own unit, e.g. refusals counted in reasons.",
  })
  unit!: Unit;
}

@ObjectType({
  description:
    "Where published figures come from. Show the attribution wherever a figure is shown.",
})
export class Source {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  publisher!: string;
  @Field(() => String)
  title!: string;
  @Field(() => String)
  licence!: string;
  @Field(() => String)
  attribution!: string;
}

@ObjectType({
  description:
    "An entry of the versioned catalogue: data, not an enumeration. Definitions follow Frontex's FRAN; that RELEC's six are these is an evidence-based assumption.",
})
@Directive('@key(fields: "code")')
export class Indicator {
  @Field(() => ID, { description: "`IBC`, `FAC`, `IST`, `REF`, `ASY`, `DOC`, `THB`, `RET`." })
  code!: string;
  @Field(() => Int, { nullable: true })
  version!: number;
  @Field(() => String, { nullable: true })
  name!: string;
  @Field(() => String, { nullable: true })
  definition!: string;
  @Field(() => Unit, { nullable: true })
  unit!: Unit;
  @Field(() => CountsNationalsOf, { nullable: true })
  countsNationalsOf!: CountsNationalsOf;
  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether a country of origin is kept from learning which of its own nationals are counted.",
  })
  protectsCitizens!: boolean;
  @Field(() => [Dimension], { nullable: true })
  dimensions!: DimensionCode[];
  @Field(() => [Cube], { nullable: true })
  cubes!: Cube[];
  @Field(() => String, {
    nullable: true,
    description: "Number in Frontex's FRAN, where there is one.",
  })
  franCode!: string | null;
  @Field(() => String, { nullable: true, description: "What to keep in mind when reading it." })
  caveat!: string;
  @Field(() => String, {
    nullable: true,
    description: "Document the definition comes from, with its date.",
  })
  source!: string;
  @Field(() => Boolean, { nullable: true, description: "Whether it is one of the default six." })
  inDefaultSet!: boolean;
  @Field(() => DateScalar, { nullable: true })
  validFrom!: string;
}

@ObjectType({ description: "A named, versioned choice of indicators." })
export class IndicatorSet {
  @Field(() => ID)
  code!: string;
  @Field(() => Int)
  version!: number;
  @Field(() => String)
  name!: string;
  @Field(() => [Indicator])
  indicators!: Indicator[];
  @Field(() => Int, { description: "Days after the end of a period by which its reports are due." })
  dueDays!: number;
  @Field(() => String, { description: "What the choice rests on." })
  assumptionNote!: string;
  @Field(() => String)
  source!: string;
}
