/** Years of reports as they come in: quarters, the year itself before or after the last of them, and a correction. */
import fc from "fast-check";
import type { Step } from "./releases";
import { lattice } from "./statistics";

const CODES = {
  CITIZENSHIP: ["AFG", "BGD", "DZA", "ERI", "IND", "IRN", "IRQ", "MAR", "NGA", "PAK", "SOM", "SYR"],
  SEX: ["F", "M", "_U"],
  AGE_GROUP: ["Y0T17", "Y18T34", "Y_GE35"],
} as const;
export type Dimension = keyof typeof CODES;

/** Persons by `code|code|…`. */
type Cells = Readonly<Record<string, number>>;

function sum(some: Cells, more: Cells): Cells {
  const keys = new Set([...Object.keys(some), ...Object.keys(more)]);
  return Object.fromEntries([...keys].map((key) => [key, (some[key] ?? 0) + (more[key] ?? 0)]));
}

/** Few large citizenships and many small, some of nobody. */
export function anyCells(
  dimensions: readonly Dimension[],
  persons: number,
  citizenships = 12,
): fc.Arbitrary<Cells> {
  const lists = dimensions.map((name) =>
    name === "CITIZENSHIP" ? CODES[name].slice(-citizenships) : CODES[name],
  );
  const keys = lists.reduce<string[]>(
    (some, list) =>
      some.flatMap((key) => list.map((code) => (key === "" ? code : `${key}|${code}`))),
    [""],
  );
  const weight = fc
    .integer({ min: 0, max: 100 })
    .map((value) => (value < 10 ? 0 : 10 ** (value / 25)));
  return fc.array(weight, { minLength: keys.length, maxLength: keys.length }).map((weights) => {
    const all = weights.reduce((one, other) => one + other, 1);
    const cells = keys.map(
      (key, at) => [key, Math.floor((persons * (weights[at] as number)) / all)] as const,
    );
    return Object.fromEntries(cells.filter(([, value]) => value > 0));
  });
}

const persons = fc.constantFrom(300, 2_000, 20_000);

/** In a year: totals themselves are small, and lines hidden as a whole. */
export const FEW_PERSONS = fc.constantFrom(8, 20, 40, 80);

export const anyReport = (
  dimensions: readonly Dimension[],
  citizenships: number,
): fc.Arbitrary<Step> =>
  persons
    .chain((all) => anyCells(dimensions, all, citizenships))
    .map((cells) => ({ period: "2015-Q1", figures: lattice(dimensions, cells) }));

export function anyYear(
  dimensions: readonly Dimension[],
  size: fc.Arbitrary<number> = persons,
): fc.Arbitrary<Step[]> {
  const step = (period: string, cells: Cells): Step => ({
    period,
    figures: lattice(dimensions, cells),
  });
  const quarters = size.chain((all) =>
    fc.array(anyCells(dimensions, all / 4), { minLength: 4, maxLength: 4 }),
  );
  const correction = fc.tuple(
    fc.integer({ min: 0, max: 3 }),
    fc.nat(),
    fc.integer({ min: -3, max: 30 }),
  );
  return fc
    .tuple(quarters, fc.constantFrom(3, 4), fc.option(correction))
    .map(([cells, place, change]) => {
      const year = (some: readonly Cells[]) => step("2015", some.reduce(sum, {}));
      const steps = cells
        .map((one, at) => step(`2015-Q${at + 1}`, one))
        .toSpliced(place, 0, year(cells));
      const [at, which, more] = change ?? [0, 0, 0];
      const before = cells[at] as Cells;
      const keys = Object.keys(before);
      const key = keys[which % keys.length] as string;
      const value = (before[key] as number) + more;
      if (!(value > 0) || more === 0) return steps;
      const corrected = { ...before, [key]: value };
      return [...steps, step(`2015-Q${at + 1}`, corrected), year(cells.with(at, corrected))];
    });
}
