/**
 * Who reads a case study, a contact's details and a profile, whatever state they are in: `decide`, the statements' predicate and
 * row-level security, over the whole small space of states, audiences and viewers.
 */

import { Client } from "pg";
import { TERMS, toTerms } from "../../shared/database/terms.queries";
import { decide } from "../../shared/policy/decide";
import { MY_NETWORKS, readerParameters, STUDY_PREDICATE } from "../../shared/policy/scope";
import { mayRead, type Role, type Viewer } from "../../shared/viewer/viewer";
import { standingOf } from "../../subgraphs/countries/directory/contact.rules";
import { studyOf } from "../../subgraphs/countries/studies/case-study.mapping";
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
/** IRN has an agreement and is in COLEP, SRB is in COLEP only, AFG and UNODC are in neither; the last ones read nothing. */
const VIEWERS: (Viewer | null)[] = [
  as("PAK", "OFFICER"),
  as("IRN", "ANALYST"),
  as("SRB", "APPROVER"),
  as("AFG", "ANALYST"),
  as("UNODC", "ANALYST"),
  as("SECRETARIAT", "DESK"),
  as("NLD", "OBSERVER"),
  as("AUDITOR", "ANALYST"),
  as("ATL", "ANALYST"),
  as("IRN", "AUDITOR"),
  as("IRN"),
  null,
];

const STORE = [
  `INSERT INTO sharing.partner SELECT code, code, kind, CASE WHEN kind IN ('NATIONAL_AUTHORITY', 'OBSERVER') THEN code END FROM (VALUES ('PAK', 'NATIONAL_AUTHORITY'), ('IRN', 'NATIONAL_AUTHORITY'),
    ('SRB', 'NATIONAL_AUTHORITY'), ('AFG', 'NATIONAL_AUTHORITY'), ('NLD', 'OBSERVER'), ('UNODC', 'INSTITUTION'),
    ('SECRETARIAT', 'SECRETARIAT'), ('AUDITOR', 'AUDITOR')) AS p (code, kind)`,
  "INSERT INTO sharing.agreement (id, title, kind, convener) VALUES ('A', 'x', 'BILATERAL', 'PAK')",
  `INSERT INTO sharing.agreement_version (agreement_id, version, valid_from, proposed_by, proposed_at)
   VALUES ('A', 1, now() - interval '1 day', 'PAK', now())`,
  `INSERT INTO sharing.term (agreement_id, version, category, owners, viewers, contact_kinds)
   VALUES ('A', 1, 'CONTACT_DETAILS', '{PAK}', '{IRN}', '{FOCAL_PERSON}'), ('A', 1, 'PROFILE', '{PAK}', '{IRN}', '{}')`,
  "INSERT INTO sharing.party (agreement_id, partner, since) SELECT 'A', p, now() FROM unnest('{PAK,IRN}'::text[]) AS p",
  `INSERT INTO sharing.signature (agreement_id, version, partner, state, since)
   SELECT 'A', 1, p, 'SIGNED', now() FROM unnest('{PAK,IRN}'::text[]) AS p`,
  "UPDATE countries.membership SET since = '2015-01-01', until = current_date - 400 WHERE country = 'AFG'",
  `INSERT INTO countries.case_study (id, owner, exercise, title, summary, tlp, written_by, state, shared_at, to_networks, to_partners)
   SELECT gen_random_uuid(), owner, false, 't', 's', 'GREEN', 'a', state, CASE state WHEN 'SHARED' THEN now() END, networks::text[], partners::text[]
   FROM unnest(ARRAY['PAK', 'UNODC']) AS owner, unnest(ARRAY['PRIVATE', 'WAITING', 'SHARED']) AS state,
     unnest(ARRAY['{}', '{COLEP}']) AS networks, unnest(ARRAY['{}', '{IRN}', '{AFG,UNODC}', '{*}']) AS partners`,
  `INSERT INTO countries.contact (id, post, owner, kind, title, organisation, languages, valid_from, valid_until, state, posted_to)
   SELECT gen_random_uuid(), gen_random_uuid(), 'PAK', kind, 't', 'o', '{en}', countries.today() + f, countries.today() + u, state,
     CASE kind WHEN 'LIAISON_OFFICER' THEN 'GBR' END
   FROM unnest(ARRAY['NATIONAL_CONTACT_POINT', 'FOCAL_PERSON', 'LIAISON_OFFICER']) AS kind,
     unnest(ARRAY['SUBMITTED', 'APPROVED', 'RETURNED']) AS state, unnest(ARRAY[-5, 0, 1]) AS f, unnest(ARRAY[-5, 0, 1, NULL]) AS u
   WHERE u IS NULL OR u >= f`,
  "INSERT INTO countries.contact_detail SELECT id, owner, kind, 'n', 'e', 'p' FROM countries.contact",
  `INSERT INTO countries.profile (owner, version, state, published_at, presented_at, sections, tlp, originator, source)
   SELECT 'PAK', at, state, CASE state WHEN 'PUBLISHED' THEN current_date END, CASE state WHEN 'PRESENTED' THEN gen_random_uuid() END,
     '[]', 'GREEN', 'PAK', 's'
   FROM unnest(ARRAY['PUBLISHED', 'PUBLISHED', 'DRAFT', 'SUBMITTED', 'PRESENTED']) WITH ORDINALITY AS s (state, at)`,
];

