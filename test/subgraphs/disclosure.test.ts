import fc from "fast-check";
import type { Figure, ReleasedFigure } from "../../subgraphs/indicators/disclosure/cube";
import { round } from "../../subgraphs/indicators/disclosure/rounding";
import { suppress } from "../../subgraphs/indicators/disclosure/suppression";
import { attack, equationsOf, width } from "../support/attacker";
import {
  anyOneWay,
  anyTwoWay,
  hideSmallOnly,
  lattice,
  oneWay,
  shown,
  twoWay,
} from "../support/statistics";

const SEED = { seed: 20_261_123, endOnFailure: true } as const;

/** The cells that the attacker knows better than the threshold allows, as `AFG: 6 in [5, 9]`. */
async function narrow(
  figures: readonly Figure[],
  released: readonly ReleasedFigure[],
  threshold = 5,
): Promise<string[]> {
  const known = await attack(
    figures,
    released.map(({ value }) => value),
  );
  return (
    [...known]
      // That there was nobody is no secret: tables show their zeros.
      .filter(([index, interval]) => figures[index]?.value !== 0 && width(interval) < threshold)
      .map(([index, { least, most }]) => {
        const { key, value } = figures[index] as Figure;
        return `${key.join("|") || "total"}: ${value} in [${least}, ${most}]`;
      })
  );
}

describe("suppression", () => {
  const suppressed = async (values: Record<string, number | null>, indicator = "IST") => {
    const figures = oneWay(values);
    return shown(figures, await suppress(indicator, figures));
  };

  test("hides what is below five, and with it the smallest other part that makes slack", async () => {
    expect(await suppressed({ AFG: 4, IRN: 40, IRQ: 100 })).toEqual({
      total: 144,
      AFG: "Q",
      IRN: "Q",
      IRQ: 100,
    });
    expect(await suppressed({ AFG: 5, IRN: 40, IRQ: 100 })).toEqual({
      total: 145,
      AFG: 5,
      IRN: 40,
      IRQ: 100,
    });
  });

  test("hides victims of trafficking below ten, and minors", async () => {
    expect(await suppressed({ AFG: 9, IRN: 40, IRQ: 100 }, "THB")).toEqual({
      total: 149,
      AFG: "Q",
      IRN: "Q",
      IRQ: 100,
    });
    const ages = oneWay({ Y0T17: 9, Y18T34: 40, Y_GE35: 100 }, "AGE_GROUP");
    expect(shown(ages, await suppress("IST", ages))).toEqual({
      total: 149,
      Y0T17: "Q",
      Y18T34: "Q",
      Y_GE35: 100,
    });
  });

  test("hides no second part where the small ones already leave each other slack", async () => {
    expect(await suppressed({ AFG: 4, IRN: 4, IRQ: 100 })).toEqual({
      total: 108,
      AFG: "Q",
      IRN: "Q",
      IRQ: 100,
    });
    expect(await suppressed({ AFG: 1, IRN: 2, IRQ: 3, SYR: 100 })).toEqual({
      total: 106,
      AFG: "Q",
      IRN: "Q",
      IRQ: "Q",
      SYR: "Q",
    });
  });

  test("leaves zeros to be seen, and what the source itself left blank", async () => {
    expect(await suppressed({ AFG: 0, IRN: 3, IRQ: 30, SYR: 100, TUR: null })).toEqual({
      total: 133,
      AFG: 0,
      IRN: "Q",
      IRQ: "Q",
      SYR: 100,
      TUR: "A",
    });
  });

  test("hides every part, zeros too, where nothing gives cover, and then tells the total alone", async () => {
    expect(await suppressed({ AFG: 0, IRN: 2, IRQ: 3 })).toEqual({
      total: 5,
      AFG: "Q",
      IRN: "Q",
      IRQ: "Q",
    });
    expect(await suppressed({ AFG: 1, IRN: 2 })).toEqual({ total: "Q", AFG: "Q", IRN: "Q" });
  });

  test("keeps a status that is not its own", async () => {
    const figures = oneWay({ AFG: 3, IRN: 30, IRQ: 200 }).map((figure) => ({
      ...figure,
      status: "P",
    }));
    expect((await suppress("IST", figures)).map(({ status }) => status)).toEqual([
      "P",
      "Q",
      "Q",
      "P",
    ]);
  });

  test("of small cells alone falls to the attacker: that is why there is more", async () => {
    const figures = oneWay({ AFG: 3, IRN: 40, IRQ: 100 });
    expect(await narrow(figures, hideSmallOnly(figures))).toEqual(["AFG: 3 in [3, 3]"]);
    let [hidden, found] = [0, 0];
    for (const table of fc.sample(anyTwoWay, { ...SEED, numRuns: 100 })) {
      const released = hideSmallOnly(table);
      hidden += released.filter(({ status }) => status === "Q").length;
      found += (await narrow(table, released)).length;
    }
    expect(hidden).toBeGreaterThan(100);
    expect(found / hidden).toBeGreaterThan(0.7);
  });

  test.each([
    ["IST", 5],
    ["THB", 10],
  ])(
    "of %s leaves the attacker no hidden cell of a list narrower than %d",
    async (indicator, threshold) => {
      const promise = fc.asyncProperty(anyOneWay, async (table) => {
        const released = await suppress(indicator, table);
        expect(await narrow(table, released, threshold)).toEqual([]);
        table.forEach(({ value }, index) => {
          if (value !== null && value > 0 && value < threshold)
            expect(released[index]).toEqual({ value: null, status: "Q" });
          else expect([value, null]).toContain(released[index]?.value);
        });
        const zeros = table.flatMap(({ value }, index) =>
          value === 0 ? [released[index]?.value] : [],
        );
        const parts = released.slice(1).map(({ value }) => value);
        if (zeros.includes(null)) expect(parts.every((value) => value === null)).toBe(true);
      });
      await fc.assert(promise, { ...SEED, numRuns: 150 });
    },
  );

  describe("of tables in several dimensions:", () => {
    test.each([
      ["closely", { AFG: [1, 5], IRN: [2, 1] }],
      ["exactly", { AFG: [6, 4], IRN: [3, 5] }],
      [
        "that line after line would not protect",
        { AFG: [11, 0, 0], IRN: [8, 16, 2], IRQ: [14, 8, 0], PAK: [1, 2, 0] },
      ],
    ])("the attacker does not learn a primary cell %s", async (_what, cells) => {
      const table = twoWay(cells);
      expect(await narrow(table, await suppress("IST", table))).toEqual([]);
    });

    /** Hiding that table alone is not enough: its tables in two dimensions would tell. */
    test.each([
      ["closely", [38, 1, 19, 23, 10, 4, 2, 22]],
      ["exactly", [4, 9, 15, 0, 17, 11, 0, 0]],
    ])("nor %s one of a table in three", async (_what, values) => {
      const names = ["A1", "A2"].flatMap((a) =>
        ["B1", "B2"].flatMap((b) => ["C1", "C2"].map((c) => `${a}|${b}|${c}`)),
      );
      const dimensions = ["DOCUMENT_TYPE", "FRAUD_TYPE", "COUNTRY_OF_ISSUANCE"];
      const table = lattice(
        dimensions,
        Object.fromEntries(names.map((name, at) => [name, values[at] as number])),
      );
      const small = await narrow(table, await suppress("DOC", table));
      expect(small.filter((cell) => /: [1-4] in/.test(cell))).toEqual([]);
    });

    test("no hidden cell of any table by citizenship and sex is known better than the threshold", async () => {
      const promise = fc.asyncProperty(anyTwoWay, async (table) =>
        expect(await narrow(table, await suppress("IST", table))).toEqual([]),
      );
      await fc.assert(promise, { ...SEED, numRuns: 100 });
    });
  });
});

