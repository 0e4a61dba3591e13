/** Who may read a cleared part of an analysis is said three times: by `decide`, by the predicate and by row-level security. */
import { Client } from "pg";
import { mayRead, type Role, type Viewer } from "../../shared/identity/viewer";
import { AUDIENCES } from "../../shared/policy/cleared";
import { decide } from "../../shared/policy/decide";
import { MY_NETWORKS, PART_PREDICATE, readerParameters } from "../../shared/policy/scope";
import { cloneDatabase, EMPTY, type TestDatabase } from "../support/database";

let database: TestDatabase;
let client: Client;
const query = async (text: string, values?: unknown[]): Promise<any[]> => (await client.query(text, values)).rows;

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

const as = (partner: string, ...roles: Role[]): Viewer => ({ id: "someone", partner, roles });
/** By the dated memberships: PAK is in both networks, TUR in RELEC, AUT in COLEP, HUN's funding of RELEC ended in 2017. */
const VIEWERS: (Viewer | null)[] = [
  ...["PAK", "TUR", "AUT", "HUN", "FRONTEX", "OWNER"].map((partner) => as(partner, "ANALYST")),
  ...[as("SECRETARIAT", "DESK"), as("ATL", "ANALYST"), as("AUDITOR", "ANALYST"), as("PAK", "AUDITOR"), as("PAK"), null],
];
const YEARS = {
  2014: [],
  2015: ["CONVENED", "OPENED"],
  2016: ["CONVENED", "OPENED", "CLOSED"],
  2017: ["CONVENED", "OPENED", "CLOSED", "PUBLISHED"],
};
const STATES = ["PROPOSED", "CLEARED", "WITHDRAWN", "WITHDRAWN UNCLEARED"];

async function store(): Promise<void> {
  await query(`INSERT INTO sharing.partner VALUES ('PAK', 'P', 'NATIONAL_AUTHORITY'), ('TUR', 'T', 'NATIONAL_AUTHORITY'),
    ('AUT', 'A', 'NATIONAL_AUTHORITY'), ('HUN', 'H', 'NATIONAL_AUTHORITY'), ('FRONTEX', 'F', 'INSTITUTION'),
    ('OWNER', 'O', 'INSTITUTION'), ('SECRETARIAT', 'S', 'SECRETARIAT'), ('AUDITOR', 'A', 'AUDITOR')`);
  for (const [year, steps] of Object.entries(YEARS)) {
    for (const step of steps)
      await query("INSERT INTO indicators.analysis_step (year, step, actor) VALUES ($1, $2, 'd')", [year, step]);
    for (const audience of AUDIENCES) {
      for (const state of STATES) {
        const [{ id }] = await query(
          `INSERT INTO indicators.analysis_part (year, owner, indicators, audience, tlp, proposed_by)
           VALUES ($1, 'OWNER', '{ASY}', $2, 'AMBER', 'a') RETURNING id`,
          [year, audience],
        );
        await query(FROZEN, [id, year]);
        if (state === "CLEARED" || state === "WITHDRAWN")
          await query("INSERT INTO indicators.analysis_clearance (part_id, owner, actor) VALUES ($1, 'OWNER', 'b')", [
            id,
          ]);
        if (state.startsWith("WITHDRAWN"))
          await query("INSERT INTO indicators.analysis_withdrawal (part_id, owner, actor) VALUES ($1, 'OWNER', 'b')", [
            id,
          ]);
      }
    }
  }
}

const FROZEN = `INSERT INTO indicators.analysis_table (part_id, owner, indicator, period, period_start, period_end, dimensions, version,
  released_at, keys, values, statuses, sources) VALUES ($1, 'OWNER', 'ASY', $2::text, '2015-01-01', '2016-01-01', '{}', 1, now(), '{""}', '{1}', '{A}', '{S}')`;
const JOINED = `FROM ${MY_NETWORKS} CROSS JOIN indicators.analysis_part p
  LEFT JOIN indicators.analysis_clearance c ON c.part_id = p.id LEFT JOIN indicators.analysis_withdrawal w ON w.part_id = p.id
  LEFT JOIN indicators.analysis_step s ON s.year = p.year AND s.step = 'PUBLISHED'`;
const PARTS = `SELECT p.id, p.owner, p.year, p.audience, c.part_id IS NOT NULL AND w.part_id IS NULL AS stands,
  s.year IS NOT NULL AS published, me.networks ${JOINED} ORDER BY p.id`;

test("decide, the predicate and row-level security open the same parts, whoever asks", async () => {
  await query("BEGIN");
  await store();
  const opened: Record<string, number> = {};
  for (const viewer of VIEWERS) {
    await query(
      "SELECT set_config('accord.viewer', $1, true), set_config('accord.actor', $2, true), set_config('accord.roles', $3, true)",
      [mayRead(viewer) ? viewer.partner : "", viewer?.id ?? "", viewer?.roles.join() ?? ""],
    );
    const terms = { now: new Date(), all: [] };
    const ids = (rows: any[]) => rows.map(({ id }) => id);
    const isPartner = (await query("SELECT sharing.reader() AS code"))[0].code !== null;
    const parts = await query(PARTS);
    const of = { category: "ANALYSIS", indicator: "ASY", periods: ["2015"], dimensions: [] } as const;
    // Whom no partner stands for, the database does not know; a token of such a one is refused before it comes here.
    const decided = isPartner ? ids(parts.filter((part) => decide(viewer, { ...of, ...part }, terms).allowed)) : [];
    const reader = isPartner ? viewer : null;
    const predicate = ids(
      await query(`SELECT p.id ${JOINED} WHERE ${PART_PREDICATE} ORDER BY p.id`, readerParameters(reader)),
    );
    await query("SET LOCAL ROLE accord_indicators");
    const secured = ids(await query("SELECT part_id AS id FROM indicators.analysis_table ORDER BY 1"));
    const described = ids(await query("SELECT id FROM indicators.analysis_part ORDER BY 1"));
    await query("RESET ROLE");
    expect({ viewer, predicate }).toEqual({ viewer, predicate: decided });
    expect({ viewer, secured }).toEqual({ viewer, secured: decided });
    // The desk is told of every part that there is one, and of no figure in it.
    expect(described).toEqual(viewer?.partner === "SECRETARIAT" ? ids(parts) : decided);
    opened[`${viewer?.partner} ${viewer?.roles}`] = decided.length;
  }
  await query("ROLLBACK");
  const all = Object.keys(YEARS).length * AUDIENCES.length * STATES.length;
  expect(opened).toEqual({
    ...{ "PAK ANALYST": 3, "TUR ANALYST": 2, "AUT ANALYST": 2, "HUN ANALYST": 2, "FRONTEX ANALYST": 1 },
    ...{ "OWNER ANALYST": all, "SECRETARIAT DESK": 1, "ATL ANALYST": 0, "AUDITOR ANALYST": 0 },
    ...{ "PAK AUDITOR": 0, "PAK ": 0, "undefined undefined": 0 },
  });
});
