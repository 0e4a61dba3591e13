/** What the exchange answers to a file. */
export interface Submission {
  dryRun: boolean;
  file: string;
  figures: number;
  reports: readonly { id: string; indicator: string; period: string; version: number; state: string }[];
  userErrors: readonly Told[];
  notes: readonly Told[];
  errors?: readonly { message: string }[];
}

interface Told {
  code: string;
  message: string;
  path: readonly string[];
  line?: number | null;
  rule?: string;
  column?: number | null;
}

/** The verdict first, then every fault on a line of its own, as compilers write them. */
export function submissionText(answer: Submission): string {
  const { dryRun, figures, reports, userErrors, notes, file } = answer;
  const told = [...userErrors, ...notes].map((one) => lineOf(file, one));
  if (userErrors.length > 0) {
    const what = userErrors.length === 1 ? "1 fault" : `${userErrors.length} faults`;
    return [`Rejected: ${what}, nothing was submitted.`, ...told].join("\n");
  }
  if (dryRun) return [`Accepted in a dry run: ${figures} figures; nothing was submitted.`, ...told].join("\n");
  const lines = reports.map(({ id, indicator, period, version }) => `${indicator} ${period} version ${version}  ${id}`);
  return [`Submitted: ${figures} figures. An approver releases them.`, ...lines, ...told].join("\n");
}

function lineOf(file: string, { line, column, rule, code, message, path }: Told): string {
  const place = line == null ? path.join(".") : [file, line, column].filter((part) => part != null).join(":");
  return [place, rule ?? code, message].filter(Boolean).join(" ");
}
