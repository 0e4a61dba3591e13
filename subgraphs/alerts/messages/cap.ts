/** The words of the Common Alerting Protocol 1.2 (OASIS, 2010), unchanged: names and spelling are the standard's. */
export const STATUSES = ["Actual", "Exercise", "System", "Test", "Draft"] as const;
export type Status = (typeof STATUSES)[number];

export const MSG_TYPES = ["Alert", "Update", "Cancel", "Ack", "Error"] as const;
export type MsgType = (typeof MSG_TYPES)[number];

export const SCOPES = ["Public", "Restricted", "Private"] as const;
export type Scope = (typeof SCOPES)[number];

export const CATEGORIES = [
  "Geo",
  "Met",
  "Safety",
  "Security",
  "Rescue",
  "Fire",
  "Health",
  "Env",
  "Transport",
  "Infra",
  "CBRNE",
  "Other",
] as const;
export type CapCategory = (typeof CATEGORIES)[number];

export const RESPONSE_TYPES = [
  "Shelter",
  "Evacuate",
  "Prepare",
  "Execute",
  "Avoid",
  "Monitor",
  "Assess",
  "AllClear",
  "None",
] as const;
export type ResponseType = (typeof RESPONSE_TYPES)[number];

export const URGENCIES = ["Immediate", "Expected", "Future", "Past", "Unknown"] as const;
export type Urgency = (typeof URGENCIES)[number];

export const SEVERITIES = ["Extreme", "Severe", "Moderate", "Minor", "Unknown"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const CERTAINTIES = ["Observed", "Likely", "Possible", "Unlikely", "Unknown"] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** A pair of CAP: what an eventCode, a parameter or a geocode is made of. */
export interface CapValue {
  valueName: string;
  value: string;
}

export interface CapResource {
  resourceDesc: string;
  mimeType: string;
  size?: number | null;
  uri?: string | null;
  digest?: string | null;
  /** The content itself, in base 64: not carried, and refused by the rules. */
  derefUri?: string | null;
}

export interface CapArea {
  areaDesc: string;
  polygon: string[];
  circle: string[];
  geocode: CapValue[];
  /** Feet above mean sea level, as CAP has it. */
  altitude?: number | null;
  ceiling?: number | null;
}

/** One info block; instants as ISO text of UTC in whole seconds, the finest that CAP can say. */
export interface CapInfo {
  language: string;
  category: CapCategory[];
  event: string;
  responseType: ResponseType[];
  urgency: Urgency;
  severity: Severity;
  certainty: Certainty;
  audience?: string | null;
  eventCode: CapValue[];
  effective?: string | null;
  onset?: string | null;
  expires: string;
  senderName?: string | null;
  headline?: string | null;
  description?: string | null;
  instruction?: string | null;
  web?: string | null;
  contact?: string | null;
  parameter: CapValue[];
  resource: CapResource[];
  area: CapArea[];
}

/** Our own event codes and geocodes, by the names under which they stand in a message. */
export const EVENT_CODE_NAME = "accord:event";
export const EVENT_CODES = [
  "NEW_ROUTE",
  "ROUTE_SHIFT",
  "SURGE",
  "NEW_MODUS_OPERANDI",
  "DOCUMENT_FRAUD_PATTERN",
  "SMUGGLING_NETWORK",
  "THB_RECRUITMENT",
  "DISTRESS_LOSS_OF_LIFE",
  "DIGITAL_FACILITATION",
] as const;

export const GEOCODES: Readonly<Record<string, { is: RegExp; says: string }>> = {
  "ISO3166-1": { is: /^[A-Z]{3}$/, says: "Write three letters, HUN." },
  "ISO3166-2": { is: /^[A-Z]{2}-[A-Z0-9]{1,3}$/, says: "Write HU-CS." },
  "accord:border-section": { is: /^[A-Z]{3}-[A-Z]{3}$/, says: "Write IRN-TUR." },
};
