import type { Catalogue } from "../catalogue/catalogue";
import type { Source } from "../catalogue/indicator.type";
import { weakestOf } from "../series/regional.rules";
import type { Pair } from "../series/series.loader";
import type { ReleasedTable } from "../series/series.queries";
import { type Cell, type Column, columnsOf } from "../series/series.rules";
import { ValueStatus } from "../series/series.type";
import { quartersOf } from "./reading";

/** One reporter's tables of one indicator and breakdown, by quarter and by year, ready to be looked up. Pure. */
export interface Book {
  readonly reporter: string;
  readonly quarterly: Lookup;
  readonly annual: Lookup;
}

interface Lookup {
  readonly pair: Pair;
  readonly columns: readonly Column[];
}

export function bookOf(quarterly: Pair, annual: Pair): Book {
  const lookup = (pair: Pair): Lookup => ({ pair, columns: columnsOf(pair) });
  return { reporter: quarterly.reporter, quarterly: lookup(quarterly), annual: lookup(annual) };
}

export const NOT_REPORTED: Cell = { value: null, status: ValueStatus.NOT_REPORTED, reason: null };

export function cellIn({ pair, columns }: Lookup, key: string, period: string): Cell {
  const at = pair.position.get(period);
  return at === undefined ? NOT_REPORTED : (columns[at]?.(key) ?? NOT_REPORTED);
}

/**
 * A year as it was released; where only quarters were, their sum, and only where each of the four is shown. Never over a part
 * that is hidden. Of a breakdown a code that a released table does not have counts as none in that quarter.
 */
export function yearCell(book: Book, key: string, year: number): Cell {
  const whole = cellIn(book.annual, key, `${year}`);
  if (whole.value !== null || whole.status === ValueStatus.SUPPRESSED) return whole;
  const quarters = quartersOf(year).map((period) => ({
    period,
    cell: cellIn(book.quarterly, key, period),
  }));
  const isNone = ({ period, cell }: (typeof quarters)[number]) =>
    key !== "" &&
    cell.status === ValueStatus.NOT_REPORTED &&
    book.quarterly.pair.tables.has(period);
  const counted = quarters.filter((quarter) => !isNone(quarter)).map(({ cell }) => cell);
  if (counted.length === 0) return NOT_REPORTED;
  const hidden = counted.filter(({ value }) => value === null);
  if (hidden.length > 0) return closest(hidden, whole);
  const value = counted.reduce((sum, cell) => sum + (cell.value as number), 0);
  return { value, status: weakestOf(counted.map(({ status }) => status)), reason: null };
}

/** Why there is no year: what an owner could open comes before what nobody has reported. */
function closest(hidden: readonly Cell[], whole: Cell): Cell {
  return hidden.find(({ status }) => status !== ValueStatus.NOT_REPORTED) ?? (whole as Cell);
}

/** Where figures come from: the release of the newest, and who published them. */
export interface Provenance {
  vintage: Date | null;
  sources: readonly Source[];
}

export type Sources = Pick<Catalogue, "source">;

export function provenanceOf(tables: readonly ReleasedTable[], catalogue: Sources): Provenance {
  const released = tables.map(({ released_at: at }) => at.getTime());
  return {
    vintage: released.length === 0 ? null : new Date(Math.max(...released)),
    sources: [...new Set(tables.flatMap(({ sources }) => sources))]
      .sort()
      .flatMap((id) => catalogue.source(id) ?? []),
  };
}

/** Tables of a year that a figure may rest on. */
export function tablesOf({ annual, quarterly }: Book, year: number): ReleasedTable[] {
  return [`${year}`, ...quartersOf(year)].flatMap(
    (period) => annual.pair.tables.get(period) ?? quarterly.pair.tables.get(period) ?? [],
  );
}

/** Every code that a table of the year has. */
export function keysOf(book: Book, year: number): string[] {
  return [...new Set(tablesOf(book, year).flatMap(({ keys }) => keys))].sort();
}

/** Below this a change in per cent says more about the base than about the change. */
export const SMALL_BASE = 50;

export interface Change {
  /** In the indicator's unit. */
  change: number | null;
  /** Per cent; null on a base below fifty. */
  changePercent: number | null;
}

export function changeOf(now: number | null, before: number | null): Change {
  if (now === null || before === null) return { change: null, changePercent: null };
  return {
    change: now - before,
    changePercent: before < SMALL_BASE ? null : ((now - before) / before) * 100,
  };
}
