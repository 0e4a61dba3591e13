/** A log of many entries: a page of it reads a page, and what is read of it is what stands in it, in pieces as in one. */
import { Client } from "pg";
import type { DataSource, EntityManager } from "typeorm";
import { fillLog } from "../../bench/log-world";
import { openAsOwner } from "../../migrations/migrate";
import { canonical } from "../../shared/audit/canonical";
import { readHead, signHead, type TreeHead } from "../../shared/audit/head";
import { ENTRY_COLUMNS, type EntryRow, LEAF_TEXT, leafOf } from "../../shared/audit/leaf";
import { verifyExport } from "../../shared/audit/verify";
import { openDatabase } from "../../shared/database/data-source";
import { asViewer } from "../../shared/database/transaction";
import type { Viewer } from "../../shared/viewer/viewer";
import { newSigningKeys } from "../../shared/viewer/viewer-assertion";
import {
  findEntry,
  hasNewer,
  type LogFilter,
  type LogRow,
  readEntries,
} from "../../subgraphs/sharing/disclosures/disclosure.queries";
import { exportPiece } from "../../subgraphs/sharing/disclosures/disclosure.service";
import {
  type Verifying,
  verifyLog,
} from "../../subgraphs/sharing/disclosures/verification.service";
import { cloneDatabase, EMPTY, type TestDatabase } from "../support/database";
import { viewerOf } from "../support/viewers";

const OWN = 50_000;
const approver: Viewer = viewerOf({ id: "someone", partner: "AUT", roles: ["APPROVER"] });
const everything: LogFilter = {
  owner: "AUT",
  viewer: null,
  indicator: null,
  outcome: null,
  from: null,
  to: null,
};

let database: TestDatabase;
let owner: Client;
let subgraph: DataSource;
beforeAll(async () => {
  database = await cloneDatabase(EMPTY);
  const filling = await openAsOwner(database.url);
  await fillLog(filling, { own: OWN, others: OWN });
  await filling.destroy();
  owner = new Client({ connectionString: database.url });
  await owner.connect();
  subgraph = await openDatabase({
    url: database.url,
    role: "accord_sharing",
    entities: [],
    poolSize: 1,
  });
}, 300_000);
afterAll(async () => {
  await subgraph?.destroy();
  await owner?.end();
  await database?.drop();
});

const read = <T>(work: (manager: EntityManager) => Promise<T>) =>
  asViewer(subgraph, approver, work);

