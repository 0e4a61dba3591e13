import type { SeriesData } from "./series.rules";
import { ValueStatus } from "./series.type";

export interface Sum {
  included: readonly string[];
  missing: readonly { code: string; reason: string }[];
  values: readonly (number | null)[];
  statuses: readonly ValueStatus[];
}

/**
 * Sums the reporters of which every period is visible: the same ones in each, so that a difference between periods is
 * never a reporter that came or went. It adds what the viewer is shown and nothing else, so it tells nothing that the
 * viewer could not add up itself: no part that is withheld or suppressed is in it, in any period.
 */
export function sumOf(totals: readonly SeriesData[]): Sum {
  const units = new Set(totals.map(({ indicator }) => indicator.unit));
  if (units.size > 1)
    throw new Error(`Figures of different units are never added: ${[...units].join(", ")}.`);
  const complete = totals.filter(({ values }) => values.every((value) => value !== null));
  const missing = totals.filter((total) => !complete.includes(total));
  const periods = totals[0]?.periods ?? [];
  return {
    included: complete.map(({ reporter }) => reporter),
    missing: missing.map((total) => ({ code: total.reporter, reason: missingReason(total) })),
    values: periods.map((_, at) =>
      complete.length === 0
        ? null
        : complete.reduce((sum, { values }) => sum + (values[at] ?? 0), 0),
    ),
    statuses: periods.map((_, at) => sumStatus(complete, totals, at)),
  };
}

function missingReason({ values, statuses }: SeriesData): string {
  return statuses[values.indexOf(null)] ?? ValueStatus.NOT_REPORTED;
}

/** A sum is only as good as its weakest part. */
const WEAKEST_FIRST = [
  ValueStatus.BREAK,
  ValueStatus.DEFINITION_DIFFERS,
  ValueStatus.PROVISIONAL,
  ValueStatus.ESTIMATED,
  ValueStatus.REPORTED,
];

/** Where nothing can be summed: what a partner could do something about comes first. */
const WITHOUT_VALUE = [ValueStatus.WITHHELD, ValueStatus.EMBARGOED, ValueStatus.SUPPRESSED];

/** Of values that are added. */
export function weakestOf(statuses: readonly (ValueStatus | undefined)[]): ValueStatus {
  return WEAKEST_FIRST.find((status) => statuses.includes(status)) ?? ValueStatus.ESTIMATED;
}

function sumStatus(
  complete: readonly SeriesData[],
  totals: readonly SeriesData[],
  at: number,
): ValueStatus {
  if (complete.length > 0) return weakestOf(complete.map(({ statuses }) => statuses[at]));
  const given = new Set(totals.map(({ statuses }) => statuses[at]));
  return WITHOUT_VALUE.find((status) => given.has(status)) ?? ValueStatus.NOT_REPORTED;
}
