import type { EntityManager } from "typeorm";
import type { TreeHead } from "../../../shared/audit/head";
import { ENTRY_COLUMNS, type EntryRow, LEAF_TEXT } from "../../../shared/audit/leaf";

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

/** Where an entry stands in the order of pages: by time, and of one time by the order of writing. */
export interface Place {
  id: string;
  /** As PostgreSQL writes it. */
  at: string;
}

/** The conditions that a filter has, and their values; a condition that is not asked for would keep an index from being used. */
function conditionsOf(filter: LogFilter): { where: string; values: unknown[] } {
  const asked = Object.entries(CONDITIONS)
    .map(([name, condition]) => ({ condition, value: filter[name as keyof LogFilter] }))
    .filter(({ value }) => value !== null);
  return {
    where: asked.map(({ condition }, at) => condition(`$${at + 1}`)).join(" AND "),
    values: asked.map(({ value }) => value),
  };
}

const CONDITIONS: Readonly<Record<keyof LogFilter, (value: string) => string>> = {
  owner: (value) => `e.owner = ${value}`,
  viewer: (value) => `e.viewer = ${value}`,
  indicator: (value) => `${value} = ANY (e.indicators)`,
  outcome: (value) => `e.outcome = ${value}`,
  from: (value) => `e.at >= ${value}`,
  to: (value) => `e.at < ${value}`,
};

/** Newest first; found in an index, so that few entries are fetched. Row-level security shows an approver its own partner's log, and nobody else's. */
export async function readEntries(
  manager: EntityManager,
  filter: LogFilter,
  { first, before }: { first: number; before: Place | null },
): Promise<LogRow[]> {
  const { where, values } = conditionsOf(filter);
  const next = (offset: number) => `$${values.length + offset}`;
  const beyond =
    before === null ? "" : `AND (e.at, e.id) < (${next(2)}::timestamptz, ${next(3)}::bigint)`;
  return manager.query(
    `SELECT ${ENTRY_COLUMNS}, (SELECT count(*)::int FROM audit.entry o WHERE o.owner = e.owner
        AND o.request_id = e.request_id AND o.id < e.id) AS line
     FROM (SELECT e.id FROM audit.entry e WHERE ${where} ${beyond}
       ORDER BY e.at DESC, e.id DESC LIMIT ${next(1)}) page JOIN audit.entry e ON e.id = page.id
     ORDER BY e.at DESC, e.id DESC`,
    [...values, first, ...(before === null ? [] : [before.at, before.id])],
  );
}

/** How many there are in all: as long as the log is, so only for who asks for it. */
export async function countEntries(manager: EntityManager, filter: LogFilter): Promise<number> {
  const { where, values } = conditionsOf(filter);
  const [row] = await manager.query(
    `SELECT count(*)::int AS total FROM audit.entry e WHERE ${where}`,
    values,
  );
  return row.total;
}

/** Whether the page that begins behind a place has one before it. */
export async function hasNewer(
  manager: EntityManager,
  filter: LogFilter,
  { at, id }: Place,
): Promise<boolean> {
  const { where, values } = conditionsOf(filter);
  const [row] = await manager.query(
    `SELECT EXISTS (SELECT FROM audit.entry e WHERE ${where}
       AND (e.at, e.id) >= ($${values.length + 1}::timestamptz, $${values.length + 2}::bigint)
       ORDER BY e.at, e.id LIMIT 1) AS newer`,
    [...values, at, id],
  );
  return row.newer;
}

/** The entry that a cursor stands for; null where this owner's log has none such. */
export async function findEntry(
  manager: EntityManager,
  owner: string,
  { requestId, line }: { requestId: string; line: number },
): Promise<Place | null> {
  const [row]: Place[] = await manager.query(
    "SELECT id, at::text FROM audit.entry WHERE owner = $1 AND request_id = $2 ORDER BY id OFFSET $3 LIMIT 1",
    [owner, requestId, line],
  );
  return row ?? null;
}

export interface SealedRow {
  index: number;
  /** Its canonical JSON; null where the entry has been taken away. */
  text: string | null;
}

/** The leaves from one index on, with their entries. */
export function readSealed(
  manager: EntityManager,
  owner: string,
  from: number,
  most: number,
): Promise<SealedRow[]> {
  return manager.query(SEALED, [owner, from, most]);
}

/** An index is exact as a double up to 2^53. */
const SEALED = `
SELECT l.index::float8 AS index, CASE WHEN e.id IS NOT NULL THEN ${LEAF_TEXT} END AS text
FROM (SELECT l.index, l.entry_id, l.owner FROM audit.leaf l WHERE l.owner = $1 AND l.index >= $2 ORDER BY l.index LIMIT $3) l
  LEFT JOIN audit.entry e ON e.id = l.entry_id AND e.owner = l.owner
ORDER BY l.index`;

/** Up to where a log is sealed: no transaction older than `before` can write any more. */
export interface SealedUntil {
  before: string;
  /** Of the newest head. */
  size: number;
}

