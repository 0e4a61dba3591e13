import type { Period } from "../../../shared/period";
import type { ReportState } from "../reports/report.queries";
import { daysBetween } from "../reports/report.rules";
import type { Revision } from "../series/revision.type";
import { ReportingState } from "./status.type";

/** Timeliness and quality of a report, from what a viewer may know of it. Pure. */

/** What everybody may know of what is released (rule 10). */
export interface ReleaseFacts {
  firstReleasedAt: Date;
  releasedAt: Date;
  version: number;
}

/** The newest submission, where the viewer is of its owner's people. */
export interface OwnSubmission {
  state: ReportState;
  submittedAt: Date;
}

export function stateOf(
  facts: ReleaseFacts | null,
  own: OwnSubmission | null,
  due: Date,
  now: Date,
): ReportingState {
  if (own?.state === "SUBMITTED") return ReportingState.SUBMITTED;
  if (own?.state === "RETURNED") return ReportingState.RETURNED;
  if (facts) return ReportingState.RELEASED;
  return now < due ? ReportingState.NOT_DUE : ReportingState.OVERDUE;
}

export function timing(facts: ReleaseFacts | null, period: Period, due: Date, now: Date) {
  const late = facts === null && now >= due ? daysBetween(due, now) : null;
  return {
    timelinessDays: facts && daysBetween(new Date(period.end), facts.firstReleasedAt),
    punctualityDays: facts ? daysBetween(due, facts.firstReleasedAt) : late,
  };
}

/** Of the values of one figure by version: how far each is from the one before. Hidden ones say nothing. */
export function meanAbsoluteRevision(revisions: readonly Revision[]): number | null {
  const values = revisions.map(({ value }) => value);
  const changes = values.flatMap((value, at) => {
    const before = values[at - 1];
    return value === null || before === null || before === undefined
      ? []
      : [Math.abs(value - before)];
  });
  return changes.length === 0
    ? null
    : changes.reduce((sum, change) => sum + change, 0) / changes.length;
}

/** Not reported at all counts as none; hidden, on either side, as not to be told. */
export function shareUnknown(total: number | null, unknown: number | null): number | null {
  return total === null || unknown === null || total === 0 ? null : unknown / total;
}
