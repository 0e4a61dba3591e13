/**
 * A thousand messages to forty readers while the exchange is killed five times and one database connection in ten is cut.
 * Who is addressed gets each message once, under an id that stays; nobody else gets a byte.
 */

import { Client } from "pg";
import { info, message, officerOf } from "../support/alerts";
import { cloneDatabase, type TestDatabase, WORLD } from "../support/database";
import { rounds } from "../support/endurance";
import { type MortalExchange, mortalExchange } from "../support/mortal-exchange";
import { READERS } from "../support/people";
import { listen } from "../support/stream";

const MESSAGES = rounds(1_000, 120);
const KILLED_AFTER = rounds([150, 300, 450, 600, 750], [40, 80]);
const AT_ONCE = 6;

/** Owners and viewers of A01: any of them may send to any other without a second person. */
const PARTNERS = [
  "AUT",
  "AZE",
  "BGD",
  "BIH",
  "BGR",
  "FRA",
  "DEU",
  "HUN",
  "IRN",
  "IRQ",
  "MKD",
  "PAK",
  "SRB",
];

interface Reader {
  partner: string;
  client: string;
  by: "stream" | "feed";
  /** identifier → the ids under which it came, and when it came first. */
  got: Map<string, { ids: string[]; at: number }>;
  bytes: string;
}

let database: TestDatabase;
let owner: Client;
let exchange: MortalExchange;
let over = false;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeAll(async () => {
  database = await cloneDatabase(WORLD);
  owner = new Client({ connectionString: database.url });
  await owner.connect();
  exchange = mortalExchange(database.url);
  await exchange.start();
});
afterAll(async () => {
  over = true;
  await exchange?.kill();
  await owner?.end();
  await database?.drop();
});

/** Two readers of each of twenty partners; the officers of every fourth have no inbound port and pull the feed. */
function forty(): Reader[] {
  return [...READERS].flatMap(([partner, client], at) => {
    const second = client.endsWith("-analyst") ? officerOf(partner) : client;
    const reader = (who: string, by: Reader["by"]): Reader => ({
      partner,
      client: who,
      by,
      got: new Map(),
      bytes: "",
    });
    return [reader(client, "stream"), reader(second, at % 4 === 0 ? "feed" : "stream")];
  });
}

function take(reader: Reader, id: string, identifier: string): void {
  const known = reader.got.get(identifier);
  if (known) known.ids.push(id);
  else reader.got.set(identifier, { ids: [id], at: Date.now() });
}

/** What a client does: it listens, and when it is cut off it comes back and says where it was. */
async function stream(reader: Reader, from: string): Promise<void> {
  let lastEventId: string | null = from;
  while (!over) {
    try {
      const connection = await listen(exchange.url, {
        token: await exchange.token(reader.client),
        lastEventId,
      });
      const stop = setInterval(() => over && connection.close(), 200);
      let seen = 0;
      const collect = () => {
        for (; seen < connection.events.length; seen++) {
          const { id, data } = connection.events[seen] as { id: string; data: any };
          const identifier = data?.data?.alertIssued?.identifier;
          if (identifier) take(reader, id, identifier);
        }
      };
      const each = setInterval(collect, 5);
      await connection.ended;
      clearInterval(stop);
      clearInterval(each);
      collect();
      reader.bytes += connection.text;
      lastEventId = connection.lastEventId;
    } catch {
      // the exchange is down
    }
    await pause(100);
  }
}

/** After what the demo world holds. */
async function endOf({ client }: Reader): Promise<string> {
  return (await ask(client, "{ alertFeedEnd }", {})).data.alertFeedEnd;
}

async function pull(reader: Reader, from: string): Promise<void> {
  let after = from;
  while (!over) {
    const query =
      "query ($after: String!) { alertFeed(first: 50, after: $after) { edges { cursor node { identifier } } endCursor } }";
    const feed = (await ask(reader.client, query, { after }))?.data?.alertFeed;
    reader.bytes += JSON.stringify(feed?.edges ?? []);
    for (const { cursor, node } of feed?.edges ?? []) take(reader, cursor, node.identifier);
    after = feed?.endCursor ?? after;
    await pause(feed?.edges.length ? 20 : 250);
  }
}

async function ask(client: string, query: string, variables: object): Promise<any> {
  try {
    const headers = {
      "content-type": "application/json",
      authorization: `Bearer ${await exchange.token(client)}`,
    };
    const response = await fetch(`${exchange.url}/graphql`, {
      method: "POST",
      headers,
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(10_000),
    });
    return await response.json();
  } catch {
    return null; // the exchange is down, or went down while it answered
  }
}

