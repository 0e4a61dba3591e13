import { nameOf } from "../figure";
import { tableName } from "./codes";
import { type Comparison, comparisonsIn } from "./comparison";
import type { Finding, Rule } from "./rule";

/** More parts than there are in all is impossible whatever is missing, suppressed or not broken down. */
export const partsAboveWhole = {
  name: "parts-above-whole",
  severity: "ERROR",
  says: "The parts of a figure sum to more than the figure: a total and its breakdown, or a coarser table and a finer one (citizenship, and citizenship × sex). Suppressed and missing parts count as 0, codes within codes once. The source's rounding is allowed for: half of it for the figure and for each part. Tables of another unit are not compared.",
  example: "AFG 100; AFG × F 60, AFG × M 60",
  ofReport: (report, context) =>
    comparisonsIn(report, context)
      .filter(({ sum, count, tolerance, whole }) => sum > count + tolerance && !whole.isLowerBound)
      .map(tell),
} satisfies Rule;

function tell({ whole, count, parts, by, sum, tolerance }: Comparison): Finding {
  const what =
    parts.length === 1
      ? `the one part by ${tableName(by)} is`
      : `the parts by ${tableName(by)} sum to`;
  const message = `${nameOf(whole.key)} is ${count}, and ${what} ${sum}${allowed(tolerance)}.`;
  return { origin: whole.origin, message, remedy: "Correct the figure or one of its parts." };
}

/** ` (rounding explains 6)` */
export function allowed(tolerance: number): string {
  return tolerance === 0 ? "" : ` (rounding explains ${tolerance})`;
}
