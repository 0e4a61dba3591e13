import type { ApolloServer } from "@apollo/server";
import type { DocumentNode, FormattedExecutionResult, GraphQLFormattedError } from "graphql";
import { AccordError } from "../../shared/errors/errors";
import type { Identity } from "../../shared/viewer/viewer";
import { requestIds } from "../request-id";
import type { GatewayContext } from "../signed-source";
import type { FeedQuery } from "./document";
import type { Listener } from "./watcher";

/** One client's stream, and what it needs of the world. */
export interface Subscription {
  graph: ApolloServer<GatewayContext>;
  listener: Listener;
  feed: FeedQuery;
  /** From where; null = from now on. */
  after: string | null;
  requestId: string;
  /** The viewer as its token says now. @throws when the token is no longer good. */
  verify(): Promise<Identity>;
  /** When the token ends, in milliseconds. */
  expires: number;
  /** Resolves when the client has taken what it was sent. @throws when it does not. */
  drained(): Promise<void>;
  signal: AbortSignal;
}

export interface Event {
  /** Where to resume after it. */
  cursor: string | null;
  result: FormattedExecutionResult | null;
}

interface Page {
  edges: { cursor: string; node: Record<string, unknown> }[];
  endCursor: string;
  hasNextPage: boolean;
}

/** Even if nobody wakes it, a stream looks this often: a lost hint costs seconds, never an event. */
const LOOK_MS = 10_000;
const RETRY_MS = 500;
const pause = () => new Promise((resolve) => setTimeout(resolve, RETRY_MS));

/**
 * Page after page of the client's own feed. Before each it waits until the client has taken the last one, so that who does
 * not read holds nothing up but itself; then the token is verified anew and the page is read with the rights of now.
 */
export async function* events(of: Subscription): AsyncGenerator<Event, void, undefined> {
  try {
    let after = of.after ?? (await startOf(of));
    if (after === undefined) return;
    yield { cursor: after, result: null };
    while (!of.signal.aborted) {
      await of.drained();
      const { data, errors } = await read(of, of.feed.page, of.feed.variables(after));
      const page = (data?.alertFeed ?? null) as Page | null;
      if (page === null) {
        if (!isPassing(errors)) return yield { cursor: null, result: { errors: errors ?? [] } };
        await pause();
        continue;
      }
      for (const event of toEvents(of.feed.key, page, errors)) yield event;
      after = page.endCursor;
      if (!page.hasNextPage) await of.listener.next(waitOf(of));
    }
  } catch (error) {
    if (!(error instanceof AccordError)) throw error;
    const { message, extensions } = error;
    yield {
      cursor: null,
      result: { errors: [{ message, extensions: { ...extensions, requestId: of.requestId } }] },
    };
  }
}

function waitOf({ expires }: Subscription): number {
  return Math.min(LOOK_MS, Math.max(expires - Date.now(), 0) + 1);
}

const START = "query { alertFeedEnd }";

/** After all that there is for the viewer now; asked until it is known, or the client could miss what comes meanwhile. */
async function startOf(of: Subscription): Promise<string | undefined> {
  while (!of.signal.aborted) {
    const { data, errors } = await read(of, START, {});
    if (typeof data?.alertFeedEnd === "string") return data.alertFeedEnd;
    if (!isPassing(errors)) {
      const [first] = errors ?? [];
      throw new AccordError((first?.extensions?.code ?? "INTERNAL") as never, first?.message ?? "");
    }
    await pause();
  }
  return undefined;
}

async function read(
  of: Subscription,
  query: DocumentNode | string,
  variables: Record<string, unknown>,
): Promise<FormattedExecutionResult> {
  const viewer = await of.verify();
  const { graph, requestId } = of;
  const contextValue: GatewayContext = { viewer, requestId, channel: "STREAM" };
  const { body } = await requestIds.run(requestId, () =>
    graph.executeOperation({ query, variables }, { contextValue }),
  );
  return body.kind === "single" ? (body.singleResult as FormattedExecutionResult) : {};
}

/** What a while will mend: a part of the exchange that is down or restarting. */
function isPassing(errors: readonly GraphQLFormattedError[] | undefined): boolean {
  return (errors ?? []).every(({ extensions }) =>
    ["SUBGRAPH_UNAVAILABLE", "INTERNAL"].includes(String(extensions?.code)),
  );
}

/** Each message as if it had been asked for alone; an error stands with the event in which it arose. */
function toEvents(
  key: string,
  { edges }: Page,
  errors: readonly GraphQLFormattedError[] | undefined,
): Event[] {
  return edges.map(({ cursor, node }, at) => {
    const own = (errors ?? []).filter(({ path }) => path?.[1] === "edges" && path[2] === at);
    const moved = own.map((error) => ({ ...error, path: [key, ...(error.path?.slice(4) ?? [])] }));
    return {
      cursor,
      result: {
        data: { [key]: node },
        ...(moved.length > 0 && { errors: moved }),
        extensions: { cursor },
      },
    };
  });
}
