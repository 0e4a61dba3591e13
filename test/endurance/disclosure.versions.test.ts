/** Two versions of a report are read side by side: what one hides the other must not tell. */
import fc from "fast-check";
import type { Figure, ReleasedFigure } from "../../subgraphs/indicators/disclosure/cube";
import { cutFor } from "../../subgraphs/indicators/disclosure/cut";
import type { Linked } from "../../subgraphs/indicators/disclosure/linked";
import { round } from "../../subgraphs/indicators/disclosure/rounding";
import { suppress } from "../../subgraphs/indicators/disclosure/suppression";
import { anyCode, anyOneWay, oneWay, shown } from "../support/statistics";

const SEED = { seed: 20_261_124, endOnFailure: true, numRuns: 2_000 } as const;
const PERIOD = "2015-Q1";
const exact = (figures: readonly Figure[]): ReleasedFigure[] =>
  figures.map(({ value, status }) => ({ value, status }));
const partsOf = (figures: readonly Figure[]): Record<string, number> =>
  Object.fromEntries(
    figures
      .filter(({ key }) => key.length === 1)
      .map(({ key, value }) => [key[0] as string, value ?? 0]),
  );

/** A report and its amendment: some parts counted anew, by little or by much. */
const amended = fc
  .tuple(
    anyOneWay,
    fc.array(fc.tuple(anyCode, fc.integer({ min: 0, max: 400 })), { minLength: 1, maxLength: 3 }),
  )
  .map(([first, changes]) => {
    const parts = partsOf(first);
    for (const [code, value] of changes) parts[code] = value;
    return { first, second: oneWay(parts) };
  });

const suppressed = (figures: readonly Figure[], linked: readonly Linked[] = []) =>
  suppress("IST", figures, PERIOD, linked);

/** A version as it is out, under one control. */
function out(
  figures: readonly Figure[],
  released: readonly ReleasedFigure[],
  control: string,
  audience: string | null,
): Linked {
  const tables = [...new Set(figures.map(({ dimensions }) => dimensions.join()))].map((name) => {
    const cells = [...figures.entries()].filter(([, { dimensions }]) => dimensions.join() === name);
    return {
      dimensions: cells[0]?.[1].dimensions ?? [],
      control,
      audience,
      keys: cells.map(([, { key }]) => key.join("|")),
      values: cells.map(([index]) => released[index]?.value ?? null),
    };
  });
  return { period: PERIOD, version: 1, figures, tables };
}

describe("of two versions of a report", () => {
  test("what the first hides for being small, and beside it, stays hidden in the second", async () => {
    const property = fc.asyncProperty(amended, async ({ first, second }) => {
      const released = await suppressed(first);
      const before = shown(first, released);
      const after = shown(
        second,
        await suppressed(second, [out(first, released, "SUPPRESSION", null)]),
      );
      const told = Object.keys(before).filter(
        (code) => before[code] === "Q" && typeof after[code] === "number",
      );
      expect(told).toEqual([]);
    });
    await fc.assert(property, { ...SEED, numRuns: 500 });
  });

  test("without the memory of the first, a small number is told by the second", async () => {
    const first = oneWay({ AFG: 3, IRN: 7, IRQ: 100 });
    const second = oneWay({ AFG: 9, IRN: 7, IRQ: 100 });
    const released = await suppressed(first);
    const before = shown(first, released);
    expect(before).toEqual({ total: 110, AFG: "Q", IRN: "Q", IRQ: 100 });
    const forgetful = shown(second, await suppressed(second));
    expect((before.total as number) - (before.IRQ as number) - (forgetful.IRN as number)).toBe(3);
    const linked = [out(first, released, "SUPPRESSION", null)];
    expect(shown(second, await suppressed(second, linked))).toEqual({
      total: 116,
      AFG: "Q",
      IRN: "Q",
      IRQ: 100,
    });
  });

  test("what did not change stays rounded as it was", async () => {
    const property = fc.asyncProperty(amended, async ({ first, second }) => {
      const released = await round("IST", first, PERIOD);
      const before = shown(first, released);
      const linked = [out(first, released, "CONTROLLED_ROUNDING", null)];
      const after = shown(second, await round("IST", second, PERIOD, linked));
      const [was, is] = [partsOf(first), partsOf(second)];
      const moved = Object.keys(was).filter(
        (code) =>
          was[code] === is[code] && typeof after[code] === "number" && after[code] !== before[code],
      );
      expect(moved).toEqual([]);
    });
    await fc.assert(property, { ...SEED, numRuns: 200 });
  });

  test("own nationals cannot be computed from both, whatever is taken from either", () => {
    fc.assert(
      fc.property(
        amended,
        anyCode,
        fc.string({ minLength: 8 }),
        ({ first, second }, country, secret) => {
          const cut = cutFor(country, { period: PERIOD, figures: first }, exact(first), secret);
          const before = shown(first, cut);
          const linked = [out(first, cut, "NONE", country)];
          const after = shown(
            second,
            cutFor(country, { period: PERIOD, figures: second }, exact(second), secret, linked),
          );
          const [old, own] = [partsOf(first)[country] ?? 0, partsOf(second)[country] ?? 0];
          for (const [total, others, figure] of [
            [after.total, after, own],
            [before.total, before, old],
          ] as const) {
            if (typeof total !== "number") continue;
            const codes = Object.keys({ ...before, ...after }).filter(
              (code) => code !== "total" && code !== country,
            );
            // Where one version hides a part, its value in the other is the best guess; a part that is not there is none.
            const guess = (code: string) =>
              !(code in others)
                ? 0
                : ([others[code], before[code], after[code]].find(
                    (cell) => typeof cell === "number",
                  ) ?? 0);
            const computed = total - codes.reduce((sum, code) => sum + (guess(code) as number), 0);
            const alone = figure < 10 && codes.every((code) => typeof others[code] !== "number");
            if (alone || computed < 0) continue;
            expect({
              figure,
              near: Math.abs(computed - figure) < Math.max(5, figure / 10),
            }).toEqual({
              figure,
              near: false,
            });
          }
        },
      ),
      SEED,
    );
  });
});
