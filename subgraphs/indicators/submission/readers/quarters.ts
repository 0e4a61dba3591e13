import { nameOf, type SubmittedFigure } from "../figure";
import type { Issue } from "../issue";
import { weakest } from "../rules/status";

/** A thirteenth is none: it stays as it is written, for a rule to refuse. */
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

export const isMonth = (period: string): boolean => MONTH.test(period);

/** `2015-07` → `2015-Q3`; what is no month stays. */
export function quarterOf(period: string): string {
  const [, year, month] = MONTH.exec(period) ?? [];
  return month === undefined ? period : `${year}-Q${Math.ceil(Number(month) / 3)}`;
}

/**
 * Adds up: lines of one address (regions that the exchange does not keep apart), and months into quarters. A quarter needs
 * its three months: where some of them are suppressed it is a lower bound, where all are it is suppressed, and where one is
 * missing it is not made. Holds one sum an address, whatever the file's length.
 */
export class Sums {
  private readonly parts = new Map<string, { figure: SubmittedFigure; months: Map<string, Sum> }>();
  private readonly repeated: Issue[] = [];

  /** @param addsLines whether lines of one address are parts to be added, or the same thing twice */
  constructor(private readonly addsLines: boolean) {}

  add(figure: SubmittedFigure): void {
    const period = quarterOf(figure.period);
    const address = [
      figure.indicator,
      figure.reporter,
      period,
      figure.dimensions.join(),
      figure.key.join("|"),
    ].join("/");
    const entry = this.parts.get(address) ?? {
      figure: { ...figure, period },
      months: new Map<string, Sum>(),
    };
    if (!this.addsLines && entry.months.has(figure.period)) this.repeated.push(repeats(figure));
    const sum = entry.months.get(figure.period) ?? {
      value: 0,
      known: 0,
      suppressed: 0,
      missing: 0,
      bounds: 0,
      status: "A",
    };
    if (isFraction(figure.value)) entry.figure = { ...figure, period };
    entry.months.set(figure.period, added(sum, figure));
    this.parts.set(address, entry);
  }

  end(): { figures: SubmittedFigure[]; issues: Issue[] } {
    const figures: SubmittedFigure[] = [];
    const issues: Issue[] = [...this.repeated];
    for (const { figure, months } of this.parts.values()) {
      const isQuarter = [...months.keys()].some(isMonth);
      const there = [...months]
        .filter(([, { known, suppressed }]) => known + suppressed > 0)
        .map(([month]) => month);
      if (isQuarter && there.length < 3) issues.push(incomplete(figure, there));
      else figures.push(together(figure, [...months.values()]));
    }
    return { figures, issues };
  }
}

interface Sum {
  value: number;
  known: number;
  suppressed: number;
  missing: number;
  bounds: number;
  /** The weakest of those that have a value. */
  status: string;
}

/** Two halves must not add up to a count: what is no whole number makes the sum unreadable, at its own place. */
function isFraction(value: number | null): boolean {
  return value !== null && !Number.isInteger(value);
}

function added(sum: Sum, { value, status, isLowerBound }: SubmittedFigure): Sum {
  return {
    value: sum.value + (isFraction(value) ? Number.NaN : (value ?? 0)),
    known: sum.known + (value === null ? 0 : 1),
    suppressed: sum.suppressed + (value === null && status === "Q" ? 1 : 0),
    missing: sum.missing + (value === null && status !== "Q" ? 1 : 0),
    bounds: sum.bounds + (isLowerBound ? 1 : 0),
    status: value === null ? sum.status : weakest([sum.status, status]),
  };
}

function together(figure: SubmittedFigure, sums: readonly Sum[]): SubmittedFigure {
  const all = (part: Exclude<keyof Sum, "status">) =>
    sums.reduce((total, sum) => total + sum[part], 0);
  const [known, hidden, missing] = [all("known"), all("suppressed"), all("missing")];
  if (known === 0)
    return { ...figure, value: null, status: hidden > 0 ? "Q" : "O", isLowerBound: false };
  const isLowerBound = hidden + missing + all("bounds") > 0;
  return {
    ...figure,
    value: all("value"),
    status: weakest([...sums.map(({ status }) => status), isLowerBound ? "E" : "A"]),
    isLowerBound,
  };
}

function repeats({ period, key, origin }: SubmittedFigure): Issue {
  return {
    severity: "ERROR",
    rule: "duplicate",
    message: `${period} stands twice for ${nameOf(key)}.`,
    remedy: "Leave one of them out.",
    origin,
  };
}

function incomplete(figure: SubmittedFigure, months: readonly string[]): Issue {
  return {
    severity: "WARNING",
    rule: "incomplete-quarter",
    message: `${figure.period} has ${months.length} of its three months (${[...months].sort().join(", ") || "none"}), so there is no quarter of ${nameOf(figure.key)}.`,
    remedy: "Send it once the quarter is whole.",
    origin: figure.origin,
  };
}

/**
 * Figures that count from the beginning of their year, made into what each quarter added. What goes down is said and not
 * hidden: a correction of an earlier quarter stands in a later one, and only the officer knows of which.
 */
export function quartersOfYearToDate(figures: readonly SubmittedFigure[]): {
  figures: SubmittedFigure[];
  issues: Issue[];
} {
  const issues: Issue[] = [];
  const before = new Map<string, SubmittedFigure>();
  const made = [...figures].sort(byPeriod).map((figure) => {
    const [year, quarter] = figure.period.split("-Q");
    const series = [
      figure.indicator,
      figure.reporter,
      year,
      figure.dimensions.join(),
      figure.key.join("|"),
    ].join("/");
    const last = quarter === "1" ? undefined : before.get(series);
    before.set(series, figure);
    if (figure.value === null || quarter === undefined || quarter === "1") return figure;
    if (last?.value == null) return { ...figure, value: null, status: "O" };
    if (figure.value >= last.value) {
      const status = weakest([figure.status, last.status]);
      return { ...figure, value: figure.value - last.value, status };
    }
    issues.push(decrease(figure, last));
    return { ...figure, value: null, status: "O" };
  });
  return { figures: made, issues };
}

function byPeriod(one: SubmittedFigure, other: SubmittedFigure): number {
  return one.period < other.period ? -1 : one.period > other.period ? 1 : 0;
}

function decrease(figure: SubmittedFigure, last: SubmittedFigure): Issue {
  return {
    severity: "WARNING",
    rule: "year-to-date-decrease",
    message: `The year to ${figure.period} is ${figure.value}, less than ${last.value} to ${last.period}: an earlier quarter was corrected.`,
    remedy: "Send the corrected quarters themselves, or say in a comment what changed.",
    origin: figure.origin,
  };
}
