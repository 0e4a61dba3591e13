import { Client } from "pg";
import type { DataSource } from "typeorm";
import { openDatabase } from "../../shared/database/data-source";
import { asViewer } from "../../shared/database/transaction";
import type { Viewer } from "../../shared/viewer/viewer";
import { cloneDatabase, type TestDatabase, WORLD } from "../support/database";
import { viewerOf } from "../support/viewers";

const ROLES = [
  "accord_alerts",
  "accord_cooperation",
  "accord_countries",
  "accord_indicators",
  "accord_sealer",
  "accord_sharing",
] as const;
const SCHEMAS = ["alerts", "audit", "cooperation", "countries", "indicators", "sharing", "public"];

/** Tables that hold nobody's data, and why everybody may know what stands in them. */
const PUBLIC_REFERENCE: Readonly<Record<string, string>> = {
  "countries.country": "ISO 3166-1 codes and names",
  "countries.membership": "roles in the networks, from public documents, each with its source",
  "countries.resource_centre": "Migrant Resource Centres, from a public document",
  "countries.memorandum_status": "what countries say in public of their approval of the memorandum",
  "countries.news_item": "items of public feeds",
  "indicators.indicator": "the catalogue: definitions",
  "indicators.indicator_set": "the catalogue: named choices",
  "indicators.area": "code list",
  "indicators.code": "code list",
  "indicators.source": "attributions that have to be shown",
  "alerts.border_section": "which land borders there are",
  "cooperation.service_level": "configuration: the limits",
  "cooperation.transition": "which moves there are, as the docs print them",
  "sharing.partner": "who is a member of the exchange, which is no secret",
  "sharing.world": "whether this is the demo",
  "audit.key": "public keys that the heads of the disclosure log are checked with",
  "audit.seal": "up to which transaction the log is sealed",
};

/** What a role reads outside its own schema. */
const MAY_READ: Readonly<Record<string, readonly string[]>> = {
  "sharing.idempotency_key": ROLES.filter((role) => role !== "accord_sealer"),
  "indicators.released_table": ["accord_indicators", "accord_sharing"],
  "indicators.secret": [],
  "audit.entry": ["accord_sealer", "accord_sharing"],
  "audit.leaf": ["accord_sealer", "accord_sharing"],
  "audit.head": ["accord_sealer", "accord_sharing"],
  "audit.key": ["accord_sealer", "accord_sharing"],
  "audit.seal": ["accord_sealer", "accord_sharing"],
  "audit.refusal": [],
};

