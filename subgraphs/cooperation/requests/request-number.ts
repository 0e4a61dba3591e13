import { randomInt } from "node:crypto";

/** Without what is taken for another: 0 O, 1 I L, U V. */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUP = 4;

export const REFERENCE = /^COLEP-\d{4}-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/;

/** Eight characters at random, so that nobody tells from its own number how many requests others have. */
export function newReference(year: number): string {
  return `COLEP-${year}-${randomGroup()}-${randomGroup()}`;
}

function randomGroup(): string {
  return Array.from({ length: GROUP }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}
