import type { SubmittedFigure } from "../figure";
import type { Codes, KnownIndicator, RuleContext } from "./rule";

/** Look-ups that several rules share. */

export function indicatorOf(code: string, { catalogue }: RuleContext): KnownIndicator | undefined {
  return catalogue.find((known) => known.code === code);
}

const OF_AREAS: ReadonlySet<string> = new Set(["CITIZENSHIP", "COUNTRY_OF_ISSUANCE"]);

export function codesOf(dimension: string, { codes, areas }: RuleContext): Codes | undefined {
  return OF_AREAS.has(dimension) ? areas : codes.get(dimension);
}

/** The table of the catalogue that a figure stands in. */
export function cubeOf(
  { indicator, dimensions }: Pick<SubmittedFigure, "indicator" | "dimensions">,
  context: RuleContext,
): KnownIndicator["cubes"][number] | undefined {
  const cubes = indicatorOf(indicator, context)?.cubes;
  return cubes?.find((cube) => isSame(cube.dimensions, dimensions));
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}

/** A count that can be added up; null where there is none, or none that can be believed. */
export function countOf({ value }: SubmittedFigure): number | null {
  return value !== null && Number.isInteger(value) && value >= 0 ? value : null;
}

export function tableName(dimensions: readonly string[]): string {
  return dimensions.length === 0 ? "the total" : dimensions.join(" × ");
}

/** `line 12`, or where the API's input has it. */
export function placeOf({ origin }: SubmittedFigure): string {
  return origin.line === null ? origin.path.join(".") : `line ${origin.line}`;
}

/** Where a figure's report, and not the figure, is what is wrong: said once, with how much it is about. */
export function times(count: number): string {
  return count === 1 ? "" : ` (${count} figures)`;
}