interface Node {
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: Node[];
}
/** Rows that a plan touched, those that it threw away included. */
const touched = (node: Node): number =>
  (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"] +
  (node.Plans ?? []).reduce((sum, plan) => sum + touched(plan), 0);

async function rowsTouched(work: (manager: EntityManager) => Promise<unknown>): Promise<number> {
  let rows = 0;
  await read(async (manager) => {
    const query = async (statement: string, values?: unknown[]) => {
      const [row] = await manager.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${statement}`, values);
      rows += touched(row["QUERY PLAN"][0].Plan);
      return [{}];
    };
    await work({ query } as unknown as EntityManager);
  });
  return rows;
}

test.each<[string, Partial<LogFilter>]>([
  ["all of it", {}],
  ["one viewer", { viewer: "UNODC" }],
  ["a viewer who never asked", { viewer: "BGD" }],
  ["refusals", { outcome: "DENIED" }],
  ["an indicator", { indicator: "REF" }],
  ["a past time", { to: new Date(Date.now() - 398 * 86_400_000) }],
  ["a time that is yet to come", { from: new Date(Date.now() + 86_400_000) }],
])("a page of %s reads no more than some pages of entries", async (_, part) => {
  const filter = { ...everything, ...part };
  const page = await rowsTouched((manager) =>
    readEntries(manager, filter, { first: 21, before: null }),
  );
  expect(page).toBeLessThan(1_000);
});

test("nor does the place of a cursor, and whether there is a page before it", async () => {
  const [last] = await read((manager) =>
    readEntries(manager, everything, { first: 1, before: null }),
  );
  const { request_id: requestId, line } = last as LogRow;
  const cursor = await rowsTouched((manager) => findEntry(manager, "AUT", { requestId, line }));
  const place = { id: "5", at: "2020-01-01T00:00:00Z" };
  const newer = await rowsTouched((manager) => hasNewer(manager, everything, place));
  const later = await rowsTouched((manager) =>
    readEntries(manager, everything, {
      first: 21,
      before: { id: "5", at: new Date().toISOString() },
    }),
  );
  expect(cursor + newer + later).toBeLessThan(1_000);
});

test("pages are those of the whole log in order, each entry once", async () => {
  const { rows } = await owner.query(
    "SELECT id FROM audit.entry WHERE owner = 'AUT' AND viewer = 'UNODC' ORDER BY at DESC, id DESC LIMIT 500",
  );
  const filter = { ...everything, viewer: "UNODC" };
  const seen = await read(async (manager) => {
    const ids: string[] = [];
    for (let before: { id: string; at: string } | null = null; ids.length < 500; ) {
      const page: LogRow[] = await readEntries(manager, filter, { first: 100, before });
      ids.push(...page.map(({ id }) => id));
      const { request_id: requestId, line } = page.at(-1) as LogRow;
      before = await findEntry(manager, "AUT", { requestId, line });
    }
    return ids;
  });
  expect(seen).toEqual(rows.map(({ id }) => id));
});

test("PostgreSQL spells every entry as it was sealed, whatever stands in it", async () => {
  const odd = `quote " backslash \\ slash / tab \t line \n null \u0001 del \u007f line separator \u2028 \u{1f6c2} ﷽ é`;
  await owner.query("BEGIN");
  await owner.query(
    `INSERT INTO audit.entry (at, request_id, viewer, actor, owner, category, operation, indicators, periods, detail, cells, channel,
       purpose, agreement_id, agreement_version, outcome, reason, times) VALUES
     ('2026-01-01 00:00:00.5+02', $1, 'ABC', $1, 'ODD', 'ALERT', 'DISCLOSURE', '{}', ARRAY[$1, ''], ARRAY['a","b', 'NULL', '{}'], 0, 'FEED',
       $1, $1, 3, 'GIVEN', 'GRANTED', 1),
     ('2026-06-01 12:00:00+00', '', '', '', 'ODD', '', 'ERASURE', '{A}', '{}', '{}', 2147483647, 'EXPORT', NULL, NULL, NULL, 'DENIED', '', 17)`,
    [odd],
  );
  const { rows } = await owner.query<EntryRow & { text: string }>(
    `SELECT ${ENTRY_COLUMNS}, ${LEAF_TEXT} AS text FROM audit.entry e WHERE e.owner = 'ODD' OR e.id % 997 = 0`,
  );
  await owner.query("ROLLBACK");
  expect(rows.length).toBeGreaterThan(50);
  expect(rows.map(({ text }) => text)).toEqual(rows.map((row) => canonical(leafOf(row))));
  const texts = rows.filter((row) => row.owner === "ODD").map(({ text }) => JSON.parse(text));
  expect(texts.map(({ times }) => times)).toEqual([undefined, 17]);
});

const headOf = (text: string | null): TreeHead | null =>
  text === null ? null : readHead(JSON.parse(text));

/** All pieces of a verification. */
async function verifyAll(part: Partial<Verifying> = {}) {
  return read(async (manager) => {
    const pieces = [];
    for (let after: TreeHead | null = null; ; ) {
      const asked: Verifying = { owner: "AUT", heldHeads: [], after, inPieces: true, ...part };
      const piece = await verifyLog(manager, asked);
      pieces.push(piece);
      after = headOf(piece.next);
      if (after === null) return pieces;
    }
  });
}
const codes = (pieces: Awaited<ReturnType<typeof verifyAll>>) =>
  pieces.map(({ faults }) => faults.map(({ code }) => code));

describe("verification", () => {
  test("gives the same in one reading and in pieces from head to head", async () => {
    const [whole] = await verifyAll();
    expect(whole).toMatchObject({ valid: true, entries: OWN, unsealed: 0, next: null, faults: [] });
    const pieces = await verifyAll({ atOnce: 12_000 });
    expect(pieces.map(({ entries }) => entries)).toEqual([12_000, 24_000, 36_000, 48_000, OWN]);
    expect(codes(pieces)).toEqual([[], [], [], [], []]);
    expect(pieces.at(-1)?.head).toBe(whole?.head);
  }, 60_000);

  test("of a piece is never taken for one of the whole log", async () => {
    const asked: Verifying = { owner: "AUT", heldHeads: [], after: null, inPieces: false };
    await expect(
      read((manager) => verifyLog(manager, { ...asked, atOnce: 12_000 })),
    ).rejects.toMatchObject({ extensions: { code: "QUERY_TOO_COSTLY" } });
  });

  test("goes on only from a head of this log that was signed", async () => {
    const [first] = await verifyAll({ atOnce: 12_000 });
    const head = headOf(first?.next ?? null) as TreeHead;
    const { log, size, root, at } = head;
    const forged = [
      { ...head, size: head.size + 20 },
      { ...head, log: "DEU" },
      signHead({ log, size, root, at }, newSigningKeys().privateKey),
    ];
    for (const after of forged)
      await expect(verifyAll({ after, atOnce: 12_000 })).rejects.toMatchObject({
        extensions: { code: "BAD_USER_INPUT", argument: "after" },
      });
  });

  test("leads through held heads, each in the piece in which it stands", async () => {
    const heldHeads = (await verifyAll({ atOnce: 20_000 })).flatMap(
      ({ head }) => headOf(head) ?? [],
    );
    expect(heldHeads.map(({ size }) => size)).toEqual([20_000, 40_000, OWN]);
    expect(codes(await verifyAll({ heldHeads, atOnce: 12_000 }))).toEqual([[], [], [], [], []]);
    const [, second] = heldHeads as [TreeHead, TreeHead];
    const other = { ...second, root: "0".repeat(64) };
    const faults = codes(await verifyAll({ heldHeads: [other], atOnce: 12_000 }));
    expect(faults).toEqual([[], [], [], ["HELD_HEAD_INVALID"], []]);
  }, 60_000);

  const entryAt = (index: number) =>
    `(SELECT entry_id FROM audit.leaf WHERE owner = 'AUT' AND index = ${index})`;
  test.each([
    [
      "changed",
      `UPDATE audit.entry SET cells = cells + 1 WHERE id = ${entryAt(30_001)}`,
      "ENTRY_CHANGED",
    ],
    [
      "said to be more",
      `UPDATE audit.entry SET times = 2 WHERE id = ${entryAt(30_001)}`,
      "ENTRY_CHANGED",
    ],
    ["taken out", `DELETE FROM audit.entry WHERE id = ${entryAt(30_001)}`, "ENTRY_MISSING"],
    [
      "put in",
      `INSERT INTO audit.entry (txid, request_id, viewer, actor, owner, category, operation, cells, channel, outcome, reason)
       SELECT txid, 'made up', viewer, actor, owner, category, operation, cells, channel, outcome, reason
       FROM audit.entry WHERE id = ${entryAt(30_001)}`,
      "ENTRY_ADDED",
    ],
  ])(
    "finds an entry that was %s in the piece that it stands in",
    async (_, bending, code) => {
      const before = await owner.query(`SELECT * FROM audit.entry WHERE id = ${entryAt(30_001)}`);
      await owner.query("SET session_replication_role = replica");
      await owner.query(bending);
      const found = codes(await verifyAll({ atOnce: 12_000 }));
      await owner.query("DELETE FROM audit.entry WHERE request_id = 'made up'");
      await owner.query("DELETE FROM audit.entry WHERE id = $1", [before.rows[0].id]);
      const names = Object.keys(before.rows[0]);
      await owner.query(
        `INSERT INTO audit.entry (${names}) OVERRIDING SYSTEM VALUE VALUES (${names.map((_, at) => `$${at + 1}`)})`,
        Object.values(before.rows[0]),
      );
      await owner.query("SET session_replication_role = origin");
      // Where many entries were written in one transaction, which of them is too many is told by where they were written.
      const place = code === "ENTRY_ADDED" ? found.findIndex((all) => all.length > 0) : 2;
      expect(found).toEqual([0, 1, 2, 3, 4].map((piece) => (piece === place ? [code] : [])));
      expect(codes(await verifyAll({ atOnce: 12_000 }))).toEqual([[], [], [], [], []]);
    },
    60_000,
  );
});

test("an export in pieces is the log, whole", async () => {
  const lines: string[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const place: number = after;
    const piece = await read((manager) =>
      exportPiece(manager, "AUT", { after: place, first: 9_999 }),
    );
    lines.push(...piece.lines);
    after = piece.next;
  }
  async function* each() {
    yield* lines;
  }
  expect(await verifyExport(each())).toMatchObject({ valid: true, entries: OWN, unsealed: 0 });
  expect(lines.filter((line) => line.startsWith('{"head"'))).toHaveLength(OWN / 20);
}, 60_000);
