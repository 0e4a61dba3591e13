import { evaluationOf } from "../../../shared/graphql/evaluation";
import { markingOf } from "../../../shared/graphql/marking";
import { MADE_OF } from "../../../shared/graphql/shield";
import type { RequestPart } from "../../../shared/policy/requests";
import { partOf } from "../requests/request.mapping";
import type * as rows from "./content.queries";
import type * as types from "./content.type";

/** What the parties write, as the API shows it. Every piece names its author as its owner: into whose log its reading goes. */
type Facts = RequestPart;

export function toContent(facts: Facts, row: rows.ContentRow): types.RequestContent {
  return {
    [MADE_OF]: [partOf(facts, { part: "CONTENT", owner: row.author })],
    subject: row.subject,
    informationSought: row.information_sought,
    purpose: row.purpose,
    crimeAreas: row.crime_areas,
    underlyingOffence: row.underlying_offence,
    factsSummary: row.facts_summary,
    availabilityGrounds: row.availability_grounds,
    linkToEntity: row.link_to_entity,
    useRestrictions: row.use_restrictions,
    urgencyGround: row.urgency_ground,
    urgencyReason: row.urgency_reason,
    ...markOf(row),
  };
}

function markOf(row: rows.ContentRow | rows.AnswerRow) {
  return {
    marking: markingOf(row.tlp, row.handling, row.author),
    handlingNote: row.handling_note,
    evaluation: evaluationOf(row.source_evaluation, row.information_evaluation),
  };
}

export function toNote(
  facts: Facts,
  { author, action, at, reach, text }: rows.NoteRow,
): types.RequestNote {
  const made = partOf(facts, { part: "CONTENT", owner: author, reach });
  return { [MADE_OF]: [made], action, by: { code: author }, at, text };
}

export function toAnswer(facts: Facts, row: rows.AnswerRow): types.RequestAnswer {
  const { refusal_ground: ground, refusal_scope: scope, explanation } = row;
  return {
    [MADE_OF]: [partOf(facts, { part: "CONTENT", owner: row.author })],
    part: row.part,
    content: row.content,
    refusal: ground && scope && { ground, scope, explanation },
    ...markOf(row),
    usableAsEvidence: row.usable_as_evidence,
    at: row.at,
  };
}

export function toFeedback(
  facts: Facts,
  { author, met, comment, at }: rows.FeedbackRow,
): types.RequestFeedback {
  return { [MADE_OF]: [partOf(facts, { part: "CONTENT", owner: author })], met, comment, at };
}

export function toGrant(facts: Facts, row: rows.GrantRow): types.ProposedGrant {
  return {
    [MADE_OF]: [partOf(facts, { part: "CONTENT", owner: row.author })],
    indicators: row.indicators,
    detail: row.detail,
    dataFrom: row.data_from,
    dataUntil: row.data_until,
    disclosureControl: row.disclosure_control,
    embargoDays: row.embargo_days,
    validUntil: row.valid_until,
    confirmed: row.confirmed,
    agreement: row.agreement_id,
  };
}

/** Never the facilitator's, whatever is disclosed: it is about a third partner. */
export function toRedissemination(
  facts: Facts,
  row: rows.RedisseminationRow,
): types.Redissemination {
  return {
    [MADE_OF]: [partOf(facts, { part: "CONTENT", owner: row.author, disclosed: false })],
    id: row.id,
    originator: { code: row.owner },
    askedBy: { code: row.author },
    recipient: { code: row.recipient },
    purpose: row.purpose,
    askedAt: row.at,
    consented: row.consents,
    note: row.note,
    answeredAt: row.answered_at,
  };
}
