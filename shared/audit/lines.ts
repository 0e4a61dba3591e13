/** No entry or header is nearly so long. Without a bound one line could fill the memory of whoever checks the file. */
const LONGEST = 1 << 20;
const LINE_FEED = 0x0a;
/** Not lenient: a byte replaced while reading could read as the entry that was sealed. */
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The lines of a file as it is read. A line that is longer than a line can be, or is not UTF-8, comes as null. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string | null> {
  let begun: Uint8Array[] = [];
  let length = 0;
  const finish = (): string | null => {
    const line = length > LONGEST ? null : decode(begun);
    begun = [];
    length = 0;
    return line;
  };
  const keep = (piece: Uint8Array): void => {
    length += piece.length;
    if (length <= LONGEST) begun.push(piece);
    else begun = [];
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      keep(chunk.subarray(start, end));
      yield finish();
      start = end + 1;
    }
    if (start < chunk.length) keep(chunk.subarray(start));
  }
  if (length > 0) yield finish();
}

function decode(pieces: readonly Uint8Array[]): string | null {
  try {
    return UTF8.decode(Buffer.concat(pieces));
  } catch {
    return null;
  }
}
