/** What the exchange answers to a file. */
export interface Submission {
  dryRun: boolean;
  figures: number;
  reports: readonly {
    id: string;
    indicator: string;
    period: string;
    version: number;
    state: string;
  }[];
  userErrors: readonly Told[];
  notes: readonly Told[];
  errors?: readonly { message: string }[];
}

interface Told {
  code: string;
  message: string;
  /** `figures.csv:12:7 unknown-code …`; of what is not about a line of the file there is none. */
  told?: string;
}

/** The verdict first, then every fault on a line of its own, as compilers write them. */
export function submissionText(answer: Submission): string {
  const { dryRun, figures, reports, userErrors, notes } = answer;
  const told = [...userErrors, ...notes].map(
    ({ told, code, message }) => told ?? `${code} ${message}`,
  );
  if (userErrors.length > 0) {
    const what = userErrors.length === 1 ? "1 fault" : `${userErrors.length} faults`;
    return [`Rejected: ${what}, nothing was submitted.`, ...told].join("\n");
  }
  if (dryRun)
    return [`Accepted in a dry run: ${figures} figures; nothing was submitted.`, ...told].join(
      "\n",
    );
  const lines = reports.map(
    ({ id, indicator, period, version }) => `${indicator} ${period} version ${version}  ${id}`,
  );
  return [`Submitted: ${figures} figures. An approver releases them.`, ...lines, ...told].join(
    "\n",
  );
}
