import type { EntityManager } from "typeorm";
import type { TreeHead } from "../../../shared/audit/head";
import { ENTRY_COLUMNS, type EntryRow } from "../../../shared/audit/leaf";

export interface LogFilter {
  owner: string;
  viewer: string | null;
  indicator: string | null;
  outcome: string | null;
  from: Date | null;
  to: Date | null;
}

/** An entry and its number among the lines that one request left in this owner's log. */
export type LogRow = EntryRow & { line: number };

const FILTER = `e.owner = $1 AND ($2::text IS NULL OR e.viewer = $2) AND ($3::text IS NULL OR $3 = ANY (e.indicators))
  AND ($4::text IS NULL OR e.outcome = $4) AND ($5::timestamptz IS NULL OR e.at >= $5) AND ($6::timestamptz IS NULL OR e.at < $6)`;

const valuesOf = ({ owner, viewer, indicator, outcome, from, to }: LogFilter) => [
  owner,
  viewer,
  indicator,
  outcome,
  from,
  to,
];

/** Newest first. Row-level security shows an approver its own partner's log, and nobody else's. */
export async function readEntries(
  manager: EntityManager,
  filter: LogFilter,
  page: { first: number; before: string | null },
): Promise<LogRow[]> {
  return manager.query(
    `SELECT ${ENTRY_COLUMNS}, (SELECT count(*)::int FROM audit.entry o WHERE o.owner = e.owner
        AND o.request_id = e.request_id AND o.id < e.id) AS line
     FROM audit.entry e WHERE ${FILTER} AND ($7::bigint IS NULL OR e.id < $7) ORDER BY e.id DESC LIMIT $8`,
    [...valuesOf(filter), page.before, page.first],
  );
}

export async function countEntries(
  manager: EntityManager,
  filter: LogFilter,
  before: string | null,
): Promise<{ total: number; newer: number }> {
  const [row] = await manager.query(
    `SELECT count(*)::int AS total, (count(*) FILTER (WHERE e.id >= $7::bigint))::int AS newer FROM audit.entry e WHERE ${FILTER}`,
    [...valuesOf(filter), before],
  );
  return row;
}

/** The entry that a cursor stands for; null where this owner's log has none such. */
export async function findEntry(
  manager: EntityManager,
  owner: string,
  { requestId, line }: { requestId: string; line: number },
): Promise<string | null> {
  const [row]: { id: string }[] = await manager.query(
    "SELECT id FROM audit.entry WHERE owner = $1 AND request_id = $2 ORDER BY id OFFSET $3 LIMIT 1",
    [owner, requestId, line],
  );
  return row?.id ?? null;
}

export interface SealedRow {
  index: number;
  hash: string;
  /** Null where the entry has been taken away. */
  entry: EntryRow | null;
}

/** The leaves from one index on, with their entries. */
export async function readSealed(
  manager: EntityManager,
  owner: string,
  from: number,
  most: number,
): Promise<SealedRow[]> {
  const rows: (EntryRow & { index: string; hash: string })[] = await manager.query(
    `SELECT l.index, encode(l.hash, 'hex') AS hash, ${ENTRY_COLUMNS}
     FROM audit.leaf l LEFT JOIN audit.entry e ON e.id = l.entry_id AND e.owner = l.owner
     WHERE l.owner = $1 AND l.index >= $2 ORDER BY l.index LIMIT $3`,
    [owner, from, most],
  );
  return rows.map(({ index, hash, ...entry }) => ({
    index: Number(index),
    hash,
    entry: entry.id === null ? null : entry,
  }));
}

/** Entries of the owner that no leaf covers: how many wait for the sealer, and how many should have been sealed. */
export async function countUnsealed(
  manager: EntityManager,
  owner: string,
): Promise<{ waiting: number; late: number }> {
  const [row] = await manager.query(
    `SELECT (count(*) FILTER (WHERE e.txid >= s.before))::int AS waiting, (count(*) FILTER (WHERE e.txid < s.before))::int AS late
     FROM audit.entry e, (SELECT coalesce(max(before), '0'::xid8) AS before FROM audit.seal) s
     WHERE e.owner = $1 AND NOT EXISTS (SELECT FROM audit.leaf l WHERE l.entry_id = e.id)`,
    [owner],
  );
  return row;
}

export async function readHeads(
  manager: EntityManager,
  owner: string,
  from: number,
  to: number,
): Promise<TreeHead[]> {
  const rows: { size: string; root: string; at: Date; key_id: string; signature: string }[] =
    await manager.query(
      `SELECT size, root, at, key_id, signature FROM audit.head
     WHERE owner = $1 AND size > $2 AND size <= $3 ORDER BY size`,
      [owner, from, to],
    );
  return rows.map(({ size, root, at, key_id: keyId, signature }) => ({
    log: owner,
    size: Number(size),
    root,
    at: at.toISOString(),
    keyId,
    signature,
  }));
}

export function readKeys(manager: EntityManager): Promise<{ keyId: string; publicKey: string }[]> {
  return manager.query(
    `SELECT key_id AS "keyId", public_key AS "publicKey" FROM audit.key ORDER BY since, key_id`,
  );
}
