import DataLoader from "dataloader";
import type { RequestContext } from "../../shared/graphql/context";
import { grouped } from "../../shared/grouped";
import * as papers from "./content/content.queries";
import { toRequest } from "./requests/request.mapping";
import { readByReference, readSiblings } from "./requests/request.queries";
import type { CooperationRequest } from "./requests/request.type";

type ByReference<Row> = DataLoader<string, Row[]>;

/** What this room adds to a request. */
export interface Room {
  /** As the viewer may see it; null where there is none for it, whatever the reason. */
  readonly request: DataLoader<string, CooperationRequest | null>;
  readonly siblings: ByReference<{ sibling: string }>;
  readonly contents: ByReference<papers.ContentRow>;
  readonly notes: ByReference<papers.NoteRow>;
  readonly answers: ByReference<papers.AnswerRow>;
  readonly feedback: ByReference<papers.FeedbackRow>;
  readonly grants: ByReference<papers.GrantRow>;
  readonly redisseminations: ByReference<papers.RedisseminationRow>;
}

/** Nothing is remembered from one load to the next: a mutation and its payload are one request of the gateway's. */
const FRESH = { cache: false };

export function furnish(context: RequestContext<Room>): Room {
  function byReference<Row>(read: papers.ReadPapers<Row>): ByReference<Row> {
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
    contents: byReference(papers.readContents),
    notes: byReference(papers.readNotes),
    answers: byReference(papers.readAnswers),
    feedback: byReference(papers.readFeedback),
    grants: byReference(papers.readGrants),
    redisseminations: byReference(papers.readRedisseminations),
  };
}
