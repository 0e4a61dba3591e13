import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { ERRORS, type ErrorCode, isErrorCode, SAID_BESIDE } from "../shared/errors/errors";
import { argumentAround } from "../shared/graphql/argument";
import { requestIds } from "./request-id";

/** Apollo's own codes in the words of our closed list. */
const TRANSLATED: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: "BAD_USER_INPUT",
  OPERATION_RESOLUTION_FAILURE: "BAD_USER_INPUT",
  PERSISTED_QUERY_NOT_FOUND: "BAD_USER_INPUT",
  PERSISTED_QUERY_NOT_SUPPORTED: "BAD_USER_INPUT",
};

/** What leaves the gateway: a code of the list, the fields we meant to send, and for anything unforeseen no text at all. */
export function toClientError(
  formatted: GraphQLFormattedError,
  cause: unknown,
): GraphQLFormattedError {
  const { message, locations, path, extensions = {} } = formatted;
  const given = String(extensions.code);
  const code = isErrorCode(given) ? given : (TRANSLATED[given] ?? "INTERNAL");
  const argument = code === "GRAPHQL_VALIDATION_FAILED" ? argumentOf(cause) : undefined;
  const kept = Object.fromEntries(
    SAID_BESIDE.filter((key) => key in extensions).map((key) => [key, extensions[key]]),
  );
  const text = code === "INTERNAL" ? ERRORS.INTERNAL.meaning : message;
  return {
    message: argument === undefined ? text : `${argument}: ${text}`,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: {
      ...kept,
      ...(argument !== undefined && { argument }),
      code: argument === undefined ? code : "BAD_USER_INPUT",
      requestId: requestIds.getStore(),
    },
  };
}

/** A literal that does not fit its type is wrong input, and its sender needs the argument's name. */
function argumentOf(cause: unknown): string | undefined {
  return cause instanceof GraphQLError ? argumentAround(cause) : undefined;
}

/** How many faults of one document are told. */
const MOST_FAULTS = 5;
const OF_THE_DOCUMENT: ReadonlySet<unknown> = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
]);

/**
 * Of a document that is not valid the first faults are told, and names that it may have meant only to who has signed in: to
 * anybody else they would spell out the schema, name by name.
 */
export function firstFaults(
  errors: readonly GraphQLFormattedError[],
  signedIn: boolean,
): GraphQLFormattedError[] {
  let faults = 0;
  return errors.flatMap((error) => {
    if (!OF_THE_DOCUMENT.has(error.extensions?.code)) return [error];
    faults += 1;
    if (faults > MOST_FAULTS) return [];
    return [signedIn ? error : { ...error, message: withoutSuggestions(error.message) }];
  });
}

function withoutSuggestions(message: string): string {
  const at = message.indexOf(" Did you mean ");
  return at < 0 ? message : message.slice(0, at);
}

/** Each kind of withheld data is said once an answer, not once a row: four hundred errors tell no more than one. */
export function oncePerKind(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  const told = new Set<string>();
  return [...errors].sort(byPath).filter(({ extensions = {}, message }) => {
    const single =
      extensions.code === "SUBGRAPH_UNAVAILABLE" || extensions.code === "UNAUTHENTICATED";
    const kind = extensions.withheld ?? (single ? message : undefined);
    if (kind === undefined) return true;
    if (told.has(String(kind))) return false;
    told.add(String(kind));
    return true;
  });
}

/** Subgraphs answer in any order; which of the same errors is the one that is told must not change with it. */
function byPath(one: GraphQLFormattedError, other: GraphQLFormattedError): number {
  const [a, b] = [one, other].map(({ path }) => path?.join(".") ?? "") as [string, string];
  return a < b ? -1 : a > b ? 1 : 0;
}
