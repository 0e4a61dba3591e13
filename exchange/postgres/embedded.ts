import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { StartError } from "../start-error";
import { accountFor } from "./account";
import { findBinaries } from "./binaries";
import { clusterIn, ensureCluster, homeIn, OWNER, passwordIn, type Setup } from "./cluster";
import { findHolder, type Holder, isAlive } from "./lock";
import { LaunchFailure, launch, type Server } from "./server";

export interface EmbeddedPostgres {
  url: string;
  /** Also ends every connection. Until then the server keeps this process running. */
  stop(): Promise<void>;
}

const DATABASE = "accord";

/** Starts (initialising the folder if empty) a PostgreSQL on 127.0.0.1 with its data under dataDir. */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  ephemeral?: boolean;
}): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const server = await start(dataDir, options.ephemeral ?? false).catch((error) => {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `Accord cannot keep its data in ${dataDir}: ${messageOf(error)}. Set ACCORD_DATA elsewhere.`,
    );
  });
  try {
    return { url: await openDatabase(server.port, passwordIn(homeIn(dataDir))), stop: server.stop };
  } catch (error) {
    await server.stop();
    throw new StartError(
      `PostgreSQL in ${dataDir} started but cannot be used: ${messageOf(error)}`,
    );
  }
}

async function start(dataDir: string, ephemeral: boolean): Promise<Server> {
  mkdirSync(dataDir, { recursive: true });
  const account = accountFor(homeIn(dataDir));
  const setup = { dataDir, account, ephemeral, binaries: await findBinaries(account) };
  await ensureCluster(setup);
  return startAlone(setup);
}

/** A server that is just ending, or a port that was just taken, deserves a second look; longer ones are no accident. */
const PATIENCE = 5_000;
const PASSING = /lock file|shared memory block|could not create any TCP/;

async function startAlone(setup: Setup): Promise<Server> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const patient = Date.now() < deadline;
    const holder = findHolder(clusterIn(homeIn(setup.dataDir)));
    if (holder && !(patient && isLeaving(holder))) throw alreadyRunning(setup.dataDir, holder);
    if (!holder) {
      try {
        return await launch(setup);
      } catch (error) {
        if (!(error instanceof LaunchFailure)) throw error;
        if (!patient || !PASSING.test(error.message)) throw couldNotStart(setup.dataDir, error);
      }
    }
    await sleep(100);
  }
}

/**
 * A server whose Accord was killed is on its way out, and is told so once more in case it has not heard. One that was
 * started by other means is left alone.
 */
function isLeaving(holder: Holder): boolean {
  if (holder.status === "stopping") return true;
  if (holder.accord === undefined || isAlive(holder.accord)) return false;
  try {
    process.kill(holder.pid, "SIGINT");
  } catch {
    // It has ended on its own.
  }
  return true;
}

function alreadyRunning(dataDir: string, { accord, pid }: Holder): StartError {
  return new StartError(
    `Another Accord is already running on ${dataDir} (process ${accord ?? pid}). Stop it first, or set ACCORD_DATA to another folder.`,
  );
}

function couldNotStart(dataDir: string, failure: LaunchFailure): StartError {
  return new StartError(
    `PostgreSQL in ${dataDir} did not start: ${failure.message}. See postgres.log in that folder.`,
  );
}

/** One real session before anybody is told the address: only that proves the password and the catalogue. */
async function openDatabase(port: number, password: string): Promise<string> {
  const server = {
    host: "127.0.0.1",
    port,
    user: OWNER,
    password,
    ssl: false,
    connectionTimeoutMillis: 10_000,
  };
  const client = new Client({ ...server, database: "postgres" });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [
      DATABASE,
    ]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
  return `postgres://${OWNER}:${password}@127.0.0.1:${port}/${DATABASE}`;
}

const messageOf = (error: unknown) => String((error as Error).message);
