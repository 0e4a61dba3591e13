import { nameOf } from "../figure";
import { tableName } from "./codes";
import { type Comparison, comparisonsIn } from "./comparison";
import { allowed } from "./parts-above-whole";
import type { Finding, Rule } from "./rule";

/** A warning: agencies do print such tables, and a breakdown may name the largest ten only. Then a comment says so. */
export const partsBelowWhole = {
  name: "parts-below-whole",
  severity: "WARNING",
  says: "The parts of a figure are all there and sum to less than the figure. Compared as in `parts-above-whole`; where a part is suppressed, missing or a lower bound nothing is said.",
  example: "Austria 2014, facilitators: 511 in all, 510 by Land",
  ofReport: (report, context) =>
    comparisonsIn(report, context)
      .filter(({ sum, count, tolerance, isComplete }) => isComplete && sum < count - tolerance)
      .map(tell),
} satisfies Rule;

function tell({ whole, count, by, sum, tolerance }: Comparison): Finding {
  const message = `${nameOf(whole.key)} is ${count}, and the parts by ${tableName(by)} sum to ${sum}, which is ${count - sum} less${allowed(tolerance)}.`;
  return {
    origin: whole.origin,
    message,
    remedy: "Correct one of them, or report the rest as _U or _O.",
  };
}
