/** What the database refuses although the subgraph would have let it through: four eyes, states, somebody else's, public facts. */
import { Client } from "pg";
import { cloneDatabase, type TestDatabase, WORLD } from "../support/database";

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await cloneDatabase(WORLD);
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});
beforeEach(() => client.query("BEGIN"));
afterEach(() => client.query("ROLLBACK"));

async function be(actor: string, roles = "OFFICER", partner = "PAK"): Promise<void> {
  await client.query("RESET ROLE");
  await client.query(
    "SELECT set_config('accord.viewer', $1, true), set_config('accord.actor', $2, true), set_config('accord.roles', $3, true)",
    [partner, actor, roles],
  );
  await client.query("SET LOCAL ROLE accord_countries");
}
/** What the database says to it; null where it is done, and then at least one row was. */
async function tried(statement: string): Promise<string | null> {
  await client.query("SAVEPOINT here");
  try {
    const { rowCount } = await client.query(statement);
    return rowCount === 0 ? "no row" : null;
  } catch (error) {
    await client.query("ROLLBACK TO here");
    return (error as Error).message;
  }
}

const ID = "11111111-1111-4111-8111-111111111111";
const CONTACT = (
  change: { owner?: string; state?: string; by?: string; approver?: boolean } = {},
) => {
  const { owner = "PAK", state = "SUBMITTED", by = "one", approver = false } = change;
  return `INSERT INTO countries.contact (id, post, owner, kind, title, organisation, languages, valid_from, state, submitted_by, submitted_by_approver)
    VALUES ('${ID}', '${ID}', '${owner}', 'FOCAL_PERSON', 't', 'o', '{en}', countries.today(), '${state}', '${by}', ${approver})`;
};
const APPROVE = (by: string) =>
  `UPDATE countries.contact SET state = 'APPROVED', decided_by = '${by}' WHERE id = '${ID}'`;
const PROFILE = (owner = "PAK", state = "DRAFT") =>
  `INSERT INTO countries.profile (owner, version, state, sections, tlp, originator, source, written_by)
   VALUES ('${owner}', 9, '${state}', '[]', 'GREEN', '${owner}', 's', 'one')`;
const STEP = (change: string) =>
  `UPDATE countries.profile SET revision = revision + 1, ${change} WHERE owner = 'PAK' AND version = 9`;
const SUBMIT = (by: string, approver = false) =>
  STEP(`state = 'SUBMITTED', submitted_by = '${by}', submitted_by_approver = ${approver}`);
const PRESENT = STEP(
  "state = 'PRESENTED', presented_at = (SELECT id FROM countries.meeting WHERE number = 3)",
);
const PUBLISH = (by: string) =>
  STEP(`state = 'PUBLISHED', published_by = '${by}', published_at = countries.today()`);
const STUDY = (owner = "PAK", state = "PRIVATE") =>
  `INSERT INTO countries.case_study (id, owner, exercise, title, summary, tlp, written_by, state)
   VALUES ('${ID}', '${owner}', false, 't', 's', 'AMBER', 'one', '${state}')`;
const MOVE = (change: string) =>
  `UPDATE countries.case_study SET revision = revision + 1, ${change} WHERE id = '${ID}'`;
const PROPOSE = (by: string, approver = false) =>
  MOVE(
    `state = 'WAITING', to_partners = '{IRN}', proposed_by = '${by}', proposed_by_approver = ${approver}`,
  );
const SHARE = (by: string) => MOVE(`state = 'SHARED', shared_by = '${by}', shared_at = now()`);

