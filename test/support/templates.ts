import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { loadDemo } from "../../exchange/demo/load";
import { startEmbeddedPostgres } from "../../exchange/postgres/embedded";
import { migrate } from "../../migrations/migrate";
import { databaseAt } from "./database";

/**
 * Two template databases, migrated and empty, and with the demo world, are made once for each state of the sources that they
 * come from: some 30 s of CPU. They are kept under the digest of those sources, so that they are never stale.
 */
const ROOT = join(__dirname, "..", "..");
const SOURCES = ["migrations", "exchange", "shared", "subgraphs", "package-lock.json"];
const CACHE = join(ROOT, "node_modules", ".cache", "accord-test-clusters");
/** Of how many states of the sources the clusters are kept; 100 MB each. */
const KEPT = 3;

export interface Templates {
  /** Migrated, without data. */
  empty: string;
  /** With the demo world. */
  world: string;
}

/** SHA-256 over names and bytes of every file that the templates depend on, as hexadecimal. */
export function digestOfSources(): string {
  const hash = createHash("sha256");
  for (const source of SOURCES) add(hash, source);
  return hash.digest("hex");
}

function add(hash: ReturnType<typeof createHash>, path: string): void {
  const full = join(ROOT, path);
  if (!statSync(full).isDirectory()) {
    hash.update(`${path}\0`).update(readFileSync(full)).update("\0");
    return;
  }
  for (const name of readdirSync(full).sort()) add(hash, `${path}/${name}`);
}

/** On a server of the caller's: databases named after the digest, made unless they are there. */
export async function templatesOn(server: string): Promise<Templates> {
  const digest = digestOfSources().slice(0, 12);
  const templates = { empty: `accord_test_empty_${digest}`, world: `accord_test_world_${digest}` };
  await withLock(server, async (client) => {
    const { rows } = await client.query(
      "SELECT FROM pg_database WHERE datname = $1 AND datistemplate",
      [templates.world],
    );
    if (rows.length === 0) await make(client, server, templates);
  });
  return templates;
}

/** Two runs that start at once on one server take turns. */
const LOCK = 7_206_732;

async function withLock(server: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    await work(client);
  } finally {
    await client.end();
  }
}

/** A database is marked as a template when it is complete; what an interrupted run has left is made anew. */
async function make(client: Client, server: string, { empty, world }: Templates): Promise<void> {
  for (const name of [empty, world]) {
    await client.query(`DO $$ BEGIN UPDATE pg_database SET datistemplate = false
      WHERE datname = '${name}'; END $$`);
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
  await client.query(`CREATE DATABASE ${empty}`);
  await migrate(databaseAt(server, empty));
  await client.query(`CREATE DATABASE ${world} TEMPLATE ${empty}`);
  await loadDemo(databaseAt(server, world));
  for (const name of [empty, world]) await client.query(`ALTER DATABASE ${name} IS_TEMPLATE true`);
}

/** A copy of the embedded cluster with both templates in `dataDir`, which is empty. */
export async function clusterWithTemplates(dataDir: string): Promise<void> {
  const kept = join(CACHE, digestOfSources());
  if (!existsSync(kept)) await makeCluster(kept);
  const now = new Date();
  utimesSync(kept, now, now);
  copy(join(kept, "postgres"), join(dataDir, "postgres"));
  dropOld();
}

/** Made beside its final name and renamed when the server has ended: nobody ever copies half a cluster. */
async function makeCluster(kept: string): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const draft = mkdtempSync(`${kept}.`);
  try {
    const postgres = await startEmbeddedPostgres({ dataDir: draft, ephemeral: true });
    try {
      await templatesOn(postgres.url);
    } finally {
      await postgres.stop();
    }
    renameSync(draft, kept);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(kept)) throw error; // else another run has been quicker
  }
}

/** PostgreSQL asks for the modes of its folders, which `cp -a` keeps and Node's own copy does not. */
function copy(from: string, to: string): void {
  if (process.platform === "win32") cpSync(from, to, { recursive: true });
  else execFileSync("cp", ["-a", from, to]);
}

function dropOld(): void {
  const byAge = readdirSync(CACHE)
    .map((name) => join(CACHE, name))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  for (const old of byAge.slice(KEPT)) rmSync(old, { recursive: true, force: true });
}
