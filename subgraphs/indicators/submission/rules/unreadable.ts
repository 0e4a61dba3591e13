import { readingsOf } from "../readers/numbers";
import type { Rule } from "./rule";

export const unreadable = {
  name: "unreadable",
  severity: "ERROR",
  says: "Where a number belongs stands what is neither a number nor a mark for a missing one, or a number that can be read in two ways.",
  example: "`12o`, `#REF!`, `1,40,5`, `345 1`; `13.000` where nothing states what the point is",
  ofFigure: ({ value, written, origin }) => {
    if (!Number.isNaN(value)) return [];
    const readings = readingsOf(written);
    if (readings !== null) {
      const [whole, fraction] = readings;
      const message = `"${written}" can be read as ${whole} or as ${fraction}.`;
      const remedy = `If it is ${whole}, write it so, or state what stands between thousands (thousands, decimal).`;
      return [{ origin, message, remedy }];
    }
    const remedy =
      "Write a whole number from 0 on; where there is none, `:` (not available), `.` (cannot exist) or `*` (suppressed).";
    return [{ origin, message: `"${written}" is no number.`, remedy }];
  },
} satisfies Rule;
