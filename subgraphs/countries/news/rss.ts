import { XMLParser, XMLValidator } from "fast-xml-parser";
import { plainText } from "./plain-text";
import { parseRfc822 } from "./rfc-822";

/** An item of a feed, as it is kept: text, and no markup. */
export interface FeedItem {
  guid: string;
  title: string;
  summary: string;
  link: string | null;
  publishedAt: Date;
}

export interface Feed {
  channel: string;
  items: FeedItem[];
}

export class RssError extends Error {}

export const MOST_BYTES = 60_000;
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
 * grow; elements of other namespaces are passed over. An item needs a title or a description, and a date.
 * @throws RssError that says where and what.
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
  const items = named(channel, "item").map((node) => childrenOf(node, "item"));
  if (items.length === 0) throw new RssError("The channel has no item.");
  return { channel: title.slice(0, LONGEST.title), items: items.map(readItem) };
}

function readItem(item: Node[], at: number): FeedItem {
  const path = `item ${at + 1}`;
  const [title, description, written, link] = ["title", "description", "pubDate", "link"].map(
    (name) => textOf(item, name, path),
  );
  if (!title && !description) throw new RssError(`${path} has neither title nor description.`);
  const publishedAt = written === null || written === undefined ? null : parseRfc822(written);
  if (publishedAt === null)
    throw new RssError(
      `${path}.pubDate is no date of RFC 822 such as Thu, 21 Mar 2019 12:57:30 +0100.`,
    );
  if (link && !isWebAddress(link))
    throw new RssError(`${path}.link is no address of http or https.`);
  const guid = textOf(item, "guid", path) || link;
  if (!guid)
    throw new RssError(`${path} has neither guid nor link, so nobody would know it again.`);
  const summary = plainText(description ?? "");
  return checked(path, {
    guid,
    summary,
    link: link || null,
    publishedAt,
    title: plainText(title ?? "") || summary.slice(0, 100),
  });
}

function checked(path: string, item: FeedItem): FeedItem {
  for (const [name, most] of Object.entries(LONGEST))
    if ((item[name as keyof typeof LONGEST]?.length ?? 0) > most)
      throw new RssError(`${path}.${name} is longer than ${most} characters.`);
  return item;
}

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

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** The five entities that XML knows by itself, and characters by number; each once, so that no text becomes another entity. */
function decoded(text: string, path: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));|&/gi,
    (found, hex, decimal, name) => {
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal ?? Number.NaN);
      const known = name !== undefined && Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
      if (known !== undefined) return known;
      if (code >= 9 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff))
        return String.fromCodePoint(code);
      throw new RssError(`${path} holds "${found}", which XML does not know. Write HTML as CDATA.`);
    },
  );
}
