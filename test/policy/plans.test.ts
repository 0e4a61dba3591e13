/**
 * What the planner makes of the statements that are asked all the time, under row-level security and with the terms of a viewer:
 * PostgreSQL compiles what it takes to cost more than 100,000, which takes seconds where it is not switched off.
 */
import type { DataSource, EntityManager } from "typeorm";
import { openDatabase } from "../../shared/database/data-source";
import { readStanding } from "../../shared/database/terms.queries";
import { asViewer } from "../../shared/database/transaction";
import { type Period, parsePeriod } from "../../shared/period";
import type { Terms } from "../../shared/policy/terms";
import type { Viewer } from "../../shared/viewer/viewer";
import { readAlerts, readFeed } from "../../subgraphs/alerts/messages/alert.queries";
import { readRequests } from "../../subgraphs/cooperation/requests/request.queries";
import { readTables, readVersions } from "../../subgraphs/indicators/series/series.queries";
import { countEntries, readEntries } from "../../subgraphs/sharing/disclosures/disclosure.queries";
import { cloneDatabase, type TestDatabase, WORLD } from "../support/database";
import { viewerOf } from "../support/viewers";

const JIT_ABOVE = 100_000;
const ROLES = ["alerts", "cooperation", "countries", "indicators", "sealer", "sharing"] as const;
const VIEWERS = ["PAK", "FRONTEX", "HUN"].map(
  (partner): Viewer => viewerOf({ id: "someone", partner, roles: ["ANALYST", "APPROVER"] }),
);
const span = {
  owners: ["AUT", "BGR", "DEU", "FRA", "HUN", "IRN", "IRQ", "PAK", "TUR"],
  indicators: ["ASY", "DOC", "FAC", "IBC", "IST", "REF"],
  from: parsePeriod("2010-Q1") as Period,
  to: parsePeriod("2024-Q4") as Period,
};
const page = { first: 21, after: null, counted: true };

let database: TestDatabase;
const subgraphs = new Map<string, DataSource>();
beforeAll(async () => {
  database = await cloneDatabase(WORLD);
  for (const name of ROLES)
    subgraphs.set(
      name,
      await openDatabase({ url: database.url, role: `accord_${name}`, entities: [], poolSize: 1 }),
    );
});
afterAll(async () => {
  await Promise.all([...subgraphs.values()].map((subgraph) => subgraph.destroy()));
  await database.drop();
});

type Work = (manager: EntityManager, asked: { viewer: Viewer; terms: Terms }) => Promise<unknown>;
const scope = (asked: { viewer: Viewer; terms: Terms }) => ({
  ...asked,
  reciprocated: new Set<string>(),
});
const log = ({ partner: owner }: Viewer) => ({
  owner,
  viewer: null,
  indicator: null,
  outcome: null,
  from: null,
  to: null,
});

const HOT: Readonly<Record<string, { subgraph: string; work: Work }>> = {
  series: {
    subgraph: "indicators",
    work: (manager, asked) => readTables(manager, scope(asked), span, ["CITIZENSHIP"], null),
  },
  latest: {
    subgraph: "indicators",
    work: (manager, asked) => readTables(manager, scope(asked), span, [], null),
  },
  revisions: {
    subgraph: "indicators",
    work: (manager, asked) => readVersions(manager, scope(asked), span, ["CITIZENSHIP"]),
  },
  alerts: { subgraph: "alerts", work: (manager, asked) => readAlerts(manager, asked, page, {}) },
  feed: {
    subgraph: "alerts",
    work: (manager, asked) => readFeed(manager, asked, { ...page, status: null }),
  },
  requests: {
    subgraph: "cooperation",
    work: (manager, asked) => readRequests(manager, asked, page, { states: null }),
  },
  disclosures: {
    subgraph: "sharing",
    work: async (manager, { viewer }) => {
      await readEntries(manager, log(viewer), { first: 21, before: null });
      await countEntries(manager, log(viewer));
    },
  },
};

/** Costs of the statements that some work runs; their answers are empty. */
async function costsOf(subgraph: DataSource, viewer: Viewer, work: Work): Promise<number[]> {
  const { terms } = await readStanding(subgraph, viewer);
  const costs: number[] = [];
  await asViewer(subgraph, viewer, async (manager) => {
    const query = async (statement: string, values?: unknown[]) => {
      const [row] = await manager.query(`EXPLAIN (FORMAT JSON) ${statement}`, values);
      costs.push(row["QUERY PLAN"][0].Plan["Total Cost"]);
      return [{ tables: [], total: 0, before: 0 }];
    };
    await work({ query } as unknown as EntityManager, { viewer, terms });
  });
  return costs;
}

test.each(Object.entries(HOT))("%s is planned at less than what is compiled", async (_, hot) => {
  for (const viewer of VIEWERS) {
    const costs = await costsOf(subgraphs.get(hot.subgraph) as DataSource, viewer, hot.work);
    expect(costs.length).toBeGreaterThan(0);
    expect(Math.max(...costs)).toBeLessThan(JIT_ABOVE);
  }
});

test("no connection of a subgraph compiles, whatever the server does by default", async () => {
  for (const [name, subgraph] of subgraphs) {
    const [{ jit }] = await subgraph.query("SHOW jit");
    expect({ name, jit }).toEqual({ name, jit: "off" });
  }
});

test("a role that signs in itself, past a pooler that drops start-up parameters, does not either", async () => {
  const [{ roles }] = await (subgraphs.get("sharing") as DataSource).query(
    `SELECT array_agg(r.rolname::text ORDER BY r.rolname) AS roles FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole
     WHERE s.setdatabase = 0 AND 'jit=off' = ANY (s.setconfig) AND r.rolname LIKE 'accord\\_%'`,
  );
  expect(roles).toEqual(ROLES.map((name) => `accord_${name}`));
});