/** Sends until it knows that it has sent; the key makes sure that it has sent once. */
async function send(at: number): Promise<{ identifier: string; to: string[]; at: number }> {
  const sender = PARTNERS[at % PARTNERS.length] as string;
  const to = [1 + (at % 5), 6 + (at % 7)].map(
    (step) => PARTNERS[(at + step) % PARTNERS.length] as string,
  );
  const change = {
    addresses: { partners: [...new Set(to)] },
    info: [info({ headline: `Message ${at}` })],
  };
  const input = { ...message(change), idempotencyKey: `message-${at}` };
  const query =
    "mutation ($i: IssueAlertInput!) { issueAlert(input: $i) { alert { identifier } userErrors { message } } }";
  while (!over) {
    const answer = await ask(officerOf(sender), query, { i: input });
    const refused = answer?.data?.issueAlert?.userErrors?.[0]?.message;
    if (refused) throw new Error(refused);
    const identifier = answer?.data?.issueAlert?.alert?.identifier;
    if (identifier) return { identifier, to, at: Date.now() };
    await pause(100);
  }
  throw new Error("the test is over");
}

async function cutConnections(): Promise<number> {
  let cut = 0;
  while (!over) {
    const { rowCount } = await owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE 'accord\\_%' AND random() < 0.1`,
    );
    cut += rowCount ?? 0;
    await pause(700);
  }
  return cut;
}

test("every addressee gets every message once, nobody else anything", async () => {
  const readers = forty();
  expect(readers).toHaveLength(40);
  const from = await Promise.all(readers.map(endOf));
  const running = readers.map((reader, at) =>
    (reader.by === "stream" ? stream : pull)(reader, from[at] as string),
  );
  const cutting = cutConnections();
  const sent: Awaited<ReturnType<typeof send>>[] = [];
  let next = 0;
  let kills = 0;
  const killing = (async () => {
    for (const after of KILLED_AFTER) {
      while (sent.length < after && !over) await pause(20);
      if (over) return;
      await exchange.kill();
      kills++;
      await exchange.start();
    }
  })().catch((error: unknown) => {
    over = true; // nothing would end the sending any more
    throw error;
  });
  const began = Date.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < MESSAGES) sent.push(await send(next++));
    }),
  );
  await killing;
  const expected = (partner: string) =>
    sent.filter(({ to }) => to.includes(partner)).map(({ identifier }) => identifier);
  const deadline = Date.now() + 600_000;
  while (
    readers.some(({ partner, got }) => got.size < expected(partner).length) &&
    Date.now() < deadline
  )
    await pause(50);
  const took = Date.now() - began;
  await pause(1_000);
  over = true;
  const cut = await cutting;
  await Promise.all(running);

  expect(new Set(sent.map(({ identifier }) => identifier)).size).toBe(MESSAGES);
  expect(kills).toBe(KILLED_AFTER.length);
  const idOf = new Map<string, string>();
  for (const { partner, client, got, bytes } of readers) {
    expect([client, [...got.keys()].sort()]).toEqual([client, expected(partner).sort()]);
    for (const [identifier, { ids }] of got) {
      expect([client, identifier, ids]).toEqual([
        client,
        identifier,
        [idOf.get(identifier) ?? ids[0]],
      ]);
      idOf.set(identifier, ids[0] as string);
    }
    const foreign = new Set(
      sent.filter(({ to }) => !to.includes(partner)).map(({ identifier }) => identifier),
    );
    expect([
      client,
      (bytes.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []).filter((id) =>
        foreign.has(id),
      ),
    ]).toEqual([client, []]);
  }
  const nobodys = readers.filter(({ partner }) => expected(partner).length === 0);
  expect(nobodys).toHaveLength(40 - 2 * PARTNERS.length);
  for (const { bytes } of nobodys)
    expect(bytes.replace(/:\n\n|id: (start|[0-9a-f-]{36})\n\n|\[\]/g, "")).toBe("");
  report(sent, readers, { took, cut });
});

/** Printed, never asserted: what a machine takes depends on the machine. */
function report(
  sent: readonly { identifier: string; at: number }[],
  readers: readonly Reader[],
  { took, cut }: { took: number; cut: number },
): void {
  const at = new Map(sent.map((one) => [one.identifier, one.at]));
  const late = readers
    .flatMap(({ got }) =>
      [...got].map(([identifier, { at: came }]) =>
        Math.max(0, came - (at.get(identifier) as number)),
      ),
    )
    .sort((a, b) => a - b);
  const share = (part: number) => late[Math.floor(late.length * part)];
  console.log(
    `${late.length} deliveries of ${sent.length} messages to ${readers.length} readers in ${(took / 1000).toFixed(1)} s, with 5 kills and ${cut} connections cut; after the sender's answer: p50 ${share(0.5)} ms, p99 ${share(0.99)} ms`,
  );
}
