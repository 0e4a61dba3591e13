import type { EntityManager } from "typeorm";
import { exportLines, type Line, type PlacedEntry } from "../../../shared/audit/export";
import type { TreeHead } from "../../../shared/audit/head";
import { readHeads, readKeys, readSealed } from "./disclosure.queries";

/** Entries a statement. */
const PIECE = 10_000;

/** A stretch of a log, by the indexes of its leaves, counted from 0. */
export interface Stretch {
  from: number;
  /** The first that is no longer in it. */
  to: number;
  /** Of each so many entries the newest head; left out, every head. */
  step?: number;
}

/**
 * Entries and heads of a stretch in the order of an export, some thousand at a time: while one piece is worked on, the next one is
 * read. Of an entry that is gone there is no line.
 */
export async function* keptLines(
  manager: EntityManager,
  owner: string,
  { from, to, step }: Stretch,
): AsyncGenerator<Line[]> {
  const read = async (first: number) => {
    const most = Math.min(PIECE, to - first);
    const read = most > 0 ? await readSealed(manager, owner, first, most) : [];
    const rows = read.filter(({ index }) => index < to);
    const last = rows.at(-1);
    const end = last && rows.length === most ? last.index + 1 : to;
    const heads = await readHeads(manager, owner, { from: first, to: end, ...(step && { step }) });
    return { rows, heads, end };
  };
  for (let next = read(from), end = from; end < to; ) {
    const piece = await next;
    end = piece.end;
    next = read(end);
    next.catch(() => undefined); // told where it is awaited
    yield linesOf(piece.rows, piece.heads);
  }
}

/** Each head right behind the last entry that it covers. */
function linesOf(
  rows: readonly { index: number; text: string | null }[],
  heads: readonly TreeHead[],
): Line[] {
  const lines: Line[] = [];
  let at = 0;
  const headsUpTo = (size: number): void => {
    for (let head = heads[at]; head && head.size <= size; head = heads[++at])
      lines.push({ kind: "head", head, exact: true });
  };
  for (const { index, text } of rows) {
    headsUpTo(index);
    if (text !== null) lines.push({ kind: "entry", text, exact: true });
  }
  headsUpTo(Number.POSITIVE_INFINITY);
  return lines;
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
  const heads = await readHeads(manager, owner, { from: after, to: after + first });
  const rows = await readSealed(manager, owner, after, first + 1);
  const beyond = rows.find(({ index }) => index >= after + first);
  const entries = rows.flatMap(({ index, text }): PlacedEntry[] =>
    text === null || index >= after + first ? [] : [{ index, text }],
  );
  const lines: string[] = [];
  for await (const line of exportLines(header, entries, heads)) lines.push(line);
  return { lines: after === 0 ? lines : lines.slice(1), next: beyond ? beyond.index : null };
}
