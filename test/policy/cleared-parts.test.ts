/** Who may read a cleared part of an analysis is said three times: by `decide`, by the predicate and by row-level security. */

import { Client } from "pg";
import { TERMS, toTerms } from "../../shared/database/terms.queries";
import { AUDIENCES } from "../../shared/policy/cleared";
import { decide } from "../../shared/policy/decide";
import { CLEARED_PREDICATE, clearedParameters, MY_NETWORKS } from "../../shared/policy/scope";
import { mayRead, type Role, type Viewer } from "../../shared/viewer/viewer";
import { cloneDatabase, EMPTY, type TestDatabase } from "../support/database";
import { STORE } from "../support/rule-book";
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

const as = (partner: string, ...roles: Role[]): Viewer =>
  viewerOf({ id: "someone", partner, roles });
/** By the dated memberships: PAK is in both networks, TUR in RELEC, AUT in COLEP, HUN's funding of RELEC ended in 2017. */
const VIEWERS: (Viewer | null)[] = [
  ...["PAK", "TUR", "AUT", "HUN", "FRONTEX", "OWNER"].map((partner) => as(partner, "ANALYST")),
  as("SECRETARIAT", "DESK"),
  as("ATL", "ANALYST"),
  as("AUDITOR", "ANALYST"),
  as("PAK", "AUDITOR"),
  as("PAK"),
  null,
];
const YEARS = {
  2014: [],
  2015: ["CONVENED", "OPENED"],
  2016: ["CONVENED", "OPENED", "CLOSED"],
  2017: ["CONVENED", "OPENED", "CLOSED", "PUBLISHED"],
};
const STATES = ["PROPOSED", "CLEARED", "WITHDRAWN", "WITHDRAWN UNCLEARED"];

async function store(): Promise<void> {
  await query(`INSERT INTO sharing.partner VALUES ('PAK', 'P', 'NATIONAL_AUTHORITY', 'PAK'), ('TUR', 'T', 'NATIONAL_AUTHORITY', 'TUR'),
    ('AUT', 'A', 'NATIONAL_AUTHORITY', 'AUT'), ('HUN', 'H', 'NATIONAL_AUTHORITY', 'HUN'), ('FRONTEX', 'F', 'INSTITUTION', NULL),
    ('OWNER', 'O', 'INSTITUTION', NULL), ('SECRETARIAT', 'S', 'SECRETARIAT', NULL), ('AUDITOR', 'A', 'AUDITOR', NULL)`);
  for (const [year, steps] of Object.entries(YEARS)) {
    for (const step of steps)
      await query("INSERT INTO indicators.analysis_step (year, step, actor) VALUES ($1, $2, 'd')", [
        year,
        step,
      ]);
    for (const audience of AUDIENCES) {
      for (const state of STATES) {
        const [{ id }] = await query(
          `INSERT INTO indicators.analysis_part (year, owner, indicators, audience, tlp, proposed_by)
           VALUES ($1, 'OWNER', '{ASY}', $2, 'AMBER', 'a') RETURNING id`,
          [year, audience],
        );
        await query(FROZEN, [id, year]);
        if (state === "CLEARED" || state === "WITHDRAWN")
          await query(
            "INSERT INTO indicators.analysis_clearance (part_id, owner, actor) VALUES ($1, 'OWNER', 'b')",
            [id],
          );
        if (state.startsWith("WITHDRAWN"))
          await query(
            "INSERT INTO indicators.analysis_withdrawal (part_id, owner, actor) VALUES ($1, 'OWNER', 'b')",
            [id],
          );
      }
    }
  }
}

/** A total and a list. */
const FROZEN = `INSERT INTO indicators.analysis_table (part_id, owner, indicator, period, period_start, period_end, dimensions, version,
  released_at, keys, values, statuses, sources)
SELECT $1, 'OWNER', indicator, $2::text, '2015-01-01', '2016-01-01', dimensions, 1, sharing.instant() - interval '10 days', '{""}', '{1}', '{A}', '{S}'
FROM (VALUES ('ASY', '{}'::text[]), ('REF', '{CITIZENSHIP}')) AS t (indicator, dimensions)`;
const JOINED = `FROM ${MY_NETWORKS} CROSS JOIN indicators.analysis_part p JOIN indicators.analysis_table t ON t.part_id = p.id
  LEFT JOIN indicators.analysis_clearance c ON c.part_id = p.id LEFT JOIN indicators.analysis_withdrawal w ON w.part_id = p.id
  LEFT JOIN indicators.analysis_step s ON s.year = p.year AND s.step = 'PUBLISHED'`;
const NAME = "t.part_id || '/' || t.indicator AS id";
const TABLES = `SELECT ${NAME}, p.owner, p.year, p.audience, t.indicator, t.dimensions, c.part_id IS NOT NULL AND w.part_id IS NULL AS stands,
  s.year IS NOT NULL AS published, me.networks, coalesce(t.first_released_at, t.released_at) AS "releasedAt" ${JOINED} ORDER BY 1`;

/** What agreements of the owner open to one partner besides. */
const grant = (viewer: string, change: object) => ({
  category: "STATISTICS",
  owners: ["OWNER"],
  viewers: [viewer],
  indicators: ["ASY", "REF"],
  detail: ["CITIZENSHIP"],
  status: "ACTIVE",
  validFrom: new Date(0),
  validUntil: null,
  dataFrom: null,
  dataUntil: null,
  contactKinds: [],
  control: "NONE",
  embargoDays: 0,
  reciprocal: false,
  ownNationals: false,
  purposes: [],
  ...change,
});

