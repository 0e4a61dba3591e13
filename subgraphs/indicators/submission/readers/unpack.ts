import { Unzip, UnzipInflate, zipSync } from "fflate";
import { UnreadableFile } from "./unreadable";

/** A workbook's XML takes ten times its size once read, and a file has 300 MB. */
const MOST_UNPACKED_BYTES = 24_000_000;
const MOST_PARTS = 1_000;
/** Deflate makes at most 1,032 bytes of one, so that a step unpacks at most 8.5 MB before it is counted. */
const STEP = 8_192;

/**
 * A workbook's parts with text, unpacked and counted as they come: what the archive says of their size is not believed, and
 * pictures are left packed. Gives an archive of the same parts, stored, so that the reader sees nothing but what was counted.
 * @throws UnreadableFile beyond the limits
 */
export function unpacked(archive: Uint8Array, most = MOST_UNPACKED_BYTES): Uint8Array {
  const parts = new Map<string, Uint8Array[]>();
  let size = 0;
  const unzip = new Unzip((part) => {
    if (!/\.(?:xml|rels)$/i.test(part.name)) return;
    if (parts.size >= MOST_PARTS)
      throw new UnreadableFile(`The workbook has more than ${MOST_PARTS} parts. Save it as CSV.`);
    const chunks: Uint8Array[] = [];
    parts.set(part.name, chunks);
    part.ondata = (error, chunk) => {
      if (error) throw error;
      size += chunk.length;
      if (size > most)
        throw new UnreadableFile(
          `The workbook unpacks to more than ${most / 1_000_000} MB. Save the sheet as CSV.`,
        );
      chunks.push(chunk);
    };
    part.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < archive.length; at += STEP)
    unzip.push(archive.subarray(at, at + STEP), at + STEP >= archive.length);
  const files = [...parts].map(([name, chunks]) => [name, new Uint8Array(Buffer.concat(chunks))]);
  return zipSync(Object.fromEntries(files), { level: 0 });
}
