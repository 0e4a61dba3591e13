import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../exchange/postgres/embedded";
import { isAlive } from "../../exchange/postgres/lock";
import { StartError } from "../../exchange/start-error";

const REPOSITORY = join(__dirname, "../..");
const folders: string[] = [];
const started: EmbeddedPostgres[] = [];
const parents: ChildProcess[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
  for (const parent of parents.splice(0)) parent.kill();
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Mode 700 is what a private folder has: as root, PostgreSQL's own user cannot walk through it. */
function freshFolder(mode = 0o755): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "accord-embedded-")));
  chmodSync(folder, mode);
  folders.push(folder);
  return folder;
}

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, ephemeral: true });
  started.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[][]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: "array" });
    return rows;
  } finally {
    await client.end();
  }
}

/** The server and its helpers, by parentage: their working directory is not for everyone to see. */
function familyOf(server: number): number[] {
  const all = existsSync("/proc/self/stat") ? parentsByProc() : parentsByPs();
  return [server, ...all.filter(([, parent]) => parent === server).map(([pid]) => pid)];
}

function parentsByProc(): [number, number][] {
  const pids = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
  return pids.map((pid) => {
    const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "utf8") : "";
    return [Number(pid), Number(/\) \w (\d+)/.exec(stat)?.[1])];
  });
}

function parentsByPs(): [number, number][] {
  const { stdout } = spawnSync("ps", ["-axo", "pid=,ppid="], { encoding: "utf8" });
  return stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
}

async function survivors(family: number[], within: number): Promise<number[]> {
  const deadline = Date.now() + within;
  while (family.some(isAlive) && Date.now() < deadline) await sleep(50);
  return family.filter(isAlive);
}

/** The signal is sent at once, but the end of a large process takes its while. */
async function kill(...pids: number[]): Promise<void> {
  for (const pid of pids) process.kill(pid, "SIGKILL");
  expect(await survivors(pids, 5_000)).toEqual([]);
}

/**
 * Another Node that starts the server. Its parent reaps nobody, as in many a container: killed, it stays in the process
 * table and must not pass for alive.
 */
