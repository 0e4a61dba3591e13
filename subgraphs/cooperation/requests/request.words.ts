/** The words of the subgraph: Directive (EU) 2023/977 and the second COLEP meeting, as `docs/decisions/10-cooperation.md` maps them. */

export const KINDS = [
  "INFORMATION_REQUEST",
  "KNOWLEDGE_EXCHANGE",
  "CAPACITY_BUILDING",
  "OPERATIONAL_PARTNERSHIP",
  "OTHER_ASSISTANCE",
] as const;
export type Kind = (typeof KINDS)[number];

export const CHANNELS = ["FACILITATED", "URGENT_DIRECT"] as const;
export type RequestChannel = (typeof CHANNELS)[number];

export const URGENCIES = ["NORMAL", "URGENT"] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Art. 4: what alone makes a request urgent. */
export const URGENCY_GROUNDS = {
  THREAT_PUBLIC_SECURITY: "Essential to avert an immediate and serious threat to public security.",
  THREAT_LIFE: "Necessary to avert an imminent danger to a person's life or physical integrity.",
  DEPRIVATION_OF_LIBERTY:
    "Needed for a decision that may maintain measures amounting to deprivation of liberty.",
  LOSS_OF_RELEVANCE:
    "At imminent risk of losing relevance, and important to prevent, detect or investigate offences.",
} as const;
export type UrgencyGround = keyof typeof URGENCY_GROUNDS;

export const ACCESSIBILITIES = ["DIRECT", "INDIRECT", "UNKNOWN"] as const;
export type Accessibility = (typeof ACCESSIBILITIES)[number];

/** Art. 6(1), the closed list; the last is originator control. */
export const REFUSAL_GROUNDS = {
  NOT_AVAILABLE: "The information is not available here.",
  NOT_CONFORMING: "The request does not say what it has to say.",
  JUDICIAL_AUTHORISATION_REFUSED: "The authorisation of a court, asked for, was refused.",
  DATA_CATEGORY: "Personal data of a category that may not be provided.",
  INACCURATE_OR_OUTDATED: "The information is inaccurate, incomplete or outdated.",
  NATIONAL_SECURITY: "Contrary to essential interests of national security.",
  ONGOING_INVESTIGATION_OR_SAFETY:
    "Would jeopardise an ongoing investigation or the safety of an individual.",
  LEGAL_PERSON_INTERESTS: "Would unduly harm important interests of a legal person.",
  MINOR_OFFENCE: "The offence is punishable by a year or less here.",
  NOT_AN_OFFENCE: "What it is about is no offence here.",
  THIRD_PARTY_CONSENT: "It came from another state, which has not consented.",
} as const;
export type RefusalGround = keyof typeof REFUSAL_GROUNDS;

export const REFUSAL_SCOPES = ["FULL", "PARTIAL"] as const;
export type RefusalScope = (typeof REFUSAL_SCOPES)[number];

export const CRIME_AREAS = [
  "IRREGULAR_MIGRATION",
  "SMUGGLING_OF_MIGRANTS",
  "TRAFFICKING_IN_HUMAN_BEINGS",
] as const;
export type CrimeArea = (typeof CRIME_AREAS)[number];

/** How far the answer met what was asked. */
export const MET = ["FULLY", "PARTLY", "NOT"] as const;
export type Met = (typeof MET)[number];

export const LANGUAGES = ["en", "fr", "ru", "tr", "ar", "fa", "ur", "bn"] as const;
export type Language = (typeof LANGUAGES)[number];
