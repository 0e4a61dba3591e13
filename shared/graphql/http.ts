import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import { ASSERTION_HEADER } from "../viewer/viewer-assertion";
import { ENVELOPE_HEADER, spool } from "./files";
import type { SubgraphServer } from "./server";

/** More than the gateway takes of anybody: a feed of the desk is the largest. */
const MOST_BYTES = 4_500_000;

/** A subgraph as a process of its own: one address, POST, and nothing without a viewer assertion. */
export function listenForGateway(
  subgraph: SubgraphServer,
  { port, host, logger }: { port: number; host: string; logger: Logger },
): Promise<Server> {
  const server = createServer((request, response) => {
    serve(subgraph, request, response).catch((error: unknown) => {
      logger.error({ error }, "unexpected error");
      end(response, 500, {});
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

async function serve(
  subgraph: SubgraphServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.url === "/health/live") return end(response, 200, { status: "live" });
  if (request.url === "/health/ready")
    return end(response, (await subgraph.ready()) ? 200 : 503, {});
  if (request.method !== "POST") return end(response, 405, {});
  if (request.headers[ENVELOPE_HEADER] !== undefined) return serveFile(subgraph, request, response);
  const body = await read(request);
  if (body === null) return end(response, 413, {});
  const assertion = request.headers[ASSERTION_HEADER];
  const { status, result } = await subgraph.answer(
    body,
    typeof assertion === "string" ? assertion : undefined,
  );
  end(response, status, result);
}

/** The bytes of a file, after an envelope that names their digest; none where the envelope names none. */
async function serveFile(
  subgraph: SubgraphServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const envelope = Buffer.from(String(request.headers[ENVELOPE_HEADER]), "base64url").toString();
  const assertion = request.headers[ASSERTION_HEADER];
  const spooled = await spool(request);
  try {
    const path = spooled.size === 0 ? null : spooled.path;
    const answer = await subgraph.answerFile(
      envelope,
      typeof assertion === "string" ? assertion : undefined,
      path,
    );
    const name = answer.name && { "content-disposition": `attachment; filename="${answer.name}"` };
    response.writeHead(answer.status, {
      "content-type": answer.type,
      "cache-control": "no-store",
      ...name,
    });
    response.end(answer.body);
  } finally {
    await spooled.remove();
  }
}

async function read(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function end(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return;
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
