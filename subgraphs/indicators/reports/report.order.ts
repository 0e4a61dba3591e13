import type { Figure } from "../disclosure/cube";
import type { Issue } from "../submission/issue";
import { type Draft, fieldOf, figuresOf, issueAt } from "./report.draft";
import type { Standing } from "./report.queries";
import { silentChanges } from "./report.rules";

/** What a report has to be among the versions of its indicator and period. Pure. */

/** Follows the version that its author has read, and no other. */
export function inPlace({ proposed }: Draft, { released, open }: Standing): Issue[] {
  const current = released?.version ?? 0;
  const at = fieldOf(proposed.origin, "baseVersion");
  if (open !== null) {
    const remedy = "Withdraw it, or have it returned, and submit again.";
    return [issueAt(at, "revision-conflict", `Version ${open} waits for its approver.`, remedy)];
  }
  const issues: Issue[] = [];
  if ((proposed.baseVersion ?? 0) !== current) {
    const name = current === 0 ? "Nothing is released yet." : `The current version is ${current}.`;
    const remedy = current === 0 ? "Leave it out." : "Read it, and name it as `baseVersion`.";
    issues.push(issueAt(at, "revision-conflict", name, remedy));
  }
  if (current > 0 && !hasReason(proposed)) {
    const remedy = "An amendment says why there is another version.";
    issues.push(
      issueAt(fieldOf(proposed.origin, "reason"), "missing-reason", "There is no reason.", remedy),
    );
  }
  return issues;
}

export function hasReason({ reason }: { reason: string | null }): boolean {
  return (reason ?? "").trim() !== "";
}

/** Warns of what changes much, or is gone, without a word. */
export function unexplained(draft: Draft, before: readonly Figure[]): Issue[] {
  const figures = figuresOf(draft);
  const { origin, figures: submitted } = draft.proposed;
  return silentChanges(before, figures).map(({ before: was, after }) => {
    const name = was.dimensions.length === 0 ? "The total" : was.key.join(" × ");
    if (after === null) {
      const remedy = "Report it, with a status where there is no value.";
      return issueAt(
        fieldOf(origin, "figures"),
        "silent-change",
        `${name} is gone.`,
        remedy,
        "WARNING",
      );
    }
    const place = submitted[figures.indexOf(after)]?.origin ?? origin;
    const message = `${name} changes by half or more since the version before it.`;
    const remedy =
      "If it is counted otherwise, say so by its status (DEFINITION_DIFFERS or BREAK).";
    return issueAt(place, "silent-change", message, remedy, "WARNING");
  });
}
