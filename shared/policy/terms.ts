import type { Purpose } from "../viewer/purpose";

/**
 * What agreements say, as the database hands it over: the terms that name this viewer, whatever their state.
 * Whether a term holds at this moment is for `decide` to say, so that it can also say why not.
 */
export const CATEGORIES = [
  "DIRECTORY",
  "CONTACT_DETAILS",
  "PROFILE",
  "STATISTICS",
  "ALERT",
  "COOPERATION",
  "AUDIT",
  "CASE_STUDY",
] as const;
export type Category = (typeof CATEGORIES)[number];

export const CONTACT_KINDS = ["NATIONAL_CONTACT_POINT", "FOCAL_PERSON", "LIAISON_OFFICER"] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** From the least to the most protective; where several grants cover a cell and go together the least protective applies. */
export const CONTROLS = ["NONE", "SUPPRESSION", "CONTROLLED_ROUNDING"] as const;
export type Control = (typeof CONTROLS)[number];

export const AGREEMENT_STATUSES = [
  "PROPOSED",
  "ACTIVE",
  "SUSPENDED",
  "REVOKED",
  "DECLINED",
] as const;
export type AgreementStatus = (typeof AGREEMENT_STATUSES)[number];

/** TLP 2.0, from the narrowest to the widest. */
export const TLPS = ["RED", "AMBER_STRICT", "AMBER", "GREEN", "CLEAR"] as const;
export type Tlp = (typeof TLPS)[number];

/** SIENA handling codes; they combine. */
export const HANDLING_CODES = ["H0", "H1", "H2", "H3"] as const;
export type HandlingCode = (typeof HANDLING_CODES)[number];

export interface Term {
  readonly agreementId: string;
  readonly title: string;
  /** The version of the agreement that governs between these owners and the viewer. */
  readonly version: number;
  /** Between these owners and the viewer: owners in another state stand in another term. */
  readonly status: AgreementStatus;
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
  /** Purposes for which it may be read; empty = none need be named. */
  readonly purposes: readonly Purpose[];
  /** How far what it opens may be passed on. */
  readonly tlp: Tlp;
  readonly handling: readonly HandlingCode[];
  readonly category: Category;
  readonly owners: readonly string[];
  readonly indicators: readonly string[];
  readonly detail: readonly string[];
  readonly contactKinds: readonly string[];
  /** First day of data covered and first day no longer covered, `YYYY-MM-DD`; null = open. */
  readonly dataFrom: string | null;
  readonly dataUntil: string | null;
  readonly control: Control;
  readonly embargoDays: number;
  readonly reciprocal: boolean;
  readonly ownNationals: boolean;
}

/** The terms of one viewer and the instant, by the database's clock, at which they were read. */
export interface Terms {
  readonly now: Date;
  readonly all: readonly Term[];
}

/** Whether a term holds at all, whatever it is about and for. */
export function isInForce(term: Term, now: Date): boolean {
  return term.status === "ACTIVE" && isValid(term, now);
}

/** Those about figures that hold now, for whatever purpose. */
export function statisticsInForce({ all, now }: Terms): Term[] {
  return all.filter((term) => term.category === "STATISTICS" && isInForce(term, now));
}

export function isValid(term: Term, now: Date): boolean {
  return (
    term.validFrom !== null &&
    term.validFrom <= now &&
    (term.validUntil === null || term.validUntil > now)
  );
}

const DAY = 86_400_000;

/** When a figure under this term's embargo becomes visible. */
export function embargoEnd(term: Term, releasedAt: Date): Date {
  return new Date(releasedAt.getTime() + term.embargoDays * DAY);
}
