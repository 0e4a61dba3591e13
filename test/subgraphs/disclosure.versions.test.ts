/** Two versions of a report are read side by side: what one hides the other must not tell. */
import fc from "fast-check";
import type { Figure, ReleasedFigure } from "../../subgraphs/indicators/disclosure/cube";
import { cutFor } from "../../subgraphs/indicators/disclosure/cut";
import { suppress } from "../../subgraphs/indicators/disclosure/suppression";
import { anyCode, anyOneWay, oneWay, shown } from "../support/statistics";

const SEED = { seed: 20_261_124, endOnFailure: true, numRuns: 2_000 } as const;
const exact = (figures: readonly Figure[]): ReleasedFigure[] => figures.map(({ value, status }) => ({ value, status }));
const partsOf = (figures: readonly Figure[]): Record<string, number> =>
  Object.fromEntries(
    figures.filter(({ key }) => key.length === 1).map(({ key, value }) => [key[0] as string, value ?? 0]),
  );

/** A report and its amendment: some parts counted anew, by little or by much. */
const amended = fc
  .tuple(anyOneWay, fc.array(fc.tuple(anyCode, fc.integer({ min: 0, max: 400 })), { minLength: 1, maxLength: 3 }))
  .map(([first, changes]) => {
    const parts = partsOf(first);
    for (const [code, value] of changes) parts[code] = value;
    return { first, second: oneWay(parts) };
  });

describe("of two versions of a report", () => {
  test("what the first hides for being small, and beside it, stays hidden in the second", () => {
    fc.assert(
      fc.property(amended, ({ first, second }) => {
        const before = shown(first, suppress("IST", first));
        const after = shown(second, suppress("IST", second, [first]));
        const told = Object.keys(before).filter((code) => before[code] === "Q" && typeof after[code] === "number");
        expect(told).toEqual([]);
      }),
      SEED,
    );
  });

  test("without the memory of the first, a small number is told by the second", () => {
    const first = oneWay({ AFG: 3, IRN: 7, IRQ: 100 });
    const second = oneWay({ AFG: 9, IRN: 7, IRQ: 100 });
    const before = shown(first, suppress("IST", first));
    expect(before).toEqual({ total: 110, AFG: "Q", IRN: "Q", IRQ: 100 });
    const forgetful = shown(second, suppress("IST", second));
    expect((before.total as number) - (before.IRQ as number) - (forgetful.IRN as number)).toBe(3);
    expect(shown(second, suppress("IST", second, [first]))).toEqual({ total: 116, AFG: "Q", IRN: "Q", IRQ: 100 });
  });

  test("own nationals cannot be computed from both, whatever is taken from either", () => {
    fc.assert(
      fc.property(amended, anyCode, fc.string({ minLength: 8 }), ({ first, second }, country, secret) => {
        const before = shown(first, cutFor(country, first, exact(first), secret));
        const after = shown(second, cutFor(country, second, exact(second), secret, first));
        const [old, own] = [partsOf(first)[country] ?? 0, partsOf(second)[country] ?? 0];
        for (const [total, others, figure] of [
          [after.total, after, own],
          [before.total, before, old],
        ] as const) {
          if (typeof total !== "number") continue;
          const codes = Object.keys({ ...before, ...after }).filter((code) => code !== "total" && code !== country);
          // Where one version hides a part, its value in the other is the best guess; a part that is not there is none.
          const guess = (code: string) =>
            !(code in others)
              ? 0
              : ([others[code], before[code], after[code]].find((cell) => typeof cell === "number") ?? 0);
          const computed = total - codes.reduce((sum, code) => sum + (guess(code) as number), 0);
          const alone = figure < 10 && codes.every((code) => typeof others[code] !== "number");
          if (alone || computed < 0) continue;
          expect({ figure, near: Math.abs(computed - figure) < Math.max(5, figure / 10) }).toEqual({
            figure,
            near: false,
          });
        }
      }),
      SEED,
    );
  });
});
