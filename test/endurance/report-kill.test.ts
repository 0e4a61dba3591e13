/**
 * Nothing acknowledged is lost and nothing half is shown, wherever the process dies: it is killed once after each statement of
 * submitting and releasing, and then at any moment under load.
 */

import { Client } from "pg";
import { cloneDatabase, type TestDatabase, WORLD } from "../support/database";
import { rounds } from "../support/endurance";
import { byCitizenship, mutationOf } from "../support/reports";
import { type Served, serve } from "../support/served";

/** Where a transaction stops to be killed: after the statement that wrote each of these. */
const POINTS = [
  "submission INSERT",
  "submitted_figure INSERT",
  "report INSERT",
  "figure INSERT",
  "released_table INSERT",
  "submission UPDATE",
  "entry INSERT",
  "idempotency_key INSERT",
];
const AT_ANY_MOMENT = rounds(24, 3);
const COUNTRIES = ["AUT", "BGR", "DEU", "FRA", "HUN"];
const FIGURES = byCitizenship({ AFG: 120, SYR: 300, PAK: 80, IRQ: 60, _U: 40 });
const AMENDED = byCitizenship({ AFG: 121, SYR: 300, PAK: 80, IRQ: 60, _U: 40 });
const LOCK = 4_202;

let database: TestDatabase;
let owner: Client;
let gate: Client;
beforeAll(async () => {
  database = await cloneDatabase(WORLD);
  [owner, gate] = [
    new Client({ connectionString: database.url }),
    new Client({ connectionString: database.url }),
  ];
  await Promise.all([owner.connect(), gate.connect()]);
  await owner.query("DELETE FROM indicators.submitted_figure");
  await owner.query(`CREATE TABLE public.stop (point text); GRANT SELECT ON public.stop TO PUBLIC;
    CREATE FUNCTION public.stop_here() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM public.stop WHERE point = TG_TABLE_NAME || ' ' || TG_OP) THEN
        PERFORM pg_advisory_xact_lock_shared(${LOCK});
      END IF;
      RETURN NULL;
    END $$`);
  for (const point of POINTS) {
    const [name, operation] = point.split(" ") as [string, string];
    const schema =
      name === "entry" ? "audit" : name === "idempotency_key" ? "sharing" : "indicators";
    await owner.query(
      `CREATE TRIGGER zz_stop AFTER ${operation} ON ${schema}.${name} FOR EACH STATEMENT EXECUTE FUNCTION public.stop_here()`.replace(
        "zz_stop",
        `zz_stop_${operation.toLowerCase()}`,
      ),
    );
  }
});
afterAll(async () => {
  await Promise.all([owner?.end(), gate?.end()]);
  await database?.drop();
});

interface Acknowledged {
  id: string;
  state: string;
}

let quarters = 0;
/** 2017-Q1 to 2026-Q3 of five indicators that none of the five has reported by the quarter. */
function freshPeriod(): { indicator: string; period: string } {
  const at = quarters++;
  const quarter = at % 36;
  return {
    indicator: ["FAC", "THB", "IBC", "DOC", "REF"][Math.floor(at / 36) % 5] as string,
    period: `${2017 + Math.floor(quarter / 4)}-Q${(quarter % 4) + 1}`,
  };
}

/** Submits, releases, amends and releases again, until the server is gone; says what it was told. */
async function workUntilItDies(
  served: Served,
  country: string,
  told: Acknowledged[],
): Promise<void> {
  const call = async (
    token: string,
    name: string,
    type: string,
    input: object,
  ): Promise<string> => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    const body = JSON.stringify({
      query: mutationOf(name, type),
      variables: { input: { ...input, idempotencyKey: crypto.randomUUID() } },
    });
    const response = await fetch(`${served.url}/graphql`, { method: "POST", headers, body });
    const { data, errors } = (await response.json()) as any;
    if (!data?.it?.report) throw new Error(JSON.stringify(errors ?? data));
    told.push({ id: data.it.report.id, state: data.it.report.state });
    return data.it.report.id;
  };
  try {
    const [officer, approver] = await Promise.all(
      ["officer", "approver"].map((post) => served.token(`${country.toLowerCase()}-${post}`)),
    );
    for (;;) {
      const of = freshPeriod();
      const versions = [
        { figures: FIGURES },
        { figures: AMENDED, baseVersion: 1, reason: "One late form" },
      ];
      for (const version of versions) {
        const id = await call(
          officer as string,
          "submitQuarterlyReport",
          "SubmitQuarterlyReportInput",
          {
            ...of,
            ...version,
          },
        );
        await call(approver as string, "approveQuarterlyReport", "ReportActInput", { id });
      }
    }
  } catch {
    // the server is gone
  }
}

