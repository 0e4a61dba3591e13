/** What a script that runs `accord` can rely on. The numbers are a promise: never give one another meaning. */
export const EXIT = {
  /** Accepted, valid, done. */
  ok: 0,
  /** Checked, and not valid: a log that was bent, rows that were rejected. */
  notValid: 1,
  /** Called wrongly: an unknown option, a file that cannot be read. */
  usage: 2,
  /** The exchange does not answer. */
  unreachable: 3,
  /** The exchange answers that this is not allowed. */
  notAllowed: 4,
  /** A fault of this program. Not 1, which is what Node would say: a crash must not read as a verdict. */
  internal: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A reason for giving up that the person at the keyboard can mend: printed as one line, without a stack. */
export class CommandError extends Error {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
  ) {
    super(message);
  }
}
