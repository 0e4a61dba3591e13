import fc from "fast-check";
import type { Figure, ReleasedFigure } from "../../subgraphs/indicators/disclosure/cube";
import { cutFor } from "../../subgraphs/indicators/disclosure/cut";
import { round } from "../../subgraphs/indicators/disclosure/rounding";
import { suppress } from "../../subgraphs/indicators/disclosure/suppression";
import { attack, type Equation, equationsOf, type Interval, width } from "../support/attacker";
import { anyCode, anyOneWay, anyTwoWay, oneWay, shown, twoWay } from "../support/statistics";

const exact = (figures: readonly Figure[]): ReleasedFigure[] =>
  figures.map(({ value, status }) => ({ value, status }));
const FORMS = [
  ["exact", async (figures: readonly Figure[]) => exact(figures)],
  ["suppressed", (figures: readonly Figure[]) => suppress("ASY", figures)],
  ["rounded", (figures: readonly Figure[]) => round("ASY", figures)],
] as const;

/** What one line of a cut gives away of the country's own figure, if anything. */
function leak(
  { total, parts }: Equation,
  country: string,
  table: readonly Figure[],
  released: readonly ReleasedFigure[],
  visible: readonly (number | null)[],
): string | null {
  const all = visible[total];
  const summed = (cell = 0) => table[cell]?.dimensions[0] !== "CITIZENSHIP";
  if (all === null || all === undefined || !summed(total) || summed(parts[0])) return null;
  const own = parts.filter((part) => table[part]?.key[0] === country);
  const figure = own.reduce(
    (sum, part) => sum + (released[part]?.value ?? table[part]?.value ?? 0),
    0,
  );
  const subtracted = all - parts.reduce((sum, part) => sum + (visible[part] ?? 0), 0);
  if (Math.abs(subtracted - figure) >= Math.max(5, figure / 10)) return null;
  // A figure below ten may stand alone beside a total that is hardly more: others see that total.
  if (figure < 10 && parts.every((part) => visible[part] === null)) return null;
  return `${country} has ${figure}, and subtraction gives ${subtracted}`;
}

const SECRETS = Array.from({ length: 60 }, (_, at) => `secret ${at}`);

