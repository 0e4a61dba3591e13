import type { Flat } from "./canonical";
import type { Entry } from "./entry";

/** An entry as it is stored. */
export interface EntryRow {
  id: string;
  txid: string;
  at: Date;
  request_id: string;
  viewer: string;
  actor: string;
  owner: string;
  category: Entry["category"];
  operation: Entry["operation"];
  indicators: string[];
  periods: string[];
  detail: string[];
  cells: number;
  channel: Entry["channel"];
  purpose: Entry["purpose"];
  agreement_id: string | null;
  agreement_version: number | null;
  outcome: Entry["outcome"];
  reason: Entry["reason"];
  /** How many equal refusals it stands for. */
  times: number;
}

export const ENTRY_COLUMNS = `e.id, e.txid, e.at, e.request_id, e.viewer, e.actor, e.owner, e.category, e.operation, e.indicators,
  e.periods, e.detail, e.cells, e.channel, e.purpose, e.agreement_id, e.agreement_version, e.outcome, e.reason, e.times`;

/**
 * What of an entry is sealed, and what its owner holds: everything but the database's own numbering, which counts all
 * owners' entries and would tell each how busy the others are. Its place is its place among the leaves.
 */
export function leafOf(row: EntryRow): Flat {
  return {
    at: row.at.toISOString(),
    requestId: row.request_id,
    viewer: row.viewer,
    actor: row.actor,
    owner: row.owner,
    category: row.category,
    operation: row.operation,
    indicators: row.indicators,
    periods: row.periods,
    detail: row.detail,
    cells: row.cells,
    channel: row.channel,
    purpose: row.purpose,
    agreement: row.agreement_id,
    agreementVersion: row.agreement_version,
    outcome: row.outcome,
    reason: row.reason,
    ...(row.times > 1 && { times: row.times }),
  };
}

/**
 * Text between quotes, as it is: of columns whose values are codes and need no escape. Whatever else were put there would not spell
 * what was sealed, for each member's name stands in a leaf once: no value can be moved into another member.
 */
const codeOf = (column: string) => `'"', ${column}, '"'`;
const textOf = (column: string) => `to_json(${column})`;
const listOf = (column: string) => `array_to_json(${column})`;
const orNull = (value: string) => `coalesce(${value}::text, 'null')`;

/** The members of a leaf in the order of their names, which is the order of the canonical form; as arguments of `concat`. */
const MEMBERS: readonly (readonly [name: string, value: string])[] = [
  ["actor", textOf("e.actor")],
  ["agreement", orNull(textOf("e.agreement_id"))],
  ["agreementVersion", orNull("e.agreement_version")],
  ["at", codeOf(`to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)],
  ["category", codeOf("e.category")],
  ["cells", "e.cells"],
  ["channel", codeOf("e.channel")],
  ["detail", listOf("e.detail")],
  ["indicators", listOf("e.indicators")],
  ["operation", codeOf("e.operation")],
  ["outcome", codeOf("e.outcome")],
  ["owner", codeOf("e.owner")],
  ["periods", listOf("e.periods")],
  ["purpose", orNull(textOf("e.purpose"))],
  ["reason", codeOf("e.reason")],
  ["requestId", textOf("e.request_id")],
  ["times", "e.times"],
  ["viewer", codeOf("e.viewer")],
];

/**
 * `canonical(leafOf(entry))` of an entry `e`, as PostgreSQL writes it: so a log of a million entries is read without being parsed
 * and spelled again. That both spell the same is tested. (`row_to_json` takes twice the time.)
 */
export const LEAF_TEXT = `concat('{', ${MEMBERS.map(([name, value], at) => {
  const label = `'${at === 0 ? "" : ","}"${name}":'`;
  return name === "times"
    ? `CASE WHEN e.times > 1 THEN concat(${label}, ${value}) END`
    : `${label}, ${value}`;
}).join(", ")}, '}')`;
