import { isPurpose, type Purpose } from "./purpose";

/**
 * Who asks. An identity only ever comes out of a verified token (gateway) or a verified viewer assertion (subgraph), never out of
 * an argument or a plain header.
 */
export const ROLES = ["ANALYST", "OFFICER", "APPROVER", "DESK", "OBSERVER", "AUDITOR"] as const;
export type Role = (typeof ROLES)[number];

/** What a partner is. It opens nothing: facilitating, chairing, funding or hosting is no grant. */
export const PARTNER_KINDS = [
  "NATIONAL_AUTHORITY",
  "INSTITUTION",
  "SECRETARIAT",
  "OBSERVER",
  "AUDITOR",
] as const;
export type PartnerKind = (typeof PARTNER_KINDS)[number];

/** Who asks, as a verified token says. */
export interface Identity {
  /** The client or person, as the issuer names it. */
  readonly id: string;
  /** Code of the partner it acts for. */
  readonly partner: string;
  readonly roles: readonly Role[];
  /** What this request is for, where it says so. */
  readonly purpose?: Purpose | null;
}

/** What the exchange has recorded of the partner that somebody acts for. */
export interface PartnerFacts {
  /** Null for a partner that the exchange does not know. */
  readonly kind: PartnerKind | null;
  /** ISO 3166-1 alpha-3 code of the state that the partner speaks for; null for one that speaks for none. */
  readonly country: string | null;
}

/** Who asks, with the facts of its partner: a subgraph reads them once, when a request begins. */
export interface Viewer extends Identity, PartnerFacts {}

export const NO_FACTS: PartnerFacts = { kind: null, country: null };

/** Roles that read content. The auditor verifies the log and sees none; a role we do not know reads nothing. */
const READING: ReadonlySet<Role> = new Set(["ANALYST", "OFFICER", "APPROVER", "DESK", "OBSERVER"]);

/** An issuer may name people as it likes, but not with what a log or a database would choke on. */
const ID = /^[^\p{Cc}]{1,200}$/u;
const PARTNER = /^[A-Z]{3,20}$/;

export function mayRead<Asking extends Identity>(viewer: Asking | null): viewer is Asking {
  return viewer?.roles.some((role) => READING.has(role)) ?? false;
}

/** Writes for its own partner; the desk for what the Secretariat facilitates. */
export function mayAct(viewer: Identity): boolean {
  return viewer.roles.some((role) => role === "OFFICER" || role === "APPROVER" || role === "DESK");
}

export function mayApprove(viewer: Identity): boolean {
  return viewer.roles.includes("APPROVER");
}

export function mayAudit(viewer: Identity): boolean {
  return viewer.roles.includes("AUDITOR");
}

export function isPartnerCode(text: string): boolean {
  return PARTNER.test(text);
}

/** Reports figures and writes the directory of its own country. */
export function isNationalAuthority({ kind }: PartnerFacts): boolean {
  return kind === "NATIONAL_AUTHORITY";
}

/** Facilitates: convenes agreements and meetings, and opens none. */
export function isSecretariat({ kind }: PartnerFacts): boolean {
  return kind === "SECRETARIAT";
}

interface Claims {
  sub?: unknown;
  partner?: unknown;
  roles?: unknown;
  purpose?: unknown;
}

/**
 * The identity that a set of verified claims describes, or null where they describe none. Unknown roles are dropped; so is a
 * purpose we do not know, and then what asks for one stays closed.
 */
export function identityFromClaims(claims: Claims): Identity | null {
  const { sub, partner, roles } = claims;
  if (
    typeof sub !== "string" ||
    !ID.test(sub) ||
    typeof partner !== "string" ||
    !PARTNER.test(partner)
  )
    return null;
  if (!Array.isArray(roles)) return null;
  const { purpose } = claims;
  return {
    id: sub,
    partner,
    roles: ROLES.filter((role) => roles.includes(role)),
    ...(isPurpose(purpose) && { purpose }),
  };
}
