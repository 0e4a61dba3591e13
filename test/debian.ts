/**
 * Runs the tests of policy, log, releases and journeys on Debian's PostgreSQL 15, which compiles statements (JIT) by default
 * as the image of docker-compose.yml does and the embedded server does not.
 *
 *     npm run test:debian            Debian or Ubuntu; as root it installs what is missing
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BIN = "/usr/lib/postgresql/15/bin";
const ROOT = process.getuid?.() === 0;

async function main(): Promise<void> {
  if (!existsSync(join(BIN, "postgres"))) install();
  const folder = mkdtempSync(join(tmpdir(), "accord-debian-"));
  if (ROOT) must("chown", ["postgres", folder]);
  const data = join(folder, "data");
  const port = await freePort();
  must(join(BIN, "initdb"), ["-D", data, "-U", "accord_owner", "-A", "trust", "-E", "UTF8"]);
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off -c jit=on`;
  must(join(BIN, "pg_ctl"), ["-D", data, "-w", "-l", join(folder, "log"), "-o", settings, "start"]);
  try {
    const { status } = spawnSync(
      process.execPath,
      ["-r", "@swc-node/register", "test/run.ts", "exchange", ...process.argv.slice(2)],
      {
        stdio: "inherit",
        env: {
          ...process.env,
          TEST_DATABASE_URL: `postgres://accord_owner@127.0.0.1:${port}/postgres`,
        },
      },
    );
    process.exitCode = status ?? 1;
  } finally {
    must(join(BIN, "pg_ctl"), ["-D", data, "-m", "immediate", "stop"]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function install(): void {
  if (!ROOT) throw new Error("Install the package postgresql-15, or run this as root.");
  must("apt-get", ["update", "-qq"], "root");
  must("apt-get", ["install", "-y", "-qq", "postgresql-15"], "root");
}

/** PostgreSQL refuses to run as root, so that root becomes `postgres` for its programs. */
function must(program: string, args: string[], as = "postgres"): void {
  const lend = ROOT && as !== "root" && program.startsWith(BIN);
  const [command, all] = lend
    ? ["setpriv", [`--reuid=${as}`, `--regid=${as}`, "--clear-groups", program, ...args]]
    : [program, args];
  const { status, error } = spawnSync(command, all, {
    stdio: ["ignore", "ignore", "inherit"],
    cwd: tmpdir(),
  });
  if (status !== 0) throw error ?? new Error(`${program} ended with ${status}.`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

void main();
