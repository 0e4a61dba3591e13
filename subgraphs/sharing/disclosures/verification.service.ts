import type { EntityManager } from "typeorm";
import { FAULTS } from "../../../shared/audit/faults";
import type { TreeHead } from "../../../shared/audit/head";
import { type Keyring, keyring } from "../../../shared/audit/keyring";
import { type Frontier, frontier } from "../../../shared/audit/merkle";
import { type Report, verifyKept } from "../../../shared/audit/verify";
import { AccordError, badInput } from "../../../shared/errors/errors";
import {
  countDue,
  countWaiting,
  readFrontier,
  readKeys,
  readLastSealed,
  readPieceEnd,
  readSealedUntil,
} from "./disclosure.queries";
import { keptLines } from "./disclosure.service";
import type { LogVerification } from "./disclosure.type";

/** Read well within the five seconds that the gateway waits for an answer. */
const ENTRIES_AT_ONCE = 50_000;
/** A head takes as long to check as some twenty entries do. */
const HEADS_AT_ONCE = 125;

export interface Verifying {
  owner: string;
  heldHeads: readonly TreeHead[];
  /** The head to which the log is verified already; null = from its first entry. */
  after: TreeHead | null;
  /** Whether the caller asks for `next`: otherwise a piece would read as the whole log. */
  inPieces: boolean;
  /** Entries a piece, at most. */
  atOnce?: number;
}

interface Stretch {
  owner: string;
  from: TreeHead | null;
  /** Null at the end of the log. */
  until: TreeHead | null;
  /** Up to where the log is sealed; what is sealed while it is read is left for the next time. */
  before: string;
  size: number;
}

/**
 * Reads an owner's log as it is kept, with the very verifier that the owner has offline; a long one in pieces from signed head
 * to signed head, so that all of them together have read every entry. What only the database can tell is asked besides: an entry
 * older than the last seal that no leaf covers was put there afterwards.
 */
export async function verifyLog(
  manager: EntityManager,
  { owner, heldHeads, after, inPieces, atOnce = ENTRIES_AT_ONCE }: Verifying,
): Promise<LogVerification> {
  const keys = await readKeys(manager);
  const start = after === null ? undefined : await treeAt(manager, owner, after, keyring([], keys));
  const { before, size } = await readSealedUntil(manager, owner);
  const end = await readPieceEnd(manager, owner, after?.size ?? 0, atOnce);
  const until = end && end.size < size ? end : null;
  if (until && !inPieces) throw longerThanAPiece();
  const stretch: Stretch = { owner, from: after, until, before, size };
  const header = { log: owner, exportedAt: new Date().toISOString(), keys };
  const { lines, found } = counted(manager, stretch);
  const report = await verifyKept(header, lines, {
    heldHeads: heldHeads.filter((head) => isWithin(head, stretch)),
    ...(start && { start }),
  });
  const late = (await countOf(manager, stretch)) > found();
  return {
    ...resultOf(report, { isFirst: after === null, late }),
    unsealed: until ? 0 : await countWaiting(manager, owner, before),
    next: until && JSON.stringify(until),
  };
}

function resultOf(
  { entries, head, faults }: Report,
  { isFirst, late }: { isFirst: boolean; late: boolean },
): Pick<LogVerification, "valid" | "entries" | "head" | "faults"> {
  const needsHead = isFirst && entries > 0;
  const found = faults.filter(({ code }) => needsHead || code !== "NOTHING_SEALED");
  const { meaning: message, remedy } = FAULTS.ENTRY_ADDED;
  const all = late ? [...found, { code: "ENTRY_ADDED", message, remedy }] : found;
  return {
    valid: all.length === 0,
    entries,
    head: head && JSON.stringify(head),
    faults: all,
  };
}

/** The lines of a stretch, and how many entries were among them once they have been read. */
function counted(manager: EntityManager, { owner, from, until, size }: Stretch) {
  let entries = 0;
  const first = from?.size ?? 0;
  const step = Math.max(1, Math.ceil(((until?.size ?? size) - first) / HEADS_AT_ONCE));
  const bounds = { from: first, to: until?.size ?? size, step };
  async function* lines() {
    for await (const piece of keptLines(manager, owner, bounds)) {
      entries += piece.filter(({ kind }) => kind === "entry").length;
      yield piece;
    }
  }
  return { lines: lines(), found: () => entries };
}

async function countOf(
  manager: EntityManager,
  { owner, from, until, before }: Stretch,
): Promise<number> {
  const last = (head: TreeHead | null) => head && readLastSealed(manager, owner, head.size);
  return countDue(manager, owner, { after: await last(from), until: await last(until), before });
}

/** Heads of other stretches are met, or missed, where those are verified. */
function isWithin({ size }: TreeHead, { from, until }: Stretch): boolean {
  return (from === null || size > from.size) && (until === null || size <= until.size);
}

/** The tree at a head. What the sealer stored of it is believed because it leads to the root that was signed. */
async function treeAt(
  manager: EntityManager,
  owner: string,
  head: TreeHead,
  keys: Keyring,
): Promise<Frontier> {
  const isSigned = head.log === owner && !keys.fault(head);
  const edge = isSigned ? await readFrontier(manager, owner, head.size) : null;
  const tree = edge && treeFrom(head.size, edge);
  if (tree?.root() === head.root) return tree;
  throw badInput(
    "after",
    "is no head of this log. Give it as `next` was given to you, or leave it out.",
  );
}

/** Null where no tree of this size has such an edge. */
function treeFrom(size: number, edge: readonly string[]): Frontier | null {
  try {
    return frontier(size, edge);
  } catch {
    return null;
  }
}

function longerThanAPiece(): AccordError {
  return new AccordError(
    "QUERY_TOO_COSTLY",
    `The log has more than ${ENTRIES_AT_ONCE} entries and is verified in pieces. Select \`next\`, and ask again with it as \`after\` until it is null.`,
  );
}
