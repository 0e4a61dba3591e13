import { createPublicKey, type KeyObject } from "node:crypto";
import type { Logger } from "pino";
import type { DataSource, EntityManager } from "typeorm";
import { grouped } from "../grouped";
import { canonical } from "./canonical";
import { keyIdOf, signHead } from "./head";
import { ENTRY_COLUMNS, type EntryRow, leafOf } from "./leaf";
import { frontier, leafHash } from "./merkle";

/** Any number; of two sealers of one database the one that comes second leaves the round to the first. */
const SEALER_LOCK = 7_206_732;
const MOST_AT_ONCE = 20_000;

/**
 * Adds to each owner's Merkle tree what has been written since the last time, and signs the new heads. Only entries of
 * transactions older than every one still running: none can slip in before them later, so the order is final.
 * @returns how many entries were sealed
 */
export async function seal(dataSource: DataSource, privateKey: KeyObject): Promise<number> {
  return dataSource.transaction(async (manager) => {
    const [{ alone }] = await manager.query("SELECT pg_try_advisory_xact_lock($1) AS alone", [
      SEALER_LOCK,
    ]);
    if (!alone) return 0;
    const [{ from, until }] = await manager.query(BOUNDS);
    if (BigInt(until) < BigInt(from)) {
      throw new Error(
        "The database's transaction numbers went back: restored elsewhere. See docs/operations.md.",
      );
    }
    const rows: EntryRow[] = await manager.query(ENTRIES, [from, until, MOST_AT_ONCE]);
    if (rows.length === 0) return 0;
    rows.sort(inOrder);
    for (const [owner, entries] of grouped(rows, ({ owner }) => owner))
      await grow(manager, owner, entries, privateKey);
    const isAll = rows.length < MOST_AT_ONCE;
    const sealed = isAll ? until : (BigInt(rows.at(-1)?.txid as string) + 1n).toString();
    await manager.query("INSERT INTO audit.seal (before) VALUES ($1)", [sealed]);
    return rows.length;
  });
}

/** Makes entries of the refusals that were counted in minutes that are over; they are sealed in the next round. */
export async function foldRefusals(dataSource: Pick<DataSource, "query">): Promise<void> {
  await dataSource.query(FOLD, [SEALER_LOCK]);
}

const FOLD =
  "SELECT audit.fold_refusals() FROM (SELECT pg_try_advisory_xact_lock($1) AS alone) AS sealer WHERE alone";

const BOUNDS = `
SELECT coalesce((SELECT before FROM audit.seal ORDER BY id DESC LIMIT 1), '0'::xid8)::text AS "from",
  pg_snapshot_xmin(pg_current_snapshot())::text AS "until"`;

/** Whole transactions, however large the last one is. */
const ENTRIES = `
SELECT ${ENTRY_COLUMNS} FROM audit.entry e WHERE e.txid >= $1::xid8 AND e.txid < $2::xid8
ORDER BY e.txid FETCH FIRST $3 ROWS WITH TIES`;

function inOrder(one: EntryRow, other: EntryRow): number {
  const by = (a: string, b: string) => (BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0);
  return by(one.txid, other.txid) || by(one.id, other.id);
}

async function grow(
  manager: EntityManager,
  owner: string,
  entries: readonly EntryRow[],
  privateKey: KeyObject,
): Promise<void> {
  const [head]: { size: string; frontier: string[] }[] = await manager.query(
    "SELECT size, frontier FROM audit.head WHERE owner = $1 ORDER BY size DESC LIMIT 1",
    [owner],
  );
  const start = Number(head?.size ?? 0);
  const tree = frontier(start, head?.frontier ?? []);
  const hashes = entries.map((entry) => leafHash(canonical(leafOf(entry))));
  for (const hash of hashes) tree.append(hash);
  await manager.query(INSERT_LEAVES, [owner, start, entries.map(({ id }) => id), hashes]);
  const statement = {
    log: owner,
    size: tree.size,
    root: tree.root(),
    at: new Date().toISOString(),
  };
  const { root, at, keyId, signature } = signHead(statement, privateKey);
  await manager.query(
    "INSERT INTO audit.head (owner, size, root, at, key_id, signature, frontier) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    [owner, tree.size, root, at, keyId, signature, tree.hashes()],
  );
}

const INSERT_LEAVES = `
INSERT INTO audit.leaf (owner, index, entry_id, hash)
SELECT $1, $2::bigint + n - 1, id, decode(hash, 'hex')
FROM unnest($3::bigint[], $4::text[]) WITH ORDINALITY AS l (id, hash, n)`;

export interface Sealer {
  stop(): Promise<void>;
}

const SEAL_EVERY_MS = 2_000;

/** Seals every few seconds until stopped. A round that fails is logged and tried again: entries wait, none is lost. */
export async function startSealer(
  dataSource: DataSource,
  privateKey: KeyObject,
  logger: Logger,
): Promise<Sealer> {
  const publicKey = createPublicKey(privateKey);
  await dataSource.query(
    "INSERT INTO audit.key (key_id, public_key) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    [keyIdOf(publicKey), publicKey.export({ type: "spki", format: "pem" })],
  );
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  const sealed = (): Promise<void> =>
    foldRefusals(dataSource)
      .catch((error: unknown) => logger.error({ error }, "counted refusals could not be written"))
      .then(() => seal(dataSource, privateKey))
      .then(
        () => undefined,
        (error: unknown) => logger.error({ error }, "the disclosure log could not be sealed"),
      );
  const next = (): void => {
    timer = setTimeout(() => {
      round = sealed().finally(() => stopped || next());
    }, SEAL_EVERY_MS);
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await round;
      await sealed();
      await dataSource.destroy();
    },
  };
}
