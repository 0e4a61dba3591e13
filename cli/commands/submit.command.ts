import { randomUUID } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { basename, extname } from "node:path";
import type { Command } from "commander";
import { type Access, accessOptions, refusedWith, signIn } from "../client";
import { EXIT } from "../exit";
import { unreadable } from "../files";
import { type Format, formatOption, print } from "../output";
import { Progress } from "../progress";
import { type Submission, submissionText } from "./submit.text";

interface Options extends Access {
  readonly dryRun?: boolean;
  readonly mapping?: string;
  readonly encoding?: string;
  readonly thousands?: string;
  readonly decimal?: string;
  readonly baseVersion?: string;
  readonly reason?: string;
  readonly comment?: string;
  readonly methodNote?: string;
  readonly dataAsOf?: string;
  readonly idempotencyKey?: string;
  readonly format: Format;
}

const HELP = `
Everything that is wrong is told at once, as file:line:column rule what and how to mend. All of the file is taken, or
nothing. What is submitted waits for an approver, who is another person. After a lost connection repeat the command
with the same --idempotency-key: it is taken once.

Exit codes: 0 accepted, 1 rejected, 2 called wrongly, 3 no answer, 4 not allowed.`;

/** `accord submit FILE`: a file of figures to the exchange, by the validator and the transaction of its API. */
export function registerSubmit(program: Command): void {
  const command = program
    .command("submit")
    .summary("submit a file of figures")
    .description("Submits the reports in a file, one for each indicator and period.")
    .argument("<file>", "CSV, tab-separated or a workbook")
    .option("--dry-run", "judge it and submit nothing")
    .option(
      "--mapping <name>",
      "how its columns become figures, where they are not named as the exchange names them",
    )
    .option("--encoding <name>", "of its text, where it is not told rightly")
    .option("--thousands <separator>", "what stands between thousands: , or .")
    .option("--decimal <separator>", "what stands before decimals: , or .")
    .option("--base-version <version>", "the released version that it amends")
    .option("--reason <text>", "why there is another version")
    .option("--comment <text>", "what you have to say to warnings")
    .option("--method-note <text>", "how it was counted, where that differs from the definition")
    .option("--data-as-of <day>", "the day up to which the figures were known")
    .option(
      "--idempotency-key <key>",
      "makes a repeated command happen once; left out, a fresh one",
    )
    .addOption(formatOption())
    .addHelpText("after", HELP);
  for (const option of accessOptions()) command.addOption(option);
  command.action(submit);
}

async function submit(file: string, options: Options): Promise<void> {
  const size = sizeOf(file);
  const client = await signIn(options);
  const progress = new Progress();
  const body = progress.passing(
    "Sending",
    createReadStream(file, { highWaterMark: 1 << 18 }),
    size,
  );
  const sent = client.fetch(`/reports?${parametersOf(file, options)}`, {
    method: "POST",
    headers: {
      "content-type": typeOf(file),
      "content-length": String(size),
      "idempotency-key": options.idempotencyKey ?? randomUUID(),
    },
    body: body as unknown as NonNullable<RequestInit["body"]>,
    duplex: "half",
  });
  const response = await progress.until("The exchange is judging it", sent);
  const answer = (await response.json()) as Submission;
  if (answer.errors?.[0]) throw refusedWith(response.status, answer.errors[0].message);
  print(options.format, answer, () => submissionText(answer));
  const accepted = answer.userErrors.length === 0;
  process.exitCode = accepted ? EXIT.ok : response.status === 403 ? EXIT.notAllowed : EXIT.notValid;
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch (error) {
    throw unreadable(file, error);
  }
}

const TYPES: Readonly<Record<string, string>> = {
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ".tsv": "text/tab-separated-values",
};

function typeOf(file: string): string {
  return TYPES[extname(file).toLowerCase()] ?? "text/csv";
}

function parametersOf(file: string, options: Options): URLSearchParams {
  const { mapping, encoding, thousands, decimal, dryRun } = options;
  const { baseVersion, reason, comment, methodNote, dataAsOf } = options;
  const version = { baseVersion, reason, comment, methodNote, dataAsOf };
  const given = { mapping, encoding, thousands, decimal, ...version };
  const parameters = new URLSearchParams({ file: basename(file), dryRun: String(dryRun ?? false) });
  for (const [name, value] of Object.entries(given))
    if (value !== undefined) parameters.set(name, value);
  return parameters;
}
