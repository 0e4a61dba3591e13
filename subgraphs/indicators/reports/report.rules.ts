import type { Period } from "../../../shared/period";
import { addressOf, type Figure } from "../disclosure/cube";

/** What is true of a report without a database. */

const DAY = 86_400_000;
const DUE_DAYS = 45;

/** The first instant at which the report is late: so many days after the end of its period, in UTC. */
export function dueAt(period: Period, dueDays: number): Date {
  return new Date(Date.parse(period.end) + dueDays * DAY);
}

/** Days by which an indicator is due: the shortest of the sets it is in. */
export function dueDaysOf(
  indicator: string,
  sets: readonly { indicators: readonly string[]; dueDays: number }[],
): number {
  const days = sets.filter((set) => set.indicators.includes(indicator)).map((set) => set.dueDays);
  return days.length === 0 ? DUE_DAYS : Math.min(...days);
}

/** Whole days from one instant to another, down to the day begun; negative where the other comes first. */
export function daysBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / DAY);
}

const CLOSES_AFTER_YEARS = 10;

/** Ten years after its end a period is history: what changes it says why, a first report as well as an amendment. */
export function isClosed(period: Period, now: Date): boolean {
  const closes = new Date(period.end);
  closes.setUTCFullYear(closes.getUTCFullYear() + CLOSES_AFTER_YEARS);
  return closes <= now;
}

/** A change that nobody should read as a better count of the same thing: by half or more, and of fifty at least. */
const MUCH_SHARE = 0.5;
const MUCH_COUNT = 50;

/** Statuses that say of a value that it is not what stood there before: a break, another definition. */
const SAYS_WHY: ReadonlySet<string> = new Set(["B", "D"]);

/** What an amendment changes much without a status that says why, or leaves out without a word. */
export interface SilentChange<Known extends Figure> {
  before: Figure;
  /** Null where the figure is gone. */
  after: Known | null;
}

export function silentChanges<Known extends Figure>(
  before: readonly Figure[],
  after: readonly Known[],
): SilentChange<Known>[] {
  const now = new Map(after.map((figure) => [addressOf(figure), figure]));
  return before.flatMap((was) => {
    const figure = now.get(addressOf(was)) ?? null;
    if (
      was.value === null ||
      (figure !== null && (figure.value === null || SAYS_WHY.has(figure.status)))
    )
      return [];
    const change = Math.abs((figure?.value ?? 0) - was.value);
    return change >= MUCH_COUNT && change >= MUCH_SHARE * was.value
      ? [{ before: was, after: figure }]
      : [];
  });
}
