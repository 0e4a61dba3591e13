import "reflect-metadata";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../../exchange/postgres/embedded";
import { clusterWithTemplates, templatesOn } from "./templates";

/**
 * One real PostgreSQL for the whole run, with the template databases that test files clone. `TEST_DATABASE_URL` runs the same
 * on a PostgreSQL of yours (>= 15), where they are kept under a name of their own.
 */
export default async function setup(): Promise<void> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => undefined } : await startOwn();
  (globalThis as { stopTestServer?: () => Promise<void> }).stopTestServer = server.stop;
  process.env.ACCORD_TEST_SERVER = server.url;
  const { empty, world } = await templatesOn(server.url);
  process.env.ACCORD_TEST_EMPTY = empty;
  process.env.ACCORD_TEST_WORLD = world;
}

async function startOwn(): Promise<{ url: string; stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), "accord-test-"));
  await clusterWithTemplates(dataDir);
  const postgres = await startEmbeddedPostgres({ dataDir, ephemeral: true });
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
