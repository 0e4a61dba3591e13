import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import pino from "pino";
import { Pool as HttpPool } from "undici";
import { startExchange } from "../exchange/exchange";
import { startEmbeddedPostgres } from "../exchange/postgres/embedded";
import { migrate } from "../migrations/migrate";
import { startUnlogged } from "./unlogged";
import { INDICATORS, loadBenchWorld, REPORTERS, VIEWER } from "./world";

/**
 * `Compare` for 12 reporters × 6 indicators × 12 quarters (864 cells), as a partner that may see all of it through a
 * multilateral agreement, against SQL and JSON written by hand over HTTP: no GraphQL, no authorization, same figures.
 * Pairs in one run, medians, and the ratio: absolute times are this machine's and this minute's.
 */
const FROM = "2015-Q1";
const TO = "2017-Q4";
const WARM_UP = 60;
const ROUNDS = 300;

const QUERY = `query Compare($reporters: [CountryCode!]!, $indicators: [ID!]!, $from: Period!, $to: Period!, $by: [Dimension!]) {
  series(reporters: $reporters, indicators: $indicators, from: $from, to: $to, by: $by) {
    reporter { code name } indicator { code name unit definition } citizenship { code name }
    periods values statuses withheld { reason message }
  }
}`;

const BY_HAND = `
SELECT json_agg(s)::text AS body FROM (
  SELECT json_build_object('code', t.owner, 'name', c.name) AS reporter,
         json_build_object('code', t.indicator, 'name', i.name, 'unit', i.unit, 'definition', i.definition) AS indicator,
         json_agg(t.period ORDER BY t.period) AS periods, json_agg(t.values[1] ORDER BY t.period) AS values,
         json_agg(t.statuses[1] ORDER BY t.period) AS statuses
  FROM indicators.released_table t
  JOIN (SELECT DISTINCT ON (code) * FROM indicators.indicator ORDER BY code, version DESC) i ON i.code = t.indicator
  JOIN countries.country c ON c.code = t.owner
  WHERE t.owner = ANY ($1) AND t.indicator = ANY ($2) AND t.control = 'NONE' AND t.dimensions = '{}'
    AND t.period_start >= '2015-01-01' AND t.period_end <= '2018-01-01'
  GROUP BY t.owner, c.name, t.indicator, i.name, i.unit, i.definition ORDER BY t.owner, t.indicator) s`;

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "accord-bench-"));
  const postgres = await startEmbeddedPostgres({ dataDir });
  try {
    await migrate(postgres.url);
    await loadBenchWorld(postgres.url);
    await measure(postgres.url);
  } catch (error) {
    // Said before the database goes: what is cut off then fails louder.
    process.stderr.write(`${(error as Error).stack}\n`);
    process.exitCode = 1;
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(databaseUrl: string): Promise<void> {
  const exchange = await startExchange({ port: 0, databaseUrl, logger: pino({ level: "warn" }) });
  const byHand = await startByHand(databaseUrl);
  const token = await tokenOf(exchange.url);
  const variables = { reporters: REPORTERS, indicators: INDICATORS, from: FROM, to: TO, by: [] };
  const body = JSON.stringify({ query: QUERY, variables });
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const accord = client(exchange.url, "/graphql", body, headers);
  const baseline = client(byHand.url, "/compare", JSON.stringify(variables), {
    "content-type": "application/json",
  });
  checkSame(await accord.send(), await baseline.send());
  const bare = await startUnlogged(databaseUrl, "PAK");
  const bareHeaders = { ...headers, authorization: `Bearer ${await tokenOf(bare.url)}` };
  const unlogged = client(bare.url, "/graphql", body, bareHeaders);
  checkSame(await unlogged.send(), await baseline.send());
  const times = await rounds([baseline.send, accord.send, unlogged.send]);
  report(times as [number[], number[], number[]]);
  await Promise.all([accord.close(), baseline.close(), unlogged.close()]);
  await Promise.all([exchange.stop(), byHand.stop(), bare.stop()]);
}

interface ByHand {
  url: string;
  stop(): Promise<void>;
}

async function startByHand(databaseUrl: string): Promise<ByHand> {
  const pool = new Pool({ connectionString: databaseUrl, max: 5 });
  const server: Server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { reporters, indicators } = JSON.parse(body);
    const { rows } = await pool.query({
      name: "compare",
      text: BY_HAND,
      values: [reporters, indicators],
    });
    response.writeHead(200, { "content-type": "application/json" }).end(rows[0].body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await pool.end();
    },
  };
}

async function tokenOf(url: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: VIEWER,
    client_secret: "demo",
  });
  const answer = (await (await fetch(`${url}/oauth/token`, { method: "POST", body })).json()) as {
    access_token: string;
  };
  return answer.access_token;
}

function client(origin: string, path: string, body: string, headers: Record<string, string>) {
  const pool = new HttpPool(origin, { connections: 1 });
  return {
    async send(): Promise<string> {
      const { body: answer } = await pool.request({ path, method: "POST", body, headers });
      return answer.text();
    },
    close: () => pool.close(),
  };
}

/** A benchmark of two different answers would measure nothing. */
function checkSame(accord: string, byHand: string): void {
  const figures = (series: { values: unknown[] }[]) => series.flatMap(({ values }) => values);
  const ours = figures(JSON.parse(accord).data.series);
  const theirs = figures(JSON.parse(byHand));
  const cells = REPORTERS.length * INDICATORS.length * 12;
  if (
    ours.length !== cells ||
    theirs.length !== cells ||
    JSON.stringify(ours) !== JSON.stringify(theirs)
  ) {
    throw new Error(
      `The two answers differ: ${ours.length} and ${theirs.length} of ${cells} cells.`,
    );
  }
}

/** Taking turns, so that whatever else the machine does hits all of them; the order turns too. */
async function rounds(sends: readonly (() => Promise<string>)[]): Promise<number[][]> {
  const times = sends.map((): number[] => []);
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (let turn = 0; turn < sends.length; turn++) {
      const at = (round + turn) % sends.length;
      const time = await timed(sends[at] as () => Promise<string>);
      if (round >= WARM_UP) times[at]?.push(time);
    }
  }
  return times;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

function report([byHand, accord, unlogged]: [number[], number[], number[]]): void {
  const ratio = (one: number[], other: number[]) =>
    median(one.map((time, at) => time / (other[at] as number)));
  const line = (name: string, times: readonly number[]) =>
    `${name.padEnd(34)} median ${median(times).toFixed(2)} ms\n`;
  process.stdout.write(`Compare, 864 cells, ${ROUNDS} rounds over HTTP on one connection each\n`);
  process.stdout.write(
    line("hand-written SQL and JSON", byHand) + line("Accord, as a partner", accord),
  );
  process.stdout.write(line("Accord, no log, grants not read", unlogged));
  process.stdout.write(`Accord / by hand                   ${ratio(accord, byHand).toFixed(2)}\n`);
  process.stdout.write(
    `log and grants add                 ${((ratio(accord, unlogged) - 1) * 100).toFixed(1)} %\n`,
  );
}

void main();
