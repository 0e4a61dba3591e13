import type { SubmittedFigure } from "./figure";
import { Findings, type Found } from "./findings";
import { RULES } from "./rules";
import type { RuleContext, SubmittedReport } from "./rules/rule";

export interface Validated extends Found {
  /** One for each indicator, period and reporter, in the order of their first figures. */
  readonly reports: readonly SubmittedReport[];
}

/** How many issues are told of one submission. */
const MOST_ISSUES = 1_000;

/** Everything that is wrong with a submission, at once. It may be stored where `counts.ERROR` is 0. */
export async function validate(
  figures: AsyncIterable<SubmittedFigure>,
  context: RuleContext,
  most = MOST_ISSUES,
): Promise<Validated> {
  const pass = begin(context, most);
  for await (const figure of figures) pass.see(figure);
  return pass.end();
}

/** The same of figures that are all there, as the API's input is. */
export function validateNow(figures: Iterable<SubmittedFigure>, context: RuleContext, most = MOST_ISSUES): Validated {
  const pass = begin(context, most);
  for (const figure of figures) pass.see(figure);
  return pass.end();
}

type Growing = SubmittedReport & { figures: SubmittedFigure[] };

function begin(context: RuleContext, most: number): { see(figure: SubmittedFigure): void; end(): Validated } {
  const findings = new Findings(most);
  const reports = new Map<string, Growing>();
  const observed = RULES.flatMap((rule) => (rule.ofAll ? [{ rule, observer: rule.ofAll() }] : []));
  return {
    see(figure) {
      for (const rule of RULES) findings.add(rule, rule.ofFigure?.(figure, context) ?? []);
      for (const { observer } of observed) observer.see(figure);
      reportOf(figure, reports).figures.push(figure);
    },
    end() {
      const all = [...reports.values()];
      for (const report of all) {
        for (const rule of RULES) findings.add(rule, rule.ofReport?.(report, context) ?? []);
      }
      for (const { rule, observer } of observed) findings.add(rule, observer.end());
      return { reports: all, ...findings.end() };
    },
  };
}

function reportOf({ indicator, period, reporter }: SubmittedFigure, reports: Map<string, Growing>): Growing {
  const name = [indicator, period, reporter].join("\0");
  const known = reports.get(name);
  if (known) return known;
  const report: Growing = { indicator, period, reporter, figures: [] };
  reports.set(name, report);
  return report;
}
