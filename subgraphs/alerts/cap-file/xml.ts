import { type SaxesAttributeNS, SaxesParser } from "saxes";

/** An element with the namespace that holds for it; names without a prefix. */
export interface XmlElement {
  namespace: string;
  name: string;
  attributes: readonly SaxesAttributeNS[];
  children: (XmlElement | string)[];
  /** Where it stands in the file, in UTF-16 units. */
  start: number;
  end: number;
}

export class XmlError extends Error {}

/** Controls that nobody means, and what XML 1.0 does not have: a half of a surrogate pair, and two that are no characters. */
const UNWRITABLE = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/u;

/**
 * The root of a well-formed file, namespaces resolved. A document type is refused, and with it every entity that could reach
 * outside or grow.
 * @throws XmlError that says what and in which line.
 */
export function parseXml(xml: string): XmlElement {
  if (UNWRITABLE.test(xml))
    throw new XmlError("The file is not XML: it holds characters that XML does not have.");
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  parser.on("error", (error) => {
    throw new XmlError(
      `The file is not XML: ${error.message.replace(/^(\d{1,9}):\d{1,9}: /, "line $1: ")}.`,
    );
  });
  parser.on("doctype", () => {
    throw new XmlError("The file has a document type or entities of its own. Leave them out.");
  });
  parser.on("opentag", ({ uri, local, attributes }) => {
    const start = xml.lastIndexOf("<", parser.position - 1);
    const element: XmlElement = {
      namespace: uri,
      name: local,
      attributes: Object.values(attributes),
      children: [],
      start,
      end: start,
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("closetag", () => {
    const element = open.pop();
    if (element) element.end = parser.position;
  });
  const take = (text: string) => void open.at(-1)?.children.push(text);
  parser.on("text", take);
  parser.on("cdata", take);
  parser.write(xml).close();
  if (root === undefined) throw new XmlError("The file is not XML: it has no element.");
  return root;
}
