import { Client } from "pg";
import type { DataSource } from "typeorm";
import { openDatabase } from "../../shared/database/data-source";
import { TERMS, toTerms } from "../../shared/database/terms.queries";
import { asViewer } from "../../shared/database/transaction";
import { decide } from "../../shared/policy/decide";
import { STATISTICS_PREDICATE, statisticsParameters } from "../../shared/policy/scope";
import type { Viewer } from "../../shared/viewer/viewer";
import { resourceOf } from "../../subgraphs/indicators/series/series.queries";
import { cloneDatabase, type TestDatabase, WORLD } from "../support/database";
import { READERS } from "../support/people";
import { viewerOf } from "../support/viewers";

const analystOf = (partner: string): Viewer =>
  viewerOf({ id: "someone", partner, roles: ["ANALYST"] });
const VIEWERS = [...READERS.keys(), "AUDITOR", "ATL"].map(analystOf);
const COLUMNS = `t.id, t.owner, t.indicator, t.period, t.period_start::text, t.period_end::text, t.dimensions, t.control,
  t.audience, t.cut, t.released_at`;

let database: TestDatabase;
let owner: Client;
let subgraph: DataSource;
beforeAll(async () => {
  database = await cloneDatabase(WORLD);
  owner = new Client({ connectionString: database.url });
  await owner.connect();
  subgraph = await openDatabase({
    url: database.url,
    role: "accord_indicators",
    entities: [],
    poolSize: 2,
  });
});
afterAll(async () => {
  await subgraph.destroy();
  await owner.end();
  await database.drop();
});

describe("each wall holds alone in the demo world:", () => {
  interface Allowed {
    viewer: Viewer;
    allowed: string[];
    predicate: string[];
    secured: string[];
  }
  const seen: Allowed[] = [];
  const ids = (rows: { id: number }[]): string[] => rows.map(({ id }) => String(id)).sort();

  beforeAll(async () => {
    const { rows: all } = await owner.query(`SELECT ${COLUMNS} FROM indicators.released_table t`);
    for (const viewer of VIEWERS) {
      const { terms, secured } = await asViewer(subgraph, viewer, async (manager) => ({
        terms: toTerms(await manager.query(TERMS)),
        secured: await manager.query("SELECT id FROM indicators.released_table"),
      }));
      const releases = await owner.query(
        "SELECT indicator, period FROM indicators.report WHERE owner = $1",
        [viewer.partner],
      );
      const reciprocated = new Set(
        releases.rows.map(({ indicator, period }) => `${indicator}/${period}`),
      );
      const isOpen = (row: any) =>
        decide(viewer, resourceOf(row, reciprocated.has(`${row.indicator}/${row.period}`)), terms)
          .allowed;
      const bare = `SELECT t.id FROM indicators.released_table t WHERE ${STATISTICS_PREDICATE}`;
      const predicate = await owner.query(
        bare,
        statisticsParameters({ viewer, terms, reciprocated }),
      );
      seen.push({
        viewer,
        allowed: ids(all.filter(isOpen)),
        predicate: ids(predicate.rows),
        secured: ids(secured),
      });
    }
  });

  test("without a condition in the statement, row-level security gives what is allowed and nothing else", () => {
    for (const { viewer, allowed, secured } of seen)
      expect({ viewer, ids: secured }).toEqual({ viewer, ids: allowed });
  });

  test("without row-level security, the condition in the statement does", () => {
    for (const { viewer, allowed, predicate } of seen)
      expect({ viewer, ids: predicate }).toEqual({ viewer, ids: allowed });
  });

  test("and what they let through is little: the unknown see nothing, the uninvited what is published to all", () => {
    const countOf = (partner: string) =>
      seen.find(({ viewer }) => viewer.partner === partner)?.secured.length;
    const published =
      "SELECT FROM indicators.released_table WHERE owner = 'GBR' AND control = 'NONE' AND audience IS NULL";
    return owner.query(published).then(({ rowCount }) => {
      for (const partner of ["AUDITOR", "ATL"]) expect(countOf(partner)).toBe(0);
      for (const partner of ["AFG", "SECRETARIAT", "NLD"]) expect(countOf(partner)).toBe(rowCount);
    });
  });

  test("contacts' details and profiles: row-level security gives what is decided and nothing else", async () => {
    const countries = await openDatabase({
      url: database.url,
      role: "accord_countries",
      entities: [],
      poolSize: 1,
    });
    try {
      const details = "SELECT DISTINCT owner, kind FROM countries.contact_detail ORDER BY 1, 2";
      const profiles = "SELECT DISTINCT owner FROM countries.profile ORDER BY 1";
      const [contacts, summaries] = [
        (await owner.query(details)).rows,
        (await owner.query(profiles)).rows,
      ];
      for (const viewer of VIEWERS) {
        const { terms, ...secured } = await asViewer(countries, viewer, async (manager) => ({
          terms: toTerms(await manager.query(TERMS)),
          contacts: await manager.query(details),
          summaries: await manager.query(profiles),
        }));
        const opens = (category: "CONTACT_DETAILS" | "PROFILE") => (row: any) =>
          decide(viewer, { category, ...row }, terms).allowed;
        const decided = {
          contacts: contacts.filter(opens("CONTACT_DETAILS")),
          summaries: summaries.filter(opens("PROFILE")),
        };
        expect({ viewer, ...secured }).toEqual({ viewer, ...decided });
      }
    } finally {
      await countries.destroy();
    }
  });
});
