import loadHighs, { type Highs } from "highs";

export interface Equation {
  /** Factor by variable. */
  readonly terms: ReadonlyMap<number, number>;
  readonly equals: number;
}

let highs: Promise<Highs> | undefined;

async function solve(program: string): Promise<ReturnType<Highs["solve"]>> {
  highs ??= loadHighs();
  return (await highs).solve(program);
}

/** Chooses 0 or 1 for every variable so that all equations hold at the least cost; null where no choice does. */
export async function solveBinary(
  costs: readonly number[],
  equations: readonly Equation[],
): Promise<boolean[] | null> {
  const open = equations.filter(({ terms }) => terms.size > 0);
  if (equations.some(({ terms, equals }) => terms.size === 0 && equals !== 0)) return null;
  if (costs.length === 0) return [];
  const solution = await solve(
    programOf(costs, open, ["Binaries", ...costs.map((_, at) => ` x${at}`)]),
  );
  if (solution.Status !== "Optimal") return null;
  return costs.map((_, at) => (solution.Columns[`x${at}`]?.Primal ?? 0) > 0.5);
}

/**
 * Chooses an amount from 0 to its most for every variable so that all equations hold at the least cost; null where no
 * choice does.
 */
export async function solveLinear(
  costs: readonly number[],
  equations: readonly Equation[],
  most: readonly number[],
): Promise<number[] | null> {
  const bounds = most.flatMap((bound, at) =>
    Number.isFinite(bound) ? [` x${at} <= ${bound}`] : [],
  );
  const solution = await solve(programOf(costs, equations, ["Bounds", ...bounds]));
  if (solution.Status !== "Optimal") return null;
  return costs.map((_, at) => solution.Columns[`x${at}`]?.Primal ?? 0);
}

/** In the LP file format; it wraps lines itself, since the format limits their length. */
function programOf(
  costs: readonly number[],
  equations: readonly Equation[],
  rest: readonly string[],
): string {
  const sum = (terms: Iterable<readonly [number, number]>) =>
    [...terms]
      .map(([at, factor]) => `${factor < 0 ? "-" : "+"} ${Math.abs(factor)} x${at}`)
      .join("\n ");
  const rows = equations.map(({ terms, equals }, at) => ` r${at}: ${sum(terms)} = ${equals}`);
  return ["Minimize", ` cost: ${sum(costs.entries())}`, "Subject To", ...rows, ...rest, "End"].join(
    "\n",
  );
}
