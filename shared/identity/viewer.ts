/**
 * Who asks. A viewer only ever comes out of a verified token (gateway) or a verified passport (subgraph), never out of
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
}

/** Roles that read content. The auditor verifies the log and sees none; a role we do not know reads nothing. */
const READING: ReadonlySet<Role> = new Set(["ANALYST", "OFFICER", "APPROVER", "DESK", "OBSERVER"]);

const PARTNER = /^[A-Z]{3,20}$/;

export function mayRead(viewer: Viewer | null): viewer is Viewer {
  return viewer?.roles.some((role) => READING.has(role)) ?? false;
}

/** A partner code of three letters is a country: its own nationals are protected from it (rule 6). */
export function isCountry(partner: string): boolean {
  return partner.length === 3;
}

/** The viewer that a set of verified claims describes, or null where they describe none. Unknown roles are dropped. */
export function viewerFromClaims(claims: { sub?: unknown; partner?: unknown; roles?: unknown }): Viewer | null {
  const { sub, partner, roles } = claims;
  if (typeof sub !== "string" || sub === "" || typeof partner !== "string" || !PARTNER.test(partner)) return null;
  if (!Array.isArray(roles)) return null;
  return { id: sub, partner, roles: ROLES.filter((role) => roles.includes(role)) };
}
