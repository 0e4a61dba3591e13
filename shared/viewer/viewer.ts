import { isPurpose, type Purpose } from "./purpose";

/**
 * Who asks. A viewer only ever comes out of a verified token (gateway) or a verified viewer assertion (subgraph), never out of
 * an argument or a plain header.
 */
export const ROLES = ["ANALYST", "OFFICER", "APPROVER", "DESK", "OBSERVER", "AUDITOR"] as const;
export type Role = (typeof ROLES)[number];

export interface Viewer {
  /** The client or person, as the issuer names it. */
  readonly id: string;
  /** Code of the partner it acts for. */
  readonly partner: string;
  readonly roles: readonly Role[];
  /** What this request is for, where it says so. */
  readonly purpose?: Purpose | null;
}

/** Roles that read content. The auditor verifies the log and sees none; a role we do not know reads nothing. */
const READING: ReadonlySet<Role> = new Set(["ANALYST", "OFFICER", "APPROVER", "DESK", "OBSERVER"]);

/** An issuer may name people as it likes, but not with what a log or a database would choke on. */
const ID = /^[^\p{Cc}]{1,200}$/u;
const PARTNER = /^[A-Z]{3,20}$/;

export function mayRead(viewer: Viewer | null): viewer is Viewer {
  return viewer?.roles.some((role) => READING.has(role)) ?? false;
}

/** Writes for its own partner; the desk for what the Secretariat facilitates. */
export function mayAct(viewer: Viewer): boolean {
  return viewer.roles.some((role) => role === "OFFICER" || role === "APPROVER" || role === "DESK");
}

export function mayApprove(viewer: Viewer): boolean {
  return viewer.roles.includes("APPROVER");
}

export function mayAudit(viewer: Viewer): boolean {
  return viewer.roles.includes("AUDITOR");
}

export function isPartnerCode(text: string): boolean {
  return PARTNER.test(text);
}

/** A partner code of three letters is a country: its own nationals are protected from it (rule 6). */
export function isCountry(partner: string): boolean {
  return partner.length === 3;
}

interface Claims {
  sub?: unknown;
  partner?: unknown;
  roles?: unknown;
  purpose?: unknown;
}

/**
 * The viewer that a set of verified claims describes, or null where they describe none. Unknown roles are dropped; so is a
 * purpose we do not know, and then what asks for one stays closed.
 */
export function viewerFromClaims(claims: Claims): Viewer | null {
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
