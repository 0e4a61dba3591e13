/** What the log says of an answer, that it is there before the answer is, and that without it there is no answer. */
import type { Client } from "pg";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
});
afterAll(async () => {
  await exchange?.stop();
});
beforeEach(async () => {
  last = await highest();
});

let last = 0;
const highest = async () =>
  Number((await owner.query("SELECT coalesce(max(id), 0) AS id FROM audit.entry")).rows[0].id);

const COLUMNS = `viewer, actor, owner, category, operation, indicators, periods, detail, cells, channel, purpose, agreement_id,
  agreement_version, outcome, reason`;
const entries = async () =>
  (
    await owner.query(
      `SELECT ${COLUMNS} FROM audit.entry WHERE id > $1 ORDER BY owner, category, detail DESC, reason`,
      [last],
    )
  ).rows;

const SERIES = `query ($reporters: [CountryCode!]!, $by: [Dimension!]) {
  series(reporters: $reporters, indicators: ["ASY", "IST"], from: "2015-Q1", to: "2015-Q4", by: $by) { values } }`;

describe("an answer leaves one line an owner, agreement and outcome", () => {
  test("of what was given: who, whose, what, how much, under which agreement", async () => {
    const { data } = await exchange.ask("frontex-analyst", SERIES, {
      reporters: ["AUT", "HUN"],
      by: ["CITIZENSHIP"],
    });
    const cells = data.series
      .flatMap(({ values }: any) => values)
      .filter((value: unknown) => value !== null).length;
    const written = await entries();
    expect(written.map((entry) => [entry.owner, entry.outcome, entry.operation])).toEqual([
      ["AUT", "GIVEN", "COMBINATION"],
      ["HUN", "GIVEN", "COMBINATION"],
    ]);
    expect(written[0]).toMatchObject({
      viewer: "FRONTEX",
      actor: "frontex-analyst",
      category: "STATISTICS",
      indicators: ["ASY"],
      channel: "GRAPHQL",
      periods: ["2015-Q1", "2015-Q2", "2015-Q3", "2015-Q4"],
      detail: ["CITIZENSHIP"],
      reason: "GRANTED",
      agreement_id: "A10",
      agreement_version: 1,
      purpose: null,
    });
    expect(written.reduce((sum, entry) => sum + entry.cells, 0)).toBe(cells);
    expect(cells).toBeGreaterThan(100);
  });

  test("of what was refused, with the condition that decided", async () => {
    await exchange.ask("srb-analyst", SERIES, { reporters: ["HUN"], by: ["CITIZENSHIP"] });
    const written = await entries();
    expect(
      written.map(({ outcome, reason, cells, agreement_id }) => [
        outcome,
        reason,
        cells,
        agreement_id,
      ]),
    ).toEqual([["DENIED", "NOT_IN_FORCE", 0, "A08"]]);
    expect(written[0].indicators).toEqual(["ASY", "IST"]);
  });

  test("of one's own data too, and of what somebody else is refused beside it", async () => {
    await exchange.ask("hun-officer", SERIES, { reporters: ["HUN", "DEU"], by: ["CITIZENSHIP"] });
    expect((await entries()).map((entry) => [entry.owner, entry.outcome, entry.reason])).toEqual([
      ["DEU", "DENIED", "DETAIL"],
      ["HUN", "GIVEN", "OWNER"],
    ]);
  });

  test("of contacts by their kind, and of profiles, given and refused", async () => {
    const query = `{ country(code: "PAK") { nationalContactPoints { email } focalPersons { name email } profile { version } } }`;
    await exchange.ask("tur-analyst", query);
    expect(
      (await entries()).map((entry) => [entry.category, entry.detail, entry.outcome, entry.cells]),
    ).toEqual([
      ["CONTACT_DETAILS", ["NATIONAL_CONTACT_POINT"], "GIVEN", 1],
      ["CONTACT_DETAILS", ["FOCAL_PERSON"], "DENIED", 0],
      ["PROFILE", [], "DENIED", 0],
    ]);
  });

  test("of a regional total as of a combination, with the reporters that are in it", async () => {
    await exchange.ask(
      "frontex-analyst",
      `{ regionalTotal(indicator: "ASY", reporters: ["AUT", "DEU", "IRN"], from: "2015-Q1", to: "2015-Q2") { values } }`,
    );
    expect(
      (await entries()).map((entry) => [entry.owner, entry.operation, entry.outcome, entry.cells]),
    ).toEqual([
      ["AUT", "COMBINATION", "GIVEN", 2],
      ["DEU", "COMBINATION", "GIVEN", 2],
      ["IRN", "CONSULTATION", "DENIED", 0],
    ]);
  });

  test("by every path: entity, list of countries, alias, mutation", async () => {
    await exchange.ask(
      "frontex-analyst",
      `{ a: country(code: "AUT") { indicators(from: "2015-Q1", to: "2015-Q1") { latest { value } } } }`,
    );
    const written = await entries();
    expect(written.map((entry) => [entry.owner, entry.outcome])).toContainEqual(["AUT", "GIVEN"]);
  });

  test("and none where no national data is asked for, or nobody is signed in", async () => {
    await exchange.ask(
      "frontex-analyst",
      `{ countries { code memberships { network } } viewer { id } indicators { code } }`,
    );
    await exchange.ask("frontex-analyst", "{ agreements { nodes { id terms { category } } } }");
    await exchange.ask(null, SERIES, { reporters: ["HUN"], by: ["CITIZENSHIP"] });
    expect(await entries()).toEqual([]);
  });

  test("a field that is not asked for leaves no line of having been read", async () => {
    const query = `{ series(reporters: ["AUT"], indicators: ["ASY"], from: "2015-Q1", to: "2015-Q1") { reporter { code } } }`;
    await exchange.ask("frontex-analyst", query);
    expect(await entries()).toEqual([]);
  });
});

