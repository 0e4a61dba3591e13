import { XMLBuilder } from "fast-xml-parser";
import type { Alert } from "../messages/alert.type";
import { ALERT, type Element, isStructure, NAMESPACE } from "./elements";
import { extrasToCodes, joinWords } from "./words";

/** A value, a list of them, or an object whose elements the table knows. */
type Value =
  | string
  | number
  | Date
  | null
  | undefined
  | readonly Value[]
  | { readonly [name: string]: Value };
type Node = Record<string, unknown>;

const builder = new XMLBuilder({
  preserveOrder: true,
  format: true,
  indentBy: "  ",
  ignoreAttributes: false,
});

/** A message as a CAP 1.2 file. As its reader may see it: the addresses are those that it is shown. */
export function writeCap(alert: Alert): string {
  const children = toNodes(ALERT, toFile(alert));
  const tree = [
    { "?xml": [{ "#text": "" }], ":@": { "@_version": "1.0", "@_encoding": "UTF-8" } },
    { alert: children, ":@": { "@_xmlns": NAMESPACE } },
  ];
  return String(builder.build(tree)).trim();
}

function toFile(alert: Alert): Record<string, Value> {
  const { addresses, marking, evaluation, handlingNote, acknowledgeWithin } = alert;
  const extras = {
    label: marking.label,
    handling: [...marking.handling],
    handlingNote: handlingNote ?? undefined,
    evaluation: evaluation ?? undefined,
    acknowledgeWithin: acknowledgeWithin ?? undefined,
  };
  const groups = addresses.groups.map((group) => `group:${group}`);
  return {
    ...(alert as unknown as Record<string, Value>),
    ...(alert.origin && {
      sender: alert.origin.sender,
      identifier: alert.origin.identifier,
      sent: alert.origin.sent,
    }),
    addresses: joinWords([...addresses.partners, ...groups, ...addresses.persons]),
    code: [...extrasToCodes(extras), ...alert.code],
    references: alert.references
      .map(({ sender, identifier, sent }) => `${sender},${identifier},${capTime(sent)}`)
      .join(" "),
    incidents: joinWords(alert.incidents),
  };
}

/** The elements in the order of the standard, whatever the order of the object. What is empty is left out. */
function toNodes(elements: readonly Element[], values: Readonly<Record<string, Value>>): Node[] {
  return elements.flatMap(({ name, kind, occurs }) => {
    const value = values[name];
    const list = (Array.isArray(value) ? value : [value]) as readonly Value[];
    return list
      .filter((one) => one !== null && one !== undefined && (one !== "" || occurs === undefined))
      .map((one) => {
        if (isStructure(kind)) return { [name]: toNodes(kind, one as Record<string, Value>) };
        return { [name]: [{ "#text": one instanceof Date ? capTime(one) : plain(String(one)) }] };
      });
  });
}

/** Without milliseconds and without `Z`, which the schema refuses; UTC is written `-00:00`. */
export function capTime(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}-00:00`;
}

/** What every XML reader makes of line ends anyway. */
function plain(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}
