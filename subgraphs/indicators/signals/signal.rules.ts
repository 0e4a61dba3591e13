import { ValueStatus } from "../series/series.type";
import {
  discoveryThreshold,
  type Limit,
  type Past,
  scoreOf,
  seasonalLimit,
  tailOf,
} from "./limit.rules";

/**
 * From a series as its viewer is shown it to what it gives reason to look at. Pure: what is withheld or suppressed is not
 * there, is no zero, and whoever may not see a value has no signal that rests on it.
 */
export interface Shown {
  readonly values: readonly (number | null)[];
  readonly statuses: readonly ValueStatus[];
}

export type Verdict = Tested | "INSUFFICIENT_HISTORY";

/** A quarter that has been held against its limit. */
export interface Tested {
  readonly limit: Limit;
  readonly observed: number;
  readonly tail: number;
  readonly score: number;
}

/** Fewer are no news, whatever was before. */
const LEAST_OBSERVED = 5;

/** Quarters of one kind are four apart. */
const YEAR = 4;

/** How far back a limit looks: five years, as farringtonFlexible does. */
export const HISTORY_QUARTERS = 5 * YEAR;

/** Null where the viewer is shown no value of that quarter. @param at its place in the series, which begins with a first quarter */
export function judge({ values, statuses }: Shown, at: number): Verdict | null {
  const observed = values[at];
  if (observed === null || observed === undefined) return null;
  const history = historyOf({ values, statuses }, at);
  const limit = seasonalLimit(history, at % YEAR);
  if (limit === null) return "INSUFFICIENT_HISTORY";
  const tail = tailOf(observed, limit);
  return { limit, observed, tail, score: scoreOf(observed, limit) };
}

/** Above its limit, worth a look by itself, and no likelier to be chance than the run allows. */
export function rises({ observed, limit, tail }: Tested, threshold: number): boolean {
  return observed >= LEAST_OBSERVED && observed > limit.upperLimit && tail <= threshold;
}

/** The threshold of a run: all the series of one quarter that one viewer may see, whatever it has asked to be shown. */
export function thresholdOf(run: readonly Tested[]): number {
  return discoveryThreshold(run.map(({ tail }) => tail));
}

/** So many in every year before, and none now: rather a report that lost something than an end of what is counted. */
const LEAST_LOST = 10;

/** What was to be expected where a series breaks off at zero or without a report; null where it does not. */
export function gapOf(shown: Shown, at: number): { limit: Limit; observed: 0 | null } | null {
  const [value, status] = [shown.values[at], shown.statuses[at]];
  if (value !== 0 && status !== ValueStatus.NOT_REPORTED) return null;
  const history = historyOf(shown, at);
  const limit = seasonalLimit(history, at % YEAR);
  if (limit === null || sameQuarters(history, at).some((past) => past.value < LEAST_LOST))
    return null;
  return { limit, observed: value === 0 ? 0 : null };
}

/** Places of the values that a limit rests on, and of the quarter itself. */
export function restsOn(shown: Shown, at: number): number[] {
  return [...placesOf(shown, at), ...(shown.values[at] === null ? [] : [at])];
}

function historyOf(shown: Shown, at: number): Past[] {
  return placesOf(shown, at).map((place) => ({
    season: place % YEAR,
    value: shown.values[place] as number,
  }));
}

/** What stands before a break is not comparable with what comes after it. */
function placesOf({ values, statuses }: Shown, at: number): number[] {
  const last = statuses.lastIndexOf(ValueStatus.BREAK, at);
  const from = Math.max(0, at - HISTORY_QUARTERS, last);
  return Array.from({ length: Math.max(0, at - from) }, (_, step) => from + step).filter(
    (place) => values[place] !== null,
  );
}

function sameQuarters(history: readonly Past[], at: number): Past[] {
  return history.filter(({ season }) => season === at % YEAR);
}
