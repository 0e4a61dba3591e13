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
}

export const ENTRY_COLUMNS = `e.id, e.txid, e.at, e.request_id, e.viewer, e.actor, e.owner, e.category, e.operation, e.indicators,
  e.periods, e.detail, e.cells, e.channel, e.purpose, e.agreement_id, e.agreement_version, e.outcome, e.reason`;

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
  };
}
