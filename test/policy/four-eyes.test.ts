/** The sharing subgraph's own role, gone bad: what the database lets it do for somebody it has let in, and what it does not. */
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
  await client?.end();
  await database?.drop();
});

type Who = { partner: string; actor?: string; roles?: string };

/** Runs statements as the subgraph, for somebody; undoes them, and says what came of the last one. */
async function attempt(who: Who, ...statements: string[]): Promise<string> {
  await client.query("BEGIN");
  try {
    const {
      partner,
      actor = `${partner.toLowerCase()}-approver`,
      roles = "ANALYST,APPROVER",
    } = who;
    await client.query(
      "SELECT set_config('accord.viewer', $1, true), set_config('accord.actor', $2, true), set_config('accord.roles', $3, true)",
      [partner, actor, roles],
    );
    await client.query("SET LOCAL ROLE accord_sharing");
    let last = "nothing";
    for (const statement of statements) {
      const { rowCount } = await client.query(statement);
      last = `${rowCount} rows`;
    }
    return last;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await client.query("ROLLBACK");
  }
}

const IRAN: Who = { partner: "IRN" };
const accept = (actor: string, approver = true, partner = "IRN") =>
  `INSERT INTO sharing.act (agreement_id, version, partner, actor, approver, act) VALUES ('A03', 1, '${partner}', '${actor}', ${approver}, 'ACCEPT')`;
const sign = (partner = "IRN") =>
  `UPDATE sharing.signature SET state = 'SIGNED' WHERE agreement_id = 'A03' AND partner = '${partner}'`;

describe("an owner's data are not opened", () => {
  test.each<[string, Who, string[], RegExp]>([
    ["without anybody's act", IRAN, [sign()], /takes an approver/],
    ["by one person alone", IRAN, [accept("irn-approver"), sign()], /second person/],
    [
      "by one person twice",
      IRAN,
      [accept("irn-approver"), accept("irn-approver"), sign()],
      /second person/,
    ],
    [
      "by a person who acts under another's name",
      IRAN,
      [accept("irn-approver"), accept("irn-officer", false)],
      /row-level security/,
    ],
    [
      "by an officer who says he is an approver",
      { ...IRAN, actor: "irn-officer", roles: "OFFICER" },
      [accept("irn-officer")],
      /row-level security/,
    ],
    ["by another partner", { partner: "PAK" }, [sign()], /^0 rows/],
    [
      "by another partner's act",
      { partner: "PAK" },
      [accept("pak-approver", true)],
      /row-level security/,
    ],
    [
      "by a signature that stands where none was asked for",
      IRAN,
      [
        "INSERT INTO sharing.signature (agreement_id, version, partner, state, since) VALUES ('A04', 1, 'IRN', 'SIGNED', now())",
      ],
      /row-level security/,
    ],
    [
      "by a version that nobody has seen",
      IRAN,
      [
        "INSERT INTO sharing.agreement_version (agreement_id, version, proposed_by, proposed_at) VALUES ('A03', 2, 'FRA', sharing.instant())",
      ],
      /row-level security/,
    ],
    [
      "by a term slipped into a version that is signed",
      { partner: "FRA" },
      [
        "INSERT INTO sharing.term (agreement_id, version, category, owners, viewers) VALUES ('A04', 1, 'STATISTICS', '{FRA}', '{SRB}')",
      ],
      /row-level security/,
    ],
    [
      "by changing a term",
      { partner: "FRA" },
      ["UPDATE sharing.term SET viewers = '{*}'"],
      /permission denied/,
    ],
    [
      "by changing a version's end",
      { partner: "MKD" },
      ["UPDATE sharing.agreement_version SET valid_until = NULL"],
      /permission denied/,
    ],
    [
      "again, once withdrawn",
      { partner: "HUN" },
      [
        "UPDATE sharing.party SET standing = 'STANDING' WHERE agreement_id = 'A08' AND partner = 'HUN'",
      ],
      /does not come back/,
    ],
    [
      "by taking an act back",
      IRAN,
      [accept("irn-approver"), "DELETE FROM sharing.act"],
      /permission denied/,
    ],
  ])("%s", async (_name, who, statements, expected) => {
    expect(await attempt(who, ...statements)).toMatch(expected);
  });

  test("but by two people of the owner, one of them an approver", async () => {
    await client.query(
      "INSERT INTO sharing.act (agreement_id, version, partner, actor, approver, act) VALUES ('A03', 1, 'IRN', 'irn-officer', false, 'ACCEPT')",
    );
    expect(await attempt(IRAN, accept("irn-approver"), sign())).toBe("1 rows");
  });
});