export async function readSealedUntil(manager: EntityManager, owner: string): Promise<SealedUntil> {
  const [row] = await manager.query(SEALED_UNTIL, [owner]);
  return row;
}

const SEALED_UNTIL = `
SELECT coalesce((SELECT before FROM audit.seal ORDER BY id DESC LIMIT 1), '0'::xid8)::text AS before,
  coalesce((SELECT max(size) FROM audit.head WHERE owner = $1), 0)::float8 AS size`;

/** Entries that wait for the sealer. */
export async function countWaiting(
  manager: EntityManager,
  owner: string,
  before: string,
): Promise<number> {
  const [row] = await manager.query(
    "SELECT count(*)::int AS waiting FROM audit.entry e WHERE e.owner = $1 AND e.txid >= $2::xid8",
    [owner, before],
  );
  return row.waiting;
}

/** Where an entry stands in the order of sealing. */
export interface SealedPlace {
  txid: string;
  id: string;
}

/** The last entry that a leaf before this index covers; null where there is none. */
export async function readLastSealed(
  manager: EntityManager,
  owner: string,
  index: number,
): Promise<SealedPlace | null> {
  const [row]: SealedPlace[] = await manager.query(
    `SELECT e.txid, e.id FROM audit.leaf l JOIN audit.entry e ON e.id = l.entry_id AND e.owner = l.owner
     WHERE l.owner = $1 AND l.index < $2 ORDER BY l.index DESC LIMIT 1`,
    [owner, index],
  );
  return row ?? null;
}

/**
 * Entries behind one place up to another, and up to the end of what is sealed where there is no other: as many as the leaves of
 * that stretch, unless one was put there afterwards.
 */
export async function countDue(
  manager: EntityManager,
  owner: string,
  {
    after,
    until,
    before,
  }: { after: SealedPlace | null; until: SealedPlace | null; before: string },
): Promise<number> {
  const values: unknown[] = [owner, before];
  const place = (comparison: string, bound: SealedPlace | null): string => {
    if (bound === null) return "";
    values.push(bound.txid, bound.id);
    return ` AND (e.txid, e.id) ${comparison} ($${values.length - 1}::xid8, $${values.length}::bigint)`;
  };
  const bounds = place(">", after) + place("<=", until);
  const [row] = await manager.query(
    `SELECT count(*)::int AS due FROM audit.entry e WHERE e.owner = $1 AND e.txid < $2::xid8${bounds}`,
    values,
  );
  return row.due;
}

interface HeadRow {
  size: number;
  root: string;
  at: Date;
  key_id: string;
  signature: string;
}

/** The heads of sizes above `from` up to `to`: of each stretch of `step` entries the newest; 1 = all. */
export async function readHeads(
  manager: EntityManager,
  owner: string,
  { from, to, step = 1 }: { from: number; to: number; step?: number },
): Promise<TreeHead[]> {
  const rows: HeadRow[] = await manager.query(
    `SELECT DISTINCT ON ((size - 1) / $4) size::float8 AS size, root, at, key_id, signature FROM audit.head
     WHERE owner = $1 AND size > $2 AND size <= $3 ORDER BY (size - 1) / $4, size DESC`,
    [owner, from, to, step],
  );
  return rows.map(toHead(owner));
}

const toHead =
  (owner: string) =>
  ({ size, root, at, key_id: keyId, signature }: HeadRow): TreeHead => ({
    log: owner,
    size,
    root,
    at: at.toISOString(),
    keyId,
    signature,
  });

/** The head at which a piece of at most `most` entries behind `from` ends; the next one where a single round of sealing was longer. */
export async function readPieceEnd(
  manager: EntityManager,
  owner: string,
  from: number,
  most: number,
): Promise<TreeHead | null> {
  const rows: HeadRow[] = await manager.query(PIECE_END, [owner, from, from + most]);
  return rows.map(toHead(owner))[0] ?? null;
}

const PIECE_END = `
SELECT size::float8 AS size, root, at, key_id, signature FROM audit.head WHERE owner = $1 AND size = coalesce(
  (SELECT max(size) FROM audit.head WHERE owner = $1 AND size > $2 AND size <= $3),
  (SELECT min(size) FROM audit.head WHERE owner = $1 AND size > $2))`;

/** The right edge of the tree at a head, as the sealer stored it; null where there is no such head. */
export async function readFrontier(
  manager: EntityManager,
  owner: string,
  size: number,
): Promise<string[] | null> {
  const [row]: { frontier: string[] }[] = await manager.query(
    "SELECT frontier FROM audit.head WHERE owner = $1 AND size = $2",
    [owner, size],
  );
  return row?.frontier ?? null;
}

export function readKeys(manager: EntityManager): Promise<{ keyId: string; publicKey: string }[]> {
  return manager.query(
    `SELECT key_id AS "keyId", public_key AS "publicKey" FROM audit.key ORDER BY since, key_id`,
  );
}
