import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { AccordError, SAID_BESIDE } from "../errors/errors";
import { argumentAround } from "./argument";

/**
 * What leaves a subgraph. Only errors we wrote ourselves keep their text; anything else may hold SQL, a host or a
 * value, so the caller gets INTERNAL and the operator finds the cause under the same request id.
 */
export function maskError(
  error: GraphQLError,
  requestId: string,
  logger: Logger,
): GraphQLFormattedError {
  const cause = error.originalError ?? error;
  if (cause instanceof AccordError) return formatted(cause.message, error, cause.extensions);
  if (error.path === undefined && isOfGraphql(error.originalError)) {
    return formatted(withArgument(error), error, { code: "BAD_USER_INPUT" });
  }
  logger.error({ requestId, error: cause }, "unexpected error");
  return formatted("Something failed on our side.", error, { code: "INTERNAL" });
}

/** Before anything is executed: graphql-js refuses the document, or a scalar of a library refuses a value. */
function isOfGraphql(cause: Error | undefined): boolean {
  return cause === undefined || cause instanceof GraphQLError;
}

function formatted(
  message: string,
  { path }: GraphQLError,
  extensions: Readonly<Record<string, unknown>>,
): GraphQLFormattedError {
  const kept = Object.fromEntries(
    ["code", ...SAID_BESIDE]
      .filter((key) => key in extensions)
      .map((key) => [key, extensions[key]]),
  );
  return { message, ...(path && { path }), extensions: kept };
}

/**
 * A document that graphql-js itself refuses here was valid for the gateway, so a value in it is at fault that only the
 * subgraph's scalars can judge.
 */
function withArgument(error: GraphQLError): string {
  const name = argumentAround(error);
  return name === undefined ? error.message : `${name}: ${error.message}`;
}
