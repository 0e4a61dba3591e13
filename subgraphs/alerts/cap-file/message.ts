import type { Body } from "../messages/alert.rules";
import type { CapArea, CapInfo, CapResource, CapValue, MsgType } from "../messages/cap";
import type { Read } from "./read";
import { codesToExtras, splitWords, wordsToAddresses } from "./words";

/** A file in the words of this subgraph. */
export type CapMessage = Omit<Body, "tlp"> & {
  tlp: Body["tlp"] | undefined;
  msgType: MsgType;
  /** Whoever it says has sent it: one of us, or a system of one of us by a name of its own. */
  sender: string;
  references: string[];
  /** Null where the file names none. */
  addresses: { partners: string[]; groups: string[]; persons: string[] } | null;
};

/** From what the elements of the table became; each is there and of its kind, or reading had failed. */
export function toMessage(read: Read): CapMessage {
  const { code, ...extras } = codesToExtras(texts(read, "code"));
  const addresses = text(read, "addresses");
  return {
    ...extras,
    code,
    status: text(read, "status") as Body["status"],
    msgType: text(read, "msgType") as MsgType,
    sender: text(read, "sender") ?? "",
    source: text(read, "source"),
    scope: text(read, "scope") as Body["scope"],
    restriction: text(read, "restriction"),
    addresses: addresses === null ? null : wordsToAddresses(splitWords(addresses)),
    note: text(read, "note"),
    references: (text(read, "references") ?? "").split(/\s+/).filter((one) => one !== ""),
    incidents: splitWords(text(read, "incidents") ?? ""),
    info: parts(read, "info").map(toInfo),
  };
}

function toInfo(read: Read): CapInfo {
  return {
    language: text(read, "language") ?? "en-US",
    category: texts(read, "category") as CapInfo["category"],
    event: text(read, "event") ?? "",
    responseType: texts(read, "responseType") as CapInfo["responseType"],
    urgency: text(read, "urgency") as CapInfo["urgency"],
    severity: text(read, "severity") as CapInfo["severity"],
    certainty: text(read, "certainty") as CapInfo["certainty"],
    audience: text(read, "audience"),
    eventCode: parts(read, "eventCode").map(toValue),
    effective: time(read, "effective"),
    onset: time(read, "onset"),
    expires: time(read, "expires") ?? "",
    senderName: text(read, "senderName"),
    headline: text(read, "headline"),
    description: text(read, "description"),
    instruction: text(read, "instruction"),
    web: text(read, "web"),
    contact: text(read, "contact"),
    parameter: parts(read, "parameter").map(toValue),
    resource: parts(read, "resource").map(toResource),
    area: parts(read, "area").map(toArea),
  };
}

function toValue(read: Read): CapValue {
  return { valueName: text(read, "valueName") ?? "", value: text(read, "value") ?? "" };
}

function toResource(read: Read): CapResource {
  const size = text(read, "size");
  return {
    resourceDesc: text(read, "resourceDesc") ?? "",
    mimeType: text(read, "mimeType") ?? "",
    size: size === null ? null : Number(size),
    uri: text(read, "uri"),
    digest: text(read, "digest"),
  };
}

function toArea(read: Read): CapArea {
  return {
    areaDesc: text(read, "areaDesc") ?? "",
    polygon: texts(read, "polygon"),
    circle: texts(read, "circle"),
    geocode: parts(read, "geocode").map(toValue),
  };
}

function texts(read: Read, name: string): string[] {
  return (read[name] ?? []).filter((one) => typeof one === "string");
}

function text(read: Read, name: string): string | null {
  return texts(read, name)[0] ?? null;
}

function parts(read: Read, name: string): Read[] {
  return (read[name] ?? []).filter((one): one is Read => typeof one !== "string");
}

/** In UTC, as everything here is stored. */
function time(read: Read, name: string): string | null {
  const written = text(read, name);
  return written === null ? null : new Date(written).toISOString();
}
