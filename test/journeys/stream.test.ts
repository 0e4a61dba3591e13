/** What streams, and what does not: server-sent events over the whole exchange. */
import { connect } from "node:net";
import { generateKeyPair, SignJWT } from "jose";
import type { Client } from "pg";
import { authenticator } from "../../shared/viewer/token";
import { act, done, info, issue, officerOf } from "../support/alerts";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { AUDITOR, analystOf } from "../support/people";
import { listen, type StreamReader } from "../support/stream";

let exchange: ExchangeUnderTest;
let owner: Client;
const open: StreamReader[] = [];
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
});
afterEach(() => {
  for (const reader of open.splice(0)) reader.close();
});
afterAll(async () => {
  await exchange?.stop();
});

const TUR = officerOf("TUR");
const PAK = analystOf("PAK");

async function subscribe(client: string, of: object = {}): Promise<StreamReader> {
  const reader = await listen(exchange.url, { token: await exchange.token(client), ...of });
  open.push(reader);
  return reader;
}
/** Until the server has said from where the stream begins: what comes later is in it. */
async function begun(client: string, of: object = {}): Promise<StreamReader> {
  const reader = await subscribe(client, of);
  while (reader.lastEventId === null) await new Promise((resolve) => setTimeout(resolve, 20));
  return reader;
}
const idsIn = (reader: StreamReader): string[] =>
  reader.events.flatMap(({ data }) => data?.data?.alertIssued?.identifier ?? []);

test("an addressee hears of a message, with what it asked for; everybody else hears nothing", async () => {
  const query = `subscription Board { heard: alertIssued { identifier from { name } marking { tlp } ...Said } }
    fragment Said on Alert { info { headline } }`;
  const addressee = await begun(PAK, { query });
  const others = await Promise.all(
    [analystOf("IRQ"), analystOf("TUR"), "secretariat-desk"].map((it) => begun(it)),
  );
  const { identifier } = await issue(exchange, TUR);
  const [event] = await addressee.until(1);
  expect(event).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    event: "next",
    data: {
      data: {
        heard: {
          identifier,
          from: { name: "Türkiye" },
          marking: { tlp: "AMBER" },
          info: [{ headline: "New route across the border section" }],
        },
      },
      extensions: { cursor: event?.id },
    },
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const reader of others)
    expect(reader.text.replace(/:|\n|id: ?(start|[0-9a-f-]{36})/g, "").trim()).toBe("");
});

test("who was cut off resumes where it was, without loss and without doubles", async () => {
  const first = await begun(PAK);
  const one = (await issue(exchange, TUR)).identifier;
  await first.until(1);
  first.close();
  const missed = [
    await issue(exchange, TUR),
    await issue(exchange, TUR),
    await issue(exchange, TUR),
  ];
  const again = await subscribe(PAK, { lastEventId: first.lastEventId });
  await again.until(3);
  expect(idsIn(again)).toEqual(missed.map(({ identifier }) => identifier));
  const four = (await issue(exchange, TUR)).identifier;
  await again.until(4);
  expect(idsIn(again).slice(3)).toEqual([four]);
  expect(idsIn(again)).not.toContain(one);
  const byArgument = await subscribe(PAK, {
    query: "subscription ($after: String) { alertIssued(after: $after) { identifier } }",
    variables: { after: first.lastEventId },
  });
  await byArgument.until(4);
  expect(idsIn(byArgument)).toEqual(idsIn(again));
});

test("who was cut off before the first event misses none", async () => {
  const silent = await begun(analystOf("BGD"));
  silent.close();
  const { identifier } = await issue(exchange, TUR, { addresses: { partners: ["BGD"] } });
  const again = await subscribe(analystOf("BGD"), { lastEventId: silent.lastEventId });
  await again.until(1);
  expect(idsIn(again)).toEqual([identifier]);
});

