import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { AccordError, badInput } from "../../shared/graphql/errors";
import type { FileRequest } from "../../shared/graphql/files";
import { letterOfName } from "./series.rules";
import type { SubmittedFigure } from "./submission/figure";
import type { Issue } from "./submission/issue";
import { ENCODINGS, type Encoding } from "./submission/readers/encoding";
import { loadMappings, type Mapping } from "./submission/readers/mapping";
import { loadNames } from "./submission/readers/names";
import { readSubmission, type Submission } from "./submission/readers/read";
import { UnreadableFile } from "./submission/readers/unreadable";

/** What was read of a file: figures with their places, what was found on the way, and how it was understood. */
export interface Reading {
  file: string;
  figures: readonly SubmittedFigure[];
  issues: readonly Issue[];
  understood: Submission["understood"];
  /** What its source rounds to. */
  rounding: number;
  /** SHA-256 of the bytes. */
  digest: string;
}

/** Read when the room opens: a mapping that does not hold together stops the start. */
const MAPPINGS = loadMappings();
const NAMES = loadNames();
const USUAL = "accord-long";

/** More than a country reports in a decade with every breakdown; a file beyond it is some other file. */
const MOST_FIGURES = 200_000;

export async function readUpload({ parameters, path, digest }: FileRequest, reporter: string): Promise<Reading> {
  if (path === null) throw badInput("file", "is empty.");
  const file = basename(parameters.file ?? "file").slice(0, 200);
  const asked = { file, reporter, mapping: mappingOf(parameters.mapping), encoding: encodingOf(parameters.encoding) };
  try {
    const { figures, issues, understood } = await readSubmission(createReadStream(path), { ...asked, names: NAMES });
    const rounding = asked.mapping.rounding ?? 1;
    return { file, figures: await all(figures), issues, understood, rounding, digest };
  } catch (error) {
    if (error instanceof UnreadableFile) throw badInput("file", error.message);
    throw error;
  }
}

function mappingOf(name = USUAL): Mapping {
  const mapping = MAPPINGS.get(name);
  if (mapping) return mapping;
  throw badInput("mapping", `"${name}" is none of ${[...MAPPINGS.keys()].join(", ")}.`);
}

function encodingOf(name: string | undefined): Encoding | null {
  const encoding = ENCODINGS.find((known) => known === name);
  if (encoding || name === undefined) return encoding ?? null;
  throw badInput("encoding", `"${name}" is none of ${ENCODINGS.join(", ")}.`);
}

async function all(figures: AsyncIterable<SubmittedFigure>): Promise<SubmittedFigure[]> {
  const found: SubmittedFigure[] = [];
  for await (const figure of figures) {
    if (found.length >= MOST_FIGURES) {
      throw new AccordError("QUERY_TOO_COSTLY", `The file has more than ${MOST_FIGURES} figures. Send it in parts.`);
    }
    found.push({ ...figure, status: letterOfName(figure.status) });
  }
  return found;
}
