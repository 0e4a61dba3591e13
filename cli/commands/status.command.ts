import type { Command } from "commander";
import { type Access, accessOptions, type Client, signIn } from "../client";
import { CommandError, EXIT } from "../exit";
import { type Format, formatOption, print } from "../output";

interface Options extends Access {
  readonly reporters?: string;
  readonly indicators?: string;
  readonly from?: string;
  readonly to?: string;
  readonly format: Format;
}

interface Status {
  reporter: { code: string };
  indicator: { code: string };
  period: string;
  state: string;
  dueAt: string;
  releasedAt: string | null;
  version: number | null;
  punctualityDays: number | null;
  completeness: number | null;
  shareUnknown: number | null;
}

const DEFAULTS = "{ viewer { partner { code } } indicators { code inDefaultSet } }";
const STATUS = `query ($reporters: [CountryCode!]!, $indicators: [ID!]!, $from: Period!, $to: Period!) {
  reportingStatus(reporters: $reporters, indicators: $indicators, from: $from, to: $to) { reporter { code }
    indicator { code } period state dueAt releasedAt version punctualityDays completeness shareUnknown } }`;

/** `accord status`: what one's own country has released, what is due and what is late. */
export function registerStatus(program: Command): void {
  const command = program
    .command("status")
    .summary("what is released, due or late")
    .description("Tells by country, indicator and period what is released, due or late.")
    .option("--reporters <codes>", "countries, with commas between; left out, your own")
    .option("--indicators <codes>", "left out, the default set")
    .option("--from <period>", "left out, four quarters back")
    .option("--to <period>", "left out, the last quarter that is over")
    .addOption(formatOption())
    .addHelpText(
      "after",
      "\nExit codes: 0 nothing is overdue, 1 something is, 2 called wrongly, 3 no answer, 4 not allowed.",
    );
  for (const option of accessOptions()) command.addOption(option);
  command.action(status);
}

async function status(options: Options): Promise<void> {
  const client = await signIn(options);
  const { reportingStatus: found } = await client.ask<{ reportingStatus: Status[] }>(
    STATUS,
    await askedIn(client, options),
  );
  print(options.format, found, () => [HEADER, ...found.map(lineOf)].join("\n"));
  process.exitCode = found.some(({ state }) => state === "OVERDUE") ? EXIT.notValid : EXIT.ok;
}

async function askedIn(client: Client, { reporters, indicators, from, to }: Options) {
  const known = await client.ask<{
    viewer: { partner: { code: string } } | null;
    indicators: { code: string; inDefaultSet: boolean }[];
  }>(DEFAULTS);
  const own = known.viewer?.partner.code ?? "";
  if (reporters === undefined && own.length !== 3) {
    throw new CommandError(EXIT.usage, "Name countries with --reporters: your partner is not one.");
  }
  const usual = known.indicators.filter((one) => one.inDefaultSet).map(({ code }) => code);
  return {
    reporters: reporters?.split(",") ?? [own],
    indicators: indicators?.split(",") ?? usual,
    from: from ?? quarterBack(4),
    to: to ?? quarterBack(1),
  };
}

/** The quarter so many before the one of today. */
function quarterBack(count: number, now = new Date()): string {
  const quarters = now.getUTCFullYear() * 4 + Math.floor(now.getUTCMonth() / 3) - count;
  return `${Math.floor(quarters / 4)}-Q${(quarters % 4) + 1}`;
}

const HEADER =
  "country  indicator  period   state      due         released    version  late  complete  unknown";

function lineOf(one: Status): string {
  const day = (at: string | null) => (at === null ? "-" : at.slice(0, 10));
  const share = (value: number | null) => (value === null ? "-" : `${Math.round(value * 100)} %`);
  const cells: [string | number | null, number][] = [
    ...([
      [one.reporter.code, 9],
      [one.indicator.code, 11],
      [one.period, 9],
      [one.state, 11],
    ] as [string, number][]),
    ...([
      [day(one.dueAt), 12],
      [day(one.releasedAt), 12],
    ] as [string, number][]),
    ...([
      [one.version, 9],
      [one.punctualityDays, 6],
    ] as [number | null, number][]),
    ...([
      [share(one.completeness), 10],
      [share(one.shareUnknown), 0],
    ] as [string, number][]),
  ];
  return cells.map(([cell, width]) => String(cell ?? "-").padEnd(width)).join("");
}
