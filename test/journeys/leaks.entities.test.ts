/** The federation's own routes: `_entities`, `_service` and what a representation claims. */
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { analystOf } from "../support/people";
import { openSubgraphs, type Subgraphs } from "../support/subgraphs";

let exchange: ExchangeUnderTest;
let subgraphs: Subgraphs;
beforeAll(async () => {
  exchange = await openExchange();
  subgraphs = await openSubgraphs(exchange.databaseUrl);
});
afterAll(async () => {
  await subgraphs?.stop();
  await exchange?.stop();
});

const ENTITIES = "query ($all: [_Any!]!) { _entities(representations: $all) { __typename } }";
const LATEST = `indicators(from: "2015-Q3", to: "2015-Q4") { indicator { code } latest { value status } }`;
const SERBIA = { id: "srb-analyst", partner: "SRB", roles: ["ANALYST"] as const };
const FUNDER = { id: "observer-nld", partner: "NLD", roles: ["OBSERVER"] as const };

test("the gateway has no _entities, no _service and no _Any, whoever asks", async () => {
  for (const client of [null, analystOf("SRB")]) {
    for (const query of [
      "{ _service { sdl } }",
      `{ _entities(representations: [{__typename: "Country", code: "AUT"}]) { __typename } }`,
    ]) {
      const { status, data, errors } = await exchange.ask(client, query);
      expect(status).toBe(400);
      expect(data).toBeUndefined();
      expect(errors?.[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
    }
  }
  const { data } = await exchange.ask(
    analystOf("SRB"),
    `{ any: __type(name: "_Any") { name } entity: __type(name: "_Entity") { name } }`,
  );
  expect(data).toEqual({ any: null, entity: null });
});

test("without a viewer assertion a subgraph says the same to every question and runs none of them", async () => {
  const queries = [
    "{ _service { sdl } }",
    "{ __typename }",
    "{ __schema { types { name } } }",
    ENTITIES,
    "not even graphql",
  ];
  for (const subgraph of exchange.running.subgraphs) {
    const answers = [await subgraph.answer("not even json", undefined)];
    for (const query of queries) {
      const body = JSON.stringify({
        query,
        variables: { all: [{ __typename: "Country", code: "AUT" }] },
      });
      for (const assertion of [undefined, "", "x", "a.b", "a.b.c"])
        answers.push(await subgraph.answer(body, assertion));
    }
    for (const { status, result } of answers) {
      expect(status).toBe(401);
      expect(result).toEqual(answers[0]?.result);
    }
    expect(JSON.stringify(answers[0]?.result)).not.toContain(subgraph.name);
  }
});

test("a viewer assertion of another issuer's key opens nothing, although it is well formed", async () => {
  for (const subgraph of exchange.running.subgraphs) {
    const body = JSON.stringify({ query: "{ __typename }" });
    const { status } = await subgraph.answer(
      body,
      subgraphs.signer.issue(subgraph.name, body, {
        viewer: SERBIA,
        requestId: "x",
        channel: "GRAPHQL",
      }),
    );
    expect(status).toBe(401);
  }
});

describe("no decision rests on what a representation claims, even from someone who holds the gateway's key", () => {
  const claims = {
    name: "Nowhere",
    profile: { version: 99, publishedAt: "2020-01-01", sections: [], source: "forged" },
    focalPersons: [{ id: "1", name: "Forged", title: "t", organisation: "o", languages: [] }],
    indicators: [
      { indicator: { code: "ASY" }, latest: { period: "2015-Q3", value: 666, status: "REPORTED" } },
    ],
    values: [666],
    owner: "NLD",
    viewer: "AUT",
    madeOf: [{ category: "PROFILE", owner: "NLD" }],
    "Symbol(made of)": [],
  };

  test("a country's profile and contacts stay withheld and its name is the real one", async () => {
    const { data, errors } = await subgraphs.ask(
      "countries",
      FUNDER,
      `query ($all: [_Any!]!) { _entities(representations: $all) { ... on Country {
         code name profile { version source } focalPersons { name email } } } }`,
      { all: [{ __typename: "Country", code: "AUT", ...claims }] },
    );
    const [country] = data._entities;
    expect(country).toMatchObject({ code: "AUT", name: "Austria", profile: null });
    for (const person of country.focalPersons) expect(person).toEqual({ name: null, email: null });
    expect(errors.map((it: any) => it.extensions.code)).toContain("FORBIDDEN");
  });

  test("a country's figures stay withheld", async () => {
    const { data } = await subgraphs.ask(
      "indicators",
      FUNDER,
      `query ($all: [_Any!]!) { _entities(representations: $all) { ... on Country { code ${LATEST} } } }`,
      { all: [{ __typename: "Country", code: "AUT", ...claims }] },
    );
    for (const { latest } of data._entities[0].indicators)
      expect(latest).toEqual({ value: null, status: "WITHHELD" });
  });

  test("an indicator and a partner are what the exchange knows of them", async () => {
    const one = await subgraphs.ask(
      "indicators",
      FUNDER,
      `query ($all: [_Any!]!) { _entities(representations: $all) { ... on Indicator { code name } } }`,
      {
        all: [{ __typename: "Indicator", code: "ASY", name: "Forged" }],
      },
    );
    expect(one.data._entities).toEqual([{ code: "ASY", name: "Asylum applications" }]);
    const other = await subgraphs.ask(
      "sharing",
      FUNDER,
      `query ($all: [_Any!]!) { _entities(representations: $all) { ... on Partner { code name kind } } }`,
      {
        all: [{ __typename: "Partner", code: "NLD", kind: "NATIONAL_AUTHORITY", name: "Forged" }],
      },
    );
    expect(other.data._entities).toEqual([{ code: "NLD", name: "Netherlands", kind: "OBSERVER" }]);
  });
});

test.each([[["AUT", "TUR"]], [["TUR", "AUT"]]])(
  "a batch of entities of two owners gives each its own answer: %s",
  async (codes) => {
    const all = codes.map((code) => ({ __typename: "Country", code }));
    const { data } = await subgraphs.ask(
      "indicators",
      SERBIA,
      `query ($all: [_Any!]!) { _entities(representations: $all) { ... on Country { code ${LATEST} } } }`,
      { all },
    );
    const values = Object.fromEntries(
      data._entities.map(({ code, indicators }: any) => [
        code,
        indicators.find((it: any) => it.indicator.code === "ASY").latest.value,
      ]),
    );
    expect(values).toEqual({ AUT: 31_025, TUR: null });
    const profiles = await subgraphs.ask(
      "countries",
      SERBIA,
      "query ($all: [_Any!]!) { _entities(representations: $all) { ... on Country { code profile { version } } } }",
      { all },
    );
    const open = profiles.data._entities.map(({ code, profile }: any) => [code, profile !== null]);
    expect(Object.fromEntries(open)).toEqual({ AUT: true, TUR: false });
  },
);

describe("an unknown or malformed key is no entity and tells nothing of what is inside", () => {
  const malformed = [
    "NOWHERE",
    "",
    "aut",
    "AUT' OR 1=1 --",
    "\u0000",
    5,
    null,
    undefined,
    ["AUT"],
    { $ne: 1 },
    "A".repeat(10_000),
  ];

  test.each(["alerts", "cooperation", "countries", "indicators", "sharing"])(
    "%s",
    async (subgraph) => {
      const type = subgraph === "sharing" ? "Partner" : "Country";
      const field = subgraph === "indicators" ? LATEST : "name";
      for (const code of malformed) {
        const { data, errors = [] } = await subgraphs.ask(
          subgraph,
          SERBIA,
          `query ($all: [_Any!]!) { _entities(representations: $all) { ... on ${type} { ${field} } } }`,
          { all: [{ __typename: type, code }] },
        );
        const text = JSON.stringify({ data, errors });
        expect(text).not.toMatch(/SELECT|driver|syntax|accord_|parameter|\bat \//i);
        expect(text).not.toMatch(/"value":\d/);
        expect(text).not.toContain("Austria");
      }
    },
  );
});
