import { type GraphQLError, type GraphQLFormattedError, parse, visit } from "graphql";
import type { Logger } from "pino";
import { AccordError } from "./errors";

const PASSED_ON = ["code", "argument", "withheld", "reason"] as const;

/**
 * What leaves a subgraph. Only errors we wrote ourselves keep their text; anything else may hold SQL, a host or a
 * value, so the caller gets INTERNAL and the operator finds the cause under the same request id.
 */
export function maskError(error: GraphQLError, requestId: string, logger: Logger): GraphQLFormattedError {
  const cause = error.originalError ?? error;
  if (cause instanceof AccordError) return formatted(cause.message, error, cause.extensions);
  if (error.originalError === undefined && error.path === undefined) {
    return formatted(withArgument(error), error, { code: "BAD_USER_INPUT" });
  }
  logger.error({ requestId, error: cause }, "unexpected error");
  return formatted("Something failed on our side.", error, { code: "INTERNAL" });
}

function formatted(
  message: string,
  { path }: GraphQLError,
  extensions: Readonly<Record<string, unknown>>,
): GraphQLFormattedError {
  const kept = Object.fromEntries(PASSED_ON.filter((key) => key in extensions).map((key) => [key, extensions[key]]));
  return { message, ...(path && { path }), extensions: kept };
}

/**
 * A document that graphql-js itself refuses here was valid for the gateway, so a value in it is at fault that only the
 * subgraph's scalars can judge. graphql-js names the type; the caller needs the argument.
 */
function withArgument(error: GraphQLError): string {
  const at = error.nodes?.[0]?.loc;
  if (!at) return error.message;
  let name: string | undefined;
  visit(parse(at.source), {
    Argument({ name: argument, loc }) {
      if (loc && loc.start <= at.start && at.end <= loc.end) name = argument.value;
    },
  });
  return name === undefined ? error.message : `${name}: ${error.message}`;
}
