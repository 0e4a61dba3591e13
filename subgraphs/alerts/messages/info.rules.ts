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
  if (!/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,8}$/.test(info.language))
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
    if (resource.derefUri != null)
      say(
        ["resource", at, "derefUri"],
        "is not carried by this exchange: a message holds no files. Give `uri` and `digest`.",
      );
    if (resource.uri != null && !isWeb(resource.uri))
      say(["resource", at, "uri"], "does not begin with https://.");
    if (!isMediaType(resource.mimeType)) say(["resource", at, "mimeType"], "is not a media type.");
    if (resource.digest != null && !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(resource.digest))
      say(["resource", at, "digest"], "is neither a SHA-1 nor a SHA-256 in hexadecimal.");
    if (resource.size != null && (resource.size < 0 || resource.size > LARGEST))
      say(["resource", at, "size"], `is not between 0 and ${LARGEST} bytes.`);
  });
  info.area.forEach((area, at) => {
    for (const { path, message } of areaFaults(area)) say(["area", at, ...path], message);
  });
  return faults;
}

const LONGEST = 366 * 86_400_000;
/** What an `Int` of GraphQL holds. */
const LARGEST = 2_147_483_647;

/** A type, a subtype, and parameters as RFC 2045 has them. */
function isMediaType(text: string): boolean {
  const [type = "", ...parameters] = text.split(";");
  return (
    text.length <= 200 &&
    /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type.trim()) &&
    parameters.every((one) => /^[\w!#$&^.+-]+=(?:[\w!#$&^.+'*-]+|"[^"\\]*")$/.test(one.trim()))
  );
}

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

const NUMBER = "[-+]?(?:\\d{1,3}(?:\\.\\d{0,20})?|\\.\\d{1,20})";
const POINT = new RegExp(`^${NUMBER},${NUMBER}$`);
const CIRCLE = new RegExp(`^(${NUMBER},${NUMBER}) \\+?(?:\\d{1,5}(?:\\.\\d{0,20})?|\\.\\d{1,20})$`);

/** CAP separates points by white space, whichever, and the two numbers of a point by a comma. */
export function tidyPoints(written: string): string {
  return written
    .split(",")
    .map((one) => one.trim())
    .join(",")
    .split(/\s+/)
    .join(" ")
    .trim();
}

function areaFaults({ polygon, circle, geocode, altitude, ceiling }: CapArea): Found[] {
  const faults: Found[] = [];
  polygon.forEach((text, at) => {
    const points = tidyPoints(text).split(" ");
    const isClosed = numbers(points[0]).join() === numbers(points.at(-1)).join();
    if (points.length < 4 || !points.every(isPoint) || !isClosed)
      faults.push({
        path: ["polygon", at],
        message: "takes four points `lat,lon` or more, the last the same as the first.",
      });
  });
  circle.forEach((text, at) => {
    const [, centre] = CIRCLE.exec(tidyPoints(text)) ?? [];
    if (centre === undefined || !isPoint(centre))
      faults.push({ path: ["circle", at], message: "takes `lat,lon radius`, in kilometres." });
  });
  if (ceiling != null && altitude == null)
    faults.push({ path: ["ceiling"], message: "goes with an altitude." });
  if (ceiling != null && altitude != null && ceiling < altitude)
    faults.push({ path: ["ceiling"], message: "lies below the altitude." });
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

function numbers(point = ""): number[] {
  return point.split(",").map(Number);
}

function isPoint(text: string): boolean {
  if (!POINT.test(text)) return false;
  const [latitude = 91, longitude = 181] = numbers(text);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}
