import { Option } from "commander";

export const FORMATS = ["text", "json"] as const;
export type Format = (typeof FORMATS)[number];

/** The same option for every command: text for people, JSON for scripts. */
export function formatOption(): Option {
  return new Option("--format <format>", "how to print the result").choices(FORMATS).default("text");
}

/** The result, and nothing but the result, on standard output. */
export function print(format: Format, value: unknown, text: () => string): void {
  process.stdout.write(`${format === "json" ? JSON.stringify(value, null, 2) : text()}\n`);
}

export interface Progress {
  /** @param part of the whole, 0 to 1. */
  show(part: number): void;
  clear(): void;
}

/** On a terminal only, and beside the result: a log file or a pipe gets none of it. */
export function progress(label: string): Progress {
  const { stderr } = process;
  if (!stderr.isTTY) return { show: () => undefined, clear: () => undefined };
  let shown = -1;
  return {
    show(part) {
      const percent = Math.floor(part * 100);
      if (percent === shown) return;
      shown = percent;
      stderr.write(`\r${label} ${percent} %`);
    },
    clear() {
      stderr.write("\r\u001b[K");
    },
  };
}
