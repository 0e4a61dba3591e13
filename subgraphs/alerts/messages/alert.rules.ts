import type { EvaluationInput } from "../../../shared/graphql/evaluation";
import { fault, type UserError } from "../../../shared/graphql/user-error";
import { type HandlingCode, TLPS, type Tlp } from "../../../shared/policy/terms";
import { isReserved } from "../cap-file/words";
import type { Address } from "./alert.queries";
import type { CapInfo, Scope, Status } from "./cap";
import { type Citation, citationFaults } from "./figure.rules";
import { infoFaults, tidyPoints } from "./info.rules";
import { textFaults } from "./text.rules";

/** A message before it is stored, from a mutation or from a file. */
export interface Body {
  status: Status;
  scope: Scope;
  restriction?: string | null;
  source?: string | null;
  code: string[];
  note?: string | null;
  incidents: string[];
  info: CapInfo[];
  tlp: Tlp;
  handling: HandlingCode[];
  handlingNote?: string | null;
  evaluation?: EvaluationInput | null;
  acknowledgeWithin?: number | null;
  figures?: readonly Citation[];
}

const MOST_INFO = 30;

/** Everything that is wrong with it, each with its place; nothing is stored unless this is empty. */
export function bodyFaults(body: Body, now: Date): UserError[] {
  const faults: UserError[] = [];
  const say = (path: readonly (string | number)[], message: string) =>
    faults.push(fault("BAD_USER_INPUT", ["input", ...path], message));
  if (body.info.length === 0) say(["info"], "Say something: at least one block of info.");
  if (body.info.length > MOST_INFO) say(["info"], `At most ${MOST_INFO} blocks of info.`);
  body.code.forEach((code, at) => {
    if (isReserved(code))
      say(["code", at], `"${code}" would be read as a marking. Use the input's own fields.`);
  });
  for (const [path, message] of markingFaults(body)) say([path], message);
  if (body.status === "Exercise" && !body.note?.trim())
    say(["note"], "Name the exercise: its players know it by that.");
  const minutes = body.acknowledgeWithin;
  if (minutes != null && (!Number.isInteger(minutes) || minutes < 5 || minutes > 10_080))
    say(["acknowledgeWithin"], `${minutes} is out of range. Give 5 to 10080 minutes.`);
  body.info.forEach((info, at) => {
    for (const { path, message } of infoFaults(info, now)) say(["info", at, ...path], message);
  });
  for (const { path, message } of textFaults(body)) say(path, message);
  return [...faults, ...citationFaults(body.figures ?? [])];
}

function markingFaults(body: Body): [string, string][] {
  const faults: [string, string][] = [];
  if (body.scope === "Public" && body.tlp !== "CLEAR")
    faults.push(["scope", "Public takes TLP:CLEAR. Use Private."]);
  if (body.scope === "Restricted" && !body.restriction?.trim())
    faults.push(["restriction", "Restricted takes the rule that restricts it."]);
  if (body.scope !== "Restricted" && body.restriction)
    faults.push(["restriction", "A restriction goes with the scope Restricted."]);
  if (body.handling.includes("H3") && !body.handlingNote?.trim())
    faults.push(["handlingNote", "H3 takes its restriction in words."]);
  return faults;
}

/** Whether what is marked and addressed so may be read by more people, or used for more, than the other. */
export function reachesFurther(
  now: { addresses: readonly Address[]; tlp: Tlp; handling: readonly HandlingCode[] },
  before: { addresses: readonly Address[]; tlp: Tlp; handling: readonly HandlingCode[] },
): boolean {
  return (
    !now.addresses.every((one) => isAmong(one, before.addresses)) ||
    TLPS.indexOf(now.tlp) > TLPS.indexOf(before.tlp) ||
    !before.handling.every((code) => now.handling.includes(code))
  );
}

/** Whether it is one of them, or one person of a partner that is. */
export function isAmong(one: Address, addresses: readonly Address[]): boolean {
  const known = addresses.map(nameOf);
  return (
    known.includes(nameOf(one)) ||
    ("partner" in one && known.includes(nameOf({ partner: one.partner })))
  );
}

export function nameOf(address: Address): string {
  if ("group" in address) return `group ${address.group}`;
  return address.person === undefined ? address.partner : `${address.partner}/${address.person}`;
}

const EXERCISE = "EXERCISE: ";

/** As it is stored: instants in whole seconds, and an exercise recognisable from its headline alone. */
export function settledInfo(info: CapInfo, status: Status): CapInfo {
  const headline = info.headline ?? info.event;
  return {
    ...info,
    effective: seconds(info.effective),
    onset: seconds(info.onset),
    expires: seconds(info.expires) as string,
    area: info.area.map((area) => ({
      ...area,
      polygon: area.polygon.map(tidyPoints),
      circle: area.circle.map(tidyPoints),
    })),
    headline:
      status === "Exercise" && !headline.startsWith(EXERCISE)
        ? EXERCISE + headline
        : (info.headline ?? null),
  };
}

function seconds(text: string | null | undefined): string | null {
  if (text == null) return null;
  return `${new Date(text).toISOString().slice(0, 19)}Z`;
}

/** A message lives as long as the longest of its blocks. */
export function expiryOf(info: readonly CapInfo[]): Date {
  return new Date(Math.max(...info.map(({ expires }) => Date.parse(expires))));
}