const CONTACTS = `SELECT id, owner, kind, state, valid_from::text, valid_until::text, countries.today()::text AS today FROM countries.contact`;
const ids = (rows: any[]): string[] => rows.map(({ id }) => `${id}`).sort();

test("the three forms of each rule open the same, whoever asks", async () => {
  await query("BEGIN");
  await query("DROP INDEX countries.one_profile_open");
  for (const statement of STORE) await query(statement);
  const opened: Record<string, number[]> = { studies: [], contacts: [], profiles: [] };
  for (const viewer of VIEWERS) {
    await query(
      "SELECT set_config('accord.viewer', $1, true), set_config('accord.actor', 'one', true), set_config('accord.roles', $2, true)",
      [mayRead(viewer) ? viewer.partner : "", viewer?.roles.join() ?? ""],
    );
    const terms = toTerms(await query(TERMS));
    const allowed = (resource: any): boolean => decide(viewer, resource, terms).allowed;
    const studies = await query(
      `SELECT s.*, me.networks FROM ${MY_NETWORKS} CROSS JOIN countries.case_study s`,
    );
    const decided = {
      studies: ids(studies.filter((row) => allowed(studyOf(row)))),
      contacts: ids(
        (await query(CONTACTS)).filter(({ owner, kind, ...row }) =>
          allowed({
            category: "CONTACT_DETAILS",
            owner,
            kind,
            held: standingOf(row, row.today) !== "CURRENT",
          }),
        ),
      ),
      profiles: ids(
        (await query("SELECT version AS id, owner, state FROM countries.profile")).filter(
          ({ owner, state }) =>
            allowed({ category: "PROFILE", owner, held: state !== "PUBLISHED" }),
        ),
      ),
    };
    const predicate = await query(
      `SELECT s.id FROM ${MY_NETWORKS} CROSS JOIN countries.case_study s WHERE ${STUDY_PREDICATE}`,
      readerParameters(viewer),
    );
    await query("SET LOCAL ROLE accord_countries");
    const secured = {
      studies: ids(await query("SELECT id FROM countries.case_study")),
      contacts: ids(await query("SELECT contact_id AS id FROM countries.contact_detail")),
      profiles: ids(await query("SELECT version AS id FROM countries.profile")),
    };
    await query("RESET ROLE");
    expect({ viewer, ...secured }).toEqual({ viewer, ...decided });
    expect({ viewer, predicate: ids(predicate) }).toEqual({ viewer, predicate: decided.studies });
    for (const [name, some] of Object.entries(decided)) opened[name]?.push(some.length);
  }
  await query("ROLLBACK");
  // PAK: its 24, and UNODC's by the network (4); IRN and SRB by the network and by name; AFG by name; UNODC its own and by name.
  expect(opened).toEqual({
    studies: [28, 10, 8, 4, 26, 0, 0, 0, 0, 0, 0, 0],
    contacts: [81, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    profiles: [5, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  });
});
