import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expressMiddleware } from "@as-integrations/express5";
import express from "express";
import type { Authenticate } from "../shared/viewer/token";
import { assertionSigner } from "../shared/viewer/viewer-assertion";
import type { DemoIssuer } from "./demo-issuer";
import { type FileRoute, handOn } from "./files";
import { type GraphOptions, startGraph } from "./graph";
import type { Link } from "./link";
import { createMetrics } from "./metrics";
import {
  authorise,
  bodyWithin,
  failures,
  identify,
  measured,
  nowhere,
  onlyJson,
  purposed,
  readJson,
  receipted,
  secure,
  validated,
} from "./middleware";
import { demoSignIn, operations, playground } from "./pages";
import { RequestValidator } from "./request-validation";
import type { GatewayContext } from "./signed-source";
import { openStreams } from "./stream/route";
import { openWatcher } from "./stream/watcher";
import { type Pace, UPLOAD_PACE, UploadSlots } from "./uploads";

export interface GatewayOptions extends Omit<GraphOptions, "metrics"> {
  /** 0 takes a free port. */
  port: number;
  /** Loopback unless a deployment says otherwise. */
  host?: string;
  authenticate: Authenticate;
  demo?: DemoIssuer;
  /** Addresses whose bytes go on to a subgraph unread. */
  files?: readonly FileRoute[];
  /** When an upload is cut; left out = as UPLOAD_PACE. */
  pace?: Pace;
}

export interface Gateway {
  url: string;
  stop(): Promise<void>;
}

/** Token to viewer, limits, plan, signed fetches, answer. The factory that the tests use too. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { port, host = "127.0.0.1", authenticate, demo, limits, links, logger } = options;
  const metrics = createMetrics();
  const graph = await startGraph({ ...options, metrics });
  const app = express().disable("x-powered-by").disable("etag").set("query parser", parameters);
  app.use(identify(), secure());
  const known = [authorise(authenticate), purposed()];
  const asked = [
    bodyWithin(REQUEST_TIMEOUT_MS),
    onlyJson(),
    ...known,
    readJson(limits),
    validated(new RequestValidator(limits)),
  ];
  const answer = expressMiddleware(graph, {
    context: async ({ res }) => res.locals as GatewayContext,
  });
  app.all("/graphql", measured(metrics), ...asked, receipted(), answer);
  const signer = assertionSigner(options.key);
  const watcher = openWatcher(links.get("alerts") as Link, signer, logger);
  const streams = openStreams({ graph, watcher, authenticate });
  app.all("/graphql/stream", ...asked, streams.route);
  if (demo) app.use(demoSignIn(demo));
  const { pace = UPLOAD_PACE } = options;
  const slots = new UploadSlots();
  for (const route of options.files ?? []) {
    app[route.method](
      route.path,
      measured(metrics),
      ...known,
      handOn(route, { links, graph, signer, logger, slots, pace }),
    );
  }
  app.use(operations(links, metrics), playground(demo), nowhere(), failures(logger));
  const server = await listen(createServer(TIMES, app), port, host);
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    async stop() {
      streams.stop();
      await close(server);
      await graph.stop();
      await Promise.all([...links.values()].map((link) => link.close()));
    },
  };
}

/** Every parameter: a parser that stops at some number would judge another query than the one that is run. */
function parameters(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

const REQUEST_TIMEOUT_MS = 30_000;

/** Slow headers are cut after ten seconds. A body has no time limit here, since files may take minutes: see uploads.ts. */
const TIMES = { headersTimeout: 10_000, requestTimeout: 0, connectionsCheckingInterval: 1_000 };

function listen(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

/** Answers what is under way, takes nothing new, and does not wait for idle keep-alive connections. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2_000).unref();
  });
}
