import type { Rule } from "./rule";

/** They come from differences: a year-to-date series corrected downwards, or a rest that was computed. */
export const negative = {
  name: "negative",
  severity: "ERROR",
  says: "The value is below zero. Counts are not; a correction is a new version of the period that it corrects.",
  example:
    "Italy's arrivals from Pakistan, 2023-08-15: 402 fewer since the year's beginning than two weeks before",
  ofFigure: ({ value, written, origin }) => {
    if (value === null || !(value < 0)) return [];
    const remedy =
      "Write what was counted in the period; correct an earlier period by amending its own report.";
    return [{ origin, message: `"${written}" is below zero.`, remedy }];
  },
} satisfies Rule;