test("a contact takes two people, one of them an approver, each in its own name", async () => {
  await be("one");
  expect(await tried(CONTACT({ state: "APPROVED" }))).toMatch(/row-level security/);
  expect(await tried(CONTACT({ owner: "IRN" }))).toMatch(/row-level security/);
  expect(await tried(CONTACT({ by: "two" }))).toMatch(/row-level security/);
  expect(await tried(CONTACT({ approver: true }))).toMatch(/row-level security/);
  expect(await tried(CONTACT())).toBeNull();
  expect(await tried(APPROVE("one"))).toMatch(/second person/);
  expect(await tried(APPROVE("two"))).toMatch(/second person/);
  await be("two");
  expect(await tried(APPROVE("two"))).toMatch(/second person, and of the two an approver/);
  await be("two", "APPROVER", "IRN");
  expect(await tried(APPROVE("two"))).toBe("no row");
  await be("two", "ANALYST");
  expect(await tried(APPROVE("two"))).toBe("no row");
  await be("two", "APPROVER");
  expect(
    await tried(APPROVE("two").replace("SET", "SET valid_from = countries.today() - 1,")),
  ).toMatch(/before it is approved/);
  expect(await tried(APPROVE("two"))).toBeNull();
  const set = (change: string) =>
    tried(`UPDATE countries.contact SET ${change} WHERE id = '${ID}'`);
  expect(await set("valid_until = countries.today() - 1")).toMatch(
    /only ever ended|violates check/,
  );
  expect(await set("valid_until = countries.today() + 5")).toBeNull();
  expect(await set("valid_until = countries.today() + 6")).toMatch(/only ever ended/);
  expect(await set("state = 'SUBMITTED'")).toMatch(/does not go from APPROVED to SUBMITTED/);
  expect(await set("title = 'another'")).toMatch(/permission denied/);
});

test("an approver is no second person to itself, and nobody acts in another's name", async () => {
  await be("one", "APPROVER");
  await client.query(CONTACT({ approver: true }));
  await client.query(PROFILE());
  await client.query(SUBMIT("one", true));
  await client.query(PRESENT);
  await client.query(STUDY());
  await client.query(PROPOSE("one", true));
  for (const act of [APPROVE, PUBLISH, SHARE])
    for (const name of ["one", "two"])
      expect([name, await tried(act(name))]).toEqual([
        name,
        expect.stringMatching(/second person/),
      ]);
  await be("two");
  for (const act of [APPROVE, PUBLISH, SHARE]) expect(await tried(act("two"))).toBeNull();
});

test("a contact's details are written once, for a version of one's own that waits", async () => {
  await be("one");
  const detail = (owner: string, kind: string) =>
    `INSERT INTO countries.contact_detail (contact_id, owner, kind, name, email, phone) VALUES ('${ID}', '${owner}', '${kind}', 'n', 'e', 'p')`;
  await client.query(CONTACT());
  expect(await tried(detail("IRN", "FOCAL_PERSON"))).toMatch(/row-level security/);
  expect(await tried(detail("PAK", "NATIONAL_CONTACT_POINT"))).toMatch(/row-level security/);
  expect(await tried(detail("PAK", "FOCAL_PERSON"))).toBeNull();
  await client.query("RESET ROLE");
  expect(await tried("UPDATE countries.contact_detail SET email = 'x'")).toMatch(/append-only/);
});

