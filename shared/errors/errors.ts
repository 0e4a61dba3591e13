import { GraphQLError } from "graphql";

/** The closed list. docs/errors.md is generated from it and checked. */
export const ERRORS = {
  UNAUTHENTICATED: {
    http: 401,
    meaning: "No valid sign-in.",
    remedy: "Get an access token and send it as a Bearer token.",
  },
  TOKEN_EXPIRED: {
    http: 401,
    meaning: "The access token has expired.",
    remedy: "Get a new token and repeat the request.",
  },
  FORBIDDEN: {
    http: 403,
    meaning: "The viewer may not see or do this.",
    remedy: "Ask explainAccess for the reason and the owner for an agreement.",
  },
  BAD_USER_INPUT: {
    http: 400,
    meaning: "An argument or variable is wrong.",
    remedy: "The message names it and says what is expected.",
  },
  NOT_FOUND: {
    http: 404,
    meaning: "There is no such object for this viewer.",
    remedy: "Check the identifier.",
  },
  PERIOD_CLOSED: {
    http: 409,
    meaning: "The reporting period no longer takes changes.",
    remedy: "Submit an amendment with a reason.",
  },
  REVISION_CONFLICT: {
    http: 409,
    meaning: "Somebody else changed the object first.",
    remedy: "Read the current version and repeat.",
  },
  IDEMPOTENCY_KEY_REUSED: {
    http: 409,
    meaning: "The key was used with another input.",
    remedy: "Use a fresh key for a new intent.",
  },
  QUERY_TOO_COSTLY: {
    http: 400,
    meaning: "The query asks for more than one request may.",
    remedy: "Ask for less nesting, fewer lists, or in several requests.",
  },
  RATE_LIMITED: {
    http: 429,
    meaning: "Too many requests.",
    remedy: "Wait as long as Retry-After says.",
  },
  SUBGRAPH_UNAVAILABLE: {
    http: 200,
    meaning: "A part of the exchange does not answer; its fields are null.",
    remedy: "Repeat later; the rest of the answer stands.",
  },
  INTERNAL: {
    http: 500,
    meaning: "Something failed on our side.",
    remedy: "Report the requestId to the operator.",
  },
  GRAPHQL_PARSE_FAILED: {
    http: 400,
    meaning: "The document is not GraphQL.",
    remedy: "Mend the syntax at the place named.",
  },
  GRAPHQL_VALIDATION_FAILED: {
    http: 400,
    meaning: "The document does not fit the schema.",
    remedy: "Compare it with the schema in the playground.",
  },
} as const satisfies Record<string, { http: number; meaning: string; remedy: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** A refusal whose text was written for the person who reads it. Any other error is masked. */
export class AccordError extends GraphQLError {
  constructor(code: ErrorCode, message: string, extensions: Record<string, unknown> = {}) {
    super(message, { extensions: { ...extensions, code } });
  }
}

/** @param argument the name of the argument at fault; the message should begin with it. */
export function badInput(argument: string, message: string): AccordError {
  return new AccordError("BAD_USER_INPUT", `${argument}: ${message}`, { argument });
}

/** What an error may carry besides its code: which argument, which kind of data is withheld, and why. */
export const SAID_BESIDE = ["argument", "withheld", "reason"] as const;

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(ERRORS, code);
}
