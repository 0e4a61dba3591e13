import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { canonical, type Flat } from "../../shared/audit/canonical";
import { type ExportHeader, exportLines } from "../../shared/audit/export";
import { keyIdOf, signHead, type TreeHead } from "../../shared/audit/head";
import type { ListedKey } from "../../shared/audit/keyring";
import { frontier, leafHash } from "../../shared/audit/merkle";
import { type Report, type Trust, verifyExport } from "../../shared/audit/verify";

/** Logs as the sealer and the exporter write them, for tests that bend them. */
export interface Keys {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

export const newKeys = (): Keys => generateKeyPairSync("ed25519");
export const pemOf = (key: KeyObject): string =>
  key.export({ type: "spki", format: "pem" }).toString();
export const listed = ({ publicKey }: Keys): ListedKey => ({
  keyId: keyIdOf(publicKey),
  publicKey: pemOf(publicKey),
});

export const entryOf = (index: number): Flat => ({
  id: index + 1,
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString(),
  viewer: index % 2 === 0 ? "HUN" : "SRB",
  actor: null,
  category: "STATISTICS",
  indicators: ["ASY", "IBC"],
  outcome: index % 7 === 0 ? "DENIED" : "GIVEN",
});

export const entriesOf = (count: number): Flat[] =>
  Array.from({ length: count }, (_, index) => entryOf(index));
export const leavesOf = (entries: readonly Flat[]): string[] =>
  entries.map((entry) => leafHash(canonical(entry)));
const instant = (size: number) => new Date(Date.UTC(2026, 0, 2, 0, 0, size)).toISOString();

/** The heads that a sealer signs when the log has these sizes. */
export function headsOf(
  entries: readonly Flat[],
  sizes: readonly number[],
  keys: Keys,
  log = "AUT",
): TreeHead[] {
  const tree = frontier();
  const leaves = leavesOf(entries);
  return sizes.map((size) => {
    while (tree.size < size) tree.append(leaves[tree.size] as string);
    return signHead({ log, size, root: tree.root(), at: instant(size) }, keys.privateKey);
  });
}

export interface Sealed {
  entries: readonly Flat[];
  heads: readonly TreeHead[];
  keys: readonly ListedKey[];
}

export function sealed(count: number, sizes: readonly number[], keys: Keys): Sealed {
  const entries = entriesOf(count);
  return { entries, heads: headsOf(entries, sizes, keys), keys: [listed(keys)] };
}

export async function linesOfExport({ entries, heads, keys }: Sealed): Promise<string[]> {
  const header: ExportHeader = { log: "AUT", exportedAt: "2026-02-01T00:00:00.000Z", keys };
  const placed = entries.map((entry, index) => ({ index, text: canonical(entry) }));
  const lines: string[] = [];
  for await (const line of exportLines(header, placed, heads)) lines.push(line);
  return lines;
}

export async function check(lines: Iterable<string | null>, trust?: Trust): Promise<Report> {
  async function* each() {
    yield* lines;
  }
  return verifyExport(each(), trust);
}

/** What was found, short: the code and the line. */
export const found = ({ faults }: Report): string[] =>
  faults.map(({ code, line }) => (line === undefined ? code : `${code} ${line}`));
