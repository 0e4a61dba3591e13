import { CELLS, MADE_OF } from "../../../shared/graphql/shield";
import type { Catalogue } from "../catalogue/catalogue";
import { citizenshipOf } from "./signal.id";
import type { Found } from "./signal.loader";
import type { Act, ActRow } from "./signal.queries";
import { restsOn } from "./signal.rules";
import type { Alert, Signal, SignalState } from "./signal.type";

const STATE: Readonly<Record<Act, SignalState>> = {
  REVIEW: "UNDER_REVIEW",
  DISMISS: "DISMISSED",
  PROMOTE: "PROMOTED",
};

export function stateOf({ kind, last }: Pick<Found, "kind" | "last">): SignalState {
  if (kind === null) return "INSUFFICIENT_HISTORY";
  return last === null ? "NEW" : STATE[last.act];
}

/**
 * The API's own object for a signal. It is made of the very tables that it rests on, and asked about each once more on the way out.
 * @param counted whether a connection has told the log of its values already
 */
export function toSignal(found: Found, catalogue: Catalogue, counted: boolean): Signal {
  const { series, pair, limit, last, at } = found;
  const periods = new Set(restsOn(series, at).map((place) => series.periods[place]));
  const madeOf = pair.madeOf.filter(({ period }) => periods.has(period));
  const citizenship = citizenshipOf(series);
  return {
    [MADE_OF]: madeOf,
    [CELLS]: madeOf.map(() => (counted ? 0 : 1)),
    id: found.id,
    kind: found.kind,
    reporter: { code: series.reporter },
    indicator: series.indicator,
    citizenship:
      citizenship === null
        ? null
        : { code: citizenship, name: catalogue.nameOf("CITIZENSHIP", citizenship) },
    period: found.period,
    observed: found.observed,
    expected: limit?.expected ?? null,
    upperLimit: limit?.upperLimit ?? null,
    score: found.score,
    dispersion: limit?.dispersion ?? null,
    historyQuarters: limit?.quarters ?? restsOn(series, at).filter((place) => place !== at).length,
    state: stateOf(found),
    reason: last?.reason ?? null,
    decidedBy: last?.actor ?? null,
    decidedAt: last?.at ?? null,
    alert: last && draftOf(last),
    marking: series.marking,
  };
}

function draftOf({ owner, alert: identifier }: ActRow): Alert | null {
  if (identifier === null) return null;
  return {
    [MADE_OF]: [{ category: "ALERT", owner, identifier, addressees: [], groups: [] }],
    identifier,
  };
}
