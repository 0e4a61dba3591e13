/** Every viewer of the demo world computes with all that row-level security gives it: no hidden cell is pinned down. */
import { Client } from "pg";
import { cloneDatabase, type TestDatabase, WORLD } from "../support/database";
import { INDICATORS, OWNERS, VIEWERS } from "../support/expectation";
import { attackOn, type Report, type Table } from "../support/reading";

let database: TestDatabase;
let subgraph: Client;
let reports: ReadonlyMap<string, Report[]>;

beforeAll(async () => {
  database = await cloneDatabase(WORLD);
  subgraph = new Client({ connectionString: database.url });
  await subgraph.connect();
  reports = await readReports();
});
afterAll(async () => {
  await subgraph?.end();
  await database?.drop();
});

/** The truth, which nobody reads but its owner. */
async function readReports(): Promise<Map<string, Report[]>> {
  const { rows } = await subgraph.query(`
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

/** As the subgraph itself reads: under its role, told only who asks. */
async function readAs(viewer: string): Promise<Map<string, Table[]>> {
  await subgraph.query("BEGIN");
  await subgraph.query("SELECT set_config('accord.viewer', $1, true)", [viewer]);
  await subgraph.query("SET LOCAL ROLE accord_indicators");
  const { rows } = await subgraph.query(
    `
    SELECT owner, indicator, period, version, dimensions, control, audience, keys, values, statuses
    FROM indicators.released_table WHERE owner <> $1`,
    [viewer],
  );
  await subgraph.query("ROLLBACK");
  const found = new Map<string, Table[]>();
  for (const { owner, indicator, ...table } of rows) {
    const name = `${owner}/${indicator}`;
    found.set(name, [...(found.get(name) ?? []), table]);
  }
  return found;
}

const counted = { viewers: 0, tables: 0, hidden: 0, shown: 0, hiddenWeight: 0, shownWeight: 0 };

async function attackAs(viewer: string, readable: ReadonlyMap<string, Table[]>): Promise<string[]> {
  const found: string[] = [];
  for (const owner of OWNERS) {
    for (const indicator of INDICATORS) {
      const name = `${owner}/${indicator}`;
      const tables = readable.get(name) ?? [];
      const result = await attackOn(reports.get(name) ?? [], tables, { indicator, viewer });
      found.push(
        ...result.found.map(
          ({ cell, known }) => `${name} ${cell} in [${known.least}, ${known.most}]`,
        ),
      );
      counted.tables += tables.length;
      for (const key of ["hidden", "shown", "hiddenWeight", "shownWeight"] as const)
        counted[key] += result[key];
    }
  }
  return found;
}

test.each(VIEWERS.filter(([, client]) => client !== null))("%s", async (viewer) => {
  const readable = await readAs(viewer);
  counted.viewers += readable.size > 0 ? 1 : 0;
  expect(await attackAs(viewer, readable)).toEqual([]);
});

test("none of that was empty", () => {
  const { hidden, shown, hiddenWeight, shownWeight } = counted;
  const percent = (part: number, rest: number) => ((100 * part) / (part + rest)).toFixed(2);
  process.stdout.write(
    `demo world: ${hidden} of ${hidden + shown} cells that ${counted.viewers} viewers read in ${counted.tables} tables are ` +
      `hidden or rounded, ${percent(hidden, shown)} %, ${percent(hiddenWeight, shownWeight)} % by weight\n`,
  );
  expect(counted.viewers).toBeGreaterThanOrEqual(19);
  expect(counted.tables).toBeGreaterThan(8_000);
  expect(hidden).toBeGreaterThan(5_000);
});

test("the same attacker finds own nationals where nothing covers them", async () => {
  const truthOf = (name: string, table: Table, key: string) =>
    (reports.get(name) ?? [])
      .find(({ period, version }) => period === table.period && version === table.version)
      ?.figures.find(
        (one) => one.dimensions.join() === table.dimensions.join() && one.key.join("|") === key,
      )?.value ?? null;
  const readable = await readAs("PAK");
  const planted = [...readable].map(([name, tables]): [string, Table[]] => [
    name,
    tables.map((table) => ({
      ...table,
      values: table.values.map((value, at) => {
        const truth = truthOf(name, table, table.keys[at] as string);
        return table.statuses[at] === "Q" && truth !== null && truth >= 5 ? truth : value;
      }),
    })),
  ]);
  const found = await attackAs("PAK", new Map(planted));
  expect(found.filter((cell) => cell.includes("CITIZENSHIP=PAK")).length).toBeGreaterThan(10);
});
