import { DIMENSIONS } from "../../shared/graphql/dimension";
import type { Catalogue } from "./catalogue";
import { type Draft, issueAt } from "./report.draft";
import type { SubmittedFigure } from "./submission/figure";
import type { Issue } from "./submission/issue";

/**
 * Whether the figures of a report fit the catalogue: what could not be stored or would be misread if it were. Pure, and
 * asked of every report whichever way it comes in; the rules of `submission/` say more, and better.
 */
export function misfits({ indicator, proposed }: Draft, catalogue: Catalogue, owner: string): Issue[] {
  const seen = new Set<string>();
  return proposed.figures.flatMap((figure) => {
    const address = `${figure.dimensions.join()};${figure.key.join("|")}`;
    const twice = seen.has(address);
    seen.add(address);
    const say = (rule: string, message: string, remedy: string) => issueAt(figure.origin, rule, message, remedy);
    const unknown = figure.dimensions.find((dimension) => !DIMENSIONS.some((known) => known === dimension));
    const tables = indicator.cubes.map(({ dimensions }) => [...dimensions].sort().join());
    if (figure.reporter !== owner) {
      return [say("not-yours", `"${figure.reporter}" is not ${owner}.`, "A country reports its own figures only.")];
    }
    if (unknown !== undefined) {
      return [say("wrong-dimension", `"${unknown}" is not a dimension.`, `There are ${DIMENSIONS.join(", ")}.`)];
    }
    if (!tables.includes(figure.dimensions.join())) {
      const named = figure.dimensions.join(" × ");
      const remedy = `Its tables are: ${tables.map((table) => table.replaceAll(",", " × ") || "the total").join("; ")}.`;
      return [say("wrong-dimension", `${indicator.code} has no table by ${named}.`, remedy)];
    }
    const counted = indicator.cubes[tables.indexOf(figure.dimensions.join())]?.unit;
    const issues = [...codeIssues(figure, catalogue), ...valueIssues(figure)];
    if (figure.unit !== null && figure.unit !== counted) {
      issues.push(
        say("wrong-unit", `This table counts ${counted}, not ${figure.unit}.`, "Report it in that unit, or apart."),
      );
    }
    return twice ? [...issues, say("duplicate", `${nameOf(figure)} stands twice.`, "Leave one of them out.")] : issues;
  });
}

function codeIssues({ dimensions, key, origin }: SubmittedFigure, catalogue: Catalogue): Issue[] {
  return dimensions.flatMap((dimension, at) => {
    const code = key[at] ?? "";
    if (catalogue.isCode(dimension, code)) return [];
    const remedy = `Use a code of the list ${dimension}; _U where it is unknown. A total is reported without the dimension.`;
    return [issueAt(origin, "unknown-code", `"${code}" is no code of ${dimension}.`, remedy)];
  });
}

const MOST = 2_147_483_647;
const WITH_VALUE: ReadonlySet<string> = new Set(["A", "B", "D", "E", "I", "P"]);
const WITHOUT_VALUE: ReadonlySet<string> = new Set(["L", "M", "O", "Q"]);

function valueIssues({ value, status, origin, written }: SubmittedFigure): Issue[] {
  if (value !== null && !(Number.isInteger(value) && value >= 0 && value <= MOST)) {
    return [issueAt(origin, "not-a-count", `"${written}" is no count.`, "Write a whole number from 0 on.")];
  }
  if ((value === null ? WITHOUT_VALUE : WITH_VALUE).has(status)) return [];
  return value === null
    ? [issueAt(origin, "missing-value", "There is no value.", "Say why: NOT_REPORTED, NOT_APPLICABLE or SUPPRESSED.")]
    : [issueAt(origin, "status-and-value", "That status goes without a value.", "Leave out one of them.")];
}

export function nameOf({ dimensions, key }: Pick<SubmittedFigure, "dimensions" | "key">): string {
  return dimensions.length === 0 ? "The total" : key.join(" × ");
}
