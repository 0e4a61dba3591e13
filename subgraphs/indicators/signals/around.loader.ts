import type { RequestContext } from "../../../shared/graphql/context";
import { grouped } from "../../../shared/grouped";
import type { Period } from "../../../shared/period";
import type { Loaders } from "../series/loaders";
import { loadPairs, type Pair, readScope } from "../series/series.loader";
import { type SeriesData, seriesOf } from "../series/series.rules";
import { readSources, type Source } from "./signal.queries";

type Context = RequestContext<Loaders>;

/** One reporter's series of one indicator and breakdown. */
export interface Looked {
  pair: Pair;
  series: readonly SeriesData[];
  /** Whether it is a breakdown, of which nothing is expected while the whole of it is missing. */
  broken: boolean;
}

/** Everything that is open to the viewer over a span, and what it has asked for by name. */
export async function lookAround(
  context: Context,
  span: { from: Period; to: Period },
  asked: readonly Source[],
): Promise<Looked[]> {
  const { catalogue } = context.loaders;
  const indicators = catalogue.indicators.map(({ code }) => code);
  const sources = await context.read(async (manager) => {
    const { scope } = await readScope(context, manager, { owners: [], indicators, ...span });
    return readSources(manager, scope, { start: span.from.start, end: span.to.end });
  });
  const looked: Looked[] = [];
  const named = new Set(asked.map(nameOf));
  const wanted = new Map([...sources, ...asked].map((source) => [nameOf(source), source]));
  const alike = ({ indicator, breakdown, owner }: Source) =>
    [indicator, breakdown, named.has(nameOf({ owner, indicator, breakdown }))].join("/");
  for (const some of grouped(wanted.values(), alike).values()) {
    const { indicator, breakdown } = some[0] as Source;
    const dimensions = breakdown === "" ? [] : [breakdown];
    const pairs = await loadPairs(context, {
      reporters: some.map(({ owner }) => owner),
      indicators: catalogue.indicators.filter(({ code }) => code === indicator),
      dimensions,
      citizenships: null,
      asOf: null,
      ...span,
      around: !named.has(nameOf(some[0] as Source)),
    });
    looked.push(
      ...pairs.map((pair) => ({
        pair,
        series: seriesOf(pair, dimensions, null),
        broken: breakdown !== "",
      })),
    );
  }
  return looked;
}

function nameOf({ owner, indicator, breakdown }: Source): string {
  return [owner, indicator, breakdown].join("/");
}

/** How many values of each table were looked at, for the log. */
export function cellsOf({ pair, series }: Looked): number[] {
  return pair.madeOf.map(({ period }) => {
    const at = pair.position.get(period) as number;
    return series.filter(({ values }) => values[at] !== null).length;
  });
}
