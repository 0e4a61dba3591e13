import type { SubmittedFigure } from "../figure";
import type { Rule } from "./rule";

/** What a database column holds. */
const MOST = 2_147_483_647;

export const notWhole = {
  name: "not-whole",
  severity: "ERROR",
  says: "The value is a fraction, or larger than any count: often a separator between thousands that was read as a decimal one.",
  example: "`1,405` in a file whose layout has no thousands' comma",
  ofFigure: (figure) => {
    const { value, written, origin } = figure;
    if (value === null || Number.isNaN(value) || value < 0) return [];
    if (Number.isInteger(value) && value <= MOST) return [];
    const what =
      value > MOST
        ? "is more than can be counted"
        : `was read as ${value}, which is no whole number`;
    return [{ origin, message: `"${written}" ${what}.`, remedy: remedyFor(figure) }];
  },
} satisfies Rule;

function remedyFor({ written }: SubmittedFigure): string {
  const grouped = /^\d{1,3}[.,]\d{3}$/.test(written);
  return grouped
    ? `If it is ${written.replace(/[.,]/, "")}, write it so, or choose a mapping that knows the separator.`
    : "Write a whole number.";
}
