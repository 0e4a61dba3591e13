import { toCountry } from "../country.mapping";
import type { Country } from "../country.type";
import { dayOf } from "../input.rules";
import type { Loaders } from "../loaders";
import type { ChairRow } from "./chair.queries";
import type { MeetingRow, StepRow } from "./meeting.queries";
import { isHeld, isOverdue, SEATS } from "./meeting.rules";
import type { Chair, ChairSeat, Meeting, NextStep } from "./meeting.type";

export function toStep(row: StepRow, now: Date): NextStep {
  const { id, meeting, task, responsible, due } = row;
  return {
    id,
    meeting,
    task,
    responsible,
    due,
    doneOn: row.done_on,
    overdue: isOverdue(row, dayOf(now)),
  };
}

/** What its resolver adds to a meeting: the countries it speaks of. */
export type MeetingNode = Omit<Meeting, "host" | "participants"> & { row: MeetingRow };

export function toMeeting(row: MeetingRow, now: Date): MeetingNode {
  const { id, number, mode, place, theme, officials, outcomes, source, revision, agenda } = row;
  return {
    row,
    id,
    number,
    mode,
    place,
    theme,
    officials,
    outcomes,
    source,
    revision,
    date: row.held_on,
    countriesPresent: row.countries_present,
    agenda: agenda && { ...agenda, setBy: agenda.set_by, setAt: new Date(agenda.at) },
    nextSteps: row.steps.map((step) => toStep(step, now)),
  };
}

export async function countryOf(loaders: Loaders, code: string | null): Promise<Country | null> {
  const found = code === null ? null : await loaders.country.load(code);
  return found && toCountry(found);
}

async function toChair(
  loaders: Loaders,
  { country, since, until, meeting, source }: ChairRow,
): Promise<Chair> {
  return {
    country: (await countryOf(loaders, country)) as Country,
    since,
    until,
    endorsedAtMeeting: meeting,
    source,
  };
}

/** The three seats as they are taken on a day. */
export async function toSeats(
  loaders: Loaders,
  rows: readonly ChairRow[],
  day: string,
): Promise<ChairSeat[]> {
  const chairs = await Promise.all(rows.map((row) => toChair(loaders, row)));
  return SEATS.map((seat) => {
    const of = (row: ChairRow) => row.seat === seat;
    const holder = rows.findIndex((row) => of(row) && isHeld(row, day));
    return {
      seat,
      holder: chairs[holder] ?? null,
      history: chairs.filter((_, at) => of(rows[at] as ChairRow)),
    };
  });
}
