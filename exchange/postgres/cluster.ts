import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { StartError } from "../start-error";
import { type Account, nameFromInside, spawnAs } from "./account";
import type { Binaries } from "./binaries";
import { spawnTied } from "./lifeline";
import { isAlive } from "./lock";
import { reasonIn } from "./log";

export const OWNER = "accord_owner";

/** `postgres/` below the data folder, given whole to the account: what initdb made, and the password beside it. */
export const homeIn = (dataDir: string) => join(dataDir, "postgres");
export const clusterIn = (home: string) => join(home, "cluster");
export const passwordIn = (home: string) => readFileSync(join(home, "password"), "utf8");

export interface Setup {
  dataDir: string;
  account: Account | undefined;
  binaries: Binaries;
  ephemeral: boolean;
}

/**
 * Makes the database files unless they are there.
 *
 * They are made under another name and renamed when complete. An initdb that was cut short leaves a folder in which
 * PostgreSQL can neither start nor be initialised again, and which nobody dares to delete.
 */
export async function ensureCluster(setup: Setup): Promise<void> {
  const home = homeIn(setup.dataDir);
  const found = lstatSync(home, { throwIfNoEntry: false });
  if (found) return claim(home, found.uid, setup.account);
  sweepDrafts(setup.dataDir);
  const draft = prepareDraft(setup);
  try {
    await initialise(draft, setup);
    renameSync(draft, home);
  } catch (error) {
    discard(draft);
    if (!existsSync(home)) throw error; // else another start has been quicker, and ours is not needed
  }
}

/** Files that root has copied back from a backup are root's, and the account could not open them. */
function claim(home: string, owner: number, account: Account | undefined): void {
  if (account && owner === 0) giveAway(home, account);
  if (account || process.getuid === undefined || owner === process.getuid()) return;
  throw new StartError(
    `${home} belongs to another user (uid ${owner}): start Accord as that user or as root, or set ACCORD_DATA.`,
  );
}

function giveAway(path: string, account: Account): void {
  if (lstatSync(path).isDirectory()) {
    for (const name of readdirSync(path)) giveAway(join(path, name), account);
  }
  lchownSync(path, account.uid, account.gid);
}

const HALF_AN_HOUR = 30 * 60_000;

/**
 * Removes what interrupted starts have left, 40 MB each. The number in the name may have gone to another process since
 * (in a container it always does), hence the age as well; what another start is just making must stay.
 */
function sweepDrafts(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const maker = /^postgres\.init-(\d+)-/.exec(name)?.[1];
    if (maker === undefined) continue;
    const path = join(dataDir, name);
    const age = Date.now() - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (!isAlive(Number(maker)) || age > HALF_AN_HOUR) discard(path);
  }
}

/** The killed initdb may still be writing there. A leftover is no reason not to start; the next one sweeps again. */
function discard(draft: string): void {
  try {
    rmSync(draft, { recursive: true, force: true, maxRetries: 3 });
  } catch {}
}

function prepareDraft({ dataDir, account }: Setup): string {
  const draft = mkdtempSync(join(dataDir, `postgres.init-${process.pid}-`));
  mkdirSync(clusterIn(draft), { mode: 0o700 });
  // Flushed: data whose password is lost in a power failure can no longer be opened.
  writeFileSync(join(draft, "password"), randomBytes(24).toString("hex"), {
    mode: 0o600,
    flush: true,
  });
  if (account) giveAway(draft, account);
  return draft;
}

async function initialise(draft: string, { account, binaries, ephemeral }: Setup): Promise<void> {
  const cluster = clusterIn(draft);
  const args = [
    "-D",
    nameFromInside(cluster, account),
    "--pwfile=../password",
    `--username=${OWNER}`,
  ];
  args.push("--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions");
  args.push("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");
  if (ephemeral) args.push("--no-sync");
  const child = spawnTied(binaries.initdb, args, {
    ...spawnAs(account),
    cwd: cluster,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [output, [code]] = await Promise.all([
    child.stderr ? text(child.stderr) : "",
    once(child, "exit"),
  ]);
  if (code !== 0)
    throw new StartError(`PostgreSQL could not make its files in ${draft}: ${reasonIn(output)}`);
}
