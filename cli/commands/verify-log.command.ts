import type { KeyObject } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import type { Command } from "commander";
import { readHead, readHeadKey, type TreeHead } from "../../shared/audit/head";
import { linesOf } from "../../shared/audit/lines";
import { type Trust, verifyExport } from "../../shared/audit/verify";
import { CommandError, EXIT } from "../exit";
import { readText, unreadable } from "../files";
import { type Format, formatOption, print } from "../output";
import { Progress } from "../progress";
import { verdictText } from "./verify-log.text";

interface Options {
  readonly head?: readonly string[];
  readonly key?: readonly string[];
  readonly format: Format;
}

const HELP = `
Give --head and --key again for each further file. A file of heads holds one, or one a line, or is the JSON
that an earlier check printed. Without --key the keys are believed as the log's file lists them; without
--head a log that was cut short at one of its heads looks whole.

Exit codes: 0 valid, 1 not valid, 2 called wrongly or a file that cannot be read.`;

/** `accord verify-log FILE`: asks nobody, so that an owner can check its log on a machine without a network. */
export function registerVerifyLog(program: Command): void {
  program
    .command("verify-log")
    .summary("check an exported disclosure log, offline")
    .description(
      "Checks an exported disclosure log without asking anybody: entries, seals, signatures and heads.",
    )
    .argument("<file>", "the exported log, or - for standard input")
    .option("--head <file>", "a head that you kept from before", collect)
    .option(
      "--key <file>",
      "the exchange's public key (PEM), which you got by another way than the log",
      collect,
    )
    .addOption(formatOption())
    .addHelpText("after", HELP)
    .action(verifyLog);
}

function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

async function verifyLog(file: string, { head = [], key = [], format }: Options): Promise<void> {
  const trust: Trust = { heldHeads: head.flatMap(readHeads), pinnedKeys: key.map(readKey) };
  const report = await verifyExport(linesOf(chunksOf(file)), trust);
  print(format, report, () => verdictText(report, trust));
  process.exitCode = report.valid ? EXIT.ok : EXIT.notValid;
}

async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    const size = file === "-" ? Number.POSITIVE_INFINITY : statSync(file).size;
    yield* new Progress().passing(
      "Reading",
      file === "-" ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 }),
      size,
    );
  } catch (error) {
    throw unreadable(file, error);
  }
}

function readKey(path: string): KeyObject {
  const pem = readText(path);
  try {
    return readHeadKey(pem);
  } catch (error) {
    throw new CommandError(EXIT.usage, `${path}: ${(error as Error).message}.`);
  }
}

/** A head kept for years may have come by any way: bare, as a line of an export, or in the report of a check. */
function readHeads(path: string): TreeHead[] {
  const text = readText(path).trim();
  const values = [parse(text)] as unknown[];
  const heads = (values[0] === undefined ? text.split("\n").map(parse) : values).map(headIn);
  if (heads.includes(null))
    throw new CommandError(EXIT.usage, `${path} is no file of heads, or not of heads alone.`);
  return heads as TreeHead[];
}

function headIn(value: unknown): TreeHead | null {
  return readHead(value) ?? readHead((value as { head?: unknown } | null | undefined)?.head);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
