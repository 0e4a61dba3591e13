/**
 * What a quarter leads to expect, from the quarters before it: a quasi-Poisson limit by season, Farrington's 2/3-power limit
 * (surveillance::farringtonFlexible) cut down for quarters. Pure. Counts follow the effort of detection as well as what is
 * detected, so above the limit means "look", and nothing else.
 */

/** One earlier quarter with a value; `season` is the same for the same quarter of every year. */
export interface Past {
  readonly season: number;
  readonly value: number;
}

export interface Limit {
  /** Mean of the same quarter in the years before. */
  readonly expected: number;
  /** What a quarter stays below in all but one of 200 cases, were the model right. */
  readonly upperLimit: number;
  /** Variance as a multiple of the mean, 1 or more. */
  readonly dispersion: number;
  /** Same quarters, and quarters in all, that it rests on. */
  readonly years: number;
  readonly quarters: number;
}

/** One-sided, 0.5 %. */
export const Z = 2.58;

/** Same quarters below which nothing is said of the season. */
const LEAST_YEARS = 2;

/** "None so far" is not "never": without this the first one ever would be infinitely unlikely. */
const LEAST_EXPECTED = 0.5;

/** Null where the history does not suffice: fewer than two same quarters, or nothing left to judge the spread by. */
export function seasonalLimit(history: readonly Past[], season: number): Limit | null {
  const seasons = meansOf(history);
  const own = seasons.get(season);
  const free = history.length - seasons.size;
  if (!own || own.count < LEAST_YEARS || free < 1) return null;
  const dispersion = Math.max(1, spreadOf(history, seasons) / free);
  const expected = Math.max(LEAST_EXPECTED, own.mean);
  const upperLimit = expected * (1 + (2 / 3) * Z * width(expected, dispersion, own.count)) ** 1.5;
  return { expected, upperLimit, dispersion, years: own.count, quarters: history.length };
}

/** How likely so much or more is by chance, by the same 2/3 power that the limit is made with. */
export function tailOf(observed: number, { expected, dispersion, years }: Limit): number {
  const z = ((observed / expected) ** (2 / 3) - 1) / ((2 / 3) * width(expected, dispersion, years));
  return z <= 0 ? 1 - upperTail(-z) : upperTail(z);
}

/** 1 at the limit, 0 at what was expected. */
export function scoreOf(observed: number, { expected, upperLimit }: Limit): number {
  return (observed - expected) / (upperLimit - expected);
}

function width(expected: number, dispersion: number, years: number): number {
  return Math.sqrt((dispersion + dispersion / years) / expected);
}

interface Season {
  count: number;
  mean: number;
}

function meansOf(history: readonly Past[]): Map<number, Season> {
  const seasons = new Map<number, Season>();
  for (const { season, value } of history) {
    const { count, mean } = seasons.get(season) ?? { count: 0, mean: 0 };
    seasons.set(season, { count: count + 1, mean: mean + (value - mean) / (count + 1) });
  }
  return seasons;
}

/** Pearson's sum. A season of nothing but zeros adds none. */
function spreadOf(history: readonly Past[], seasons: ReadonlyMap<number, Season>): number {
  return history.reduce((sum, { season, value }) => {
    const mean = seasons.get(season)?.mean ?? 0;
    return mean === 0 ? sum : sum + (value - mean) ** 2 / mean;
  }, 0);
}

/** Of the normal distribution beyond z ≥ 0, to a relative 1.2e-7 (Numerical Recipes, `erfcc`): far tails are what is ranked. */
function upperTail(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const sum = COEFFICIENTS.reduceRight((rest, coefficient) => coefficient + t * rest, 0);
  return (t * Math.exp(-x * x + sum)) / 2;
}

const COEFFICIENTS = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
];

/** Of the surprises of one run, the share that is chance after all. */
export const FALSE_DISCOVERY_RATE = 0.1;

/**
 * Benjamini–Hochberg: the largest tail that still counts when so many series are looked at together.
 * @returns 0 where none does
 */
export function discoveryThreshold(tails: readonly number[], rate = FALSE_DISCOVERY_RATE): number {
  const sorted = [...tails].sort((one, other) => one - other);
  const at = sorted.findLastIndex((tail, index) => tail <= ((index + 1) / sorted.length) * rate);
  return at === -1 ? 0 : (sorted[at] as number);
}