describe("a suspension", () => {
  const standing = (state: string) =>
    `UPDATE sharing.party SET standing = '${state}', since = sharing.instant() WHERE agreement_id = 'A10' AND partner = 'HUN'`;
  const resume = `INSERT INTO sharing.act (agreement_id, version, partner, actor, approver, act) VALUES ('A10', 1, 'HUN', 'hun-approver', true, 'RESUME')`;

  test("is not ended by one person, nor by acts from before it", async () => {
    const hungary: Who = { partner: "HUN" };
    expect(await attempt(hungary, standing("SUSPENDED"))).toBe("1 rows");
    expect(await attempt(hungary, standing("SUSPENDED"), standing("STANDING"))).toMatch(
      /takes an approver/,
    );
    expect(await attempt(hungary, standing("SUSPENDED"), resume, standing("STANDING"))).toMatch(
      /second person/,
    );
    await client.query(
      "INSERT INTO sharing.act (agreement_id, version, partner, actor, approver, act, at) VALUES ('A10', 1, 'HUN', 'hun-officer', false, 'RESUME', now() - interval '1 day')",
    );
    expect(await attempt(hungary, standing("SUSPENDED"), resume, standing("STANDING"))).toMatch(
      /second person/,
    );
    expect(await attempt({ partner: "AUT" }, standing("SUSPENDED"))).toBe("0 rows");
  });
});

describe("a group", () => {
  const make = "INSERT INTO sharing.partner_group (owner, id, name) VALUES ('DEU', 'NEAR', 'Near')";
  const add = (by: string, approver: boolean) =>
    `INSERT INTO sharing.group_member (owner, group_id, partner, added_by, added_by_approver) VALUES ('DEU', 'NEAR', 'SRB', '${by}', ${approver})`;
  const confirm = (by: string) =>
    `UPDATE sharing.group_member SET confirmed_by = '${by}', confirmed_at = now()`;
  const GERMANY: Who = { partner: "DEU" };

  test("takes no member by one person's word, nor by a word that is another's", async () => {
    expect(await attempt(GERMANY, make, add("deu-approver", true))).toBe("1 rows");
    expect(
      await attempt(GERMANY, make, add("deu-approver", true), confirm("deu-approver")),
    ).toMatch(/check constraint/);
    expect(await attempt(GERMANY, make, add("deu-approver", true), confirm("deu-officer"))).toMatch(
      /row-level security/,
    );
    expect(await attempt(GERMANY, make, add("deu-officer", false))).toMatch(/row-level security/);
    expect(
      await attempt(
        GERMANY,
        make,
        "INSERT INTO sharing.group_member VALUES ('DEU', 'NEAR', 'SRB', 'deu-officer', false, now(), 'deu-approver', now())",
      ),
    ).toMatch(/row-level security|permission denied/);
    expect(await attempt({ partner: "SRB" }, make)).toMatch(/row-level security/);
  });
});

test("nothing of what others keep for themselves is shown: logs, groups, keys, drafts", async () => {
  await client.query("INSERT INTO sharing.partner_group VALUES ('DEU', 'NEAR', 'Near')");
  await client.query(
    "INSERT INTO sharing.idempotency_key VALUES ('DEU', 'key', 'operation', 'hash', 'id')",
  );
  await client.query(
    `INSERT INTO audit.entry (request_id, viewer, actor, owner, category, operation, cells, channel, outcome, reason)
     VALUES ('r', 'HUN', 'h', 'DEU', 'STATISTICS', 'CONSULTATION', 1, 'GRAPHQL', 'GIVEN', 'GRANTED')`,
  );
  for (const name of ["sharing.partner_group", "sharing.idempotency_key", "audit.entry"]) {
    expect([name, await attempt({ partner: "SRB" }, `SELECT FROM ${name}`)]).toEqual([
      name,
      "0 rows",
    ]);
    expect([name, await attempt({ partner: "DEU" }, `SELECT FROM ${name}`)]).toEqual([
      name,
      "1 rows",
    ]);
  }
  expect(
    await attempt({ partner: "DEU", roles: "ANALYST,OFFICER" }, "SELECT FROM audit.entry"),
  ).toBe("0 rows");
});
