import { badInput } from "../errors/errors";

const MOST_PER_PAGE = 100;

/** @throws BAD_USER_INPUT outside 1 to 100: refused, not clamped. */
export function pageSize(first: number): number {
  if (Number.isInteger(first) && first >= 1 && first <= MOST_PER_PAGE) return first;
  throw badInput(
    "first",
    `${first} is out of range. Ask for 1 to ${MOST_PER_PAGE} and page on with \`after\`.`,
  );
}

/** Opaque to callers. Only ever carries the id of an object its reader has been shown. */
export function encodeCursor(id: string): string {
  return Buffer.from(`id:${id}`).toString("base64url");
}

export function decodeCursor(cursor: string | null | undefined): string | null {
  if (cursor === null || cursor === undefined) return null;
  const [, id] = /^id:([\w-]{1,64})$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (id !== undefined) return id;
  throw badInput("after", "is not a cursor. Use an endCursor of an earlier page.");
}