/** What a role may change, and how; whatever is not here, nobody's subgraph can write. */
const MAY_WRITE: readonly string[] = [
  ...["alerts", "cooperation", "countries", "indicators", "sharing"].flatMap((subgraph) => [
    `accord_${subgraph}: INSERT audit.entry`,
    `accord_${subgraph}: INSERT sharing.idempotency_key`,
  ]),
  ...["figure", "released_table", "report", "submission", "submitted_figure"].map(
    (name) => `accord_indicators: INSERT indicators.${name}`,
  ),
  ...["decided_at", "decided_by", "return_reasons", "state"].map(
    (name) => `accord_indicators: UPDATE indicators.submission.${name}`,
  ),
  "accord_indicators: DELETE indicators.submitted_figure",
  ...["clearance", "comment", "narrative", "part", "step", "withdrawal"].map(
    (name) => `accord_indicators: INSERT indicators.analysis_${name}`,
  ),
  "accord_indicators: INSERT indicators.signal_act",
  ...[
    "alert",
    "audience",
    "endpoint",
    "escalation",
    "impact_agreement",
    "impact_level",
    "origin",
    "receipt",
    "reference",
    "release",
  ].map((name) => `accord_alerts: INSERT alerts.${name}`),
  ...["previous_secret", "previous_until", "removed_at", "secret"].map(
    (name) => `accord_alerts: UPDATE alerts.endpoint.${name}`,
  ),
  ...[
    "content",
    "event",
    "fan_out",
    "feedback",
    "grant_confirmation",
    "note",
    "proposed_grant",
    "redissemination",
    "redissemination_answer",
    "request",
    "response",
  ].map((name) => `accord_cooperation: INSERT cooperation.${name}`),
  ...[
    "agenda",
    "case_study",
    "contact",
    "contact_detail",
    "meeting",
    "membership",
    "memorandum_status",
    "news_import",
  ].map((name) => `accord_countries: INSERT countries.${name}`),
  ...["news_item", "next_step", "participant", "profile", "verification"].map(
    (name) => `accord_countries: INSERT countries.${name}`,
  ),
  ...["decided_by", "reason", "state", "valid_from", "valid_until"].map(
    (name) => `accord_countries: UPDATE countries.contact.${name}`,
  ),
  ...[
    "handling",
    "handling_note",
    "migration_roles",
    "presented_at",
    "published_at",
    "published_by",
    "reason",
    "revision",
    "sections",
    "source",
    "state",
    "submitted_by",
    "submitted_by_approver",
    "tlp",
    "written_by",
  ].map((name) => `accord_countries: UPDATE countries.profile.${name}`),
  ...[
    "handling",
    "handling_note",
    "lessons",
    "meeting_id",
    "proposed_by",
    "proposed_by_approver",
    "revision",
    "shared_at",
    "shared_by",
    "state",
    "summary",
    "title",
    "tlp",
    "to_networks",
    "to_partners",
    "written_by",
  ].map((name) => `accord_countries: UPDATE countries.case_study.${name}`),
  ...[
    "countries_present",
    "held_on",
    "host",
    "mode",
    "officials",
    "outcomes",
    "place",
    "revision",
    "source",
    "theme",
  ].map((name) => `accord_countries: UPDATE countries.meeting.${name}`),
  ...["membership.source", "membership.until", "next_step.done_on"].map(
    (name) => `accord_countries: UPDATE countries.${name}`,
  ),
  "accord_countries: DELETE countries.participant",
  ...["leaf", "head", "key", "seal"].map((name) => `accord_sealer: INSERT audit.${name}`),
  ...[
    "act",
    "agreement",
    "agreement_version",
    "group_member",
    "partner_group",
    "party",
    "signature",
    "term",
  ].map((name) => `accord_sharing: INSERT sharing.${name}`),
  ...[
    "agreement.revision",
    "agreement.version",
    "group_member.confirmed_at",
    "group_member.confirmed_by",
  ].map((name) => `accord_sharing: UPDATE sharing.${name}`),
  ...["party.since", "party.standing", "signature.since", "signature.state"].map(
    (name) => `accord_sharing: UPDATE sharing.${name}`,
  ),
  "accord_sharing: DELETE sharing.group_member",
];

/** What a subgraph may call, of its own schema and of its neighbours'. */
const SHARED = [
  "actor",
  "has_role",
  "holds_demo",
  "instant",
  "my_partner",
  "my_terms",
  "purpose",
  "reader",
  "viewer",
].map((name) => `sharing.${name}`);
const OF_SHARING = [
  "am_proposing",
  "convened_by_me",
  "is_agreed",
  "my_groups",
  "owns_data_under",
  "viewers_of_mine",
].map((name) => `sharing.${name}`);
const OF_ALERTS = [
  "agreed_at",
  "agreed_owners",
  "given",
  "given_position",
  "is_over",
  "needs_second",
  "recipients",
  "released_after",
  "unknown_addresses",
].map((name) => `alerts.${name}`);
const OF_COUNTRIES = [
  "is_chair_on",
  "is_desk",
  "may_act",
  "meeting_number",
  "my_networks",
  "today",
  "unknown_partners",
  "verified_at",
].map((name) => `countries.${name}`);
const MAY_CALL: Readonly<Record<(typeof ROLES)[number], readonly string[]>> = {
  accord_alerts: [
    ...OF_ALERTS,
    "audit.record",
    "indicators.dimensions_of",
    ...[...SHARED, "sharing.my_groups"].sort(),
  ],
  accord_cooperation: [
    "audit.record",
    ...["is_partner", "may_act", "partner_names", "performance", "secretariat", "takes_part"].map(
      (name) => `cooperation.${name}`,
    ),
    "indicators.catalogue",
    ...[...SHARED, "sharing.agree_on_request"].sort(),
  ],
  accord_countries: ["audit.record", ...OF_COUNTRIES, ...[...SHARED, "sharing.my_grants"].sort()],
  accord_indicators: [
    ...["draft_of_signal", "unknown_addresses"].map((name) => `alerts.${name}`),
    "audit.record",
    "countries.my_networks",
    ...[
      "cut_secret",
      "has_released",
      "has_step",
      "is_desk",
      "joined",
      "linked_reports",
      "open_parts",
      "release_facts",
    ].map((name) => `indicators.${name}`),
    ...["released_at", "reporting_countries"].map((name) => `indicators.${name}`),
    ...[
      ...SHARED,
      "sharing.country_partners",
      "sharing.grants_in",
      "sharing.my_other_forms",
      "sharing.my_statistics",
      "sharing.rivals_in",
    ].sort(),
  ],
  accord_sealer: ["audit.fold_refusals", "sharing.holds_demo"],
  accord_sharing: [
    "audit.record",
    "countries.participants",
    ...[
      "catalogue",
      "dimensions_of",
      "has_released",
      "my_cleared",
      "my_tables",
      "protects_citizens",
      "released_at",
    ].map((name) => `indicators.${name}`),
    ...[
      ...SHARED,
      ...OF_SHARING,
      "sharing.grants_in",
      "sharing.my_statistics",
      "sharing.rivals_in",
    ].sort(),
  ],
};

