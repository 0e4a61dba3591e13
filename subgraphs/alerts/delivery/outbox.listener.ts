import { Client } from "pg";
import type { Logger } from "pino";
import type { DataSource } from "typeorm";

export interface Released {
  /** The newest entry of the outbox; null while there is none. */
  position: string | null;
  /** Partners that what came after the position asked about is addressed to. */
  partners: readonly string[];
}

/** Tells when something has gone out. A hint that wakes; the outbox itself, read again and again, is the truth. */
export interface OutboxListener {
  /** What has gone out since; where nothing has, waits for it as long as it is told to. */
  released(after: string | null, withinMs: number): Promise<Released>;
  /** Resolves at the next hint, or after the time. */
  next(withinMs: number): Promise<void>;
  stop(): Promise<void>;
}

const POLL_MS = 1_000;
const RECONNECT_MS = 500;

/**
 * One connection that listens. When it breaks it is made anew, and until then the poll alone has to do: what is late by a
 * second is not lost.
 */
export function openOutboxListener(
  dataSource: DataSource,
  { url, role }: { url: string; role: string },
  logger: Logger,
): OutboxListener {
  const waiting = new Set<() => void>();
  let client: Client | undefined;
  let stopped = false;

  const wake = () => {
    for (const resolve of waiting) resolve();
  };

  async function listen(): Promise<void> {
    const fresh = new Client({
      connectionString: url,
      application_name: role,
      options: `-c role=${role}`,
    });
    fresh.on("error", () => undefined); // 'end' follows, and there it is made anew
    fresh.on("end", () => again(fresh));
    fresh.on("notification", wake);
    client = fresh;
    try {
      await fresh.connect();
      await fresh.query("LISTEN accord_alerts");
    } catch (error) {
      logger.warn({ error }, "the alerts' listener cannot connect");
      await fresh.end().catch(() => undefined);
      again(fresh);
    }
  }

  function again(lost: Client): void {
    if (stopped || client !== lost) return;
    client = undefined;
    setTimeout(() => {
      if (!stopped) void listen();
    }, RECONNECT_MS).unref();
  }

  function next(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, withinMs);
      waiting.add(done);
    });
  }

  async function look(after: string | null): Promise<Released> {
    const [row] = await dataSource.query("SELECT * FROM alerts.released_after($1)", [after]);
    return { position: row.cursor, partners: row.partners };
  }

  void listen();
  return {
    next,
    async released(after, withinMs) {
      const deadline = Date.now() + withinMs;
      for (;;) {
        const found = await look(after);
        const left = deadline - Date.now();
        if (found.position !== after || left <= 0 || stopped) return found;
        await next(Math.min(left, POLL_MS));
      }
    },
    async stop() {
      stopped = true;
      wake();
      await client?.end().catch(() => undefined);
    },
  };
}
