import { DIMENSIONS } from "../../../../shared/graphql/dimension";
import type { SubmittedFigure } from "../figure";
import { weakest } from "../rules/status";
import type { Column, Mapping } from "./mapping";
import { type Names, nameKey } from "./names";
import { type ReadNumber, readNumber } from "./numbers";
import type { Row } from "./table";
import { UnreadableFile } from "./unreadable";

/** A header understood: what each column of the file says. */
export interface Layout {
  readonly mapping: Mapping;
  readonly names: Names;
  readonly file: string;
  readonly columns: readonly (Column & { readonly header: string })[];
  /** What no column and no constant says: a file of one reporter need not name it. */
  readonly reporter: string | null;
}

/** The header, where this line is it: the first that has every name the mapping looks for. */
export function layoutOf(row: Row, base: Omit<Layout, "columns">): Layout | null {
  const { mapping, file } = base;
  const headers = row.cells.map((cell) => headerOf(cell, mapping));
  const known = new Set(headers.map((header) => header.toLowerCase()));
  if (!mapping.header.every((name) => known.has(name.toLowerCase()))) return null;
  const seen = new Set<string>();
  const columns = headers.map((header, at) => {
    const column = { header, ...columnOf(header, mapping) };
    const place = `${file}:${row.line}:${at + 1}:`;
    if (column.as === "unknown")
      throw new UnreadableFile(`${place} ${unknownColumn(header, mapping)}`);
    const says = column.as === "wide" ? header : column.as;
    if (seen.has(says) && !REPEATABLE.has(says))
      throw new UnreadableFile(`${place} Two columns say the ${says}. Leave one of them out.`);
    seen.add(says);
    return column;
  });
  return { ...base, columns };
}

const REPEATABLE: ReadonlySet<string> = new Set(["ignore", "unnamed"]);

function unknownColumn(header: string, { name, columns }: Mapping): string {
  const known = [...Object.keys(columns), ...DIMENSIONS].join(", ");
  return `The column "${header}" is not known to the layout "${name}", and what it says would be lost. Name it as one of ${known}, or leave it out.`;
}

/** `STRUCTURE[;]` says what stands between several values of a cell, and `FREQ: Frequency` has its name behind it. */
function headerOf(cell: string, mapping: Mapping): string {
  const header = idOf(cell.trim(), mapping);
  return mapping.labels ? header.replace(/\[.\]$/, "") : header;
}

function idOf(text: string, { labels }: Mapping): string {
  return labels ? (text.split(/:\s/)[0] as string) : text;
}

function columnOf(header: string, { columns, wide }: Mapping): Column {
  if (header === "") return { as: "unnamed" };
  const known = Object.entries(columns).find(
    ([name]) => name.toLowerCase() === header.toLowerCase(),
  );
  if (known) return known[1];
  if (wide?.by === "month" && wide.months?.[header] !== undefined) return { as: "wide" };
  if (wide?.by === "indicator" && wide.indicators?.[header] !== undefined) return { as: "wide" };
  if (wide?.by === "period" && /^\d{4}/.test(header)) return { as: "wide" };
  const dimension = DIMENSIONS.find((name) => name === header.toUpperCase());
  return dimension
    ? { as: dimension, ...(isOfCountries(dimension) && { names: "countries" as const }) }
    : { as: "unknown" };
}

function isOfCountries(dimension: string): boolean {
  return dimension === "CITIZENSHIP" || dimension === "COUNTRY_OF_ISSUANCE";
}

/** The figures of one line; none where it is a line that the mapping leaves out, or is empty. */
export function figuresOf(row: Row, layout: Layout): SubmittedFigure[] {
  const { mapping, columns } = layout;
  if (row.cells.every((cell) => cell.trim() === "") || isSkipped(row, layout)) return [];
  refuseRagged(row, layout);
  const said = new Map<string, string>(Object.entries(mapping.constants ?? {}));
  const key = new Map<string, string>();
  columns.forEach((column, at) => {
    const cell = idOf((row.cells[at] ?? "").trim(), mapping);
    if (column.only && !column.only.includes(cell)) throw refused(row, at, column, layout);
    const code = codeOf(cell, column, layout.names);
    if (DIMENSIONS.some((name) => name === column.as)) key.set(column.as, code);
    else if (column.as !== "wide" && !REPEATABLE.has(column.as) && code !== "")
      said.set(column.as, code);
  });
  const cells = columns.flatMap((column, at) =>
    column.as === (mapping.wide ? "wide" : "value") ? [{ column, at }] : [],
  );
  return cells.flatMap(
    ({ column, at }) => figureOf(row, at, column.header, { said, key, layout }) ?? [],
  );
}

/** A line of more or fewer cells than the header has moved some of them under another's name. */
function refuseRagged(row: Row, { columns, file, mapping }: Layout): void {
  const place = `${file}:${row.line}`;
  if (row.cells.length < columns.length)
    throw new UnreadableFile(
      `${place}: The line has ${row.cells.length} cells, and the header ${columns.length}. Is the line cut off, or a delimiter missing?`,
    );
  row.cells.forEach((cell, at) => {
    if (cell.trim() === "" || isNamed(columns, at, mapping)) return;
    throw new UnreadableFile(
      `${place}:${at + 1}: "${cell.trim()}" stands in a column that the header does not name. If a number has a comma, write it in quotation marks or without the comma.`,
    );
  });
}

