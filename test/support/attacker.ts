/**
 * Someone who reads everything that was published and computes: intervals handed along every "total = sum of its parts"
 * until nothing moves, and where parts of it go round in circles a linear program. It knows nothing of how cells were
 * chosen, and shares no code with what chooses them.
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

export interface Equation {
  readonly total: number;
  readonly parts: readonly number[];
}

export const width = ({ least, most }: Interval): number => most - least;
export const UNKNOWN: Interval = { least: 0, most: Number.POSITIVE_INFINITY };
export const exactly = (value: number): Interval => ({ least: value, most: value });

/** What the attacker knows of each hidden cell of one report, by index. */
export async function attack(
  cells: readonly Cell[],
  visible: readonly (number | null)[],
): Promise<Map<number, Interval>> {
  const bounds = visible.map((value) => (value === null ? UNKNOWN : exactly(value)));
  const hidden = [...visible.keys()].filter((index) => visible[index] === null);
  return pinned(
    bounds,
    equationsOf(cells),
    new Map(hidden.map((index) => [index, Number.POSITIVE_INFINITY])),
    true,
  );
}

/**
 * The cells that are known more closely than they may be, with what is known of them.
 * @param bounds what is known of each cell by looking at it
 * @param needs how wide what is known of a cell must stay, by index
 * @param all also those that stay wide enough
 */
export async function pinned(
  bounds: readonly Interval[],
  equations: readonly Equation[],
  needs: ReadonlyMap<number, number>,
  all = false,
): Promise<Map<number, Interval>> {
  const known = propagated(bounds, equations);
  const found = new Map<number, Interval>();
  const report = (index: number, interval: Interval) => {
    if (all || width(interval) < (needs.get(index) as number) - 1e-6) found.set(index, interval);
  };
  for (const part of componentsOf(known, equations)) {
    const targets = part.cells.filter((index) => needs.has(index));
    // Handing intervals along is exact where no two ways lead from one cell to another.
    const isTree = part.places === part.cells.length + part.equations.length - 1;
    const closed = targets.filter(
      (index) => isTree || width(at(known, index)) < (needs.get(index) as number),
    );
    const open = targets.filter((index) => !closed.includes(index));
    for (const index of closed) if (isTree || !all) report(index, at(known, index));
    const solve = isTree ? [] : all ? targets : open;
    if (solve.length > 0) await program(known, part, needs, solve, report);
  }
  for (const index of needs.keys()) {
    const interval = at(known, index);
    if (
      width(interval) === 0 ||
      !equations.some(({ total, parts }) => total === index || parts.includes(index))
    )
      report(index, interval);
  }
  return found;
}

const at = (known: readonly Interval[], index: number): Interval => known[index] as Interval;

/** Every interval made as narrow as one equation after the other allows. */
function propagated(bounds: readonly Interval[], equations: readonly Equation[]): Interval[] {
  const known = bounds.map((interval) => ({ ...interval }));
  const uses: number[][] = known.map(() => []);
  equations.forEach(({ total, parts }, row) => {
    for (const index of [total, ...parts]) uses[index]?.push(row);
  });
  const waiting = new Set(equations.keys());
  let steps = equations.length * 200; // circles may go on for ever, by less and less
  for (const row of waiting) {
    waiting.delete(row);
    if (steps-- < 0) break;
    for (const index of tightened(known, equations[row] as Equation)) {
      for (const use of uses[index] as number[]) waiting.add(use);
    }
  }
  return known;
}

/** Cells of the equation that became narrower by it. */
function tightened(known: { least: number; most: number }[], { total, parts }: Equation): number[] {
  const terms = [{ index: total, sign: -1 }, ...parts.map((index) => ({ index, sign: 1 }))];
  const low = terms.map(({ index, sign }) =>
    sign > 0 ? at(known, index).least : -at(known, index).most,
  );
  const high = terms.map(({ index, sign }) =>
    sign > 0 ? at(known, index).most : -at(known, index).least,
  );
  const [lowSum, highSum] = [finiteSum(low), finiteSum(high)];
  return terms.flatMap(({ index, sign }, place) => {
    const least = -without(highSum, high[place] as number);
    const most = -without(lowSum, low[place] as number);
    const cell = known[index] as { least: number; most: number };
    const next = sign > 0 ? { least, most } : { least: -most, most: -least };
    const isNew = next.least > cell.least + 1e-9 || next.most < cell.most - 1e-9;
    cell.least = Math.max(cell.least, next.least);
    cell.most = Math.min(cell.most, next.most);
    return isNew ? [index] : [];
  });
}

interface FiniteSum {
  sum: number;
  infinite: number;
  sign: number;
}

