import { addressOf, type Figure, type Line, linesOf } from "./cube";
import { isYear, type Linked } from "./linked";

/** A cell by what it may be besides what it is: an attacker moves cells, and what is shown does not move. */
export interface SystemCell {
  readonly period: string;
  readonly address: string;
  readonly dimensions: readonly string[];
  /** One where several versions have the same: what did not change is taken for unchanged. */
  readonly value: number;
  /** Index of the figure in the report to be released; null of a cell that is only out. */
  readonly figure: number | null;
  /** Some version that is out shows this very cell: nothing hides it any more. */
  known: boolean;
  /** Some version that is out shows what stood in its place, so that it is guessed. */
  guessed: boolean;
  /** Some report that is out hides it. */
  hidden: boolean;
  /** What is out tells that it is not zero: a report that shows its zeros hides it. */
  positive: boolean;
  /** A year of which all quarters are shown, or a quarter of which the year and the others are: to hide it would hide nothing. */
  told: boolean;
}

/** Σ sign × movement = 0. */
export type SystemLine = readonly { readonly cell: number; readonly sign: 1 | -1 }[];

/** Everything that tells of the cells of a report: its own totals and parts, and those of what is out and linked. */
export interface System {
  readonly cells: readonly SystemCell[];
  readonly lines: readonly SystemLine[];
  /** Lines that a cell stands in. */
  readonly uses: readonly (readonly number[])[];
  /** Cell of each figure of the report, -1 where it has no value. */
  readonly ofFigure: readonly number[];
}

export interface Current {
  readonly period: string;
  readonly figures: readonly Figure[];
}

/** @param shown what a report that is out shows: a released value by address, null or absent where it hides it */
export function systemOf(
  current: Current,
  linked: readonly Linked[],
  shown: (report: Linked) => ReadonlyMap<string, number | null>,
): System {
  const cells = new Cells();
  const ofFigure = current.figures.map((figure, index) => cells.add(current.period, figure, index));
  const reports: Report[] = [{ ...current, cells: ofFigure }];
  const newestFirst = [...linked].sort((one, other) => other.version - one.version);
  for (const report of newestFirst) {
    const visible = shown(report);
    const isShown = (figure: Figure) => (visible.get(addressOf(figure)) ?? null) !== null;
    const isUnshown = isSuppressedLine(
      report.figures,
      (index) => !isShown(report.figures[index] as Figure),
    );
    const suppressedLine = new Set(
      linesOf(report.figures)
        .filter(isUnshown)
        .flatMap(({ parts }) => parts),
    );
    reports.push({
      ...report,
      cells: report.figures.map((figure, at) =>
        cells.addOut(report.period, figure, {
          isShown: isShown(figure),
          isSuppressedLine: suppressedLine.has(at),
        }),
      ),
    });
  }
  cells.guess(current.period, reports.slice(1));
  const rest = restOfYear([current, ...newestFirst]);
  // What is not out yet will show its zeros.
  const coming = (figure: Figure) =>
    cells.addOut((rest as Current).period, figure, {
      isShown: figure.value === 0,
      isSuppressedLine: false,
    });
  if (rest) reports.push({ ...rest, cells: rest.figures.map(coming) });
  const across = linesAcross(reports, cells);
  markTold(across, cells.all);
  return systemWith({ cells: cells.all, ofFigure }, [...reports.flatMap(linesWithin), ...across]);
}

function systemWith(
  system: Pick<System, "cells" | "ofFigure">,
  lines: readonly SystemLine[],
): System {
  const uses = system.cells.map((): number[] => []);
  lines.forEach((line, row) => {
    for (const { cell } of line) uses[cell]?.push(row);
  });
  return { ...system, lines, uses };
}

/** Without the lines that do not add up: a year beside a correction that is not in it tells only nearly what was corrected. */
export function withoutGuesses(system: System): System {
  const sum = (line: SystemLine) =>
    line.reduce((all, { cell, sign }) => all + sign * (system.cells[cell]?.value ?? 0), 0);
  return systemWith(
    system,
    system.lines.filter((line) => sum(line) === 0),
  );
}

/** Lines of which all parts are hidden: nothing tells those of nobody from the others. */
export function isSuppressedLine(
  figures: readonly Figure[],
  isHidden: (index: number) => boolean,
): (line: Line) => boolean {
  return ({ parts }) => parts.every((part) => figures[part]?.value === null || isHidden(part));
}

function markTold(across: readonly SystemLine[], cells: readonly SystemCell[]): void {
  for (const line of across) {
    const unknown = line.filter(({ cell }) => !cells[cell]?.known);
    const only = unknown.length === 1 ? cells[unknown[0]?.cell as number] : undefined;
    if (only) only.told = true;
  }
}

type Report = Current & { readonly cells: readonly number[] };

class Cells {
  readonly all: SystemCell[] = [];
  private readonly byName = new Map<string, number>();

  add(period: string, figure: Figure, index: number | null): number {
    if (figure.value === null) return -1;
    const address = addressOf(figure);
    const name = `${period} ${address} ${figure.value}`;
    const found = this.byName.get(name);
    if (found !== undefined) return found;
    this.byName.set(name, this.all.length);
    const { dimensions, value } = figure;
    const open = { known: false, guessed: false, hidden: false, positive: false, told: false };
    return this.all.push({ period, address, dimensions, value, figure: index, ...open }) - 1;
  }

