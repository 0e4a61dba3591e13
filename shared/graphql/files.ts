import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AccordError, ERRORS, type ErrorCode } from "../errors/errors";

/**
 * Bytes on their way through the exchange: files that people send, and files that they take along. They pass the gateway
 * unread, in a file of their own, never as a whole in memory.
 */

/** Header in which the envelope travels between processes, as base64url. */
export const ENVELOPE_HEADER = "accord-envelope";

/** What the gateway's viewer assertion is bound to: which route, what was asked, and the very bytes. */
export interface Envelope {
  /** Method and address, `POST /reports`. */
  route: string;
  parameters: Readonly<Record<string, string>>;
  file: { digest: string; type: string } | null;
  /** What the graph said, of other subgraphs, to the same viewer; absent where this route asks nothing of them. */
  beside?: unknown;
}

export interface FileRequest {
  parameters: Readonly<Record<string, string>>;
  /** Where the bytes lie for as long as the request lasts; null where none were sent. */
  path: string | null;
  type: string;
  /** SHA-256 of the bytes, checked; empty where none were sent. */
  digest: string;
  /** Of other subgraphs, as the gateway was told; to be shown, and nothing to be decided by. */
  beside: unknown;
}

export interface FileAnswer {
  status: number;
  type: string;
  /** What a browser saves it as. */
  name?: string;
  body: Buffer;
}

export type FileRoute<Context> = (context: Context, request: FileRequest) => Promise<FileAnswer>;

/** Enough for a report of a whole country and year with every breakdown, many times over. */
export const MOST_FILE_BYTES = 64 * 1024 * 1024;

export interface Spooled {
  path: string;
  digest: string;
  size: number;
  remove(): Promise<void>;
}

/** Writes a stream to a file of its own. @throws QUERY_TOO_COSTLY beyond the limit, with nothing left behind */
export async function spool(
  stream: Readable,
  { most = MOST_FILE_BYTES, onBytes }: { most?: number; onBytes?: (count: number) => void } = {},
): Promise<Spooled> {
  const path = join(tmpdir(), `accord-${randomUUID()}`);
  const hash = createHash("sha256");
  let size = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      onBytes?.(chunk.length);
      if (size > most)
        return done(
          new AccordError("QUERY_TOO_COSTLY", `The file is larger than ${most / 1_048_576} MB.`),
        );
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const remove = () => rm(path, { force: true });
  try {
    await pipeline(stream, counting, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, digest: hash.digest("base64url"), size, remove };
}

export async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("base64url");
}

/** The status of a refusal outside the graph. A file has no errors beside its data, so that a missing part is the whole answer. */
export function statusOfRefusal(code: ErrorCode): number {
  return code === "SUBGRAPH_UNAVAILABLE" ? 503 : ERRORS[code].http;
}

export function jsonAnswer(status: number, value: unknown): FileAnswer {
  return { status, type: "application/json", body: Buffer.from(`${JSON.stringify(value)}\n`) };
}
