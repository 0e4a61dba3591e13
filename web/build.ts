/** Builds web/dist when it is missing or older than its sources. A few seconds; nothing is fetched. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const DIST = join(__dirname, "dist", "playground");
const SOURCES = [
  join(__dirname, "playground"),
  join(__dirname, "vite.config.mts"),
  join(__dirname, "..", "package-lock.json"),
];

export async function ensurePlayground(): Promise<void> {
  if (await isFresh()) return;
  const vite = join(dirname(require.resolve("vite/package.json")), "bin", "vite.js");
  // Built aside and then named: a gateway that is running never serves half a build.
  const aside = `${DIST}.${process.pid}`;
  const config = join(__dirname, "vite.config.mts");
  await mkdir(dirname(DIST), { recursive: true });
  await promisify(execFile)(process.execPath, [
    vite,
    "build",
    "--config",
    config,
    "--outDir",
    aside,
  ]);
  await rm(DIST, { recursive: true, force: true });
  try {
    await rename(aside, DIST);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    // Another process may have built the same at the same time.
    if (!(await isFresh())) throw error;
  }
}

async function isFresh(): Promise<boolean> {
  const page = join(DIST, "index.html");
  if (!existsSync(page)) return false;
  const { mtimeMs: built } = await stat(page);
  const changes = await Promise.all(SOURCES.map(lastChange));
  return Math.max(...changes) < built;
}

async function lastChange(path: string): Promise<number> {
  const { mtimeMs } = await stat(path);
  const names = (await stat(path)).isDirectory() ? await readdir(path) : [];
  const inside = await Promise.all(names.map((name) => lastChange(join(path, name))));
  return Math.max(mtimeMs, ...inside);
}
