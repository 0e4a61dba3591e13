import { Field, ObjectType } from "type-graphql";
import { Marking, TlpEnum } from "../../../shared/graphql/marking";
import { CELLS, MADE_OF, type Sensitive } from "../../../shared/graphql/shield";
import type { Resource } from "../../../shared/policy/decide";
import type { Tlp } from "../../../shared/policy/terms";
import { Country } from "../catalogue/country.reference";
import { BorderRow, MirrorComparison } from "./border.type";
import { CoverageRow, DefinitionNote, QualityRow } from "./coverage.type";
import { IndicatorSection } from "./section.type";

@ObjectType({
  description:
    "The tables of an analysis, computed from one set of released tables: those that you may read, or those that owners have cleared.",
})
export class AnalysisContents implements Sensitive {
  readonly [MADE_OF]!: readonly Resource[];
  readonly [CELLS]!: readonly number[];
  @Field(() => [CoverageRow])
  coverage!: readonly CoverageRow[];
  @Field(() => [IndicatorSection])
  sections!: readonly IndicatorSection[];
  @Field(() => [BorderRow], { description: "By border section and direction, by quarter." })
  borders!: readonly BorderRow[];
  @Field(() => [MirrorComparison], {
    description: "Neighbours side by side, where both sides are shown.",
  })
  mirrors!: readonly MirrorComparison[];
  @Field(() => [QualityRow])
  quality!: readonly QualityRow[];
  @Field(() => [DefinitionNote])
  definitions!: readonly DefinitionNote[];
  @Field(() => [Country], {
    description: "Reporting countries of which nothing stands in it for you.",
  })
  leftOut!: readonly Country[];
  @Field(() => TlpEnum, {
    nullable: true,
    description: "The strictest of `markings`; null where it holds only your own data.",
  })
  tlp!: Tlp | null;
  @Field(() => [Marking], { description: "How each owner's figures may be used further." })
  markings!: readonly Marking[];
}
