import type { UserError } from "../../../shared/graphql/user-error";
import type { SubmittedFigure } from "../submission/figure";
import { byLine } from "../submission/findings";
import type { Issue } from "../submission/issue";
import type { RuleContext } from "../submission/rules/rule";
import { Validation } from "../submission/validate";
import { inField, toUserError } from "./report.draft";
import type { ReportWarning } from "./report.type";

/** How many issues beside those of the rules are told. */
const MOST_TOLD = 1_000;

/**
 * What is found while reports pass by, one after the other: none of them is kept, and all that is wrong is told at the end.
 * Errors block; warnings do as long as nobody has answered them with a comment.
 */
export class ValidationRun {
  private readonly validation = new Validation();
  private readonly said: Issue[] = [];
  private blocking = 0;

  constructor(private readonly answered: boolean) {}

  /** By the rules for figures. @returns the warnings of these figures */
  judge(figures: readonly SubmittedFigure[], context: RuleContext): ReportWarning[] {
    return this.validation.see(figures, context);
  }

  /** Of what no rule for figures knows: versions, silent changes, what was found while reading. @returns the warnings */
  say(issues: readonly Issue[]): ReportWarning[] {
    for (const issue of issues) {
      if (!this.isBlocking(issue)) continue;
      this.blocking++;
      if (this.said.length < MOST_TOLD) this.said.push(issue);
    }
    return issues.filter(isWarning).map(({ rule, message }) => ({ rule, message }));
  }

  /** Whether nothing of what passes by will be stored. */
  get isBlocked(): boolean {
    return this.blocked > 0;
  }

  /** What blocks, by line, and what was merely understood in some way. */
  end(): { blocking: UserError[]; notes: UserError[] } {
    const all = [...this.said, ...this.validation.end().issues].sort((one, other) =>
      byLine(one.origin, other.origin),
    );
    const blocking = all.filter((issue) => this.isBlocking(issue)).map(asking);
    return {
      blocking: [...blocking, ...more(blocking, this.blocked - blocking.length)]
        .map(inField)
        .map(toUserError),
      notes: all.filter(({ severity }) => severity === "INFO").map(toUserError),
    };
  }

  /** How many block, told or not. */
  private get blocked(): number {
    const { ERROR, WARNING } = this.validation.counts;
    return this.blocking + ERROR + (this.answered ? 0 : WARNING);
  }

  private isBlocking({ severity }: Issue): boolean {
    return severity === "ERROR" || (severity === "WARNING" && !this.answered);
  }
}

function more([first]: readonly Issue[], omitted: number): Issue[] {
  if (omitted === 0 || !first) return [];
  return [
    { ...first, rule: "more", message: `There are ${omitted} more.`, remedy: "Mend these first." },
  ];
}

const isWarning = ({ severity }: Issue): boolean => severity === "WARNING";

function asking(issue: Issue): Issue {
  return isWarning(issue)
    ? { ...issue, remedy: `${issue.remedy} Or answer it with a comment.` }
    : issue;
}
