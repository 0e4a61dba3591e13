import { ALERT, type Element, isStructure, NAMESPACE, SIGNATURES } from "./elements";
import { simpleFault, simpleText } from "./simple";
import { parseXml, type XmlElement, XmlError } from "./xml";

/** What an element of the table became: text, or elements of its own, by name. */
export interface Read {
  [name: string]: (string | Read)[];
}

/** A file by the schema: what it says, and its signatures as they are written, of which none has been verified. */
export interface CapFile {
  read: Read;
  signatures: string[];
}

/** Everything that is wrong with a file by the schema, each with its place. */
export class CapError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join(" "));
  }
}

export const MOST_BYTES = 60_000;
const MOST_FAULTS = 20;
const INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
const NAMESPACES = "http://www.w3.org/2000/xmlns/";

type Say = (message: string) => void;

/**
 * A CAP 1.2 file by the rules of its schema: elements known and of CAP's namespace, in order, as often as allowed, each of its
 * type. What is left empty is left out, as far as it is text.
 * @throws CapError with all that is wrong.
 */
export function readCapFile(xml: string): CapFile {
  const root = parse(xml);
  if (root.namespace !== NAMESPACE || root.name !== "alert")
    throw new CapError([`The root is not an \`alert\` of ${NAMESPACE}.`]);
  const faults: string[] = [];
  const signatures: XmlElement[] = [];
  const children = elementsOf(root, "alert", (fault) => faults.push(fault));
  while (children.at(-1)?.namespace === SIGNATURES)
    signatures.unshift(children.pop() as XmlElement);
  attributeFaults(root, "alert", (fault) => faults.push(fault));
  const read = readElements(ALERT, children, "alert", (fault) => faults.push(fault));
  if (faults.length > 0) throw new CapError(faults.slice(0, MOST_FAULTS));
  return { read, signatures: signatures.map(({ start, end }) => xml.slice(start, end)) };
}

/** The same without what is said beside the message. */
export function readCap(xml: string): Read {
  return readCapFile(xml).read;
}

function parse(xml: string): XmlElement {
  if (Buffer.byteLength(xml) > MOST_BYTES)
    throw new CapError([`The file is larger than ${MOST_BYTES} bytes.`]);
  try {
    return parseXml(xml);
  } catch (error) {
    if (error instanceof XmlError) throw new CapError([error.message]);
    throw error;
  }
}

function readElements(
  elements: readonly Element[],
  nodes: readonly XmlElement[],
  path: string,
  say: Say,
): Read {
  const read: Read = {};
  const seen = new Map<string, number>();
  let at = 0;
  for (const node of nodes) {
    if (node.namespace !== NAMESPACE) {
      say(`${path} holds \`${node.name}\`, which is not of CAP's namespace.`);
      continue;
    }
    const { name } = node;
    const index = elements.findIndex((element) => element.name === name);
    const element = elements[index];
    if (element === undefined) {
      say(`${path}.${name} is no element of CAP 1.2 there.`);
      continue;
    }
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    if (count === 2 && !isMany(element)) say(`${path}.${name} stands twice.`);
    if (index < at) say(`${path}.${name} stands after what it should stand before.`);
    at = Math.max(at, index);
    const one = readOne(
      element,
      node,
      count > 1 ? `${path}.${name}[${count}]` : `${path}.${name}`,
      say,
    );
    if (one !== null) read[name] = [...(read[name] ?? []), one];
  }
  for (const { name, occurs } of elements)
    if ((occurs === undefined || occurs === "some") && !seen.has(name))
      say(`${path}.${name} is missing.`);
  return read;
}

function isMany({ occurs }: Element): boolean {
  return occurs === "many" || occurs === "some";
}

/** Null where it says nothing: by the schema an optional text may be empty, and `language` then has its default. */
function readOne(
  { kind, occurs }: Element,
  node: XmlElement,
  path: string,
  say: Say,
): string | Read | null {
  attributeFaults(node, path, say);
  if (isStructure(kind)) return readElements(kind, elementsOf(node, path, say), path, say);
  const inner = node.children.find((child) => typeof child !== "string");
  if (inner !== undefined) {
    say(`${path} holds elements where it takes text.`);
    return null;
  }
  const text = simpleText(kind, node.children.join(""));
  const isOptional = occurs === "optional" || occurs === "many";
  if (
    isOptional &&
    text.trim() === "" &&
    (kind === "text" || kind === "address" || kind === "language")
  )
    return null;
  const fault = simpleFault(kind, text);
  if (fault !== null) say(`${path} ${fault}`);
  return text;
}

function elementsOf(node: XmlElement, path: string, say: Say): XmlElement[] {
  const isText = (child: XmlElement | string) => typeof child === "string" && child.trim() !== "";
  if (node.children.some(isText)) say(`${path} holds text between its elements.`);
  return node.children.filter((child) => typeof child !== "string");
}

/** The schema has none; where a file says which schema it follows is every file's to say. */
function attributeFaults(node: XmlElement, path: string, say: Say): void {
  for (const { uri, local, name } of node.attributes) {
    if (uri === NAMESPACES || name === "xmlns") continue;
    if (uri === INSTANCE && /^(noNamespaceS|s)chemaLocation$/.test(local)) continue;
    say(`${path} has the attribute \`${name}\`, which CAP 1.2 does not have.`);
  }
}
