import { type Figure, type Line, linesOf, type ReleasedFigure, SUPPRESSED } from "./cube";
import { solveBinary } from "./solver";

export const BASE = 5;

/**
 * Zero-restricted controlled rounding: every figure goes to one of its two neighbouring multiples of the base (a multiple
 * stays), every line that added up before adds up after, and the sum of the changes is least. An integer program; for a
 * report whose lines cannot all be kept there is no such table, and the report is suppressed instead.
 */
export async function round(figures: readonly Figure[]): Promise<ReleasedFigure[]> {
  const free = figures.flatMap(({ value }, index) => (value !== null && value % BASE !== 0 ? [index] : []));
  const variable = new Map(free.map((index, at) => [index, at]));
  const constraints = linesOf(figures)
    .filter((line) => addsUp(figures, line))
    .map((line) => constraint(figures, line, variable));
  const costs = free.map((index) => BASE - 2 * (valueAt(figures, index) % BASE));
  const up = await solveBinary(costs, constraints);
  if (up === null) return figures.map(({ value, status }) => (value === null ? { value, status } : SUPPRESSED));
  return figures.map(({ value, status }, index) => {
    if (value === null) return { value, status };
    const at = variable.get(index);
    return { value: floor(value) + (at !== undefined && up[at] ? BASE : 0), status };
  });
}

/** Published tables whose parts never added up (rounded at source, partly suppressed) cannot be made to. */
function addsUp(figures: readonly Figure[], { total, parts }: Line): boolean {
  const sum = figures[total]?.value;
  return sum !== null && sum !== undefined && parts.reduce((all, part) => all + valueAt(figures, part), 0) === sum;
}

/** Σ up(parts) − up(total) = (floor(total) − Σ floor(parts)) / base, over the figures that are free to move. */
function constraint(figures: readonly Figure[], { total, parts }: Line, variable: ReadonlyMap<number, number>) {
  const terms = new Map<number, number>();
  for (const part of parts) addTerm(terms, variable.get(part), 1);
  addTerm(terms, variable.get(total), -1);
  const floors = parts.reduce((all, part) => all + floor(valueAt(figures, part)), 0);
  return { terms, equals: (floor(valueAt(figures, total)) - floors) / BASE };
}

function addTerm(terms: Map<number, number>, variable: number | undefined, factor: number): void {
  if (variable !== undefined) terms.set(variable, factor);
}

function valueAt(figures: readonly Figure[], index: number): number {
  return figures[index]?.value ?? 0;
}

function floor(value: number): number {
  return value - (value % BASE);
}
