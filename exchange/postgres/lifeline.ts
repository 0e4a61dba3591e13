import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import type { Socket } from "node:net";

/**
 * Spawns a program that is interrupted (for PostgreSQL: the fast, clean shutdown) when this process ends in any way.
 *
 * A killed Node runs no handler. A PostgreSQL that outlived it would hold the data folder, and with it block every
 * later start. In a session of its own the program does not hear the terminal's Ctrl-C, which would take the database
 * away under requests that are still being answered.
 */
export function spawnTied(program: string, args: string[], options: SpawnOptions): ChildProcess {
  const apart = { ...options, detached: process.platform !== "win32" };
  // The kernel's own way; it is bound to the thread that spawns, so this must not be called from a worker thread.
  if (canSetDeathSignal()) return spawn("setpriv", ["--pdeathsig", "INT", program, ...args], apart);
  const child = spawn(program, args, apart);
  if (child.pid !== undefined) guard(child, child.pid);
  return child;
}

/** By trying: the setpriv of BusyBox, and of util-linux before 2.33, has no such option. */
function canSetDeathSignal(): boolean {
  if (process.platform !== "linux") return false;
  return spawnSync("setpriv", ["--pdeathsig", "INT", "true"], { stdio: "ignore" }).status === 0;
}

const WATCH =
  'process.stdin.resume().on("end", () => process.kill(Number(process.argv[1]), "SIGINT"));';

/** A second small Node whose stdin closes with us. It costs 40 MB, so it is only the way out without setpriv. */
function guard(child: ChildProcess, pid: number): void {
  const watchdog = spawn(process.execPath, ["-e", WATCH, String(pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    env: { SystemRoot: process.env.SystemRoot }, // not NODE_OPTIONS: a debugger's port is already taken by us
    detached: true,
    windowsHide: true,
  });
  watchdog.on("error", () => undefined);
  watchdog.unref();
  (watchdog.stdin as Socket | null)?.unref();
  // Left alone it would one day interrupt whichever process has been given the same number.
  child.once("exit", () => watchdog.kill("SIGKILL"));
}
