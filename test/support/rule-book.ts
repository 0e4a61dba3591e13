/**
 * The rule about statistics is said three times: by `decide`, by the predicate of statements and by row-level security.
 * Here one transaction holds grants and released tables, and each of the three is asked about all of them at once.
 */
import { Client } from "pg";
import { TERMS, toTerms } from "../../shared/database/terms.queries";
import { decide } from "../../shared/policy/decide";
import {
  LEAST_PROTECTIVE_FIRST,
  STATISTICS_PREDICATE,
  statisticsParameters,
} from "../../shared/policy/scope";
import { CONTROLS, type Term } from "../../shared/policy/terms";
import { mayRead, type Viewer } from "../../shared/viewer/viewer";
import { type ReleasedTable, resourceOf } from "../../subgraphs/indicators/series/series.queries";
import { cloneDatabase, EMPTY } from "./database";

export type { Term };
/** How PAK, the viewer, stands with the agreement itself; left out = it is no party, and need not sign. */
export type ViewerState = "SIGNED" | "PROPOSED" | "DECLINED" | "SUSPENDED" | "WITHDRAWN";
export type Grant = Omit<Term, "agreementId" | "title" | "version" | "tlp" | "handling"> & {
  viewerState?: ViewerState | null;
  viewers: readonly string[];
};
export type Table = Omit<ReleasedTable, "keys" | "values" | "statuses" | "sources"> & {
  id: number;
};
export type NewTable = Partial<
  Omit<Table, "id" | "period_start" | "period_end" | "released_at">
> & {
  owner: string;
  released_at?: Date;
};

export const DAY = 86_400_000;
export const QUARTERS = ["2015-Q1", "2015-Q2", "2015-Q3", "2015-Q4", "2016-Q1"];
export const startOf = (quarter: string): string =>
  `${quarter.slice(0, 4)}-${String(Number(quarter[6]) * 3 - 2).padStart(2, "0")}-01`;
export const endOf = (quarter: string): string =>
  startOf(QUARTERS[QUARTERS.indexOf(quarter) + 1] ?? "2016-Q2");

/**
 * Every form of a table: exact, suppressed and rounded; of ASY, which protects citizens, whole, cut for PAK and cut for
 * IRN; of every other indicator never cut.
 */
export function formsOf(table: NewTable): NewTable[] {
  if (table.indicator !== "ASY") return CONTROLS.map((control) => ({ ...table, control }));
  return CONTROLS.flatMap((control) =>
    [null, "PAK", "IRN"].map((audience) => ({ ...table, control, cut: true, audience })),
  );
}

/** What one viewer was shown of all tables, the least protective form first. */
export interface Seen {
  viewer: Viewer | null;
  now: Date;
  tables: readonly Table[];
  visible: readonly Table[];
  termsOf(owner: string): readonly Term[];
  reciprocated(table: Table): boolean;
}

export interface RuleBook {
  /** The widest grant of an owner: to everybody here but IRN, in force since yesterday. */
  grant(owner: string, change?: Partial<Grant>): Grant;
  /** The instant so many milliseconds from now. */
  at(milliseconds: number): Date;
  /** The instant at which the transaction stands still: boundaries are exact. */
  readonly now: Date;
  /** Decisions compared so far. */
  readonly compared: number;
  query(text: string, values?: unknown[]): Promise<any[]>;
  /** Everything until `forget` happens at one instant and is undone by it. */
  begin(): Promise<void>;
  forget(): Promise<void>;
  store(grants: readonly Grant[]): Promise<void>;
  release(tables: readonly NewTable[]): Promise<void>;
  /** Asks all three; throws where they differ. */
  ask(viewer: Viewer | null): Promise<Seen>;
  close(): Promise<void>;
}

