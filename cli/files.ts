import { readFileSync } from "node:fs";
import { CommandError, EXIT } from "./exit";

/** A small file that an option names. */
export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\ufeff/, "");
  } catch (error) {
    throw unreadable(path, error);
  }
}

export function unreadable(path: string, error: unknown): CommandError {
  const { code } = error as NodeJS.ErrnoException;
  return new CommandError(
    EXIT.usage,
    `${path} cannot be read (${code ?? "unknown"}). Check the name and the rights.`,
  );
}
