/** What became of the warnings of a year: counted for each reader over what it may read, exercises never, and logged as told. */
import type { Client } from "pg";
import { newIdentifier } from "../../subgraphs/alerts/messages/identifier";
import { issue, officerOf, sees } from "../support/alerts";
import { analysis, fetchDocument } from "../support/analysis";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { AUDITOR, analystOf, SECRETARIAT } from "../support/people";

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
});
afterAll(() => exchange?.stop());

/** A past message of Türkiye's. */
interface Past {
  to: readonly string[];
  sent?: string;
  status?: string;
  type?: "Alert" | "Update" | "Cancel";
  /** Minutes in which to acknowledge it. */
  within?: number;
  /** After how many minutes who did. */
  acks?: Readonly<Record<string, number>>;
  agreed?: boolean;
  draft?: true;
}

const SENT = "2023-05-01T08:00:00Z";

/** Only the owner of the tables writes the past. @returns identifiers in the order given */
async function store(messages: readonly Past[]): Promise<string[]> {
  await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
  const stored: string[] = [];
  for (const message of messages) stored.push(await storeOne(message));
  await owner.query("COMMIT");
  return stored;
}

async function storeOne({
  to,
  sent = SENT,
  status = "Actual",
  type = "Alert",
  within,
  acks = {},
  ...rest
}: Past) {
  const identifier = newIdentifier();
  await owner.query(
    `INSERT INTO alerts.alert (identifier, owner, author, author_approver, drafted_at, status, msg_type, scope, note, info, expires, tlp, ack_minutes)
     VALUES ($1, 'TUR', 'past', false, $2, $3, $4, 'Private', 'of the past', '[{}]', $2::timestamptz + interval '1 day', 'AMBER', $5)`,
    [identifier, sent, status, type, within ?? null],
  );
  if (rest.draft) return identifier;
  await owner.query(
    "INSERT INTO alerts.release (identifier, owner, actor, actor_approver, sent) VALUES ($1, 'TUR', 'past', false, $2)",
    [identifier, sent],
  );
  for (const partner of to)
    await owner.query(
      "INSERT INTO alerts.addressee (identifier, owner, partner, agreed) VALUES ($1, 'TUR', $2, $3)",
      [identifier, partner, rest.agreed ?? false],
    );
  for (const [partner, minutes] of Object.entries(acks))
    await owner.query(
      `INSERT INTO alerts.receipt (identifier, owner, partner, actor, msg_type, at)
       VALUES ($1, 'TUR', $2, 'past', 'Ack', $3::timestamptz + $4 * interval '1 minute')`,
      [identifier, partner, sent, minutes],
    );
  return identifier;
}

afterEach(async () => {
  await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
  for (const table of ["receipt", "addressee", "release", "alert"])
    await owner.query(
      `DELETE FROM alerts.${table} WHERE identifier IN (SELECT identifier FROM alerts.alert WHERE author = 'past')`,
    );
  await owner.query("COMMIT");
});

const FIELDS =
  "threshold messages alerts updates cancellations toAcknowledge onTimeShare medianMinutes";
const told = async (client: string, year = 2023) =>
  (await analysis(exchange, client, `alerts { ${FIELDS} }`, year)).alerts;
const NOTHING = { messages: null, alerts: null, updates: null, cancellations: null };
const NO_TIMES = { toAcknowledge: null, onTimeShare: null, medianMinutes: null };
const times = (count: number, one: Past): Past[] => Array.from({ length: count }, () => one);

/** Pakistan in time three times of five, France always; of six deliveries to Pakistan one is never acknowledged. */
const YEAR: Past[] = [
  { to: ["PAK", "FRA"], within: 60, acks: { PAK: 10, FRA: 1 } },
  { to: ["PAK", "FRA"], within: 60, acks: { PAK: 60, FRA: 2 } },
  { to: ["PAK", "FRA"], within: 60, acks: { PAK: 61, FRA: 3 } },
  { to: ["PAK"], within: 60 },
  { to: ["PAK"], within: 120, acks: { PAK: 110 }, type: "Update" },
  { to: ["PAK"], type: "Cancel" },
];

