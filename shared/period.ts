/** Quarters and years as half-open ranges of days. Pure. */
export interface Period {
  /** `2015-Q3` or `2015`. */
  readonly code: string;
  readonly frequency: "Q" | "A";
  /** First day, `2015-07-01`. */
  readonly start: string;
  /** First day after the period, `2015-10-01`. */
  readonly end: string;
}

const SYNTAX = /^(\d{4})(?:-Q([1-4]))?$/;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/** The period that a code names, or null where it names none. */
export function parsePeriod(code: string): Period | null {
  const match = SYNTAX.exec(code);
  if (!match) return null;
  const year = Number(match[1]);
  if (year < FIRST_YEAR || year > LAST_YEAR) return null;
  return match[2] === undefined ? yearOf(year) : quarterOf(year, Number(match[2]));
}

/** Every period from one to the other, both included. Both must have the same frequency and stand in order. */
export function periodsBetween(from: Period, to: Period): Period[] {
  const periods: Period[] = [];
  for (let period = from; period.start <= to.start; period = next(period)) periods.push(period);
  return periods;
}

/** How many periods there are from one to the other, both included. */
export function periodCount(from: Period, to: Period): number {
  const quarters = (day: string) => Number(day.slice(0, 4)) * 4 + (Number(day.slice(5, 7)) - 1) / 3;
  return (quarters(to.start) - quarters(from.start)) / (from.frequency === "A" ? 4 : 1) + 1;
}

function next(period: Period): Period {
  const year = Number(period.end.slice(0, 4));
  if (period.frequency === "A") return yearOf(year);
  return quarterOf(year, (Number(period.end.slice(5, 7)) + 2) / 3);
}

function yearOf(year: number): Period {
  return { code: `${year}`, frequency: "A", start: `${year}-01-01`, end: `${year + 1}-01-01` };
}

function quarterOf(year: number, quarter: number): Period {
  const end = quarter === 4 ? `${year + 1}-01-01` : `${year}-${month(quarter * 3 + 1)}-01`;
  return {
    code: `${year}-Q${quarter}`,
    frequency: "Q",
    start: `${year}-${month(quarter * 3 - 2)}-01`,
    end,
  };
}

function month(value: number): string {
  return String(value).padStart(2, "0");
}
