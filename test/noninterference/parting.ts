/**
 * Two worlds of one viewer: copies of one database, in which from here on different things happen that the viewer may
 * not see. What a partner may see is taken from the published files and the rules (test/support/expectation.ts).
 */
import { generateKeyPairSync } from "node:crypto";
import { Client } from "pg";
import type { Exchange, ExchangeOptions } from "../../exchange/exchange";
import { cloneDatabase, type TestDatabase, WORLD } from "../support/database";
import { type ExchangeUnderTest, openExchangeOn } from "../support/exchange-under-test";
import { AUDITOR, READERS } from "../support/people";
import { serve } from "../support/served";
import { before } from "./before";
import { hide } from "./hidden";
import { hideFigures } from "./hidden.figures";
import { type Names, namesIn } from "./names";
import type { Side } from "./reply";

/** One for all: a log's export names the keys of its heads. */
const logKey = generateKeyPairSync("ed25519").privateKey;
/** The sealer's (shared/audit/sealer.ts). When a head is signed is chance; while this is held, none is. */
const SEALER_LOCK = 7_206_732;

export interface World extends Side {
  readonly sql: Client;
  stop(): Promise<void>;
}

/** The world in which all have acted already; its log is sealed. Nobody is connected to it. */
export async function commonWorld(): Promise<TestDatabase> {
  const database = await cloneDatabase(WORLD);
  const exchange = await openExchangeOn(database, { logKey });
  await before(exchange);
  await exchange.leave(); // seals what is left
  return database;
}

export interface Parted {
  readonly viewer: string;
  readonly clients: readonly (string | null)[];
  readonly a: World;
  readonly b: World;
  /** How often it asked, and how often the question was none: what validation refuses tells nothing of the worlds. */
  readonly tally: { asked: number; invalid: number; readonly answered: Set<string> };
  stop(): Promise<void>;
}

export async function part(common: TestDatabase, viewer: string): Promise<Parted> {
  const parted = Date.now();
  const [a, b] = await Promise.all([
    open(common, parted, viewer),
    open(common, parted, viewer, alone),
  ]);
  const stop = async () => void (await Promise.all([a.stop(), b.stop()]));
  try {
    await hideFigures(viewer, a, b);
    await hide(viewer, b);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    viewer,
    clients: clientsOf(viewer),
    a,
    b,
    tally: { asked: 0, invalid: 0, answered: new Set() },
    stop,
  };
}

/** In a process of its own: what a process remembers of one world, the other must not be told. */
async function alone({ databaseUrl }: ExchangeOptions): Promise<Exchange> {
  const { url, stop } = await serve(
    databaseUrl,
    logKey.export({ type: "pkcs8", format: "pem" }).toString(),
  );
  return { url, subgraphs: [], stop };
}

async function open(
  common: TestDatabase,
  parted: number,
  viewer: string,
  start?: typeof alone,
): Promise<World> {
  const database = await cloneDatabase(common.name);
  const sql = new Client({ connectionString: database.url });
  await sql.connect();
  await sql.query("SELECT pg_advisory_lock($1)", [SEALER_LOCK]);
  const old = new Set([...idsIn(await namesIn(sql)), ...(await revisionsIn(sql))]);
  const exchange = await openExchangeOn(database, { logKey, poolSize: 3 }, start);
  return {
    exchange,
    sql,
    old,
    parted,
    told: TOLD[viewer] ?? null,
    stop: () => stop(exchange, sql),
  };
}

/** The auditor is told how long each log is, and nothing of what stands in it. */
const TOLD: Readonly<Record<string, RegExp>> = { AUDITOR: /(?<="(?:entries|unsealed)":)\d+/g };

const revisionsIn = async (sql: Client): Promise<string[]> =>
  (await sql.query("SELECT DISTINCT revision::text FROM cooperation.request")).rows.map(
    ({ revision }) => revision,
  );
const idsIn = (names: Names): Set<string> => new Set([...names.values()].flat());

async function stop(exchange: ExchangeUnderTest, sql: Client): Promise<void> {
  await sql.end();
  await exchange.stop();
}

/** All people of the viewer: what is hidden is hidden from each of them. */
function clientsOf(viewer: string): (string | null)[] {
  const single = viewer === "AUDITOR" ? AUDITOR : READERS.get(viewer);
  if (single === undefined) return [null];
  const posts = ["analyst", "officer", "approver"].map((post) => `${viewer.toLowerCase()}-${post}`);
  return posts.includes(single) ? posts : [single];
}