function finiteSum(terms: readonly number[]): FiniteSum {
  const finite = terms.filter(Number.isFinite);
  const sum = finite.reduce((all, term) => all + term, 0);
  return {
    sum,
    infinite: terms.length - finite.length,
    sign: terms.find((term) => !Number.isFinite(term)) ?? 0,
  };
}

function without({ sum, infinite, sign }: FiniteSum, term: number): number {
  const others = infinite - (Number.isFinite(term) ? 0 : 1);
  return others > 0 ? sign : sum - (Number.isFinite(term) ? term : 0);
}

interface Component {
  readonly cells: readonly number[];
  readonly equations: readonly Equation[];
  /** How often a cell that is not known stands in an equation. */
  readonly places: number;
}

/** Cells that are not known, with all they have to do with. */
function componentsOf(known: readonly Interval[], equations: readonly Equation[]): Component[] {
  const isOpen = (index: number) => width(at(known, index)) > 0;
  const parent = known.map((_, index) => index);
  const root = (index: number): number => {
    let top = index;
    while (parent[top] !== top) top = parent[top] as number;
    while (parent[index] !== top) [parent[index], index] = [top, parent[index] as number];
    return top;
  };
  const rows = equations.map((equation) => ({
    equation,
    open: [equation.total, ...equation.parts].filter(isOpen),
  }));
  for (const { open } of rows)
    for (const index of open) parent[root(index)] = root(open[0] as number);
  const parts = new Map<number, { cells: number[]; equations: Equation[]; places: number }>();
  known.forEach((_, index) => {
    if (!isOpen(index)) return;
    const part = parts.get(root(index)) ?? { cells: [], equations: [], places: 0 };
    part.cells.push(index);
    parts.set(root(index), part);
  });
  for (const { equation, open } of rows) {
    const part = open.length > 0 ? parts.get(root(open[0] as number)) : undefined;
    part?.equations.push(equation);
    if (part) part.places += open.length;
  }
  return [...parts.values()].filter((part) => part.equations.length > 0);
}

let solver: Promise<Highs> | undefined;

/** The least and the most of each cell that no solution found for another shows to be wide enough already. */
async function program(
  known: readonly Interval[],
  { cells, equations }: Component,
  needs: ReadonlyMap<number, number>,
  targets: readonly number[],
  report: (index: number, interval: Interval) => void,
): Promise<void> {
  solver ??= loadHighs();
  const highs = await solver;
  const open = new Set(cells);
  const rows = equations.map((equation) => rowOf(equation, known, open));
  const bounds = cells.map((index) => {
    const { least, most } = at(known, index);
    return ` ${least} <= x${index}${Number.isFinite(most) ? ` <= ${most}` : ""}`;
  });
  const text = ["Subject To", ...rows, "Bounds", ...bounds, "End"].join("\n");
  const seen = new Map(
    targets.map((index) => [
      index,
      { least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY },
    ]),
  );
  const ask = (goal: "Minimize" | "Maximize", index: number): number => {
    const { Status, ObjectiveValue, Columns } = highs.solve(`${goal}\n goal: x${index}\n${text}`);
    if (Status === "Unbounded" || Status === "Primal infeasible or unbounded")
      return Number.POSITIVE_INFINITY;
    if (Status !== "Optimal") throw new Error(`what is published contradicts itself: ${Status}`);
    for (const [other, range] of seen) {
      const value = Columns[`x${other}`]?.Primal ?? at(known, other).least;
      range.least = Math.min(range.least, value);
      range.most = Math.max(range.most, value);
    }
    return Math.round(ObjectiveValue * 1e6) / 1e6;
  };
  for (const index of targets) {
    if (width(seen.get(index) as Interval) >= (needs.get(index) as number)) continue;
    const least = ask("Minimize", index);
    if (width(seen.get(index) as Interval) >= (needs.get(index) as number)) continue;
    report(index, { least, most: ask("Maximize", index) });
  }
}

/** Σ parts − total = 0, with what is known as a constant. */
function rowOf(
  { total, parts }: Equation,
  known: readonly Interval[],
  open: ReadonlySet<number>,
): string {
  let constant = 0;
  const terms: string[] = [];
  const add = (index: number, sign: 1 | -1) => {
    if (open.has(index)) terms.push(` ${sign > 0 ? "+" : "-"} x${index}`);
    else constant -= sign * at(known, index).least;
  };
  for (const part of parts) add(part, 1);
  add(total, -1);
  return `${terms.join("\n")} = ${constant}`;
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
  return total.dimensions.every((name, place) => {
    const found = part.dimensions.indexOf(name);
    return found !== -1 && part.key[found] === total.key[place];
  });
}
