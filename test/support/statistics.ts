/** Tables as countries report them, small ones by hand and any number at random; the totals are always their sums. */
import fc from "fast-check";
import type { Figure, ReleasedFigure } from "../../subgraphs/indicators/disclosure/cube";

const figure = (dimensions: string[], key: string[], value: number | null): Figure => ({
  dimensions,
  key,
  value,
  status: "A",
});
const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((all, value) => all + (value ?? 0), 0);

/** A total and its parts. */
export function oneWay(
  parts: Readonly<Record<string, number | null>>,
  dimension = "CITIZENSHIP",
): Figure[] {
  const cells = Object.entries(parts).map(([code, value]) => figure([dimension], [code], value));
  return [figure([], [], sum(Object.values(parts))), ...cells];
}

const SEXES = ["F", "M", "_U"];

/** Citizenship × sex with both margins and the total; a cell that is null is not reported, since there was nobody. */
export function twoWay(rows: Readonly<Record<string, readonly (number | null)[]>>): Figure[] {
  const codes = Object.keys(rows);
  const sexes = SEXES.slice(0, rows[codes[0] as string]?.length);
  const cell = (code: string, at: number) => rows[code]?.[at] ?? null;
  return [
    figure([], [], sum(Object.values(rows).flat())),
    ...codes.map((code) => figure(["CITIZENSHIP"], [code], sum(rows[code] ?? []))),
    ...sexes.map((sex, at) => figure(["SEX"], [sex], sum(codes.map((code) => cell(code, at))))),
    ...codes.flatMap((code) =>
      sexes.map((sex, at) => figure(["CITIZENSHIP", "SEX"], [code, sex], cell(code, at))),
    ),
  ].filter(({ value }) => value !== null);
}

/** Cells by `code|code|…` with every table that they add up to: by each set of the dimensions, down to the total. */
export function lattice(
  dimensions: readonly string[],
  cells: Readonly<Record<string, number>>,
): Figure[] {
  return Array.from({ length: 2 ** dimensions.length }, (_, set) => {
    const kept = <T>(all: readonly T[]): T[] => all.filter((_one, at) => set & (2 ** at));
    const sums = new Map<string, number>();
    for (const [name, value] of Object.entries(cells)) {
      const key = kept(name.split("|")).join("|");
      sums.set(key, (sums.get(key) ?? 0) + value);
    }
    return [...sums].map(([key, value]) =>
      figure(kept(dimensions), key === "" ? [] : key.split("|"), value),
    );
  }).flat();
}

/** What is shown of each cell: its value, or the status that stands in its place. */
export function shown(
  figures: readonly Figure[],
  released: readonly ReleasedFigure[],
): Record<string, number | string> {
  const nameOf = ({ key }: Figure) => key.join("|") || "total";
  const seen = released.map(({ value, status }, index) => [
    nameOf(figures[index] as Figure),
    value ?? status,
  ]);
  return Object.fromEntries(seen);
}

/** Only what is small itself: the mistake that secondary suppression is there to mend. */
export function hideSmallOnly(figures: readonly Figure[]): ReleasedFigure[] {
  return figures.map(({ value, status }) => {
    const isSmall = value !== null && value > 0 && value < 5;
    return isSmall ? { value: null, status: "Q" } : { value, status };
  });
}

const CODES = [
  "AFG",
  "ALB",
  "BGD",
  "DZA",
  "ERI",
  "GEO",
  "IND",
  "IRN",
  "IRQ",
  "MAR",
  "NGA",
  "PAK",
  "RUS",
  "SOM",
  "SYR",
  "TUR",
];
export const anyCode = fc.constantFrom(...CODES);
const persons = fc.integer({ min: 300, max: 20_000 });
/** Few large and many small, as citizenships are. */
const weight = fc
  .integer({ min: 0, max: 100 })
  .map((value) => (value < 5 ? 0 : 10 ** (value / 25)));
const codes = fc.subarray(CODES, { minLength: 2 });
const share = (all: number, weights: readonly number[]): number[] =>
  weights.map((one) => Math.floor((all * one) / Math.max(1, sum(weights))));

/** Two to sixteen citizenships of 300 to 20,000 persons. */
export const anyOneWay: fc.Arbitrary<Figure[]> = codes.chain((some) =>
  fc.tuple(persons, fc.tuple(...some.map(() => weight))).map(([all, weights]) => {
    const parts = share(all, weights);
    return oneWay(Object.fromEntries(some.map((code, at) => [code, parts[at] as number])));
  }),
);

/** Two to seven citizenships × two or three sexes of 300 to 20,000 persons. */
export const anyTwoWay: fc.Arbitrary<Figure[]> = fc
  .tuple(
    fc.subarray(CODES.slice(0, 12), { minLength: 2, maxLength: 7 }),
    fc.integer({ min: 2, max: 3 }),
  )
  .chain(([some, sexes]) =>
    fc
      .tuple(
        persons,
        fc.array(weight, { minLength: some.length * sexes, maxLength: some.length * sexes }),
      )
      .map(([all, weights]) => {
        const cells = share(all, weights);
        return twoWay(
          Object.fromEntries(
            some.map((code, at) => [code, cells.slice(at * sexes, (at + 1) * sexes)]),
          ),
        );
      }),
  );