test("a profile goes its way, is published by a second person, and is not changed on it", async () => {
  await be("one");
  expect(await tried(PROFILE("IRN"))).toMatch(/row-level security/);
  expect(await tried(PROFILE("PAK", "SUBMITTED"))).toMatch(/row-level security/);
  expect(await tried(PROFILE())).toBeNull();
  expect(await tried(PUBLISH("one"))).toMatch(/does not go from DRAFT to PUBLISHED/);
  expect(await tried(SUBMIT("two"))).toMatch(/one's own name/);
  expect(await tried(SUBMIT("one", true))).toMatch(/one's own name/);
  expect(await tried(SUBMIT("one"))).toBeNull();
  expect(await tried(STEP("sections = '[1]', state = 'PRESENTED'"))).toMatch(
    /only a draft is rewritten/,
  );
  expect(await tried(PRESENT.replace("= 3", "= 99"))).toMatch(/a meeting that was held/);
  expect(await tried(PRESENT)).toBeNull();
  expect(await tried(PUBLISH("one"))).toMatch(/second person/);
  await be("two");
  expect(await tried(PUBLISH("two"))).toMatch(/of the two an approver/);
  await be("two", "APPROVER");
  expect(
    await tried(
      STEP(
        "state = 'PUBLISHED', published_by = 'two', published_at = countries.today(), submitted_by = 'x'",
      ),
    ),
  ).toMatch(/who submitted stays/);
  expect(await tried(PUBLISH("two"))).toBeNull();
  expect(await tried(STEP("source = 'another'"))).toMatch(/does not go from PUBLISHED/);
});

test("a case study is shared by two, with whom the first has named, and as it was then", async () => {
  await be("one");
  expect(await tried(STUDY("IRN"))).toMatch(/row-level security/);
  expect(await tried(STUDY("PAK", "WAITING"))).toMatch(/row-level security/);
  expect(await tried(STUDY())).toBeNull();
  expect(await tried(SHARE("one"))).toMatch(/does not go from PRIVATE to SHARED/);
  expect(await tried(PROPOSE("two"))).toMatch(/one's own name/);
  expect(await tried(PROPOSE("one").replace("{IRN}", "{IRN,AUDITOR}"))).toMatch(
    /partners that read/,
  );
  expect(await tried(PROPOSE("one"))).toBeNull();
  expect(await tried(SHARE("one"))).toMatch(/second person/);
  await be("two");
  expect(await tried(SHARE("two"))).toMatch(/of the two an approver/);
  await be("two", "APPROVER");
  expect(
    await tried(
      MOVE("state = 'SHARED', shared_by = 'two', shared_at = now(), to_networks = '{COLEP}'"),
    ),
  ).toMatch(/second person/);
  expect(
    await tried(MOVE("state = 'SHARED', shared_by = 'two', shared_at = now(), summary = 'x'")),
  ).toMatch(/only a private one/);
  expect(await tried(SHARE("two"))).toBeNull();
  expect(await tried(MOVE("summary = 'x'"))).toMatch(/does not go from SHARED to SHARED/);
});

test("public facts and meetings are the desk's; an agenda is a chair's too; the memorandum its country's", async () => {
  const CHAIR = `INSERT INTO countries.membership (country, network, role, since, source, seat) VALUES ('PAK', 'COLEP', 'COLEP_CHAIR', '2026-01-01', 's', 3)`;
  const MEMBER = CHAIR.replace("COLEP_CHAIR", "PILOT_FUNDER").replace("'s', 3", "'s', NULL");
  const NEWS =
    "INSERT INTO countries.news_item (guid, feed, channel, title, summary, published_at) VALUES ('g', 'f', 'c', 't', 's', now())";
  const MEETING =
    "INSERT INTO countries.meeting (number, held_on, mode, source) VALUES (77, '2026-01-01', 'ONLINE', 's')";
  const AGENDA = (by: string, number: number) =>
    `INSERT INTO countries.agenda (meeting_id, revision, items, set_by, actor) SELECT id, 7, '[]', '${by}', 'one' FROM countries.meeting WHERE number = ${number}`;
  const SIGNED =
    "INSERT INTO countries.memorandum_status (country, state, as_of, source) VALUES ('PAK', 'SIGNED', '2026-01-01', 's')";
  for (const [roles, partner] of [
    ["APPROVER", "PAK"],
    ["DESK", "PAK"],
    ["APPROVER", "SECRETARIAT"],
    ["OFFICER", "UNODC"],
  ]) {
    await be("one", roles, partner);
    for (const statement of [CHAIR, MEMBER, NEWS, MEETING])
      expect([roles, partner, statement, await tried(statement)]).toEqual([
        roles,
        partner,
        statement,
        expect.stringMatching(/desk|row-level security/),
      ]);
  }
  await be("one", "DESK", "SECRETARIAT");
  expect(await tried(MEMBER)).toMatch(/desk records chairs, and nothing else/);
  expect(await tried(SIGNED)).toMatch(/a country says itself/);
  for (const statement of [CHAIR, NEWS, MEETING, AGENDA("SECRETARIAT", 77)])
    expect(await tried(statement)).toBeNull();
  expect(await tried(CHAIR.replace("'PAK'", "'AUT'").replace("2026-01-01", "2026-02-01"))).toMatch(
    /one_chair_a_seat/,
  );
  expect(
    await tried("UPDATE countries.membership SET until = since WHERE role = 'COLEP_PARTICIPANT'"),
  ).toMatch(/desk records chairs/);
  await be("one", "APPROVER", "PAK");
  expect(await tried(SIGNED)).toBeNull();
  expect(await tried(SIGNED.replace("'PAK'", "'IRN'"))).toMatch(/a country says itself/);
  expect(await tried(AGENDA("PAK", 2))).toBeNull();
  expect(await tried(AGENDA("BGR", 3))).toMatch(/row-level security/);
  expect(await tried(AGENDA("PAK", 3))).toMatch(/row-level security/);
  await be("one", "ANALYST", "BGR");
  expect(await tried(AGENDA("BGR", 3))).toMatch(/row-level security/);
});
