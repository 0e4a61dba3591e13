/** Bad input beside `series`: the same promise for pages, countries, sums and explanations. */
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { analystOf, FUNDER } from "../support/people";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const CLIENT = analystOf("SRB");

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([key, it]) => `${key}: ${literal(it)}`)
      .join(", ")}}`;
  }
  return JSON.stringify(value);
}

type Asked = Awaited<ReturnType<ExchangeUnderTest["ask"]>>;
function expectBad({ status, data, errors = [] }: Asked, argument: string, mend: RegExp): void {
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT"]);
  expect(status).toBeLessThan(500);
  expect(JSON.stringify(data ?? null)).toMatch(/^(null|(\{"\w+":)+null\}+)$/);
  expect(errors[0]?.message).toMatch(new RegExp(`\\b${argument}\\b`));
  expect(errors[0]?.message).toMatch(mend);
}

describe("agreements", () => {
  test.each([0, 101, -1])(
    "first: %d is out of range, as a literal and as a variable",
    async (first) => {
      expectBad(
        await exchange.ask(CLIENT, `{ agreements(first: ${first}) { totalCount } }`),
        "first",
        /1 to 100/,
      );
      const query = "query ($first: Int!) { agreements(first: $first) { totalCount } }";
      expectBad(await exchange.ask(CLIENT, query, { first }), "first", /1 to 100/);
    },
  );

  test.each(["x", 1.5, true, null, { a: 1 }])(
    "first: %j is no whole number, as a literal and as a variable",
    async (first) => {
      const query = "query ($first: Int!) { agreements(first: $first) { totalCount } }";
      expectBad(await exchange.ask(CLIENT, query, { first }), "first", /./);
      expectBad(
        await exchange.ask(CLIENT, `{ agreements(first: ${literal(first)}) { totalCount } }`),
        "first",
        /./,
      );
    },
  );

  test.each([
    "",
    "x",
    "!!!",
    "aWQ",
    Buffer.from("ID:A01").toString("base64"),
    Buffer.from("offset:3").toString("base64url"),
  ])("after: %j is no cursor", async (after) => {
    const query = "query ($after: String) { agreements(after: $after) { totalCount } }";
    expectBad(await exchange.ask(CLIENT, query, { after }), "after", /not a cursor.*endCursor/);
  });
});

describe("the other questions", () => {
  const EXPLAIN = (rest: string) => `{ explainAccess(${rest}) { reason } }`;
  const TOTAL = (rest: string) => `{ regionalTotal(${rest}) { values } }`;
  const OTHERS: [string, string, string, RegExp][] = [
    [
      "country: an unknown code",
      `{ country(code: "XXX") { name } }`,
      "code",
      /not a country.*"AUT"/,
    ],
    [
      "country.indicators: a bad period",
      `{ country(code: "AUT") { indicators(from: "2015", to: "soon") { indicator { code } } } }`,
      "to",
      /not a period/,
    ],
    [
      "country.indicators: reversed",
      `{ country(code: "AUT") { indicators(from: "2015", to: "2014") { indicator { code } } } }`,
      "from",
      /Swap/,
    ],
    [
      "regionalTotal: an unknown indicator",
      TOTAL(`indicator: "X", reporters: ["AUT"], from: "2015", to: "2015"`),
      "indicator",
      /not an indicator/,
    ],
    [
      "regionalTotal: no reporters",
      TOTAL(`indicator: "ASY", reporters: [], from: "2015", to: "2015"`),
      "reporters",
      /empty/,
    ],
    [
      "explainAccess: an unknown partner",
      EXPLAIN(`owner: "XXX", category: PROFILE`),
      "owner",
      /not a partner/,
    ],
    [
      "explainAccess: no indicator",
      EXPLAIN(`owner: "AUT", category: STATISTICS, period: "2015"`),
      "indicator",
      /missing/,
    ],
    [
      "explainAccess: no period",
      EXPLAIN(`owner: "AUT", category: STATISTICS, indicator: "ASY"`),
      "period",
      /2015-Q3/,
    ],
    [
      "explainAccess: an unknown indicator",
      EXPLAIN(`owner: "AUT", category: STATISTICS, indicator: "X", period: "2015"`),
      "indicator",
      /not an indicator/,
    ],
    [
      "explainAccess: a dimension it lacks",
      EXPLAIN(
        `owner: "AUT", category: STATISTICS, indicator: "ASY", period: "2015", by: [FRAUD_TYPE]`,
      ),
      "by",
      /It has/,
    ],
    [
      "explainAccess: an unknown kind of contact",
      EXPLAIN(`owner: "SRB", category: CONTACT_DETAILS, contactKind: "SPY"`),
      "contactKind",
      /FOCAL_PERSON/,
    ],
  ];

  test.each(OTHERS)("%s", async (_name, query, argument, mend) => {
    expectBad(await exchange.ask(CLIENT, query), argument, mend);
  });

  test("who may see nothing is told of bad input in the same words", async () => {
    for (const client of [null, FUNDER])
      expectBad(
        await exchange.ask(client, `{ country(code: "XXX") { name } }`),
        "code",
        /not a country/,
      );
  });

  test("one alias with bad input does not spoil its neighbour", async () => {
    const query = `{ country(code: "AUT") {
      good: indicators(from: "2015-Q3", to: "2015-Q4") { indicator { code } latest { value } }
      bad: indicators(from: "2015-Q4", to: "2015-Q3") { indicator { code } } } }`;
    const { data, errors } = await exchange.ask(CLIENT, query);
    expect(errors?.map(({ path }) => path)).toEqual([["country", "bad"]]);
    expect(data.country.bad).toBeNull();
    expect(data.country.good).toContainEqual({
      indicator: { code: "ASY" },
      latest: { value: 31_025 },
    });
  });
});