/** Of 2017, which alone is published: three parts with two tables each. Unless it says otherwise a grant is exact and opens all. */
const cases: readonly [string, Record<string, object>, Record<string, number>][] = [
  ["no agreement", {}, { PAK: 6, TUR: 4, AUT: 4, HUN: 4, FRONTEX: 2 }],
  [
    "what opens all exactly, or suppressed",
    { PAK: {}, TUR: { control: "SUPPRESSION" }, FRONTEX: { detail: ["CITIZENSHIP", "SEX"] } },
    { PAK: 6, TUR: 4, AUT: 4, HUN: 4, FRONTEX: 2 },
  ],
  [
    "rounded",
    {
      PAK: { control: "CONTROLLED_ROUNDING" },
      TUR: { control: "CONTROLLED_ROUNDING", indicators: ["REF"] },
      FRONTEX: { control: "CONTROLLED_ROUNDING", detail: [] },
    },
    { PAK: 0, TUR: 2, AUT: 4, HUN: 4, FRONTEX: 0 },
  ],
  [
    "exact later, in return, for a purpose",
    {
      PAK: { embargoDays: 11 },
      TUR: { reciprocal: true, indicators: ["ASY"] },
      AUT: { purposes: ["REPORTING"] },
      HUN: { embargoDays: 10 },
    },
    { PAK: 0, TUR: 2, AUT: 0, HUN: 4, FRONTEX: 2 },
  ],
  [
    "exact for some of both years",
    {
      PAK: { dataFrom: "2016-04-01" },
      TUR: { dataFrom: "2016-01-01" },
      AUT: { dataUntil: "2018-01-01" },
      HUN: { dataUntil: "2017-10-01" },
      FRONTEX: { dataFrom: "2018-01-01" },
    },
    { PAK: 0, TUR: 4, AUT: 4, HUN: 0, FRONTEX: 2 },
  ],
  [
    "not in force",
    {
      PAK: { control: "CONTROLLED_ROUNDING", status: "PROPOSED" },
      TUR: { control: "CONTROLLED_ROUNDING", validFrom: new Date(Date.now() + 3_600_000) },
      HUN: { control: "CONTROLLED_ROUNDING", category: "PROFILE" },
    },
    { PAK: 6, TUR: 4, AUT: 4, HUN: 4, FRONTEX: 2 },
  ],
];

test.each(cases)(
  "decide, the predicate and row-level security open the same tables, whoever asks, beside %s",
  async (_name, grants, expected) => {
    await query("BEGIN");
    await store();
    await query(STORE, [
      JSON.stringify(Object.entries(grants).map(([viewer, change]) => grant(viewer, change))),
    ]);
    const opened: Record<string, number> = {};
    for (const viewer of VIEWERS) {
      await query(
        "SELECT set_config('accord.viewer', $1, true), set_config('accord.actor', $2, true), set_config('accord.roles', $3, true)",
        [mayRead(viewer) ? viewer.partner : "", viewer?.id ?? "", viewer?.roles.join() ?? ""],
      );
      const terms = toTerms(await query(TERMS));
      const ids = (rows: any[]) => rows.map(({ id }) => id);
      const isPartner = (await query("SELECT sharing.reader() AS code"))[0].code !== null;
      const tables = await query(TABLES);
      const of = { category: "ANALYSIS", periods: ["2017"] } as const;
      // Whom no partner stands for, the database does not know; a token of such a one is refused before it comes here.
      const decided = isPartner
        ? ids(tables.filter((table) => decide(viewer, { ...of, ...table }, terms).allowed))
        : [];
      const reader = isPartner ? viewer : null;
      const predicate = ids(
        await query(
          `SELECT ${NAME} ${JOINED} WHERE ${CLEARED_PREDICATE} ORDER BY 1`,
          clearedParameters({ viewer: reader, terms }),
        ),
      );
      await query("SET LOCAL ROLE accord_indicators");
      const secured = ids(
        await query(`SELECT ${NAME} FROM indicators.analysis_table t ORDER BY 1`),
      );
      const described = ids(await query("SELECT id FROM indicators.analysis_part ORDER BY 1"));
      await query("RESET ROLE");
      expect({ viewer, predicate }).toEqual({ viewer, predicate: decided });
      expect({ viewer, secured }).toEqual({ viewer, secured: decided });
      // The desk is told of every part that there is one, and of no figure in it.
      if (viewer?.partner === "SECRETARIAT") expect(described).toHaveLength(PARTS);
      opened[`${viewer?.partner} ${viewer?.roles}`] = decided.length;
    }
    await query("ROLLBACK");
    const partners = Object.fromEntries(
      Object.entries(expected).map(([partner, tables]) => [`${partner} ANALYST`, tables]),
    );
    expect(opened).toEqual({
      ...partners,
      "OWNER ANALYST": PARTS * 2,
      "SECRETARIAT DESK": 2,
      "ATL ANALYST": 0,
      "AUDITOR ANALYST": 0,
      "PAK AUDITOR": 0,
      "PAK ": 0,
      "undefined undefined": 0,
    });
  },
);

const PARTS = Object.keys(YEARS).length * AUDIENCES.length * STATES.length;
