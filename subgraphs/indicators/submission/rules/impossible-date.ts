import { parsePeriod } from "../../../../shared/period";
import { times } from "./codes";
import type { Rule } from "./rule";

const HOW = "Write a quarter as 2015-Q3, a year as 2015.";

/** Said once a report: one wrong date usually stands in every line of it. */
export const impossibleDate = {
  name: "impossible-date",
  severity: "ERROR",
  says: "The period is none that there is, or is neither a quarter nor a year.",
  example: "`2024-04-31`, `2024-Q5`, `2024-13`, `1394`",
  ofReport: ({ period, figures }) => {
    const [first] = figures;
    if (!first || parsePeriod(period)) return [];
    const { what, remedy } = explain(period);
    return [
      { origin: first.origin, message: `"${period}" ${what}${times(figures.length)}.`, remedy },
    ];
  },
} satisfies Rule;

function explain(period: string): { what: string; remedy: string } {
  const [, year = "", quarter, month, day] =
    /^(\d{4})(?:-Q(\d+)|-(\d{2})(?:-(\d{2}))?)?$/i.exec(period) ?? [];
  if (year === "") return { what: "is not a period", remedy: HOW };
  if (parsePeriod(year) === null)
    return { what: "is no year from 1900 to 2199", remedy: eraOf(Number(year)) };
  if (month !== undefined) return explainDay(year, Number(month), day);
  if (quarter !== undefined && Number(quarter) >= 1 && Number(quarter) <= 4) {
    return { what: "is not written as a period", remedy: `Write ${year}-Q${Number(quarter)}.` };
  }
  return {
    what: `is none of the four quarters of ${year}`,
    remedy: `They are ${year}-Q1 to ${year}-Q4.`,
  };
}

function explainDay(
  year: string,
  month: number,
  day: string | undefined,
): { what: string; remedy: string } {
  if (month < 1 || month > 12) return { what: `has no such month`, remedy: HOW };
  const last = new Date(Date.UTC(Number(year), month, 0)).getUTCDate();
  if (day !== undefined && (Number(day) < 1 || Number(day) > last)) {
    return { what: `is no day: that month has ${last}`, remedy: HOW };
  }
  const quarter = `${year}-Q${Math.ceil(month / 3)}`;
  const what = day === undefined ? "is a month" : "is a day";
  return {
    what,
    remedy: `Figures are exchanged by quarter: add up ${quarter}, or send all its months.`,
  };
}

/** Solar Hijri and Hijri years of our time, which is what an Afghan or Iranian calendar says. */
function eraOf(year: number): string {
  return year >= 1300 && year <= 1500 ? "Write the year of the Gregorian calendar." : HOW;
}
