import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { startExchange } from "../exchange/exchange";
import { startEmbeddedPostgres } from "../exchange/postgres/embedded";
import { migrate, openAsOwner } from "../migrations/migrate";
import { fillLog, type LogSizes } from "./log-world";

/**
 * Who looked, in a long log: a page of it, its length, its verification and its export, through the whole exchange, as the owner's
 * approver asks. `npm run bench:log -- 1000000 4000000`: entries of the owner, and of others.
 */
const CLIENT = "aut-approver";
const ROUNDS = 15;

const PAGES: Readonly<Record<string, string>> = {
  "a page of 20": "first: 20",
  "of one viewer": `first: 20, viewer: "UNODC"`,
  "of a viewer who is not in it": `first: 20, viewer: "BGD"`,
  "of refusals": "first: 20, outcome: DENIED",
  "of one indicator": `first: 20, indicator: "REF"`,
  "of an indicator that is not in it": `first: 20, indicator: "THB"`,
  "of a past month": `first: 20, from: "2025-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z"`,
};
const PAGE = (args: string, fields = "nodes { at requestId times } pageInfo { endCursor }") =>
  `{ disclosures(${args}) { ${fields} } }`;
const VERIFY = `query ($after: String) { verifyDisclosureLog(after: $after) { valid entries next faults { code } } }`;

async function main(): Promise<void> {
  const [own = 1_000_000, others = 4_000_000] = process.argv.slice(2).map(Number);
  const dataDir = mkdtempSync(join(tmpdir(), "accord-bench-"));
  const postgres = process.env.DATABASE_URL ? null : await startEmbeddedPostgres({ dataDir });
  const url = process.env.DATABASE_URL ?? (postgres?.url as string);
  try {
    await migrate(url);
    await prepare(url, { own, others });
    await measure(url, own);
  } catch (error) {
    process.stderr.write(`${(error as Error).stack}\n`);
    process.exitCode = 1;
  } finally {
    await postgres?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** A database that has a log already is measured as it is. */
async function prepare(url: string, sizes: LogSizes): Promise<void> {
  const dataSource = await openAsOwner(url);
  const [{ filled }] = await dataSource.query("SELECT EXISTS (SELECT FROM audit.leaf) AS filled");
  if (!filled) await timed("filling the log", () => fillLog(dataSource, sizes));
  await dataSource.destroy();
}

async function measure(databaseUrl: string, own: number): Promise<void> {
  const exchange = await startExchange({ port: 0, databaseUrl, logger: pino({ level: "warn" }) });
  const token = await tokenOf(exchange.url);
  const ask = (query: string, variables = {}) => askFor(exchange.url, token, query, variables);
  for (const [name, args] of Object.entries(PAGES))
    say(name, `${(await medianOf(() => ask(PAGE(args)))).toFixed(0)} ms in the median`);
  const { disclosures } = await ask(PAGE("first: 100"));
  const later = PAGE(`first: 20, after: "${disclosures.pageInfo.endCursor}"`);
  say("a later page", `${(await medianOf(() => ask(later))).toFixed(0)} ms in the median`);
  await timed("the total", () => ask(PAGE("first: 1", "totalCount")));
  await timed("verification", () => verify(ask, own));
  await exportLog(exchange.url, token);
  await exchange.stop();
}

interface Data {
  disclosures: { pageInfo: { endCursor: string } };
  verifyDisclosureLog: { valid: boolean; entries: number; next: string | null; faults: object[] };
}
type Ask = (query: string, variables?: object) => Promise<Data>;

async function verify(ask: Ask, own: number): Promise<void> {
  let entries = 0;
  for (let after: string | null = null, pieces = 1; ; pieces++) {
    const { verifyDisclosureLog: piece }: Data = await ask(VERIFY, { after });
    if (!piece.valid) throw new Error(`not valid: ${JSON.stringify(piece.faults)}`);
    ({ entries, next: after } = piece);
    if (after !== null) continue;
    say("verified", `${entries} entries in ${pieces} pieces`);
    if (entries !== own) process.stdout.write(`(the log has ${entries}, not ${own})\n`);
    return;
  }
}

/** `accord export-log` as a process of its own, its output counted. */
async function exportLog(url: string, token: string): Promise<void> {
  const started = performance.now();
  const child = spawn(process.execPath, ["cli/accord.cjs", "export-log", "--url", url], {
    cwd: join(__dirname, ".."),
    env: { ...process.env, ACCORD_TOKEN: token },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let lines = 0;
  for await (const chunk of child.stdout)
    for (const byte of chunk as Buffer) if (byte === 10) lines++;
  const seconds = (performance.now() - started) / 1_000;
  say(
    "export-log",
    `${lines} lines in ${seconds.toFixed(1)} s, ${Math.round(lines / seconds)} a second`,
  );
  say("resident, exchange", `${Math.round(process.memoryUsage().rss / 1e6)} MB`);
}

async function tokenOf(url: string): Promise<string> {
  const response = await fetch(`${url}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: CLIENT,
      client_secret: "demo",
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function askFor(url: string, token: string, query: string, variables: object): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)] as number;
}

async function timed(name: string, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  await work();
  say(name, `${((performance.now() - started) / 1_000).toFixed(2)} s`);
}

const say = (name: string, figure: string) => process.stdout.write(`${name.padEnd(36)}${figure}\n`);

void main();
