import type { Rule } from "./rule";

/** What a database column holds. */
const MOST = 2_147_483_647;

export const notWhole = {
  name: "not-whole",
  severity: "ERROR",
  says: "The value is a fraction, or larger than any count: a part of what is counted is none.",
  example: "`12.5`",
  ofFigure: ({ value, written, origin }) => {
    if (value === null || Number.isNaN(value) || value < 0) return [];
    if (Number.isInteger(value) && value <= MOST) return [];
    const what =
      value > MOST
        ? "is more than can be counted"
        : `was read as ${value}, which is no whole number`;
    return [{ origin, message: `"${written}" ${what}.`, remedy: "Write a whole number." }];
  },
} satisfies Rule;
