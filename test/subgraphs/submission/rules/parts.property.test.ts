/** A report made of a table that adds up raises nothing; change any one cell of it by more than rounding, and it is said. */
import fc from "fast-check";
import type { SubmittedFigure } from "../../../../subgraphs/indicators/submission/figure";
import { validate } from "../../../../subgraphs/indicators/submission/validate";
import { CONTEXT } from "./check";

const CITIZENSHIPS = ["AFG", "BGD", "IRN", "IRQ", "PAK", "SYR", "_U"];
const SEXES = ["F", "M", "_U"];

const figure = (dimensions: string[], key: string[], value: number): SubmittedFigure => ({
  origin: { file: "figures.csv", line: 1, column: 1, path: [] },
  indicator: "FAC",
  reporter: "AUT",
  period: "2014",
  dimensions,
  key,
  value,
  status: "A",
  unit: null,
  isLowerBound: false,
  written: `${value}`,
});

const anyTable = fc.uniqueArray(fc.constantFrom(...CITIZENSHIPS), { minLength: 1 }).chain((codes) =>
  fc.tuple(
    fc.constant(codes),
    fc.array(fc.array(fc.nat(9_999), { minLength: 3, maxLength: 3 }), {
      minLength: codes.length,
      maxLength: codes.length,
    }),
  ),
);

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function report(
  [codes, rows]: [string[], number[][]],
  round: (value: number) => number,
): SubmittedFigure[] {
  return [
    figure([], [], round(total(rows.flat()))),
    ...codes.map((code, at) => figure(["CITIZENSHIP"], [code], round(total(rows[at] ?? [])))),
    ...codes.flatMap((code, at) =>
      SEXES.map((sex, sexAt) =>
        figure(["CITIZENSHIP", "SEX"], [code, sex], round(rows[at]?.[sexAt] ?? 0)),
      ),
    ),
  ];
}

const found = (figures: readonly SubmittedFigure[], rounding: number) =>
  validate(figures, { ...CONTEXT, rounding }).issues.filter(({ rule }) =>
    rule.startsWith("parts-"),
  );

test.each([1, 5, 10])(
  "a consistent table raises nothing, whatever it is rounded to (%i)",
  (base) => {
    const round = (value: number) => Math.round(value / base) * base;
    fc.assert(
      fc.property(anyTable, (table) => {
        expect(found(report(table, round), base)).toEqual([]);
      }),
      { seed: 20_261_124 },
    );
  },
);

test.each([1, 5])(
  "one cell changed by more than rounding explains is found, whichever it is (%i)",
  (base) => {
    const round = (value: number) => Math.round(value / base) * base;
    // Rounding the cell, its whole and all its siblings can hide so much of a change, and no more.
    const hidden = (parts: number) => 2 * Math.floor(base / 2) * (parts + 1);
    fc.assert(
      fc.property(anyTable, fc.nat(), fc.nat(1_000), fc.boolean(), (table, pick, more, upwards) => {
        const figures = report(table, round);
        const at = pick % figures.length;
        const { value, ...cell } = figures[at] as SubmittedFigure;
        const change = hidden(Math.max(table[0].length, SEXES.length)) + 1 + more;
        const changed = upwards ? (value ?? 0) + change : (value ?? 0) - change;
        fc.pre(changed >= 0);
        figures[at] = { ...cell, value: changed, written: `${changed}` };
        expect(found(figures, base)).not.toEqual([]);
      }),
      { seed: 20_261_124 },
    );
  },
);
