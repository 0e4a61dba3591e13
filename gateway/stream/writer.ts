import { once } from "node:events";
import type { ServerResponse } from "node:http";

/** How long a client may leave what it was sent untaken. It can resume by its cursor. */
const PATIENCE_MS = 30_000;

/**
 * Resolves when the client has taken everything, or is gone.
 * @throws when it takes nothing for too long: its connection is given up
 */
export async function drained(response: ServerResponse): Promise<void> {
  if (!response.writableNeedDrain || response.destroyed) return;
  const timer = setTimeout(() => response.destroy(), PATIENCE_MS);
  try {
    const done = new AbortController();
    const either = [once(response, "drain", done), once(response, "close", done)];
    await Promise.race(either).finally(() => done.abort());
    await Promise.allSettled(either);
  } finally {
    clearTimeout(timer);
  }
}

/** Where a client resumes: from the beginning of its stream, and after each event, in their order. */
export class Cursors {
  private readonly events: (string | null)[] = [];
  private start: string | null = null;
  private response: ServerResponse | null = null;

  /** Said at once, before there is any event: who is cut off until the first one misses none either. */
  begin(cursor: string | null): void {
    this.start = cursor;
    this.announce();
  }

  open(response: ServerResponse): void {
    this.response = response;
    this.announce();
  }

  push(cursor: string | null): void {
    this.events.push(cursor);
  }

  next(): string | null {
    return this.events.shift() ?? null;
  }

  private announce(): void {
    if (this.response === null || this.start === null) return;
    this.response.write(`id: ${this.start}\n\n`);
    this.start = null;
  }
}

/** What the library prints, with the id by which a client resumes (`Last-Event-ID`): the library knows none. */
export async function writeAll(
  chunks: AsyncIterable<string>,
  response: ServerResponse,
  cursors: Cursors,
): Promise<void> {
  cursors.open(response);
  for await (const chunk of chunks) {
    if (response.destroyed) break;
    const cursor = chunk.startsWith("event: next") ? cursors.next() : null;
    response.write(cursor ? `id: ${cursor}\n${chunk}` : chunk);
  }
  response.end();
}
