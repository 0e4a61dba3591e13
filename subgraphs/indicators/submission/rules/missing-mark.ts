import type { SubmittedFigure } from "../figure";
import type { Observer, Rule } from "./rule";
import { STATUSES } from "./status";

/** So that nobody finds out later that a dash was not the nought he meant. */
export const missingMark = {
  name: "missing-mark",
  severity: "INFO",
  says: "How a mark or a blank in the place of a value was understood, once for each mark with its number.",
  example: "`:` in 12 places: O (not available). `*`: Q (suppressed). `.`: M (cannot exist)",
  ofAll: observe,
} satisfies Rule;

function observe(): Observer {
  const marks = new Map<string, { first: SubmittedFigure; count: number }>();
  return {
    see(figure) {
      if (figure.value !== null || figure.origin.file === null) return; // the API has no marks
      const mark = `${figure.written}\0${figure.status}`;
      const known = marks.get(mark);
      if (known) known.count++;
      else marks.set(mark, { first: figure, count: 1 });
    },
    end: () =>
      [...marks.values()].map(({ first, count }) => {
        const mark = first.written === "" ? "A blank" : `"${first.written}"`;
        const places = count === 1 ? "one place" : `${count} places`;
        const meaning = `${first.status} (${STATUSES.get(first.status) ?? "unknown"})`;
        const message = `${mark} in ${places} was understood as ${meaning}.`;
        return { origin: first.origin, message, remedy: "If there were none, write 0." };
      }),
  };
}
