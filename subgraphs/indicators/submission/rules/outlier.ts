import { nameOf } from "../figure";
import { countOf } from "./codes";
import type { Finding, Rule, RuleContext, SubmittedReport } from "./rule";

const FEWEST_YEARS = 3;
/** Below it a change is a handful of people more or fewer. */
const SMALLEST = 5;
/** Two-sided 1 %. */
const Z = 2.58;

/**
 * The same quarter of past years, so that summer is compared with summer. Counts of migration vary far more than a Poisson
 * distribution says, which is why the limit is widened by how much they did. "Half as much again as last year" would
 * warn of every fifth figure, this of fewer than two in a hundred.
 */
export const outlier = {
  name: "outlier",
  severity: "WARNING",
  says: "The figure is far above or below the same quarter of past years: outside a quasi-Poisson limit (Farrington's two-thirds power, z = 2.58), three past years at least, five or more people or events.",
  example:
    "27,640 Afghans in Hungary in the third quarter of 2015, after 180, 355 and 1,950 in those before (UNHCR)",
  ofReport: (report, context) => report.figures.flatMap((figure) => judge(figure, report, context)),
} satisfies Rule;

function judge(
  figure: SubmittedReport["figures"][number],
  { indicator, period }: SubmittedReport,
  { history }: RuleContext,
): Finding[] {
  const count = countOf(figure);
  if (count === null || figure.isLowerBound) return [];
  const past = history(indicator, period, figure.dimensions, figure.key);
  const range = expected(past);
  if (!range || (count >= range.least && count <= range.most)) return [];
  if (Math.max(count, range.mean) < SMALLEST) return [];
  const way = count > range.most ? "more" : "fewer";
  const message = `${nameOf(figure.key)} is ${count}, far ${way} than the same period of ${past.length} past years (${past.join(", ")}).`;
  const between = `${Math.ceil(range.least)} to ${Math.floor(range.most)}`;
  const remedy = `Expected were ${between}. Correct it, or say in the comment what happened.`;
  return [{ origin: figure.origin, message, remedy }];
}

/** What the past makes likely; null where there is too little of it. */
export function expected(
  past: readonly number[],
): { least: number; mean: number; most: number } | null {
  const n = past.length;
  if (n < FEWEST_YEARS) return null;
  const mean = past.reduce((so, value) => so + value, 0) / n;
  if (mean === 0) return { least: 0, mean, most: 0 };
  const squares = past.reduce((so, value) => so + (value - mean) ** 2, 0);
  const dispersion = Math.max(1, squares / mean / (n - 1));
  const spread = (2 / 3) * Z * Math.sqrt((dispersion + dispersion / n) / mean);
  return { least: mean * Math.max(0, 1 - spread) ** 1.5, mean, most: mean * (1 + spread) ** 1.5 };
}
