/** How a file writes numbers. */
export interface NumberStyle {
  /** What stands between thousands, besides blanks, which always may. */
  readonly thousands: "," | "." | null;
  /** What stands before decimals; where only one of both is stated, the other is the other. */
  readonly decimal?: "," | "." | null;
}

export interface ReadNumber {
  /** NaN where a number was meant and none can be read. */
  readonly value: number | null;
  /** SDMX CL_OBS_STATUS. */
  readonly status: string;
  readonly isLowerBound: boolean;
  /** The mark that stood for a missing value. */
  readonly mark: string | null;
}

/** Marks that publishers print where no value stands, and what they say: not available, cannot exist, suppressed. */
const MARKS: ReadonlyMap<string, string> = new Map([
  ["", "O"],
  [":", "O"],
  ["n.a.", "O"],
  ["n/a", "O"],
  ["-", "O"],
  ["nan", "O"],
  [".", "M"],
  ["*", "Q"],
]);

const BLANKS = /[ \u00a0\u2009\u202f'’٬]/gu;
const GROUPED_BY_BLANKS = /^-?\d{1,3}([ \u00a0\u2009\u202f'’٬])\d{3}(\1\d{3})*$/u;
const LOWER_BOUND = /^(>=|≥|>|mind\.|at least)\s*/iu;

/** Digits of any of the Arabic scripts, blanks and separators between thousands, marks for what is missing, lower bounds. */
export function readNumber(written: string, style: NumberStyle): ReadNumber {
  const text = written.trim();
  const mark = MARKS.get(text.toLowerCase());
  if (mark !== undefined) return { value: null, status: mark, isLowerBound: false, mark: text };
  const bound = LOWER_BOUND.exec(text)?.[1];
  const plain = latinDigits(text.replace(LOWER_BOUND, ""));
  const value = numberOf(plain, style);
  const least = bound === ">" ? value + 1 : value;
  return {
    value: least,
    status: bound === undefined ? "A" : "E",
    isLowerBound: bound !== undefined,
    mark: null,
  };
}

/**
 * Where the convention is stated, a number is written by it: thousands in groups of three, everything else is none. Where it
 * is not, only what has one reading is a number: `1,200,000` and `12.5` have one, `13.000` has two.
 */
function numberOf(written: string, { thousands, decimal = null }: NumberStyle): number {
  const text = withoutBlanks(written);
  const point = decimal ?? (thousands === null ? null : otherOf(thousands));
  if (point === null) return withOneReading(text);
  const group = thousands ?? otherOf(point);
  const form = new RegExp(`^-?(\\d{1,3}(\\${group}\\d{3})+|\\d+)(\\${point}\\d+)?$`);
  return form.test(text) ? Number(text.replaceAll(group, "").replace(point, ".")) : Number.NaN;
}

function withOneReading(text: string): number {
  if (readingsOf(text) !== null) return Number.NaN;
  if (/^-?\d+([.,]\d+)?$/.test(text)) return Number(text.replace(",", "."));
  return /^-?[1-9]\d{0,2}([.,])\d{3}(\1\d{3})+$/.test(text)
    ? Number(text.replace(/[.,]/g, ""))
    : Number.NaN;
}

/** Both readings of a number that has two where no convention is stated: `13.000` is 13000 and 13; null of any other text. */
export function readingsOf(written: string): readonly [number, number] | null {
  const text = latinDigits(written.trim().replace(LOWER_BOUND, ""));
  return /^-?[1-9]\d{0,2}[.,]\d{3}$/.test(text)
    ? [Number(text.replace(/[.,]/, "")), Number(text.replace(",", "."))]
    : null;
}

function otherOf(separator: "," | "."): "," | "." {
  return separator === "," ? "." : ",";
}

/** Blanks and their like join groups of three and nothing else: the 1 of `345 1` is a footnote's. */
function withoutBlanks(text: string): string {
  return GROUPED_BY_BLANKS.test(text) ? text.replace(BLANKS, "") : text;
}

/** Arabic-Indic and Extended Arabic-Indic digits, and the Arabic separators of thousands and decimals. */
function latinDigits(text: string): string {
  return text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/٫/g, ".");
}