async function startElsewhere(
  dataDir: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Elsewhere> {
  const code = `require("./exchange/postgres/embedded.ts")
    .startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} })
    .then(({ url }) => console.log(process.pid, url));`;
  const node = [process.execPath, "-r", "@swc-node/register", "-e", code];
  const parent = spawn("/bin/sh", ["-c", '"$0" "$@" & exec /bin/sleep 300', ...node], {
    cwd: REPOSITORY,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  parents.push(parent);
  const [line] = await once(parent.stdout, "data");
  const [pid, url] = String(line).trim().split(" ");
  return { pid: Number(pid), url: String(url), server: serverIn(dataDir) };
}

interface Elsewhere {
  pid: number;
  url: string;
  server: number;
}

const pidFileIn = (dataDir: string) => join(dataDir, "postgres/cluster/postmaster.pid");
const serverIn = (dataDir: string) =>
  Number(readFileSync(pidFileIn(dataDir), "utf8").split("\n")[0]);

describe("an embedded PostgreSQL", () => {
  test.each([
    ["an open folder", 0o755],
    ["a private folder", 0o700],
  ])("keeps its data over a restart in %s", async (_, mode) => {
    const dataDir = join(freshFolder(mode), "data");
    const first = await start(dataDir);
    await query(first.url, "CREATE TABLE kept AS SELECT 'ä' AS letter");
    const family = familyOf(serverIn(dataDir));
    expect(family.length).toBeGreaterThan(4);
    await first.stop();
    expect(family.filter(isAlive)).toEqual([]);

    const second = await start(dataDir);
    expect(await query(second.url, "SELECT letter FROM kept")).toEqual([["ä"]]);
    expect(statSync(join(dataDir, "postgres/password")).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir).sort()).toEqual(["postgres", "postgres.log"]);
  });

  test("is set up as promised", async () => {
    const { url } = await start(join(freshFolder(), "data"));
    expect(url).toMatch(/^postgres:\/\/accord_owner:\w{48}@127\.0\.0\.1:\d+\/accord$/);
    expect(
      await query(
        url,
        "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) FROM pg_database",
      ),
    ).toEqual(Array(4).fill(["b", "C.UTF-8", "UTF8"]));
    const names = [
      "listen_addresses",
      "unix_socket_directories",
      "max_connections",
      "fsync",
      "password_encryption",
    ];
    const settings = names.map((name) => `current_setting('${name}')`).join();
    expect(await query(url, `SELECT ${settings}`)).toEqual([
      ["127.0.0.1", "", "100", "off", "scram-sha-256"],
    ]);
    const forged = url.replace(/:\w{48}@/, ":wrong@");
    await expect(query(forged, "SELECT 1")).rejects.toThrow("password authentication failed");
  });

  test("refuses a second start on the same folder, and only while the first runs", async () => {
    const dataDir = join(freshFolder(), "data");
    const first = await start(dataDir);
    const refusal = await start(dataDir).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StartError);
    expect(refusal).toMatchObject({
      message: `Another Accord is already running on ${dataDir} (process ${process.pid}). Stop it first, or set ACCORD_DATA to another folder.`,
    });
    expect(await query(first.url, "SELECT 1")).toEqual([[1]]);
    // What a supervisor does: the next start does not wait for the last stop.
    const stopped = first.stop();
    await start(dataDir);
    await stopped;
  });

  test("lets one of two first starts win", async () => {
    const dataDir = join(freshFolder(), "data");
    const outcomes = await Promise.allSettled([start(dataDir), start(dataDir)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = outcomes.find((outcome) => outcome.status === "rejected");
    expect(String(refused?.reason)).toContain("Another Accord is already running");
    expect(readdirSync(dataDir).sort()).toEqual(["postgres", "postgres.log"]);
  });

  test.each([
    ["the kernel", process.env],
    ["the watchdog", { PATH: "/nonexistent" }],
  ])("ends with a killed Node by way of %s, and recovers", async (_, env) => {
    const dataDir = join(freshFolder(), "data");
    const { pid, url, server } = await startElsewhere(dataDir, env);
    await query(url, "CREATE TABLE kept AS SELECT 1 AS row");
    const session = new Client({ connectionString: url });
    session.on("error", () => undefined);
    await session.connect();
    const family = familyOf(server);
    process.kill(pid, "SIGKILL");
    expect(await survivors(family, 5_000)).toEqual([]);
    expect(await query((await start(dataDir)).url, "SELECT row FROM kept")).toEqual([[1]]);
  });

  test("starts again while the server of a killed Node is still ending", async () => {
    const dataDir = join(freshFolder(), "data");
    const { pid, url, server } = await startElsewhere(dataDir);
    await query(url, "CREATE TABLE kept AS SELECT 1 AS row");
    process.kill(server, "SIGSTOP");
    await kill(pid);
    setTimeout(() => process.kill(server, "SIGCONT"), 1_000);
    expect(await query((await start(dataDir)).url, "SELECT row FROM kept")).toEqual([[1]]);
  });

  test("recovers when server and Node are killed together, whoever has the old number now", async () => {
    const dataDir = join(freshFolder(), "data");
    const { pid, url, server } = await startElsewhere(dataDir);
    await query(url, "CREATE TABLE kept AS SELECT 1 AS row");
    const left = readFileSync(pidFileIn(dataDir), "utf8");
    await kill(server, pid);
    expect(await query((await start(dataDir)).url, "SELECT row FROM kept")).toEqual([[1]]);
    await started.pop()?.stop();

    // Under the same user, for PostgreSQL takes any living process of its own user for a server.
    const { uid, gid } = statSync(join(dataDir, "postgres"));
    const stranger = spawn("sleep", ["60"], process.getuid?.() === 0 ? { uid, gid } : {});
    writeFileSync(pidFileIn(dataDir), left.replace(/^\d+/, String(stranger.pid)));
    expect(await query((await start(dataDir)).url, "SELECT row FROM kept")).toEqual([[1]]);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    stranger.kill();
  });

  test("recovers from an initdb that was cut short", async () => {
    const dataDir = join(freshFolder(), "data");
    const code = `require("./exchange/postgres/embedded.ts").startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} })`;
    const maker = spawn(process.execPath, ["-r", "@swc-node/register", "-e", code], {
      cwd: REPOSITORY,
    });
    for (let waits = 0; waits < 1_000 && !isUnderWay(dataDir); waits++) await sleep(10);
    expect(isUnderWay(dataDir)).toBe(true);
    maker.kill("SIGKILL");
    await once(maker, "exit");
    expect(existsSync(join(dataDir, "postgres"))).toBe(false);
    const { url } = await start(dataDir);
    expect(await query(url, "SELECT 1")).toEqual([[1]]);
    expect(readdirSync(dataDir).sort()).toEqual(["postgres", "postgres.log"]);
  });

  test("says in one line what the operator can mend", async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, "file"), "");
    await expect(start(join(folder, "file"))).rejects.toThrow(
      /^Accord cannot keep its data in .*ACCORD_DATA/,
    );

    const dataDir = join(folder, "data");
    await (await start(dataDir)).stop();
    writeFileSync(join(dataDir, "postgres/cluster/PG_VERSION"), "9\n");
    const failure = await start(dataDir).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartError);
    expect(String(failure)).toMatch(
      /did not start: database files are incompatible with server\. See postgres\.log/,
    );
  });
});

function isUnderWay(dataDir: string): boolean {
  if (!existsSync(dataDir)) return false;
  const draft = readdirSync(dataDir).find((name) => name.startsWith("postgres.init-"));
  return draft !== undefined && existsSync(join(dataDir, draft, "cluster/postgresql.conf"));
}
