import DataLoader from "dataloader";
import type { RequestContext } from "../../shared/graphql/context";
import { grouped } from "../../shared/grouped";
import * as contents from "./content/content.queries";
import { toRequest } from "./requests/request.mapping";
import { readByReference, readSiblings } from "./requests/request.queries";
import type { CooperationRequest } from "./requests/request.type";

type ByReference<Row> = DataLoader<string, Row[]>;

/** What this subgraph adds to a request. */
export interface Loaders {
  /** As the viewer may see it; null where there is none for it, whatever the reason. */
  readonly request: DataLoader<string, CooperationRequest | null>;
  readonly siblings: ByReference<{ sibling: string }>;
  readonly contents: ByReference<contents.ContentRow>;
  readonly notes: ByReference<contents.NoteRow>;
  readonly answers: ByReference<contents.AnswerRow>;
  readonly feedback: ByReference<contents.FeedbackRow>;
  readonly grants: ByReference<contents.GrantRow>;
  readonly redisseminations: ByReference<contents.RedisseminationRow>;
}

/** Nothing is remembered from one load to the next: a mutation and its payload are one request of the gateway's. */
const FRESH = { cache: false };

export function createLoaders(context: RequestContext<Loaders>): Loaders {
  function byReference<Row>(read: contents.ReadContents<Row>): ByReference<Row> {
    return new DataLoader(async (references) => {
      const rows = await context.read((manager) => read(manager, context, references));
      const found = grouped(rows, ({ reference }) => reference);
      return references.map((reference) => found.get(reference) ?? []);
    }, FRESH);
  }
  return {
    request: new DataLoader(async (references) => {
      const rows = await context.read((manager) => readByReference(manager, context, references));
      const found = new Map(rows.map((row) => [row.reference, toRequest(row, context.viewer)]));
      return references.map((reference) => found.get(reference) ?? null);
    }, FRESH),
    siblings: byReference(readSiblings),
    contents: byReference(contents.readContents),
    notes: byReference(contents.readNotes),
    answers: byReference(contents.readAnswers),
    feedback: byReference(contents.readFeedback),
    grants: byReference(contents.readGrants),
    redisseminations: byReference(contents.readRedisseminations),
  };
}
