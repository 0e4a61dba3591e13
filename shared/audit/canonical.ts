/**
 * What an entry of the log is to the tree: one flat object of strings, whole numbers, booleans, nulls and lists of
 * strings. Its leaf is its canonical JSON (RFC 8785), so two programs that hold the same entry hash the same bytes.
 *
 * A value outside this subset throws. Rounding it, or leaving it out, would seal something other than what was recorded.
 */
export type Flat = {
  readonly [name: string]: string | number | boolean | null | readonly string[];
};

/** @throws TypeError that names the member at fault and says nothing of its content. */
export function canonical(value: unknown): string {
  if (!isPlain(value)) throw new TypeError("Only a plain object has a canonical form here.");
  // RFC 8785 sorts names by UTF-16 code units, which is how JavaScript compares strings.
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${text(name, "a name")}:${member(value[name], name)}`).join(",")}}`;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Reflect.ownKeys(value).length === Object.keys(value).length;
}

function member(value: unknown, name: string): string {
  if (value === null || typeof value === "boolean") return String(value);
  // Beyond 2^53 two numbers share one spelling; fractions are spelled by rules that no entry needs.
  if (typeof value === "number" && Number.isSafeInteger(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, (item) => text(item, name)).join(",")}]`;
  return text(value, name);
}

/** JSON.stringify escapes as RFC 8785 asks, but lets a lone surrogate through, which UTF-8 cannot carry. */
function text(value: unknown, where: string): string {
  if (typeof value !== "string")
    throw new TypeError(`${JSON.stringify(where)} is not text, a whole number or a list of texts.`);
  if (/\p{Surrogate}/u.test(value))
    throw new TypeError(`${JSON.stringify(where)} holds half a character.`);
  return JSON.stringify(value);
}