describe("the cut for a country of origin", () => {
  const cut = (values: Record<string, number>, secret: string) => {
    const figures = oneWay(values);
    return shown(figures, cutFor("PAK", { period: "2015", figures }, exact(figures), secret));
  };
  /** Which citizenships are suppressed beside the own one, each way that some secret chooses. */
  const choices = (values: Record<string, number>) => {
    const suppressed = (shownOf: ReturnType<typeof cut>) =>
      Object.keys(shownOf).filter((key) => shownOf[key] === "Q");
    return [...new Set(SECRETS.map((secret) => suppressed(cut(values, secret)).join("+")))].sort();
  };

  test("withholds its nationals and one other that covers them, and nothing else", () => {
    const others = { AFG: 200, IRN: 12, IRQ: 30 };
    const shownOf = cut({ ...others, PAK: 40 }, "secret");
    expect(shownOf).toMatchObject({ PAK: "X", total: 282 });
    expect(Object.values(shownOf).filter((value) => value === "Q")).toHaveLength(1);
  });

  test("lets only a secret choose among all that cover: the smallest that suffices could be told from the rest", () => {
    const others = { AFG: 200, IRN: 12, IRQ: 30 };
    expect(choices({ ...others, PAK: 40 })).toEqual(["AFG", "IRN", "IRQ"]);
    expect(choices({ ...others, PAK: 100 })).toEqual(["AFG", "IRQ"]);
    expect(cut({ ...others, PAK: 40 }, "secret")).toEqual(cut({ ...others, PAK: 40 }, "secret"));
  });

  test("keeps to one choice in every period, whatever the figures, as long as it covers", () => {
    const codes = ["AFG", "IRN", "IRQ", "SYR", "TUR"];
    const chosen = (figures: number[], secret: string): string => {
      const seen = cut(
        { ...Object.fromEntries(codes.map((code, at) => [code, figures[at] as number])), PAK: 40 },
        secret,
      );
      return codes.filter((code) => seen[code] === "Q").join();
    };
    const rising = SECRETS.map((secret) => chosen([30, 40, 50, 60, 5_000], secret));
    expect(SECRETS.map((secret) => chosen([5_000, 60, 50, 40, 30], secret))).toEqual(rising);
  });

  test("leaves no rest that proves a zero: how much must hide at the least is the secret's to say", () => {
    const isAlone = (secret: string) => cut({ AFG: 12, IRN: 500, PAK: 0 }, secret).IRN === 500;
    // Half of the secrets put Afghans first; twelve of them suffice for fewer.
    const alone = SECRETS.filter(isAlone).length;
    expect(alone).toBeGreaterThan(0);
    expect(alone).toBeLessThan(15);
  });

  test("does not take cells for cover that are hidden for being small: their size is all but known", async () => {
    const figures = oneWay({ AFG: 200, IRN: 4, IRQ: 4, SYR: 4, PAK: 40 });
    const released = await suppress("ASY", figures);
    const hides = cutFor("PAK", { period: "2015", figures }, released, "secret").map(
      ({ status }) => status,
    );
    expect([figures[1]?.key, hides[1]]).toEqual([["AFG"], "Q"]);
  });

  test("hides as many as it takes where no single one covers", () => {
    const parts = { AFG: 20, IRN: 15, IRQ: 12, SYR: 1, PAK: 120 };
    for (const secret of SECRETS) {
      const shownOf = cut(parts, secret);
      const covered = (["AFG", "IRN", "IRQ", "SYR"] as const).filter(
        (code) => shownOf[code] === "Q",
      );
      expect(covered.reduce((sum, code) => sum + parts[code], 0)).toBeGreaterThanOrEqual(30);
      expect(shownOf).toMatchObject({ PAK: "X", total: 168 });
    }
  });

  test("covers a zero like a figure; where nothing covers it shows no part, and no total that is nearly the figure", () => {
    expect(choices({ AFG: 200, IRN: 12, PAK: 0 })).toEqual(["AFG", "IRN"]);
    expect(cut({ AFG: 3, IRN: 4, PAK: 100 }, "secret")).toEqual({
      AFG: "Q",
      IRN: "Q",
      PAK: "X",
      total: "Q",
    });
    expect(cut({ AFG: 3, IRN: 4, PAK: 1 }, "secret")).toEqual({
      AFG: "Q",
      IRN: "Q",
      PAK: "X",
      total: 8,
    });
  });

  test.each(FORMS)(
    "of %s figures keeps subtraction and the attacker a tenth away",
    async (_form, control) => {
      let attacked = 0;
      const tables = fc.oneof(anyOneWay, anyTwoWay);
      const promise = fc.asyncProperty(
        tables,
        anyCode,
        fc.string(),
        async (table, country, secret) => {
          const released = await control(table);
          const visible = cutFor(country, { period: "2015", figures: table }, released, secret).map(
            ({ value }) => value,
          );
          const lines = equationsOf(table);
          expect(
            lines.map((line) => leak(line, country, table, released, visible)).filter(Boolean),
          ).toEqual([]);
          for (const [cell, interval] of await attack(table, visible)) {
            if (table[cell]?.key[0] !== country) continue;
            const figure = released[cell]?.value ?? table[cell]?.value ?? 0;
            // A small total, which others see, leaves less slack than that to anybody.
            const totals = lines
              .filter(({ parts }) => parts.includes(cell))
              .map(({ total }) => visible[total] ?? 1_000);
            expect(width(interval)).toBeGreaterThanOrEqual(
              Math.min(Math.max(5, figure / 10), ...totals),
            );
            attacked++;
          }
        },
      );
      await fc.assert(promise, { seed: 20_261_123, endOnFailure: true, numRuns: 150 });
      expect(attacked).toBeGreaterThan(100);
    },
  );

  test.each([
    ["reported", oneWay({ PAK: 700 })],
    ["reported of a sex", twoWay({ AFG: [400, null], PAK: [null, 200] })],
  ])("keeps the only citizenship %s from being read off the total", async (_where, figures) => {
    expect(await widthOfOwn(figures)).toBeGreaterThan(5);
  });

  test("keeps it from being read off a total below ten", async () => {
    expect(await widthOfOwn(oneWay({ PAK: 7 }))).toBeGreaterThan(0);
  });

  test("keeps the sum of own cells from being read off a total where no list by citizenship is reported", () => {
    const figures = twoWay({ AFG: [50, 60], IRN: [70, 80], PAK: [30, 40] }).filter(
      ({ dimensions }) => dimensions.length !== 1,
    );
    const visible = cutFor("PAK", { period: "2015", figures }, exact(figures), "secret").map(
      ({ value }) => value,
    );
    const leaks = equationsOf(figures).map((line) =>
      leak(line, "PAK", figures, exact(figures), visible),
    );
    expect(leaks.filter(Boolean)).toEqual([]);
  });

  async function widthOfOwn(figures: readonly Figure[]): Promise<number> {
    const visible = cutFor("PAK", { period: "2015", figures }, exact(figures), "secret").map(
      ({ value }) => value,
    );
    const own = figures.findIndex(({ key }) => key[0] === "PAK");
    return width((await attack(figures, visible)).get(own) as Interval);
  }
});
