import type { Origin } from "./figure";

/** Errors block, warnings need a comment, and infos say what was understood. */
export type Severity = "ERROR" | "WARNING" | "INFO";

/** One thing that was found in a submission: where, what, and how to mend it. */
export interface Issue {
  readonly severity: Severity;
  /** Name of the rule, as docs/validation-rules.md lists it. */
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
  readonly origin: Origin;
}

/** `figures.csv:12:7 unknown-code "AFX" is no citizenship. Did you mean AFG?` */
export function issueLine({ origin, rule, message, remedy }: Issue): string {
  const place = [origin.file, origin.line, origin.column].filter((part) => part !== null).join(":");
  return [place || origin.path.join("."), rule, message, remedy].filter(Boolean).join(" ");
}
