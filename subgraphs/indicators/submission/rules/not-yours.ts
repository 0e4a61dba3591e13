import { times } from "./codes";
import type { Rule } from "./rule";

/** Nobody writes another country's figures, not even by mistake in a file of many. */
export const notYours = {
  name: "not-yours",
  severity: "ERROR",
  says: "The reporter is not the country that submits. A country reports its own figures only.",
  example: "Serbia's figures, submitted by Hungary",
  ofReport: ({ reporter, figures }, { partner, areas }) => {
    const [first] = figures;
    if (!first || reporter === partner || !areas.has(reporter)) return []; // what is no country at all is an unknown code
    const message = `The figures are ${reporter}'s, and ${partner} submits${times(figures.length)}.`;
    return [
      { origin: first.origin, message, remedy: "Leave them out, or sign in as their country." },
    ];
  },
} satisfies Rule;
