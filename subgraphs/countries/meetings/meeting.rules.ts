import { type Say, sayDay, sayText } from "../input.rules";

/** What is true of meetings, chairs and next steps without a database. */
export const MEETING_MODES = ["IN_PERSON", "ONLINE", "HYBRID"] as const;
export type MeetingMode = (typeof MEETING_MODES)[number];

/** Three of them share the chair; a seat may be vacant. */
export const SEATS = [1, 2, 3] as const;

export interface MeetingBody {
  date: string;
  mode: MeetingMode;
  place?: string | null;
  host?: string | null;
  theme?: string | null;
  participants: readonly { country?: string | null; institution?: string | null }[];
  officials?: number | null;
  countriesPresent?: number | null;
  outcomes: readonly string[];
  source: string;
}

export function sayMeeting(say: Say, body: MeetingBody): void {
  sayDay(say, "date", body.date);
  if ((body.mode === "ONLINE") !== (body.place == null))
    say("place", "Say where it is held, unless it is held online only.");
  for (const field of ["place", "theme"] as const)
    if (body[field] != null) sayText(say, field, body[field], 200);
  for (const field of ["officials", "countriesPresent"] as const)
    if ((body[field] ?? 0) < 0) say(field, "is below zero. Count again, or leave it out.");
  sayParticipants(say, body.participants);
  body.outcomes.forEach((outcome, at) => {
    sayText(say, ["outcomes", at], outcome, 1_000);
  });
  sayText(say, "source", body.source, 500);
}

function sayParticipants(say: Say, participants: MeetingBody["participants"]): void {
  const names = participants.map(({ country, institution }) => `${country}/${institution}`);
  participants.forEach(({ country, institution }, at) => {
    if ((country == null) === (institution == null))
      say(["participants", at], "Name a country or an institution.");
    else if (names.indexOf(names[at] as string) < at)
      say(["participants", at], "stands twice. Name it once.");
    if (institution != null) sayText(say, ["participants", at, "institution"], institution, 100);
  });
}

export interface AgendaItem {
  title: string;
  exercise: boolean;
}

const MOST_ITEMS = 50;

export function sayAgenda(say: Say, items: readonly AgendaItem[]): void {
  if (items.length === 0 || items.length > MOST_ITEMS)
    say("items", `An agenda has 1 to ${MOST_ITEMS} items.`);
  items.forEach(({ title }, at) => {
    sayText(say, ["items", at, "title"], title, 300);
  });
}

/** The due day is the last on which it is in time. @param today in UTC */
export function isOverdue(
  { due, done_on: done }: { due: string | null; done_on: string | null },
  today: string,
): boolean {
  return due !== null && done === null && due < today;
}

export interface Tenure {
  seat: number;
  country: string;
  since: string;
  until: string | null;
}

/** Whether a tenure holds on a day; `until` is its last. */
export function isHeld({ since, until }: Tenure, day: string): boolean {
  return since <= day && (until === null || until >= day);
}

/** Why a country cannot take a seat from a day on; null where it can. */
export function seatFault(
  wanted: Omit<Tenure, "until">,
  tenures: readonly Tenure[],
): string | null {
  const later = tenures.filter(({ until }) => until === null || until >= wanted.since);
  const holder = later.find(({ seat }) => seat === wanted.seat);
  if (holder)
    return `Seat ${wanted.seat} is held by ${holder.country} then. End that first, with endChair.`;
  const other = later.find(({ country }) => country === wanted.country);
  return other
    ? `${wanted.country} holds seat ${other.seat} then. A country holds one seat.`
    : null;
}
