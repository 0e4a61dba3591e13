import { stringify } from "csv-stringify/sync";
import writeExcelFile from "write-excel-file/node";
import { LETTER } from "../series/series.rules";
import type { ValueStatus } from "../series/series.type";
import type { ExportRow, ExportTable } from "./row";

/** The same rows in each of the forms that people ask for: status, marking and attribution stand in every one of them. */
export const FORMATS = ["csv", "sdmx-csv", "xlsx", "json"] as const;
export type Format = (typeof FORMATS)[number];

interface Form {
  type: string;
  extension: string;
  write(table: ExportTable): Promise<Buffer> | Buffer;
}

export const FORMS: Readonly<Record<Format, Form>> = {
  csv: { type: "text/csv; charset=utf-8", extension: "csv", write: (table) => csv(plain(table)) },
  "sdmx-csv": {
    type: "application/vnd.sdmx.data+csv; version=2.0.0",
    extension: "sdmx.csv",
    write: (table) => csv(sdmx(table)),
  },
  xlsx: {
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    extension: "xlsx",
    write: (table) => writeExcelFile(plain(table).map((row) => row.map(cellOf))).toBuffer(),
  },
  json: { type: "application/json", extension: "json", write: json },
};

type Row = readonly (string | number | null)[];

function plain({ dimensions, rows }: ExportTable): Row[] {
  const names = dimensions.map((dimension) => dimension.toLowerCase());
  return [
    [
      "reporter",
      "indicator",
      "unit",
      "period",
      ...names,
      "value",
      "status",
      "withheld",
      "marking",
      "source",
    ],
    ...rows.map((row) => [
      row.reporter,
      row.indicator,
      row.unit,
      row.period,
      ...row.key,
      row.value,
      row.status,
      row.withheld,
      row.marking,
      row.attribution,
    ]),
  ];
}

/**
 * SDMX-CSV 2.0: structure, action (I = information), dimensions, measure, attributes. What is withheld is missing to its
 * reader (O), and ACCESS says why.
 */
function sdmx({ dimensions, rows }: ExportTable): Row[] {
  return [
    [
      "STRUCTURE",
      "STRUCTURE_ID",
      "ACTION",
      "FREQ",
      "REF_AREA",
      "INDICATOR",
      ...dimensions,
      "TIME_PERIOD",
      "OBS_VALUE",
      "OBS_STATUS",
      "UNIT_MEASURE",
      "ACCESS",
      "ACCESS_REASON",
      "MARKING",
      "SOURCE",
    ],
    ...rows.map((row) => [
      "dataflow",
      "ACCORD:FIGURES(1.0.0)",
      "I",
      row.period.includes("Q") ? "Q" : "A",
      row.reporter,
      row.indicator,
      ...row.key,
      row.period,
      row.value,
      LETTER[row.status as ValueStatus] ?? "O",
      row.unit,
      row.status,
      row.withheld,
      row.marking,
      row.attribution,
    ]),
  ];
}

/** A text that a spreadsheet would run as a formula is written as text. */
function csv(rows: readonly Row[]): Buffer {
  return Buffer.from(
    stringify(rows as (string | number | null)[][], {
      escape_formulas: true,
      record_delimiter: "\r\n",
    }),
  );
}

/** Numbers as numbers, everything else as text: a spreadsheet then runs nothing. */
function cellOf(value: string | number | null) {
  if (value === null || value === "") return null;
  return typeof value === "number" ? { type: Number, value } : { type: String, value };
}

function json({ dimensions, rows, takenAt, takenBy }: ExportTable): Buffer {
  const shown = (row: ExportRow) => ({
    ...row,
    key: Object.fromEntries(dimensions.map((dimension, at) => [dimension, row.key[at]])),
  });
  return Buffer.from(
    `${JSON.stringify({ takenAt, takenBy, dimensions, rows: rows.map(shown) })}\n`,
  );
}
