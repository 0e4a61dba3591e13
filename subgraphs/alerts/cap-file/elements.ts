import * as cap from "../messages/cap";

/**
 * The order, number and kind of the elements of CAP 1.2, as its schema has them: one table for who writes and who reads.
 * `info`, `resource` and the like hold elements of their own.
 */
export type Kind = Simple | readonly string[] | readonly Element[];
/** Types of XML Schema. White space around a `text` belongs to it; around the others it means nothing. */
export type Simple = "text" | "time" | "number" | "decimal" | "language" | "address";
export interface Element {
  name: string;
  /** Left out: exactly one. */
  occurs?: "optional" | "many" | "some";
  kind: Kind;
}

export const NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2";
/** Whatever of it stands after the last `info` is valid. */
export const SIGNATURES = "http://www.w3.org/2000/09/xmldsig#";

const element = (name: string, kind: Kind = "text", occurs?: Element["occurs"]): Element => ({
  name,
  kind,
  ...(occurs && { occurs }),
});

const PAIR = [element("valueName"), element("value")];

const RESOURCE = [
  element("resourceDesc"),
  element("mimeType"),
  element("size", "number", "optional"),
  element("uri", "address", "optional"),
  element("derefUri", "text", "optional"),
  element("digest", "text", "optional"),
];

const AREA = [
  element("areaDesc"),
  element("polygon", "text", "many"),
  element("circle", "text", "many"),
  element("geocode", PAIR, "many"),
  element("altitude", "decimal", "optional"),
  element("ceiling", "decimal", "optional"),
];

const INFO = [
  element("language", "language", "optional"),
  element("category", cap.CATEGORIES, "some"),
  element("event"),
  element("responseType", cap.RESPONSE_TYPES, "many"),
  element("urgency", cap.URGENCIES),
  element("severity", cap.SEVERITIES),
  element("certainty", cap.CERTAINTIES),
  element("audience", "text", "optional"),
  element("eventCode", PAIR, "many"),
  element("effective", "time", "optional"),
  element("onset", "time", "optional"),
  element("expires", "time", "optional"),
  element("senderName", "text", "optional"),
  element("headline", "text", "optional"),
  element("description", "text", "optional"),
  element("instruction", "text", "optional"),
  element("web", "address", "optional"),
  element("contact", "text", "optional"),
  element("parameter", PAIR, "many"),
  element("resource", RESOURCE, "many"),
  element("area", AREA, "many"),
];

export const ALERT: readonly Element[] = [
  element("identifier"),
  element("sender"),
  element("sent", "time"),
  element("status", cap.STATUSES),
  element("msgType", cap.MSG_TYPES),
  element("source", "text", "optional"),
  element("scope", cap.SCOPES),
  element("restriction", "text", "optional"),
  element("addresses", "text", "optional"),
  element("code", "text", "many"),
  element("note", "text", "optional"),
  element("references", "text", "optional"),
  element("incidents", "text", "optional"),
  element("info", INFO, "many"),
];

export function isStructure(kind: Kind): kind is readonly Element[] {
  return Array.isArray(kind) && typeof kind[0] === "object";
}
