import {
  addressOf,
  type Figure,
  type Line,
  linesOf,
  type ReleasedFigure,
  SUPPRESSED,
} from "./cube";
import { isYear, type Linked, shownIn, yearOf } from "./linked";
import { RoundingReader } from "./rounding.reader";
import { solveBinary } from "./solver";
import { thresholdFor } from "./suppression";
import type { Current } from "./system";

/**
 * Zero-restricted controlled rounding: every figure goes to one of its two neighbouring multiples of the base (a multiple
 * stays), every line that added up before adds up after, and the sum of the changes is least. The base is the threshold
 * below which a count is small. What did not change since an earlier version stays as it was rounded there, and a year goes
 * towards the sum of its quarters as they were: two neighbours of one figure tell more than one. Where the lines cannot be
 * kept, or a figure would be known more closely than to the base, the report is suppressed instead.
 */
export async function round(
  indicator: string,
  figures: readonly Figure[],
  period = "",
  linked: readonly Linked[] = [],
): Promise<ReleasedFigure[]> {
  const base = Math.max(...figures.map((figure) => thresholdFor(indicator, figure)), 1);
  const current = { period, figures };
  const wishes = wishesFor(base, current, linked);
  for (const attempt of [wishes, totalsDown(figures, wishes)]) {
    const rounded = await chosen(base, figures, attempt);
    if (rounded === null || (await new RoundingReader(base, current, rounded, linked).tells()))
      continue;
    return figures.map(({ status }, index) => ({ value: rounded[index] ?? null, status }));
  }
  return figures.map(({ value, status }) => (value === null ? { value, status } : SUPPRESSED));
}

/** Beside an exact total that was rounded up, parts of which most are nobody are known; beside one rounded down they are not. */
function totalsDown(figures: readonly Figure[], wishes: readonly Wish[]): Wish[] {
  return wishes.map((wish, index) =>
    figures[index]?.dimensions.length === 0 ? { ...wish, towards: wish.towards ?? 0 } : wish,
  );
}

/** Where a figure should go if it can: to this multiple at any price, or rather towards this sum. */
interface Wish {
  readonly fixed: number | null;
  readonly towards: number | null;
}

async function chosen(
  base: number,
  figures: readonly Figure[],
  wishes: readonly Wish[],
): Promise<(number | null)[] | null> {
  const floors = figures.map(({ value }, index) => {
    const fixed = wishes[index]?.fixed ?? null;
    return value === null ? 0 : (fixed ?? value - (value % base));
  });
  const free = figures.flatMap(({ value }, index) =>
    value !== null && value % base !== 0 && wishes[index]?.fixed == null ? [index] : [],
  );
  const variable = new Map(free.map((index, at) => [index, at]));
  const constraints = linesOf(figures)
    .filter((line) => addsUp(figures, line))
    .map((line) => constraint(base, floors, line, variable));
  const costs = free.map((index) =>
    costOf(base, valueAt(figures, index), wishes[index]?.towards ?? null),
  );
  const up = await solveBinary(costs, constraints);
  if (up === null) return null;
  return figures.map(({ value }, index) => {
    if (value === null) return null;
    const at = variable.get(index);
    return (floors[index] as number) + (at !== undefined && up[at] ? base : 0);
  });
}

/** What it costs to round up rather than down; a wish outweighs any number of near and far neighbours. */
function costOf(base: number, value: number, towards: number | null): number {
  const rest = value % base;
  const near = base - 2 * rest;
  if (towards === null) return near;
  const floor = value - rest;
  return near + 100 * (Math.abs(floor + base - towards) - Math.abs(floor - towards));
}

function wishesFor(base: number, current: Current, linked: readonly Linked[]): Wish[] {
  const shown = linked.map((report) => ({
    ...report,
    visible: shownIn(report, "CONTROLLED_ROUNDING"),
  }));
  const newestFirst = shown.sort((one, other) => other.version - one.version);
  const seen = (period: string, address: string) =>
    newestFirst.find((report) => report.period === period)?.visible.get(address) ?? null;
  const year = yearOf(current.period);
  const quarters = [1, 2, 3, 4]
    .map((at) => `${year}-Q${at}`)
    .filter((period) => period !== current.period);
  const unchanged = newestFirst
    .filter(({ period }) => period === current.period)
    .map(({ figures, visible }) => ({
      visible,
      values: new Map(figures.map((figure) => [addressOf(figure), figure.value])),
    }));
  return current.figures.map((figure) => {
    const address = addressOf(figure);
    const same = unchanged.find(
      ({ values, visible }) => values.get(address) === figure.value && visible.get(address) != null,
    );
    const before = seen(current.period, address);
    const others = quarters
      .map((period) => seen(period, address) ?? 0)
      .reduce((sum, value) => sum + value, 0);
    const whole = isYear(current.period) ? others : (seen(year, address) ?? Number.NaN) - others;
    const towards =
      before ??
      (linked.some(({ period }) => period !== current.period) && !Number.isNaN(whole)
        ? whole
        : null);
    const fixed = same?.visible.get(address) ?? null;
    return { fixed: figure.value !== null && figure.value % base === 0 ? null : fixed, towards };
  });
}

/** Published tables whose parts never added up (rounded at source, partly suppressed) cannot be made to. */
function addsUp(figures: readonly Figure[], { total, parts }: Line): boolean {
  const sum = figures[total]?.value;
  return (
    sum !== null &&
    sum !== undefined &&
    parts.reduce((all, part) => all + valueAt(figures, part), 0) === sum
  );
}

/** Σ up(parts) − up(total) = (floor(total) − Σ floor(parts)) / base, over the figures that are free to move. */
function constraint(
  base: number,
  floors: readonly number[],
  { total, parts }: Line,
  variable: ReadonlyMap<number, number>,
) {
  const terms = new Map<number, number>();
  for (const part of parts) addTerm(terms, variable.get(part), 1);
  addTerm(terms, variable.get(total), -1);
  const sum = parts.reduce((all, part) => all + (floors[part] as number), 0);
  return { terms, equals: ((floors[total] as number) - sum) / base };
}

function addTerm(terms: Map<number, number>, variable: number | undefined, factor: number): void {
  if (variable !== undefined) terms.set(variable, factor);
}

function valueAt(figures: readonly Figure[], index: number): number {
  return figures[index]?.value ?? 0;
}
