import type { ApolloServer } from "@apollo/server";
import type { Request, RequestHandler, Response } from "express";
import type { Logger } from "pino";
import { AccordError } from "../shared/errors/errors";
import { holdsUnstorable, unstorable } from "../shared/graphql/characters";
import { type Envelope, MOST_FILE_BYTES, type Spooled } from "../shared/graphql/files";
import type { Channel } from "../shared/viewer/channel";
import type { Identity, Role } from "../shared/viewer/viewer";
import type { AssertionSigner } from "../shared/viewer/viewer-assertion";
import type { Link } from "./link";
import type { GatewayContext } from "./signed-source";
import { type Pace, receiveUpload, requireSender, type UploadSlots } from "./uploads";

/** An address at which bytes come in or go out, and the subgraph that knows what they are. */
export interface FileRoute {
  method: "get" | "post";
  path: string;
  subgraph: string;
  channel: Channel;
  /** Content types that may come in. */
  types: readonly string[];
  /** Who may send a file: asked before its first byte is read, and by the subgraph again. Left out = nothing is sent. */
  senders?: readonly Role[];
  /**
   * What other subgraphs have to say in a document of this one: asked of the graph, as the same viewer. Null = nothing, as where
   * no document will come of it: the subgraph itself says what is wrong.
   */
  beside?: {
    query: string;
    variables(parameters: Envelope["parameters"]): Record<string, unknown> | null;
  };
}

/** Of what the indicators subgraph makes a document: nobody else is asked, and nothing logged as told, for what it will refuse. */
const ANALYSIS = {
  year: /^(?:19[5-9]\d|20\d\d|2100)$/,
  format: /^(?:html|pdf)$/,
  version: /^(?:own|cleared)$/,
};

/** As the addresses of the subgraphs do, these names stand where the exchange is put together, and nowhere else. */
export const FILE_ROUTES: readonly FileRoute[] = [
  {
    method: "post",
    path: "/reports",
    subgraph: "indicators",
    channel: "GRAPHQL",
    senders: ["OFFICER"],
    types: [
      "text/csv",
      "text/tab-separated-values",
      "text/plain",
      "application/octet-stream",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ],
  },
  { method: "get", path: "/export", subgraph: "indicators", channel: "EXPORT", types: [] },
  {
    method: "get",
    path: "/cooperation/communique",
    subgraph: "cooperation",
    channel: "EXPORT",
    types: [],
  },
  {
    method: "get",
    path: "/analysis",
    subgraph: "indicators",
    channel: "EXPORT",
    types: [],
    beside: {
      query: `query ($year: Int!, $cleared: Boolean!) { annualAnalysis(year: $year) {
        alerts @skip(if: $cleared) { threshold messages alerts updates cancellations toAcknowledge onTimeShare medianMinutes }
        requests { concluded medianHours onTimePercent reason } } }`,
      variables: (parameters) => {
        const asked: Envelope["parameters"] = {
          year: "",
          format: "html",
          version: "own",
          ...parameters,
        };
        if (!Object.entries(ANALYSIS).every(([name, known]) => known.test(asked[name] as string)))
          return null;
        return { year: Number(asked.year), cleared: asked.version === "cleared" };
      },
    },
  },
];

export interface FileOptions {
  links: ReadonlyMap<string, Link>;
  graph: ApolloServer<GatewayContext>;
  signer: AssertionSigner;
  logger: Logger;
  slots: UploadSlots;
  pace: Pace;
}

/** What may stand beside a file in a header, since an address is logged on its way. */
const HEADERS = ["idempotency-key"] as const;

/** A document of ours has neither scripts nor anything from elsewhere; should a text in it ever try, nothing happens. */
const DOCUMENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

