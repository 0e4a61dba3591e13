/** How a file writes numbers. */
export interface NumberStyle {
  /** What stands between thousands, besides blanks, which always may. */
  readonly thousands: "," | "." | null;
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
  [".", "M"],
  ["*", "Q"],
]);

const BLANKS = /[\s\u00a0\u2009\u202f'’]/gu;
const LOWER_BOUND = /^(>=|≥|>|mind\.|at least)\s*/iu;

/** Digits of any of the Arabic scripts, blanks and separators between thousands, marks for what is missing, lower bounds. */
export function readNumber(written: string, { thousands }: NumberStyle): ReadNumber {
  const text = written.trim();
  const mark = MARKS.get(text.toLowerCase());
  if (mark !== undefined) return { value: null, status: mark, isLowerBound: false, mark: text };
  const bound = LOWER_BOUND.exec(text)?.[1];
  const plain = latinDigits(text.replace(LOWER_BOUND, "")).replace(BLANKS, "");
  const value = wholeOf(plain, thousands);
  const least = bound === ">" ? value + 1 : value;
  return {
    value: least,
    status: bound === undefined ? "A" : "E",
    isLowerBound: bound !== undefined,
    mark: null,
  };
}

/** Groups of three only: 1,40 is no number of thousands, and guessing what it is would invent one. */
function wholeOf(text: string, thousands: NumberStyle["thousands"]): number {
  const separator = thousands === "." ? "\\." : thousands;
  const grouped = separator !== null && new RegExp(`^-?\\d{1,3}(${separator}\\d{3})+$`).test(text);
  const digits = grouped ? text.replaceAll(thousands as string, "") : text;
  return /^-?\d+(\.0+)?$/.test(digits)
    ? Number(digits)
    : /^-?\d+[.,]\d+$/.test(digits)
      ? Number(digits.replace(",", "."))
      : Number.NaN;
}

/** Arabic-Indic and Extended Arabic-Indic digits, and the Arabic separators of thousands and decimals. */
function latinDigits(text: string): string {
  return text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/٬/g, "")
    .replace(/٫/g, ".");
}
