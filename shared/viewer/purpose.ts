/** What a request is for: Directive (EU) 2016/680 Art. 25 asks for the justification of every consultation. */
export const PURPOSES = [
  "STRATEGIC_ANALYSIS",
  "OPERATIONAL_COOPERATION",
  "EARLY_WARNING",
  "REPORTING",
  "ADMINISTRATION",
] as const;
export type Purpose = (typeof PURPOSES)[number];

export function isPurpose(value: unknown): value is Purpose {
  return PURPOSES.some((known) => known === value);
}
