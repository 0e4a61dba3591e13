/** An owner's approver reads who looked, page by page; nobody else does, and nothing tells how busy other logs are. */
import type { Client } from "pg";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
  const series = (reporter: string, indicator: string, year = 2015) => {
    const span =
      indicator === "REF" ? `from: "2014", to: "2014"` : `from: "${year}-Q1", to: "${year}-Q2"`;
    return `{ series(reporters: ["${reporter}", "DEU"], indicators: ["${indicator}"], ${span}, by: [CITIZENSHIP]) { values } }`;
  };
  for (let round = 0; round < 12; round++) {
    await exchange.ask("frontex-analyst", series("AUT", round % 2 ? "ASY" : "REF"));
    await exchange.ask("pak-analyst", series("AUT", "ASY", 2004 + round)); // the same question again would be counted
  }
});
afterAll(async () => {
  await exchange?.stop();
});

const page = async (client: string, args: string) => {
  const query = `{ disclosures(${args}) { totalCount nodes { requestId at viewer { code } outcome indicators reason }
    edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
  return exchange.ask(client, query);
};

test("pages give each entry of its owner's log exactly once, newest first", async () => {
  const { rows } = await owner.query(
    "SELECT request_id FROM audit.entry WHERE owner = 'AUT' ORDER BY id DESC",
  );
  const expected = rows.map(({ request_id: id }) => id);
  const seen: string[] = [];
  for (let after = ""; ; ) {
    const { data } = await page("aut-approver", `first: 5${after && `, after: "${after}"`}`);
    const { totalCount, nodes, pageInfo } = data.disclosures;
    expect(totalCount).toBe(expected.length);
    expect(pageInfo.hasPreviousPage).toBe(seen.length > 0);
    seen.push(...nodes.map((node: any) => node.requestId));
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  expect(seen).toEqual(expected);
  expect(seen.length).toBe(24);
});

test("a cursor holds a request's id, which is in the entry, and no number of the database's", async () => {
  const { data } = await page("aut-approver", "first: 3");
  const ids = data.disclosures.nodes.map((node: any) => node.requestId);
  const cursors = data.disclosures.edges.map(({ cursor }: any) =>
    Buffer.from(cursor, "base64url").toString(),
  );
  expect(cursors).toEqual(ids.map((id: string) => `id:${id}_0`));
});

test("filters by viewer, indicator, outcome and time, and counts what is filtered", async () => {
  const total = async (filter: string) =>
    (await page("aut-approver", filter)).data.disclosures.totalCount;
  expect(await total(`viewer: "FRONTEX"`)).toBe(12);
  expect(await total(`viewer: "PAK"`)).toBe(12);
  expect(await total(`viewer: "FRONTEX", indicator: "REF"`)).toBe(6);
  expect(await total("outcome: DENIED")).toBe(12);
  expect(await total(`viewer: "PAK", outcome: GIVEN`)).toBe(0);
  expect(await total(`viewer: "nobody' OR true"`)).toBe(0);
  const { data } = await page("aut-approver", "first: 10");
  const tenth = data.disclosures.nodes[9].at;
  expect(await total(`from: "${tenth}"`)).toBe(10);
  expect(await total(`to: "${tenth}"`)).toBe(14);
  const wrong = await page("aut-approver", `from: "yesterday"`);
  expect(wrong.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", argument: "from" });
});

test.each([
  ["aut-analyst", ""],
  ["aut-officer", ""],
  ["deu-approver", `owner: "AUT"`],
  ["frontex-approver", `owner: "AUT"`],
  ["secretariat-desk", ""],
  ["auditor-desk", `owner: "AUT"`],
  ["observer-nld", ""],
])("%s is refused %s", async (client, args) => {
  for (const field of ["disclosures", "disclosureLogExport"]) {
    const what = field === "disclosures" ? "totalCount" : "lines";
    const { data, errors } = await exchange.ask(
      client,
      `{ ${field}${args && `(${args})`} { ${what} } }`,
    );
    expect(data[field]).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  }
});

test("only the auditor and the owner's approver verify a log", async () => {
  const verify = async (client: string) =>
    (await exchange.ask(client, `{ verifyDisclosureLog(owner: "AUT") { entries } }`)).errors?.[0]
      ?.extensions.code;
  expect(
    await Promise.all(
      ["auditor-desk", "aut-approver", "aut-officer", "deu-approver", "frontex-analyst"].map(
        verify,
      ),
    ),
  ).toEqual([undefined, undefined, "FORBIDDEN", "FORBIDDEN", "FORBIDDEN"]);
});

test("a cursor of another owner's log is no cursor here, whether the request is in it or not", async () => {
  const { data } = await page("deu-approver", "first: 1");
  const theirs = data.disclosures.edges[0].cursor;
  const forged = Buffer.from(`id:${"0".repeat(8)}-0000-4000-8000-${"0".repeat(12)}_0`).toString(
    "base64url",
  );
  const onlyDeu = await exchange.ask(
    "frontex-analyst",
    `{ series(reporters: ["DEU"], indicators: ["ASY"], from: "2015-Q1", to: "2015-Q1") { values } }`,
  );
  expect(onlyDeu.errors).toBeUndefined();
  const fresh = (await page("deu-approver", "first: 1")).data.disclosures.edges[0].cursor;
  const answers = await Promise.all(
    [fresh, forged].map((cursor) => page("aut-approver", `first: 1, after: "${cursor}"`)),
  );
  const [one, other] = answers.map(({ text }) => text.replace(/"requestId":"[^"]*"/, ""));
  expect(one).toBe(other);
  expect(theirs).not.toBe(fresh);
  for (const cursor of ["", "x", Buffer.from("id:5").toString("base64url")]) {
    expect((await page("aut-approver", `after: "${cursor}"`)).errors?.[0]?.extensions.code).toBe(
      "BAD_USER_INPUT",
    );
  }
});
