import { dayOf, type Say, sayDay, sayText } from "../input.rules";

/** What is true of a contact without a database. */
export const CONTACT_STANDINGS = ["WAITING", "RETURNED", "PLANNED", "CURRENT", "OVER"] as const;
export type ContactStanding = (typeof CONTACT_STANDINGS)[number];

export interface Standing {
  state: "SUBMITTED" | "APPROVED" | "RETURNED";
  valid_from: string;
  valid_until: string | null;
}

/** @param today `2026-12-31`, in UTC; a contact holds from its first day to the day before its last (half-open) */
export function standingOf(
  { state, valid_from: from, valid_until: until }: Standing,
  today: string,
): ContactStanding {
  if (state === "SUBMITTED") return "WAITING";
  if (state === "RETURNED") return "RETURNED";
  if (until !== null && (until <= today || until <= from)) return "OVER";
  return from <= today ? "CURRENT" : "PLANNED";
}

export interface ContactBody {
  name: string;
  title: string;
  organisation: string;
  email: string;
  phone: string;
  languages: string[];
  available24x7: boolean;
  hours?: string | null;
  alternateOf?: string | null;
  postedTo?: string | null;
  validFrom?: string | null;
  validUntil?: string | null;
}

const MAIL = /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[\p{L}\d-]{2,}$/u;
const PHONE = /^\+[\d ()/-]{5,29}$/;
const LANGUAGE = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/;
const MOST_LANGUAGES = 10;

/** Everything that is wrong with it, each with its place. */
export function sayContact(say: Say, kind: string, body: ContactBody, now: Date): void {
  for (const field of ["name", "title", "organisation"] as const)
    sayText(say, field, body[field], 200);
  if (body.email.length > 254 || !MAIL.test(body.email))
    say("email", "is no mail address. Write it as desk@example.org.");
  if (!PHONE.test(body.phone))
    say("phone", "is no telephone number. Write it as +00 000 000 0000, with the country's code.");
  sayLanguages(say, body.languages);
  if (body.available24x7 === (body.hours != null))
    say("hours", "Say the hours where it is not available at every hour, and only there.");
  if (body.hours != null) sayText(say, "hours", body.hours, 100);
  if ((kind === "LIAISON_OFFICER") !== (body.postedTo != null))
    say("postedTo", "Name the country a liaison officer is posted to; no other contact has one.");
  sayDay(say, "validFrom", body.validFrom);
  sayDay(say, "validUntil", body.validUntil);
  const from = body.validFrom ?? dayOf(now);
  if (from < dayOf(now)) say("validFrom", "is past. A contact holds from today or a later day on.");
  if (body.validUntil != null && body.validUntil <= from)
    say("validUntil", "is not after the first day. Give a later one.");
}

function sayLanguages(say: Say, languages: readonly string[]): void {
  if (languages.length === 0 || languages.length > MOST_LANGUAGES)
    say("languages", `Name 1 to ${MOST_LANGUAGES} languages in which it can be asked.`);
  languages.forEach((language, at) => {
    if (!LANGUAGE.test(language))
      say(["languages", at], "is no language tag. Write it as en, fa-AF or zh-Hant.");
    else if (languages.indexOf(language) < at)
      say(["languages", at], "stands twice. Name it once.");
  });
}
