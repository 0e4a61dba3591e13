/**
 * Who sees what in the demo world, said once more from the published files and the text of the rules alone.
 * Nothing here knows the product: a rule that both get wrong would have to be got wrong twice.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { AUDITOR, READERS } from "./people";

const DATA = join(__dirname, "..", "..", "exchange", "demo", "data");
export const readRows = (name: string): Record<string, string>[] =>
  parse(readFileSync(join(DATA, name)), { columns: true });
export const readJson = <T>(name: string): T => JSON.parse(readFileSync(join(DATA, name), "utf8"));
const words = (text = ""): string[] => text.split(" ").filter(Boolean);

export const INDICATORS = ["IBC", "FAC", "IST", "REF", "ASY", "DOC", "THB", "RET"];
export const OWNERS = [...READERS.keys()].filter((code) => code.length === 3 && code !== "NLD");

/** Who asks (a partner's code, the auditor, nobody) and the client that asks for it. */
export const VIEWERS: readonly (readonly [viewer: string, client: string | null])[] = [
  ...READERS,
  ["AUDITOR", AUDITOR],
  ["nobody", null],
];

const span = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);
export const YEARS = span(2012, 2021).map(String);
export const QUARTERS = span(2012, 2022).flatMap((year) =>
  span(1, 4).map((quarter) => `${year}-Q${quarter}`),
);

export interface Cell {
  readonly value: number | null;
  readonly status: string;
}

/** Cells by citizenship; the total stands under `_T`. */
export type Table = ReadonlyMap<string, Cell>;
export const TOTAL = "_T";

const WITHHELD: Cell = { value: null, status: "WITHHELD" };
const NOT_REPORTED: Cell = { value: null, status: "NOT_REPORTED" };
const SUPPRESSED: Cell = { value: null, status: "SUPPRESSED" };

const STATUS: Record<string, string> = {
  A: "REPORTED",
  B: "BREAK",
  D: "DEFINITION_DIFFERS",
  E: "ESTIMATED",
  O: "NOT_REPORTED",
  Q: "SUPPRESSED",
};

const tables = new Map<string, Map<string, Cell>>();
for (const { reporter, indicator, period, citizenship, value, obs_status: letter } of readRows(
  "series.csv",
)) {
  const name = `${reporter}/${indicator}/${period}`;
  const cell = {
    value: value === "" ? null : Number(value),
    status: STATUS[letter as string] as string,
  };
  tables.set(name, (tables.get(name) ?? new Map<string, Cell>()).set(citizenship as string, cell));
}

/** The figures an owner reported for a period, as their source published them. */
export const published = (owner: string, indicator: string, period: string): Table | undefined =>
  tables.get(`${owner}/${indicator}/${period}`);

export const agreements = readRows("agreements.csv").map((row) => ({
  id: row.id as string,
  title: row.title as string,
  status: row.status as string,
  category: row.category as string,
  owners: words(row.owners),
  viewers: words(row.viewers),
  indicators: words(row.indicators),
  detail: words(row.detail),
  firstQuarter: row.periods_from ? firstQuarter(row.periods_from) : Number.NEGATIVE_INFINITY,
  lastQuarter: row.periods_to ? lastQuarter(row.periods_to) : Number.POSITIVE_INFINITY,
  control: row.disclosure_control as string,
  embargoDays: Number(row.embargo_days),
  reciprocal: row.reciprocal === "yes",
  ownNationals: row.own_nationals === "yes",
  validFrom: row.valid_from ? Date.parse(row.valid_from) : Number.POSITIVE_INFINITY,
  validUntil: row.valid_until ? Date.parse(row.valid_until) : Number.POSITIVE_INFINITY,
  note: row.note as string,
}));
export type Agreement = (typeof agreements)[number];

/** Quarters counted from the year 0; a year is its four quarters. */
function firstQuarter(period: string): number {
  return Number(period.slice(0, 4)) * 4 + Number(period.slice(6) || 1);
}

function lastQuarter(period: string): number {
  return Number(period.slice(0, 4)) * 4 + Number(period.slice(6) || 4);
}

/** `*` is every partner of the exchange: funder and Secretariat too, but not who only verifies the log. */
export const isViewer = ({ viewers }: Agreement, viewer: string): boolean =>
  viewers.includes(viewer) || (viewers.includes("*") && READERS.has(viewer));

