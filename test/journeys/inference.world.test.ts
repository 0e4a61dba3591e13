/** Every viewer of the demo world computes with all that row-level security gives it: no hidden cell is pinned down. */
import { Client } from "pg";
import { cloneDatabase, type TestDatabase, WORLD } from "../support/database";
import { INDICATORS, OWNERS, VIEWERS } from "../support/expectation";
import { attackOn, type Report, type Table } from "../support/reading";

let database: TestDatabase;
let room: Client;
let reports: ReadonlyMap<string, Report[]>;

beforeAll(async () => {
  database = await cloneDatabase(WORLD);
  room = new Client({ connectionString: database.url });
  await room.connect();
  reports = await readReports();
});
afterAll(async () => {
  await room?.end();
  await database?.drop();
});

/** The truth, which nobody reads but its owner. */
async function readReports(): Promise<Map<string, Report[]>> {
  const { rows } = await room.query(`
    SELECT r.owner, r.indicator, r.period, r.version, json_agg(json_build_object(
      'dimensions', f.dimensions, 'key', f.key, 'value', f.value, 'status', f.obs_status)) AS figures
    FROM indicators.report r JOIN indicators.figure f ON f.report_id = r.id GROUP BY r.id`);
  const found = new Map<string, Report[]>();
  for (const { owner, indicator, ...report } of rows) {
    const name = `${owner}/${indicator}`;
    found.set(name, [...(found.get(name) ?? []), report]);
  }
  return found;
}

/** As the room itself reads: under its role, told only who asks. */
async function readAs(viewer: string): Promise<Map<string, Table[]>> {
  await room.query("BEGIN");
  await room.query("SELECT set_config('accord.viewer', $1, true)", [viewer]);
  await room.query("SET LOCAL ROLE accord_indicators");
  const { rows } = await room.query(
    `
    SELECT owner, indicator, period, version, dimensions, control, audience, keys, values, statuses
    FROM indicators.released_table WHERE owner <> $1`,
    [viewer],
  );
  await room.query("ROLLBACK");
  const found = new Map<string, Table[]>();
  for (const { owner, indicator, ...table } of rows) {
    const name = `${owner}/${indicator}`;
    found.set(name, [...(found.get(name) ?? []), table]);
  }
  return found;
}

const counted = { viewers: 0, tables: 0, hidden: 0, shown: 0, hiddenWeight: 0, shownWeight: 0 };

test.each(VIEWERS.filter(([, client]) => client !== null))("%s", async (viewer) => {
  const readable = await readAs(viewer);
  const found: string[] = [];
  for (const owner of OWNERS) {
    for (const indicator of INDICATORS) {
      const name = `${owner}/${indicator}`;
      const tables = readable.get(name) ?? [];
      const result = await attackOn(reports.get(name) ?? [], tables, { indicator, viewer });
      for (const { cell, value, need, known } of result.found)
        found.push(`${name} ${cell}: ${value} in [${known.least}, ${known.most}], need ${need}`);
      counted.tables += tables.length;
      counted.hidden += result.hidden;
      counted.shown += result.shown;
      counted.hiddenWeight += result.hiddenWeight;
      counted.shownWeight += result.shownWeight;
    }
  }
  counted.viewers += readable.size > 0 ? 1 : 0;

  expect(found).toEqual([]);
});

test("none of that was empty", () => {
  console.log(counted);
});
