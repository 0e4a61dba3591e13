/** Finds, anywhere in an answer, the lists of objects that carry figures by period, and lays each out as a table. */
import type { Cell } from "./cell";

export interface Row {
  labels: Record<string, string>;
  unit: string;
  /** Why the exchange withholds something of this series, in its words. */
  note: string;
  cells: Map<string, Cell>;
}

export interface Table {
  title: string;
  dimensions: string[];
  /** Those of them that are the same in all of several rows: it is enough to say them once. */
  common: string[];
  periods: string[];
  rows: Row[];
}

type Fields = Record<string, unknown>;
const FIGURES = new Set([
  "periods",
  "values",
  "statuses",
  "observations",
  "latest",
  "withheld",
  "__typename",
]);

const isFields = (thing: unknown): thing is Fields =>
  typeof thing === "object" && thing !== null && !Array.isArray(thing);
const textOf = (thing: unknown) => (thing === null || thing === undefined ? "" : String(thing));

export function findTables(answer: string): Table[] {
  let data: unknown;
  try {
    data = (JSON.parse(answer) as { data?: unknown }).data;
  } catch {
    return [];
  }
  const tables: Table[] = [];
  walk(data, [], tables);
  return tables;
}

function walk(thing: unknown, path: string[], found: Table[]): void {
  const list = Array.isArray(thing) ? thing.filter(isFields) : isFields(thing) ? [thing] : [];
  const rows = list.flatMap((fields) => {
    const cells = cellsOf(fields);
    return cells ? [rowOf(fields, cells)] : [];
  });
  if (rows.length > 0) {
    found.push(tableOf(path, rows));
    return;
  }
  for (const [index, fields] of list.entries()) {
    const place = Array.isArray(thing) ? [...path, nameOf(fields) || String(index + 1)] : path;
    for (const [key, value] of Object.entries(fields)) walk(value, [...place, key], found);
  }
}

function cellsOf(fields: Fields): Map<string, Cell> | null {
  const { periods, values, statuses } = fields;
  if (Array.isArray(periods) && Array.isArray(values) && periods.length === values.length) {
    const known = Array.isArray(statuses) && statuses.length === periods.length ? statuses : null;
    return new Map(periods.map((period, i) => [String(period), cell(values[i], known?.[i])]));
  }
  const observed = Array.isArray(fields.observations) ? fields.observations : [fields.latest];
  const cells = observed
    .filter(isFields)
    .filter((one) => typeof one.period === "string" && "value" in one);
  if (cells.length === 0) return null;
  return new Map(cells.map((one) => [String(one.period), cell(one.value, one.status)]));
}

const cell = (value: unknown, status: unknown): Cell => ({
  value: typeof value === "number" ? value : null,
  status: typeof status === "string" ? status : null,
});

function rowOf(fields: Fields, cells: Map<string, Cell>): Row {
  const labels: Record<string, string> = {};
  let unit = textOf(fields.unit);
  for (const [key, value] of Object.entries(fields)) {
    if (FIGURES.has(key) || key === "unit") continue;
    labels[key] = nameOf(value);
    if (isFields(value) && value.unit) unit = textOf(value.unit);
  }
  const { withheld } = fields;
  const note = isFields(withheld)
    ? [withheld.message, withheld.reason].map(textOf).find(Boolean)
    : "";
  return { labels, unit, note: note ?? "", cells };
}

function nameOf(thing: unknown): string {
  if (Array.isArray(thing)) return thing.map(nameOf).filter(Boolean).join(", ");
  if (!isFields(thing)) return textOf(thing);
  const { name, code, title, id, reason } = thing;
  const called = textOf(name ?? title ?? code ?? id);
  const aside = [(name ?? title) ? code : undefined, reason].map(textOf).filter(Boolean);
  return aside.length > 0 ? `${called} (${aside.join(", ")})` : called;
}

function tableOf(path: string[], rows: Row[]): Table {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row.labels)))];
  const dimensions = keys.filter((key) => rows.some((row) => row.labels[key]));
  const common = dimensions.filter(
    (key) => rows.length > 1 && rows.every((row) => row.labels[key] === rows[0]?.labels[key]),
  );
  return {
    title: path.join(" › "),
    dimensions,
    common,
    periods: [...new Set(rows.flatMap((row) => [...row.cells.keys()]))].sort(),
    rows,
  };
}
