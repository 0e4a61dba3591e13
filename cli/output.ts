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

/** Hands on what streams by, and shows how much of it has: the result of a long command is not to be waited for blindly. */
export async function* shown(
  label: string,
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array> {
  const bar = progress(label);
  let passed = 0;
  try {
    for await (const chunk of chunks) {
      passed += chunk.length;
      bar.show(passed / size);
      yield chunk;
    }
  } finally {
    bar.clear();
  }
}

interface Progress {
  /** @param part of the whole, 0 to 1. */
  show(part: number): void;
  clear(): void;
}

/** On a terminal only, and beside the result: a log file or a pipe gets none of it. */
function progress(label: string): Progress {
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