/** Hands bytes on as they are, with a viewer assertion for just them; no header of the client goes along but those named. */
export function handOn(
  route: FileRoute,
  { links, graph, signer, logger, slots, pace }: FileOptions,
): RequestHandler {
  return async (request, response) => {
    const viewer = response.locals.viewer as Identity | null;
    const requestId = response.locals.requestId as string;
    if (!viewer) throw new AccordError("UNAUTHENTICATED", "Sign in as a partner of the exchange.");
    const link = links.get(route.subgraph);
    if (!link) throw new Error(`No address for the subgraph ${route.subgraph}.`);
    const isUpload = route.method === "post";
    if (isUpload) checkUpload(request, response, viewer, route);
    const release = isUpload ? slots.take(viewer.partner) : undefined;
    let spooled: Spooled | null = null;
    try {
      if (isUpload) spooled = await receiveUpload(request, pace);
      const asked = { viewer, requestId, channel: route.channel };
      const envelope = JSON.stringify(await envelopeOf(request, route, spooled, { graph, asked }));
      const assertion = signer.issue(route.subgraph, envelope, asked);
      const answer = await link
        .sendFile(envelope, assertion, spooled?.size ? spooled.path : null)
        .catch((error: unknown) => {
          logger.error({ requestId, subgraph: route.subgraph, error }, "subgraph does not answer");
          throw new AccordError(
            "SUBGRAPH_UNAVAILABLE",
            "A part of the exchange does not answer just now. Repeat later.",
          );
        });
      if (answer.name)
        response.setHeader("content-disposition", `attachment; filename="${answer.name}"`);
      if (answer.type.startsWith("text/html"))
        response.setHeader("content-security-policy", DOCUMENT_POLICY);
      response.status(answer.status).type(answer.type).send(answer.body);
    } finally {
      release?.();
      await spooled?.remove();
    }
  };
}

/** Everything that can be asked before the body is read. Where the role is refused and the body is large, the connection ends. */
function checkUpload(
  request: Request,
  response: Response,
  viewer: Identity,
  { types, senders = [] }: FileRoute,
): void {
  const { headers } = request;
  if (!(Number(headers["content-length"]) <= MOST_BYTES_LEFT))
    response.setHeader("connection", "close");
  requireSender(viewer, senders);
  response.removeHeader("connection");
  if (!request.is([...types])) {
    throw new AccordError(
      "BAD_USER_INPUT",
      `content-type: send the file as one of ${types.join(", ")}.`,
    );
  }
  const length = Number(request.headers["content-length"] ?? 0);
  if (length > MOST_FILE_BYTES) {
    throw new AccordError(
      "QUERY_TOO_COSTLY",
      `The file is larger than ${MOST_FILE_BYTES / 1_048_576} MB. Send it in parts.`,
    );
  }
}

/** A body as small as this is read and dropped after a refusal, so that its sender hears why. */
const MOST_BYTES_LEFT = 1_048_576;

async function envelopeOf(
  request: Request,
  { method, path, beside }: FileRoute,
  spooled: Spooled | null,
  { graph, asked }: { graph: ApolloServer<GatewayContext>; asked: GatewayContext },
): Promise<Envelope> {
  const headers = HEADERS.flatMap((name) =>
    request.headers[name] ? [[name, String(request.headers[name])]] : [],
  );
  const parameters = {
    ...(request.query as Record<string, string>),
    ...Object.fromEntries(headers),
  };
  for (const [name, value] of Object.entries(parameters))
    if (holdsUnstorable(value)) throw unstorable(name);
  return {
    route: `${method.toUpperCase()} ${path}`,
    parameters,
    file:
      spooled && spooled.size > 0
        ? { digest: spooled.digest, type: request.headers["content-type"] ?? "" }
        : null,
    ...(beside && { beside: await said(beside, parameters, graph, asked) }),
  };
}

/** With the viewer's rights, its limits and its line in the log; null where nothing came. What is missing is for the subgraph to say. */
async function said(
  { query, variables }: NonNullable<FileRoute["beside"]>,
  parameters: Envelope["parameters"],
  graph: ApolloServer<GatewayContext>,
  contextValue: GatewayContext,
): Promise<unknown> {
  const asked = variables(parameters);
  if (asked === null) return null;
  const { body } = await graph.executeOperation({ query, variables: asked }, { contextValue });
  return body.kind === "single" ? (body.singleResult.data ?? null) : null;
}
