import type { RequestContext } from "../../../shared/graphql/context";
import { CELLS, MADE_OF } from "../../../shared/graphql/shield";
import type { Loaders } from "./loaders";
import { loadPairs } from "./series.loader";
import { type SeriesData, seriesOf } from "./series.rules";
import type { CountryIndicator } from "./series.type";

export interface LatestKey {
  country: string;
  from: string;
  to: string;
}

/** The newest total of every indicator for many countries: one read for each span asked for, not for each country. */
export async function latestOf(
  context: RequestContext<Loaders>,
  keys: readonly LatestKey[],
): Promise<CountryIndicator[][]> {
  const spans = new Map(keys.map(({ from, to }) => [`${from}/${to}`, { from, to }]));
  const found = new Map<string, CountryIndicator[]>();
  for (const [name, { from, to }] of spans) {
    const reporters = keys
      .filter((key) => `${key.from}/${key.to}` === name)
      .map(({ country }) => country);
    const pairs = await loadPairs(context, {
      reporters,
      indicators: context.loaders.catalogue.indicators,
      dimensions: [],
      citizenships: null,
      ...context.loaders.understood.span(from, to),
      asOf: null,
    });
    for (const pair of pairs) {
      const key = `${pair.reporter}/${name}`;
      const latest = seriesOf(pair, [], null).map(toLatest);
      found.set(key, [...(found.get(key) ?? []), ...latest]);
    }
  }
  return keys.map(({ country, from, to }) => found.get(`${country}/${from}/${to}`) ?? []);
}

/** The last period with a figure; where there is none, the last period with the reason. */
function toLatest({
  indicator,
  madeOf,
  cells,
  periods,
  values,
  statuses,
}: SeriesData): CountryIndicator {
  const withValue = values.findLastIndex((value) => value !== null);
  const at = withValue === -1 ? periods.length - 1 : withValue;
  return {
    [MADE_OF]: madeOf,
    [CELLS]: cells.map((_, index) =>
      madeOf[index]?.period === periods[at] ? (cells[index] as number) : 0,
    ),
    indicator,
    latest: {
      period: periods[at] as string,
      value: values[at] ?? null,
      status: statuses[at] as never,
    },
  };
}
