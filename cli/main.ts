import { Command, CommanderError } from "commander";
import { version } from "../package.json";
import { registerExport } from "./commands/export.command";
import { registerExportLog } from "./commands/export-log.command";
import { registerStatus } from "./commands/status.command";
import { registerSubmit } from "./commands/submit.command";
import { registerVerifyLog } from "./commands/verify-log.command";
import { CommandError, EXIT, type ExitCode } from "./exit";

/** One file a command, in the order in which the help lists them. */
const COMMANDS = [
  registerSubmit,
  registerExport,
  registerStatus,
  registerExportLog,
  registerVerifyLog,
];

async function main(): Promise<void> {
  const program = new Command("accord")
    .description("The command line of Accord.")
    .version(version)
    .showHelpAfterError("(accord help, or accord <command> --help, lists what there is)")
    .exitOverride();
  for (const register of COMMANDS) register(program);
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): ExitCode {
  // Commander has already said what it has to say; its own code for "called wrongly" is 1, which is a verdict here.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof CommandError) {
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  return EXIT.internal;
}

void main();
