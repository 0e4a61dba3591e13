import type { SubmittedFigure } from "../figure";
import type { Issue } from "../issue";
import type { Encoding } from "./encoding";
import { figuresOf, type Layout, layoutOf } from "./figures";
import type { Mapping } from "./mapping";
import type { Names } from "./names";
import { isMonth, quartersOfYearToDate, Sums } from "./quarters";
import { type Delimiter, type Row, readCsv, readXlsx, type Table } from "./table";
import { UnreadableFile } from "./unreadable";

export interface Submission {
  /** The figures of the reporter as they stand in the file; what has to be added up is not, see `addedUp`. */
  readonly figures: AsyncIterable<SubmittedFigure>;
  /** How the file was understood. */
  readonly understood: {
    readonly mapping: string;
    readonly encoding: Encoding | null;
    readonly delimiter: Delimiter | null;
  };
}

export interface Reading {
  /** Name of the file, for messages. */
  readonly file: string;
  readonly mapping: Mapping;
  readonly names: Names;
  /** Who submits. Lines of other reporters in a file of many are left out; a file that names none is this one's. */
  readonly reporter: string;
  readonly encoding?: Encoding | null;
}

/**
 * A file as figures, a line at a time.
 * @throws UnreadableFile where it is no table, or its header is not the mapping's
 */
export async function readSubmission(
  chunks: AsyncIterable<Uint8Array>,
  reading: Reading,
): Promise<Submission> {
  const { mapping, encoding = null } = reading;
  const table =
    mapping.format === "xlsx"
      ? await readXlsx(chunks, mapping.sheet ?? null)
      : await readCsv(chunks, {
          encoding: encoding ?? mapping.encoding ?? null,
          delimiter: mapping.delimiter ?? null,
        });
  return {
    figures: figuresIn(table, reading),
    understood: { mapping: mapping.name, encoding: table.encoding, delimiter: table.delimiter },
  };
}

const MOST_PREAMBLE_LINES = 50;

async function* figuresIn(table: Table, reading: Reading): AsyncGenerator<SubmittedFigure> {
  const { mapping, names, file, reporter } = reading;
  let layout: Layout | null = null;
  let preamble = 0;
  let count = 0;
  const others = new Set<string>();
  for await (const row of table.rows) {
    if (layout === null) {
      layout = layoutOf(row, { mapping, names, file, reporter });
      if (layout === null) refuseRestriction(row, { file, preamble: mapping.preamble });
      if (layout === null && ++preamble > MOST_PREAMBLE_LINES) break;
      continue;
    }
    for (const figure of figuresOf(row, layout)) {
      if (isAnother(figure.reporter, reporter, mapping)) {
        if (others.size < MOST_OTHERS) others.add(figure.reporter);
        continue;
      }
      count++;
      yield figure;
    }
  }
  if (layout === null) throw new UnreadableFile(headerNotFound(reading));
  if (count === 0) throw new UnreadableFile(nothingFound(reading, [...others]));
}

const MOST_OTHERS = 20;

function nothingFound({ file, reporter }: Reading, others: readonly string[]): string {
  const seen = others.length === 0 ? "no figures at all" : `figures of ${others.join(", ")} only`;
  return `${file} has no figure of ${reporter}: it has ${seen}. Is it the right file, and the right mapping?`;
}

/** What stands above a published table may restrict it: read as the total, a part would be the whole. */
export function refuseRestriction(
  row: Row,
  { file, preamble }: { file: string; preamble: Mapping["preamble"] },
): void {
  if (preamble === undefined) return;
  const [label, value = ""] = row.cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (label === undefined || label.startsWith("Data extracted on")) return;
  const allowed = preamble[label.replace(/:$/, "")];
  if (
    allowed?.some(
      (text) =>
        value === text || text === "" || value.includes(`[${text}$`) || value.endsWith(`[${text}]`),
    )
  )
    return;
  const known = allowed
    ? `The layout reads "${allowed.join('" or "')}" only.`
    : "The layout does not know this line.";
  throw new UnreadableFile(
    `${file}:${row.line}: Above the table stands "${label}": "${value}", so it is not of all. ${known} Choose the whole table, or another mapping.`,
  );
}

/**
 * Lines of one address, months and years to date made into figures of quarters and years, behind those that stand there as
 * they are. Takes a partition: all there is of a quarter, or of a year to date.
 */
export function addedUp(
  figures: readonly SubmittedFigure[],
  mapping: Mapping,
): { figures: SubmittedFigure[]; issues: Issue[] } {
  const whole: SubmittedFigure[] = [];
  const sums = new Sums(mapping.add === true);
  for (const figure of figures) {
    if (mapping.add || mapping.yearToDate || isMonth(figure.period)) sums.add(figure);
    else whole.push(figure);
  }
  const added = sums.end();
  const made = mapping.yearToDate
    ? quartersOfYearToDate(added.figures)
    : { figures: added.figures, issues: [] };
  return { figures: [...whole, ...made.figures], issues: [...added.issues, ...made.issues] };
}

/** In a publication of many countries the others' lines are nobody's mistake; in one's own layout they are, for a rule to say. */
function isAnother(found: string, reporter: string, { columns }: Mapping): boolean {
  return (
    Object.values(columns).some(({ as, names }) => as === "reporter" && names === "countries") &&
    found !== reporter
  );
}

function headerNotFound({ file, mapping }: Reading): string {
  const names = mapping.header.map((name) => `"${name}"`).join(", ");
  return `${file} has no line with the columns ${names}, by which the layout "${mapping.name}" is known. Choose another mapping, or name the columns so.`;
}
