import type { DimensionCode } from "../../../shared/graphql/dimension";
import { type Marking, markingOf } from "../../../shared/graphql/marking";
import type { AccessReason, Decision, Statistic } from "../../../shared/policy/decide";
import { explanation, reasonMessage } from "../../../shared/policy/messages";
import { TLPS } from "../../../shared/policy/terms";
import type { IndicatorRecord } from "../catalogue/indicator.entity";
import type { Pair } from "./series.loader";
import type { ReleasedTable } from "./series.queries";
import { ValueStatus, type Withheld } from "./series.type";

/** From decisions and released tables to what a viewer is shown. Pure. */
export interface SeriesData {
  reporter: string;
  indicator: IndicatorRecord;
  /** Code by dimension; null for the one series that stands for a breakdown of which nothing may be told. */
  key: ReadonlyMap<DimensionCode, string> | null;
  /** The key as released tables have it. */
  address: string;
  periods: readonly string[];
  values: readonly (number | null)[];
  statuses: readonly ValueStatus[];
  withheld: Withheld | null;
  /** The strictest of what opened it; null where nothing did but being the owner. */
  marking: Marking | null;
  sources: readonly string[];
  madeOf: readonly Statistic[];
  /** Values shown of each of them. */
  cells: readonly number[];
}

const STATUS: Readonly<Record<string, ValueStatus>> = {
  A: ValueStatus.REPORTED,
  B: ValueStatus.BREAK,
  D: ValueStatus.DEFINITION_DIFFERS,
  E: ValueStatus.ESTIMATED,
  I: ValueStatus.ESTIMATED,
  L: ValueStatus.NOT_REPORTED,
  M: ValueStatus.NOT_APPLICABLE,
  O: ValueStatus.NOT_REPORTED,
  P: ValueStatus.PROVISIONAL,
  Q: ValueStatus.SUPPRESSED,
  X: ValueStatus.WITHHELD,
};

/** A letter we do not know is shown as different, never as plainly reported. */
export function statusOf(letter: string): ValueStatus {
  return STATUS[letter] ?? ValueStatus.DEFINITION_DIFFERS;
}

/** SDMX CL_OBS_STATUS of what a reporter may say; what the exchange itself holds back has none. */
export const LETTER: Readonly<Partial<Record<ValueStatus, string>>> = {
  [ValueStatus.REPORTED]: "A",
  [ValueStatus.BREAK]: "B",
  [ValueStatus.DEFINITION_DIFFERS]: "D",
  [ValueStatus.ESTIMATED]: "E",
  [ValueStatus.PROVISIONAL]: "P",
  [ValueStatus.NOT_APPLICABLE]: "M",
  [ValueStatus.NOT_REPORTED]: "O",
  [ValueStatus.SUPPRESSED]: "Q",
};

/** The letter of a status that a reporter may give; WITHHELD and EMBARGOED are the exchange's own and have none. */
export function letterOf(status: ValueStatus | null, value: number | null): string {
  const letter =
    LETTER[status ?? (value === null ? ValueStatus.NOT_REPORTED : ValueStatus.REPORTED)];
  return letter ?? "?";
}

/** The same for a status by its name, as exports write it; any other text stays, for a rule to refuse. */
export function letterOfName(name: string): string {
  return LETTER[name as ValueStatus] ?? name;
}

export interface Cell {
  value: number | null;
  status: ValueStatus;
  reason: AccessReason | null;
}

const NOT_REPORTED: Cell = { value: null, status: ValueStatus.NOT_REPORTED, reason: null };
const SUPPRESSED: Cell = { value: null, status: ValueStatus.SUPPRESSED, reason: null };
const OWN_NATIONALS: Cell = { value: null, status: ValueStatus.WITHHELD, reason: "OWN_NATIONALS" };

/** All series of a pair, ordered by key. */
export function seriesOf(
  pair: Pair,
  dimensions: readonly DimensionCode[],
  citizenships: readonly string[] | null,
): SeriesData[] {
  const common = commonOf(pair);
  if (dimensions.length === 0) return [series(common, "", new Map())];
  const at = dimensions.indexOf("CITIZENSHIP");
  const keys = [...new Set([...pair.tables.values()].flatMap((table) => table.keys))]
    .filter((key) => citizenships === null || citizenships.includes(key.split("|")[at] as string))
    .sort();
  const found = new Set(keys.map((key) => key.split("|")[at]));
  const rows = keys.map((key) => series(common, key, keyMap(dimensions, key)));
  for (const code of citizenships ?? []) {
    if (!found.has(code)) rows.push(series(common, NO_KEY, new Map([["CITIZENSHIP", code]])));
  }
  if (rows.length === 0) return [series(common, NO_KEY, null)];
  return rows.sort((one, other) => compare(keyText(one), keyText(other)));
}

