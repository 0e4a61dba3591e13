/** Who may read an impact level is said three times: by `decide`, by the subgraph's statement and by row-level security. */

import { Client } from "pg";
import { TERMS, toTerms } from "../../shared/database/terms.queries";
import { decide } from "../../shared/policy/decide";
import { mayRead, type Role, type Viewer } from "../../shared/viewer/viewer";
import { messageOf } from "../../subgraphs/alerts/impact/impact.mapping";
import { readImpact } from "../../subgraphs/alerts/impact/impact.queries";
import { BONDS, isInForce, ownerOf, storeBond } from "../support/bonds";
import { cloneDatabase, EMPTY, type TestDatabase } from "../support/database";
import { viewerOf } from "../support/viewers";

let database: TestDatabase;
let client: Client;
const query = async (text: string, values?: unknown[]): Promise<any[]> =>
  (await client.query(text, values)).rows;

beforeAll(async () => {
  database = await cloneDatabase(EMPTY);
  client = new Client({ connectionString: database.url });
  await client.connect();
  await query("SET session_replication_role = replica"); // what is tested is who reads, not how it came there
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const as = (partner: string, ...roles: Role[]): Viewer => viewerOf({ id: "one", partner, roles });
const VIEWERS: (Viewer | null)[] = [
  as("PAK", "ANALYST"),
  as("FRONTEX", "OFFICER"),
  as("SECRETARIAT", "DESK"),
  as("PAK", "AUDITOR"),
  as("PAK"),
  null,
];
const PROPOSERS = ["FRONTEX", "PAK", null];

async function store(): Promise<void> {
  const [{ now }] = await query("SELECT sharing.instant() AS now");
  await query(`INSERT INTO sharing.partner VALUES ('PAK', 'P', 'NATIONAL_AUTHORITY', 'PAK'), ('FRONTEX', 'F', 'INSTITUTION', NULL),
    ('SECRETARIAT', 'S', 'SECRETARIAT', NULL)`);
  for (const [at, bond] of BONDS.entries()) {
    const owner = ownerOf(at);
    await storeBond(query, owner, bond, now);
    for (const proposer of PROPOSERS) {
      for (const agreed of [true, false]) {
        const id = [owner, proposer ?? "ITSELF", agreed].join("/");
        await query(LEVEL, [id, owner, proposer ?? owner]);
        if (agreed)
          await query(
            "INSERT INTO alerts.impact_agreement (id, owner, actor) VALUES ($1, $2, 'b')",
            [id, owner],
          );
      }
    }
  }
}

const LEVEL = `INSERT INTO alerts.impact_level (id, owner, section, period, level, proposed_by, actor)
  VALUES ($1, $2, 'IRN-TUR', '2026-Q4', 'HIGH', $3, 'a')`;
const LEVELS = `SELECT l.id, l.owner, l.proposed_by, g.at AS agreed_at
  FROM alerts.impact_level l LEFT JOIN alerts.impact_agreement g ON g.id = l.id ORDER BY l.id`;

test("decide, the statement and row-level security open the same levels, whoever asks", async () => {
  await query("BEGIN");
  await store();
  const opened: number[] = [];
  for (const viewer of VIEWERS) {
    await query(
      "SELECT set_config('accord.viewer', $1, true), set_config('accord.actor', $2, true), set_config('accord.roles', $3, true)",
      [mayRead(viewer) ? viewer.partner : "", viewer?.id ?? "", viewer?.roles.join() ?? ""],
    );
    const terms = toTerms(await query(TERMS));
    const levels = await query(LEVELS);
    const decided = levels
      .filter((row) => decide(viewer, messageOf(row, viewer), terms).allowed)
      .map(({ id }) => id);
    const found: (string | undefined)[] = [];
    for (const { id } of levels)
      found.push((await readImpact({ query } as any, { viewer, terms } as any, id))?.id);
    await query("SET LOCAL ROLE accord_alerts");
    const secured = await query("SELECT id FROM alerts.impact_level ORDER BY id");
    const agreed = await query("SELECT id FROM alerts.impact_agreement ORDER BY id");
    await query("RESET ROLE");
    expect({ viewer, statement: found.filter(Boolean) }).toEqual({ viewer, statement: decided });
    expect({ viewer, secured: secured.map(({ id }) => id) }).toEqual({ viewer, secured: decided });
    expect(agreed.map(({ id }) => id)).toEqual(decided.filter((id) => id.endsWith("true")));
    opened.push(decided.length);
  }
  await query("ROLLBACK");
  // PAK has proposed two of six of each, and of the others sees what is agreed while an agreement holds; Frontex its own two.
  const inForce = BONDS.filter(isInForce).length;
  expect(opened).toEqual([2 * BONDS.length + 2 * inForce, 2 * BONDS.length, 0, 0, 0, 0]);
});
