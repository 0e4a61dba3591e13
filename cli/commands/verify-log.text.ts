import type { Fault } from "../../shared/audit/faults";
import type { Report, Trust } from "../../shared/audit/verify";

/** The verdict first, then what it rests on, then what to keep for the next time. */
export function verdictText(report: Report, { heldHeads = [] }: Trust): string {
  const lines = report.valid
    ? [validLine(report)]
    : ["NOT VALID", ...report.faults.flatMap(faultLines)];
  if (report.log !== null) lines.push("", ...restsOn(report, heldHeads.length), ...toKeep(report));
  return lines.join("\n");
}

function validLine({ log, entries, head }: Report): string {
  return `VALID  The log of ${log}: ${count(entries, "entry", "entries")}, sealed up to number ${head?.size}, ${head?.at}.`;
}

function faultLines({ code, line, times, message, remedy }: Fault): string[] {
  const where = line === undefined ? "" : ` at line ${line}`;
  const more = times === 1 ? "" : ` (the first of ${times})`;
  return ["", `${code}${where}${more}`, `  ${message}`, `  ${remedy}`];
}

function restsOn({ keys, heldHeads, unsealed }: Report, given: number): string[] {
  return [
    keys === "PINNED"
      ? "Keys    those that you gave."
      : "Keys    as the file itself lists them: whoever made the file could have chosen them. Give yours with --key.",
    given === 0
      ? "Heads   none of yours was given: a log cut short at one of its heads looks whole. Give one with --head."
      : `Heads   the entries lead through ${heldHeads} of the ${given} that you gave.`,
    ...(unsealed === 0
      ? []
      : [
          `Unsealed  ${count(unsealed, "entry", "entries")} at the end: recorded, proved by no head.`,
        ]),
  ];
}

function toKeep({ valid, head }: Report): string[] {
  return valid && head
    ? ["", "Keep this head, and give it with --head the next time:", JSON.stringify(head)]
    : [];
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
}
