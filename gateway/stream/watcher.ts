import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { AssertionSigner } from "../../shared/viewer/viewer-assertion";
import type { Link } from "../link";

/** One stream's ear. What it hears while it is busy it finds when it listens next. */
export interface Listener {
  /** Resolves when something may have come for its partner, or after the time. */
  next(withinMs: number): Promise<void>;
  close(): void;
}

export interface Watcher {
  listen(partner: string): Listener;
  stop(): void;
}

/** How long the subgraph is asked to wait before it says that nothing has come: well below the link's own deadline. */
const WITHIN_MS = 2_000;
const PAUSE_MS = 500;

const QUERY =
  "query ($after: String, $within: Int!) { alertsReleased(after: $after, within: $within) { position partners } }";

/**
 * Asks the alerts subgraph, over the same signed link as everything else and for nobody in particular, whether anything has gone
 * out, and wakes those it may be for. One question at a time for the whole process, and none while nobody listens.
 * A hint: who is not woken looks again by itself.
 */
export function openWatcher(link: Link, signer: AssertionSigner, logger: Logger): Watcher {
  const subscribers = new Set<Subscriber>();
  let position: string | null = null;
  let asking = false;
  let stopped = false;

  async function ask(): Promise<void> {
    if (asking) return;
    asking = true;
    while (subscribers.size > 0 && !stopped) {
      try {
        const known = position;
        const { position: newest, partners } = await released(known);
        position = newest;
        if (newest === known) continue;
        for (const subscriber of subscribers)
          if (known === null || partners.includes(subscriber.partner)) subscriber.hear();
      } catch (error) {
        logger.warn({ error }, "the alerts subgraph does not say what has gone out");
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS).unref());
      }
    }
    asking = false;
  }

  async function released(
    after: string | null,
  ): Promise<{ position: string | null; partners: readonly string[] }> {
    const body = JSON.stringify({ query: QUERY, variables: { after, within: WITHIN_MS } });
    const asked = { viewer: null, requestId: randomUUID(), channel: "STREAM" } as const;
    const { data, errors } = await link.send(body, signer.issue("alerts", body, asked));
    if (!data?.alertsReleased) throw new Error(errors?.[0]?.message ?? "no answer");
    return data.alertsReleased as { position: string | null; partners: readonly string[] };
  }

  return {
    listen(partner) {
      const subscriber = new Subscriber(partner);
      subscribers.add(subscriber);
      void ask();
      return {
        next: (withinMs) => subscriber.next(withinMs),
        close() {
          subscribers.delete(subscriber);
          subscriber.hear();
        },
      };
    },
    stop() {
      stopped = true;
      for (const subscriber of subscribers) subscriber.hear();
    },
  };
}

class Subscriber {
  private heard = false;
  private wake: (() => void) | undefined;

  constructor(readonly partner: string) {}

  hear(): void {
    this.heard = true;
    this.wake?.();
  }

  async next(withinMs: number): Promise<void> {
    if (!this.heard) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.heard = false;
  }
}
