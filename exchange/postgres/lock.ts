import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** What postmaster.pid says; PostgreSQL writes its process on line 1 and how far it is on line 8. */
export interface PidFile {
  pid: number;
  status: string;
}

/** A PostgreSQL that holds the data folder, and the Accord it was started by. */
export interface Holder extends PidFile {
  accord: number | undefined;
}

const pidFileIn = (cluster: string) => join(cluster, "postmaster.pid");

export function readPidFile(cluster: string): PidFile | undefined {
  try {
    const lines = readFileSync(pidFileIn(cluster), "utf8").split("\n");
    return { pid: Number(lines[0]), status: lines[7]?.trim() ?? "" };
  } catch {
    return undefined;
  }
}

/** Put on the server's command line, where it also tells whoever looks at `ps` whose database that is. */
export const nameOf = (accord: number) => `accord-${accord}`;

/**
 * Who holds the data folder, if anyone.
 *
 * A file left by a killed server is removed when its number has gone to another process, or to nobody who reaps it:
 * PostgreSQL would take that one for a server and refuse to start until it ends. Other numbers are left to PostgreSQL,
 * which then also looks for processes of the old server that are still at work; without that check two servers could
 * write one folder.
 */
export function findHolder(cluster: string): Holder | undefined {
  const file = readPidFile(cluster);
  if (!file) return undefined;
  if (!(file.pid > 0)) {
    forgetUnfinished(cluster);
    return undefined;
  }
  if (standing(file.pid) !== "ours") return undefined;
  if (!servesFrom(cluster, file.pid)) {
    rmSync(pidFileIn(cluster), { force: true });
    return undefined;
  }
  const accord = /cluster_name=accord-(\d+)/.exec(commandLine(file.pid) ?? "")?.[1];
  return { ...file, accord: accord === undefined ? undefined : Number(accord) };
}

/** An empty file is just being written, or what a power failure has left: PostgreSQL cannot tell and gives up. */
function forgetUnfinished(cluster: string): void {
  const written = statSync(pidFileIn(cluster), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Date.now() - written > 3_000) rmSync(pidFileIn(cluster), { force: true });
}

function standing(pid: number): "free" | "ours" | "foreign" {
  try {
    process.kill(pid, 0);
    return "ours";
  } catch (error) {
    return codeOf(error) === "EPERM" ? "foreign" : "free";
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

/** In a container whose first process reaps nobody, a killed process keeps its number for ever, and does nothing. */
export function isAlive(pid: number): boolean {
  if (standing(pid) === "free") return false;
  try {
    return !/\) Z [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return standing(pid) !== "free"; // a system without /proc
  }
}

/**
 * A server's working directory is its data folder: compared by inode, since the path may lead over a mount or be
 * /proc/self/cwd. Root in a container usually lacks the right to look (CAP_SYS_PTRACE), other systems do not show it;
 * there any PostgreSQL counts. To refuse a start costs less than to take the lock from a server that is at work.
 */
function servesFrom(cluster: string, pid: number): boolean {
  try {
    const [theirs, ours] = [statSync(`/proc/${pid}/cwd`), statSync(cluster)];
    return theirs.dev === ours.dev && theirs.ino === ours.ino;
  } catch (error) {
    if (process.platform === "linux" && codeOf(error) !== "EACCES") return false; // it has ended, or is a zombie
    return /^\S*postgres[\s\0]/.test(commandLine(pid) ?? "postgres ");
  }
}

function commandLine(pid: number): string | undefined {
  if (process.platform !== "linux") {
    const { status, stdout } = spawnSync("ps", ["-p", String(pid), "-o", "command="], {
      encoding: "utf8",
    });
    return status === 0 ? stdout : undefined;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return undefined; // it has just ended
  }
}
