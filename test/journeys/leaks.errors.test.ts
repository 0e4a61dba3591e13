/** Error texts: they tell the caller what to mend, and nothing of what is inside. */
import { Client } from "pg";
import { isErrorCode } from "../../shared/errors/errors";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { analystOf, FUNDER } from "../support/people";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const SPAN = `from: "2015-Q3", to: "2015-Q4"`;
/** SQL, hosts, roles, tables, files, stacks, drivers. */
const INTERNALS =
  /select|insert|from [a-z]+\.|where |relation|column|syntax error|postgres|driver|typeorm|pg_|accord_|ECONN|127\.0\.0\.1|localhost|:\d{4,5}\b|\.ts\b|\.js\b|node_modules|\bat \w+ \(|stack|utf-?8|encoding|permission|role "/i;

function expectSafe(text: string): void {
  const { errors = [] } = JSON.parse(text) as {
    errors?: { message: string; extensions: Record<string, unknown> }[];
  };
  for (const { message, extensions, ...rest } of errors) {
    expect(message).not.toMatch(INTERNALS);
    expect(isErrorCode(extensions.code)).toBe(true);
    const allowed = ["code", "requestId", "argument", "withheld", "reason"];
    expect(Object.keys(extensions).filter((key) => !allowed.includes(key))).toEqual([]);
    expect(Object.keys(rest).filter((key) => !["path", "locations"].includes(key))).toEqual([]);
  }
}

describe("hostile text in an argument is answered BAD_USER_INPUT, and never reaches an error text as something internal", () => {
  const HOSTILE = [
    "'; DROP TABLE sharing.partner; --",
    "\u0000",
    "%00",
    "{{7*7}}",
    "../../etc/passwd",
    "A".repeat(5_000),
    "\ud800",
  ];
  const cursor = (text: string) => Buffer.from(`id:${text}`).toString("base64url");
  const PLACES: Record<string, [string, (text: string) => unknown]> = {
    "country.code": ["query ($v: CountryCode!) { country(code: $v) { name } }", String],
    "explainAccess.owner": [
      "query ($v: ID!) { explainAccess(owner: $v, category: PROFILE) { reason } }",
      String,
    ],
    "explainAccess.indicator": [
      `query ($v: ID!) { explainAccess(owner: "AUT", category: STATISTICS, indicator: $v, period: "2015") { reason } }`,
      String,
    ],
    "series.reporters": [
      `query ($v: [CountryCode!]!) { series(reporters: $v, indicators: ["ASY"], ${SPAN}) { values } }`,
      (text) => [text],
    ],
    "series.indicators": [
      `query ($v: [ID!]!) { series(reporters: ["AUT"], indicators: $v, ${SPAN}) { values } }`,
      (text) => [text],
    ],
    "series.citizenships": [
      `query ($v: [CountryCode!]) { series(reporters: ["AUT"], indicators: ["ASY"], ${SPAN}, by: [CITIZENSHIP], citizenships: $v) { values } }`,
      (text) => [text],
    ],
  };

  test.each(Object.entries(PLACES))("%s", async (_name, [query, value]) => {
    for (const text of HOSTILE) {
      const { text: answer, errors } = await exchange.ask(analystOf("SRB"), query, {
        v: value(text),
      });
      expectSafe(answer);
      expect([text.slice(0, 20), errors?.map(({ extensions }) => extensions.code)]).toEqual([
        text.slice(0, 20),
        ["BAD_USER_INPUT"],
      ]);
    }
  });

  test.each(HOSTILE)("a cursor that carries %j is a cursor to nowhere or refused", async (text) => {
    const query = "query ($after: String) { agreements(after: $after) { totalCount } }";
    const { text: answer, errors = [] } = await exchange.ask(analystOf("SRB"), query, {
      after: cursor(text),
    });
    expectSafe(answer);
    expect(errors.map(({ extensions }) => extensions.code)).not.toContain("INTERNAL");
  });
});

test("a refusal names neither the value, nor a person, nor any partner but those asked about", async () => {
  const query = `{ country(code: "AUT") { profile { version } focalPersons { name email phone } } }`;
  const { text, errors } = await exchange.ask(FUNDER, query);
  expectSafe(text);
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN", "FORBIDDEN"]);
  expect(text).not.toMatch(/@|\+00|Focal Person|Germany|DEU|SRB|\bA\d\d\b/);
});

test("a field that does not exist is refused without the names of subgraphs, roles or resolvers", async () => {
  for (const query of [
    "{ secret }",
    "{ _entities }",
    `{ country(code: "AUT") { password } }`,
    "{ series { x } }",
  ]) {
    const { text, status } = await exchange.ask(FUNDER, query);
    expect(status).toBe(400);
    expectSafe(text);
    expect(text).not.toMatch(/serviceName|subgraph|graphql-js|shield/i);
  }
});

test("a database that is gone under the exchange is INTERNAL with a request id and nothing else", async () => {
  const broken = await openExchange();
  try {
    const token = await broken.token(analystOf("SRB"));
    expect(token).toBeTruthy();
    const server = new Client({ connectionString: process.env.ACCORD_TEST_SERVER as string });
    await server.connect();
    await server.query(
      `DROP DATABASE ${new URL(broken.databaseUrl).pathname.slice(1)} WITH (FORCE)`,
    );
    await server.end();
    for (const client of [analystOf("SRB"), null]) {
      const query = `{ viewer { id partner { name } } country(code: "AUT") { name profile { version } }
        series(reporters: ["AUT"], indicators: ["ASY"], ${SPAN}) { values reporter { name } } agreements { totalCount } }`;
      const { status, text, data, errors } = await broken.ask(client, query);
      expect(status).toBe(200);
      expectSafe(text);
      expect(data).toMatchObject({ country: null, series: null, agreements: null });
      const codes = new Set(errors?.map(({ extensions }) => extensions.code));
      expect(codes.has("INTERNAL")).toBe(true);
      for (const { extensions } of errors ?? [])
        expect(extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
      expect(text).not.toContain(new URL(broken.databaseUrl).pathname.slice(1));
    }
    const ready = await fetch(`${broken.url}/health/ready`);
    expect(await ready.text()).not.toMatch(INTERNALS);
    expect(ready.status).toBe(503);
  } finally {
    await broken.stop();
  }
});
