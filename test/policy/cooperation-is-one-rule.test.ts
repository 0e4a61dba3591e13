/** Who may see which piece of a request is said three times: by `decide`, by the predicates of statements and by row-level security. */

import { Client } from "pg";
import { decide } from "../../shared/policy/decide";
import type { RequestPart } from "../../shared/policy/requests";
import { REQUEST_PREDICATE, readerParameters, requestContent } from "../../shared/policy/scope";
import { mayRead, type Role, type Viewer } from "../../shared/viewer/viewer";
import { newReference } from "../../subgraphs/cooperation/requests/request-number";
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
  as("IRN", "OFFICER"),
  as("SECRETARIAT", "DESK"),
  as("SECRETARIAT", "APPROVER"),
  as("AFG", "APPROVER"),
  as("NLD", "OBSERVER"),
  as("ATL", "ANALYST"),
  as("AUDITOR", "ANALYST"),
  as("PAK", "AUDITOR"),
  as("IRN"),
  null,
];

const REACHES = ["REQUESTER", "DESK", "PARTIES"] as const;
type Reach = (typeof REACHES)[number];
const within = (reach: Reach): readonly Reach[] => REACHES.slice(0, REACHES.indexOf(reach) + 1);
const AUTHORS = { PAK: REACHES, SECRETARIAT: ["DESK", "PARTIES"], IRN: ["PARTIES"] } as const;

async function store(): Promise<void> {
  await query(`INSERT INTO sharing.partner VALUES ('PAK', 'P', 'NATIONAL_AUTHORITY', 'PAK'), ('IRN', 'I', 'NATIONAL_AUTHORITY', 'IRN'),
    ('AFG', 'A', 'NATIONAL_AUTHORITY', 'AFG'), ('NLD', 'N', 'OBSERVER', 'NLD'), ('SECRETARIAT', 'S', 'SECRETARIAT', NULL), ('AUDITOR', 'A', 'AUDITOR', NULL)`);
  for (const reach of REACHES) {
    for (const [one, other] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ]) {
      const reference = newReference(2026);
      await query(REQUEST, [reference, reach, one, other]);
      for (const version of [1, 2]) await query(CONTENT, [reference, version]);
      for (const [author, reaches] of Object.entries(AUTHORS)) {
        for (const noted of within(reach).filter((each) => reaches.some((known) => known === each)))
          await query(NOTE, [reference, author, noted]);
      }
      if (reach !== "PARTIES") continue;
      for (const statement of ANSWERS) await query(statement, [reference]);
    }
  }
}

const REQUEST = `INSERT INTO cooperation.request (reference, requester, requested, facilitator, mechanism, reach, content_version,
  requester_discloses, requested_discloses) VALUES ($1, 'PAK', 'IRN', 'SECRETARIAT', 1, $2, 2, $3, $4)`;
const CONTENT = `INSERT INTO cooperation.content (reference, version, author, kind, channel, urgency, accessibility, language, subject,
  information_sought, purpose, crime_areas, tlp, handling)
  VALUES ($1, $2, 'PAK', 'OTHER_ASSISTANCE', 'FACILITATED', 'NORMAL', 'UNKNOWN', 'en', 's', 'i', 'p', '{}', 'AMBER', '{}')`;
const NOTE = `
WITH e AS (INSERT INTO cooperation.event (reference, revision, action, by_partner, actor, party, to_state, reach)
  VALUES ($1, (SELECT count(*) FROM cooperation.event), 'X', $2, 'a', 'REQUESTER', 'X', $3) RETURNING id)
INSERT INTO cooperation.note (event, reference, author, reach, text) SELECT id, $1, $2, $3, 't' FROM e`;
const ANSWERS = [
  `INSERT INTO cooperation.response (reference, part, author, content, tlp, handling, actor) VALUES ($1, 1, 'IRN', 'c', 'AMBER', '{}', 'a')`,
  `INSERT INTO cooperation.feedback (reference, author, met) VALUES ($1, 'PAK', 'NOT')`,
  `INSERT INTO cooperation.proposed_grant (reference, owner, viewer, indicators, detail, disclosure_control, embargo_days, proposed_by,
     proposer_approver) VALUES ($1, 'IRN', 'PAK', '{ASY}', '{}', 'NONE', 0, 'a', false)`,
  `INSERT INTO cooperation.grant_confirmation (reference, owner, actor, approver) VALUES ($1, 'IRN', 'b', true)`,
  `INSERT INTO cooperation.redissemination (id, reference, owner, asker, recipient, purpose, actor)
     VALUES (gen_random_uuid(), $1, 'IRN', 'PAK', 'AFG', 'p', 'a')`,
];

