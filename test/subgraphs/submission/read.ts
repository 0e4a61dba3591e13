import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SubmittedFigure } from "../../../subgraphs/indicators/submission/figure";
import type { Issue } from "../../../subgraphs/indicators/submission/issue";
import type { Encoding } from "../../../subgraphs/indicators/submission/readers/encoding";
import { loadMappings } from "../../../subgraphs/indicators/submission/readers/mapping";
import { loadNames } from "../../../subgraphs/indicators/submission/readers/names";
import { addedUp, readSubmission } from "../../../subgraphs/indicators/submission/readers/read";

const mappings = loadMappings();
const names = loadNames();

export interface ReadResult {
  figures: SubmittedFigure[];
  issues: readonly Issue[];
  encoding: Encoding | null;
  delimiter: string | null;
  /** Value of a figure, by `ASY/2015-Q3/AFG` or `ASY/2015-Q3`; the whole figure for anything more. */
  at(address: string): SubmittedFigure | undefined;
}

/** Reads bytes as a file, in small chunks so that every boundary is met. */
export async function readBytes(
  bytes: Uint8Array,
  {
    mapping,
    reporter = "AUT",
    encoding,
  }: { mapping: string; reporter?: string; encoding?: Encoding },
  chunkSize = 97,
): Promise<ReadResult> {
  const known = mappings.get(mapping);
  if (!known) throw new Error(`no mapping ${mapping}`);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
  }
  const submission = await readSubmission(chunks(), {
    file: "figures.csv",
    mapping: known,
    names,
    reporter,
    encoding: encoding ?? null,
  });
  const all: SubmittedFigure[] = [];
  for await (const figure of submission.figures) all.push(figure);
  const { figures, issues } = addedUp(all, known);
  const { encoding: found, delimiter } = submission.understood;
  const address = (figure: SubmittedFigure) =>
    [figure.indicator, figure.period, ...figure.key].join("/");
  return {
    figures,
    issues,
    encoding: found,
    delimiter,
    at: (wanted) => figures.find((one) => address(one) === wanted),
  };
}

export const fixture = (name: string): Uint8Array =>
  readFileSync(join(__dirname, "fixtures", name));
export const text = (content: string): Uint8Array => new TextEncoder().encode(content);
