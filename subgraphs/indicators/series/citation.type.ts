import { Directive, Field, ID, ObjectType } from "type-graphql";
import { PeriodCode } from "../../../shared/graphql/scalars";
import { Indicator } from "../catalogue/indicator.type";
import { Series } from "./series.type";

/** All that this subgraph adds may be null: a message is not lost with the figures it cites. What another subgraph cites, as text: which figures, never a figure. No client can ask for the text: it names every reporter. */
@ObjectType({
  description: "Figures that a message cites, as you yourself may see them at this moment.",
})
@Directive('@key(fields: "id")')
export class CitedFigures {
  @Field(() => ID)
  @Directive("@inaccessible")
  id!: string;
  @Field(() => Indicator, { nullable: true })
  indicator!: Indicator;
  @Field(() => PeriodCode, { nullable: true })
  from!: string;
  @Field(() => PeriodCode, { nullable: true })
  to!: string;
  @Field(() => [Series], {
    nullable: true,
    description: "Totals of those reporters whose figures are open to you.",
  })
  series!: readonly Series[];
  @Field(() => String, {
    nullable: true,
    description:
      "That there is more, where two or more reporters have it; of a single one nothing is told.",
  })
  others!: string | null;
}
