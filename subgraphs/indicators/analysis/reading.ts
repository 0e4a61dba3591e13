import type { IndicatorRecord } from "../catalogue/indicator.entity";
import type { Pair } from "../series/series.loader";

/**
 * All that an analysis is made of: released tables, as one viewer reads them or as owners have cleared them. Everything in the
 * document is computed from one of these and from nothing else, so that a text tells nobody more than `series` does.
 */
export interface Reading {
  readonly year: number;
  readonly reporters: readonly string[];
  readonly indicators: readonly IndicatorRecord[];
  /** By `ASY/CITIZENSHIP/Q`: indicator, breakdown, frequency; one a reporter, in their order. */
  readonly pairs: ReadonlyMap<string, readonly Pair[]>;
}

export const BREAKDOWNS = [[], ["CITIZENSHIP"], ["BORDER_SECTION", "DIRECTION"]] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];
export type Frequency = "Q" | "A";

export function slotOf(
  indicator: string,
  breakdown: readonly string[],
  frequency: Frequency,
): string {
  return [indicator, breakdown.join(), frequency].join("/");
}

export function pairsIn(
  reading: Reading,
  indicator: string,
  breakdown: Breakdown,
  frequency: Frequency,
): readonly Pair[] {
  return reading.pairs.get(slotOf(indicator, breakdown, frequency)) ?? [];
}

/** Whether the indicator has that table at all. */
export function hasTable({ cubes }: IndicatorRecord, breakdown: readonly string[]): boolean {
  return cubes.some(({ dimensions }) => [...dimensions].sort().join() === breakdown.join());
}

export const quartersOf = (year: number): string[] =>
  [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`);
