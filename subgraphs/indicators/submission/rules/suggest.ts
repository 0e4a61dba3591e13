import type { Codes } from "./rule";

const MOST_SUGGESTIONS = 3;
/** Longer than any code or name: what is that long was not mistyped. */
const LONGEST = 80;

/** ` Did you mean AFG (Afghanistan)?`, or nothing where nothing is near. */
export function didYouMean(text: string, codes: Codes): string {
  const found = nearest(text, codes).map((code) => withName(code, codes.get(code)));
  return found.length === 0 ? "" : `Did you mean ${found.join(", ")}?`;
}

function withName(code: string, name: string | undefined): string {
  return name === undefined || name === code ? code : `${code} (${name})`;
}

/** The codes that are nearest by themselves or by their names, all equally near; never the total, which is no part. */
export function nearest(text: string, codes: Codes): string[] {
  const typed = fold(text);
  if (typed === "" || typed.length > LONGEST) return [];
  let least = allowed(typed);
  let found: string[] = [];
  for (const [code, name] of codes) {
    if (code === "_T") continue;
    const distance = Math.min(within(typed, fold(code), least), within(typed, fold(name), least));
    if (distance < least) found = [];
    if (distance <= least) found.push(code);
    least = Math.min(least, distance);
  }
  return found.slice(0, MOST_SUGGESTIONS);
}

function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").trim().toLowerCase();
}

/** One slip in a code, up to three in a long name. */
function allowed(typed: string): number {
  return typed.length <= 4 ? 1 : typed.length <= 8 ? 2 : 3;
}

function within(one: string, other: string, limit: number): number {
  return Math.abs(one.length - other.length) > limit ? Number.POSITIVE_INFINITY : slips(one, other);
}

/** Damerau and Levenshtein's: letters wrong, missing, too many, or two neighbours exchanged. */
export function slips(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const differs = one[i - 1] === other[j - 1] ? 0 : 1;
      const replaced = (last[j - 1] as number) + differs;
      let best = Math.min(replaced, (last[j] as number) + 1, (row[j - 1] as number) + 1);
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) best = Math.min(best, (before[j - 2] as number) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[other.length] as number;
}
