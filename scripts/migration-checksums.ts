import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Generated } from "./generated";

const FOLDER = join(__dirname, "..", "migrations");
const LIST = "migrations/checksums.json";

/**
 * What a database has run does not change: each migration and each file of reference data that one loads stands in the list with
 * its SHA-256. New ones are added to it.
 * @throws Error where one that is listed has changed or is gone
 */
export function migrationChecksums(): Generated {
  const listed = JSON.parse(readFileSync(join(FOLDER, "checksums.json"), "utf8"));
  const found = Object.fromEntries(frozenFiles().map((name) => [name, checksumOf(name)]));
  const changed = Object.keys(listed).filter((name) => found[name] !== listed[name]);
  if (changed.length > 0)
    throw new Error(
      `${changed.join(", ")}: changed after it was released. Restore it, and write a migration that follows.`,
    );
  return { path: LIST, content: `${JSON.stringify(found, null, 2)}\n` };
}

function frozenFiles(): string[] {
  const numbered = readdirSync(FOLDER).filter((name) => /^\d+-.*\.ts$/.test(name));
  const reference = readdirSync(join(FOLDER, "reference")).map((name) => `reference/${name}`);
  const number = (name: string) => Number.parseInt(name, 10);
  return [...numbered.sort((one, other) => number(one) - number(other)), ...reference.sort()];
}

function checksumOf(name: string): string {
  return createHash("sha256")
    .update(readFileSync(join(FOLDER, name)))
    .digest("hex");
}
