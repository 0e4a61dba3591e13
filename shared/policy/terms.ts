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
] as const;
export type Category = (typeof CATEGORIES)[number];

export const CONTACT_KINDS = ["NATIONAL_CONTACT_POINT", "FOCAL_PERSON"] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** From the least to the most protective; where several grants cover a cell the least protective applies. */
export const CONTROLS = ["NONE", "SUPPRESSION", "CONTROLLED_ROUNDING"] as const;
export type Control = (typeof CONTROLS)[number];

export const AGREEMENT_STATUSES = ["PROPOSED", "ACTIVE", "SUSPENDED", "REVOKED", "DECLINED"] as const;
export type AgreementStatus = (typeof AGREEMENT_STATUSES)[number];

export interface Term {
  readonly agreementId: string;
  readonly title: string;
  readonly status: AgreementStatus;
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
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
