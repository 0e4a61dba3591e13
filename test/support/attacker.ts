/**
 * Someone who reads everything that a release published and computes: a linear program over all visible cells and every
 * "total = sum of its parts". It knows nothing of how cells were chosen, only that a count is not negative.
 */
import loadHighs, { type Highs } from "highs";

export interface Cell {
  readonly dimensions: readonly string[];
  readonly key: readonly string[];
}

export interface Interval {
  readonly least: number;
  /** Infinity where nothing bounds it. */
  readonly most: number;
}

let solver: Promise<Highs> | undefined;

/** What the attacker knows of each hidden cell, by index. */
export async function attack(
  cells: readonly Cell[],
  visible: readonly (number | null)[],
): Promise<Map<number, Interval>> {
  solver ??= loadHighs();
  const highs = await solver;
  const rows = equationsOf(cells)
    .map((equation) => rowOf(equation, visible))
    .filter((row) => row !== "");
  const known = new Map<number, Interval>();
  for (const index of visible.keys()) {
    if (visible[index] !== null) continue;
    known.set(index, { least: solve(highs, "Minimize", index, rows), most: solve(highs, "Maximize", index, rows) });
  }
  return known;
}

export const width = ({ least, most }: Interval): number => most - least;

function solve(highs: Highs, goal: string, index: number, rows: readonly string[]): number {
  const program = [goal, ` goal: x${index}`, "Subject To", ...rows, ` any: x${index} >= 0`, "End"].join("\n");
  const { Status, ObjectiveValue } = highs.solve(program);
  if (Status === "Optimal") return Math.round(ObjectiveValue * 1e6) / 1e6;
  if (Status === "Unbounded" || Status === "Primal infeasible or unbounded") return Number.POSITIVE_INFINITY;
  throw new Error(`the published tables contradict each other: ${Status}`);
}

export interface Equation {
  readonly total: number;
  readonly parts: readonly number[];
}

/** Every cell with the cells that it is the sum of, in each table that has its dimensions and more. */
export function equationsOf(cells: readonly Cell[]): Equation[] {
  const tables = new Map<string, number[]>();
  cells.forEach(({ dimensions }, index) => {
    tables.set(dimensions.join(), [...(tables.get(dimensions.join()) ?? []), index]);
  });
  return cells.flatMap((cell, total) =>
    [...tables.values()].flatMap((table) => {
      const parts = table.filter((index) => isPart(cells[index] as Cell, cell));
      return parts.length > 0 ? [{ total, parts }] : [];
    }),
  );
}

function isPart(part: Cell, total: Cell): boolean {
  if (part.dimensions.length <= total.dimensions.length) return false;
  return total.dimensions.every((name, at) => {
    const place = part.dimensions.indexOf(name);
    return place !== -1 && part.key[place] === total.key[at];
  });
}

function rowOf({ total, parts }: Equation, visible: readonly (number | null)[]): string {
  let constant = visible[total] ?? 0;
  const terms = visible[total] === null ? [` - x${total}`] : [];
  for (const part of parts) {
    const value = visible[part];
    if (value === null || value === undefined) terms.push(` + x${part}`);
    else constant -= value;
  }
  return terms.length === 0 ? "" : `${terms.join("\n")} = ${constant}`;
}
