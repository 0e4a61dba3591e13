import type { SubmittedFigure } from "../figure";
import { codesOf, indicatorOf, times } from "./codes";
import type { Codes, Finding, Rule, RuleContext, SubmittedReport } from "./rule";
import { didYouMean } from "./suggest";

/** A code that no list has would be a row that nobody finds, or a second name for one that is there. */
export const unknownCode = {
  name: "unknown-code",
  severity: "ERROR",
  says: "The indicator, the reporter, or the code of a dimension is in no list. What was probably meant is named.",
  example: "citizenship `AFX`: did you mean AFG (Afghanistan)?",
  ofFigure: partsUnknown,
  ofReport: (report, context) => [
    ...indicatorUnknown(report, context),
    ...unknown(
      report,
      "reporter",
      report.reporter,
      context.areas,
      "It is the country that reports, by its three letters.",
    ),
  ],
} satisfies Rule;

function indicatorUnknown(report: SubmittedReport, context: RuleContext): Finding[] {
  if (indicatorOf(report.indicator, context)) return [];
  const known = new Map(context.catalogue.map(({ code, name }) => [code, name]));
  return unknown(
    report,
    "indicator",
    report.indicator,
    known,
    `There are ${[...known.keys()].join(", ")}.`,
  );
}

function unknown(
  { figures }: SubmittedReport,
  what: string,
  text: string,
  codes: Codes,
  otherwise: string,
): Finding[] {
  const [first] = figures;
  if (!first || codes.has(text)) return [];
  const message = `"${text}" is not known as ${what}${times(figures.length)}.`;
  return [{ origin: first.origin, message, remedy: () => didYouMean(text, codes) || otherwise }];
}

function partsUnknown(
  { dimensions, key, origin }: SubmittedFigure,
  context: RuleContext,
): Finding[] {
  return dimensions.flatMap((dimension, at) => {
    const code = key[at] ?? "";
    const codes = codesOf(dimension, context);
    if (codes === undefined || (codes.has(code) && code !== "_T")) return []; // of a dimension unknown, its own rule speaks
    return [
      {
        origin,
        message: `"${code}" is no code of ${dimension}.`,
        remedy: () => remedyFor(code, codes),
      },
    ];
  });
}

function remedyFor(code: string, codes: Codes): string {
  if (code === "_T") return "A total is reported without the dimension.";
  const rest = codes.has("_U") ? " What is unknown is _U." : "";
  return didYouMean(code, codes) || `Use a code of the list.${rest}`;
}
