import { once } from "node:events";
import type { Command } from "commander";
import { type Access, accessOptions, signIn } from "../client";

const PIECE = `query ($after: Int!) { disclosureLogExport(after: $after, first: 10000) { lines next } }`;

interface Piece {
  disclosureLogExport: { lines: string[]; next: number | null };
}

/** `accord export-log > aut.jsonl`: one's own disclosure log, as `verify-log` checks it. */
export function registerExportLog(program: Command): void {
  const command = program
    .command("export-log")
    .summary("export your own disclosure log")
    .description(
      "Writes your partner's disclosure log to standard output, as `accord verify-log` checks it.",
    )
    .addHelpText(
      "after",
      "\nSign in as an approver. Exit codes: 0 done, 3 no answer, 4 not allowed.",
    );
  for (const option of accessOptions()) command.addOption(option);
  command.action(exportLog);
}

/** The next piece is asked for while one is written, and none before the one before it has been taken off: two fit in memory. */
async function exportLog(access: Access): Promise<void> {
  const client = await signIn(access);
  const ask = (after: number) => client.ask<Piece>(PIECE, { after });
  for (let asked: Promise<Piece> | null = ask(0); asked !== null; ) {
    const { disclosureLogExport: piece }: Piece = await asked;
    asked = piece.next === null ? null : ask(piece.next);
    asked?.catch(() => undefined); // told where it is awaited
    if (piece.lines.length > 0) await write(`${piece.lines.join("\n")}\n`);
  }
}

/** Waits until who reads the output has taken it. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}
