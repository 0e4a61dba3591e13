import { randomUUID } from "node:crypto";
import { appendFile, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { grouped } from "../../../../shared/grouped";
import type { SubmittedFigure } from "../figure";
import type { Mapping } from "./mapping";
import { quarterOf } from "./quarters";
import { UnreadableFile } from "./unreadable";

/**
 * Figures set aside by report, on disk once they are many. However a file is sorted, all figures of a report and all months
 * of its quarter are found in one partition (of figures that count from the beginning of their year, all of the year), and what
 * is in memory at a time is a bucket and not the file. A file that fits into the buckets' buffers never touches the disk.
 */
export class Partitions {
  private readonly buckets = Array.from({ length: BUCKETS }, () => new Bucket());
  private set = 0;

  constructor(
    private readonly file: string,
    private readonly mapping: Mapping,
  ) {}

  /** How many figures there are. */
  get size(): number {
    return this.set;
  }

  /** @throws UnreadableFile where one bucket has more than any country could report */
  async put(figure: SubmittedFigure): Promise<void> {
    this.set++;
    const bucket = this.buckets[bucketOf(this.partitionOf(figure))] as Bucket;
    if (bucket.count === MOST_FIGURES) throw new UnreadableFile(tooMany(this.file));
    await bucket.put(JSON.stringify(packed(figure)));
  }

  /** In an order that is the same for every file: two that are taken at once never wait for each other crosswise. */
  async *all(): AsyncGenerator<readonly SubmittedFigure[]> {
    for (const bucket of this.buckets) {
      const figures = (await bucket.lines()).map((line) => unpacked(JSON.parse(line), this.file));
      const partitions = [...grouped(figures, (figure) => this.partitionOf(figure))].sort(
        ([one], [other]) => (one < other ? -1 : 1),
      );
      for (const [, partition] of partitions) yield partition;
    }
  }

  private partitionOf({ indicator, period }: SubmittedFigure): string {
    return `${indicator}/${this.mapping.yearToDate ? period.slice(0, 4) : quarterOf(period)}`;
  }

  async remove(): Promise<void> {
    await Promise.all(this.buckets.map((bucket) => bucket.remove()));
  }
}

const BUCKETS = 512;
/** Of one bucket. A report with every cell of every table has 9,000, and a bucket is one report's, seldom two's. */
const MOST_FIGURES = 200_000;
const MOST_WAITING = 16 * 1024;

function tooMany(file: string): string {
  return `${file} has more than ${MOST_FIGURES} figures of one indicator and period. Are they of single days or persons?`;
}

function bucketOf(partition: string): number {
  let place = 0;
  for (let at = 0; at < partition.length; at++)
    place = (31 * place + partition.charCodeAt(at)) % 1_000_003;
  return place % BUCKETS;
}

class Bucket {
  count = 0;
  private waiting: string[] = [];
  private length = 0;
  private path: string | null = null;

  async put(line: string): Promise<void> {
    this.count++;
    this.waiting.push(line);
    this.length += line.length + 1;
    if (this.length < MOST_WAITING) return;
    this.path ??= join(tmpdir(), `accord-${randomUUID()}`);
    const text = `${this.waiting.join("\n")}\n`;
    this.waiting = [];
    this.length = 0;
    await appendFile(this.path, text, { mode: 0o600 });
  }

  async lines(): Promise<string[]> {
    const stored =
      this.path === null ? [] : (await readFile(this.path, "utf8")).split("\n").slice(0, -1);
    return [...stored, ...this.waiting];
  }

  async remove(): Promise<void> {
    if (this.path !== null) await rm(this.path, { force: true });
  }
}

/** A figure as one line. The file's name is the same for all, and JSON knows no NaN, which is what cannot be read. */
type Packed = Omit<SubmittedFigure, "origin" | "value"> & {
  readonly at: readonly [line: number | null, column: number | null];
  readonly value: number | null | typeof UNREADABLE;
};

const UNREADABLE = "?";

function packed({ origin: { line, column }, value, ...figure }: SubmittedFigure): Packed {
  return { ...figure, at: [line, column], value: Number.isNaN(value) ? UNREADABLE : value };
}

function unpacked({ at: [line, column], value, ...figure }: Packed, file: string): SubmittedFigure {
  return {
    ...figure,
    origin: { file, line, column, path: [] },
    value: value === UNREADABLE ? Number.NaN : value,
  };
}