test("a group's member that is removed gets nothing of the group from the next event on", async () => {
  await owner.query(
    "INSERT INTO sharing.partner_group (owner, id, name) VALUES ('TUR', 'COAST', 'Coast')",
  );
  await owner.query(`INSERT INTO sharing.group_member (owner, group_id, partner, added_by, added_by_approver, confirmed_by, confirmed_at)
    SELECT 'TUR', 'COAST', code, 'a', true, 'b', now() FROM unnest(ARRAY['PAK', 'BGD']) AS code`);
  const [pak, bgd] = [await begun(PAK), await begun(analystOf("BGD"))];
  const first = await issue(exchange, TUR, { addresses: { groups: ["COAST"] } });
  await Promise.all([pak.until(1), bgd.until(1)]);
  await owner.query("DELETE FROM sharing.group_member WHERE partner = 'PAK'");
  const second = await issue(exchange, TUR, { addresses: { groups: ["COAST"] } });
  await bgd.until(2);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(idsIn(bgd)).toEqual([first.identifier, second.identifier]);
  expect(idsIn(pak)).toEqual([first.identifier]);
  expect(pak.text).not.toContain(second.identifier);
});

test("a partner whose agreement is suspended hears nothing of what was sent on its strength", async () => {
  const reader = await begun(PAK);
  await owner.query("UPDATE sharing.party SET standing = 'SUSPENDED' WHERE partner = 'TUR'");
  try {
    const draft = await issue(exchange, TUR);
    expect(draft.state).toBe("DRAFT");
  } finally {
    await owner.query("SET session_replication_role = replica");
    await owner.query("UPDATE sharing.party SET standing = 'STANDING' WHERE partner = 'TUR'");
    await owner.query("RESET session_replication_role");
  }
  const { identifier } = await issue(exchange, TUR);
  await reader.until(1);
  expect(idsIn(reader)).toEqual([identifier]);
});

test("who has lost the right to the last message it was given reads on behind it, and not from the beginning", async () => {
  const read = async (client: string, after: string) => {
    const query =
      "query ($after: String!) { alertFeed(after: $after) { nodes { identifier } endCursor } }";
    return (await exchange.ask(client, query, { after })).data.alertFeed;
  };
  const lost = await issue(exchange, TUR);
  const { alertFeedEnd: end } = (await exchange.ask(PAK, "{ alertFeedEnd }")).data;
  const irq = analystOf("IRQ");
  await read(PAK, "start");
  await owner.query("UPDATE sharing.party SET standing = 'SUSPENDED' WHERE partner = 'TUR'");
  try {
    const next = await issue(exchange, officerOf("AUT"), {
      addresses: { partners: ["PAK", "IRQ"] },
    });
    expect((await read(PAK, end)).nodes).toEqual([{ identifier: next.identifier }]);
    expect((await read(PAK, "start")).nodes).not.toContainEqual({ identifier: lost.identifier });
    // To whom it was never given its cursor is none: the answer is that of the beginning.
    expect((await read(irq, end)).nodes).toEqual((await read(irq, "start")).nodes);
  } finally {
    await owner.query("SET session_replication_role = replica");
    await owner.query("UPDATE sharing.party SET standing = 'STANDING' WHERE partner = 'TUR'");
    await owner.query("RESET session_replication_role");
  }
});

