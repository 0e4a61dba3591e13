/** The sealed log: it grows, it verifies, and each of the five ways to bend it is refused to the subgraphs and found in a superuser. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { DataSource } from "typeorm";
import { seal } from "../../shared/audit/sealer";
import { openDatabase } from "../../shared/database/data-source";
import { newSigningKeys } from "../../shared/viewer/viewer-assertion";
import { cloneDatabase, EMPTY } from "../support/database";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";

const ROOT = join(__dirname, "..", "..");
const QUERY = `{ series(reporters: ["HUN", "AUT"], indicators: ["ASY"], from: "2015-Q1", to: "2015-Q4") { values } }`;

let exchange: ExchangeUnderTest;
let owner: Client;
let folder: string;
beforeEach(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
  folder = mkdtempSync(join(tmpdir(), "accord-log-"));
});
afterEach(async () => {
  await exchange?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Some answers, and a wait until the running sealer has sealed them. */
async function look(times: number): Promise<void> {
  for (let round = 0; round < times; round++) await exchange.ask("frontex-analyst", QUERY);
  for (let wait = 0; (await verify()).unsealed > 0; wait++) {
    // Other tests' transactions on the same server hold sealing back: it is final only once nothing older can be written.
    if (wait > 500) throw new Error("the sealer does not seal");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function verify(heldHeads: string[] = [], client = "hun-approver") {
  const query = `query ($heldHeads: [String!]) { verifyDisclosureLog(owner: "HUN", heldHeads: $heldHeads) {
    valid entries unsealed head faults { code } } }`;
  const { data, errors } = await exchange.ask(client, query, { heldHeads });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.verifyDisclosureLog;
}

/** The log as its owner exports it, in pieces of two entries. */
async function exported(): Promise<string> {
  const lines: string[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const query = `query ($after: Int!) { disclosureLogExport(after: $after, first: 2) { lines next } }`;
    const { data }: any = await exchange.ask("hun-approver", query, { after });
    lines.push(...data.disclosureLogExport.lines);
    after = data.disclosureLogExport.next;
  }
  return `${lines.join("\n")}\n`;
}

/** `accord verify-log` as a process of its own. */
function offline(text: string, held: string[] = []) {
  const file = join(folder, "log.jsonl");
  writeFileSync(file, text);
  const heads = held.flatMap((head, at) => {
    writeFileSync(join(folder, `head-${at}`), head);
    return ["--head", join(folder, `head-${at}`)];
  });
  const { status, stdout } = spawnSync(
    process.execPath,
    ["cli/accord.cjs", "verify-log", file, "--format", "json", ...heads],
    {
      cwd: ROOT,
      encoding: "utf8",
    },
  );
  return { status, faults: JSON.parse(stdout).faults.map(({ code }: any) => code) };
}

test("grows with the answers, and verifies online and offline, for the owner and for the auditor", async () => {
  await look(3);
  const first = await verify();
  expect(first).toMatchObject({ valid: true, entries: 3, faults: [] });
  await look(2);
  const second = await verify([first.head]);
  expect(second).toMatchObject({ valid: true, entries: 5, faults: [] });
  expect(await verify([], "auditor-desk")).toMatchObject({ valid: true, entries: 5 });
  const text = await exported();
  expect(text.match(/"entry"/g)).toHaveLength(5);
  expect(offline(text, [first.head, second.head])).toEqual({ status: 0, faults: [] });
});

/** A superuser, who can turn triggers off, bends Hungary's log of five sealed entries. */
const BENDINGS: Readonly<Record<string, { sql: string[]; code: string }>> = {
  changing: {
    sql: [
      "UPDATE audit.entry SET cells = 0 WHERE id = (SELECT entry_id FROM audit.leaf WHERE owner = 'HUN' AND index = 2)",
    ],
    code: "ENTRY_CHANGED",
  },
  deleting: {
    sql: [
      "DELETE FROM audit.entry WHERE id = (SELECT entry_id FROM audit.leaf WHERE owner = 'HUN' AND index = 1)",
    ],
    code: "ENTRY_MISSING",
  },
  inserting: {
    sql: [
      `INSERT INTO audit.entry (txid, request_id, viewer, actor, owner, category, operation, cells, channel, outcome, reason)
       SELECT txid, 'made up', 'SRB', 'somebody', 'HUN', category, operation, 9, channel, outcome, reason
       FROM audit.entry WHERE owner = 'HUN' ORDER BY id LIMIT 1`,
    ],
    code: "ENTRY_ADDED",
  },
  reordering: {
    sql: [
      `UPDATE audit.leaf l SET entry_id = -o.entry_id FROM audit.leaf o
       WHERE l.owner = 'HUN' AND o.owner = 'HUN' AND l.index IN (0, 3) AND o.index IN (0, 3) AND l.index <> o.index`,
      "UPDATE audit.leaf SET entry_id = -entry_id WHERE entry_id < 0",
    ],
    code: "ENTRY_CHANGED",
  },
  cutting: {
    sql: [
      "DELETE FROM audit.entry WHERE id IN (SELECT entry_id FROM audit.leaf WHERE owner = 'HUN' AND index >= 3)",
      "DELETE FROM audit.leaf WHERE owner = 'HUN' AND index >= 3",
      "DELETE FROM audit.head WHERE owner = 'HUN' AND size > 3",
    ],
    code: "TAIL_CUT",
  },
};

const asSuperuser = async (statements: readonly string[]) => {
  await owner.query("SET session_replication_role = replica");
  for (const statement of statements) await owner.query(statement);
  await owner.query("RESET session_replication_role");
};

test.each(Object.entries(BENDINGS))(
  "%s is refused to every slack, and found where a superuser does it",
  async (name, { sql, code }) => {
    await look(3);
    await look(2);
    const { head } = await verify();
    for (const role of [
      "accord_countries",
      "accord_indicators",
      "accord_sharing",
      "accord_sealer",
    ]) {
      for (const statement of sql) {
        await owner.query("BEGIN");
        await owner.query(`SET LOCAL ROLE ${role}`);
        await expect(owner.query(statement)).rejects.toThrow(/permission denied|append-only/);
        await owner.query("ROLLBACK");
      }
    }
    expect(await verify([head])).toMatchObject({ valid: true });
    await asSuperuser(sql);
    const found = await verify([head]);
    expect(found.valid).toBe(false);
    expect(found.faults.map((fault: any) => fault.code)).toContain(code);
    expect(await verify([head], "auditor-desk")).toMatchObject({ valid: false });
    // An entry that was added and never sealed is not in an export: it stands in no log that anybody holds.
    const check = offline(await exported(), [head]);
    if (name !== "inserting")
      expect(check).toMatchObject({ status: 1, faults: expect.arrayContaining([code]) });
  },
);

test("a superuser who makes leaves and heads anew, but has not the key, is found", async () => {
  await look(3);
  const { head } = await verify();
  await asSuperuser([
    "UPDATE audit.entry SET viewer = 'SRB' WHERE owner = 'HUN'",
    "DELETE FROM audit.leaf",
    "DELETE FROM audit.head",
  ]);
  await asSuperuser(["DELETE FROM audit.seal"]);
  const own = await openDatabase({
    url: exchange.databaseUrl,
    role: "accord_sealer",
    entities: [],
    poolSize: 1,
  });
  await seal(own, newSigningKeys().privateKey);
  await own.destroy();
  const found = await verify([head]);
  expect(found.valid).toBe(false);
  expect(found.faults.map((fault: any) => fault.code)).toEqual(
    expect.arrayContaining(["KEY_UNKNOWN"]),
  );
});

describe("the order of entries is final when it is sealed", () => {
  let dataSource: DataSource;
  let database: Awaited<ReturnType<typeof cloneDatabase>>;
  const clients: Client[] = [];
  const { privateKey } = newSigningKeys();
  const connect = async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    clients.push(client);
    return client;
  };
  const write = (client: Client, requestId: string, count = 1) =>
    client.query(
      `INSERT INTO audit.entry (request_id, viewer, actor, owner, category, operation, cells, channel, outcome, reason)
       SELECT $1, 'SRB', 'x', 'HUN', 'STATISTICS', 'CONSULTATION', 1, 'GRAPHQL', 'GIVEN', 'GRANTED' FROM generate_series(1, $2)`,
      [requestId, count],
    );
  const sealed = async (): Promise<string[]> => {
    const { rows } = await (clients[0] as Client).query(
      "SELECT e.request_id FROM audit.leaf l JOIN audit.entry e ON e.id = l.entry_id ORDER BY l.index",
    );
    return rows.map(({ request_id: id }) => id);
  };

  /** Two sealers at once, until so many are sealed: other tests' transactions on the same server may hold them back. */
  const sealAll = async (wanted: number): Promise<number> => {
    let total = 0;
    for (let round = 0; total < wanted && round < 500; round++) {
      const both = await Promise.all([seal(dataSource, privateKey), seal(dataSource, privateKey)]);
      total += both.reduce((sum, count) => sum + count, 0);
      if (total < wanted) await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return total;
  };

  beforeEach(async () => {
    database = await cloneDatabase(EMPTY);
    dataSource = await openDatabase({
      url: database.url,
      role: "accord_sealer",
      entities: [],
      poolSize: 4,
    });
    await connect();
  });
  afterEach(async () => {
    await dataSource.destroy();
    await Promise.all(clients.splice(0).map((client) => client.end()));
    await database.drop();
  });

  test("one that is written late waits for, and is neither lost nor overtaken", async () => {
    const [late, early] = [await connect(), await connect()];
    await late.query("BEGIN");
    await write(late, "late");
    await write(early, "early");
    expect(await seal(dataSource, privateKey)).toBe(0);
    await late.query("COMMIT");
    expect(await sealAll(2)).toBe(2);
    expect(await sealed()).toEqual(["late", "early"]);
  });

  test("one that is rolled back leaves no gap", async () => {
    const [gone, stays] = [await connect(), await connect()];
    await gone.query("BEGIN");
    await write(gone, "gone");
    await write(stays, "stays");
    await gone.query("ROLLBACK");
    expect(await sealAll(1)).toBe(1);
    expect(await sealed()).toEqual(["stays"]);
  });

  test("two sealers at once seal each entry once, and more than a round holds goes into the next", async () => {
    await write(clients[0] as Client, "many", 15_000);
    await write(clients[0] as Client, "more", 15_000);
    await write(clients[0] as Client, "rest", 10);
    expect(await sealAll(30_010)).toBe(30_010);
    const { rows } = await (clients[0] as Client).query(
      "SELECT count(*)::int AS leaves, max(index)::int AS last, (SELECT max(size)::int FROM audit.head) AS size FROM audit.leaf",
    );
    expect(rows[0]).toEqual({ leaves: 30_010, last: 30_009, size: 30_010 });
  });
});
