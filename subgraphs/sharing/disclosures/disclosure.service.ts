import type { EntityManager } from "typeorm";
import { exportLines, type PlacedEntry } from "../../../shared/audit/export";
import { FAULTS } from "../../../shared/audit/faults";
import type { TreeHead } from "../../../shared/audit/head";
import { leafOf } from "../../../shared/audit/leaf";
import { verifyExport } from "../../../shared/audit/verify";
import { countUnsealed, readHeads, readKeys, readSealed } from "./disclosure.queries";
import type { LogVerification } from "./disclosure.type";

const PIECE = 5_000;

/**
 * Reads an owner's whole log as an export, with the very verifier that the owner has offline. What only the database can
 * tell is asked besides: an entry older than the last seal that no leaf covers was put there afterwards.
 */
export async function verifyLog(
  manager: EntityManager,
  owner: string,
  heldHeads: readonly TreeHead[],
): Promise<LogVerification> {
  const keys = await readKeys(manager);
  const header = { log: owner, exportedAt: new Date().toISOString(), keys };
  const lines = exportLines(header, sealedEntries(manager, owner), headsOf(manager, owner));
  const { valid, entries, head: newest, faults } = await verifyExport(lines, { heldHeads });
  const head = newest && JSON.stringify(newest);
  const { waiting, late } = await countUnsealed(manager, owner);
  const found = faults.filter(({ code }) => entries > 0 || code !== "NOTHING_SEALED");
  if (late === 0)
    return {
      valid: valid || found.length === 0,
      entries,
      unsealed: waiting,
      head,
      faults: [...found],
    };
  const { meaning: message, remedy } = FAULTS.ENTRY_ADDED;
  return {
    valid: false,
    entries,
    unsealed: waiting,
    head,
    faults: [...found, { code: "ENTRY_ADDED", message, remedy }],
  };
}

async function* sealedEntries(
  manager: EntityManager,
  owner: string,
  from = 0,
  to = Number.POSITIVE_INFINITY,
) {
  for (let next = from; next < to; ) {
    const rows = await readSealed(manager, owner, next, Math.min(PIECE, to - next));
    for (const { index, entry } of rows)
      if (entry) yield { index, entry: leafOf(entry) } satisfies PlacedEntry;
    const last = rows.at(-1);
    if (!last) return;
    next = last.index + 1;
  }
}

async function* headsOf(manager: EntityManager, owner: string): AsyncGenerator<TreeHead> {
  yield* await readHeads(manager, owner, 0, Number.MAX_SAFE_INTEGER);
}

export interface Piece {
  lines: string[];
  next: number | null;
}

/** The entries from one index on, with the heads that end among them. */
export async function exportPiece(
  manager: EntityManager,
  owner: string,
  { after, first }: { after: number; first: number },
): Promise<Piece> {
  const header = {
    log: owner,
    exportedAt: new Date().toISOString(),
    keys: await readKeys(manager),
  };
  const heads = await readHeads(manager, owner, after, after + first);
  const lines: string[] = [];
  for await (const line of exportLines(
    header,
    sealedEntries(manager, owner, after, after + first),
    heads,
  ))
    lines.push(line);
  const [beyond] = await readSealed(manager, owner, after + first, 1);
  return { lines: after === 0 ? lines : lines.slice(1), next: beyond ? beyond.index : null };
}
