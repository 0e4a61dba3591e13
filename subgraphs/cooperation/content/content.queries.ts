import type { EntityManager } from "typeorm";
import type { InfoGrade, SourceGrade } from "../../../shared/graphql/evaluation";
import { readerParameters, requestContent } from "../../../shared/policy/scope";
import type { HandlingCode, Tlp } from "../../../shared/policy/terms";
import type { Reader } from "../requests/request.queries";
import type {
  CrimeArea,
  Met,
  RefusalGround,
  RefusalScope,
  UrgencyGround,
} from "../requests/request.words";
import type { Action } from "../requests/transition.rules";

/**
 * What the parties write, each statement scoped by who may read it: the two, and the facilitator only where both have
 * disclosed it. These are the only statements that read those tables.
 */
interface Content {
  reference: string;
  /** Whose it is. */
  author: string;
}

interface Marked {
  tlp: Tlp;
  handling: HandlingCode[];
  handling_note: string | null;
  source_evaluation: SourceGrade | null;
  information_evaluation: InfoGrade | null;
}

export interface ContentRow extends Content, Marked {
  subject: string;
  information_sought: string;
  purpose: string;
  crime_areas: CrimeArea[];
  underlying_offence: string | null;
  facts_summary: string | null;
  availability_grounds: string | null;
  link_to_entity: string | null;
  use_restrictions: string | null;
  urgency_ground: UrgencyGround | null;
  urgency_reason: string | null;
}

export interface NoteRow extends Content {
  action: Action;
  at: Date;
  reach: "REQUESTER" | "DESK" | "PARTIES";
  text: string;
}

export interface AnswerRow extends Content, Marked {
  part: number;
  content: string | null;
  refusal_ground: RefusalGround | null;
  refusal_scope: RefusalScope | null;
  explanation: string | null;
  usable_as_evidence: boolean;
  at: Date;
}

export interface FeedbackRow extends Content {
  met: Met;
  comment: string | null;
  at: Date;
}

export interface GrantRow extends Content {
  indicators: string[];
  detail: string[];
  data_from: string | null;
  data_until: string | null;
  disclosure_control: string;
  embargo_days: number;
  valid_until: Date | null;
  proposed_by: string;
  proposer_approver: boolean;
  confirmed: boolean;
  agreement_id: string | null;
}

export interface RedisseminationRow extends Content {
  id: string;
  /** The originator. */
  owner: string;
  recipient: string;
  purpose: string;
  at: Date;
  consents: boolean | null;
  note: string | null;
  answered_at: Date | null;
}

export type ReadContents<Row> = (
  manager: EntityManager,
  reader: Reader,
  references: readonly string[],
) => Promise<(Row & { reference: string })[]>;

function contents<Row>(select: string, may: string, order: string): ReadContents<Row> {
  const statement = `${select} WHERE r.reference = ANY ($2) AND ${may} ORDER BY ${order}`;
  return (manager, { viewer }, references) =>
    manager.query(statement, [...readerParameters(viewer), references]);
}

const RESPONDED = requestContent("a.author", "r.reach");

export const readContents = contents<ContentRow>(
  `SELECT c.reference, c.author, c.subject, c.information_sought, c.purpose, c.crime_areas, c.underlying_offence, c.facts_summary,
    c.availability_grounds, c.link_to_entity, c.use_restrictions, c.urgency_ground, c.urgency_reason, c.tlp, c.handling,
    c.handling_note, c.source_evaluation, c.information_evaluation
  FROM cooperation.request r JOIN cooperation.content c ON c.reference = r.reference AND c.version = r.content_version`,
  requestContent("c.author", "r.reach"),
  "c.reference",
);

export const readNotes = contents<NoteRow>(
  `SELECT n.reference, n.author, e.action, e.at, n.reach, n.text
  FROM cooperation.request r JOIN cooperation.note n ON n.reference = r.reference JOIN cooperation.event e ON e.id = n.event`,
  requestContent("n.author", "n.reach"),
  "n.event",
);

export const readAnswers = contents<AnswerRow>(
  `SELECT a.reference, a.author, a.part, a.content, a.refusal_ground, a.refusal_scope, a.explanation, a.tlp, a.handling, a.handling_note,
    a.source_evaluation, a.information_evaluation, a.usable_as_evidence, a.at
  FROM cooperation.request r JOIN cooperation.response a ON a.reference = r.reference`,
  RESPONDED,
  "a.part",
);

export const readFeedback = contents<FeedbackRow>(
  `SELECT a.reference, a.author, a.met, a.comment, a.at
  FROM cooperation.request r JOIN cooperation.feedback a ON a.reference = r.reference`,
  RESPONDED,
  "a.reference",
);

export const readGrants = contents<GrantRow>(
  `SELECT a.reference, a.owner AS author, a.indicators, a.detail, a.data_from::text, a.data_until::text, a.disclosure_control,
    a.embargo_days, a.valid_until, a.proposed_by, a.proposer_approver, c.reference IS NOT NULL AS confirmed, g.agreement_id
  FROM cooperation.request r JOIN cooperation.proposed_grant a ON a.reference = r.reference
    LEFT JOIN cooperation.grant_confirmation c ON c.reference = r.reference
    LEFT JOIN cooperation.grant_agreement g ON g.reference = r.reference`,
  requestContent("a.owner", "r.reach"),
  "a.reference",
);

/** Between the two, whatever they have disclosed: it is about a third partner. */
export const readRedisseminations = contents<RedisseminationRow>(
  `SELECT d.reference, d.asker AS author, d.id, d.owner, d.recipient, d.purpose, d.at, w.consents, w.note, w.at AS answered_at
  FROM cooperation.request r JOIN cooperation.redissemination d ON d.reference = r.reference
    LEFT JOIN cooperation.redissemination_answer w ON w.id = d.id`,
  "$1 IN (d.asker, d.owner)",
  "d.at, d.id",
);
