import { GraphQLDateTime } from "graphql-scalars";
import { type CapArea, type CapInfo, EVENT_CODE_NAME, EVENT_CODES, GEOCODES } from "./cap";

interface Found {
  path: readonly (string | number)[];
  message: string;
}

/** What is wrong with one block of info, apart from its free text. */
export function infoFaults(info: CapInfo, now: Date): Found[] {
  const faults: Found[] = [];
  const say = (path: readonly (string | number)[], message: string) =>
    faults.push({ path, message });
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(info.language))
    say(["language"], "is not a language tag such as en-US.");
  if (!info.category.includes("Security") && !info.category.includes("Rescue"))
    say(
      ["category"],
      "This exchange warns of Security, and of Rescue where lives are at risk. Name one of them.",
    );
  const ours = info.eventCode.flatMap(({ valueName, value }) =>
    valueName === EVENT_CODE_NAME ? [value] : [],
  );
  if (ours.length === 0 || !ours.every(isEventCode))
    say(["eventCode"], `Give under "${EVENT_CODE_NAME}" one of ${EVENT_CODES.join(", ")}.`);
  for (const name of ["effective", "onset", "expires"] as const) {
    const text = info[name];
    if (text != null && !isInstant(text))
      say([name], `"${text}" is not a date and time. Write 2026-12-31T00:00:00Z.`);
  }
  if (isInstant(info.expires) && Date.parse(info.expires) <= now.getTime())
    say(["expires"], "lies in the past. A warning says until when it holds: name a later time.");
  if (isInstant(info.expires) && Date.parse(info.expires) > now.getTime() + LONGEST)
    say(["expires"], "lies more than a year ahead. Warn for less, and update.");
  if (
    info.onset != null &&
    isInstant(info.onset) &&
    Date.parse(info.onset) > Date.parse(info.expires)
  )
    say(["onset"], "lies after the expiry.");
  if (info.web != null && !isWeb(info.web))
    say(["web"], "is not an address that begins with https://.");
  info.resource.forEach((resource, at) => {
    if (resource.uri != null && !isWeb(resource.uri))
      say(["resource", at, "uri"], "does not begin with https://.");
    if (!/^[\w.+-]+\/[\w.+-]+$/.test(resource.mimeType))
      say(["resource", at, "mimeType"], "is not a media type.");
    if (resource.digest != null && !/^[0-9a-f]{64}$/i.test(resource.digest))
      say(["resource", at, "digest"], "is not a SHA-256 in hexadecimal.");
    if (resource.size != null && resource.size < 0) say(["resource", at, "size"], "is below 0.");
  });
  info.area.forEach((area, at) => {
    for (const { path, message } of areaFaults(area)) say(["area", at, ...path], message);
  });
  return faults;
}

const LONGEST = 366 * 86_400_000;

const isEventCode = (code: string): boolean => EVENT_CODES.some((known) => known === code);

function isInstant(text: string): boolean {
  try {
    GraphQLDateTime.parseValue(text);
    return true;
  } catch {
    return false;
  }
}

function isWeb(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && !/\s/.test(text);
}

const NUMBER = "-?\\d{1,3}(?:\\.\\d{1,9})?";
const POINT = new RegExp(`^${NUMBER},${NUMBER}$`);
const CIRCLE = new RegExp(`^(${NUMBER},${NUMBER}) \\d{1,5}(?:\\.\\d{1,6})?$`);

function areaFaults({ polygon, circle, geocode }: CapArea): Found[] {
  const faults: Found[] = [];
  polygon.forEach((text, at) => {
    const points = text.split(" ");
    if (points.length < 4 || points[0] !== points.at(-1) || !points.every(isPoint))
      faults.push({
        path: ["polygon", at],
        message: "takes four points `lat,lon` or more, the last the same as the first.",
      });
  });
  circle.forEach((text, at) => {
    const [, centre] = CIRCLE.exec(text) ?? [];
    if (centre === undefined || !isPoint(centre))
      faults.push({ path: ["circle", at], message: "takes `lat,lon radius`, in kilometres." });
  });
  geocode.forEach(({ valueName, value }, at) => {
    const form = Object.hasOwn(GEOCODES, valueName) ? GEOCODES[valueName] : undefined;
    if (form && !form.is.test(value))
      faults.push({
        path: ["geocode", at, "value"],
        message: `"${value}" is not a code of ${valueName}. ${form.says}`,
      });
  });
  return faults;
}

function isPoint(text: string): boolean {
  if (!POINT.test(text)) return false;
  const [latitude = 91, longitude = 181] = text.split(",").map(Number);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}
