import { codeFault, textFault } from "../../../shared/free-text.rules";
import type { Body } from "./alert.rules";
import type { CapInfo } from "./cap";

type Path = readonly (string | number)[];
interface Text {
  path: Path;
  text: string;
  /** One word, as CAP wants codes and names. */
  word?: boolean;
  /** A code of the list that is named so. */
  list?: string;
}

/** Every piece of free text: its length, what cannot be written, and what looks like a person's record. */
export function textFaults(body: Body): { path: Path; message: string }[] {
  return textsOf(body).flatMap(({ path, text, word, list }) => {
    if (list !== undefined) {
      const found = codeFault(list, text);
      return found === null ? [] : [{ path, message: found }];
    }
    const message =
      word && /[\s,<&"]/.test(text) ? "takes no spaces, commas, quotes, < or &." : textFault(text);
    return message === null ? [] : [{ path, message }];
  });
}

function textsOf(body: Body): Text[] {
  const { source, restriction, note, handlingNote } = body;
  const single = Object.entries({ source, restriction, note, handlingNote });
  return [
    ...single.flatMap(([name, text]) => (text == null ? [] : [{ path: [name], text }])),
    ...body.code.map((text, at) => ({ path: ["code", at], text, word: true })),
    ...body.incidents.map((text, at) => ({ path: ["incidents", at], text, word: true })),
    ...body.info.flatMap((info, at) =>
      infoTexts(info).map((one) => ({ ...one, path: ["info", at, ...one.path] })),
    ),
  ];
}

function infoTexts(info: CapInfo): Text[] {
  const { event, audience, senderName, headline, description, instruction, contact } = info;
  const single = Object.entries({
    event,
    audience,
    senderName,
    headline,
    description,
    instruction,
    contact,
  });
  const pairs = (name: "eventCode" | "parameter") =>
    info[name].flatMap(({ valueName, value }, at) => [
      { path: [name, at, "valueName"], text: valueName },
      // CAP's systems write names without a value.
      ...(value === "" ? [] : [{ path: [name, at, "value"], text: value }]),
    ]);
  return [
    ...single.flatMap(([name, text]) => (text == null ? [] : [{ path: [name], text }])),
    ...pairs("eventCode"),
    ...pairs("parameter"),
    ...info.resource.map(({ resourceDesc: text }, at) => ({
      path: ["resource", at, "resourceDesc"],
      text,
    })),
    ...info.area.flatMap(({ areaDesc, geocode }, at) => [
      { path: ["area", at, "areaDesc"], text: areaDesc },
      ...geocode.map(({ valueName, value }, code) => ({
        path: ["area", at, "geocode", code, "value"],
        text: value,
        list: valueName,
      })),
      ...geocode.map(({ valueName }, code) => ({
        path: ["area", at, "geocode", code, "valueName"],
        text: valueName,
      })),
    ]),
  ];
}
