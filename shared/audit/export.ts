import { canonical } from "./canonical";
import { isInstant, isLog, readHead, type TreeHead } from "./head";
import type { ListedKey } from "./keyring";

/**
 * An exported log, as JSON Lines: a header, the entries in sealed order, and each head right behind the last entry that
 * it covers. Heads stand among the entries, not behind them all: so a log of any length is checked in one reading with
 * the memory of a few hashes.
 *
 * Entries and heads are written in their canonical form and in no other, so that the bytes in the file are the bytes
 * that were sealed, for every reader.
 */
export const EXPORT_FORMAT = "accord-disclosure-log/1";

export interface ExportHeader {
  /** The owner's code. */
  readonly log: string;
  readonly exportedAt: string;
  readonly keys: readonly ListedKey[];
}

/** An entry with its place in the tree, counted from 0. The place is not exported: a reader counts for himself. */
export interface PlacedEntry {
  readonly index: number;
  /** Its canonical JSON. */
  readonly text: string;
}

/**
 * The lines of an export, without line ends.
 *
 * @param entries by rising index. @param heads by rising size. An entry that is gone leaves a gap in the indexes, so that
 * heads keep their places and the verifier can tell which stretch is damaged.
 */
export async function* exportLines(
  { log, exportedAt, keys }: ExportHeader,
  entries: AsyncIterable<PlacedEntry> | Iterable<PlacedEntry>,
  heads: AsyncIterable<TreeHead> | Iterable<TreeHead>,
): AsyncGenerator<string> {
  yield JSON.stringify({ format: EXPORT_FORMAT, log, exportedAt, keys });
  const waiting = each(heads);
  let head = await waiting.next();
  for await (const { index, text } of entries) {
    for (; !head.done && head.value.size <= index; head = await waiting.next())
      yield headLine(head.value);
    yield entryLine(text);
  }
  for (; !head.done; head = await waiting.next()) yield headLine(head.value);
}

async function* each<T>(items: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T, undefined> {
  yield* items;
}

export function entryLine(text: string): string {
  return `{"entry":${text}}`;
}

export function headLine(head: TreeHead): string {
  return `{"head":${canonical(head)}}`;
}

/** The header that a first line holds, or null where it holds none. */
export function readHeader(line: string | null | undefined): ExportHeader | null {
  const value = line ? parse(line.replace(/^\ufeff/, "")) : undefined;
  const { format, log, exportedAt, keys } = (value ?? {}) as Record<string, unknown>;
  if (format !== EXPORT_FORMAT || !isLog(log) || !isInstant(exportedAt)) return null;
  return Array.isArray(keys) && keys.every(isListedKey) ? { log, exportedAt, keys } : null;
}

function isListedKey(value: unknown): value is ListedKey {
  const { keyId, publicKey } = (value ?? {}) as Record<string, unknown>;
  return typeof keyId === "string" && typeof publicKey === "string";
}

/** `text` is the entry's canonical JSON; `exact` tells whether the line is written so. */
export type Line =
  | { readonly kind: "entry"; readonly text: string; readonly exact: boolean }
  | { readonly kind: "head"; readonly head: TreeHead; readonly exact: boolean };

/** What a line after the header holds, or null where it cannot be read. */
export function readLine(line: string | null): Line | null {
  // Mail programs and Windows tools end lines with CR LF; no canonical line ends with a bare CR.
  const written = line?.endsWith("\r") ? line.slice(0, -1) : line;
  const value = written ? parse(written) : undefined;
  if (typeof value !== "object" || value === null) return null;
  const { entry, head } = value as Record<string, unknown>;
  if (entry !== undefined && head !== undefined) return null;
  return entry === undefined ? readHeadLine(head, written) : readEntryLine(entry, written);
}

function readEntryLine(entry: unknown, written: unknown): Line | null {
  try {
    const text = canonical(entry);
    return { kind: "entry", text, exact: written === entryLine(text) };
  } catch {
    return null;
  }
}

function readHeadLine(value: unknown, written: unknown): Line | null {
  const head = readHead(value);
  return head && { kind: "head", head, exact: written === headLine(head) };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
