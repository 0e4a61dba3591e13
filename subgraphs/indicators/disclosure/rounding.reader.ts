import { addressOf } from "./cube";
import { type Linked, shownIn } from "./linked";
import {
  besideTotals,
  type Hiding,
  type Moves,
  type Witness,
  wideTogether,
  witnessOf,
} from "./protection";
import { type Current, isRest, type System, type SystemCell, systemOf } from "./system";

/** Programs for many figures at once before there is one for each, and from how many figures on that is worth it. */
const TRIES = 6;
const MANY = 60;

const isZeroToCome = ({ period, value }: SystemCell): boolean => isRest(period) && value === 0;

/** What a reader of rounded figures knows of the true ones: each is less than the base away. */
export class RoundingReader implements Hiding {
  readonly system: System;
  readonly hidden: ReadonlySet<number>;
  readonly open: ReadonlySet<number> = new Set();
  /** Multiples shown of each cell: one, or more of several versions. */
  private readonly shown: readonly number[][];

  constructor(
    private readonly base: number,
    current: Current,
    rounded: readonly (number | null)[],
    linked: readonly Linked[],
  ) {
    const visible = new Map(
      linked.map((report) => [report, shownIn(report, "CONTROLLED_ROUNDING")]),
    );
    // Nothing that is rounded is known: every cell moves, within what is shown of it.
    this.system = systemOf(current, linked, () => new Map());
    this.hidden = new Set(
      [...this.system.cells.keys()].filter((index) => !isZeroToCome(this.cellAt(index))),
    );
    const shown = this.system.cells.map((): number[] => []);
    rounded.forEach((value, at) => {
      if (value !== null) shown[this.system.ofFigure[at] as number]?.push(value);
    });
    this.system.cells.forEach(({ period, address, value, known }, index) => {
      // What is not out yet will be rounded too.
      if (isRest(period)) shown[index]?.push(known ? 0 : value - (value % base));
      for (const report of linked) {
        const multiple = visible.get(report)?.get(address) ?? null;
        const isIt =
          report.period === period &&
          report.figures.some((one) => addressOf(one) === address && one.value === value);
        if (multiple !== null && isIt) shown[index]?.push(multiple);
      }
    });
    this.shown = shown;
  }

  cost(): number {
    return Number.POSITIVE_INFINITY;
  }

  slackDown(index: number): number {
    const { value } = this.cellAt(index);
    const least = Math.max(
      0,
      ...(this.shown[index] as number[]).map((multiple) => multiple - this.base + 1),
    );
    return value - least;
  }

  slackUp(index: number): number {
    return (
      Math.min(...(this.shown[index] as number[]).map((multiple) => multiple + this.base - 1)) -
      this.cellAt(index).value
    );
  }

  private cellAt(index: number): SystemCell {
    return this.system.cells[index] as SystemCell;
  }

  /** Whether some figure is known to fewer values than the base, beside totals that are known exactly. */
  async tells(): Promise<boolean> {
    const proven = new Set<number>();
    const targets = [...this.hidden].filter(
      (index) => !isRest(this.cellAt(index).period) && (this.shown[index] as number[]).length > 0,
    );
    for (let tries = 0; tries < TRIES; tries++) await this.proveTogether(targets, proven);
    for (const index of targets) {
      if (proven.has(index)) continue;
      const moves = besideTotals(this.cellAt(index));
      const witness = await this.witness(index, moves);
      // What a total or what is out tells by itself, no table here can keep.
      if (witness === null && (await this.couldBeKept(index, moves))) return true;
      if (witness === null) continue;
      for (const [other, width] of witness.width) {
        if (width >= this.base - 1 && this.hasTotal(other) === this.hasTotal(index))
          proven.add(other);
      }
      proven.add(index);
    }
    return false;
  }

  /** Those that still lack a witness, turned about from try to try by who is left. */
  private async proveTogether(targets: readonly number[], proven: Set<number>): Promise<void> {
    for (const isPart of [true, false]) {
      const open = targets.filter((index) => !proven.has(index) && this.hasTotal(index) === isPart);
      const [first] = open;
      if (first === undefined || this.system.cells.length < MANY) continue;
      const moves = besideTotals(this.cellAt(first));
      for (const index of await wideTogether(this, open, this.base - 1, moves)) proven.add(index);
    }
  }

  private hasTotal(index: number): boolean {
    return this.cellAt(index).dimensions.length > 0;
  }

  private witness(index: number, moves: Moves, hiding: Hiding = this): Promise<Witness | null> {
    return witnessOf(hiding, index, this.base - 1, moves);
  }

  /** Whether it would be wide enough if nothing of the report were shown but its totals. */
  private async couldBeKept(index: number, moves: Moves): Promise<boolean> {
    const isOurs = (cell: number) => this.cellAt(cell).figure !== null;
    const unshown: Hiding = {
      system: this.system,
      hidden: this.hidden,
      open: this.open,
      cost: () => 0,
      slackDown: (cell) => (isOurs(cell) ? this.cellAt(cell).value : this.slackDown(cell)),
      slackUp: (cell) => (isOurs(cell) ? Number.POSITIVE_INFINITY : this.slackUp(cell)),
    };
    return (await this.witness(index, moves, unshown)) !== null;
  }
}
