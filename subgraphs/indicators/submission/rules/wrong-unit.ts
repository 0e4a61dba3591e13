import { cubeOf, tableName } from "./codes";
import type { Rule } from "./rule";

/** Frontex counted 118,087 persons refused in 2011 and 121,304 reasons: two tables that need not add up. */
export const wrongUnit = {
  name: "wrong-unit",
  severity: "ERROR",
  says: "The file states a unit that is not the table's. Refusals by reason count reasons, documents count documents; the rest of the indicator counts persons.",
  example: "REF by `REFUSAL_REASON` in PERSONS",
  ofFigure: ({ indicator, dimensions, unit, origin }, context) => {
    const cube = cubeOf({ indicator, dimensions }, context);
    if (unit === null || !cube || unit.toUpperCase() === cube.unit) return [];
    const table = dimensions.length === 0 ? "total" : `table by ${tableName(dimensions)}`;
    const message = `The ${table} of ${indicator} counts ${cube.unit}, not ${unit}.`;
    return [{ origin, message, remedy: `Count ${cube.unit}, or leave the figure out.` }];
  },
} satisfies Rule;
