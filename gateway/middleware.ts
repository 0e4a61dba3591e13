import { randomUUID } from "node:crypto";
import express, { type ErrorRequestHandler, type RequestHandler, type Response } from "express";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import { AccordError, ERRORS, type ErrorCode, isErrorCode } from "../shared/errors/errors";
import { statusOfRefusal } from "../shared/graphql/files";
import { isPurpose, PURPOSES } from "../shared/viewer/purpose";
import type { Authenticate } from "../shared/viewer/token";
import type { Identity } from "../shared/viewer/viewer";
import type { Limits } from "./limits/limits";
import type { Metrics } from "./metrics";
import { requestIds } from "./request-id";
import type { RequestValidator } from "./request-validation";

/** What stands between the socket and the graph, one small thing each, in the order in which server.ts hangs them. */

export function identify(): RequestHandler {
  return (_request, response, next) => {
    const requestId = randomUUID();
    response.locals.requestId = requestId;
    response.setHeader("x-request-id", requestId);
    requestIds.run(requestId, next);
  };
}

/** Answers are for one viewer: nothing may keep them. */
export function secure(): RequestHandler {
  return (_request, response, next) => {
    response.setHeader("cache-control", "private, no-store");
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("referrer-policy", "no-referrer");
    response.setHeader("x-frame-options", "DENY");
    next();
  };
}

export function measured(metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const end = metrics.duration.startTimer({ method: request.method });
    response.on("finish", () => end({ status: String(response.statusCode) }));
    next();
  };
}

/** GET and POST only, and a POST only with JSON: anything else a browser could be made to send from elsewhere. */
export function onlyJson(): RequestHandler {
  return (request, response, next) => {
    if (request.method !== "GET" && request.method !== "POST") {
      response.setHeader("allow", "GET, POST");
      return refuse(response, 405, "BAD_USER_INPUT", "Use POST, or GET for a query.");
    }
    if (request.method === "POST" && !request.is("application/json")) {
      return refuse(response, 415, "BAD_USER_INPUT", "Send the request as application/json.");
    }
    next();
  };
}

export function authorise(authenticate: Authenticate): RequestHandler {
  return async (request, response, next) => {
    response.locals.viewer = await authenticate(request.headersDistinct.authorization?.join(", "));
    next();
  };
}

/** The token may say what its bearer's requests are for; a header may say it of one request, and never something else. */
export function purposed(): RequestHandler {
  return (request, response, next) => {
    const viewer = response.locals.viewer as Identity | null;
    const stated = request.headersDistinct[PURPOSE_HEADER]?.join(", ");
    if (stated === undefined || viewer === null) return next();
    if (!isPurpose(stated)) {
      throw new AccordError(
        "BAD_USER_INPUT",
        `${PURPOSE_HEADER}: is none of ${PURPOSES.join(", ")}.`,
      );
    }
    if (viewer.purpose && viewer.purpose !== stated) {
      throw new AccordError(
        "FORBIDDEN",
        `${PURPOSE_HEADER}: your token is for ${viewer.purpose} only.`,
      );
    }
    response.locals.viewer = { ...viewer, purpose: stated } satisfies Identity;
    next();
  };
}

const PURPOSE_HEADER = "accord-purpose";

/** A body that is read whole comes within this time; files have a limit of their own. */
export function bodyWithin(milliseconds: number): RequestHandler {
  return (request, _response, next) => {
    const timer = setTimeout(() => {
      if (!request.complete) request.destroy();
    }, milliseconds);
    request.once("close", () => clearTimeout(timer));
    next();
  };
}

/** A client that wants a receipt says so; gathering what an answer rests on costs the others nothing. */
export function receipted(): RequestHandler {
  return (request, response, next) => {
    if (request.headers[RECEIPT_HEADER] === "true") response.locals.bases = [];
    next();
  };
}

const RECEIPT_HEADER = "accord-receipt";

/** Feeds come in as a variable of a mutation, and only the Secretariat's desk brings any. */
const DESK_BYTES = 4_200_000;

/** The body as JSON, as long as its sender may send. Stands behind `authorise`: whoever is not known sends little. */
export function readJson({ bytes }: Limits): RequestHandler {
  const [short, long] = [bytes, DESK_BYTES].map((limit) => express.json({ limit }));
  return (request, response, next) => {
    const viewer = response.locals.viewer as Identity | null;
    const read = (viewer?.roles.includes("DESK") ? long : short) as RequestHandler;
    read(request, response, next);
  };
}

export function validated(validator: RequestValidator): RequestHandler {
  return (request, response, next) => {
    const { query, operationName } =
      request.method === "GET" ? request.query : (request.body ?? {});
    validator.check({ query, operationName }, response.locals.viewer);
    next();
  };
}

export function nowhere(): RequestHandler {
  return (_request, response) => refuse(response, 404, "NOT_FOUND", "This address leads nowhere.");
}

/** One form for everything refused before the graph, the same that the graph itself answers with. */
export function failures(logger: Logger): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    if (error instanceof GraphQLError && isErrorCode(error.extensions.code)) {
      const { code } = error.extensions;
      return refuse(response, statusOfRefusal(code), code, error.message);
    }
    const { status } = error as { status?: number };
    if (status === 415)
      return refuse(
        response,
        415,
        "BAD_USER_INPUT",
        "Send the request as JSON in UTF-8, not compressed otherwise.",
      );
    if (status === 413)
      return refuse(
        response,
        413,
        "QUERY_TOO_COSTLY",
        "The request is larger than 64 kB. Ask in several.",
      );
    if (status !== undefined && status >= 400 && status < 500) {
      const isBody = (error as { type?: string }).type?.startsWith("entity.") ?? false;
      const message = isBody
        ? "The body is not a JSON object with a `query`."
        : "This address leads nowhere.";
      return refuse(response, status, isBody ? "BAD_USER_INPUT" : "NOT_FOUND", message);
    }
    logger.error({ requestId: response.locals.requestId, error }, "unexpected error");
    refuse(response, 500, "INTERNAL", ERRORS.INTERNAL.meaning);
  };
}

function refuse(response: Response, status: number, code: ErrorCode, message: string): void {
  if (status === 401) response.setHeader("www-authenticate", `Bearer error="invalid_token"`);
  const { requestId } = response.locals;
  const accepts = response.req.accepts(["application/json", "application/graphql-response+json"]);
  response
    .status(status)
    .type(accepts || "application/json")
    .send(JSON.stringify({ errors: [{ message, extensions: { code, requestId } }] }));
}
