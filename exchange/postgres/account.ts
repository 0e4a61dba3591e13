import { spawnSync } from "node:child_process";
import { lstatSync, readFileSync } from "node:fs";
import { StartError } from "../start-error";

/** The user PostgreSQL runs as. It refuses to run as root, so root has to lend it a lesser one. */
export interface Account {
  uid: number;
  gid: number;
  name: string;
}

/**
 * Undefined means "as I am": the caller is an ordinary user (or on Windows, where PostgreSQL sees to it itself).
 *
 * Who owns a folder from an earlier start stays its user: PostgreSQL refuses a data folder that is not its own, so
 * data begun by an ordinary user, or before a `postgres` user was installed, must not change hands under root.
 */
export function accountFor(folder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = lstatSync(folder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `uid ${owner.uid}` };
  const account = listedAccount("postgres") ?? listedAccount("nobody");
  if (account) return account;
  throw new StartError(
    "PostgreSQL does not run as root and /etc/passwd lists neither postgres nor nobody: start Accord as an ordinary user.",
  );
}

function listedAccount(name: string): Account | undefined {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  if (!(Number(uid) > 0 && Number(gid) > 0)) return undefined;
  return { name, uid: Number(uid), gid: Number(gid) };
}

/**
 * What every PostgreSQL program is spawned with.
 *
 * The environment is made anew: an inherited LANG would change the language of the messages read back from the log,
 * a PGPORT or PGOPTIONS the server itself.
 */
export function spawnAs(account: Account | undefined) {
  const { PATH, SystemRoot, TEMP } = process.env;
  const env = { PATH, SystemRoot, TEMP, LC_ALL: "C", TZ: "UTC" };
  return account
    ? { env, uid: account.uid, gid: account.gid, windowsHide: true }
    : { env, windowsHide: true };
}

/**
 * The name under which a program that is spawned *inside* the folder can open it.
 *
 * Under a folder of mode 700 (a checkout in /root) the lesser user cannot walk the path. Its working directory, set
 * while the spawned child is still root, it may open all the same, and Linux names that /proc/self/cwd.
 */
export function nameFromInside(folder: string, account: Account | undefined): string {
  if (!account || canEnter(folder, account)) return folder;
  if (process.platform === "linux") return "/proc/self/cwd";
  throw new StartError(
    `User ${account.name} cannot reach ${folder}: set ACCORD_DATA to a folder outside of private ones, or start Accord as an ordinary user.`,
  );
}

/** Asks the kernel instead of adding up mode bits, which would miss groups, ACLs and mount options. */
function canEnter(folder: string, account: Account): boolean {
  return (
    spawnSync("/bin/sh", ["-c", 'cd "$0"', folder], {
      ...spawnAs(account),
      cwd: "/",
      stdio: "ignore",
    }).status === 0
  );
}