const isInForce = ({ status, validFrom, validUntil }: Agreement): boolean =>
  status === "ACTIVE" && validFrom <= Date.now() && Date.now() < validUntil;

/** Its owners and its viewers may know of an agreement, whatever its state. */
export const isNamed = (it: Agreement, viewer: string): boolean =>
  it.owners.includes(viewer) || isViewer(it, viewer);

/** For what is not figures. Both agreements on contacts say in their note alone which kind they open. */
export const isOpen = (viewer: string, owner: string, category: string, note = ""): boolean =>
  viewer === owner ||
  agreements
    .filter((it) => it.category === category && it.note === note && isInForce(it))
    .some((it) => isViewer(it, viewer) && it.owners.includes(owner));

const DAY = 86_400_000;

/** The demo world releases every report 45 days after its period. */
function isReleased(owner: string, indicator: string, period: string, daysAgo = 0): boolean {
  const endOfPeriod = Date.UTC(Number(period.slice(0, 4)), Number(period.slice(6) || 4) * 3);
  return (
    published(owner, indicator, period) !== undefined &&
    endOfPeriod + (45 + daysAgo) * DAY <= Date.now()
  );
}

/** What one viewer may see of one owner's indicator: under which control, and whether without its own nationals. */
export interface Access {
  readonly control: string;
  readonly cut: boolean;
  readonly ids: readonly string[];
}

const OWN: Access = { control: "NONE", cut: false, ids: [] };
const LEAST_PROTECTIVE_FIRST = ["NONE", "SUPPRESSION", "CONTROLLED_ROUNDING"];

/** One agreement must open all of it by itself; of several that do, the least protective counts. */
export function accessTo(
  viewer: string,
  owner: string,
  indicator: string,
  by: readonly string[],
  period: string,
): Access | null {
  if (viewer === owner) return OWN;
  const opening = agreements.filter(
    (it) =>
      it.category === "STATISTICS" &&
      isInForce(it) &&
      isViewer(it, viewer) &&
      it.owners.includes(owner) &&
      it.indicators.includes(indicator) &&
      by.every((dimension) => it.detail.includes(dimension)) &&
      it.firstQuarter <= firstQuarter(period) &&
      lastQuarter(period) <= it.lastQuarter &&
      (!published(owner, indicator, period) ||
        isReleased(owner, indicator, period, it.embargoDays)) &&
      (!it.reciprocal || isReleased(viewer, indicator, period)),
  );
  const control = LEAST_PROTECTIVE_FIRST.find((name) => opening.some((it) => it.control === name));
  if (control === undefined) return null;
  const best = opening.filter((it) => it.control === control);
  const isOrigin =
    viewer.length === 3 &&
    (indicator === "ASY" || indicator === "THB") &&
    by.includes("CITIZENSHIP");
  return {
    control,
    cut: isOrigin && !best.some((it) => it.ownNationals),
    ids: best.map(({ id }) => id),
  };
}

/** The keys of a breakdown: every one that some visible table has, or null alone where none has any. */
export function keysFor(
  viewer: string,
  visible: readonly (readonly [Access, Table])[],
): (string | null)[] {
  const keys = new Set(visible.flatMap(([, table]) => [...table.keys()]));
  if (visible.some(([{ cut }, table]) => cut && table.size > 1)) keys.add(viewer);
  keys.delete(TOTAL);
  return keys.size === 0 ? [null] : [...keys].sort();
}

/** All that may stand in a cell. More than one where the owner's disclosure control has a choice. */
export function allowedCells(
  viewer: string,
  access: Access | null,
  table: Table | undefined,
  key: string | null,
): readonly Cell[] {
  if (!access) return [WITHHELD];
  if (access.cut && key === viewer && table) return [WITHHELD];
  const cell = key === null ? undefined : table?.get(key);
  if (!cell) return [NOT_REPORTED];
  const { value, status } = cell;
  if (value === null) return [cell];
  if (access.control === "CONTROLLED_ROUNDING") {
    const floor = value - (value % 5);
    return value === floor
      ? [cell]
      : [floor, floor + 5].map((rounded) => ({ value: rounded, status }));
  }
  if (access.control === "SUPPRESSION" && isSmall(value)) return [SUPPRESSED];
  if (access.control === "SUPPRESSION" && key !== TOTAL) return [cell, SUPPRESSED];
  return access.cut ? [cell, SUPPRESSED] : [cell];
}

export const isSmall = (value: number): boolean => 0 < value && value < 5;
