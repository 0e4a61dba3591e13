import { parsePeriod } from "../../../../shared/period";
import { times } from "./codes";
import type { Rule } from "./rule";

/** When a period closes, and whether a reason opens it, is not for the rules: they are told. */
export const closedPeriod = {
  name: "closed-period",
  severity: "ERROR",
  says: "The period takes no more reports without a reason: a decade later it is history, and what changes it says why.",
  example: "`1998` without a reason",
  ofReport: ({ period, figures }, context) => {
    const [first] = figures;
    const parsed = parsePeriod(period);
    if (!first || !parsed || !context.isClosed(parsed)) return [];
    const message = `${period} is closed${times(figures.length)}.`;
    return [
      {
        origin: first.origin,
        message,
        remedy: "Give the reason of the change, or correct the period.",
      },
    ];
  },
} satisfies Rule;
