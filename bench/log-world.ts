import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { DataSource } from "typeorm";
import { keyIdOf, signHead } from "../shared/audit/head";
import { LEAF_TEXT } from "../shared/audit/leaf";
import { frontier, leafHash } from "../shared/audit/merkle";

/** A made-up disclosure log with real leaves and heads: what a benchmark needs of its entries is their number. */
export const OWNER = "AUT";
/** With the owner's, as many partners share the entries. */
const OWNERS = ["AUT", "BGR", "DEU", "FRA", "HUN"];
const AT_ONCE = 100_000;
/** As many entries as a busy owner's log gets between two rounds of the sealer. */
const ENTRIES_A_HEAD = 20;

export interface LogSizes {
  /** Entries of the owner whose log is read. */
  own: number;
  /** Entries of the other owners. */
  others: number;
}

/** @param dataSource as the owner of the tables */
export async function fillLog(dataSource: DataSource, { own, others }: LogSizes): Promise<void> {
  await dataSource.query(PARTNERS, [[...OWNERS, "PAK"]]);
  for (const [owners, count] of [
    [[OWNER], own],
    [OWNERS.slice(1), others],
  ] as const) {
    for (let first = 1; first <= count; first += AT_ONCE)
      await dataSource.query(ENTRIES, [first, Math.min(first + AT_ONCE - 1, count), owners]);
  }
  await dataSource.query("VACUUM ANALYZE audit.entry");
  await sealOwn(dataSource);
}

const PARTNERS = `
INSERT INTO sharing.partner (code, name, kind) SELECT code, code, 'NATIONAL_AUTHORITY' FROM unnest($1::text[]) AS code
ON CONFLICT DO NOTHING`;

const ENTRIES = `
INSERT INTO audit.entry (at, request_id, viewer, actor, owner, category, operation, indicators, periods, detail, cells, channel,
  outcome, reason, agreement_id, agreement_version)
SELECT now() - interval '400 days' + n * interval '6 seconds', md5(n::text)::uuid::text,
  (ARRAY['FRONTEX', 'PAK', 'SRB', 'HUN', 'UNODC', 'TUR', 'IRQ'])[1 + n % 7], 'someone-' || n % 50,
  ($3::text[])[1 + n % cardinality($3::text[])], 'STATISTICS', CASE WHEN n % 3 = 0 THEN 'COMBINATION' ELSE 'CONSULTATION' END,
  ARRAY[(ARRAY['ASY', 'DOC', 'FAC', 'IBC', 'IST', 'REF'])[1 + n % 6]], '{2015-Q1,2015-Q2,2015-Q3,2015-Q4}', '{CITIZENSHIP}',
  n % 900, 'GRAPHQL', CASE WHEN n % 11 = 0 THEN 'DENIED' ELSE 'GIVEN' END, CASE WHEN n % 11 = 0 THEN 'DETAIL' ELSE 'GRANTED' END,
  'A10', 1
FROM generate_series($1::int, $2::int) AS n`;

/** As the sealer would have, had it been running all along. */
async function sealOwn(dataSource: DataSource): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  await dataSource.query("INSERT INTO audit.key (key_id, public_key) VALUES ($1, $2)", [
    keyIdOf(publicKey),
    publicKey.export({ type: "spki", format: "pem" }),
  ]);
  const tree = frontier();
  for (let last = "0"; ; ) {
    const rows: { id: string; text: string }[] = await dataSource.query(UNSEALED, [OWNER, last]);
    if (rows.length === 0) break;
    const [start, hashes, heads] = [tree.size, [] as string[], [] as object[]];
    for (const { text } of rows) {
      hashes.push(leafHash(text));
      tree.append(hashes.at(-1) as string);
      if (tree.size % ENTRIES_A_HEAD === 0) heads.push(headOf(tree, privateKey));
    }
    last = rows.at(-1)?.id as string;
    await dataSource.query(LEAVES, [OWNER, start, rows.map(({ id }) => id), hashes]);
    await dataSource.query(HEADS, [JSON.stringify(heads)]);
  }
  await dataSource.query("INSERT INTO audit.seal (before) VALUES (pg_current_xact_id())");
  await dataSource.query("VACUUM ANALYZE audit.leaf, audit.head");
}

function headOf(tree: ReturnType<typeof frontier>, privateKey: KeyObject): object {
  const at = new Date().toISOString();
  const head = signHead({ log: OWNER, size: tree.size, root: tree.root(), at }, privateKey);
  return { ...head, frontier: tree.hashes() };
}

const UNSEALED = `
SELECT e.id, ${LEAF_TEXT} AS text FROM audit.entry e WHERE e.owner = $1 AND e.id > $2 ORDER BY e.txid, e.id LIMIT 20000`;

const LEAVES = `
INSERT INTO audit.leaf (owner, index, entry_id, hash)
SELECT $1, $2::bigint + n - 1, id, decode(hash, 'hex') FROM unnest($3::bigint[], $4::text[]) WITH ORDINALITY AS l (id, hash, n)`;

const HEADS = `
INSERT INTO audit.head (owner, size, root, at, key_id, signature, frontier)
SELECT h.log, h.size, h.root, h.at, h."keyId", h.signature, h.frontier
FROM jsonb_to_recordset($1::jsonb) AS h (log text, size bigint, root text, at timestamptz, "keyId" text, signature text, frontier text[])`;
