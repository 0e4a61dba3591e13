import { parsePeriod } from "../../../../shared/period";
import { times } from "./codes";
import type { Rule } from "./rule";

/** Half a quarter would be read as a fall. */
export const futurePeriod = {
  name: "future-period",
  severity: "ERROR",
  says: "The period is not over yet, or has not begun.",
  example: "`2026-Q4` in November 2026",
  ofReport: ({ period, figures }, { today }) => {
    const [first] = figures;
    const parsed = parsePeriod(period);
    if (!first || !parsed || parsed.end <= today) return [];
    const what = parsed.start > today ? "has not begun" : "is not over";
    const message = `${period} ${what}: it ends before ${parsed.end}${times(figures.length)}.`;
    return [{ origin: first.origin, message, remedy: "Submit it then, or correct the period." }];
  },
} satisfies Rule;