test("a recipient is told of its own deliveries, the sender of all of them: how many in time, and how fast by the median", async () => {
  await store(YEAR);
  const counts = { threshold: 5, messages: 6, alerts: 4, updates: 1, cancellations: 1 };
  // Pakistan: 10 and 60 of 60, 110 of 120 in time; 61 late, one never. The median of 10, 60, 61, 110 is 60.5.
  expect(await told("pak-analyst")).toEqual({
    ...counts,
    toAcknowledge: 5,
    onTimeShare: 3 / 5,
    medianMinutes: 60.5,
  });
  // Türkiye: the three of France besides. The median of 1, 2, 3, 10, 60, 61, 110 is 10.
  expect(await told("tur-analyst")).toEqual({
    ...counts,
    toAcknowledge: 8,
    onTimeShare: 6 / 8,
    medianMinutes: 10,
  });
});

test.each(["Exercise", "Test", "System", "Draft"])(
  "messages of status %s are in no figure",
  async (status) => {
    await store(YEAR);
    const before = await Promise.all(["pak-analyst", "tur-analyst"].map((client) => told(client)));
    await store(times(7, { to: ["PAK"], status, within: 60, acks: { PAK: 1 } }));
    expect(await Promise.all(["pak-analyst", "tur-analyst"].map((client) => told(client)))).toEqual(
      before,
    );
    await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
    await owner.query("UPDATE alerts.alert SET status = $1 WHERE author = 'past'", [status]);
    await owner.query("COMMIT");
    expect(await told("pak-analyst")).toEqual({ threshold: 5, ...NOTHING, ...NO_TIMES });
  },
);

test("fewer than five messages are not told, nor the times of fewer than five deliveries", async () => {
  await store(YEAR.slice(0, 4));
  for (const client of ["pak-analyst", "tur-analyst"])
    expect(await told(client)).toEqual({ threshold: 5, ...NOTHING, ...NO_TIMES });
  await store([{ to: ["PAK"] }]);
  expect(await told("pak-analyst")).toEqual({
    threshold: 5,
    messages: 5,
    alerts: 5,
    updates: 0,
    cancellations: 0,
    ...NO_TIMES,
  });
  expect(await told("tur-analyst")).toMatchObject({ messages: 5, toAcknowledge: 7 });
});

test("who still has time to acknowledge is neither in time nor late", async () => {
  await store(times(5, { to: ["PAK"], within: 60, acks: { PAK: 5 } }));
  const justNow = `${new Date().toISOString().slice(0, 19)}Z`;
  const year = Number(justNow.slice(0, 4));
  const open = times(6, { to: ["PAK"], sent: justNow, within: 10_080 });
  await store([
    ...open,
    ...times(5, { to: ["PAK"], sent: justNow, within: 10_080, acks: { PAK: 0 } }),
  ]);
  expect(await told("pak-analyst", year)).toMatchObject({
    toAcknowledge: 5,
    onTimeShare: 1,
    medianMinutes: 0,
  });
});

test("a year is one of UTC, and a draft is in none", async () => {
  await store([
    ...times(5, { to: ["PAK"], sent: "2022-12-31T23:59:59Z" }),
    ...times(6, { to: ["PAK"], sent: "2023-12-31T23:59:59Z" }),
    ...times(7, { to: ["PAK"], sent: "2024-01-01T00:00:00Z" }),
    ...times(8, { to: ["PAK"], draft: true }),
  ]);
  for (const [year, messages] of [
    [2022, 5],
    [2023, 6],
    [2024, 7],
  ] as const)
    expect([year, (await told("pak-analyst", year)).messages]).toEqual([year, messages]);
});

