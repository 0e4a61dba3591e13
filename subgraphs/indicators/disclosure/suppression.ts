import { codeOf, type Figure, type Line, linesOf, type ReleasedFigure, SUPPRESSED } from "./cube";
import { type Linked, shownIn } from "./linked";
import {
  besideTotals,
  everything,
  type Hiding,
  type Moves,
  type Witness,
  witnessOf,
} from "./protection";
import {
  isRest,
  isSuppressedLine,
  type System,
  type SystemCell,
  systemOf,
  withoutGuesses,
} from "./system";

/** Counts of people below it are hidden: 5, or 10 for victims of trafficking and for minors. */
export const THRESHOLD = 5;
export const THRESHOLD_VULNERABLE = 10;

export function thresholdFor(indicator: string, figure: Figure): number {
  const minors = codeOf(figure, "AGE_GROUP")?.startsWith("Y0T17") ?? false;
  return indicator === "THB" || minors ? THRESHOLD_VULNERABLE : THRESHOLD;
}

/**
 * Primary suppression (0 < n < threshold), then secondary until nothing that is shown, here or in what is out and linked,
 * tells a hidden cell more closely than the threshold, and then without what that did not need. A grand total counts as known to
 * whoever reads parts of it: another agreement may open it exactly. Both kinds leave as `Q`: who can tell them apart knows an upper
 * bound.
 * @param linked versions of the report, its year, its quarters, as far as they are out
 */
export async function suppress(
  indicator: string,
  figures: readonly Figure[],
  period = "",
  linked: readonly Linked[] = [],
): Promise<ReleasedFigure[]> {
  const system = systemOf({ period, figures }, linked, (report) => shownIn(report, "SUPPRESSION"));
  const suppression = new Suppression(indicator, figures, system, withoutGuesses(system));
  await suppression.protect();
  await suppression.relax();
  return figures.map((figure, index) =>
    suppression.isHidden(index) ? SUPPRESSED : { value: figure.value, status: figure.status },
  );
}

class Suppression implements Hiding {
  hidden = new Set<number>();
  open = new Set<number>();
  /** What stays hidden in any case. */
  private bound = new Set<number>();
  private readonly witnesses = new Map<number, Witness>();
  /** Figures by the lines whose parts they are, of which a line that is hidden as a whole tells no zeros. */
  private readonly lines: readonly Line[];
  private readonly isSuppressedAsLine: (line: Line) => boolean;

  constructor(
    private readonly indicator: string,
    private readonly figures: readonly Figure[],
    public system: System,
    /** The same without what is only nearly so. */
    private readonly truthful: System,
  ) {
    this.lines = linesOf(figures);
    this.isSuppressedAsLine = isSuppressedLine(figures, (figure) => this.isHidden(figure));
    const { cells, ofFigure } = system;
    const hiddenBefore = new Set(
      cells.flatMap((cell) =>
        cell.hidden && !cell.known ? [`${cell.period} ${cell.address}`] : [],
      ),
    );
    cells.forEach((cell, index) => {
      if (!cell.hidden || cell.known) return;
      // What is not out yet is hidden when it comes if it is small, or if that is worth it.
      const isOpen =
        isRest(cell.period) &&
        cell.value >= thresholdOfAddress(indicator, cell.dimensions, cell.address);
      (isOpen ? this.open : this.hidden).add(index);
    });
    figures.forEach((figure, at) => {
      const index = ofFigure[at] as number;
      const cell = cells[index];
      if (!cell || figure.value === null) return;
      if (
        hiddenBefore.has(`${cell.period} ${cell.address}`) ||
        isSmall(figure, thresholdFor(indicator, figure))
      ) {
        this.hidden.add(index);
        this.bound.add(index);
      } else if (!cell.known && !cell.guessed && !cell.told && cell.value > 0) this.open.add(index);
    });
  }

  isHidden(figure: number): boolean {
    return this.hidden.has(this.system.ofFigure[figure] as number);
  }

  cost(index: number): number {
    return Math.log2(1 + this.cellAt(index).value);
  }

  /** Zeros are shown, unless all of a line is hidden: else a hidden cell is known to be one at least. */
  slackDown(index: number): number {
    const { value, figure, positive } = this.cellAt(index);
    if (value === 0) return value;
    return !positive && (figure === null || this.isSuppressedLine(figure)) ? value : value - 1;
  }

  slackUp(): number {
    return Number.POSITIVE_INFINITY;
  }

  private cellAt(index: number): SystemCell {
    return this.system.cells[index] as SystemCell;
  }

  private isSuppressedLine(figure: number): boolean {
    return this.lines.some((line) => line.parts.includes(figure) && this.isSuppressedAsLine(line));
  }

  private need(index: number): number {
    const { value, known, figure, address, dimensions } = this.cellAt(index);
    if (value === 0 || known) return 0;
    if (figure !== null) return thresholdFor(this.indicator, this.figures[figure] as Figure);
    return thresholdOfAddress(this.indicator, dimensions, address);
  }

  async protect(): Promise<void> {
    for (let waiting = this.unproven(); waiting.length > 0; waiting = this.unproven()) {
      for (const index of waiting) if (!this.witnesses.has(index)) await this.protectOne(index);
    }
  }

