import loadHighs, { type Highs } from "highs";

export interface Equation {
  /** Factor by variable. */
  readonly terms: ReadonlyMap<number, number>;
  readonly equals: number;
}

let highs: Promise<Highs> | undefined;

/** Chooses 0 or 1 for every variable so that all equations hold at the least cost; null where no choice does. */
export async function solveBinary(costs: readonly number[], equations: readonly Equation[]): Promise<boolean[] | null> {
  const open = equations.filter(({ terms }) => terms.size > 0);
  if (equations.some(({ terms, equals }) => terms.size === 0 && equals !== 0)) return null;
  if (costs.length === 0) return [];
  highs ??= loadHighs();
  const solution = (await highs).solve(programOf(costs, open));
  if (solution.Status !== "Optimal") return null;
  return costs.map((_, at) => (solution.Columns[`x${at}`]?.Primal ?? 0) > 0.5);
}

/** In the LP file format; it wraps lines itself, since the format limits their length. */
function programOf(costs: readonly number[], equations: readonly Equation[]): string {
  const sum = (terms: Iterable<readonly [number, number]>) =>
    [...terms].map(([at, factor]) => `${factor < 0 ? "-" : "+"} ${Math.abs(factor)} x${at}`).join("\n ");
  const rows = equations.map(({ terms, equals }, at) => ` r${at}: ${sum(terms)} = ${equals}`);
  const names = costs.map((_, at) => ` x${at}`).join("\n");
  return ["Minimize", ` cost: ${sum(costs.entries())}`, "Subject To", ...rows, "Binaries", names, "End"].join("\n");
}
