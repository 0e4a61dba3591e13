import "reflect-metadata";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { loadDemo } from "../../exchange/demo/load";
import { startEmbeddedPostgres } from "../../exchange/postgres/embedded";
import { migrate } from "../../migrations/migrate";
import { databaseAt, EMPTY, WORLD } from "./database";

/**
 * One real PostgreSQL for the whole run, and two template databases in it: migrated and empty, and with the demo world.
 * Every test file clones the one it needs. `TEST_DATABASE_URL` runs the same on a PostgreSQL of yours (>= 15).
 */
export default async function setup(): Promise<void> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => undefined } : await startOwn();
  process.env.ACCORD_TEST_SERVER = server.url;
  (globalThis as { stopTestServer?: () => Promise<void> }).stopTestServer = server.stop;
  await create(server.url, EMPTY);
  await migrate(databaseAt(server.url, EMPTY));
  await create(server.url, WORLD, EMPTY);
  await loadDemo(databaseAt(server.url, WORLD));
}

async function startOwn(): Promise<{ url: string; stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), "accord-test-"));
  const postgres = await startEmbeddedPostgres({ dataDir, ephemeral: true });
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function create(url: string, name: string, template = "template1"): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  await client.end();
}