/** Each kind of piece: where it stands, what `decide` is asked of it, and the predicate that its statement has. */
interface Kind {
  table: string;
  id: string;
  part: "FACTS" | "CONTENT";
  author: string;
  reach: string;
  predicate: string;
  /** Of what is never disclosed, whatever else is. */
  disclosed?: false;
  more?: string;
}
const content = (author: string, reach = "r.reach") => ({
  part: "CONTENT" as const,
  author,
  reach,
  predicate: requestContent(author, reach),
});
const KINDS: readonly Kind[] = [
  {
    table: "request",
    id: "p.reference",
    part: "FACTS",
    author: "r.requester",
    reach: "r.reach",
    predicate: REQUEST_PREDICATE,
  },
  {
    table: "event",
    id: "p.id",
    part: "FACTS",
    author: "r.requester",
    reach: "p.reach",
    predicate:
      "(r.requester = $1 OR (p.reach = 'PARTIES' AND $1 IN (r.requested, r.facilitator)) OR (p.reach = 'DESK' AND r.facilitator = $1))",
  },
  {
    table: "content",
    id: "p.reference",
    ...content("p.author"),
    more: "p.version = r.content_version",
  },
  { table: "note", id: "p.event", ...content("p.author", "p.reach") },
  { table: "response", id: "p.reference", ...content("p.author") },
  { table: "feedback", id: "p.reference", ...content("p.author") },
  { table: "proposed_grant", id: "p.reference", ...content("p.owner") },
  { table: "grant_confirmation", id: "p.reference", ...content("p.owner") },
  {
    table: "redissemination",
    id: "p.id",
    ...content("p.asker"),
    disclosed: false,
    predicate: "$1 IN (p.asker, p.owner)",
  },
];

test("decide, the predicates and row-level security open the same pieces, whoever asks", async () => {
  await query("BEGIN");
  await store();
  const opened: Record<string, number[]> = {};
  for (const viewer of VIEWERS) {
    const identity = [mayRead(viewer) ? viewer.partner : "", viewer?.roles.join() ?? ""];
    await query(
      "SELECT set_config('accord.viewer', $1, true), set_config('accord.roles', $2, true)",
      identity,
    );
    for (const kind of KINDS) {
      const { table, id, author, reach, more = "true" } = kind;
      const from = `FROM cooperation.${table} p JOIN cooperation.request r ON r.reference = p.reference WHERE ${more}`;
      const pieces: (RequestPart & { id: string })[] = await query(
        `SELECT ${id}::text AS id, r.reference, r.revision, r.requester, r.requested, r.facilitator, r.disclosed, ${author} AS owner, ${reach} AS reach
         ${from} ORDER BY 1`,
      );
      const terms = { now: new Date(), all: [] };
      const decided = pieces
        .map((piece) => ({
          ...piece,
          category: "COOPERATION" as const,
          part: kind.part,
          ...(kind.disclosed === false && { disclosed: false }),
        }))
        .filter((piece) => decide(viewer, piece, terms).allowed)
        .map((piece) => piece.id);
      const predicate = await query(
        `SELECT ${id}::text AS id ${from} AND ${kind.predicate} ORDER BY 1`,
        readerParameters(viewer),
      );
      await query("SET LOCAL ROLE accord_cooperation");
      const secured = await query(`SELECT ${id}::text AS id ${from} ORDER BY 1`);
      await query("RESET ROLE");
      const ids = (rows: any[]) => rows.map((row) => row.id);
      expect({ table, viewer, predicate: ids(predicate) }).toEqual({
        table,
        viewer,
        predicate: decided,
      });
      // An unknown partner is nobody to the database, whatever its statements say.
      expect({ table, viewer, secured: ids(secured) }).toEqual({ table, viewer, secured: decided });
      opened[table] ??= [];
      opened[table].push(decided.length);
    }
  }
  await query("ROLLBACK");
  // Of each reach four requests. Notes and events: one, three and six a request; the desk's own are its own, undisclosed too.
  const nobody = [0, 0, 0, 0, 0, 0, 0];
  expect(opened).toEqual({
    request: [12, 4, 8, 8, ...nobody],
    event: [40, 12, 28, 28, ...nobody],
    content: [12, 4, 2, 2, ...nobody],
    note: [40, 12, 16, 16, ...nobody],
    response: [4, 4, 1, 1, ...nobody],
    feedback: [4, 4, 1, 1, ...nobody],
    proposed_grant: [4, 4, 1, 1, ...nobody],
    grant_confirmation: [4, 4, 1, 1, ...nobody],
    redissemination: [4, 4, 0, 0, ...nobody],
  });
});

test("of what was written before it was submitted, the requested party and the facilitator see nothing beneath either", async () => {
  await query("BEGIN");
  await store();
  const versions: string[] = [];
  for (const partner of ["PAK", "IRN", "SECRETARIAT"]) {
    await query("SELECT set_config('accord.viewer', $1, true)", [partner]);
    await query("SET LOCAL ROLE accord_cooperation");
    const [{ seen }] = await query(
      "SELECT string_agg(DISTINCT version::text, ',' ORDER BY version::text) AS seen FROM cooperation.content",
    );
    versions.push(seen);
    await query("RESET ROLE");
  }
  await query("ROLLBACK");
  expect(versions).toEqual(["1,2", "2", "2"]);
});
