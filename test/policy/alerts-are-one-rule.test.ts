/** Who may read a message is said three times: by `decide`, by the predicate of statements and by row-level security. */

import { Client } from "pg";
import { TERMS, toTerms } from "../../shared/database/terms.queries";
import type { Addressee } from "../../shared/policy/addressed";
import { decide } from "../../shared/policy/decide";
import { ALERT_PREDICATE, alertParameters, MY_GROUPS } from "../../shared/policy/scope";
import { mayRead, type Role, type Viewer } from "../../shared/viewer/viewer";
import { newIdentifier } from "../../subgraphs/alerts/messages/identifier";
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

const as = (partner: string, id: string, ...roles: Role[]): Viewer =>
  viewerOf({ id, partner, roles });
const VIEWERS: (Viewer | null)[] = [
  as("PAK", "one", "ANALYST"),
  as("PAK", "two", "OFFICER"),
  as("IRN", "one", "APPROVER"),
  as("SECRETARIAT", "one", "DESK"),
  as("ATL", "one", "ANALYST"),
  as("AUDITOR", "one", "ANALYST"),
  as("PAK", "one", "AUDITOR"),
  as("PAK", "one"),
  null,
];

/** Every way to address somebody. */
const audiences: (Omit<Addressee, "agreed"> | null)[][] = [
  [],
  [null],
  [{ partner: "PAK", person: null, group: null }],
  [{ partner: "IRN", person: null, group: null }],
  [{ partner: "PAK", person: "one", group: null }],
  [{ partner: "PAK", person: "three", group: null }],
  [{ partner: "SECRETARIAT", person: null, group: null }],
  [{ partner: null, person: null, group: "MEMBERS" }],
  [{ partner: null, person: null, group: "UNCONFIRMED" }],
  [{ partner: null, person: null, group: "OTHERS" }],
  [
    { partner: "IRN", person: null, group: null },
    { partner: null, person: null, group: "MEMBERS" },
  ],
];

async function store(): Promise<number> {
  const [{ now }] = await query("SELECT sharing.instant() AS now");
  let stored = 0;
  await query(`INSERT INTO sharing.partner VALUES ('PAK', 'P', 'NATIONAL_AUTHORITY', 'PAK'), ('IRN', 'I', 'NATIONAL_AUTHORITY', 'IRN'),
    ('SECRETARIAT', 'S', 'SECRETARIAT', NULL), ('AUDITOR', 'A', 'AUDITOR', NULL)`);
  for (const [at, bond] of BONDS.entries()) {
    const owner = ownerOf(at);
    await storeBond(query, owner, bond, now);
    await query(GROUPS, [owner]);
    for (const audience of audiences) {
      for (const agreed of [true, false]) {
        const identifier = newIdentifier();
        await query(ALERT, [identifier, owner]);
        stored++;
        if (audience.length === 0) continue;
        await query(
          "INSERT INTO alerts.release (identifier, owner, actor, actor_approver) VALUES ($1, $2, 'a', true)",
          [identifier, owner],
        );
        for (const address of audience.filter((one) => one !== null))
          await query(
            "INSERT INTO alerts.addressee (identifier, owner, partner, person, group_id, agreed) VALUES ($1, $2, $3, $4, $5, $6)",
            [identifier, owner, address.partner, address.person, address.group, agreed],
          );
      }
    }
  }
  return stored;
}

const ALERT = `INSERT INTO alerts.alert (identifier, owner, author, author_approver, status, msg_type, scope, info, expires, tlp)
  VALUES ($1, $2, 'a', false, 'Actual', 'Alert', 'Private', '[{}]', now() + interval '1 day', 'AMBER')`;
const GROUPS = `
WITH g AS (INSERT INTO sharing.partner_group (owner, id, name) SELECT $1, id, id FROM unnest(ARRAY['MEMBERS', 'UNCONFIRMED', 'OTHERS']) AS id)
INSERT INTO sharing.group_member (owner, group_id, partner, added_by, added_by_approver, confirmed_by, confirmed_at)
VALUES ($1, 'MEMBERS', 'PAK', 'a', true, 'b', now()), ($1, 'UNCONFIRMED', 'PAK', 'a', true, NULL, NULL),
  ($1, 'OTHERS', 'IRN', 'a', true, 'b', now())`;
const MESSAGES = `
SELECT a.identifier, a.owner, coalesce((SELECT json_agg(json_build_object('partner', d.partner, 'person', d.person,
  'group', d.group_id, 'agreed', d.agreed)) FROM alerts.addressee d WHERE d.identifier = a.identifier), '[]') AS addressees
FROM alerts.alert a ORDER BY 1`;

test("decide, the predicate and row-level security open the same messages, whoever asks", async () => {
  await query("BEGIN");
  const stored = await store();
  const opened: number[] = [];
  for (const viewer of VIEWERS) {
    await query(
      "SELECT set_config('accord.viewer', $1, true), set_config('accord.actor', $2, true), set_config('accord.roles', $3, true)",
      [mayRead(viewer) ? viewer.partner : "", viewer?.id ?? "", viewer?.roles.join() ?? ""],
    );
    const terms = toTerms(await query(TERMS));
    const [{ groups }] = await query(`SELECT groups FROM ${MY_GROUPS}`);
    const messages = await query(MESSAGES);
    const decided = messages
      .filter((one) => decide(viewer, { category: "ALERT", ...one, groups }, terms).allowed)
      .map(({ identifier }) => identifier);
    const predicate = await query(
      `SELECT a.identifier FROM ${MY_GROUPS} CROSS JOIN alerts.alert a WHERE ${ALERT_PREDICATE} ORDER BY 1`,
      alertParameters(viewer, terms),
    );
    await query("SET LOCAL ROLE accord_alerts");
    const secured: any[][] = [];
    for (const table of ["alert", "release"])
      secured.push(await query(`SELECT DISTINCT identifier FROM alerts.${table} ORDER BY 1`));
    await query("RESET ROLE");
    const ids = (rows: any[]) => rows.map(({ identifier }) => identifier);
    expect({ viewer, predicate: ids(predicate) }).toEqual({ viewer, predicate: decided });
    expect({ viewer, secured: ids(secured[0] as any[]) }).toEqual({ viewer, secured: decided });
    expect(ids(secured[1] as any[])).toEqual(decided);
    opened.push(decided.length);
  }
  await query("ROLLBACK");
  // PAK is named in four ways, of which one is for the person "one" alone; IRN in three, and holds no agreement with anybody.
  expect(stored).toBe(BONDS.length * audiences.length * 2);
  const inForce = BONDS.filter(isInForce).length;
  const chosen = (ways: number) => ways * BONDS.length;
  expect(opened).toEqual([
    chosen(4) + 4 * inForce,
    chosen(3) + 3 * inForce,
    chosen(3),
    chosen(1),
    0,
    0,
    0,
    0,
    0,
  ]);
});
