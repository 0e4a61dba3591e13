import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { cloneDatabase, EMPTY, WORLD } from "../support/database";

const ROOT = join(__dirname, "..", "..");
const RUNNING = "Ctrl-C stops all of it";

interface Start {
  child: ChildProcess;
  /** Standard output and error together, so far. */
  output(): string;
  /** Resolves when the text has been printed; fails if the process ends first. */
  says(text: string): Promise<void>;
  ended: Promise<{ code: number | null; output: string }>;
}

/** The command behind `npm start`, without npm in between so that a signal reaches it alone. */
function start(environment: Record<string, string>): Start {
  const { NODE_ENV: _, DATABASE_URL: __, ...inherited } = process.env;
  const child = spawn(process.execPath, ["-r", "@swc-node/register", "exchange/main.ts"], {
    cwd: ROOT,
    env: { ...inherited, PORT: "0", ...environment },
  });
  let output = "";
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, output }));
  });
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => output.includes(text) && resolve();
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without saying "${text}":\n${output}`)));
    });
  return { child, output: () => output, says, ended };
}

const urlOf = (output: string): string => /GraphQL\s+(http\S+)/.exec(output)?.[1] ?? "";
const postmasterOf = (dataDir: string): number =>
  Number(
    readFileSync(join(dataDir, "postgres", "cluster", "postmaster.pid"), "utf8").split("\n")[0],
  );

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe("npm start on a bare machine", () => {
  let dataDir: string;
  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), "accord-start-"));
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  test("brings everything up, refuses a second start on its data, stops cleanly, recovers from kill -9", async () => {
    const first = start({ ACCORD_DATA: dataDir });
    await first.says(RUNNING);
    expect(first.output()).toContain('"values":[27640,258]');
    expect(first.output()).toContain('"statuses":["WITHHELD","WITHHELD"]');
    expect((await fetch(urlOf(first.output()).replace("/graphql", "/health/ready"))).status).toBe(
      200,
    );

    const second = await start({ ACCORD_DATA: dataDir }).ended;
    expect(second.code).toBe(1);
    expect(second.output.trim().split("\n")).toEqual([
      expect.stringContaining("Another Accord is already running"),
    ]);

    const postmaster = postmasterOf(dataDir);
    first.child.kill("SIGTERM");
    expect((await first.ended).code).toBe(0);
    await gone(postmaster);

    const again = start({ ACCORD_DATA: dataDir });
    await again.says(RUNNING);
    const orphan = postmasterOf(dataDir);
    again.child.kill("SIGKILL");
    await again.ended;
    await gone(orphan);

    const recovered = start({ ACCORD_DATA: dataDir });
    await recovered.says(RUNNING);
    expect(recovered.output()).toContain('"values":[27640,258]');
    recovered.child.kill("SIGINT");
    expect((await recovered.ended).code).toBe(0);
  });

  test("says in one line that its port is taken, and starts nothing", async () => {
    const blocker = await new Promise<Server>((resolve) => {
      const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
    });
    const { port } = blocker.address() as { port: number };
    const { code, output } = await start({ PORT: String(port), ACCORD_DATA: join(dataDir, "none") })
      .ended;
    blocker.close();
    expect(code).toBe(1);
    expect(output.trim()).toBe(
      `Port ${port} on 127.0.0.1 is in use by another program. Choose another: PORT=4001 npm start`,
    );
  });
});

describe("with a PostgreSQL of one's own", () => {
  test("it migrates and fills an empty database, and keeps what is there at the next start", async () => {
    const database = await cloneDatabase(EMPTY);
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query(
      "DROP SCHEMA alerts, alerts_job, audit, cooperation, countries, indicators, sharing CASCADE; DROP TABLE accord_migration",
    );
    for (const round of ["first", "second"]) {
      const running = start({ DATABASE_URL: database.url });
      await running.says(RUNNING);
      const { rows } = await client.query("SELECT count(*)::int AS figures FROM indicators.figure");
      expect([round, rows[0].figures]).toEqual([round, 33_286]);
      running.child.kill("SIGTERM");
      await running.ended;
    }
    await client.end();
    await database.drop();
  });

  test("it says in one line that the database cannot be reached", async () => {
    const { code, output } = await start({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" })
      .ended;
    expect(code).toBe(1);
    expect(output.trim()).toBe(
      "The database at DATABASE_URL cannot be reached (ECONNREFUSED). Is it running?",
    );
  });
});

describe("a production start", () => {
  const PRODUCTION = { NODE_ENV: "production" };
  const ISSUER = {
    OIDC_ISSUER: "https://login.example.org",
    OIDC_AUDIENCE: "accord",
    OIDC_JWKS_URL: "https://login.example.org/keys",
  };

  let keys: string;
  let LOG_KEY_FILE: string;
  beforeAll(() => {
    keys = mkdtempSync(join(tmpdir(), "accord-keys-"));
    LOG_KEY_FILE = join(keys, "disclosure-log.pem");
    const { privateKey } = generateKeyPairSync("ed25519");
    writeFileSync(LOG_KEY_FILE, privateKey.export({ type: "pkcs8", format: "pem" }));
  });
  afterAll(() => rmSync(keys, { recursive: true, force: true }));

  test("tells all that is missing at once", async () => {
    const { code, output } = await start(PRODUCTION).ended;
    expect(code).toBe(1);
    for (const name of [
      "DATABASE_URL",
      "OIDC_ISSUER",
      "OIDC_AUDIENCE",
      "OIDC_JWKS_URL or OIDC_JWKS_FILE",
      "LOG_KEY_FILE",
    ]) {
      expect(output).toContain(`${name} is missing`);
    }
  });

  test("refuses a database that holds the demo world", async () => {
    const database = await cloneDatabase(WORLD);
    const { code, output } = await start({
      ...PRODUCTION,
      ...ISSUER,
      LOG_KEY_FILE,
      DATABASE_URL: database.url,
    }).ended;
    await database.drop();
    expect(code).toBe(1);
    expect(output.trim()).toMatch(/^This database holds the demo world\./);
  });

  test("has no demo sign-in", async () => {
    const database = await cloneDatabase(EMPTY);
    const running = start({ ...PRODUCTION, ...ISSUER, LOG_KEY_FILE, DATABASE_URL: database.url });
    await running.says("Accord is running at");
    const url = /running at (\S+)/.exec(running.output())?.[1];
    const paths = ["/oauth/token", "/.well-known/jwks.json", "/playground/identities.json"];
    const answers = await Promise.all(
      paths.map((path) =>
        fetch(`${url}${path}`, { method: path === "/oauth/token" ? "POST" : "GET" }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    running.child.kill("SIGTERM");
    await running.ended;
    await database.drop();
  });
});
