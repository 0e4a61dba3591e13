import { isLongerThan } from "../../shared/free-text.rules";
import { fault, Refusal, refuse, type UserError } from "../../shared/graphql/user-error";
import { PERSONAL_REMEDY, personalFinding } from "../../shared/person-record.rules";
import type { HandlingCode } from "../../shared/policy/terms";
import { isNationalAuthority, type Viewer } from "../../shared/viewer/viewer";

/** What every input of this subgraph is asked. Pure. */
export type Say = (path: string | readonly (string | number)[], message: string) => void;

export class Faults {
  readonly all: UserError[] = [];
  readonly say: Say = (path, message) => {
    this.all.push(
      fault("BAD_USER_INPUT", ["input", ...(typeof path === "string" ? [path] : path)], message),
    );
  };

  /** @throws Refusal with everything that was found. */
  check(): void {
    if (this.all.length > 0) throw new Refusal(this.all);
  }
}

/** Controls other than a line's end: nobody means them, and a terminal obeys them. */
const CONTROL = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u;

/** A text that is required, of at most so many characters. */
export function textFault(text: string, most: number): string | null {
  if (isLongerThan(most, text)) return `is longer than ${most} characters. Shorten it.`;
  if (text.trim() === "") return "is empty. Say something.";
  return CONTROL.test(text) ? "holds control characters. Leave them out." : null;
}

export function sayText(
  say: Say,
  path: string | readonly (string | number)[],
  text: string,
  most: number,
): void {
  const found = textFault(text, most);
  if (found !== null) say(path, found);
}

/** The same for a text about cases: it speaks of methods, and of no person. */
export function sayAccount(
  say: Say,
  path: string | readonly (string | number)[],
  text: string,
  most: number,
): void {
  const found = textFault(text, most) ?? personFault(text);
  if (found !== null) say(path, found);
}

function personFault(text: string): string | null {
  const finding = personalFinding(text);
  return finding && PERSONAL_REMEDY[finding];
}

/** Whether a text is a day of the calendar, `2026-02-28`. */
export function isDay(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export function sayDay(say: Say, path: string, text: string | null | undefined): void {
  if (text != null && !isDay(text))
    say(path, `"${text.slice(0, 40)}" is not a day. Write it as 2026-12-31.`);
}

/** In UTC, as the database's `countries.today()`. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

export function sayHandling(
  say: Say,
  handling: readonly HandlingCode[],
  note: string | null | undefined,
): void {
  if (handling.includes("H3") && !note?.trim())
    say("handlingNote", "H3 takes its restriction in words.");
  if (note != null) sayText(say, "handlingNote", note, 500);
}

/** Officers and approvers, for their own partner. @throws Refusal */
export function requireOwner({ roles }: Viewer): void {
  if (roles.includes("OFFICER") || roles.includes("APPROVER")) return;
  throw refuse(
    "FORBIDDEN",
    ["input"],
    "Only officers and approvers do this, for their own partner.",
  );
}

/** Officers and approvers of a country, for that country. @throws Refusal */
export function requireNational(viewer: Viewer): void {
  const { roles } = viewer;
  if (isNationalAuthority(viewer) && (roles.includes("OFFICER") || roles.includes("APPROVER")))
    return;
  throw refuse(
    "FORBIDDEN",
    ["input"],
    "Only officers and approvers of a country do this, for their own country.",
  );
}

/** Another person than the first, and of the two an approver; the database asks it again. @throws Refusal */
export function requireSecond(
  viewer: Viewer,
  first: { actor: string | null; approver: boolean },
  path: readonly string[],
): void {
  if (viewer.id === first.actor)
    throw refuse("FORBIDDEN", path, "You have submitted it yourself. It takes a second person.");
  if (first.approver || viewer.roles.includes("APPROVER")) return;
  throw refuse("FORBIDDEN", path, "Who submitted it is no approver, so an approver decides.");
}

export function conflict(path: readonly string[], message: string): Refusal {
  return refuse("REVISION_CONFLICT", path, `${message} Read it again and repeat.`);
}
