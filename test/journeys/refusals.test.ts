/** Refusals of one question within a minute: the first is a line at once, the others are counted, and none is lost. */
import { Client } from "pg";
import { createLogWriter } from "../../shared/audit/log-writer";
import { foldRefusals } from "../../shared/audit/sealer";
import { openDatabase } from "../../shared/database/data-source";
import { cloneDatabase, EMPTY } from "../support/database";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";

const SERIES = `query ($from: Period!) { series(reporters: ["HUN"], indicators: ["ASY"], from: $from, to: "2015-Q4", by: [CITIZENSHIP]) {
  values withheld { reason } } }`;

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
});
afterAll(async () => {
  await exchange?.stop();
});

const refuse = (client: string, from: string) => exchange.ask(client, SERIES, { from });

/** Refusals of a person: lines written one by one, lines that stand for several, and what is counted and no line yet. */
async function refusals(actor: string) {
  const { rows } = await owner.query(
    `SELECT count(*)::int AS lines, coalesce(sum(times), 0)::int AS times,
       (SELECT coalesce(sum(times), 0)::int FROM audit.refusal WHERE entry ->> 'actor' = $1) AS counted
     FROM audit.entry WHERE actor = $1 AND outcome = 'DENIED'`,
    [actor],
  );
  return rows[0] as { lines: number; times: number; counted: number };
}

/** The minute ends: earlier than by the clock. The exchange's own sealer makes lines of what was counted. */
async function endMinute(): Promise<void> {
  await owner.query("UPDATE audit.refusal SET minute = minute - interval '1 hour'");
  for (let left = 1; left > 0; ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { rows } = await owner.query("SELECT count(*)::int AS left FROM audit.refusal");
    left = rows[0].left;
  }
}

test("thirty at once leave a line or two and their exact number, before the answers", async () => {
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => refuse("srb-analyst", "2015-Q1")),
  );
  for (const { data } of answers) expect(data.series[0].withheld.reason).toBe("NOT_IN_FORCE");
  const { lines, times, counted } = await refusals("srb-analyst");
  expect(times + counted).toBe(30);
  expect(lines).toBeLessThanOrEqual(3); // a minute may have ended among them
  await endMinute();
  expect(await refusals("srb-analyst")).toMatchObject({ times: 30, counted: 0 });
}, 60_000);

test("the owner sees for how many a line stands, and the sealed log with it verifies", async () => {
  const query = `{ disclosures(viewer: "SRB", outcome: DENIED) { totalCount nodes { times requestId at viewer { code } } } }`;
  const { data } = await exchange.ask("hun-approver", query);
  const { nodes, totalCount } = data.disclosures;
  expect(nodes).toHaveLength(totalCount);
  expect(nodes.reduce((sum: number, { times }: any) => sum + times, 0)).toBe(30);
  expect(nodes.some(({ times }: any) => times > 1)).toBe(true);
  const verify = `{ verifyDisclosureLog { valid entries unsealed faults { code } } }`;
  for (let unsealed = 1; unsealed > 0; ) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const answer = await exchange.ask("hun-approver", verify);
    expect(answer.data.verifyDisclosureLog).toMatchObject({ valid: true, faults: [] });
    ({ unsealed } = answer.data.verifyDisclosureLog);
  }
  const { data: kept } = await exchange.ask("hun-approver", `{ disclosureLogExport { lines } }`);
  const entries = kept.disclosureLogExport.lines.flatMap(
    (line: string) => JSON.parse(line).entry ?? [],
  );
  expect(entries.filter((entry: any) => entry.times > 1)).not.toEqual([]);
  expect(entries.filter((entry: any) => entry.times === 1)).toEqual([]); // as lines before there was a number
}, 60_000);

test("another question and another person are other lines, and what is given is never counted", async () => {
  for (const from of ["2014-Q1", "2014-Q2", "2014-Q3"]) await refuse("pak-analyst", from);
  const { lines, times, counted } = await refusals("pak-analyst");
  expect([lines, times, counted]).toEqual([3, 3, 0]);
  await exchange.ask("hun-officer", SERIES, { from: "2015-Q1" });
  await exchange.ask("hun-officer", SERIES, { from: "2015-Q1" });
  const { rows } = await owner.query(
    "SELECT times FROM audit.entry WHERE actor = 'hun-officer' AND outcome = 'GIVEN'",
  );
  expect(rows).toEqual([{ times: 1 }, { times: 1 }]);
});

test("where it cannot be counted, nothing is answered", async () => {
  await owner.query("ALTER TABLE audit.refusal RENAME TO elsewhere");
  const { data, errors, text } = await refuse("srb-analyst", "2013-Q1");
  await owner.query("ALTER TABLE audit.elsewhere RENAME TO refusal");
  expect(data.series).toBeNull();
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["SUBGRAPH_UNAVAILABLE"]);
  expect(text).not.toMatch(/refusal|relation|NOT_IN_FORCE/);
});

test("two processes count the same questions together, while the sealer makes lines of them", async () => {
  const database = await cloneDatabase(EMPTY);
  const open = (role: "accord_indicators" | "accord_countries" | "accord_sealer") =>
    openDatabase({ url: database.url, role, entities: [], poolSize: 2 });
  const subgraphs = await Promise.all([open("accord_indicators"), open("accord_countries")]);
  const sealer = await open("accord_sealer");
  const refusal = (question: number, requestId: string) => ({
    requestId,
    viewer: "OBS",
    actor: "somebody",
    owner: "HUN",
    category: "STATISTICS" as const,
    operation: "CONSULTATION" as const,
    indicators: [`Q${question}`],
    periods: [],
    detail: [],
    cells: 0,
    channel: "GRAPHQL" as const,
    purpose: null,
    agreementId: null,
    agreementVersion: null,
    outcome: "DENIED" as const,
    reason: "NO_AGREEMENT" as const,
  });
  const writing = subgraphs.flatMap((subgraph, process) => {
    const logWriter = createLogWriter(subgraph);
    return Array.from({ length: 200 }, (_, at) =>
      logWriter.record([2, 1, 0].map((question) => refusal(question, `${process}-${at}`))),
    );
  });
  const ended = new Client({ connectionString: database.url });
  await ended.connect();
  const fold = async () => {
    await ended.query("UPDATE audit.refusal SET minute = minute - interval '1 hour'");
    await foldRefusals(sealer);
  };
  let isWritten = false;
  const written = Promise.all(writing).finally(() => {
    isWritten = true;
  });
  while (!isWritten) await fold();
  await written;
  await ended.end();
  expect(await countOf(database.url)).toBe(1_200);
  await Promise.all([...subgraphs, sealer].map((one) => one.destroy()));
  await database.drop();
}, 60_000);

async function countOf(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    `SELECT ((SELECT sum(times) FROM audit.entry) + (SELECT coalesce(sum(times), 0) FROM audit.refusal))::int AS total`,
  );
  await client.end();
  return rows[0].total;
}
