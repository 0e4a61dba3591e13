import { UnreadableFile } from "./unreadable";

/** Encodings that officers' files come in, as TextDecoder names them. */
export const ENCODINGS = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1250",
  "windows-1251",
  "windows-1252",
  "windows-1254",
  "windows-1256",
  "iso-8859-2",
  "iso-8859-5",
  "iso-8859-9",
  "koi8-r",
] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface Decoded {
  readonly encoding: Encoding;
  readonly text: AsyncIterable<string>;
}

/** As much as is looked at before the encoding is chosen. */
const HEAD_BYTES = 65_536;

/**
 * Decodes without holding the file. A byte order mark decides; then what the mapping or the person says; then UTF-8 where
 * the beginning is valid UTF-8. Nothing tells one Latin code page from another: without a word it is 1252, and the result
 * says so. Words without Latin letters are of another script, and the person is asked which.
 */
export async function decode(
  chunks: AsyncIterable<Uint8Array>,
  stated: Encoding | null,
): Promise<Decoded> {
  const iterator = chunks[Symbol.asyncIterator]();
  const parts: Uint8Array[] = [];
  for (let size = 0; size < HEAD_BYTES; ) {
    const next = await iterator.next();
    if (next.done) break;
    parts.push(next.value);
    size += next.value.length;
  }
  const head = Buffer.concat(parts);
  const encoding = markedBy(head) ?? stated ?? guessed(head);
  return { encoding, text: textOf(head, iterator, encoding) };
}

/** What is not UTF-8 further down is refused: replacement characters would make another name of a name. */
async function* textOf(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const step = (bytes?: Uint8Array) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw new UnreadableFile(
        `The file is not in ${encoding}. Say which encoding it is in: ${ENCODINGS.join(", ")}.`,
      );
    }
  };
  yield step(head);
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield step(next.value);
  yield step();
}

function markedBy(head: Uint8Array): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return null;
}

function guessed(head: Uint8Array): Encoding {
  if (isUtf8(head)) return "utf-8";
  if (!/[\x80-\xff]{3,}/.test(Buffer.from(head).toString("latin1"))) return "windows-1252";
  throw new UnreadableFile(
    `The file is not in UTF-8, and its words are of a script that cannot be told from its bytes. Say which encoding it is in: ${ENCODINGS.join(", ")}.`,
  );
}

/** A chunk may end within a character: what is cut off there says nothing against it. */
function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