/** A key that no table has. */
const NO_KEY = "\0";

function keyMap(dimensions: readonly DimensionCode[], key: string): Map<DimensionCode, string> {
  const codes = key.split("|");
  return new Map(dimensions.map((dimension, at) => [dimension, codes[at] as string]));
}

function keyText({ key }: SeriesData): string {
  return [...(key?.values() ?? [])].join("|");
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

export type Column = (key: string) => Cell;

/** One lookup a period: a refusal for every key, or the cells of the table. */
export function columnsOf(pair: Pair): Column[] {
  return pair.periods.map(({ code }, at) => {
    const decision = pair.decisions[at] as Decision;
    if (!decision.allowed) {
      const refused: Cell = {
        value: null,
        status: refusedStatus(decision.reason),
        reason: decision.reason,
      };
      return () => refused;
    }
    const table = pair.tables.get(code);
    if (!table) return () => NOT_REPORTED;
    const position = new Map(table.keys.map((key, index) => [key, index]));
    return (key) => cellAt(table, position.get(key));
  });
}

/** One cell of a table that the viewer may read. @param index undefined where it has no such key */
export function cellAt(table: ReleasedTable, index: number | undefined): Cell {
  if (table.keys.length === 0) return SUPPRESSED;
  if (index === undefined) return NOT_REPORTED;
  const letter = table.statuses[index] as string;
  if (letter === "X") return OWN_NATIONALS;
  return { value: table.values[index] ?? null, status: statusOf(letter), reason: null };
}

function refusedStatus(reason: AccessReason): ValueStatus {
  return reason === "EMBARGO" ? ValueStatus.EMBARGOED : ValueStatus.WITHHELD;
}

/** What is the same for all series of a pair. */
interface Common {
  pair: Pair;
  columns: readonly Column[];
  periods: readonly string[];
  marking: Marking | null;
  sources: readonly string[];
}

function commonOf(pair: Pair): Common {
  const sources = new Set([...pair.tables.values()].flatMap((table) => table.sources));
  const periods = pair.periods.map(({ code }) => code);
  return {
    pair,
    columns: columnsOf(pair),
    periods,
    marking: markingFor(pair),
    sources: [...sources].sort(),
  };
}

function series(
  { pair, columns, periods, marking, sources }: Common,
  key: string,
  codes: SeriesData["key"],
): SeriesData {
  const cells = columns.map((column) => column(key));
  return {
    reporter: pair.reporter,
    indicator: pair.indicator,
    key: codes,
    address: key,
    periods,
    values: cells.map(({ value }) => value),
    statuses: cells.map(({ status }) => status),
    withheld: withheldOf(pair, cells),
    marking,
    sources,
    madeOf: pair.madeOf,
    cells: pair.madeOf.map(({ period }) =>
      cells[pair.position.get(period) as number]?.value == null ? 0 : 1,
    ),
  };
}

/** Whatever opened a part of it binds the whole: the narrowest TLP, and every handling code. */
export function markingFor({ reporter, periods, decisions, tables }: Pair): Marking | null {
  const terms = decisions.flatMap(({ allowed, term }, at) =>
    allowed && term && tables.has(periods[at]?.code ?? "") ? [term] : [],
  );
  const [strictest] = terms
    .map(({ tlp }) => tlp)
    .sort((one, other) => TLPS.indexOf(one) - TLPS.indexOf(other));
  if (strictest === undefined) return null;
  return markingOf(
    strictest,
    [...new Set(terms.flatMap(({ handling }) => handling))].sort(),
    reporter,
  );
}

/** The first reason met; explainAccess tells it for each cell. */
function withheldOf(pair: Pair, cells: readonly Cell[]): Withheld | null {
  const at = cells.findIndex(({ reason }) => reason !== null);
  const reason = cells[at]?.reason;
  if (!reason) return null;
  const decision = pair.decisions[at] as Decision;
  const message = decision.allowed
    ? reasonMessage(reason)
    : explanation(decision, pair.releasedAt[at] ?? null);
  return { reason, message };
}
