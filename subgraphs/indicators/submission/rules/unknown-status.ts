import type { Rule } from "./rule";
import { STATUSES } from "./status";
import { didYouMean } from "./suggest";

/** The letters of CL_CONF_STATUS and of Eurostat's flags mean other things: nothing is guessed. */
export const unknownStatus = {
  name: "unknown-status",
  severity: "ERROR",
  says: "The status is no letter of SDMX CL_OBS_STATUS that a report's figures have.",
  example: "`Z`; `REPORTED` for A",
  ofFigure: ({ status, origin }) => {
    if (STATUSES.has(status)) return [];
    const all = `There are ${[...STATUSES].map(([letter, name]) => `${letter} (${name})`).join(", ")}.`;
    const remedy = () => didYouMean(status.length > 1 ? status : "", STATUSES) || all;
    return [{ origin, message: `"${status}" is no status of a figure.`, remedy }];
  },
} satisfies Rule;
