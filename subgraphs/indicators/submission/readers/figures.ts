import { DIMENSIONS } from "../../../../shared/graphql/dimension";
import type { SubmittedFigure } from "../figure";
import type { Column, Mapping } from "./mapping";
import { type Names, nameKey } from "./names";
import { type ReadNumber, readNumber } from "./numbers";
import type { Row } from "./table";

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
  const headers = row.cells.map((cell) => cell.trim());
  const { mapping } = base;
  if (!mapping.header.every((name) => headers.includes(name))) return null;
  return { ...base, columns: headers.map((header) => ({ header, ...columnOf(header, mapping) })) };
}

function columnOf(header: string, { columns, wide }: Mapping): Column {
  const known = columns[header] ?? columns[header.toLowerCase()];
  if (known) return known;
  if (wide?.by === "month" && wide.months?.[header] !== undefined) return { as: "wide" };
  if (wide?.by === "indicator" && wide.indicators?.[header] !== undefined) return { as: "wide" };
  if (wide?.by === "period" && /^\d{4}/.test(header)) return { as: "wide" };
  const dimension = DIMENSIONS.find((name) => name === header.toUpperCase());
  return dimension
    ? { as: dimension, ...(isOfCountries(dimension) && { names: "countries" as const }) }
    : { as: "ignore" };
}

function isOfCountries(dimension: string): boolean {
  return dimension === "CITIZENSHIP" || dimension === "COUNTRY_OF_ISSUANCE";
}

/** The figures of one line; none where it is a line that the mapping leaves out, or is empty. */
export function figuresOf(row: Row, layout: Layout): SubmittedFigure[] {
  const { mapping, columns } = layout;
  if (row.cells.every((cell) => cell.trim() === "") || isSkipped(row, layout)) return [];
  const said = new Map<string, string>(Object.entries(mapping.constants ?? {}));
  const key = new Map<string, string>();
  columns.forEach((column, at) => {
    const code = codeOf(row.cells[at] ?? "", column, layout.names);
    if (DIMENSIONS.some((name) => name === column.as)) key.set(column.as, code);
    else if (column.as !== "wide" && column.as !== "ignore" && code !== "")
      said.set(column.as, code);
  });
  const cells = columns.flatMap((column, at) =>
    column.as === (mapping.wide ? "wide" : "value") ? [{ column, at }] : [],
  );
  return cells.flatMap(
    ({ column, at }) => figureOf(row, at, column.header, { said, key, layout }) ?? [],
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
  const number = readNumber(written, { thousands: mapping.thousands ?? null });
  const period = periodOf(header, said, mapping);
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
    status: statusOf(number, said.get("status")),
    unit: said.get("unit") ?? null,
    isLowerBound: number.isLowerBound,
    written: written.trim(),
  };
}

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
