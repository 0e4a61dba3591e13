/** The subgraphs as processes of their own, behind HTTP: as they are deployed. */
import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DEFAULT_LIMITS } from "../../gateway/limits/limits";
import { httpLink, type Link, localLink } from "../../gateway/link";
import { type Gateway, startGateway } from "../../gateway/server";
import { listenForGateway } from "../../shared/graphql/http";
import type { Authenticate } from "../../shared/viewer/token";
import { cloneDatabase, type TestDatabase, WORLD } from "../support/database";
import { openSubgraphs, type Subgraphs } from "../support/subgraphs";

const NAMES = ["alerts", "cooperation", "countries", "indicators", "sharing"] as const;
type Name = (typeof NAMES)[number];
const SPAN = `from: "2015-Q3", to: "2015-Q4"`;

let database: TestDatabase;
let subgraphs: Subgraphs;
let together: Gateway;
let apart: Gateway;
const routes = {} as Record<Name, { server: Server; url: string }>;

/** Tokens are tested elsewhere: here the header names the partner. */
const authenticate: Authenticate = async (header) =>
  header === undefined ? null : { id: header, partner: header, roles: ["ANALYST"] };

function gatewayOver(linkTo: (name: Name) => Link): Promise<Gateway> {
  return startGateway({
    port: 0,
    limits: DEFAULT_LIMITS,
    logger: subgraphs.logger,
    key: subgraphs.key,
    authenticate,
    supergraphSdl: readFileSync(
      join(__dirname, "..", "..", "gateway", "supergraph.graphql"),
      "utf8",
    ),
    links: new Map(NAMES.map((name) => [name, linkTo(name)])),
  });
}

