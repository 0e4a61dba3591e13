/** News: the desk brings a feed's file, anybody reads it, and the same item is there once. */
import { approverOf, officerOf } from "../support/alerts";
import { call, done } from "../support/community";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { feed, item } from "../support/feed";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const DESK = "secretariat-desk";
const RESULT = "channel added known leftOut { item title reason }";
const news = async (client: string | null = null) =>
  (
    await exchange.ask(
      client,
      "{ news(first: 100) { totalCount nodes { title summary link publishedAt channel } } }",
    )
  ).data.news;

test("a file is imported whole, as plain text; the same again adds nothing, and a newer one what is new", async () => {
  const before = (await news()).totalCount;
  const first = { rss: feed(), idempotencyKey: "march" };
  const result = { channel: "NEWS CENTRE (fictional) & more", added: 2, known: 0, leftOut: [] };
  expect(await done(exchange, DESK, "importNews", first, RESULT)).toEqual(result);
  expect(await done(exchange, DESK, "importNews", first, RESULT)).toEqual(result);
  expect(await done(exchange, DESK, "importNews", { rss: feed() }, RESULT)).toMatchObject({
    added: 0,
    known: 2,
  });
  const twice = item({ guid: "new", title: "First" }) + item({ guid: "new", title: "Second" });
  expect(await done(exchange, DESK, "importNews", { rss: feed(twice) }, RESULT)).toMatchObject({
    added: 1,
    known: 1,
  });
  const { totalCount, nodes } = await news();
  expect(totalCount).toBe(before + 3);
  expect(nodes.filter(({ title }: any) => ["First", "Second"].includes(title))).toHaveLength(1);
  expect(nodes.find(({ title }: any) => title === "First")).toBeDefined();
  expect(JSON.stringify(nodes)).not.toMatch(/<[a-z/]|track/);
  expect(nodes.map(({ publishedAt }: any) => publishedAt)).toEqual(
    nodes
      .map(({ publishedAt }: any) => publishedAt)
      .sort((one: string, other: string) => (one < other ? 1 : -1)),
  );
});

test("an item that cannot be read is left out and named, the others are taken", async () => {
  const { totalCount } = await news();
  const items =
    item({ guid: "good" }) + item({ guid: "bad", pubDate: "yesterday" }) + item({ guid: "good" });
  const { refused, data } = await call(exchange, DESK, "importNews", { rss: feed(items) }, RESULT);
  expect(refused).toEqual([]);
  expect(data).toMatchObject({
    added: 1,
    known: 1,
    leftOut: [
      {
        item: 2,
        title: "A title",
        reason: "item 2.pubDate is no date of RFC 822 such as Thu, 21 Mar 2019 12:57:30 +0100.",
      },
      { item: 3, reason: "item 3 is known by its guid already: good" },
    ],
  });
  expect((await news()).totalCount).toBe(totalCount + 1);
});

test("a file that is none is refused, and nothing of it is kept", async () => {
  const { totalCount } = await news();
  const { refused, data } = await call(exchange, DESK, "importNews", { rss: "<rss>" }, RESULT);
  expect(refused).toEqual([expect.stringContaining("The file is not XML")]);
  expect(data).toEqual({ channel: null, added: 0, known: 0, leftOut: [] });
  expect((await news()).totalCount).toBe(totalCount);
});

test("a guid counts within its feed; no date is no date; a megabyte is taken, of the desk alone", async () => {
  const other = (text: string) => text.replace("(fictional)", "(of others)");
  const rss = feed(item({ guid: "17", title: "Ours" }));
  expect(await done(exchange, DESK, "importNews", { rss }, RESULT)).toMatchObject({ added: 1 });
  const theirs = other(feed(item({ guid: "17", title: "Theirs", pubDate: null })));
  expect(await done(exchange, DESK, "importNews", { rss: theirs }, RESULT)).toMatchObject({
    added: 1,
    known: 0,
  });
  const { nodes } = await news();
  expect(nodes.find(({ title }: any) => title === "Theirs").publishedAt).toBeNull();
  expect(nodes.find(({ title }: any) => title === "Ours")).toBeDefined();
  const large = feed(
    Array.from({ length: 60 }, (_, at) =>
      item({
        guid: `large-${at}`,
        description: `<p>"${"a ".repeat(9_000)}"</p>`.replace(/[<>]/g, ""),
      }),
    ).join(""),
  );
  expect(large.length).toBeGreaterThan(1_000_000);
  expect(await done(exchange, DESK, "importNews", { rss: large }, RESULT)).toMatchObject({
    added: 60,
  });
  const { status } = await exchange.ask(
    officerOf("PAK"),
    "mutation ($i: ImportNewsInput!) { importNews(input: $i) { added } }",
    { i: { rss: large } },
  );
  expect(status).toBe(413);
});

test("nobody but the desk imports; anybody pages", async () => {
  for (const client of [officerOf("PAK"), approverOf("AUT"), officerOf("FRONTEX")])
    expect((await call(exchange, client, "importNews", { rss: feed() }, RESULT)).refused).toEqual([
      "FORBIDDEN input: The Secretariat's desk does this. Ask it.",
    ]);
  for (const client of ["pak-analyst", "auditor-desk", null]) {
    const { data, errors } = await exchange.ask(
      client,
      `mutation { importNews(input: { rss: "x" }) { added } }`,
    );
    expect([client, data?.importNews ?? null, errors?.length]).toEqual([client, null, 1]);
  }
  const query =
    "query ($after: String) { news(first: 1, after: $after) { nodes { title } pageInfo { endCursor hasNextPage } } }";
  const first = (await exchange.ask(null, query)).data.news;
  const second = (await exchange.ask(null, query, { after: first.pageInfo.endCursor })).data.news;
  expect(second.nodes).not.toEqual(first.nodes);
  const { errors } = await exchange.ask(null, "{ news(first: 101) { totalCount } }");
  expect(errors?.[0]?.message).toMatch(/^first: 101 is out of range/);
});
