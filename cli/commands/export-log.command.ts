import type { Command } from "commander";
import { type Access, accessOptions, signIn } from "../client";

const PIECE = `query ($after: Int!) { disclosureLogExport(after: $after) { lines next } }`;

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

async function exportLog(access: Access): Promise<void> {
  const client = await signIn(access);
  for (let after: number | null = 0; after !== null; ) {
    const { disclosureLogExport: piece }: Piece = await client.ask<Piece>(PIECE, { after });
    for (const line of piece.lines) process.stdout.write(`${line}\n`);
    after = piece.next;
  }
}