describe("nobody is told of a message that it may not read", () => {
  test("whoever is not addressed has the same answer as in a year without any, to the byte", async () => {
    const outsiders = [
      "fra-analyst",
      "deu-analyst",
      "frontex-analyst",
      SECRETARIAT,
      "observer-nld",
    ];
    const ask = (client: string) =>
      exchange.ask(client, `{ annualAnalysis(year: 2023) { alerts { ${FIELDS} } } }`);
    const before = await Promise.all(outsiders.map(async (client) => (await ask(client)).text));
    await store(times(9, { to: ["PAK"], within: 60, acks: { PAK: 1 } }));
    expect(await Promise.all(outsiders.map(async (client) => (await ask(client)).text))).toEqual(
      before,
    );
    expect((await ask(AUDITOR)).data?.annualAnalysis?.alerts ?? null).toBeNull();
  });

  test("what rests on an agreement is counted while one of the sender's holds", async () => {
    await store(times(6, { to: ["PAK", "GBR"], agreed: true }));
    expect((await told("pak-analyst")).messages).toBe(6);
    expect((await told("gbr-analyst")).messages).toBeNull(); // Türkiye has none with the United Kingdom
  });
});

describe("the sender's log", () => {
  const LINES =
    "SELECT viewer, actor, category, detail, cells, outcome FROM audit.entry WHERE owner = 'TUR' AND category = 'ALERT' AND id > $1";
  const newest = async () =>
    (await owner.query("SELECT coalesce(max(id), 0) AS last FROM audit.entry")).rows[0].last;

  test("has that somebody was told a number, and of how many messages", async () => {
    await store(YEAR);
    const last = await newest();
    await analysis(exchange, "pak-analyst", "alerts { onTimeShare }", 2023);
    const line = {
      viewer: "PAK",
      actor: "pak-analyst",
      category: "ALERT",
      detail: ["COUNTED"],
      outcome: "GIVEN",
    };
    expect((await owner.query(LINES, [last])).rows).toEqual([{ ...line, cells: 6 }]);
  });

  test("has nothing where nothing was told", async () => {
    await store(YEAR.slice(0, 4));
    const last = await newest();
    for (const client of ["pak-analyst", "fra-analyst"]) await told(client);
    expect((await owner.query(LINES, [last])).rows).toEqual([]);
  });

  test("has it once of a document, and nothing of one that is refused or is the same for all", async () => {
    await store(YEAR);
    const last = await newest();
    const refused = [
      "year=2023&format=doc",
      "year=2023&version=all",
      "year=2023&format=",
      "year=23",
      "format=pdf",
    ];
    for (const query of refused)
      expect([query, (await fetchDocument(exchange, "pak-analyst", query)).status]).toEqual([
        query,
        400,
      ]);
    await fetchDocument(exchange, "pak-analyst", "year=2023&version=cleared");
    expect((await owner.query(LINES, [last])).rows).toEqual([]);
    const { text: page } = await fetchDocument(exchange, "pak-analyst", "year=2023");
    expect(page).toContain(
      "6 messages were sent by you or addressed to you: 4 alerts, 1 updates, 1 cancellations.",
    );
    expect(page).toContain("Of 5 deliveries to be acknowledged 60% were in time");
    expect((await owner.query(LINES, [last])).rows).toMatchObject([
      { viewer: "PAK", cells: 6, detail: ["COUNTED"] },
    ]);
  });

  test("does not take a count for a delivery, neither for the sender nor for a cursor", async () => {
    const sent = [];
    for (let at = 0; at < 5; at++) sent.push((await issue(exchange, officerOf("TUR"))).identifier);
    expect(
      (await told("pak-analyst", new Date().getUTCFullYear())).messages,
    ).toBeGreaterThanOrEqual(5);
    const query = "query ($id: ID!) { alert(identifier: $id) { deliveries { channels } } }";
    const { data } = await exchange.ask(analystOf("TUR"), query, { id: sent[0] });
    expect(data.alert.deliveries).toEqual([{ channels: [] }]);
    expect(await sees(exchange, "pak-analyst", sent[0] as string)).toEqual([true, true, true]);
    const { data: seen } = await exchange.ask(analystOf("TUR"), query, { id: sent[0] });
    expect(seen.alert.deliveries[0].channels).toContain("GRAPHQL");
  });
});
