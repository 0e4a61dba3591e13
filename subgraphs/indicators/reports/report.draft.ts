import { fault, type UserError } from "../../../shared/graphql/user-error";
import { type Period, parsePeriod } from "../../../shared/period";
import type { Catalogue } from "../catalogue/catalogue";
import type { IndicatorRecord } from "../catalogue/indicator.entity";
import type { Origin, SubmittedFigure } from "../submission/figure";
import { type Issue, issueLine, type Severity } from "../submission/issue";
import type { StoredFigure } from "./report.queries";

/** A report as somebody sends it, by the API or in a file, before anything is known of it. */
export interface Proposed {
  indicator: string;
  period: string;
  figures: readonly SubmittedFigure[];
  baseVersion: number | null;
  reason: string | null;
  comment: string | null;
  methodNote: string | null;
  dataAsOf: string | null;
  /** Where the report as a whole stands in what was sent. */
  origin: Origin;
}

/** The same under an indicator and for a period that there are. */
export interface Draft {
  indicator: IndicatorRecord;
  period: Period;
  proposed: Proposed;
}

/** What a country reports itself, told apart from what was loaded from a publication. */
const SOURCE = "NATIONAL";

export function figuresOf({ proposed }: Draft): StoredFigure[] {
  return proposed.figures.map(({ dimensions, key, value, status }) => ({
    dimensions,
    key,
    value,
    status,
    sourceId: SOURCE,
  }));
}

/** What is wrong with a report beside its figures. @returns null where indicator or period are none */
export function understand(
  proposed: Proposed,
  catalogue: Catalogue,
): { draft: Draft | null; issues: Issue[] } {
  const issues: Issue[] = [];
  const say = (field: string, rule: string, message: string, remedy: string) =>
    issues.push(issueAt(fieldOf(proposed.origin, field), rule, message, remedy));
  const indicator = catalogue.indicator(proposed.indicator);
  if (!indicator && proposed.origin.file === null) {
    const known = catalogue.indicators.map(({ code }) => code).join(", ");
    say(
      "indicator",
      "unknown-code",
      `"${proposed.indicator}" is not an indicator.`,
      `There are ${known}.`,
    );
  }
  if (proposed.figures.length === 0)
    say("figures", "empty", "There are none.", "Report a total, or that there is none.");
  const { dataAsOf } = proposed;
  if (dataAsOf !== null && !isDay(dataAsOf)) {
    say("dataAsOf", "impossible-date", `"${dataAsOf}" is not a day.`, "Write it as 2015-11-05.");
  }
  for (const [field, most] of LONGEST) {
    const length = proposed[field]?.length ?? 0;
    if (length > most)
      say(field, "too-long", `It has ${length} characters.`, `At most ${most} are kept.`);
  }
  const period = parsePeriod(proposed.period);
  return { draft: indicator && period ? { indicator, period, proposed } : null, issues };
}

/** Rules about the whole of a report speak at its first figure; in the API's input they mean a field. */
const FIELDS: Readonly<Record<string, string>> = {
  "impossible-date": "period",
  "future-period": "period",
  "closed-period": "period",
};

export function inField(issue: Issue): Issue {
  const field = FIELDS[issue.rule];
  const { origin } = issue;
  if (field === undefined || origin.file !== null || !origin.path.includes("figures")) return issue;
  return {
    ...issue,
    origin: { ...origin, path: [...origin.path.slice(0, origin.path.indexOf("figures")), field] },
  };
}

const LONGEST = [
  ["reason", 2_000],
  ["comment", 2_000],
  ["methodNote", 4_000],
] as const;

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(date.getTime()) &&
    date.toJSON().startsWith(text)
  );
}

/** A file's report has no fields; what is wrong with it as a whole stands where it begins. */
export function fieldOf(origin: Origin, field: string): Origin {
  return origin.file === null ? { ...origin, path: [...origin.path, field] } : origin;
}

export function issueAt(
  origin: Origin,
  rule: string,
  message: string,
  remedy: string,
  severity: Severity = "ERROR",
): Issue {
  return { severity, rule, message, remedy, origin };
}

/** Rules whose breach a client tells from other mistakes. */
const CODES: Readonly<Record<string, UserError["code"]>> = {
  "closed-period": "PERIOD_CLOSED",
  "revision-conflict": "REVISION_CONFLICT",
};

/** What the API tells of an issue; a file's sender is told the rule, the column and all of it in one line as well. */
export type ToldError = UserError & { rule: string; column: number | null; told: string };

export function toUserError(issue: Issue): ToldError {
  const { rule, message, remedy, origin } = issue;
  const error = fault(CODES[rule] ?? "BAD_USER_INPUT", origin.path, `${message} ${remedy}`.trim());
  const line = origin.line !== null && { line: origin.line };
  return { ...error, ...line, rule, column: origin.column, told: issueLine(issue) };
}
