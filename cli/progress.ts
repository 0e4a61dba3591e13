/** Where progress is shown: standard error, so that the result can be piped. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const BAR = 24;
const TICK_MS = 1_000;
const WIPE = "\r\u001b[K";

/** How far a long command is, on a terminal only: a log file or a pipe gets none of it. */
export class Progress {
  private drawn = "";
  private passed = false;

  constructor(private readonly screen: Screen = process.stderr) {}

  /** Hands on what streams by, and draws how much of it has. */
  async *passing(
    label: string,
    chunks: AsyncIterable<Uint8Array>,
    size: number,
  ): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    try {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        this.draw(barOf(label, Math.min(1, bytes / size)));
        yield chunk;
      }
    } finally {
      this.passed = true;
      this.wipe();
    }
  }

  /** Counts the seconds from when all has passed until the answer is there. */
  async until<Answer>(label: string, answer: Promise<Answer>): Promise<Answer> {
    let seconds = 0;
    const ticking = setInterval(() => this.passed && this.draw(`${label} ${++seconds} s`), TICK_MS);
    try {
      return await answer;
    } finally {
      clearInterval(ticking);
      this.wipe();
    }
  }

  private draw(text: string): void {
    if (!this.screen.isTTY || text === this.drawn) return;
    this.drawn = text;
    this.screen.write(`${WIPE}${text}`);
  }

  private wipe(): void {
    if (this.drawn !== "") this.screen.write(WIPE);
    this.drawn = "";
  }
}

function barOf(label: string, part: number): string {
  const full = Math.floor(BAR * part);
  return `${label} [${"#".repeat(full)}${"-".repeat(BAR - full)}] ${Math.floor(100 * part)} %`;
}
