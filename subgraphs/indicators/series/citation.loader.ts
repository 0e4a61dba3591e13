import type { RequestContext } from "../../../shared/graphql/context";
import type { CitedFigures } from "./citation.type";
import type { Loaders } from "./loaders";
import { loadPairs } from "./series.loader";
import { toSeries } from "./series.resolver";
import { seriesOf } from "./series.rules";
import { ValueStatus } from "./series.type";

/** Fewer than this many reporters could be told apart. */
const THRESHOLD = 2;
const OTHERS = "Two or more partners report on this, whose figures are not open to you.";

/**
 * `ASY/2015-Q1/2015-Q4/AUT,HUN`, or with one citizenship, `ASY/2015-Q1/2015-Q4/HUN/AFG`: a question, whoever wrote it, answered by the rights of whoever reads the message. It goes
 * the way of every other request for figures.
 */
export async function loadCitation(
  context: RequestContext<Loaders>,
  id: string,
): Promise<CitedFigures | null> {
  const [code = "", from = "", to = "", reporters = "", citizenship] = id.split("/");
  const { understood, catalogue } = context.loaders;
  const [indicator] = understood.indicators([code]);
  if (!indicator) return null;
  const dimensions = understood.dimensions(citizenship === undefined ? [] : ["CITIZENSHIP"], [
    indicator,
  ]);
  const citizenships = understood.citizenships(
    citizenship === undefined ? null : [citizenship],
    dimensions,
  );
  const pairs = await loadPairs(context, {
    reporters: understood.reporters(reporters.split(",")),
    indicators: [indicator],
    dimensions,
    citizenships,
    asOf: null,
    ...understood.span(from, to),
  });
  const all = pairs.flatMap((pair) => seriesOf(pair, dimensions, citizenships));
  const shown = all.filter(({ statuses }) => statuses.some((status) => !CLOSED.has(status)));
  return {
    id,
    indicator,
    from,
    to,
    series: shown.map((data) => toSeries(data, dimensions, catalogue)),
    others: all.length - shown.length >= THRESHOLD ? OTHERS : null,
  };
}

const CLOSED: ReadonlySet<ValueStatus> = new Set([ValueStatus.WITHHELD, ValueStatus.EMBARGOED]);