describe("a stream is refused", () => {
  const post = async (client: string | null, body: object, accept = "text/event-stream") => {
    const headers = {
      "content-type": "application/json",
      accept,
      ...(client && { authorization: `Bearer ${await exchange.token(client)}` }),
    };
    const response = await fetch(`${exchange.url}/graphql/stream`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    const text = await response.text();
    const [, json = text] = /data: (.*)/.exec(text) ?? [];
    return { status: response.status, code: JSON.parse(json).errors?.[0]?.extensions?.code };
  };
  const ask = { query: "subscription { alertIssued { identifier } }" };

  test.each([
    ["to nobody", null, ask, 401, "UNAUTHENTICATED"],
    ["of a query", PAK, { query: "{ alerts { totalCount } }" }, 400, "BAD_USER_INPUT"],
    ["of a mutation", PAK, { query: "mutation { closeCase }" }, 400, "BAD_USER_INPUT"],
    ["of anything else", PAK, { query: "subscription { other { id } }" }, 400, "BAD_USER_INPUT"],
    [
      "that hides behind a fragment",
      PAK,
      { query: "subscription { ... on Subscription { alertIssued { identifier } } }" },
      400,
      "BAD_USER_INPUT",
    ],
    [
      "of what the gateway alone may ask",
      PAK,
      { query: "subscription { alertsReleased { position } }" },
      400,
      "BAD_USER_INPUT",
    ],
    ["that is no GraphQL", PAK, { query: "subscription {" }, 400, "GRAPHQL_PARSE_FAILED"],
    [
      "of fields that are none",
      PAK,
      { query: "subscription { alertIssued { secret } }" },
      200,
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "from a cursor that is none",
      PAK,
      { query: 'subscription { alertIssued(after: "x") { identifier } }' },
      200,
      "BAD_USER_INPUT",
    ],
    ["to the log's auditor", AUDITOR, ask, 200, "FORBIDDEN"],
  ])("%s", async (_name, client, body, status, code) => {
    expect(await post(client, body)).toEqual({ status, code });
  });

  test("where it is not asked for as one", async () => {
    expect(await post(PAK, ask, "application/json")).toEqual({
      status: 400,
      code: "BAD_USER_INPUT",
    });
  });

  test("to one viewer more than five times at once", async () => {
    const readers = [];
    for (let n = 0; n < 5; n++) readers.push(await begun(analystOf("GBR")));
    const sixth = await subscribe(analystOf("GBR"));
    expect(sixth.status).toBe(429);
    readers[0]?.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await subscribe(analystOf("GBR"))).status).toBe(200);
  });
});

