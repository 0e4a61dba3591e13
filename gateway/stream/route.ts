import type { ApolloServer } from "@apollo/server";
import type { Request, RequestHandler, Response } from "express";
import { type DocumentNode, type ExecutionResult, parse } from "graphql";
import { createHandler } from "graphql-sse";
import { decodeJwt } from "jose";
import { AccordError } from "../../shared/errors/errors";
import type { Authenticate } from "../../shared/viewer/token";
import type { Identity } from "../../shared/viewer/viewer";
import type { GatewayContext } from "../signed-source";
import { toFeedQuery } from "./document";
import { events, type Subscription } from "./subscription";
import type { Watcher } from "./watcher";
import { Cursors, drained, writeAll } from "./writer";

export interface StreamOptions {
  graph: ApolloServer<GatewayContext>;
  watcher: Watcher;
  authenticate: Authenticate;
}

export interface Streams {
  route: RequestHandler;
  /** Cuts every stream. None is completed: a client that is cut comes back, and resumes. */
  stop(): void;
}

/** How many streams one person or client may hold open. */
const MOST_PER_VIEWER = 5;

/**
 * Server-sent events by the protocol of graphql-sse, distinct connections. The library speaks the protocol; what an event holds
 * and who may have it is asked of the graph, page by page.
 */
export function openStreams(options: StreamOptions): Streams {
  const open = new Map<Response, string>();
  return {
    async route(request, response) {
      const viewer = response.locals.viewer as Identity | null;
      if (viewer === null) throw new AccordError("UNAUTHENTICATED", SIGN_IN);
      if (request.headers.accept !== "text/event-stream")
        throw new AccordError(
          "BAD_USER_INPUT",
          "accept: a stream is answered as text/event-stream. Ask for that.",
        );
      const name = `${viewer.partner}/${viewer.id}`;
      const count = [...open.values()].filter((other) => other === name).length;
      if (count >= MOST_PER_VIEWER)
        throw new AccordError(
          "RATE_LIMITED",
          `You hold ${count} streams open already. Close one first.`,
        );
      open.set(response, name);
      response.once("close", () => open.delete(response));
      await stream(request, response, options);
    },
    stop() {
      options.watcher.stop();
      for (const response of open.keys()) response.destroy();
    },
  };
}

const SIGN_IN = "Sign in as a partner of the exchange to listen.";

async function stream(request: Request, response: Response, options: StreamOptions): Promise<void> {
  const closed = new AbortController();
  const listener = options.watcher.listen((response.locals.viewer as Identity).partner);
  response.once("close", () => {
    closed.abort();
    listener.close();
  });
  const cursors = new Cursors();
  const handle = createHandler({
    authenticate: () => "", // no token of a reserved stream: each operation has a connection of its own
    onSubscribe: (_request, params) =>
      results(
        subscriptionOf(request, response, { ...options, listener, signal: closed.signal }, params),
        cursors,
      ),
  });
  const [body, init] = await handle({
    method: request.method,
    url: request.originalUrl,
    headers: { get: (key: string) => request.headers[key] as string | undefined },
    body: request.body,
    raw: request,
    context: undefined,
  });
  response.writeHead(init.status, {
    ...init.headers,
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  if (body === null || typeof body === "string") return void response.end(body ?? undefined);
  closed.signal.addEventListener("abort", () => void body.return(undefined));
  await writeAll(body, response, cursors);
}

/** The results of the events for the library, and beside them the cursors, in the same order. */
async function* results(
  subscription: Subscription,
  cursors: Cursors,
): AsyncGenerator<ExecutionResult, void, undefined> {
  for await (const { cursor, result } of events(subscription)) {
    if (result === null) cursors.begin(cursor);
    else {
      cursors.push(cursor);
      yield result as ExecutionResult;
    }
  }
}

interface Params {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
}

function subscriptionOf(
  request: Request,
  response: Response,
  {
    graph,
    authenticate,
    listener,
    signal,
  }: StreamOptions & Pick<Subscription, "listener" | "signal">,
  { query, operationName, variables }: Params,
): Subscription {
  const feed = toFeedQuery(document(query), operationName || undefined, variables ?? {});
  const first = response.locals.viewer as Identity;
  const authorization = request.headers.authorization;
  const expires = expiryOf(authorization);
  return {
    graph,
    listener,
    feed,
    expires,
    signal,
    requestId: String(response.locals.requestId),
    after: feed.after ?? request.get("last-event-id") ?? null,
    drained: () => drained(response),
    async verify() {
      if (expires <= Date.now())
        throw new AccordError("TOKEN_EXPIRED", "The access token has expired. Get a new one.");
      const viewer = await authenticate(authorization);
      if (viewer === null) throw new AccordError("UNAUTHENTICATED", SIGN_IN);
      return { ...viewer, ...(first.purpose && { purpose: first.purpose }) };
    },
  };
}

/** A token that is none of ours to read ends when it is no longer accepted. */
function expiryOf(authorization: string | undefined): number {
  try {
    return (decodeJwt(authorization?.split(" ").at(-1) ?? "").exp ?? 0) * 1_000;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function document(query: string): DocumentNode {
  try {
    return parse(query);
  } catch (error) {
    throw new AccordError("GRAPHQL_PARSE_FAILED", (error as Error).message);
  }
}