let database: TestDatabase;
let owner: Client;
const query = async (text: string, values?: unknown[]): Promise<any[]> =>
  (await owner.query(text, values)).rows;

beforeAll(async () => {
  database = await cloneDatabase(WORLD);
  owner = new Client({ connectionString: database.url });
  await owner.connect();
  for (const statement of ONE_ROW_EACH) await query(statement);
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const relations = `SELECT oid::regclass::text AS name, relrowsecurity AND relforcerowsecurity AS held FROM pg_class
  WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace::regnamespace::text IN ('alerts', 'audit', 'cooperation', 'countries', 'indicators', 'sharing')
  ORDER BY 1`;

/** The demo world has nothing in these tables yet, and of an empty table every wall holds. */
const ONE_ROW_EACH = [
  "INSERT INTO countries.agenda (meeting_id, revision, items, set_by, actor) SELECT id, 9, '[]', 'BGR', 'a' FROM countries.meeting WHERE number = 2",
  "INSERT INTO countries.next_step (meeting_id, position, task, responsible) SELECT id, 9, 't', 'BGR' FROM countries.meeting WHERE number = 2",
  "INSERT INTO countries.news_import (id, owner, actor, channel, added, known) VALUES (gen_random_uuid(), 'SECRETARIAT', 'a', 'c', 0, 0)",
  `INSERT INTO countries.case_study (id, owner, exercise, title, summary, tlp, written_by)
   VALUES (gen_random_uuid(), 'PAK', false, 't', 's', 'AMBER', 'a')`,
  "INSERT INTO alerts.impact_level (id, owner, section, period, level, proposed_by, actor) VALUES ('i', 'TUR', 'IRN-TUR', '2026-Q1', 'LOW', 'TUR', 'a')",
  "INSERT INTO alerts.impact_agreement (id, owner, actor) VALUES ('i', 'TUR', 'b')",
  `INSERT INTO alerts.alert (identifier, owner, author, author_approver, status, msg_type, scope, info, expires, tlp)
   SELECT '01890000-0000-7000-8000-00000000000' || n, 'TUR', 'a', false, 'Actual', type, 'Private', '[{}]', now() + interval '1 day', 'AMBER'
   FROM (VALUES (1, 'Alert'), (2, 'Update')) AS m (n, type)`,
  `INSERT INTO alerts.audience SELECT identifier, owner, '[{"partner": "PAK"}]' FROM alerts.alert WHERE author = 'a'`,
  "INSERT INTO alerts.reference SELECT max(identifier), 'TUR', min(identifier) FROM alerts.alert WHERE author = 'a'",
  `INSERT INTO alerts.release (identifier, owner, actor, actor_approver)
   SELECT identifier, owner, 'b', true FROM alerts.alert WHERE author = 'a' ORDER BY 1`,
  `INSERT INTO alerts.receipt (identifier, owner, partner, actor, msg_type)
   SELECT identifier, owner, 'PAK', 'p', 'Ack' FROM alerts.alert WHERE author = 'a'`,
  "INSERT INTO alerts.escalation (identifier, owner, partner) SELECT identifier, owner, 'PAK' FROM alerts.alert WHERE author = 'a'",
  `INSERT INTO alerts.origin (identifier, owner, sender, cap_identifier, sent, digest)
   SELECT identifier, owner, 's', identifier, now(), 'd' FROM alerts.alert WHERE author = 'a'`,
  "INSERT INTO alerts.endpoint (id, owner, url, alternate, secret, registered_by) VALUES (gen_random_uuid(), 'PAK', 'u', false, 's', 'p')",
  "INSERT INTO cooperation.redissemination_answer SELECT id, owner, true, NULL, 'a' FROM cooperation.redissemination",
  `SET session_replication_role = replica;
   INSERT INTO cooperation.grant_agreement SELECT reference, 'A01' FROM cooperation.grant_confirmation;
   SET session_replication_role = origin`,
  "INSERT INTO sharing.act (agreement_id, version, partner, actor, approver, act) VALUES ('A01', 1, 'AUT', 'a', true, 'ACCEPT')",
  "INSERT INTO sharing.partner_group VALUES ('AUT', 'NEIGHBOURS', 'Neighbours')",
  "INSERT INTO sharing.group_member (owner, group_id, partner, added_by, added_by_approver) VALUES ('AUT', 'NEIGHBOURS', 'HUN', 'a', true)",
  `INSERT INTO indicators.submitted_figure
   SELECT id, owner, '{}', '{}', 1, 'A', 'NATIONAL' FROM indicators.submission ORDER BY id LIMIT 1`,
  "INSERT INTO indicators.signal_act (owner, signal, act, actor) VALUES ('HUN', 'ASY-2015-Q3-HUN-_T-1', 'REVIEW', 'h')",
  "INSERT INTO indicators.analysis_step (year, step, actor) VALUES (2015, 'CONVENED', 'd'), (2015, 'OPENED', 'd')",
  "INSERT INTO indicators.analysis_narrative (year, section, body, actor) VALUES (2015, 'SUMMARY', 'text', 'd')",
  "INSERT INTO indicators.analysis_comment (year, owner, section, body, actor) VALUES (2015, 'HUN', 'SUMMARY', 'text', 'h')",
  "INSERT INTO indicators.analysis_part (year, owner, indicators, audience, tlp, proposed_by) VALUES (2015, 'HUN', '{ASY}', 'PARTNERS', 'AMBER', 'h')",
  "INSERT INTO indicators.analysis_clearance (part_id, owner, actor) SELECT id, owner, 'b' FROM indicators.analysis_part",
  "INSERT INTO indicators.analysis_withdrawal (part_id, owner, actor) SELECT id, owner, 'b' FROM indicators.analysis_part",
  "INSERT INTO sharing.idempotency_key VALUES ('AUT', 'key', 'operation', 'hash', 'id')",
  `INSERT INTO audit.entry (request_id, viewer, actor, owner, category, operation, cells, channel, outcome, reason)
   VALUES ('r', 'HUN', 'h', 'AUT', 'STATISTICS', 'CONSULTATION', 1, 'GRAPHQL', 'GIVEN', 'GRANTED')`,
  "INSERT INTO audit.leaf VALUES ('AUT', 0, 1, decode(repeat('00', 32), 'hex'))",
  "INSERT INTO audit.refusal VALUES (now(), decode(repeat('00', 32), 'hex'), '{}', 1, now())",
  "INSERT INTO audit.head VALUES ('AUT', 1, 'root', now(), 'key', 'signature', '{}')",
];
const heldTables = async (): Promise<string[]> =>
  (await query(relations)).filter(({ held }) => held).map(({ name }) => name);

describe("the database keeps", () => {
  test("row-level security enabled and forced on every table that is not public reference", async () => {
    const open = (await query(relations)).filter(({ held }) => !held).map(({ name }) => name);
    expect(open).toEqual(Object.keys(PUBLIC_REFERENCE).sort());
    const ofSomebody = ["owner", "owners", "viewers", "report_id", "agreement_id", "contact_id"];
    const columns =
      "SELECT attrelid::regclass::text AS name FROM pg_attribute WHERE attname = ANY ($1)";
    const owned = (await query(columns, [ofSomebody])).map(({ name }) => name);
    expect(owned.filter((name) => open.includes(name))).toEqual([]);
    expect((await heldTables()).length).toBeGreaterThanOrEqual(8);
  });

  test("the subgraphs' roles without ownership, power over roles or a way around row-level security", async () => {
    const powers = await query(
      `SELECT rolname FROM pg_roles WHERE rolname = ANY ($1) AND NOT (rolsuper OR rolbypassrls OR
      rolcreaterole OR rolcreatedb OR rolreplication OR rolcanlogin) ORDER BY 1`,
      [ROLES],
    );
    expect(powers.map(({ rolname }) => rolname)).toEqual(ROLES);
    const owned =
      "SELECT FROM pg_shdepend WHERE deptype = 'o' AND refobjid::regrole::text = ANY ($1)";
    expect(await query(owned, [ROLES])).toEqual([]);
    expect(
      await query("SELECT FROM pg_auth_members WHERE member::regrole::text = ANY ($1)", [ROLES]),
    ).toEqual([]);
  });

  test("every subgraph reading in its own schema only, and writing what is named here", async () => {
    const rights: {
      role: string;
      name: string;
      reads: boolean;
      inserts: boolean;
      deletes: boolean;
      more: boolean;
    }[] = await query(
      `SELECT role, c.oid::regclass::text AS name, has_any_column_privilege(role, c.oid, 'SELECT') AS reads,
          has_any_column_privilege(role, c.oid, 'INSERT') AS inserts, has_table_privilege(role, c.oid, 'DELETE') AS deletes,
          has_table_privilege(role, c.oid, 'TRUNCATE, REFERENCES, TRIGGER') AS more
        FROM unnest($1::text[]) AS role, pg_class c
        WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace::regnamespace::text = ANY ($2)`,
      [ROLES, SCHEMAS],
    );
    const ofSubgraph = (role: string) => `${role.replace("accord_", "")}.`;
    const readable = ({ role, name }: { role: string; name: string }) =>
      MAY_READ[name]?.includes(role) ??
      (name.startsWith(ofSubgraph(role)) && name !== "sharing.world");
    expect(rights.filter((right) => right.more || right.reads !== readable(right))).toEqual([]);
    const updates = await query(
      `SELECT role, c.oid::regclass::text || '.' || attname AS name FROM unnest($1::text[]) AS role, pg_class c, pg_attribute
        WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'v', 'm', 'f')
          AND relnamespace::regnamespace::text = ANY ($2) AND has_column_privilege(role, c.oid, attnum, 'UPDATE')`,
      [ROLES, SCHEMAS],
    );
    const written = [
      ...rights.flatMap(({ role, name, inserts }) => (inserts ? [`${role}: INSERT ${name}`] : [])),
      ...rights.flatMap(({ role, name, deletes }) => (deletes ? [`${role}: DELETE ${name}`] : [])),
      ...updates.map(({ role, name }) => `${role}: UPDATE ${name}`),
    ];
    expect(written.sort()).toEqual([...MAY_WRITE].sort());
    expect(rights.length).toBeGreaterThanOrEqual(3 * 18);
    const creates =
      "SELECT r, nspname FROM unnest($1::text[]) AS r, pg_namespace WHERE has_schema_privilege(r, nspname, 'CREATE')";
    expect(await query(creates, [ROLES])).toEqual([]);
    const sequences = `SELECT r, oid::regclass FROM unnest($1::text[]) AS r, pg_class WHERE relkind = 'S'
      AND relnamespace::regnamespace::text = ANY ($2) AND has_sequence_privilege(r, oid, 'USAGE, UPDATE')`;
    expect(await query(sequences, [ROLES, SCHEMAS])).toEqual([]);
  });

  test("its functions to the subgraphs named here, those that lend the owner's rights with a fixed search_path", async () => {
    const functions: {
      name: string;
      definer: boolean;
      path: string | null;
      everybody: boolean;
      callers: string[];
    }[] = await query(
      `SELECT p.oid::regproc::text AS name, prosecdef AS definer, array_to_string(proconfig, ';') AS path,
          EXISTS (SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0) AS everybody,
          ARRAY(SELECT r FROM unnest($1::text[]) AS r WHERE has_function_privilege(r, p.oid, 'EXECUTE') ORDER BY r) AS callers
        FROM pg_proc p WHERE pronamespace::regnamespace::text = ANY ($2) ORDER BY 1`,
      [ROLES, SCHEMAS],
    );
    for (const role of ROLES) {
      expect(
        functions.filter(({ callers }) => callers.includes(role)).map(({ name }) => name),
      ).toEqual(MAY_CALL[role]);
    }
    expect(functions.filter(({ everybody }) => everybody)).toEqual([]);
    const lending = functions.filter(({ definer }) => definer);
    expect(new Set(lending.map(({ path }) => path))).toEqual(
      new Set(["search_path=pg_catalog, pg_temp"]),
    );
    expect(lending.length).toBeGreaterThanOrEqual(7);
  });
});

describe("row-level security gives", () => {
  const pools: DataSource[] = [];
  const pool = async (role: (typeof ROLES)[number]): Promise<DataSource> => {
    pools.push(await openDatabase({ url: database.url, role, entities: [], poolSize: 1 }));
    return pools.at(-1) as DataSource;
  };
  afterAll(() => Promise.all(pools.map((one) => one.destroy())));

  test("no row of any table to no viewer, to one nobody knows and to the auditor", async () => {
    for (const name of await heldTables()) {
      if (MAY_READ[name]?.length === 0) continue; // read by no subgraph at all, whoever asks: see the rights above
      const role = `accord_${name.startsWith("audit.") ? "sharing" : name.split(".")[0]}`;
      const counts = [];
      for (const viewer of [null, "", "ATL", "AUDITOR", "*", "%", "pak", "PAK "]) {
        await query("BEGIN");
        if (viewer !== null) await query("SELECT set_config('accord.viewer', $1, true)", [viewer]);
        await query(`SET LOCAL ROLE ${role}`);
        counts.push((await query(`SELECT count(*)::int FROM ${name}`))[0].count);
        await query("ROLLBACK");
      }
      expect({ name, counts }).toEqual({ name, counts: [0, 0, 0, 0, 0, 0, 0, 0] });
      expect(await query(`SELECT FROM ${name} LIMIT 1`)).toHaveLength(1);
    }
  });

  test("each of two viewers on one connection its own rows, after an error and in a crowd too", async () => {
    const dataSource = await pool("accord_indicators");
    const read = (partner: string | null) =>
      asViewer(dataSource, partner === null ? null : person(partner), async (manager) => {
        const [row] = await manager.query(
          "SELECT pg_backend_pid() AS pid, array_agg(id ORDER BY id) AS ids FROM indicators.released_table",
        );
        return row as { pid: number; ids: number[] | null };
      });
    const [frontex, serbia] = [await read("FRONTEX"), await read("SRB")];
    expect(frontex.ids).not.toEqual(serbia.ids);
    const fail = (partner: string) =>
      asViewer(dataSource, person(partner), (manager) => manager.query("SELECT 1 / 0"));
    await expect(fail("FRONTEX")).rejects.toThrow("division by zero");
    expect(await read(null)).toEqual({ pid: frontex.pid, ids: null });
    await expect(fail("FRONTEX")).rejects.toThrow("division by zero");
    expect(await dataSource.query("SELECT FROM indicators.released_table")).toEqual([]);
    expect(await read("SRB")).toEqual(serbia);
    expect(await dataSource.query("SELECT FROM indicators.released_table")).toEqual([]);
    const crowd = Array.from({ length: 30 }, (_, at) =>
      at % 5 === 4 ? fail("SRB").catch(() => serbia) : read(at % 2 ? "SRB" : "FRONTEX"),
    );
    expect(await Promise.all(crowd)).toEqual(
      crowd.map((_, at) => (at % 5 === 4 || at % 2 ? serbia : frontex)),
    );
  });

  test("a viewer that names itself in SQL no rows but an error", async () => {
    const dataSource = await pool("accord_countries");
    for (const partner of [
      "PAK', true); SELECT set_config('accord.viewer', 'AUT",
      "P K",
      "pak",
      "",
      "PAK\n",
    ]) {
      await expect(asViewer(dataSource, person(partner), async () => "read")).rejects.toThrow(
        "partner code",
      );
    }
  });

  test("20,000 rows with the grants read once, not once a row", async () => {
    await query("DROP INDEX indicators.one_release");
    await query(`INSERT INTO indicators.released_table (report_id, owner, indicator, period, period_start, period_end, dimensions,
        control, audience, cut, released_at, keys, values, statuses, sources)
      SELECT (SELECT min(id) FROM indicators.report), 'DEU', 'IST', '2015-Q1', '2015-01-01', '2015-04-01', '{}', 'NONE', NULL,
        false, now(), '{}', '{}', '{}', '{}'
      FROM generate_series(1, 20000) AS n`);
    await query("BEGIN");
    await query("SELECT set_config('accord.viewer', 'FRONTEX', true)");
    await query("SET LOCAL ROLE accord_indicators");
    const explain = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON)";
    const [row] = await query(`${explain} SELECT id FROM indicators.released_table`);
    await query("ROLLBACK");
    const scans = nodesOf(row["QUERY PLAN"][0].Plan).filter(
      (node) => node["Function Name"] === "my_statistics",
    );
    expect(scans).toHaveLength(1);
    expect(scans[0]["Actual Loops"]).toBeGreaterThanOrEqual(20_000);
    // One call reads some pages of the agreements; 20,000 calls would read 20,000 times as many.
    expect(scans[0]["Shared Hit Blocks"] + scans[0]["Shared Read Blocks"]).toBeLessThan(2_000);
  });
});

const person = (partner: string): Viewer =>
  viewerOf({ id: "someone", partner, roles: ["ANALYST"] });

function nodesOf(plan: any): any[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}