function isNamed(columns: Layout["columns"], at: number, { flags }: Mapping): boolean {
  const column = columns[at];
  if (column === undefined) return false;
  return column.as !== "unnamed" || (flags !== undefined && columns[at - 1]?.as === "wide");
}

function refused(
  row: Row,
  at: number,
  { header, only = [] }: Layout["columns"][number],
  { file }: Layout,
) {
  const allowed = only.map((text) => (text === "" ? "nothing" : `"${text}"`)).join(" or ");
  return new UnreadableFile(
    `${file}:${row.line}:${at + 1}: ${header} is "${row.cells[at]?.trim()}", which the exchange cannot keep. It may be ${allowed}. Leave the line out, or correct it.`,
  );
}

function isSkipped(row: Row, { mapping, columns }: Layout): boolean {
  return Object.entries(mapping.skip ?? {}).some(([header, values]) => {
    const at = columns.findIndex((column) => column.header === header);
    return values.includes(row.cells[at]?.trim() ?? "");
  });
}

/** What is no known name stays as it is written: an unknown code is for a rule to say, with what was meant. */
function codeOf(cell: string, column: Column, names: Names): string {
  const text = cell.trim();
  const code = column.codes?.[text] ?? text;
  return column.names === "countries" ? (names.get(nameKey(code)) ?? code) : code;
}

interface Line {
  said: ReadonlyMap<string, string>;
  key: ReadonlyMap<string, string>;
  layout: Layout;
}

function figureOf(
  row: Row,
  at: number,
  header: string,
  { said, key, layout }: Line,
): SubmittedFigure | null {
  const { mapping, file, reporter } = layout;
  const written = row.cells[at] ?? "";
  const number = readNumber(written, {
    thousands: mapping.thousands ?? null,
    decimal: mapping.decimal ?? null,
  });
  const period = periodOf(header, said, mapping);
  refuseOtherFrequency(row, period, said.get("frequency"), file);
  if (mapping.wide && written.trim() === "") return null; // a period that is not there yet is no missing figure
  const parts = [...key]
    .filter(([, code]) => code !== "" && code !== "_T")
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    origin: { file, line: row.line, column: at + 1, path: [] },
    indicator: mapping.wide?.indicators?.[header] ?? said.get("indicator") ?? "",
    reporter: said.get("reporter") ?? reporter ?? "",
    period,
    dimensions: parts.map(([dimension]) => dimension),
    key: parts.map(([, code]) => code),
    value: number.value,
    status: statusOf(number, said.get("status") ?? flagOf(row, at, { said, key, layout })),
    unit: said.get("unit") ?? null,
    isLowerBound: number.isLowerBound,
    written: written.trim(),
  };
}

/** `bp` are two flags. One that the mapping does not know stays as it is written, for a rule to refuse. */
function flagOf(row: Row, at: number, { said, layout }: Line): string | undefined {
  const { flags } = layout.mapping;
  const beside = layout.columns[at + 1]?.as === "unnamed" ? row.cells[at + 1]?.trim() : undefined;
  const written = said.get("flag") ?? beside ?? "";
  if (flags === undefined || written === "") return undefined;
  const letters = [...written.replace(/[\s,]/g, "")];
  return letters.every((letter) => flags[letter])
    ? weakest(letters.map((letter) => flags[letter] as string))
    : written;
}

function refuseOtherFrequency(
  row: Row,
  period: string,
  frequency: string | undefined,
  file: string,
) {
  if (frequency === undefined || FREQUENCY[frequency]?.test(period)) return;
  throw new UnreadableFile(
    `${file}:${row.line}: FREQ is "${frequency}", and the period "${period}" is not of that frequency. Correct the one that is wrong.`,
  );
}

const FREQUENCY: Readonly<Record<string, RegExp>> = {
  A: /^\d{4}$/,
  Q: /^\d{4}-Q\d$/,
  M: /^\d{4}-\d{2}$/,
};

/** A status that the file states counts more than what its mark suggests. */
function statusOf({ status }: ReadNumber, stated: string | undefined): string {
  return stated === undefined || stated === "" ? status : stated.toUpperCase();
}

/** `2015-Q3`, `2015`, or a month `2015-07` that is still to be made a part of its quarter. */
function periodOf(
  header: string,
  said: ReadonlyMap<string, string>,
  { wide, months = {} }: Mapping,
): string {
  const year = said.get("year") ?? "";
  const month = wide?.by === "month" ? wide.months?.[header] : months[said.get("month") ?? ""];
  if (month !== undefined) return `${year}-${String(month).padStart(2, "0")}`;
  if (wide?.by === "period") return header;
  if (said.has("month")) return `${year}-${said.get("month")}`;
  return said.get("period") ?? year;
}
