import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { badInput } from "../../../shared/errors/errors";
import type { FileRequest } from "../../../shared/graphql/files";
import { letterOfName } from "../series/series.rules";
import { ENCODINGS, type Encoding } from "../submission/readers/encoding";
import { loadMappings, type Mapping } from "../submission/readers/mapping";
import { loadNames } from "../submission/readers/names";
import { Partitions } from "../submission/readers/partitions";
import { readSubmission, type Submission } from "../submission/readers/read";
import { UnreadableFile } from "../submission/readers/unreadable";

/** What was read of a file: figures with their places, set aside, and how it was understood. */
export interface Reading {
  file: string;
  mapping: Mapping;
  partitions: Partitions;
  understood: Submission["understood"];
}

/** Read when the subgraph opens: a mapping that does not hold together stops the start. */
const MAPPINGS = loadMappings();
const NAMES = loadNames();
const USUAL = "accord-long";

/** Its partitions are to be removed by whoever has them. */
export async function readUpload(
  { parameters, path }: FileRequest,
  reporter: string,
): Promise<Reading> {
  if (path === null) throw badInput("file", "is empty.");
  const file = basename(parameters.file ?? "file").slice(0, 200);
  const mapping = withSeparators(mappingOf(parameters.mapping), parameters);
  const asked = {
    file,
    reporter,
    mapping,
    encoding: encodingOf(parameters.encoding),
    names: NAMES,
  };
  const partitions = new Partitions(file, mapping);
  try {
    const { figures, understood } = await readSubmission(createReadStream(path), asked);
    for await (const figure of figures)
      await partitions.put({ ...figure, status: letterOfName(figure.status) });
    return { file, mapping, partitions, understood };
  } catch (error) {
    await partitions.remove();
    if (error instanceof UnreadableFile) throw badInput("file", error.message);
    throw error;
  }
}

function mappingOf(name = USUAL): Mapping {
  const mapping = MAPPINGS.get(name);
  if (mapping) return mapping;
  throw badInput("mapping", `"${name}" is none of ${[...MAPPINGS.keys()].join(", ")}.`);
}

/** What the person states of numbers counts more than what the mapping does. */
function withSeparators(mapping: Mapping, parameters: FileRequest["parameters"]): Mapping {
  const thousands = separatorOf("thousands", parameters.thousands);
  const decimal = separatorOf("decimal", parameters.decimal);
  if (thousands === null && decimal === null) return mapping;
  if (thousands === decimal) throw badInput("decimal", "is the separator of thousands too.");
  const other = (separator: "," | "." | null) => (separator === "," ? "." : ",");
  return {
    ...mapping,
    thousands: thousands ?? other(decimal),
    decimal: decimal ?? other(thousands),
  };
}

function separatorOf(name: string, text: string | undefined): "," | "." | null {
  if (text === undefined) return null;
  if (text === "," || text === ".") return text;
  throw badInput(name, `"${text}" is neither "," nor ".".`);
}

function encodingOf(name: string | undefined): Encoding | null {
  const encoding = ENCODINGS.find((known) => known === name);
  if (encoding || name === undefined) return encoding ?? null;
  throw badInput("encoding", `"${name}" is none of ${ENCODINGS.join(", ")}.`);
}