test("nobody asks the gateway's own question, nor finds it in the schema", async () => {
  const asked = await exchange.ask(PAK, "{ alertsReleased(within: 0) { position } }");
  expect(asked.errors?.[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  const schema = await exchange.ask(
    PAK,
    "{ __schema { queryType { fields { name } } types { name } } }",
  );
  expect(schema.text).not.toMatch(/[aA]lertsReleased/);
  const atGraph = await act(exchange, PAK, "acknowledgeAlert", { alert: "x" });
  expect(atGraph.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  expect(
    (await exchange.ask(PAK, "subscription { alertIssued { identifier } }")).errors?.[0]?.message,
  ).toContain("/graphql/stream");
});

test("the pull feed gives the same, page by page, by cursors that stay", async () => {
  const end = (await exchange.ask(PAK, "{ alertFeedEnd }")).data.alertFeedEnd;
  const sent = [];
  for (let n = 0; n < 5; n++) sent.push((await issue(exchange, TUR)).identifier);
  const read = async (after: string) =>
    (
      await exchange.ask(
        PAK,
        "query ($after: String!) { alertFeed(first: 2, after: $after) { nodes { identifier } edges { cursor node { identifier } } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } endCursor hasNextPage } }",
        { after },
      )
    ).data.alertFeed;
  const pages = [];
  for (
    let after = end;
    pages.length === 0 || pages.at(-1).hasNextPage;
    after = pages.at(-1).endCursor
  )
    pages.push(await read(after));
  expect(pages.flatMap(({ edges }) => edges.map(({ node }: any) => node.identifier))).toEqual(sent);
  expect(pages.map(({ edges }) => edges.length)).toEqual([2, 2, 1]);
  expect(await read(end)).toEqual(pages[0]);
  for (const { nodes, edges, pageInfo, endCursor, hasNextPage } of pages) {
    expect(nodes).toEqual(edges.map(({ node }: any) => node));
    expect(pageInfo).toMatchObject({
      startCursor: edges[0].cursor,
      endCursor,
      hasNextPage,
      hasPreviousPage: true,
    });
  }
  const last = pages.at(-1).endCursor;
  const pageInfo = {
    startCursor: null,
    endCursor: last,
    hasNextPage: false,
    hasPreviousPage: true,
  };
  expect(await read(last)).toEqual({
    nodes: [],
    edges: [],
    pageInfo,
    endCursor: last,
    hasNextPage: false,
  });
  await done(exchange, TUR, "updateAlert", { alert: sent[4], tlp: "AMBER", info: [info()] });
  expect((await read(last)).edges).toHaveLength(1);
});

test("who does not read holds up nobody, and is kept no more than a page and what its socket takes", async () => {
  const LARGE = 300;
  const lazy = connect(Number(new URL(exchange.url).port), "127.0.0.1");
  const body = JSON.stringify({
    query: `subscription { alertIssued(after: "start") { identifier info { description } } }`,
  });
  const head = [
    "POST /graphql/stream HTTP/1.1",
    "host: x",
    "content-type: application/json",
    "accept: text/event-stream",
    `authorization: Bearer ${await exchange.token(analystOf("AZE"))}`,
    `content-length: ${body.length}`,
  ];
  lazy.pause();
  lazy.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  const attentive = await begun(officerOf("AZE"), {
    query: "subscription { alertIssued { identifier info { description } } }",
    keepText: false,
  });
  const { rows } = await owner.query(LARGE_MESSAGES, [LARGE, "x".repeat(5_000)]);
  await owner.query(
    "INSERT INTO alerts.release (identifier, owner, actor, actor_approver) SELECT id, 'BGR', 'b', true FROM unnest($1::text[]) AS id",
    [rows.map(({ identifier }) => identifier)],
  );
  expect((await attentive.until(LARGE, 60_000)).length).toBe(LARGE);
  const readFor = async (actor: string): Promise<number> => {
    const { rows } = await owner.query(
      "SELECT count(*)::int FROM audit.entry WHERE channel = 'STREAM' AND actor = $1",
      [actor],
    );
    return rows[0].count;
  };
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const held = await readFor("aze-analyst");
  expect(await readFor("aze-officer")).toBe(LARGE);
  expect(held).toBeGreaterThan(0);
  expect(held).toBeLessThan(LARGE);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await readFor("aze-analyst")).toBe(held);
  lazy.destroy();
});

/** 75 kB each, as the owner of the tables: what is tested is who reads. */
const LARGE_MESSAGES = `
WITH made AS (SELECT gen_random_uuid()::text AS id FROM generate_series(1, $1::int)),
alert AS (INSERT INTO alerts.alert (identifier, owner, author, author_approver, status, msg_type, scope, info, expires, tlp)
  SELECT id, 'BGR', 'a', false, 'Actual', 'Alert', 'Private', (SELECT jsonb_agg(jsonb_build_object('language', 'en', 'category', '[]'::jsonb,
    'event', 'x', 'responseType', '[]'::jsonb, 'urgency', 'Past', 'severity', 'Minor', 'certainty', 'Likely', 'eventCode', '[]'::jsonb,
    'expires', '2030-01-01T00:00:00Z', 'description', $2::text, 'parameter', '[]'::jsonb, 'resource', '[]'::jsonb, 'area', '[]'::jsonb))
    FROM generate_series(1, 15)), now() + interval '1 day', 'AMBER' FROM made RETURNING identifier),
audience AS (INSERT INTO alerts.audience SELECT identifier, 'BGR', '[{"partner": "AZE"}]' FROM alert RETURNING identifier)
SELECT identifier FROM audience`;

test("a stream ends when its token does, and says why", async () => {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { crv: "Ed25519" });
  const rules = {
    issuer: "https://login.example.org",
    audience: "accord",
    keys: async () => publicKey,
  };
  const other = await openExchange({ authenticate: authenticator(rules) });
  const token = (partner: string, id: string, seconds: number) =>
    new SignJWT({ partner, roles: ["OFFICER"] })
      .setProtectedHeader({ alg: "EdDSA" })
      .setIssuer(rules.issuer)
      .setAudience(rules.audience)
      .setSubject(id)
      .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
      .sign(privateKey);
  try {
    const reader = await listen(other.url, { token: await token("PAK", "someone", 3) });
    const began = Date.now();
    expect(await reader.ended).toBe("completed");
    expect(Date.now() - began).toBeLessThan(3_500);
    expect(reader.events.at(-2)?.data.errors[0].extensions.code).toBe("TOKEN_EXPIRED");
    const late = await listen(other.url, {
      token: await token("PAK", "someone", -60),
      lastEventId: "start",
    });
    expect(late.status).toBe(401);
  } finally {
    await other.stop();
  }
});

test("a stop cuts streams and completes none, so that their clients come back", async () => {
  const other = await openExchange();
  const reader = await listen(other.url, { token: await other.token(PAK) });
  const stopped = other.stop();
  expect(await reader.ended).toBe("cut");
  await stopped;
});