export async function openRuleBook(): Promise<RuleBook> {
  const database = await cloneDatabase(EMPTY);
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const query = async (text: string, values?: unknown[]) => (await client.query(text, values)).rows;
  await query(PARTNERS);
  await query("DROP INDEX indicators.one_release");
  let now = new Date(0);
  let compared = 0;
  const at = (milliseconds: number): Date => new Date(now.getTime() + milliseconds);
  return {
    query,
    at,
    grant: (owner, change) => ({
      category: "STATISTICS",
      owners: [owner],
      viewers: ["PAK", "FRONTEX", "ATL", "AUDITOR"],
      contactKinds: [],
      indicators: ["ASY", "REF", "RET"],
      detail: ["CITIZENSHIP", "SEX"],
      control: "NONE",
      ownNationals: false,
      status: "ACTIVE",
      validFrom: at(-DAY),
      validUntil: null,
      dataFrom: null,
      dataUntil: null,
      embargoDays: 0,
      reciprocal: false,
      purposes: [],
      ...change,
    }),
    get now() {
      return now;
    },
    get compared() {
      return compared;
    },
    async begin() {
      await query("BEGIN");
      now = (await query("SELECT sharing.instant() AS now"))[0].now;
      await query(REPORTS, [QUARTERS]);
    },
    forget: async () => void (await query("ROLLBACK")),
    store: async (grants) => void (await query(STORE, [JSON.stringify(grants)])),
    async release(tables) {
      const rows = tables.map((table) => {
        const row = { ...WHOLE, released_at: now, ...table };
        return { ...row, from: startOf(row.period), to: endOf(row.period) };
      });
      await query(RELEASE, [JSON.stringify(rows)]);
      // Nothing else gathers statistics inside a transaction; without them a plan may be a hundred times slower.
      await query(
        "ANALYZE indicators.released_table, sharing.term, sharing.signature, sharing.party",
      );
    },
    async ask(viewer) {
      const seen = await askAll(query, viewer, now);
      compared += seen.tables.length;
      return seen;
    },
    async close() {
      await client.end();
      await database.drop();
    },
  };
}

async function askAll(query: RuleBook["query"], viewer: Viewer | null, now: Date): Promise<Seen> {
  await query(
    "SELECT set_config('accord.viewer', $1, true), set_config('accord.purpose', $2, true)",
    [mayRead(viewer) ? viewer.partner : "", viewer?.purpose ?? ""],
  );
  const terms = toTerms(await query(TERMS));
  if (terms.now.getTime() !== now.getTime())
    throw new Error("the terms were read at another instant");
  const releases = await query(RELEASES, [[viewer?.partner]]);
  const own = new Set<string>(releases.map(({ key }) => key));
  const reciprocated = ({ indicator, period }: Table) => own.has(`${indicator}/${period}`);
  const byOwner = new Map<string, Term[]>();
  for (const term of terms.all) {
    for (const owner of term.owners) byOwner.set(owner, [...(byOwner.get(owner) ?? []), term]);
  }
  const termsOf = (owner: string) => byOwner.get(owner) ?? [];
  const tables: Table[] = await query(TABLES);
  const decided = tables.filter((table) => {
    const resource = resourceOf(table as never, reciprocated(table));
    return decide(viewer, resource, { now, all: termsOf(table.owner) }).allowed;
  });
  const predicate: { id: number }[] = await query(
    PREDICATE,
    statisticsParameters({ viewer, terms, reciprocated: own }),
  );
  await query("SET LOCAL ROLE accord_indicators");
  const secured: { id: number }[] = await query("SELECT id FROM indicators.released_table");
  await query("RESET ROLE");
  const [byFunction, byPredicate, byDatabase] = [decided, predicate, secured].map(
    (rows) => new Set(rows.map(({ id }) => id)),
  );
  for (const table of tables) {
    const says = {
      decide: byFunction?.has(table.id),
      predicate: byPredicate?.has(table.id),
      rows: byDatabase?.has(table.id),
    };
    if (says.decide === says.predicate && says.decide === says.rows) continue;
    throw new Error(
      `The rules differ: ${JSON.stringify({ viewer, says, now, table, terms: termsOf(table.owner) }, null, 1)}`,
    );
  }
  const byId = new Map(tables.map((table) => [table.id, table]));
  return {
    viewer,
    now,
    tables,
    termsOf,
    reciprocated,
    visible: predicate.map(({ id }) => byId.get(id) as Table),
  };
}

const WHOLE = {
  indicator: "ASY",
  period: "2015-Q3",
  dimensions: [],
  control: "NONE",
  audience: null,
  cut: false,
};

