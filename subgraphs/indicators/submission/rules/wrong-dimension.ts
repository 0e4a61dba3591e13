import { cubeOf, indicatorOf, tableName } from "./codes";
import type { Rule } from "./rule";
import { didYouMean } from "./suggest";

/** Which tables there are is agreed between all: a figure of another would be comparable with nobody's. */
export const wrongDimension = {
  name: "wrong-dimension",
  severity: "ERROR",
  says: "The indicator is not broken down by that dimension, or not by those together: the catalogue has no such table.",
  example:
    "facilitators (FAC) by `AGE_GROUP`; refusals (REF) by `CITIZENSHIP` and `REFUSAL_REASON` together",
  ofFigure: ({ indicator, dimensions, origin }, context) => {
    const known = indicatorOf(indicator, context);
    if (!known || cubeOf({ indicator, dimensions }, context)) return [];
    const stranger = dimensions.find((dimension) => !known.dimensions.includes(dimension));
    const tables = `Its tables are: ${known.cubes.map((cube) => tableName(cube.dimensions)).join("; ")}.`;
    if (stranger === undefined) {
      return [
        {
          origin,
          message: `${known.code} has no table by ${tableName(dimensions)}.`,
          remedy: tables,
        },
      ];
    }
    const own = new Map(known.dimensions.map((name) => [name, name]));
    const remedy = () => [didYouMean(stranger, own), tables].filter(Boolean).join(" ");
    return [{ origin, message: `${known.code} is not broken down by ${stranger}.`, remedy }];
  },
} satisfies Rule;
