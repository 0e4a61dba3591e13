import type { KeyObject } from "node:crypto";
import { type ExportHeader, type Line, readHeader, readLine } from "./export";
import { type Fault, type FaultBook, type FaultCode, faultBook } from "./faults";
import type { TreeHead } from "./head";
import { isLabelledRight, type Keyring, keyring } from "./keyring";
import type { Frontier } from "./merkle";
import { pathPast } from "./path";

/** What the reader of an export already has, and did not get from it. */
export interface Trust {
  /** Heads kept from before. Without one, a log cut short at one of its heads looks whole. */
  readonly heldHeads?: readonly TreeHead[];
  /** The exchange's keys. Without one, the keys are believed as the file lists them. */
  readonly pinnedKeys?: readonly KeyObject[];
}

export interface Report {
  readonly valid: boolean;
  readonly log: string | null;
  readonly entries: number;
  /** Entries behind the last head: recorded, not yet sealed, and proved by nothing. */
  readonly unsealed: number;
  /** The last head that everything before it agrees with: the one to keep. */
  readonly head: TreeHead | null;
  /** How many of the held heads the entries lead through. */
  readonly heldHeads: number;
  readonly keys: "PINNED" | "AS_FOUND_IN_FILE";
  readonly faults: readonly Fault[];
}

/**
 * Checks an exported log without asking anybody, in one reading and with the memory of a few hashes.
 *
 * @param lines as `linesOf` splits them: null stands for a line that is no text.
 */
export async function verifyExport(
  lines: AsyncIterable<string | null>,
  trust: Trust = {},
): Promise<Report> {
  const book = faultBook();
  let reading: Reading | undefined;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (reading) {
      reading.read(line, number);
      continue;
    }
    const header = readHeader(line);
    // What follows may be anything: a file of another kind is told once, not line by line.
    if (!header) break;
    reading = readingOf(header, trust, book);
  }
  if (!reading) book.add("NOT_AN_EXPORT", undefined, 1);
  return reportOf(reading, trust, book);
}

/**
 * The same of a log where it is kept: what was never written into a file need not be parsed.
 *
 * @param start the tree before the first of these lines, where they are a later piece of the log.
 */
export async function verifyKept(
  header: ExportHeader,
  lines: AsyncIterable<readonly Line[]>,
  { start, ...trust }: Trust & { start?: Frontier },
): Promise<Report> {
  const book = faultBook();
  const reading = readingOf(header, trust, book, start);
  let number = 1;
  for await (const piece of lines) {
    for (const line of piece) {
      number += 1;
      reading.take(line, number);
    }
  }
  return reportOf(reading, trust, book);
}

function reportOf(reading: Reading | undefined, trust: Trust, book: FaultBook): Report {
  const found = reading?.end() ?? { log: null, entries: 0, unsealed: 0, head: null, heldHeads: 0 };
  const faults = book.list();
  return {
    valid: faults.length === 0,
    ...found,
    keys: trust.pinnedKeys?.length ? "PINNED" : "AS_FOUND_IN_FILE",
    faults,
  };
}

interface Reading {
  read(line: string | null, number: number): void;
  take(line: Line, number: number): void;
  end(): Pick<Report, "log" | "entries" | "unsealed" | "head" | "heldHeads">;
}

function readingOf(
  header: ExportHeader,
  { heldHeads = [], pinnedKeys = [] }: Trust,
  book: FaultBook,
  start?: Frontier,
): Reading {
  const keys = keyring(pinnedKeys, header.keys);
  if (!header.keys.every(isLabelledRight)) book.add("KEY_MISLABELLED", undefined, 1);
  const path = pathPast(provingHeads(heldHeads, header.log, keys, book), book, start);
  let last: { head: TreeHead; entries: number } | undefined;
  let proved: TreeHead | null = null;
  let heads = 0;

  const readHead = (head: TreeHead, line: number): void => {
    heads += 1;
    const fault =
      faultOf(head, header.log, keys) ??
      (last && !growsFrom(last.head, head) && "HEAD_NOT_GROWING");
    if (fault) {
      book.add(fault, `It is the head of ${head.size} entries, dated ${head.at}.`, line);
    } else {
      last = { head, entries: path.entries };
      if (path.meets(head, line)) proved = head;
    }
  };

  const take = (line: Line, number: number): void => {
    if (!line.exact) book.add("LINE_NOT_CANONICAL", undefined, number);
    if (line.kind === "entry") path.append(line.text);
    else readHead(line.head, number);
  };

  return {
    take,
    read(line, number) {
      const found = readLine(line);
      if (found) return take(found, number);
      book.add("LINE_UNREADABLE", undefined, number);
      path.lose();
    },
    end() {
      if (heads === 0) book.add("NOTHING_SEALED");
      const met = path.end();
      const unsealed = path.entries - (last?.entries ?? 0);
      return { log: header.log, entries: path.entries, unsealed, head: proved, heldHeads: met };
    },
  };
}

function faultOf(head: TreeHead, log: string, keys: Keyring): FaultCode | undefined {
  return head.log === log ? keys.fault(head) : "HEAD_OF_ANOTHER_LOG";
}

/** Equal is allowed: a log that nobody read may be signed again. */
function growsFrom(earlier: TreeHead, later: TreeHead): boolean {
  return earlier.size <= later.size && earlier.at <= later.at;
}

/** Those of the held heads that can accuse anybody. The others are told, for the holder to mend. */
function provingHeads(
  held: readonly TreeHead[],
  log: string,
  keys: Keyring,
  book: FaultBook,
): TreeHead[] {
  return held.filter((head) => {
    const fault = faultOf(head, log, keys);
    if (fault)
      book.add(
        "HELD_HEAD_INVALID",
        `The head of ${head.size} entries, dated ${head.at}: ${fault}.`,
      );
    return fault === undefined;
  });
}
