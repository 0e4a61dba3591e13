import type { AccessReason } from "../policy/decide";
import type { Category } from "../policy/terms";
import type { Channel } from "../viewer/channel";
import type { Purpose } from "../viewer/purpose";

/** What Directive (EU) 2016/680 Art. 25 wants logged. */
export const OPERATIONS = [
  "COLLECTION",
  "ALTERATION",
  "CONSULTATION",
  "DISCLOSURE",
  "COMBINATION",
  "ERASURE",
] as const;
export type Operation = (typeof OPERATIONS)[number];

export const OUTCOMES = ["GIVEN", "DENIED"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Stands in the place of what is named one by one where nothing but its number was told. */
export const COUNTED = "COUNTED";

/** One line of the disclosure log: what one answer told one viewer of one owner's data, or refused to tell. */
export interface Entry {
  requestId: string;
  /** Partner that asked, and the person or client that asked for it. */
  viewer: string;
  actor: string;
  owner: string;
  category: Category;
  operation: Operation;
  indicators: readonly string[];
  periods: readonly string[];
  /**
   * Breakdown dimensions; for contacts their kind; for an alert its identifier (the log is its delivery record) or
   * `COUNTED`, for a case study its identifier too; for a cooperation request its reference, and whether its facts or its content.
   */
  detail: readonly string[];
  /** Values that left; 0 where denied. */
  cells: number;
  channel: Channel;
  purpose: Purpose | null;
  agreementId: string | null;
  agreementVersion: number | null;
  outcome: Outcome;
  /** The condition that decided. */
  reason: AccessReason;
}
