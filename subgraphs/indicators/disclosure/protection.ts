import { type Equation, solveLinear } from "./solver";
import type { System, SystemCell, SystemLine } from "./system";

/** Two ways in which hidden cells may stand that nothing shown contradicts: as far apart in a cell as they are. */
export interface Witness {
  /** Cells that are not where they are in one of the two. */
  readonly moved: ReadonlySet<number>;
  readonly width: ReadonlyMap<number, number>;
}

export interface Hiding {
  readonly system: System;
  /** What is hidden, of the report and of what is out. */
  readonly hidden: ReadonlySet<number>;
  /** What may be hidden besides. */
  readonly open: ReadonlySet<number>;
  /** By how much a cell may be less, for all that anyone knows by looking at it. */
  slackDown(cell: number): number;
  /** By how much it may be more. */
  slackUp(cell: number): number;
  /** What it costs to hide an open cell. */
  cost(cell: number): number;
}

/**
 * Shows that a cell stays as wide as it must, hiding of the open cells what that takes at the least cost; null where it
 * cannot.
 * @param moves which hidden cells move: others may be known exactly from another agreement
 */
export async function witnessOf(
  hiding: Hiding,
  cell: number,
  need: number,
  moves: Moves,
): Promise<Witness | null> {
  const { system, hidden, open } = hiding;
  const mayMove = (index: number) => moves(system.cells[index] as SystemCell);
  const around = componentOf(system, cell, (index) => hidden.has(index) && mayMove(index));
  const alone = witnessInOneLine(hiding, around, cell, need);
  if (alone) return alone;
  if (open.size === 0)
    return around.lines.length > 1 ? programmed(hiding, around, cell, need) : null;
  const more = componentOf(
    system,
    cell,
    (index) => (hidden.has(index) || open.has(index)) && mayMove(index),
  );
  return programmed(hiding, more, cell, need);
}

/** Which hidden cells may move, for all that an attacker knows. */
export type Moves = (cell: SystemCell) => boolean;

export const everything: Moves = () => true;
const parts: Moves = ({ dimensions }) => dimensions.length > 0;

/** A total may be known exactly from another agreement, and nothing else may: of two that open more one gives way. */
export const besideTotals = ({ dimensions }: SystemCell): Moves =>
  dimensions.length > 0 ? parts : everything;

interface Component {
  readonly cells: readonly number[];
  /** Lines with only the cells that move. */
  readonly lines: readonly SystemLine[];
}

function componentOf(
  { lines, uses }: System,
  cell: number,
  mayMove: (cell: number) => boolean,
): Component {
  const cells = new Set([cell]);
  const rows = new Map<number, SystemLine>();
  for (const one of cells) {
    for (const row of uses[one] as readonly number[]) {
      if (rows.has(row)) continue;
      const moving = (lines[row] as SystemLine).filter((term) => mayMove(term.cell));
      rows.set(row, moving);
      for (const term of moving) cells.add(term.cell);
    }
  }
  return { cells: [...cells], lines: [...rows.values()] };
}

/** In one line alone a cell moves as far as the others make up for it. */
function witnessInOneLine(
  hiding: Hiding,
  { cells, lines }: Component,
  cell: number,
  need: number,
): Witness | null {
  if (lines.length > 1) return null;
  const terms = lines[0] ?? [{ cell, sign: 1 as const }];
  const up = terms.map((term) =>
    term.sign > 0 ? hiding.slackUp(term.cell) : hiding.slackDown(term.cell),
  );
  const down = terms.map((term) =>
    term.sign > 0 ? hiding.slackDown(term.cell) : hiding.slackUp(term.cell),
  );
  const [ups, downs] = [finite(up), finite(down)];
  const width = new Map(
    terms.map((term, at) => {
      const [more, less] = [up[at] as number, down[at] as number];
      const isAlone = lines.length === 0;
      const wide = isAlone
        ? more + less
        : Math.min(more, without(downs, less)) + Math.min(less, without(ups, more));
      return [term.cell, wide];
    }),
  );
  return (width.get(cell) ?? 0) >= need ? { moved: new Set(cells), width } : null;
}

interface Finite {
  readonly sum: number;
  readonly infinite: number;
}

function finite(terms: readonly number[]): Finite {
  const some = terms.filter(Number.isFinite);
  return { sum: some.reduce((sum, term) => sum + term, 0), infinite: terms.length - some.length };
}

