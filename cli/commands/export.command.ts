import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Command, Option } from "commander";
import { type Access, accessOptions, refusedWith, signIn } from "../client";
import { CommandError, EXIT } from "../exit";
import { unreadable } from "../files";

interface Options extends Access {
  readonly reporters: string;
  readonly indicators: string;
  readonly from: string;
  readonly to: string;
  readonly by?: string;
  readonly citizenships?: string;
  readonly asOf?: string;
  readonly format: string;
  readonly output?: string;
}

const HELP = `
Every row carries its status, its marking and whose figures they are; what you may not see is there as WITHHELD. The
export is written into the owners' disclosure logs before it leaves.

Exit codes: 0 done, 2 called wrongly, 3 no answer, 4 not allowed.`;

/** `accord export --reporters AUT,DEU --indicators ASY --from 2015-Q1 --to 2015-Q4 > figures.csv` */
export function registerExport(program: Command): void {
  const command = program
    .command("export")
    .summary("take figures along")
    .description("Writes figures as you may see them to a file or to standard output.")
    .requiredOption("--reporters <codes>", "countries, with commas between")
    .requiredOption("--indicators <codes>", "indicators, with commas between")
    .requiredOption("--from <period>", "first period, 2015-Q1 or 2015")
    .requiredOption("--to <period>", "last period, included")
    .option("--by <dimensions>", "what to break down by, with commas between")
    .option("--citizenships <codes>", "narrows a breakdown by citizenship")
    .option("--as-of <instant>", "the figures as they stood then")
    .addOption(
      new Option("--format <format>", "of the file")
        .choices(["csv", "sdmx-csv", "xlsx", "json"])
        .default("csv"),
    )
    .option("--output <file>", "left out, standard output")
    .addHelpText("after", HELP);
  for (const option of accessOptions()) command.addOption(option);
  command.action(exportFigures);
}

async function exportFigures({ output, ...options }: Options): Promise<void> {
  const client = await signIn(options);
  const response = await client.fetch(`/export?${parametersOf(options)}`);
  if (!response.ok || !response.body) throw await refusal(response);
  const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  if (output === undefined) return pipeline(body, process.stdout, { end: false });
  const part = `${output}.part`;
  try {
    await pipeline(body, createWriteStream(part));
    await rename(part, output);
  } catch (error) {
    await rm(part, { force: true });
    if ((error as NodeJS.ErrnoException).syscall) throw unreadable(output, error);
    throw new CommandError(EXIT.unreachable, "The exchange broke off. No file was written.");
  }
}

async function refusal(response: Response): Promise<CommandError> {
  const told = (await response.json().catch(() => ({}))) as { errors?: { message: string }[] };
  return refusedWith(response.status, told.errors?.[0]?.message ?? "The exchange refuses.");
}

function parametersOf(options: Omit<Options, "output">): URLSearchParams {
  const { reporters, indicators, from, to, by, citizenships, asOf, format } = options;
  const parameters = new URLSearchParams({ reporters, indicators, from, to, format });
  for (const [name, value] of Object.entries({ by, citizenships, asOf })) {
    if (value !== undefined) parameters.set(name, value);
  }
  return parameters;
}
