/** Said of every mutation and its key. */
export const KEY = "The same key with the same input happens once and is answered the same again.";
export const ERRORS =
  "Errors: FORBIDDEN. userErrors: BAD_USER_INPUT, FORBIDDEN, NOT_FOUND, REVISION_CONFLICT, IDEMPOTENCY_KEY_REUSED.";