describe("controlled rounding", () => {
  test("moves every figure to a neighbouring multiple of five, adds up, and changes least", async () => {
    const figures = oneWay({ AFG: 1, IRN: 1, IRQ: 1, SYR: 12, TUR: 0 });
    expect(shown(figures, await round("IST", figures))).toEqual({
      total: 15,
      AFG: 0,
      IRN: 0,
      IRQ: 0,
      SYR: 15,
      TUR: 0,
    });
  });

  test("rounds a line that never added up, each figure for itself", async () => {
    const figures = oneWay({ AFG: 51, IRN: 46 }).map((figure, at) =>
      at === 0 ? { ...figure, value: 101 } : figure,
    );
    expect(shown(figures, await round("IST", figures))).toEqual({ total: 100, AFG: 50, IRN: 45 });
  });

  test.each([
    ["a list", anyOneWay],
    ["a table in two dimensions", anyTwoWay],
  ])("of %s adds up, leaves multiples and moves nothing by five", async (_what, tables) => {
    const promise = fc.asyncProperty(tables, async (table) => {
      const released = await round("IST", table);
      released.forEach(({ value }, index) => {
        const truth = table[index]?.value as number;
        expect((value ?? 1) % 5).toBe(0);
        expect(Math.abs((value as number) - truth)).toBeLessThan(truth % 5 === 0 ? 1 : 5);
      });
      const sums = equationsOf(table).map(({ total, parts }) => [
        released[total]?.value,
        parts.reduce((sum, part) => sum + (released[part]?.value ?? 0), 0),
      ]);
      expect(sums.filter(([total, sum]) => total !== sum)).toEqual([]);
    });
    await fc.assert(promise, { ...SEED, numRuns: 100 });
  });
});
