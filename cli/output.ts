import { Option } from "commander";

export const FORMATS = ["text", "json"] as const;
export type Format = (typeof FORMATS)[number];

/** The same option for every command: text for people, JSON for scripts. */
export function formatOption(): Option {
  return new Option("--format <format>", "how to print the result")
    .choices(FORMATS)
    .default("text");
}

/** The result, and nothing but the result, on standard output. */
export function print(format: Format, value: unknown, text: () => string): void {
  process.stdout.write(`${format === "json" ? JSON.stringify(value, null, 2) : text()}\n`);
}
