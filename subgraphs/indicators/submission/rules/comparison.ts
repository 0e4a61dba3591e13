import { grouped } from "../../../../shared/grouped";
import type { SubmittedFigure } from "../figure";
import { countOf, indicatorOf } from "./codes";
import { childrenOf, withoutChildren } from "./nesting";
import type { KnownIndicator, RuleContext, SubmittedReport } from "./rule";

/**
 * A figure and the figures it should be the sum of. The total is compared with every table; a finer table with the next
 * coarser one that the report has, so that one wrong cell is said where it stands and not once for every table above it.
 */
export interface Comparison {
  readonly whole: SubmittedFigure;
  /** Its count; at least so many where `whole` is a lower bound. */
  readonly count: number;
  readonly parts: readonly SubmittedFigure[];
  /** What the parts are parts by. */
  readonly by: readonly string[];
  /** Of those parts that have a count. */
  readonly sum: number;
  /** No part is suppressed, missing or a lower bound, and the codes cover everything: then the sum is the whole. */
  readonly isComplete: boolean;
  /** How far apart they may be by rounding alone. */
  readonly tolerance: number;
}

export function comparisonsIn(report: SubmittedReport, context: RuleContext): Comparison[] {
  const indicator = indicatorOf(report.indicator, context);
  if (!indicator) return [];
  const tables = tablesOf(report.figures, indicator);
  return tables.flatMap((fine) => [
    ...tables
      .filter((coarse) => isNext(coarse, fine, tables))
      .flatMap((coarse) => compare(coarse, fine, context)),
    ...nested(fine, context),
  ]);
}

interface TableOf {
  readonly dimensions: readonly string[];
  readonly unit: string;
  /** By key; of a cell that stands there twice the first. */
  readonly cells: ReadonlyMap<string, SubmittedFigure>;
}

function tablesOf(figures: readonly SubmittedFigure[], { cubes }: KnownIndicator): TableOf[] {
  const units = new Map(cubes.map(({ dimensions, unit }) => [[...dimensions].sort().join(), unit]));
  const tables = new Map<string, TableOf & { cells: Map<string, SubmittedFigure> }>();
  for (const figure of figures) {
    const name = figure.dimensions.join();
    const unit = units.get(name);
    if (unit === undefined) continue;
    const table = tables.get(name) ?? { dimensions: figure.dimensions, unit, cells: new Map() };
    const address = figure.key.join("|");
    if (!table.cells.has(address)) table.cells.set(address, figure);
    tables.set(name, table);
  }
  return [...tables.values()];
}

/** Whether no table of the report stands between the two. */
function isNext(coarse: TableOf, fine: TableOf, tables: readonly TableOf[]): boolean {
  return (
    isCoarser(coarse, fine) &&
    !tables.some((between) => isCoarser(coarse, between) && isCoarser(between, fine))
  );
}

function isCoarser(one: TableOf, other: TableOf): boolean {
  return (
    one.unit === other.unit &&
    one.dimensions.length < other.dimensions.length &&
    one.dimensions.every((dimension) => other.dimensions.includes(dimension))
  );
}

function compare(coarse: TableOf, fine: TableOf, context: RuleContext): Comparison[] {
  const kept = coarse.dimensions.map((dimension) => fine.dimensions.indexOf(dimension));
  const by = fine.dimensions.filter((dimension) => !coarse.dimensions.includes(dimension));
  const parts = withoutChildren([...fine.cells.values()], fine.dimensions, by);
  const groups = grouped(parts, ({ key }) => kept.map((at) => key[at]).join("|"));
  return [...groups].flatMap(([address, parts]) => {
    const whole = coarse.cells.get(address);
    return whole ? comparison(whole, parts, by, true, context) : [];
  });
}

function nested(table: TableOf, context: RuleContext): Comparison[] {
  return childrenOf([...table.cells.values()], table.dimensions).flatMap(
    ({ whole, parts, dimension }) => comparison(whole, parts, [dimension], false, context),
  );
}

function comparison(
  whole: SubmittedFigure,
  parts: readonly SubmittedFigure[],
  by: readonly string[],
  isExhaustive: boolean,
  { rounding }: RuleContext,
): Comparison[] {
  const count = countOf(whole);
  if (count === null) return [];
  const counts = parts.map(countOf);
  const isComplete =
    isExhaustive && !counts.includes(null) && !parts.some(({ isLowerBound }) => isLowerBound);
  const sum = counts.reduce<number>((so, one) => so + (one ?? 0), 0);
  // Rounded to 5, a figure is off by 2 at most: the whole as well as each of its parts.
  const tolerance = Math.floor(rounding / 2) * (parts.length + 1);
  return [{ whole, count, parts, by, sum, isComplete, tolerance }];
}
