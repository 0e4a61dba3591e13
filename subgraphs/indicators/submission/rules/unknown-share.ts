import { grouped } from "../../../../shared/grouped";
import type { SubmittedFigure } from "../figure";
import { countOf, tableName } from "./codes";
import type { Finding, Rule } from "./rule";

const MOST = 0.1;
const UNKNOWN: ReadonlySet<string> = new Set(["_U", "NA"]);
/** Its `_U` is also every border with a country that is not among the sections: no sign of poor data. */
const NOT_ASKED: ReadonlySet<string> = new Set(["BORDER_SECTION"]);

export const unknownShare = {
  name: "unknown-share",
  severity: "WARNING",
  says: "More than 10 % of a breakdown is unknown in one of its dimensions. Border sections are left out: there `_U` is every other section too.",
  example: "citizenship unknown for 556,432 of 1,822,337 detections (Frontex, 2015: 31 %)",
  ofReport: ({ figures }) =>
    [...grouped(figures, ({ dimensions }) => dimensions.join()).values()].flatMap((table) =>
      (table[0] as SubmittedFigure).dimensions.flatMap((dimension, at) =>
        judge(table, dimension, at),
      ),
    ),
} satisfies Rule;

function judge(table: readonly SubmittedFigure[], dimension: string, at: number): Finding[] {
  const unknown = table.filter(({ key }) => UNKNOWN.has(key[at] ?? ""));
  const [first] = unknown;
  const [some, all] = [sum(unknown), sum(table)];
  if (!first || NOT_ASKED.has(dimension) || some <= MOST * all) return [];
  const share = `${Math.round((some / all) * 100)} %`;
  const message = `${dimension} is unknown for ${some} of ${all} (${share}) in the table by ${tableName(first.dimensions)}.`;
  return [{ origin: first.origin, message, remedy: "Say in the comment why, or find out more." }];
}

function sum(figures: readonly SubmittedFigure[]): number {
  return figures.reduce((so, figure) => so + (countOf(figure) ?? 0), 0);
}
