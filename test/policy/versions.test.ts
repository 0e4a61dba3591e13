/**
 * Which version of an agreement governs between an owner and a viewer, over every way in which two partners can have signed
 * three versions: said once more here, as the rule above `terms_for` says it in words.
 */
import { Client } from "pg";
import { cloneDatabase, EMPTY, type TestDatabase } from "../support/database";

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await cloneDatabase(EMPTY);
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

type State = "SIGNED" | "PROPOSED" | "DECLINED" | "ABSENT";
const STATES: readonly State[] = ["SIGNED", "PROPOSED", "DECLINED", "ABSENT"];

/** The newest that the owner has signed, and the viewer too where it is asked to; null where there is none. */
function governing(owner: readonly State[], viewer: readonly State[]): number | null {
  for (let version = owner.length; version >= 1; version--) {
    const mayFollow = viewer[version - 1] === "SIGNED" || viewer[version - 1] === "ABSENT";
    if (owner[version - 1] === "SIGNED" && mayFollow) return version;
  }
  return null;
}

test("is the newest that the owner has signed, and the viewer too where it is a party to it", async () => {
  const three = STATES.flatMap((a) => STATES.flatMap((b) => STATES.map((c) => [a, b, c] as const)));
  const cases = three
    .filter((owner) => !owner.includes("ABSENT"))
    .flatMap((owner) => three.map((viewer) => ({ owner, viewer })));
  const rows = cases.flatMap(({ owner, viewer }, at) =>
    [1, 2, 3].map((version) => ({
      id: String(at),
      version,
      owner: owner[version - 1],
      viewer: viewer[version - 1],
    })),
  );
  await client.query("BEGIN");
  await client.query(LAY_OUT, [JSON.stringify(rows)]);
  const { rows: told } = await client.query(
    "SELECT agreement_id AS id, version, status FROM sharing.terms_for('VVV') ORDER BY agreement_id::int",
  );
  await client.query("ROLLBACK");
  expect(told).toHaveLength(cases.length);
  const wrong = cases.flatMap(({ owner, viewer }, at) => {
    const expected = governing(owner, viewer);
    const { version, status } = told[at];
    const isRight =
      expected === null ? status !== "ACTIVE" : status === "ACTIVE" && version === expected;
    return isRight ? [] : [{ owner, viewer, expected, version, status }];
  });
  expect(wrong).toEqual([]);
  expect(
    cases.filter(({ owner, viewer }) => governing(owner, viewer) !== null).length,
  ).toBeGreaterThan(500);
});

const LAY_OUT = `
WITH r AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS r (id text, version integer, owner text, viewer text)),
agreement AS (INSERT INTO sharing.agreement (id, title, kind, convener) SELECT DISTINCT id, 'title', 'MULTILATERAL', 'OOO' FROM r),
version AS (INSERT INTO sharing.agreement_version (agreement_id, version, valid_from, proposed_by, proposed_at)
  SELECT id, version, now(), 'OOO', now() FROM r),
party AS (INSERT INTO sharing.party (agreement_id, partner, since) SELECT DISTINCT id, p, now() FROM r, unnest(ARRAY['OOO', 'VVV']) AS p),
signature AS (INSERT INTO sharing.signature (agreement_id, version, partner, state, since)
  SELECT id, version, 'OOO', owner, now() FROM r UNION ALL SELECT id, version, 'VVV', viewer, now() FROM r WHERE viewer <> 'ABSENT')
INSERT INTO sharing.term (agreement_id, version, category, owners, viewers)
SELECT id, version, 'PROFILE', '{OOO}', '{VVV}' FROM r`;
