import { createServer } from "node:net";
import { Client } from "pg";
import { migrate } from "../migrations/migrate";
import { loadDemo } from "./demo/load";
import { StartError } from "./start-error";

const OLDEST_POSTGRES = 15;

/** Said before anything is started: a port in use is no reason to start a database first. */
export function checkPort(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", ({ code }: NodeJS.ErrnoException) => {
      const why =
        code === "EADDRINUSE" ? "is in use by another program" : `cannot be used (${code})`;
      reject(new StartError(`Port ${port} on ${host} ${why}. Choose another: PORT=4001 npm start`));
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

/** Migrated, and in the demo with its world in it. */
export async function prepareDatabase(
  url: string,
  { production }: { production: boolean },
): Promise<void> {
  await checkDatabase(url);
  await migrate(url);
  if (!production) {
    await loadDemo(url);
  } else if (await holdsDemo(url)) {
    throw new StartError(
      "This database holds the demo world. A production start needs one of its own (DATABASE_URL).",
    );
  }
}

async function checkDatabase(url: string): Promise<void> {
  const version = await query<{ version: string }>(
    url,
    "SELECT current_setting('server_version_num') AS version",
  );
  if (Number(version?.version) < OLDEST_POSTGRES * 10_000) {
    throw new StartError(
      `DATABASE_URL is a PostgreSQL older than ${OLDEST_POSTGRES}. Use ${OLDEST_POSTGRES} or newer.`,
    );
  }
}

async function holdsDemo(url: string): Promise<boolean> {
  return (await query(url, "SELECT FROM sharing.world WHERE demo")) !== undefined;
}

async function query<Row>(url: string, statement: string): Promise<Row | undefined> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError(
      `The database at DATABASE_URL cannot be reached (${code ?? "no answer"}). Is it running?`,
    );
  }
  try {
    return (await client.query(statement)).rows[0];
  } finally {
    await client.end();
  }
}
