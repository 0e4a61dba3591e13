import { nameOf, type SubmittedFigure } from "../figure";
import { placeOf } from "./codes";
import type { Finding, Rule } from "./rule";

/** Which of two would count is nobody's to guess, not even where they are equal: there may be a third that is missing. */
export const duplicate = {
  name: "duplicate",
  severity: "ERROR",
  says: "The same cell of a report stands there twice. The other line is named, and whether it says the same.",
  example: "AFG × F in lines 12 and 40",
  ofReport: ({ figures }) => {
    const seen = new Map<string, SubmittedFigure>();
    const found: Finding[] = [];
    for (const figure of figures) {
      const address = [...figure.dimensions, "", ...figure.key].join("|");
      const first = seen.get(address);
      if (first) found.push(twice(figure, first));
      else seen.set(address, figure);
    }
    return found;
  },
} satisfies Rule;

function twice(figure: SubmittedFigure, first: SubmittedFigure): Finding {
  const same = Object.is(figure.value, first.value) && figure.status === first.status;
  const says = same ? "with the same value" : `with another value, "${first.written}"`;
  const message = `${capital(nameOf(figure.key))} stands in ${placeOf(first)} already, ${says}.`;
  return { origin: figure.origin, message, remedy: "Leave one of them out." };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