function without({ sum, infinite }: Finite, term: number): number {
  if (infinite > (Number.isFinite(term) ? 0 : 1)) return Number.POSITIVE_INFINITY;
  return Number.isFinite(term) ? sum - term : sum;
}

/** Moving what is hidden already costs next to nothing, and still something: a witness of few cells lasts longer. */
const HARDLY_ANYTHING = 1e-3;
const MOVED = 1e-6;

/** Four variables a cell: up and down, in either of the two. */
async function programmed(
  hiding: Hiding,
  { cells, lines }: Component,
  cell: number,
  need: number,
): Promise<Witness | null> {
  const place = new Map(cells.map((one, at) => [one, at * 4]));
  const costs: number[] = [];
  const most: number[] = [];
  for (const one of cells) {
    const least = hiding.slackDown(one);
    // A cell that is used at all is hidden: one of little slack is dear by the piece.
    const price = hiding.hidden.has(one)
      ? HARDLY_ANYTHING
      : hiding.cost(one) / Math.max(1, Math.min(need, least));
    costs.push(price, price, price, price);
    const more = hiding.slackUp(one);
    most.push(more, least, more, least);
  }
  const equations: Equation[] = [0, 2].flatMap((offset) =>
    lines.map((line) => ({ terms: termsOf(line, place, offset), equals: 0 })),
  );
  const at = place.get(cell) as number;
  const apart: [number, number][] = [
    [at, 1],
    [at + 1, -1],
    [at + 2, -1],
    [at + 3, 1],
  ];
  equations.push({ terms: new Map(apart), equals: need });
  const amounts = await solveLinear(costs, equations, most);
  if (amounts === null) return null;
  const moveOf = (one: number, offset: number) => {
    const first = (place.get(one) as number) + offset;
    return (amounts[first] as number) - (amounts[first + 1] as number);
  };
  const moved = cells.filter(
    (one) => Math.abs(moveOf(one, 0)) > MOVED || Math.abs(moveOf(one, 2)) > MOVED,
  );
  return {
    moved: new Set(moved),
    width: new Map(moved.map((one) => [one, Math.abs(moveOf(one, 0) - moveOf(one, 2)) + MOVED])),
  };
}

/**
 * One program for many cells that are hidden together: which of them it shows to stay wide, every second one by going up
 * and the others by going down. What it does not show may be so all the same.
 */
export async function wideTogether(
  hiding: Hiding,
  targets: readonly number[],
  need: number,
  moves: Moves,
): Promise<number[]> {
  const [first] = targets;
  if (first === undefined) return [];
  const { cells, lines } = componentOf(
    hiding.system,
    first,
    (index) => hiding.hidden.has(index) && moves(hiding.system.cells[index] as SystemCell),
  );
  const place = new Map(cells.map((one, at) => [one, at * 2]));
  const among = targets.filter((one) => place.has(one));
  const count = cells.length * 2;
  const most = cells.flatMap((one) => [hiding.slackUp(one), hiding.slackDown(one)]);
  const equations: Equation[] = lines.map((line) => ({
    terms: termsOf(line, place, 0),
    equals: 0,
  }));
  among.forEach((one, at) => {
    const [up, wide, spare] = [place.get(one) as number, count + at * 2, count + at * 2 + 1];
    const sign = at % 2 === 0 ? 1 : -1;
    equations.push({
      terms: new Map([
        [up, sign],
        [up + 1, -sign],
        [wide, -1],
        [spare, -1],
      ]),
      equals: 0,
    });
  });
  const costs = [
    ...cells.flatMap(() => [HARDLY_ANYTHING, HARDLY_ANYTHING]),
    ...among.flatMap(() => [-1, 0]),
  ];
  const amounts = await solveLinear(costs, equations, [
    ...most,
    ...among.flatMap(() => [need, Number.POSITIVE_INFINITY]),
  ]);
  if (amounts === null) return [];
  // From where it stands to there is as wide as this, for the truth is one of the two ways.
  return among.filter((_one, at) => (amounts[count + at * 2] as number) >= need - MOVED);
}

function termsOf(
  line: SystemLine,
  place: ReadonlyMap<number, number>,
  offset: number,
): Map<number, number> {
  return new Map(
    line.flatMap(({ cell, sign }) => {
      const at = (place.get(cell) as number) + offset;
      return [
        [at, sign],
        [at + 1, -sign],
      ] as [number, number][];
    }),
  );
}
