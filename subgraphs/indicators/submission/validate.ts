import { grouped } from "../../../shared/grouped";
import type { SubmittedFigure } from "./figure";
import { type Counts, Findings, type Found } from "./findings";
import { RULES } from "./rules";
import type { Finding, Rule, RuleContext, SubmittedReport } from "./rules/rule";

/** How many issues are told of one submission. */
const MOST_ISSUES = 1_000;

export interface Warning {
  readonly rule: string;
  readonly message: string;
}

/**
 * Everything that is wrong with a submission, at once. Figures come as they are found, all of a report together; what was
 * judged is not kept. It may be stored where `counts.ERROR` is 0.
 */
export class Validation {
  private readonly findings: Findings;
  private readonly observed = RULES.flatMap((rule) =>
    rule.ofAll ? [{ rule, observer: rule.ofAll() }] : [],
  );

  constructor(most = MOST_ISSUES) {
    this.findings = new Findings(most);
  }

  get counts(): Counts {
    return this.findings.counts;
  }

  /** @returns the warnings among what was found, which are kept with the report */
  see(figures: readonly SubmittedFigure[], context: RuleContext): Warning[] {
    const warnings: Warning[] = [];
    const add = (rule: Rule, findings: readonly Finding[] = []) => {
      this.findings.add(rule, findings);
      if (rule.severity !== "WARNING") return;
      for (const { message } of findings) warnings.push({ rule: rule.name, message });
    };
    for (const figure of figures) {
      for (const rule of RULES) add(rule, rule.ofFigure?.(figure, context));
      for (const { observer } of this.observed) observer.see(figure);
    }
    for (const report of reportsIn(figures))
      for (const rule of RULES) add(rule, rule.ofReport?.(report, context));
    return warnings;
  }

  end(): Found {
    for (const { rule, observer } of this.observed) this.findings.add(rule, observer.end());
    return this.findings.end();
  }
}

/** The same of figures that are all there. */
export function validate(
  figures: readonly SubmittedFigure[],
  context: RuleContext,
  most = MOST_ISSUES,
): Found {
  const validation = new Validation(most);
  validation.see(figures, context);
  return validation.end();
}

/** One for each indicator, period and reporter, in the order of their first figures. */
function reportsIn(figures: readonly SubmittedFigure[]): SubmittedReport[] {
  const reports = grouped(figures, ({ indicator, period, reporter }) =>
    [indicator, period, reporter].join("\0"),
  );
  return [...reports.values()].map((some) => {
    const { indicator, period, reporter } = some[0] as SubmittedFigure;
    return { indicator, period, reporter, figures: some };
  });
}
