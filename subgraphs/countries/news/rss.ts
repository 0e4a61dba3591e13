import { createHash } from "node:crypto";
import { decodeHTMLStrict } from "entities";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { plainText } from "./plain-text";
import { parseRfc822 } from "./rfc-822";

/** An item of a feed, as it is kept: text, and no markup. */
export interface FeedItem {
  guid: string;
  title: string;
  summary: string;
  link: string | null;
  /** Null where the feed gives none. */
  publishedAt: Date | null;
}

/** An item that is not taken: its place in the file, counted from 1, what it is called, and why. */
export interface LeftOut {
  item: number;
  title: string;
  reason: string;
}

export interface Feed {
  channel: string;
  /** Digest of what names the feed: its own address, or that of its site with its title. */
  feed: string;
  items: (FeedItem & { item: number })[];
  leftOut: LeftOut[];
}

export class RssError extends Error {}

export const MOST_BYTES = 2_000_000;
const LONGEST = { guid: 500, title: 500, summary: 20_000, link: 1_000 } as const;

/** As the parser hands an element over, in the order of the file: its name, and its children or its text. */
type Node = Record<string, unknown>;

const TEXT = "#text";
const CDATA = "#cdata";

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false, // XML's own are decoded below, others refused: see `decoded`
  cdataPropName: CDATA,
});

/**
 * An RSS 2.0 file. A document type is refused before anything is parsed, and with it every entity that could reach outside or
 * grow; elements of other namespaces are passed over. An item needs a title or a description, as RSS 2.0 says, and nothing else;
 * one that cannot be read is left out, and it is said why.
 * @throws RssError where the file as a whole cannot be read; it says where and what.
 */
export function readRss(xml: string): Feed {
  if (Buffer.byteLength(xml) > MOST_BYTES)
    throw new RssError(
      `The file is larger than ${MOST_BYTES} bytes. Import its newest items first.`,
    );
  if (/<!(?!\[CDATA\[|--)/i.test(xml))
    throw new RssError("The file has a document type or entities of its own. Leave them out.");
  const valid = XMLValidator.validate(xml);
  if (valid !== true)
    throw new RssError(`The file is not XML: ${valid.err.msg} (line ${valid.err.line}).`);
  const rss = single(parser.parse(xml) as Node[], "rss", "The file");
  if ((rss[":@"] as Node | undefined)?.["@_version"] !== "2.0")
    throw new RssError("The root is not `rss` of version 2.0.");
  const channel = childrenOf(single(childrenOf(rss, "rss"), "channel", "rss"), "channel");
  const title = plainText(textOf(channel, "title", "channel") ?? "");
  if (title === "") throw new RssError("channel.title is missing.");
  if (title.length > LONGEST.title)
    throw new RssError(`channel.title is longer than ${LONGEST.title} characters.`);
  const items: Feed["items"] = [];
  const leftOut: LeftOut[] = [];
  named(channel, "item").forEach((node, at) => {
    const item = childrenOf(node, "item");
    try {
      items.push({ ...readItem(item, at), item: at + 1 });
    } catch (error) {
      if (!(error instanceof RssError)) throw error;
      leftOut.push({ item: at + 1, title: titleOf(item), reason: error.message });
    }
  });
  return { channel: title, feed: feedOf(channel, title), items, leftOut };
}

function digest(...parts: readonly (string | null)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** By its title and the address of its site: that of the file is written in few feeds, and changes with the server. */
function feedOf(channel: Node[], title: string): string {
  return digest(title, textOf(channel, "link", "channel"));
}

/** For whoever looks for it in the file; empty where it has none that can be read. */
function titleOf(item: Node[]): string {
  try {
    return plainText(textOf(item, "title", "item") ?? "").slice(0, 100);
  } catch {
    return "";
  }
}

function readItem(item: Node[], at: number): FeedItem {
  const path = `item ${at + 1}`;
  const [title, description, written, link] = ["title", "description", "pubDate", "link"].map(
    (name) => textOf(item, name, path) || null,
  ) as [string | null, string | null, string | null, string | null];
  if (!title && !description) throw new RssError(`${path} has neither title nor description.`);
  const publishedAt = written === null ? null : parseRfc822(written);
  if (written !== null && publishedAt === null)
    throw new RssError(
      `${path}.pubDate is no date of RFC 822 such as Thu, 21 Mar 2019 12:57:30 +0100.`,
    );
  if (link && !isWebAddress(link))
    throw new RssError(`${path}.link is no address of http or https.`);
  const guid = textOf(item, "guid", path) || link || digest(title, description, written);
  const summary = plainText(description ?? "");
  return checked(path, {
    guid,
    summary,
    link,
    publishedAt,
    title: plainText(title ?? "") || summary.slice(0, 100),
  });
}

function checked(path: string, item: FeedItem): FeedItem {
  for (const [name, most] of Object.entries(LONGEST)) {
    const text = item[name as keyof typeof LONGEST] ?? "";
    if (text.length > most)
      throw new RssError(`${path}.${name} is longer than ${most} characters.`);
    if (UNWRITABLE.test(text))
      throw new RssError(`${path}.${name} holds characters that no file can carry.`);
  }
  return item;
}

/** Controls and halves of characters: a database would refuse or change them. */
const UNWRITABLE = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u;

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}

function childrenOf(node: Node, name: string): Node[] {
  return node[name] as Node[];
}

function named(nodes: readonly Node[], name: string): Node[] {
  return nodes.filter((node) => Object.hasOwn(node, name));
}

function single(nodes: readonly Node[], name: string, path: string): Node {
  const [found, ...more] = named(nodes, name);
  if (found === undefined || more.length > 0)
    throw new RssError(`${path} does not have one \`${name}\`.`);
  return found;
}

/** Null where there is no such element. Text in CDATA is as it is; elsewhere XML's entities are decoded, once. */
function textOf(nodes: readonly Node[], name: string, within: string): string | null {
  const path = `${within}.${name}`;
  const [found, ...more] = named(nodes, name);
  if (more.length > 0) throw new RssError(`${path} stands twice.`);
  if (found === undefined) return null;
  const parts = childrenOf(found, name).map((part) => {
    if (Object.hasOwn(part, TEXT)) return decoded(String(part[TEXT]), path);
    if (Object.hasOwn(part, CDATA))
      return childrenOf(part, CDATA)
        .map((one) => String(one[TEXT]))
        .join("");
    throw new RssError(`${path} holds elements where it takes text. Write HTML as CDATA.`);
  });
  return parts.join("").trim();
}

/** Entities of XML, those of HTML that feeds write all the same, and characters by number; each once, so that no text becomes another entity. */
function decoded(text: string, path: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|\w{1,31});|&/gi, (found, hex, decimal) => {
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal ?? Number.NaN);
    if (code >= 9 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff))
      return String.fromCodePoint(code);
    const known = Number.isNaN(code) ? decodeHTMLStrict(found) : found;
    if (known !== found) return known;
    throw new RssError(`${path} holds "${found}", which XML does not know. Write HTML as CDATA.`);
  });
}