describe("a purpose", () => {
  const ask = async (headers: Record<string, string>) => {
    const response = await fetch(`${exchange.url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${await exchange.token("frontex-analyst")}`,
        ...headers,
      },
      body: JSON.stringify({
        query: `{ viewer { purpose } series(reporters: ["AUT"], indicators: ["ASY"], from: "2015-Q1", to: "2015-Q1")
          { values statuses withheld { reason message } } }`,
      }),
    });
    return { status: response.status, ...((await response.json()) as any) };
  };

  test("is written down where the request names it, and refused where it is none", async () => {
    expect((await ask({ "accord-purpose": "STRATEGIC_ANALYSIS" })).data.viewer.purpose).toBe(
      "STRATEGIC_ANALYSIS",
    );
    expect((await entries()).map(({ purpose }) => purpose)).toEqual(["STRATEGIC_ANALYSIS"]);
    const wrong = await ask({ "accord-purpose": "CURIOSITY" });
    expect([wrong.status, wrong.errors[0].extensions.code]).toEqual([400, "BAD_USER_INPUT"]);
    expect(wrong.errors[0].message).toContain("STRATEGIC_ANALYSIS");
  });

  test("that an agreement asks for has to be named, or the data are withheld for that reason", async () => {
    await owner.query(
      "UPDATE sharing.agreement_version SET purposes = '{EARLY_WARNING,REPORTING}' WHERE agreement_id = 'A10'",
    );
    const [none, other, named] = [
      await ask({}),
      await ask({ "accord-purpose": "ADMINISTRATION" }),
      await ask({ "accord-purpose": "REPORTING" }),
    ];
    for (const { data } of [none, other]) {
      expect(data.series[0]).toMatchObject({
        values: [null],
        statuses: ["WITHHELD"],
        withheld: { reason: "PURPOSE" },
      });
    }
    expect(none.data.series[0].withheld.message).toContain("accord-purpose");
    expect(named.data.series[0].withheld).toBeNull();
    expect(named.data.series[0].values[0]).toBeGreaterThan(0);
    await owner.query(
      "UPDATE sharing.agreement_version SET purposes = '{}' WHERE agreement_id = 'A10'",
    );
  });
});

describe("where the log cannot be written", () => {
  beforeEach(() => owner.query("ALTER TABLE audit.entry RENAME TO elsewhere"));
  afterEach(() => owner.query("ALTER TABLE audit.elsewhere RENAME TO entry"));

  test("national data are not given, and what is public still is", async () => {
    const { status, data, errors, text } = await exchange.ask(
      "frontex-analyst",
      `{ series(reporters: ["HUN"], indicators: ["ASY"], from: "2015-Q3", to: "2015-Q3", by: [CITIZENSHIP], citizenships: ["AFG"])
        { values } countries(network: COLEP) { code } }`,
    );
    expect(status).toBe(200);
    expect(data.series).toBeNull();
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["SUBGRAPH_UNAVAILABLE"]);
    expect(data.countries.length).toBeGreaterThan(5);
    expect(text).not.toMatch(/27640|audit|relation|elsewhere/);
  });

  test("nor is one's own, nor a profile, nor a contact", async () => {
    for (const query of [
      `{ series(reporters: ["AUT"], indicators: ["ASY"], from: "2015-Q3", to: "2015-Q3") { values } }`,
      `{ country(code: "AUT") { profile { version } } }`,
      `{ country(code: "AUT") { focalPersons { email } } }`,
    ]) {
      const { data, errors } = await exchange.ask("aut-analyst", query);
      expect(errors?.[0]?.extensions.code).toBe("SUBGRAPH_UNAVAILABLE");
      expect(JSON.stringify(data)).not.toMatch(/\d{2,}|@/);
    }
  });
});

test("the subgraphs append to it and can do nothing else, and its own owner cannot either", async () => {
  await exchange.ask("frontex-analyst", SERIES, { reporters: ["AUT"], by: [] });
  for (const role of [
    "accord_countries",
    "accord_indicators",
    "accord_sharing",
    "accord_sealer",
    null,
  ]) {
    for (const statement of [
      "UPDATE audit.entry SET cells = 0",
      "DELETE FROM audit.entry",
      "TRUNCATE audit.entry",
      "INSERT INTO audit.entry (id, request_id, viewer, actor, owner, category, operation, cells, channel, outcome, reason) VALUES (1, '', '', '', '', '', 'ERASURE', 0, 'GRAPHQL', 'GIVEN', '')",
      "INSERT INTO audit.entry (at, request_id, viewer, actor, owner, category, operation, cells, channel, outcome, reason) VALUES (now() - interval '1 day', '', '', '', '', '', 'ERASURE', 0, 'GRAPHQL', 'GIVEN', '')",
      "UPDATE audit.leaf SET index = 0",
      "DELETE FROM audit.head",
    ]) {
      if (role === null && statement.includes("INSERT INTO audit.entry (at")) continue; // the owner of the tables may: it is found
      await owner.query("BEGIN");
      if (role) await owner.query(`SET LOCAL ROLE ${role}`);
      await expect(owner.query(statement)).rejects.toThrow(
        /permission denied|append-only|cannot insert|GENERATED/,
      );
      await owner.query("ROLLBACK");
    }
  }
  expect(await entries()).toHaveLength(1);
});
