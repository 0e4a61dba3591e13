/** A reader of server-sent events that does what the standard says of ids: it resumes after the last one it was given. */
export interface StreamEvent {
  id: string | null;
  event: string;
  data: any;
}

export interface StreamReader {
  readonly events: StreamEvent[];
  /** What to resume from. */
  readonly lastEventId: string | null;
  /** Every byte, for tests that look for what must not be there. */
  readonly text: string;
  readonly status: number;
  /** Whether the connection is over, and if by the server's `complete`. */
  readonly ended: Promise<"completed" | "cut">;
  /** Waits until so many `next` events are there. */
  until(count: number, withinMs?: number): Promise<StreamEvent[]>;
  close(): void;
}

export interface Listen {
  token: string;
  query?: string;
  variables?: object;
  lastEventId?: string | null;
  keepText?: boolean;
}

export async function listen(
  url: string,
  { token, lastEventId, keepText = true, ...of }: Listen,
): Promise<StreamReader> {
  const { query = "subscription { alertIssued { identifier } }", variables } = of;
  const control = new AbortController();
  const headers: Record<string, string> = {
    "content-type": "application/json",
    accept: "text/event-stream",
    authorization: `Bearer ${token}`,
    ...(lastEventId && { "last-event-id": lastEventId }),
  };
  const response = await fetch(`${url}/graphql/stream`, {
    method: "POST",
    headers,
    body: JSON.stringify({ query, variables }),
    signal: control.signal,
  });
  const state = {
    events: [] as StreamEvent[],
    lastEventId: lastEventId ?? null,
    text: "",
    status: response.status,
  };
  const waiting = new Set<() => void>();
  const nexts = () => state.events.filter(({ event }) => event === "next");
  const ended = (async () => {
    let rest = "";
    try {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        const text = Buffer.from(chunk).toString("utf8");
        if (keepText) state.text += text;
        const blocks = (rest + text).split("\n\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) take(state, block);
        for (const wake of waiting) wake();
      }
    } catch {
      // cut
    }
    for (const wake of waiting) wake();
    return state.events.some(({ event }) => event === "complete")
      ? ("completed" as const)
      : ("cut" as const);
  })();
  return Object.assign(state, {
    ended,
    async until(count: number, withinMs = 10_000) {
      const deadline = Date.now() + withinMs;
      while (nexts().length < count && Date.now() < deadline) {
        await new Promise<void>((resolve) => {
          const done = () => {
            clearTimeout(timer);
            waiting.delete(done);
            resolve();
          };
          const timer = setTimeout(done, deadline - Date.now());
          waiting.add(done);
        });
      }
      return nexts();
    },
    close: () => control.abort(),
  });
}

function take(state: { events: StreamEvent[]; lastEventId: string | null }, block: string): void {
  const fields = new Map(
    block.split("\n").flatMap((line) => {
      const colon = line.indexOf(":");
      return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()] as const] : [];
    }),
  );
  const id = fields.get("id") ?? null;
  if (id !== null) state.lastEventId = id;
  const event = fields.get("event");
  if (event !== undefined)
    state.events.push({ id, event, data: JSON.parse(fields.get("data") || "null") });
}
