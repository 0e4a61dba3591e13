import type { Rule } from "./rule";
import { WITH_VALUE, WITHOUT_VALUE } from "./status";

/** Nought, suppressed, not collected and cannot exist are four different things, and only one of them is a number. */
export const statusAndValue = {
  name: "status-and-value",
  severity: "ERROR",
  says: "A value stands beside a status that says there is none (L, M, O, Q), or nothing beside one that says there is.",
  example: "`0` with status Q; a blank with status A",
  ofFigure: ({ value, status, written, origin }) => {
    const none = WITHOUT_VALUE.get(status);
    if (value !== null && !Number.isNaN(value) && none !== undefined) {
      const message = `"${written || value}" stands beside the status ${status} (${none}).`;
      return [{ origin, message, remedy: `Leave out the value, or write A if it was counted.` }];
    }
    if (value !== null || !WITH_VALUE.has(status)) return [];
    const message = `There is no value, and the status ${status} (${WITH_VALUE.get(status)}) says that there is.`;
    return [
      {
        origin,
        message,
        remedy: "Write 0 if there were none; O, L, M or Q where it is not known, with its reason.",
      },
    ];
  },
} satisfies Rule;
