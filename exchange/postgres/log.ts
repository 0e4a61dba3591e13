import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
} from "node:fs";

const LARGE = 10_000_000;

export interface Log {
  fd: number;
  close(): void;
  /** Why the server that has written since the log was opened gave up. */
  reason(): string;
}

/**
 * Opens the log for one start. It never follows a symlink: we may be root, and write here what a lesser user's program
 * says.
 */
export function openLog(path: string): Log {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGE)
    renameSync(path, `${path}.old`);
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW = 0 } = constants;
  const fd = openSync(path, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600);
  const start = fstatSync(fd).size;
  return {
    fd,
    close: () => closeSync(fd),
    reason: () => reasonIn(readFileSync(path).subarray(start).toString("utf8")),
  };
}

/**
 * The line that says why: the last one of a grave severity, for after it come only hints and "is shut down".
 */
export function reasonIn(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const grave = lines.findLast((line) => /\b(error|fatal|panic): /i.test(line));
  return (grave ?? lines.at(-1) ?? "it said nothing").replace(
    /^.*?\b(error|fatal|panic|log): +/i,
    "",
  );
}
