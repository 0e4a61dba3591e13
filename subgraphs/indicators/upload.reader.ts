import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { parse } from "csv-parse";
import { DIMENSIONS } from "../../shared/graphql/dimension";
import { AccordError } from "../../shared/graphql/errors";
import { digestOf } from "../../shared/graphql/files";
import type { Origin, SubmittedFigure } from "./submission/figure";
import type { Issue } from "./submission/issue";

/** What was read of a file: figures with their places, and what could not be read. */
export interface Reading {
  file: string;
  figures: readonly SubmittedFigure[];
  issues: readonly Issue[];
  /** SHA-256 of the bytes. */
  digest: string;
}

/** By name: how a file's columns become figures. */
export const MAPPINGS: Readonly<Record<string, (path: string, name: string) => Promise<Reading>>> = {
  accord: readPlain,
};

/** More than a country reports in a decade with every breakdown; a file beyond it is some other file. */
const MOST_FIGURES = 200_000;
const NEEDED = ["indicator", "period", "value"];
const COLUMNS = [...NEEDED, "reporter", "status", "unit", ...DIMENSIONS.map((name) => name.toLowerCase())];

/** The exchange's own table, which `accord export` writes: one line a figure, read line by line. */
async function readPlain(path: string, name: string): Promise<Reading> {
  const figures: SubmittedFigure[] = [];
  const issues: Issue[] = [];
  const file = basename(name).slice(0, 200);
  const options = {
    bom: true,
    delimiter: [",", ";", "\t"],
    relax_column_count: true,
    info: true,
    skip_empty_lines: true,
  };
  const records = createReadStream(path).pipe(parse({ ...options, trim: true }));
  let header: string[] | null = null;
  for await (const { record, info } of records as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    const origin: Origin = { file, line: info.lines, column: null, path: [] };
    if (header === null) {
      header = record.map((column) => column.toLowerCase());
      const missing = NEEDED.filter((column) => !header?.includes(column));
      if (missing.length === 0) continue;
      const remedy = `Name the columns in the first line: ${COLUMNS.join(", ")}.`;
      issues.push({ severity: "ERROR", rule: "header", message: `There is no ${missing.join(", ")}.`, remedy, origin });
      break;
    }
    if (figures.length >= MOST_FIGURES) {
      throw new AccordError("QUERY_TOO_COSTLY", `The file has more than ${MOST_FIGURES} figures. Send it in parts.`);
    }
    figures.push(toFigure(new Map(header.map((column, at) => [column, record[at] ?? ""])), origin));
  }
  return { file, figures, issues, digest: await digestOf(path) };
}

function toFigure(cells: ReadonlyMap<string, string>, origin: Origin): SubmittedFigure {
  const text = (column: string) => cells.get(column) ?? "";
  const dimensions = DIMENSIONS.filter((name) => !["", "_T"].includes(text(name.toLowerCase()))).sort();
  const written = text("value");
  const value = written === "" ? null : /^\d+$/.test(written) ? Number(written) : Number.NaN;
  const status = text("status");
  return {
    ...{ origin, dimensions, value, written },
    ...{ indicator: text("indicator"), reporter: text("reporter"), period: text("period"), unit: text("unit") || null },
    key: dimensions.map((name) => text(name.toLowerCase())),
    status: LETTERS[status] ?? (status === "" ? (value === null ? "O" : "A") : status),
    isLowerBound: status === "E" || status === "ESTIMATED",
  };
}

const LETTERS: Readonly<Record<string, string>> = {
  ...{ REPORTED: "A", BREAK: "B", DEFINITION_DIFFERS: "D", ESTIMATED: "E", PROVISIONAL: "P" },
  ...{ NOT_APPLICABLE: "M", NOT_REPORTED: "O", SUPPRESSED: "Q" },
};
