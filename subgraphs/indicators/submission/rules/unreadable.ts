import type { Rule } from "./rule";

export const unreadable = {
  name: "unreadable",
  severity: "ERROR",
  says: "Where a number belongs stands what is neither a number nor a mark for a missing one.",
  example: "`12o`, `#REF!`, `1,40,5`",
  ofFigure: ({ value, written, origin }) => {
    if (!Number.isNaN(value)) return [];
    const remedy =
      "Write a whole number from 0 on; where there is none, `:` (not available), `.` (cannot exist) or `*` (suppressed).";
    return [{ origin, message: `"${written}" is no number.`, remedy }];
  },
} satisfies Rule;
