/** What one request may ask for: every way round the limits is refused before a subgraph is asked. */
import { getIntrospectionQuery } from "graphql";
import { type Answer, type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { analystOf } from "../support/people";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const CLIENT = analystOf("SRB");
const SPAN = `from: "2015-Q3", to: "2015-Q4"`;
const repeat = (count: number, one: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => one(at)).join(" ");

function expectRefused({ status, errors, data }: Answer, code: string, text: RegExp): void {
  expect([status, typeof (data ?? undefined), errors?.[0]?.extensions.code]).toEqual([
    400,
    "undefined",
    code,
  ]);
  expect(errors?.[0]?.message).toMatch(text);
  expect(errors?.[0]?.extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
}

const TWELVE = `{ series(reporters: ["AUT"], indicators: ["ASY"], ${SPAN}) { reporter { indicators(${SPAN}) { latest { value } } } } }`;
const COSTLY: Record<string, [string, RegExp]> = {
  "2,001 tokens": [`{ ${repeat(1_999, () => "__typename")} }`, /more than 2000 tokens/],
  "13 levels": [
    `{ agreements { ${"nodes { ".repeat(1)} ${"parties { country { indicators { indicator { ".repeat(1)} ${"a { ".repeat(6)} code ${"}".repeat(6)} } } } } } } }`,
    /13 levels deep/,
  ],
  "31 aliases": [`{ viewer { ${repeat(31, (at) => `a${at}: id`)} } }`, /31 aliases/],
  "31 aliases through a fragment": [
    `{ viewer { ...F ...F } } fragment F on Viewer { ${repeat(16, (at) => `a${at}: id`)} }`,
    /32 aliases/,
  ],
  "21 root fields": [`{ ${repeat(21, () => "viewer { id }")} }`, /21 root fields/],
  "51 directives": [`{ viewer { id ${"@include(if: true) ".repeat(51)} } }`, /51 directives/],
  "2^22 uses of a fragment": [
    `{ ...F0 } ${repeat(22, (at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)} fragment F22 on Query { viewer { id } }`,
    /at most/,
  ],
  "fragments in a circle": [
    `{ ...A ${"viewer { id } ".repeat(30)} } fragment A on Query { ...B } fragment B on Query { ...A }`,
    /at most/,
  ],
  "agreements, their parties, their countries and all figures of those, ten times": [
    `{ ${repeat(10, (at) => `a${at}: agreements(first: 100) { nodes { parties { country { indicators(${SPAN}) { latest { value } } } } } }`)} }`,
    /costs \d+ points/,
  ],
  "twenty countries by eight indicators as one object a cell": [
    `{ series(reporters: [${repeat(20, (at) => `"A${at}"`)}], indicators: [${repeat(8, (at) => `"I${at}"`)}], ${SPAN}, by: [CITIZENSHIP]) {
      reporter { code } observations { value } } }`,
    /costs \d+ points/,
  ],
};

test.each(Object.entries(COSTLY))(
  "%s are refused as QUERY_TOO_COSTLY",
  async (_name, [query, text]) => {
    expectRefused(await exchange.ask(CLIENT, query), "QUERY_TOO_COSTLY", text);
  },
);

test("the cost of one object a cell counts the periods asked for: 46 years of quarters are refused", async () => {
  const span = `from: "1984-Q1", to: "2029-Q4", by: [CITIZENSHIP]`;
  const reporters = `reporters: ["AUT", "BGR", "FRA", "DEU", "HUN", "GBR"]`;
  const indicators = `indicators: ["IBC", "FAC", "IST", "REF", "ASY", "DOC", "RET"]`;
  const query = `{ series(${reporters}, ${indicators}, ${span}) { citizenship { code } observations { period value status } } }`;
  expectRefused(
    await exchange.ask(analystOf("FRONTEX"), query),
    "QUERY_TOO_COSTLY",
    /costs \d+ points/,
  );
});

test("what an honest query needs is within the limits", async () => {
  const { errors } = await exchange.ask(CLIENT, TWELVE);
  expect(errors).toBeUndefined();
});

test("10,000 reporters are BAD_USER_INPUT that names the argument", async () => {
  const reporters = Array.from({ length: 10_000 }, () => "AUT");
  const query = `query ($r: [CountryCode!]!) { series(reporters: $r, indicators: ["ASY"], ${SPAN}) { values } }`;
  expect((await exchange.ask(CLIENT, query, { r: reporters })).status).toBeLessThan(500);
  expectRefused(
    await exchange.ask(CLIENT, query, { r: reporters.map(() => 1) }),
    "BAD_USER_INPUT",
    /reporters.*10000/,
  );
  expectRefused(
    await exchange.ask(CLIENT, query, { r: reporters.slice(0, 101) }),
    "BAD_USER_INPUT",
    /reporters.*101/,
  );
});

describe("no way of sending a document goes round the request validation", () => {
  const PREFLIGHTED = { "apollo-require-preflight": "1" };
  const padded = `${"a&".repeat(1_200)}`;
  const get = async (query: string, before = "", headers: Record<string, string> = {}) => {
    const response = await fetch(
      `${exchange.url}/graphql?${before}query=${encodeURIComponent(query)}`,
      {
        headers: { ...PREFLIGHTED, ...headers },
      },
    );
    return { status: response.status, text: await response.text() };
  };

  test.each(["", padded])("GET, anonymous: introspection is refused %#", async (before) => {
    const { status, text } = await get("{ __schema { queryType { name } } }", before);
    expect(text).not.toContain("queryType");
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  test.each(["", padded])("GET: the limits hold %#", async (before) => {
    const { status, text } = await get(
      `{ viewer { ${repeat(31, (at) => `a${at}: id`)} } }`,
      before,
    );
    expect([status, text.includes(`"a30"`)]).toEqual([400, false]);
  });

  test("POST: parameters of the address are not read", async () => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ query: "{ viewer { id } }" });
    const path = `/graphql?query=${encodeURIComponent("{ __schema { queryType { name } } }")}`;
    const response = await fetch(`${exchange.url}${path}`, { method: "POST", headers, body });
    expect(await response.json()).toEqual({ data: { viewer: null } });
  });
});

describe("introspection", () => {
  test("works in full for whoever is signed in", async () => {
    const { status, data, errors } = await exchange.ask(
      CLIENT,
      getIntrospectionQuery({
        descriptions: true,
        specifiedByUrl: true,
        inputValueDeprecation: true,
      }),
    );
    expect([status, errors]).toEqual([200, undefined]);
    expect(data.__schema.types.length).toBeGreaterThan(20);
  });

  test.each([
    "{ __schema { queryType { name } } }",
    `{ a: __type(name: "Series") { name } }`,
    "{ ...F } fragment F on Query { ... on Query { __schema { types { name } } } }",
    "query A { __schema { types { name } } }",
    "{ viewer { id } \u{feff}__schema { types { name } } }",
  ])("is refused to nobody: %#", async (query) => {
    const { status, data, errors } = await exchange.ask(null, query);
    expect([status, data, errors?.[0]?.extensions.code]).toEqual([
      401,
      undefined,
      "UNAUTHENTICATED",
    ]);
  });

  test("a document that was allowed to a partner is not thereby allowed to nobody", async () => {
    const query = "{ __schema { mutationType { name } } }";
    expect((await exchange.ask(CLIENT, query)).status).toBe(200);
    expect((await exchange.ask(null, query)).status).toBe(401);
  });
});

describe("names that JavaScript knows are names like any other", () => {
  test("as aliases", async () => {
    const query =
      "{ __proto__: viewer { id } constructor: viewer { toString: id __proto__: id hasOwnProperty: roles } }";
    const { text } = await exchange.ask(CLIENT, query);
    expect(
      JSON.parse(text, (key, value) => (key === "__proto__" ? undefined : value)).data.constructor
        .toString,
    ).toBe(CLIENT);
    expect(text).toContain(`"__proto__":{"id":"${CLIENT}"}`);
    expect(({} as Record<string, unknown>).id).toBeUndefined();
  });

  test("as variables", async () => {
    const query = `query ($__proto__: [CountryCode!]!, $constructor: [ID!]!) {
      series(reporters: $__proto__, indicators: $constructor, ${SPAN}) { reporter { code } values } }`;
    const variables = JSON.parse(
      `{"__proto__": ["AUT"], "constructor": ["ASY"], "polluted": {"__proto__": {"isAdmin": true}}}`,
    );
    const { data } = await exchange.ask(CLIENT, query, variables);
    expect(data.series).toEqual([{ reporter: { code: "AUT" }, values: [27_481, 31_025] }]);
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });

  test("a variable that is not given is not found in the prototype either", async () => {
    const query = `query ($constructor: [ID!]!) { series(reporters: ["AUT"], indicators: $constructor, ${SPAN}) { values } }`;
    expectRefused(await exchange.ask(CLIENT, query, {}), "BAD_USER_INPUT", /constructor/);
  });
});

test("a variable nested 30,000 deep is refused, not a failure on our side", async () => {
  const query = `query ($r: [CountryCode!]!) { series(reporters: $r, indicators: ["ASY"], ${SPAN}) { values } }`;
  const body = `{"query":${JSON.stringify(query)},"variables":{"r":${"[".repeat(30_000)}${"]".repeat(30_000)}}}`;
  const headers = {
    "content-type": "application/json",
    authorization: `Bearer ${await exchange.token(CLIENT)}`,
  };
  const response = await fetch(`${exchange.url}/graphql`, { method: "POST", headers, body });
  const { errors } = (await response.json()) as any;
  expect([response.status < 500, errors[0].extensions.code]).toEqual([true, "BAD_USER_INPUT"]);
});
