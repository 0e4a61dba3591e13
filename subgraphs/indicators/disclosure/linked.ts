import { addressOf, type Figure } from "./cube";

/** A table that is out, as far as it matters which cells it shows. */
export interface OutTable {
  readonly dimensions: readonly string[];
  readonly control: string;
  readonly audience: string | null;
  /** Codes joined by `|`; none where nothing of the table is shown. */
  readonly keys: readonly string[];
  readonly values: readonly (number | null)[];
}

/**
 * A report that is out already and tells of the same persons as the one to be released: an earlier version of it, the year
 * it is a quarter of, or a quarter of its year; every version of each.
 */
export interface Linked {
  readonly period: string;
  readonly version: number;
  readonly figures: readonly Figure[];
  readonly tables: readonly OutTable[];
}

/** What one audience reads of it under one control: the released value by address, null where hidden. */
export function shownIn(
  { tables }: Pick<Linked, "tables">,
  control: string,
  audience: string | null = null,
): ReadonlyMap<string, number | null> {
  const forms = tables.filter((table) => table.control === control);
  const cut = new Set(
    forms.flatMap((table) => (table.audience === audience ? [table.dimensions.join()] : [])),
  );
  return new Map(
    forms
      // A table that is not cut for anybody is one and the same for all.
      .filter((table) => table.audience === (cut.has(table.dimensions.join()) ? audience : null))
      .flatMap(({ dimensions, keys, values }) =>
        keys.map((key, at): [string, number | null] => [
          addressOf({ dimensions, key: key === "" ? [] : key.split("|") }),
          values[at] ?? null,
        ]),
      ),
  );
}

/** The year that a period is or belongs to. */
export const yearOf = (period: string): string => period.slice(0, 4);
export const isYear = (period: string): boolean => period.length === 4;

/** Of all that is out in a year, what tells about a report: quarters tell about each other only through their year. */
export function linkedTo(period: string, out: readonly Linked[]): Linked[] {
  const isThroughYear = isYear(period) || out.some((report) => isYear(report.period));
  return out.filter((report) => isThroughYear || report.period === period);
}
