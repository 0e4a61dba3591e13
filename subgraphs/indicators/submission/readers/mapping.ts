import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ENCODINGS, type Encoding } from "./encoding";
import type { Delimiter } from "./table";

/** What a column says: a part of the figure's address, its value, or nothing that is kept. */
export type Meaning =
  | "indicator"
  | "reporter"
  | "period"
  | "year"
  | "month"
  | "value"
  | "status"
  | "unit"
  | "comment"
  | "flag"
  | "frequency"
  | "ignore"
  | string;

export interface Column {
  /** A meaning, or the name of a dimension (`CITIZENSHIP`, `SEX`, …). */
  readonly as: Meaning;
  /** Codes by what the file writes; what is not here stays as it is. */
  readonly codes?: Readonly<Record<string, string>>;
  /** All that may stand there; anything else would change what the line says, and is refused. */
  readonly only?: readonly string[];
  /** Names of countries are looked up in `names/`. */
  readonly names?: "countries";
}

/** A file layout, kept as data: another country's spreadsheet is another file in `mappings/`, not another program. */
export interface Mapping {
  readonly name: string;
  readonly about: string;
  readonly format: "csv" | "xlsx";
  readonly encoding?: Encoding;
  readonly delimiter?: Delimiter;
  readonly sheet?: string;
  /** The header is the first line that has all of these; what stands above it is a preamble. */
  readonly header: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
  /** Columns named by a period instead of listed: one figure a cell. */
  readonly wide?: {
    /**
     * `period`: the header is one (`2015-Q3`, `2015`); `month`: it is a name of `months`, and a column says the year;
     * `indicator`: it is a key of `indicators`.
     */
    readonly by: "period" | "month" | "indicator";
    readonly months?: Readonly<Record<string, number>>;
    readonly indicators?: Readonly<Record<string, string>>;
  };
  /** What no column says. */
  readonly constants?: Readonly<Record<string, string>>;
  readonly months?: Readonly<Record<string, number>>;
  readonly thousands?: "," | ".";
  readonly decimal?: "," | ".";
  /** Statuses by the flags of the publisher, which stand in a column `as: flag` or in the unnamed one right of a value. */
  readonly flags?: Readonly<Record<string, string>>;
  /** Headers and codes may have their names behind them, `HUN: Hungary`, as SDMX-CSV's `labels=both` has. */
  readonly labels?: boolean;
  /** Lines above the header that say what the table is of: label → what may stand behind it. Other labels are refused. */
  readonly preamble?: Readonly<Record<string, readonly string[]>>;
  /** Published figures are rounded to it: totals and parts may differ by that much a part. */
  readonly rounding?: number;
  /** Lines that carry no figure of a reporter: `column` → what stands there. */
  readonly skip?: Readonly<Record<string, readonly string[]>>;
  /** Lines of one address are parts of something the exchange does not keep apart (regions, agencies), and are added. */
  readonly add?: boolean;
  /** Each figure counts from the beginning of its year. */
  readonly yearToDate?: boolean;
}

const FOLDER = join(__dirname, "..", "mappings");

/** All of them, read and checked once: a mapping that does not hold together stops the start, not an officer. */
export function loadMappings(): ReadonlyMap<string, Mapping> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));
  return new Map(
    files.map((file) => {
      const mapping = JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Mapping;
      const fault = faultOf(mapping, file);
      if (fault) throw new Error(`${file}: ${fault}`);
      return [mapping.name, mapping];
    }),
  );
}

function faultOf(mapping: Mapping, file: string): string | null {
  const { name, header, columns, constants = {}, wide, encoding } = mapping;
  if (`${name}.json` !== file) return "its name is not the file's.";
  if (header.length === 0) return "it names no column by which the header is found.";
  if (encoding && !ENCODINGS.includes(encoding))
    return `"${encoding}" is not an encoding it could be in.`;
  const said = new Set([...Object.values(columns).map(({ as }) => as), ...Object.keys(constants)]);
  if (wide?.by === "indicator") said.add("indicator");
  const missing = ["indicator", "reporter"].filter((part) => !said.has(part));
  if (!wide && !said.has("value")) missing.push("value");
  if (!wide && !said.has("period") && !said.has("year")) missing.push("period or year");
  return missing.length === 0 ? null : `nothing says the ${missing.join(", the ")}.`;
}
