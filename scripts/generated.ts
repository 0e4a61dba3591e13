import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A file that is written by a program, committed, and checked to be what the program would write now. */
export interface Generated {
  path: string;
  content: string;
}

const ROOT = join(__dirname, "..");

/** Writes the files, or with `--check` only says which of them are out of date and fails. */
export function settle(files: readonly Generated[], command: string): void {
  const check = process.argv.includes("--check");
  const stale = files.filter(({ path, content }) => read(path) !== content);
  for (const { path, content } of check ? [] : stale) writeFileSync(join(ROOT, path), content);
  const names = stale.map(({ path }) => path).join(", ");
  if (check && stale.length > 0) {
    process.stderr.write(`Out of date: ${names}. Run \`${command}\` and commit the result.\n`);
    process.exitCode = 1;
  } else {
    process.stdout.write(stale.length === 0 ? "up to date\n" : `written: ${names}\n`);
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(join(ROOT, path), "utf8");
  } catch {
    return null;
  }
}
