import type { Catalogue } from "../catalogue/catalogue";
import type { IndicatorRecord } from "../catalogue/indicator.entity";
import { weakestOf } from "../series/regional.rules";
import type { Cell } from "../series/series.rules";
import { ValueStatus } from "../series/series.type";
import { pairsIn, quartersOf, type Reading } from "./reading";
import type {
  CitizenshipRow,
  IndicatorSection,
  ReporterRow,
  SectionSum,
  TopTen,
} from "./section.type";
import {
  type Book,
  bookOf,
  cellIn,
  changeOf,
  keysOf,
  provenanceOf,
  tablesOf,
  yearCell,
} from "./year.rules";

/** The tables of one indicator, in its own unit: nothing is added across indicators. Pure. */

type Names = Pick<Catalogue, "nameOf" | "source">;

/** @param reported whether a reporter has released anything of the year or the one before, which is public knowledge */
export function sectionOf(
  reading: Reading,
  indicator: IndicatorRecord,
  names: Names,
  reported: (reporter: string) => boolean,
): IndicatorSection {
  const books = booksOf(reading, indicator.code, []).filter(({ reporter }) => reported(reporter));
  const parts = new Map(
    booksOf(reading, indicator.code, ["CITIZENSHIP"]).map((book) => [book.reporter, book]),
  );
  const topTens = books.flatMap((total) => {
    const book = parts.get(total.reporter);
    return book ? topTenOf({ total, parts: book }, reading.year, names) : [];
  });
  const rows = books.map((book) => rowOf(book, reading.year, names));
  const compared = rows.filter(({ value, previous }) => value !== null && previous !== null);
  const sum = sumOf(rows, compared);
  return {
    indicator,
    reporters: rows.map((row) => ({
      ...row,
      share: sum.value && compared.includes(row) ? (row.value as number) / sum.value : null,
      highestShare:
        topTens.find(({ reporter }) => reporter.code === row.reporter.code)?.rows[0] ?? null,
    })),
    sum,
    topTens,
  };
}

function sumOf(rows: readonly Row[], compared: readonly Row[]): SectionSum {
  const sum = (field: "value" | "previous") =>
    compared.length === 0 ? null : compared.reduce((all, row) => all + (row[field] as number), 0);
  const [value, previous] = [sum("value"), sum("previous")];
  const statuses = compared.flatMap((row) => [row.status, row.previousStatus]);
  return {
    value,
    previous,
    ...changeOf(value, previous),
    status: compared.length === 0 ? null : weakestOf(statuses),
    included: compared.map(({ reporter }) => reporter),
    leftOut: rows.filter((row) => !compared.includes(row)).map(({ reporter }) => reporter),
  };
}

function booksOf(reading: Reading, indicator: string, breakdown: [] | ["CITIZENSHIP"]): Book[] {
  const annual = pairsIn(reading, indicator, breakdown as never, "A");
  return pairsIn(reading, indicator, breakdown as never, "Q").map((pair, at) =>
    bookOf(pair, annual[at] as typeof pair),
  );
}

type Row = Omit<ReporterRow, "share" | "highestShare">;

function rowOf(book: Book, year: number, names: Names): Row {
  const [now, before] = [yearCell(book, "", year), yearCell(book, "", year - 1)];
  const quarters = quartersOf(year).map((period) => cellIn(book.quarterly, "", period));
  const [tables, earlier] = [tablesOf(book, year), tablesOf(book, year - 1)];
  return {
    reporter: { code: book.reporter },
    value: now.value,
    status: now.status,
    previous: before.value,
    previousStatus: before.status,
    ...changeOf(now.value, before.value),
    quarters: quarters.map(({ value }) => value),
    quarterStatuses: quarters.map(({ status }) => status),
    vintage: provenanceOf(tables, names).vintage,
    previousVintage: provenanceOf(earlier, names).vintage,
    sources: provenanceOf([...tables, ...earlier], names).sources,
  };
}

const TOP = 10;

/** Null where the total or every part is hidden: a rank is of what is shown, and says of how much. */
function topTenOf(
  { total, parts }: { total: Book; parts: Book },
  year: number,
  names: Names,
): TopTen[] {
  const whole = yearCell(total, "", year).value;
  const cells = keysOf(parts, year).map((key) => ({ key, cell: yearCell(parts, key, year) }));
  const shown = cells
    .flatMap(({ key, cell: { value } }) => (value === null ? [] : [{ key, value }]))
    .sort((one, other) => other.value - one.value || (one.key < other.key ? -1 : 1));
  if (whole === null || shown.length === 0) return [];
  const rows = shown.slice(0, TOP).map(({ key, value }): CitizenshipRow => {
    const { value: previous, status: previousStatus } = yearCell(parts, key, year - 1);
    const citizenship = { code: key, name: names.nameOf("CITIZENSHIP", key) };
    const share = whole === 0 ? null : value / whole;
    return { citizenship, value, share, previous, previousStatus, ...changeOf(value, previous) };
  });
  return [
    {
      reporter: { code: total.reporter },
      rows,
      ...othersOf(
        whole,
        shown,
        cells.map(({ cell }) => cell),
      ),
      ...provenanceOf(
        [...tablesOf(total, year), ...tablesOf(parts, year), ...tablesOf(parts, year - 1)],
        names,
      ),
    },
  ];
}

/** What is left of the total; not worked out where a hidden part is in it. */
function othersOf(
  whole: number,
  shown: readonly { value: number }[],
  cells: readonly Cell[],
): Pick<TopTen, "others" | "othersStatus"> {
  const hidden = cells.find(
    ({ value, status }) => value === null && status !== ValueStatus.NOT_REPORTED,
  );
  if (hidden) return { others: null, othersStatus: hidden.status };
  const rest = whole - shown.slice(0, TOP).reduce((sum, { value }) => sum + value, 0);
  // A year's total beside the parts of its quarters need not add up: then there is no rest to speak of.
  if (rest < 0) return { others: null, othersStatus: ValueStatus.NOT_APPLICABLE };
  return { others: rest, othersStatus: ValueStatus.REPORTED };
}
