/** How much is suppressed, held against the least that the attacker leaves: what is hidden without need helps nobody. */
import fc from "fast-check";
import type { Figure } from "../../subgraphs/indicators/disclosure/cube";
import { suppress } from "../../subgraphs/indicators/disclosure/suppression";
import { isKept, isSmall, leastHidden, weightIn } from "../support/least";
import { oneWay, twoWay } from "../support/statistics";

const part = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 5, max: 200 }));
const CODES = ["AFG", "IRN", "IRQ", "PAK", "SOM", "SYR", "TUR", "_STL"];

const anyList: fc.Arbitrary<Figure[]> = fc
  .array(part, { minLength: 4, maxLength: 8 })
  .map((values) =>
    oneWay(Object.fromEntries(values.map((value, at) => [CODES[at] as string, value]))),
  );
const anyTable: fc.Arbitrary<Figure[]> = fc
  .array(fc.tuple(part, part), { minLength: 3, maxLength: 4 })
  .map((rows) => twoWay(Object.fromEntries(rows.map((row, at) => [CODES[at] as string, row]))));

test.each([
  ["lists", anyList, 80],
  ["tables in two dimensions", anyTable, 30],
] as const)(
  "of small %s no more is hidden than 1.15 times the least",
  async (name, tables, times) => {
    const weights = { hidden: 0, least: 0 };
    const cells = { hidden: 0, least: 0, tables: 0, hopeless: 0 };
    for (const figures of fc.sample(tables, { seed: 20_261_124, numRuns: times })) {
      if (!figures.some(isSmall)) continue;
      const released = await suppress("IST", figures);
      const hidden = new Set(
        [...figures.keys()].filter((index) => released[index]?.status === "Q"),
      );
      expect(await isKept(figures, hidden)).toBe(true);
      const least = await leastHidden(figures);
      if (least === null) {
        cells.hopeless += 1;
        continue;
      }
      cells.tables += 1;
      cells.hidden += hidden.size;
      cells.least += least.size;
      weights.hidden += weightIn(figures, hidden);
      weights.least += weightIn(figures, least);
    }
    const ratio = weights.hidden / weights.least;
    process.stdout.write(
      `${name}: ${cells.hidden} cells hidden in ${cells.tables} tables where ${cells.least} are the least, ` +
        `${ratio.toFixed(3)} times by weight; ${cells.hopeless} that only a whole line keeps\n`,
    );
    expect(cells.tables).toBeGreaterThan(15);
    expect(ratio).toBeLessThanOrEqual(1.15);
  },
);
