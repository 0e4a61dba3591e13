import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
} from "node:fs";
import { cp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { StartError } from "../start-error";

/**
 * npm packs no symlinks; an install script makes them, unless npm ran with --ignore-scripts.
 *
 * False means that some are missing and the folder cannot be written to.
 */
export function linkLibraries(native: string): boolean {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return true;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  return links.every(({ source, target }) => link(basename(source), join(native, "..", target)));
}

function link(name: string, path: string): boolean {
  const present = () => lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  if (present()) return true;
  try {
    symlinkSync(name, path);
    return true;
  } catch {
    return present(); // another start may have made it in between
  }
}

/** A copy of `native/` that every user can read, kept from start to start: 60 MB, once for each version. */
export async function readableCopy(native: string, label: string): Promise<string> {
  const home = join(tmpdir(), `accord-postgres-${label}-${process.getuid?.() ?? 0}`);
  const copy = join(home, "native");
  refuseForeign(home);
  if (isComplete(native, copy)) return copy;

  // Built aside and renamed, for a copy that was cut short must never be taken for a whole one.
  const draft = mkdtempSync(`${home}-`);
  await cp(native, join(draft, "native"), { recursive: true, verbatimSymlinks: true });
  openToAll(draft);
  await rm(home, { recursive: true, force: true });
  try {
    renameSync(draft, home);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!isComplete(native, copy)) throw error;
  }
  return copy;
}

/**
 * The temporary folder belongs to everyone: whoever puts a folder of this name there first would have his programs
 * run with our rights.
 */
function refuseForeign(home: string): void {
  const found = lstatSync(home, { throwIfNoEntry: false });
  if (!found || !process.getuid) return;
  if (found.isDirectory() && found.uid === process.getuid() && (found.mode & 0o022) === 0) return;
  throw new StartError(
    `${home} was not made by this user: remove it, or set TMPDIR to another folder.`,
  );
}

/** Temporary folders are swept by age, file by file; a copy may have lost some. */
function isComplete(native: string, copy: string): boolean {
  const names = readdirSync(native, { recursive: true, encoding: "utf8" });
  return names.every(
    (name) => lstatSync(join(copy, name), { throwIfNoEntry: false }) !== undefined,
  );
}

/** npm under umask 077 leaves modes that only its own user can read, and the copy has taken them over. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, 0o755);
  }
}