  addOut(
    period: string,
    figure: Figure,
    { isShown, isSuppressedLine }: { isShown: boolean; isSuppressedLine: boolean },
  ): number {
    const index = this.add(period, figure, null);
    const cell = this.all[index];
    if (!cell) return index;
    if (isShown) cell.known = true;
    else cell.hidden = true;
    cell.positive ||= cell.value > 0 && !isSuppressedLine;
    return index;
  }

  guess(period: string, out: readonly Report[]): void {
    const shown = new Set(
      out
        .filter((report) => report.period === period)
        .flatMap((report) => report.cells.map((index) => this.all[index]))
        .flatMap((cell) => (cell?.known ? [cell.address] : [])),
    );
    for (const cell of this.all)
      if (cell.period === period && shown.has(cell.address)) cell.guessed = true;
  }
}

function linesWithin({ figures, cells }: Report): SystemLine[] {
  return linesOf(figures).flatMap(({ total, parts }) => {
    const all = cells[total] as number;
    const known = parts.map((part) => cells[part] as number).filter((cell) => cell !== -1);
    return all === -1 || known.length === 0 ? [] : [lineOf(all, known)];
  });
}

function lineOf(total: number, parts: readonly number[]): SystemLine {
  return [{ cell: total, sign: -1 }, ...parts.map((cell) => ({ cell, sign: 1 as const }))];
}

/**
 * A year is its quarters: each version of it with those versions of them that add up to it, and the newest with the newest
 * in any case, since a correction that is not in all of them is small.
 */
function linesAcross(reports: readonly Report[], cells: Cells): SystemLine[] {
  const years = reports.filter(({ period }) => isYear(period));
  return years.flatMap((year, place) => {
    const parts = partsOf(year.period, reports).map((versions) => versions.map(cellsOf));
    return year.figures.flatMap((figure, at) => {
      const total = year.cells[at] as number;
      if (total === -1) return [];
      const options = parts.map((versions) =>
        optionsFor(versions, addressOf(figure), figure.dimensions.join()),
      );
      return choicesOf(options).flatMap((choice, index) => {
        const known = choice.filter((cell): cell is number => cell !== "none");
        const sum = known.reduce((all, cell) => all + (cells.all[cell]?.value ?? 0), 0);
        const counts = known.length > 0 && ((place === 0 && index === 0) || sum === figure.value);
        return counts ? [lineOf(total, known)] : [];
      });
    });
  });
}

/** The versions of each quarter, the newest first, and what is left of the year where some is not out. */
function partsOf<R extends Current>(year: string, reports: readonly R[]): R[][] {
  const names = [1, 2, 3, 4].map((at) => `${year}-Q${at}`);
  return [...names, restName(year)]
    .map((name) => reports.filter(({ period }) => period === name))
    .filter((versions) => versions.length > 0);
}

/** Cell of a quarter, or that it has none. */
type Option = number | "none";

interface QuarterCells {
  readonly tables: ReadonlySet<string>;
  readonly byAddress: ReadonlyMap<string, number>;
}

function cellsOf({ figures, cells }: Report): QuarterCells {
  return {
    tables: new Set(figures.map(({ dimensions }) => dimensions.join())),
    byAddress: new Map(figures.map((figure, at) => [addressOf(figure), cells[at] as number])),
  };
}

function optionsFor(versions: readonly QuarterCells[], address: string, table: string): Option[] {
  const options = versions
    .filter(({ tables }) => tables.has(table))
    .map(({ byAddress }) => byAddress.get(address) ?? -1)
    .map((cell): Option => (cell === -1 ? "none" : cell));
  return options.length === 0 ? ["none"] : [...new Set(options)];
}

function choicesOf(options: readonly (readonly Option[])[]): Option[][] {
  return options.reduce<Option[][]>(
    (some, quarter) => some.flatMap((choice) => quarter.map((option) => [...choice, option])),
    [[]],
  );
}

const restName = (year: string): string => `${year}-rest`;
export const isRest = (period: string): boolean => period.endsWith("-rest");

/**
 * What a year and some of its quarters tell of the others before they are out, as if it were a report: it is one, of a
 * quarter, where one is left.
 * @param reports the newest version of each first
 */
export function restOfYear(reports: readonly Current[]): Current | null {
  const year = reports.find(({ period }) => isYear(period));
  if (!year) return null;
  const newest = partsOf(year.period, reports).map(([first]) => first as Current);
  if (newest.length === 0 || newest.length === 4) return null;
  const parts = newest.map(
    ({ figures }) => new Map(figures.map((figure) => [addressOf(figure), figure.value ?? 0])),
  );
  const figures = year.figures.map((figure) => {
    const address = addressOf(figure);
    const sum = parts.reduce((all, quarter) => all + (quarter.get(address) ?? 0), 0);
    return { ...figure, value: figure.value === null ? null : Math.max(0, figure.value - sum) };
  });
  return { period: restName(year.period), figures };
}
