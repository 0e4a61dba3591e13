import type { AgreementStatus } from "../../../shared/policy/terms";
import type { AgreementRow, VersionRow } from "./agreement.queries";

export const SIGNATURE_STATES = [
  "PROPOSED",
  "SUBMITTED_FOR_NATIONAL_APPROVAL",
  "SIGNED",
  "DECLINED",
] as const;
export type SignatureState = (typeof SIGNATURE_STATES)[number];

export const STANDINGS = ["STANDING", "SUSPENDED", "WITHDRAWN"] as const;
export type Standing = (typeof STANDINGS)[number];

export const ACTS = [
  "PROPOSE",
  "SUBMIT_FOR_NATIONAL_APPROVAL",
  "ACCEPT",
  "DECLINE",
  "SUSPEND",
  "RESUME",
  "REVOKE",
] as const;
export type Act = (typeof ACTS)[number];

/**
 * True of an agreement without a database: what its parties have done makes its state. Between one owner and one viewer the
 * database says the same (`sharing.terms_for`); here it is said of the whole, for people to read.
 */
export function statusOf(row: AgreementRow, version: VersionRow): AgreementStatus {
  const owners = ownersOf(version);
  const signed = owners.filter((owner) => signatureOf(version, owner) === "SIGNED");
  if (signed.some((owner) => standingOf(row, owner) === "STANDING" && isTaken(row, version, owner)))
    return "ACTIVE";
  const standings = new Set(version.signatures.map(({ partner }) => standingOf(row, partner)));
  if (standings.has("WITHDRAWN")) return "REVOKED";
  if (standings.has("SUSPENDED")) return "SUSPENDED";
  if (version.signatures.some(({ state }) => state === "DECLINED")) return "DECLINED";
  return "PROPOSED";
}

/** Whether anybody is there to see what an owner opens: a viewer that has signed, or one that need not. */
function isTaken(row: AgreementRow, version: VersionRow, owner: string): boolean {
  return version.terms
    .filter(({ owners }) => owners.includes(owner))
    .some(
      ({ viewers, groups }) =>
        groups.length > 0 ||
        viewers.includes("*") ||
        viewers.some(
          (viewer) =>
            viewer !== owner &&
            signatureOf(version, viewer) === "SIGNED" &&
            standingOf(row, viewer) === "STANDING",
        ),
    );
}

/** The version people go by: the newest that an owner has signed, else the newest there is. */
export function governing(row: AgreementRow): VersionRow {
  const signed = row.versions.filter((version) =>
    ownersOf(version).some((owner) => signatureOf(version, owner) === "SIGNED"),
  );
  return (signed.at(-1) ?? row.versions.at(-1)) as VersionRow;
}

export function ownersOf({ terms }: VersionRow): string[] {
  return [...new Set(terms.flatMap(({ owners }) => owners))];
}

/** Those who sign: every owner and every viewer that is named by itself. */
export function signatoriesOf(
  terms: readonly { owners: readonly string[]; viewers: readonly string[] }[],
): string[] {
  const named = terms.flatMap(({ owners, viewers }) => [...owners, ...viewers]);
  return [...new Set(named)].filter((partner) => partner !== "*").sort();
}

export function signatureOf({ signatures }: VersionRow, partner: string): SignatureState | null {
  return signatures.find((signature) => signature.partner === partner)?.state ?? null;
}

export function standingOf({ parties }: AgreementRow, partner: string): Standing | null {
  return parties.find((party) => party.partner === partner)?.standing ?? null;
}

/** What a partner still has to do before its consent counts: an approver, and of an owner a second person. */
export interface Consent {
  actors: ReadonlySet<string>;
  approved: boolean;
  /** People needed in all. */
  needed: 1 | 2;
}

export function consentTo(
  row: AgreementRow,
  acts: readonly Act[],
  of: { partner: string; version: number | null; since: string | null },
): Consent {
  const counted = row.acts.filter(
    ({ partner, act, version, at }) =>
      partner === of.partner &&
      acts.includes(act) &&
      (of.version === null || version === of.version) &&
      (of.since === null || Date.parse(at) >= Date.parse(of.since)),
  );
  const owns = row.versions.some((version) => ownersOf(version).includes(of.partner));
  return {
    actors: new Set(counted.map(({ actor }) => actor)),
    approved: counted.some(({ approver }) => approver),
    needed: owns ? 2 : 1,
  };
}

export function isComplete({ actors, approved, needed }: Consent): boolean {
  return approved && actors.size >= needed;
}
