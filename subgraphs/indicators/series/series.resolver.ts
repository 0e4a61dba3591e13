import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import { Dimension, type DimensionCode } from "../../../shared/graphql/dimension";
import { CountryCode, DateTimeScalar, instant, PeriodCode } from "../../../shared/graphql/scalars";
import { asksForAny } from "../../../shared/graphql/selection";
import { CELLS, foresee, MADE_OF, NOTHING_SHOWN } from "../../../shared/graphql/shield";
import type { Catalogue } from "../catalogue/catalogue";
import { Country } from "../catalogue/country.reference";
import { Source } from "../catalogue/indicator.type";
import type { Loaders } from "./loaders";
import { sumOf } from "./regional.rules";
import { revisionsIn } from "./revision.loader";
import { Revision } from "./revision.type";
import { loadPairs } from "./series.loader";
import { SENSITIVE_FIELDS } from "./series.policy";
import { type SeriesData, seriesOf } from "./series.rules";
import {
  ADDRESS,
  BreakdownCode,
  Citizenship,
  Code,
  Observation,
  RegionalTotal,
  Series,
} from "./series.type";

type Context = RequestContext<Loaders>;

@Resolver(() => Series)
export class SeriesResolver {
  @Query(() => [Series], {
    nullable: true,
    description:
      "Figures of several countries side by side: one series for each reporter × indicator × key, in the order asked. What you may not see is WITHHELD, never left out. Errors: BAD_USER_INPUT.",
  })
  async series(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("reporters", () => [CountryCode]) reporters: string[],
    @Arg("indicators", () => [ID]) indicators: string[],
    @Arg("from", () => PeriodCode, {
      description: "First period; a quarter gives quarterly figures, a year annual ones.",
    })
    from: string,
    @Arg("to", () => PeriodCode, { description: "Last period, included." }) to: string,
    @Arg("by", () => [Dimension], {
      nullable: true,
      description: "Dimensions to break down by; none gives the totals.",
    })
    by?: DimensionCode[] | null,
    @Arg("citizenships", () => [CountryCode], {
      nullable: true,
      description: "Narrows a breakdown by citizenship.",
    })
    citizenships?: string[] | null,
    @Arg("asOf", () => DateTimeScalar, {
      nullable: true,
      description: "The figures as they stood then; rights are those of now.",
    })
    asOf?: string | null,
  ): Promise<Series[]> {
    const { catalogue, understood } = context.loaders;
    const records = understood.indicators(indicators);
    const dimensions = understood.dimensions(by, records);
    const request = {
      reporters: understood.reporters(reporters),
      indicators: records,
      dimensions,
      citizenships: understood.citizenships(citizenships, dimensions),
      ...understood.span(from, to),
      asOf: asOf === null || asOf === undefined ? null : instant("asOf", asOf),
    };
    const pairs = await loadPairs(context, request);
    const series = pairs.flatMap((pair) =>
      seriesOf(pair, dimensions, request.citizenships).map((data) =>
        toSeries(data, dimensions, catalogue),
      ),
    );
    if (asksForAny(info, SENSITIVE_FIELDS)) foresee(series, context);
    return series;
  }

  @Query(() => RegionalTotal, {
    nullable: true,
    description:
      "The sum of the reporters' totals, with its coverage. Detections are events: a sum of them is not a number of people.",
  })
  async regionalTotal(
    @Ctx() context: Context,
    @Arg("indicator", () => ID) indicator: string,
    @Arg("reporters", () => [CountryCode]) reporters: string[],
    @Arg("from", () => PeriodCode) from: string,
    @Arg("to", () => PeriodCode) to: string,
  ): Promise<RegionalTotal> {
    const { understood } = context.loaders;
    const [record] = understood.indicators([indicator], "indicator") as [
      (typeof context.loaders.catalogue.indicators)[number],
    ];
    const pairs = await loadPairs(context, {
      reporters: understood.reporters(reporters),
      indicators: [record],
      dimensions: [],
      citizenships: null,
      ...understood.span(from, to),
      asOf: null,
    });
    const totals = pairs.flatMap((pair) => seriesOf(pair, [], null));
    const sum = sumOf(totals);
    const madeOf = pairs.flatMap((pair) => pair.madeOf);
    const included = new Set(sum.included);
    return {
      ...sum,
      [CELLS]: madeOf.map(({ owner }) => (included.has(owner) ? 1 : 0)),
      [MADE_OF]: madeOf.length === 0 ? NOTHING_SHOWN : madeOf,
      indicator: record,
      periods: totals[0]?.periods ?? [],
      included: sum.included.map((code) => ({ code })),
      missing: [...sum.missing],
      markings: totals.flatMap(({ reporter, marking }) =>
        included.has(reporter) && marking ? [marking] : [],
      ),
    };
  }

  @FieldResolver(() => [Observation], {
    description: "The same, one object a cell, for clients that like it.",
  })
  observations(@Root() { periods, values, statuses }: Series): Observation[] {
    return periods.map((period, at) => ({
      period,
      value: values[at] ?? null,
      status: statuses[at] as Observation["status"],
    }));
  }

  @FieldResolver(() => [Revision], {
    nullable: true,
    description:
      "Every released version of these figures that you may see, by period and version: what `asOf` answers from.",
  })
  async revisions(@Root() series: Series, @Ctx() { loaders }: Context): Promise<Revision[]> {
    const { dimensions, key } = series[ADDRESS];
    const [from, to] = [series.periods[0] as string, series.periods.at(-1) as string];
    const { reporter, indicator } = series;
    const of = { reporter: reporter.code, indicator: indicator.code, dimensions, from, to };
    return revisionsIn(await loaders.versions.load(of), key);
  }
}

/** The API's own object for a series; the stored table never leaves the subgraph. */
export function toSeries(
  data: SeriesData,
  dimensions: readonly DimensionCode[],
  catalogue: Catalogue,
): Series {
  const { key } = data;
  const named = (dimension: DimensionCode): Code | null => {
    const code = key?.get(dimension);
    return code === undefined ? null : { code, name: catalogue.nameOf(dimension, code) };
  };
  return {
    [MADE_OF]: data.madeOf,
    [CELLS]: data.cells,
    [ADDRESS]: { dimensions, key: data.address },
    reporter: countryOf(data.reporter),
    indicator: data.indicator,
    citizenship: named("CITIZENSHIP") as Citizenship | null,
    sex: named("SEX"),
    ageGroup: named("AGE_GROUP"),
    borderType: named("BORDER_TYPE"),
    breakdown: [...(key ?? [])].map(
      ([dimension, code]): BreakdownCode => ({
        dimension,
        code,
        name: catalogue.nameOf(dimension, code),
      }),
    ),
    periods: data.periods,
    values: data.values,
    statuses: data.statuses,
    withheld: data.withheld,
    marking: data.marking,
    sources: data.sources
      .map((id) => catalogue.source(id))
      .filter((source): source is Source => source !== undefined),
  } as Series;
}

function countryOf(code: string): Country {
  return { code };
}
