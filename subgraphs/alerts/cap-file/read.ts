import { XMLParser, XMLValidator } from "fast-xml-parser";
import { ALERT, type Element, isStructure, NAMESPACE, NOT_CARRIED } from "./elements";

/** What an element of the table became: text, or elements of its own, by name. */
export interface Read {
  [name: string]: (string | Read)[];
}

export class CapError extends Error {}

export const MOST_BYTES = 60_000;

/** As the parser hands an element over, in the order of the file. */
type Node = Record<string, unknown>;

const CDATA = "#cdata";

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false, // see `decoded`
  cdataPropName: CDATA,
});

/**
 * A CAP 1.2 file by the rules of its schema: elements known, in order, as often as allowed, each of its kind. A document type
 * is refused before anything is parsed, and with it every entity that could reach outside or grow.
 * @throws CapError that says where and what.
 */
export function readCap(xml: string): Read {
  if (Buffer.byteLength(xml) > MOST_BYTES)
    throw new CapError(`The file is larger than ${MOST_BYTES} bytes.`);
  if (/<!(?!\[CDATA\[|--)/i.test(xml))
    throw new CapError("The file has a document type or entities of its own. Leave them out.");
  const valid = XMLValidator.validate(xml);
  if (valid !== true)
    throw new CapError(`The file is not XML: ${valid.err.msg} (line ${valid.err.line}).`);
  const roots = (parser.parse(xml) as Node[]).filter(
    (node) => !nameOf(node).startsWith("?") && !isBlank(node),
  );
  const [root] = roots;
  if (!root || roots.length > 1) throw new CapError("The file is no single CAP message.");
  return readElements(ALERT, childrenOf(root), prefixOf(root), "alert");
}

/** The prefix under which the file has CAP's namespace; none where it is the default one. */
function prefixOf(root: Node): string {
  const [, prefix = "", local] = /^(?:([^:]+):)?(.+)$/.exec(nameOf(root)) ?? [];
  const attributes = (root[":@"] ?? {}) as Record<string, string>;
  const namespace = attributes[prefix === "" ? "@_xmlns" : `@_xmlns:${prefix}`];
  if (local === "alert" && namespace === NAMESPACE) return prefix === "" ? "" : `${prefix}:`;
  throw new CapError(`The root is not an \`alert\` of ${NAMESPACE}.`);
}

function readElements(
  elements: readonly Element[],
  nodes: readonly Node[],
  prefix: string,
  path: string,
): Read {
  const read: Read = {};
  let at = 0;
  for (const node of nodes) {
    if (isBlank(node)) continue;
    const name = localName(node, prefix, path);
    const found = elements.findIndex((element, index) => index >= at && element.name === name);
    const element = elements[found];
    if (element === undefined) throw new CapError(misplaced(elements, name, path));
    const known = read[name] ?? [];
    if (known.length > 0 && !isMany(element)) throw new CapError(`${path}.${name} stands twice.`);
    read[name] = [...known, readOne(element, node, prefix, `${path}.${name}`)];
    at = found;
  }
  const missing = elements.find(
    ({ name, occurs }) => (occurs === undefined || occurs === "some") && !read[name],
  );
  if (missing) throw new CapError(`${path}.${missing.name} is missing.`);
  return read;
}

function misplaced(elements: readonly Element[], name: string, path: string): string {
  if (NOT_CARRIED.includes(name))
    return `${path}.${name} is not carried by this exchange. Leave it out.`;
  const known = elements.some((element) => element.name === name);
  return known
    ? `${path}.${name} stands after what it should stand before.`
    : `${path}.${name} is no element of CAP 1.2 there.`;
}

function isMany({ occurs }: Element): boolean {
  return occurs === "many" || occurs === "some";
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$/;

function readOne({ kind }: Element, node: Node, prefix: string, path: string): string | Read {
  if (isStructure(kind)) return readElements(kind, childrenOf(node), prefix, path);
  const text = textOf(node, path);
  if (kind === "time" && !(TIME.test(text) && !Number.isNaN(Date.parse(text))))
    throw new CapError(
      `${path} is not a CAP time such as 2026-12-31T00:00:00-00:00 (no \`Z\`, no milliseconds).`,
    );
  if (kind === "number" && !/^\d{1,15}$/.test(text))
    throw new CapError(`${path} is no whole number.`);
  if (Array.isArray(kind) && !kind.includes(text as never))
    throw new CapError(`${path} is "${text.slice(0, 40)}", none of ${kind.join(", ")}.`);
  return text;
}

function textOf(node: Node, path: string): string {
  const parts = childrenOf(node);
  return parts
    .map((part) => {
      if (nameOf(part) === "#text") return decoded(String(part["#text"]), path);
      if (nameOf(part) === CDATA)
        return childrenOf(part)
          .map((one) => String(one["#text"]))
          .join("");
      throw new CapError(`${path} holds elements where it takes text.`);
    })
    .join("");
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
      if (code >= 9 && code <= 0x10ffff) return String.fromCodePoint(code);
      throw new CapError(`${path} holds "${found}", which XML does not know.`);
    },
  );
}

function localName(node: Node, prefix: string, path: string): string {
  const name = nameOf(node);
  if (name === "#text") throw new CapError(`${path} holds text between its elements.`);
  if (!name.startsWith(prefix))
    throw new CapError(`${path} holds \`${name}\`, which is not of CAP's namespace.`);
  return name.slice(prefix.length);
}

function nameOf(node: Node): string {
  return Object.keys(node).find((key) => key !== ":@") ?? "";
}

function childrenOf(node: Node): Node[] {
  return node[nameOf(node)] as Node[];
}

function isBlank(node: Node): boolean {
  return nameOf(node) === "#text" && String(node["#text"]).trim() === "";
}
