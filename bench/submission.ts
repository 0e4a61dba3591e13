import { execFile } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import pino from "pino";
import { loadDemo } from "../exchange/demo/load";
import { startExchange } from "../exchange/exchange";
import { startEmbeddedPostgres } from "../exchange/postgres/embedded";
import { migrate } from "../migrations/migrate";
import { linesOf } from "./figures";

/**
 * `accord submit` of small and large files: how long it takes, and how much memory the exchange has had at the most. The
 * database is a process of its own and not counted; the exchange is this one.
 */
const FILES = [
  { name: "one year", years: [2014, 2014] },
  { name: "eleven years", years: [2015, 2025] },
] as const;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "accord-bench-"));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, "data") });
  try {
    await migrate(postgres.url);
    await loadDemo(postgres.url);
    const exchange = await startExchange({
      port: 0,
      databaseUrl: postgres.url,
      logger: pino({ level: "warn" }),
    });
    print("idle", "");
    for (const { name, years } of FILES) {
      const file = join(folder, `${years[0]}-${years[1]}.csv`);
      await pipeline(Readable.from(linesOf(years[0], years[1])), createWriteStream(file));
      const size = `${(statSync(file).size / 1e6).toFixed(1)} MB`;
      print(`${name}, ${size}, dry run`, await submit(exchange.url, file, ["--dry-run"]));
      print(`${name}, ${size}, submitted`, await submit(exchange.url, file, []));
    }
    await exchange.stop();
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As an officer does it, by the command line and in a process of its own. */
async function submit(url: string, file: string, more: readonly string[]): Promise<string> {
  const start = performance.now();
  const command = [
    "-r",
    "@swc-node/register",
    join(__dirname, "..", "cli", "main.ts"),
    "submit",
    file,
  ];
  const access = ["--url", url, "--client-id", "irn-officer", "--client-secret", "demo"];
  const said = ["--reason", "first delivery", "--comment", "generated for a measurement"];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...command, ...access, ...said, ...more],
    {
      maxBuffer: 1 << 26,
    },
  );
  return `${((performance.now() - start) / 1000).toFixed(1)} s, ${stdout.split("\n")[0]}`;
}

function print(what: string, took: string): void {
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(
    `${what.padEnd(34)} peak RSS so far ${String(peak).padStart(4)} MB  ${took}\n`,
  );
}

void main();
