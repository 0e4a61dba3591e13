import type { AccessReason, Decision, Resource } from "./decide";
import { embargoEnd } from "./terms";

/** What each reason means to the person who reads it, and what to do about it. Names no agreement but the viewer's own. */
const TEXT: Record<AccessReason, string> = {
  OWNER: "These are your own data.",
  GRANTED: "An agreement opens this to you.",
  PUBLIC: "This is open to everyone.",
  SIGN_IN_REQUIRED: "Only partners of the exchange see this. Sign in.",
  ROLE: "Your role does not read national data.",
  NO_AGREEMENT: "No agreement opens this to you. Ask the owner to propose one.",
  INDICATOR: "Your agreement does not cover this indicator.",
  DETAIL:
    "Your agreement does not cover this level of detail. Ask for totals, or ask the owner to widen it.",
  PERIOD: "Your agreement does not cover this period.",
  CONTACT_KIND: "Your agreement does not cover this kind of contact.",
  NOT_IN_FORCE:
    "The agreement that would open this is not in force (proposed, suspended, declined or revoked).",
  VALIDITY: "The agreement that would open this is not valid at this time.",
  EMBARGO: "The owner holds new figures back for a time.",
  RECIPROCITY: "You see this once your own figure for the same indicator and period is released.",
  PURPOSE:
    "The agreement that would open this asks what it is for. Name the purpose in the header `accord-purpose` or in the token.",
  ONE_FORM:
    "Another of your agreements opens these figures, or figures beside them, with small numbers protected. Read together with that one, this form would tell them.",
  OWN_NATIONALS: "A country of origin does not learn which of its nationals sought protection.",
  SMALL_NUMBER: "The number is small, or would let a hidden number be computed: it is suppressed.",
  NOT_RELEASED: "The owner has not released this.",
};

export function reasonMessage(reason: AccessReason): string {
  return TEXT[reason];
}

export function withheldMessage(decision: Decision, category: Resource["category"]): string {
  const agreement = decision.term ? ` (agreement ${decision.term.agreementId})` : "";
  return `${label(category)} withheld: ${TEXT[decision.reason]}${agreement}`;
}

/** The same, with the date where an embargo has one. */
export function explanation(decision: Decision, releasedAt: Date | null): string {
  if (decision.reason === "EMBARGO" && decision.term && releasedAt) {
    return `${TEXT.EMBARGO} Visible from ${embargoEnd(decision.term, releasedAt).toISOString().slice(0, 10)}.`;
  }
  return TEXT[decision.reason];
}

function label(category: Resource["category"]): string {
  const words = category.toLowerCase().replace("_", " ");
  return words[0]?.toUpperCase() + words.slice(1);
}
