import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import { PeriodCode } from "../../../shared/graphql/scalars";
import { Country } from "../catalogue/country.reference";
import { Indicator, IndicatorSet } from "../catalogue/indicator.type";
import type { Loaders } from "./loaders";
import { CountryIndicator } from "./series.type";

type Context = RequestContext<Loaders>;

@Resolver()
export class CatalogueResolver {
  @Query(() => [Indicator], {
    nullable: true,
    description: "The catalogue: the newest version of each indicator.",
  })
  indicators(@Ctx() { loaders }: Context): readonly Indicator[] {
    return loaders.catalogue.indicators;
  }

  @Query(() => [IndicatorSet], {
    nullable: true,
    description: "Named choices of six indicators and what they rest on.",
  })
  indicatorSets(@Ctx() { loaders: { catalogue } }: Context): IndicatorSet[] {
    return catalogue.sets.map((set) => ({
      ...set,
      indicators: set.indicators.flatMap((code) => catalogue.indicator(code) ?? []),
    }));
  }
}

/** What this subgraph adds to a country. */
@Resolver(() => Country)
export class CountryIndicatorsResolver {
  @FieldResolver(() => [CountryIndicator], {
    nullable: true,
    description:
      "Every indicator of this country with the newest total you may see in the span. Errors: BAD_USER_INPUT.",
  })
  async indicators(
    @Root() { code }: Country,
    @Ctx() { loaders }: Context,
    @Arg("from", () => PeriodCode) from: string,
    @Arg("to", () => PeriodCode) to: string,
  ): Promise<CountryIndicator[]> {
    loaders.understood.span(from, to); // here, and not in the batch: one wrong span must not fail its neighbours
    return loaders.latest.load({ country: code, from, to });
  }
}