beforeAll(async () => {
  database = await cloneDatabase(WORLD);
  subgraphs = await openSubgraphs(database.url);
  for (const name of NAMES) {
    const server = await listenForGateway(subgraphs.named(name), {
      port: 0,
      host: "127.0.0.1",
      logger: subgraphs.logger,
    });
    routes[name] = { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
  }
  together = await gatewayOver((name) => localLink(subgraphs.named(name)));
  apart = await gatewayOver((name) => httpLink(routes[name].url));
});
afterAll(async () => {
  await Promise.all([together?.stop(), apart?.stop()]);
  for (const { server } of Object.values(routes)) server.close();
  await subgraphs?.stop();
  await database?.drop();
});

async function ask(gateway: Gateway, partner: string | null, query: string) {
  const headers = {
    "content-type": "application/json",
    ...(partner && { authorization: partner }),
  };
  const response = await fetch(`${gateway.url}/graphql`, {
    method: "POST",
    headers,
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  return {
    status: response.status,
    text: text.replace(/,?"requestId":"[^"]*"/g, ""),
    ...(JSON.parse(text) as { data: any; errors?: any[] }),
  };
}

const LATEST = `indicators(${SPAN}) { indicator { code name } latest { period value status } }`;
const OPERATIONS: Record<string, string> = {
  viewer: "{ viewer { id roles partner { code name kind country { code name } } } }",
  directory:
    "{ countries(network: COLEP) { code name memberships { network role since until source } } }",
  contacts: `{ country(code: "AUT") { focalPersons { name email phone languages } profile { version sections { key title } marking { tlp } } } }`,
  totals: `{ series(reporters: ["AUT", "TUR", "HUN"], indicators: ["ASY", "IST"], ${SPAN}) { reporter { code name } indicator { code name unit } values statuses withheld { reason message } } }`,
  breakdown: `{ series(reporters: ["AUT", "DEU"], indicators: ["ASY"], ${SPAN}, by: [CITIZENSHIP]) { citizenship { code name } values statuses sources { attribution } } }`,
  cells: `{ series(reporters: ["AUT"], indicators: ["ASY"], ${SPAN}, by: [CITIZENSHIP], citizenships: ["AFG", "PAK"]) { observations { period value status } } }`,
  newest: `{ countries { code ${LATEST} } }`,
  nested: `{ viewer { partner { country { ${LATEST} } } } agreements { nodes { parties { country { name } } terms { indicators { code name } } } } }`,
  sum: `{ regionalTotal(indicator: "ASY", reporters: ["AUT", "HUN", "TUR"], ${SPAN}) { values statuses included { code name } missing { code reason } } }`,
  why: `{ explainAccess(owner: "HUN", category: STATISTICS, indicator: "ASY", by: [CITIZENSHIP], period: "2015-Q3") { allowed reason message agreement { id title } } }`,
  "a mistaken code": `{ country(code: "XXX") { name } }`,
  "a mistaken indicator": `{ series(reporters: ["AUT"], indicators: ["NO"], ${SPAN}) { values } }`,
  "a mistaken page": "{ agreements(first: 0) { totalCount } }",
  catalogue:
    "{ indicators { code version cubes { id dimensions } } indicatorSets { code indicators { code } assumptionNote } }",
};

describe.each(["SRB", "FRONTEX", null])(
  "the answer is the same, byte for byte, in one process and apart: %s",
  (partner) => {
    test.each(Object.entries(OPERATIONS))("%s", async (_name, query) => {
      const [one, other] = await Promise.all([
        ask(together, partner, query),
        ask(apart, partner, query),
      ]);
      expect([other.status, other.text]).toEqual([one.status, one.text]);
      expect(one.data).toBeTruthy();
    });
  },
);

describe("a subgraph that is down makes its own fields null, with one SUBGRAPH_UNAVAILABLE, and the rest stands", () => {
  const everything = `{ viewer { id partner { code country { code } } }
    countries(network: RELEC) { code name }
    indicators { code }
    series(reporters: ["AUT"], indicators: ["ASY"], ${SPAN}) { reporter { code } values } }`;
  const joined = `{ series(reporters: ["AUT"], indicators: ["ASY"], ${SPAN}) { reporter { code name } values }
    country(code: "AUT") { name ${LATEST} }
    agreements { nodes { id terms { indicators { code name } } } } }`;

  /** A closed port for one subgraph; the others as they are. */
  async function without(down: Name, query: string) {
    const gateway = await gatewayOver((name) =>
      httpLink(name === down ? "http://127.0.0.1:9/" : routes[name].url),
    );
    try {
      const answer = await ask(gateway, "SRB", query);
      const ready = await fetch(`${gateway.url}/health/ready`);
      const live = await fetch(`${gateway.url}/health/live`);
      expect([ready.status, live.status]).toEqual([503, 200]);
      expect(await ready.text()).not.toMatch(/127|countries|indicators|sharing/);
      expect(answer.status).toBe(200);
      expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual([
        "SUBGRAPH_UNAVAILABLE",
      ]);
      expect(JSON.stringify(answer.errors)).not.toMatch(/127|ECONN|countries"?,? (does|is)|http:/);
      return answer.data;
    } finally {
      await gateway.stop();
    }
  }

  test("countries: everything else stands", async () => {
    const data = await without("countries", everything);
    expect(data.countries).toBeNull();
    expect(data.viewer.partner).toEqual({ code: "SRB", country: { code: "SRB" } });
    expect([data.indicators.length, data.series[0].values]).toEqual([8, [27_481, 31_025]]);
  });

  test("indicators: everything else stands", async () => {
    const data = await without("indicators", everything);
    expect([data.series, data.indicators, data.countries.length, data.viewer.id]).toEqual([
      null,
      null,
      6,
      "SRB",
    ]);
  });

  test("sharing: everything else stands", async () => {
    const data = await without("sharing", everything);
    expect([data.viewer, data.countries.length, data.series[0].values]).toEqual([
      null,
      6,
      [27_481, 31_025],
    ]);
  });

  test("countries: the figures stand although the reporter's name is missing", async () => {
    const data = await without("countries", joined);
    expect(data.series?.[0]).toMatchObject({ values: [27_481, 31_025] });
  });

  test("indicators: the agreements and the country stand although the indicators' names are missing", async () => {
    const data = await without("indicators", joined);
    expect(data.country).toEqual({ name: "Austria", indicators: null });
    expect(data.agreements?.nodes.length).toBeGreaterThan(0);
  });

  test("all are up: ready", async () => {
    expect((await fetch(`${apart.url}/health/ready`)).status).toBe(200);
  });
});