/** Until no connection of the killed process has a transaction left to end. */
async function settled(): Promise<void> {
  for (;;) {
    const { rowCount } = await owner.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'accord%' AND state <> 'idle'",
    );
    if (rowCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function isWaiting(): Promise<void> {
  for (;;) {
    const { rowCount } = await owner.query(
      "SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted",
      [LOCK],
    );
    if (rowCount) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const releasesOf = (told: readonly Acknowledged[]): number =>
  told.filter(({ state }) => state === "RELEASED").length;

/** Some time after this round's second release: on a slow machine a kill before any write would prove nothing. */
async function atAnyMoment(told: readonly Acknowledged[], round: number): Promise<void> {
  const before = releasesOf(told);
  while (releasesOf(told) < before + 2) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, (round * 37) % 400));
}

/** What must never be, whatever was killed when. */
const WRONG: Readonly<Record<string, string>> = {
  "a submission without all its figures": `SELECT id FROM indicators.submission s WHERE state <> 'WITHDRAWN' AND submitted_at > now() - interval '1 hour'
    AND (SELECT count(*) FROM indicators.submitted_figure f WHERE f.submission_id = s.id) <> 6`,
  "a report without all its figures": `SELECT id FROM indicators.report r WHERE released_at > now() - interval '1 hour'
    AND (SELECT count(*) FROM indicators.figure f WHERE f.report_id = r.id) <> 6`,
  "a report without all its tables": `SELECT id FROM indicators.report r WHERE released_at > now() - interval '1 hour'
    AND (SELECT count(DISTINCT (control, dimensions)) FROM indicators.released_table t WHERE t.report_id = r.id) <> 6`,
  "a state that does not fit": `SELECT s.id FROM indicators.submission s LEFT JOIN indicators.report r ON r.submission_id = s.id
    WHERE (s.state IN ('RELEASED', 'SUPERSEDED')) <> (r.id IS NOT NULL) OR (s.state = 'SUPERSEDED') <> (r.superseded_at IS NOT NULL)`,
  "two versions at once, or none": `SELECT owner, indicator, period FROM indicators.report GROUP BY 1, 2, 3
    HAVING count(*) FILTER (WHERE superseded_at IS NULL) <> 1`,
  "a table that outlives its report": `SELECT t.id FROM indicators.released_table t JOIN indicators.report r ON r.id = t.report_id
    WHERE t.superseded_at IS DISTINCT FROM r.superseded_at`,
  "a write that the log does not know": `SELECT s.id FROM indicators.submission s WHERE submitted_at > now() - interval '1 hour' AND NOT EXISTS (
    SELECT FROM audit.entry e WHERE e.owner = s.owner AND e.operation = 'COLLECTION' AND s.indicator = ANY (e.indicators) AND s.period = ANY (e.periods))`,
  "a key that remembers nothing": `SELECT key FROM sharing.idempotency_key k
    WHERE NOT EXISTS (SELECT FROM indicators.submission s WHERE s.id::text = k.object_id)`,
};

async function check(told: readonly Acknowledged[]): Promise<void> {
  for (const [name, query] of Object.entries(WRONG)) {
    expect([name, (await owner.query(query)).rows]).toEqual([name, []]);
  }
  const lost = `SELECT told.id FROM jsonb_to_recordset($1::jsonb) AS told (id uuid, state text)
    LEFT JOIN indicators.submission s ON s.id = told.id
    WHERE s.id IS NULL OR (told.state = 'RELEASED' AND s.state NOT IN ('RELEASED', 'SUPERSEDED'))`;
  expect((await owner.query(lost, [JSON.stringify(told)])).rows).toEqual([]);
}

test("killed after each statement and at any moment: nothing acknowledged is lost, nothing half is there", async () => {
  const told: Acknowledged[] = [];
  const rounds = POINTS.length + AT_ANY_MOMENT;
  let next = serve(database.url);
  for (let round = 0; round < rounds; round++) {
    const served = await next;
    if (round + 1 < rounds) next = serve(database.url);
    const point = POINTS[round];
    if (point) {
      await gate.query("SELECT pg_advisory_lock($1)", [LOCK]);
      await owner.query("INSERT INTO public.stop VALUES ($1)", [point]);
    }
    const clients = COUNTRIES.map((country) => workUntilItDies(served, country, told));
    if (point) await isWaiting();
    else await atAnyMoment(told, round);
    await served.kill();
    await Promise.all(clients);
    if (point) {
      await owner.query("DELETE FROM public.stop");
      await gate.query("SELECT pg_advisory_unlock($1)", [LOCK]);
    }
    await settled();
    await check(told);
  }
  const released = releasesOf(told);
  console.log(
    `${rounds} kills, ${told.length} acknowledged writes, ${released} of them releases: none lost, none half`,
  );
  expect(released).toBeGreaterThanOrEqual(2 * AT_ANY_MOMENT);
});