  private unproven(): number[] {
    return [...this.hidden].filter((index) => this.need(index) > 0 && !this.witnesses.has(index));
  }

  private async protectOne(index: number): Promise<void> {
    if (await this.attempt(index)) return;
    const { system } = this;
    this.system = this.truthful;
    const isKept = await this.attempt(index);
    this.system = system;
    // What is out tells it already, and hiding all of the report would hide nothing of that.
    if (!isKept) this.witnesses.set(index, NO_WITNESS);
  }

  private async attempt(index: number): Promise<boolean> {
    const { dimensions, figure } = this.cellAt(index);
    const moves = besideTotals(this.cellAt(index));
    if (await this.prove(index, moves)) return true;
    // Beside a total that is itself small nothing is wide; who does not have it exactly does not know it.
    if ((figure === null || this.hasHiddenTotal(figure)) && (await this.prove(index, everything)))
      return true;
    const before = {
      hidden: new Set(this.hidden),
      open: new Set(this.open),
      bound: new Set(this.bound),
    };
    for (const more of this.widening(dimensions, figure)) {
      this.hideAll(more);
      if (await this.prove(index, moves)) return true;
    }
    if (await this.prove(index, everything)) return true;
    this.hideAll([...this.figures.keys()]);
    if ((await this.prove(index, moves)) || (await this.prove(index, everything))) return true;
    Object.assign(this, before);
    return false;
  }

  /** What is hidden at once where one cell after the other does not do: its lines with their zeros, then its table. */
  private widening(table: readonly string[], figure: number | null): number[][] {
    const lines = this.lines.flatMap(({ parts }) =>
      figure !== null && parts.includes(figure) ? parts : [],
    );
    return figure === null ? [this.figuresWithin(table)] : [lines, this.figuresWithin(table)];
  }

  private async prove(index: number, moves: Moves): Promise<boolean> {
    const witness = await witnessOf(this, index, this.need(index), moves);
    if (!witness) return false;
    for (const moved of witness.moved) this.hide(moved);
    for (const [other, width] of witness.width) {
      const isProven = this.hidden.has(other) && width >= this.need(other);
      // Where totals moved, nothing is said of what is hidden beside exact ones.
      const isAsGood = moves !== everything || besideTotals(this.cellAt(other)) === everything;
      if (other === index || (isProven && isAsGood)) this.witnesses.set(other, witness);
    }
    return true;
  }

  private hide(index: number): void {
    this.hidden.add(index);
    this.open.delete(index);
  }

  private hideAll(figures: readonly number[]): void {
    for (const figure of figures) {
      const index = this.system.ofFigure[figure] as number;
      if (index === -1) continue;
      this.hide(index);
      this.bound.add(index);
    }
  }

  private figuresWithin(table: readonly string[]): number[] {
    return [...this.figures.keys()].filter((at) =>
      table.every((name) => this.figures[at]?.dimensions.includes(name)),
    );
  }

  private hasHiddenTotal(figure: number): boolean {
    return this.lines.some(({ total, parts }) => parts.includes(figure) && this.isHidden(total));
  }

  /** Shows again what the others do not need, the largest first. */
  async relax(): Promise<void> {
    const secondary = [...this.hidden].filter(
      (index) => this.cellAt(index).figure !== null && !this.bound.has(index),
    );
    this.open.clear();
    for (const index of secondary.sort((one, other) => this.cost(other) - this.cost(one)))
      await this.relaxOne(index);
  }

  /** Hidden with it as a whole line, they may have been nobody. */
  private siblings(index: number): number[] {
    const figure = this.cellAt(index).figure as number;
    const suppressedLine = this.lines.filter(
      ({ parts }) =>
        parts.includes(figure) && parts.every((part) => part === figure || this.isHidden(part)),
    );
    return suppressedLine.flatMap(({ parts }) =>
      parts.map((part) => this.system.ofFigure[part] as number),
    );
  }

  private async relaxOne(index: number): Promise<void> {
    const before = new Map(this.witnesses);
    this.hidden.delete(index);
    this.witnesses.delete(index);
    const touched = [index, ...this.siblings(index)];
    for (const [other, witness] of before)
      if (touched.some((one) => witness.moved.has(one))) this.witnesses.delete(other);
    for (const other of this.unproven()) {
      if (await this.prove(other, besideTotals(this.cellAt(other)))) continue;
      this.hidden.add(index);
      this.witnesses.clear();
      for (const [cell, witness] of before) this.witnesses.set(cell, witness);
      return;
    }
  }
}

const NO_WITNESS: Witness = { moved: new Set(), width: new Map() };

function isSmall({ value }: Figure, threshold: number): boolean {
  return value !== null && value > 0 && value < threshold;
}

function thresholdOfAddress(
  indicator: string,
  dimensions: readonly string[],
  address: string,
): number {
  const codes = new Map(
    address.split("|").map((one): [string, string] => one.split("=") as [string, string]),
  );
  return thresholdFor(indicator, {
    dimensions,
    key: dimensions.map((name) => codes.get(name) ?? ""),
    value: null,
    status: "",
  });
}
