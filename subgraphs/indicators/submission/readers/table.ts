import { pipeline, Readable } from "node:stream";
import { parse } from "csv-parse";
import readSheets from "read-excel-file/node";
import { decode, type Encoding } from "./encoding";
import { unpacked } from "./unpack";
import { UnreadableFile } from "./unreadable";

/** One line of a file: its cells as text, and where it stands. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly rows: AsyncIterable<Row>;
  readonly encoding: Encoding | null;
  readonly delimiter: Delimiter | null;
}

export const DELIMITERS = [",", ";", "\t"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const MOST_COLUMNS = 500;

/** Streams: what is held is a chunk and a line. A line that never ends is refused rather than gathered. */
export async function readCsv(
  chunks: AsyncIterable<Uint8Array>,
  stated: { encoding: Encoding | null; delimiter: Delimiter | null },
): Promise<Table> {
  const { encoding, text } = await decode(chunks, stated.encoding);
  const { head, all } = await peek(text);
  const delimiter = stated.delimiter ?? mostFrequent(head);
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: 1_000_000,
  });
  pipeline(Readable.from(all), parser, () => undefined); // an error ends the parser, and whoever reads its rows is told
  return { rows: rowsOf(parser), encoding, delimiter };
}

async function* rowsOf(parser: AsyncIterable<unknown>): AsyncGenerator<Row> {
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (record.length > MOST_COLUMNS)
        throw new UnreadableFile(`Line ${line} has more than ${MOST_COLUMNS} columns.`);
      yield { line, cells: record };
      line = info.lines + 1;
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile(
      `Line ${line} cannot be read as a line of a table: is a quotation mark left open?`,
    );
  }
}

async function peek(
  text: AsyncIterable<string>,
): Promise<{ head: string; all: AsyncIterable<string> }> {
  const iterator = text[Symbol.asyncIterator]();
  const first = await iterator.next();
  const head = first.done ? "" : first.value;
  async function* all(): AsyncGenerator<string> {
    yield head;
    for (let next = await iterator.next(); !next.done; next = await iterator.next())
      yield next.value;
  }
  return { head, all: all() };
}

/** By the first lines: a preamble has commas too, so the most regular one wins and not the first. */
function mostFrequent(head: string): Delimiter {
  const lines = head.split(/\r?\n/).slice(0, 20);
  const score = (delimiter: Delimiter) =>
    lines.reduce((sum, line) => sum + (line.split(delimiter).length > 1 ? 1 : 0), 0) +
    head.split(delimiter).length / 1e6;
  return [...DELIMITERS].sort((one, other) => score(other) - score(one))[0] as Delimiter;
}

const MOST_XLSX_BYTES = 20_000_000;

/** A workbook is a packed archive: it is read whole, and so it may be this large and no larger. */
export async function readXlsx(
  chunks: AsyncIterable<Uint8Array>,
  sheet: string | null,
): Promise<Table> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MOST_XLSX_BYTES)
      throw new UnreadableFile("The workbook is larger than 20 MB. Save the sheet as CSV.");
    parts.push(chunk);
  }
  const sheets = await sheetsOf(Buffer.concat(parts));
  const found = sheet === null ? sheets[0] : sheets.find((one) => one.sheet === sheet);
  if (!found) throw new UnreadableFile(`The workbook has no sheet "${sheet}".`);
  const rows = found.data.map((cells, at) => ({ line: at + 1, cells: cells.map(textOf) }));
  return { rows: Readable.from(rows), encoding: null, delimiter: null };
}

async function sheetsOf(archive: Uint8Array) {
  try {
    return await readSheets(Buffer.from(unpacked(archive)));
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile("This is no workbook that can be read. Save it as .xlsx or as CSV.");
  }
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
}
