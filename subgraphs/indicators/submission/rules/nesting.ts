import type { SubmittedFigure } from "../figure";

/** Codes that are a part of another code of the same list: unaccompanied minors are minors, and counted among them. */
const WITHIN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AGE_GROUP: { Y0T17_UNACC: "Y0T17", Y0T17_ACC: "Y0T17" },
};

/** The figures that add up over `by`: of a code and its parts only the code, or its parts where it is not there. */
export function withoutChildren(
  figures: readonly SubmittedFigure[],
  dimensions: readonly string[],
  by: readonly string[],
): readonly SubmittedFigure[] {
  const parents = by.filter((dimension) => WITHIN[dimension] !== undefined);
  if (parents.length === 0) return figures;
  const there = new Set(figures.map(({ key }) => key.join("|")));
  return figures.filter(
    ({ key }) =>
      !parents.some((dimension) => {
        const above = parentOf(key, dimensions.indexOf(dimension), dimension);
        return above !== null && there.has(above.join("|"));
      }),
  );
}

/** Codes with those of their parts that a table has. There may be more of a code than its parts say. */
export function childrenOf(
  figures: readonly SubmittedFigure[],
  dimensions: readonly string[],
): { whole: SubmittedFigure; parts: SubmittedFigure[]; dimension: string }[] {
  const byKey = new Map(figures.map((figure) => [figure.key.join("|"), figure]));
  return dimensions.flatMap((dimension, at) => {
    const families = new Map<SubmittedFigure, SubmittedFigure[]>();
    for (const figure of figures) {
      const whole = byKey.get(parentOf(figure.key, at, dimension)?.join("|") ?? "");
      if (whole) families.set(whole, [...(families.get(whole) ?? []), figure]);
    }
    return [...families].map(([whole, parts]) => ({ whole, parts, dimension }));
  });
}

function parentOf(key: readonly string[], at: number, dimension: string): string[] | null {
  const parent = WITHIN[dimension]?.[key[at] ?? ""];
  return parent === undefined ? null : key.with(at, parent);
}
