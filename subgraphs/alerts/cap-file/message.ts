import type { Body } from "../messages/alert.rules";
import type { CapArea, CapInfo, CapResource, CapValue, MsgType } from "../messages/cap";
import { tidyPoints } from "../messages/info.rules";
import type { Read } from "./read";
import { simpleFault } from "./simple";
import { codesToExtras, splitWords, wordsToAddresses } from "./words";

/** By what CAP knows a message: all three together. `sent` as ISO text of UTC. */
export interface Triplet {
  sender: string;
  identifier: string;
  sent: string;
}

/** A file in the words of this subgraph. */
export type CapMessage = Omit<Body, "tlp"> & {
  tlp: Body["tlp"] | undefined;
  /** What is wrong with the codes that are ours. */
  codeFaults: string[];
  msgType: MsgType;
  /** Who it says has sent it: one of us, or a system of one of us by a name of its own. */
  origin: Triplet;
  /** As they are written; `toTriplet` reads one. */
  references: string[];
  /** Null where the file names none. */
  addresses: { partners: string[]; groups: string[]; persons: string[] } | null;
};

/** From what the elements of the table became; each is there and of its kind, or reading had failed. */
export function toMessage(read: Read): CapMessage {
  const { code, ...extras } = codesToExtras(texts(read, "code").map((one) => one.trim()));
  const addresses = text(read, "addresses");
  return {
    ...extras,
    code,
    status: text(read, "status") as Body["status"],
    msgType: text(read, "msgType") as MsgType,
    origin: {
      sender: (text(read, "sender") ?? "").trim(),
      identifier: (text(read, "identifier") ?? "").trim(),
      sent: time(read, "sent") ?? "",
    },
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

/** `sender,identifier,sent` of a reference; null where it is not of that form. */
export function toTriplet(reference: string): Triplet | null {
  const parts = reference.split(",");
  const [sender = "", identifier = "", sent = ""] = parts;
  if (parts.length !== 3 || sender === "" || identifier === "") return null;
  if (simpleFault("time", sent) !== null) return null;
  return { sender, identifier, sent: new Date(sent).toISOString() };
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
    mimeType: (text(read, "mimeType") ?? "").trim(),
    size: size === null ? null : Number(size),
    uri: text(read, "uri"),
    digest: text(read, "digest")?.trim() ?? null,
    ...(text(read, "derefUri") !== null && { derefUri: text(read, "derefUri") }),
  };
}

function toArea(read: Read): CapArea {
  return {
    areaDesc: text(read, "areaDesc") ?? "",
    polygon: texts(read, "polygon").map(tidyPoints),
    circle: texts(read, "circle").map(tidyPoints),
    geocode: parts(read, "geocode").map(toValue),
    ...decimal(read, "altitude"),
    ...decimal(read, "ceiling"),
  };
}

function decimal(read: Read, name: "altitude" | "ceiling"): Partial<CapArea> {
  const written = text(read, name);
  return written === null ? {} : { [name]: Number(written) };
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