/** ATL is a partner to nobody but to agreements that name it. */
const PARTNERS = `INSERT INTO sharing.partner (code, name, kind) VALUES ('PAK', 'a country', 'NATIONAL_AUTHORITY'),
  ('IRN', 'another country', 'NATIONAL_AUTHORITY'), ('FRONTEX', 'an institution', 'INSTITUTION'), ('AUDITOR', 'the auditor', 'AUDITOR')`;

/** PAK released ASY long ago, REF at this very instant and RET a millisecond from now; no other partner released anything. */
const REPORTS = `INSERT INTO indicators.report
  (owner, indicator, period, period_start, period_end, submitted_by, submitted_at, approved_by, released_at)
SELECT 'PAK', i.code, q, '2015-01-01', '2015-04-01', 'officer', now(), 'approver', sharing.instant() + i.later
FROM (VALUES ('ASY', interval '-1 year'), ('REF', '0'), ('RET', '1 millisecond')) AS i (code, later), unnest($1::text[]) AS q`;
const RELEASES = `SELECT indicator || '/' || period AS key
  FROM indicators.released_at($1, ARRAY['ASY', 'REF', 'RET'], '2015-01-01', '2016-01-01')`;

/** Writes down grants as they come in one JSON text. */
export const STORE = `WITH g AS (SELECT (SELECT count(*) FROM sharing.agreement) + row_number() OVER () AS id, g.*
  FROM jsonb_to_recordset($1::jsonb) AS g (status text, "viewerState" text, purposes text[], "validFrom" timestamptz, "validUntil" timestamptz, category text,
    owners text[], viewers text[], indicators text[], detail text[], "contactKinds" text[], "dataFrom" date, "dataUntil" date,
    control text, "embargoDays" integer, reciprocal boolean, "ownNationals" boolean)),
agreement AS (INSERT INTO sharing.agreement (id, title, kind, convener) SELECT id, 'title', 'BILATERAL', owners[1] FROM g),
version AS (INSERT INTO sharing.agreement_version
    (agreement_id, version, valid_from, valid_until, purposes, proposed_by, proposed_at)
  SELECT id, 1, "validFrom", "validUntil", purposes, owners[1], now() FROM g),
side AS (SELECT id, unnest(owners) AS partner, CASE status WHEN 'REVOKED' THEN 'WITHDRAWN' ELSE status END AS state FROM g
  UNION ALL SELECT id, 'PAK', "viewerState" FROM g WHERE "viewerState" IS NOT NULL),
party AS (INSERT INTO sharing.party (agreement_id, partner, standing, since) SELECT id, partner,
    CASE WHEN state IN ('SUSPENDED', 'WITHDRAWN') THEN state ELSE 'STANDING' END, now() FROM side),
signature AS (INSERT INTO sharing.signature (agreement_id, version, partner, state, since) SELECT id, 1, partner,
    CASE WHEN state IN ('PROPOSED', 'DECLINED') THEN state ELSE 'SIGNED' END, now() FROM side)
INSERT INTO sharing.term (agreement_id, version, category, owners, viewers, indicators, detail, contact_kinds, data_from, data_until,
  disclosure_control, embargo_days, reciprocal, own_nationals)
SELECT id, 1, category, owners, viewers, indicators, detail, "contactKinds", "dataFrom", "dataUntil", control, "embargoDays",
  reciprocal, "ownNationals" FROM g`;

/** One report stands for all: of what it says, only the owner, indicator, period and instant of the table matter here. */
const RELEASE = `INSERT INTO indicators.released_table (report_id, owner, indicator, period, period_start, period_end, dimensions,
  control, audience, cut, released_at, keys, values, statuses, sources)
SELECT (SELECT min(id) FROM indicators.report), t.owner, t.indicator,
  t.period, t."from", t."to", t.dimensions, t.control, t.audience, t.cut, t.released_at, '{}', '{}', '{}', '{}'
FROM jsonb_to_recordset($1::jsonb) AS t (owner text, indicator text, period text, "from" date, "to" date, dimensions text[],
  control text, audience text, cut boolean, released_at timestamptz)`;

const TABLES =
  "SELECT t.*, period_start::text, period_end::text FROM indicators.released_table t ORDER BY id";
const PREDICATE = `SELECT t.id FROM indicators.released_table t WHERE ${STATISTICS_PREDICATE} ORDER BY ${LEAST_PROTECTIVE_FIRST}`;
