import type { GraphQLFormattedError } from "graphql";
import { ERRORS, type ErrorCode, isErrorCode } from "../shared/graphql/errors";

/** Apollo's own codes in the words of our closed list. */
const TRANSLATED: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: "BAD_USER_INPUT",
  OPERATION_RESOLUTION_FAILURE: "BAD_USER_INPUT",
  PERSISTED_QUERY_NOT_FOUND: "BAD_USER_INPUT",
  PERSISTED_QUERY_NOT_SUPPORTED: "BAD_USER_INPUT",
};

const PASSED_ON = ["argument", "withheld", "reason"] as const;

/** What leaves the gateway: a code of the list, the fields we meant to send, and for anything unforeseen no text at all. */
export function toClientError({
  message,
  locations,
  path,
  extensions = {},
}: GraphQLFormattedError): GraphQLFormattedError {
  const given = String(extensions.code);
  const code = isErrorCode(given) ? given : (TRANSLATED[given] ?? "INTERNAL");
  const kept = Object.fromEntries(PASSED_ON.filter((key) => key in extensions).map((key) => [key, extensions[key]]));
  return {
    message: code === "INTERNAL" ? ERRORS.INTERNAL.meaning : message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { ...kept, code },
  };
}

/** Each kind of withheld data is said once an answer, not once a row: four hundred errors tell no more than one. */
export function oncePerKind(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  const told = new Set<string>();
  return errors.filter(({ extensions = {}, message }) => {
    const single = extensions.code === "SUBGRAPH_UNAVAILABLE" || extensions.code === "UNAUTHENTICATED";
    const kind = extensions.withheld ?? (single ? message : undefined);
    if (kind === undefined) return true;
    if (told.has(String(kind))) return false;
    told.add(String(kind));
    return true;
  });
}
