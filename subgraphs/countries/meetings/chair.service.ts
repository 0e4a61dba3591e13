import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Call, type Written, writeOnce } from "../../../shared/graphql/mutation";
import { requireDesk } from "../desk";
import { conflict, dayOf, Faults, sayDay, sayText } from "../input.rules";
import { logWrite } from "../write.audit";
import {
  type ChairRow,
  endChairOn,
  insertChair,
  lockSeats,
  readChairs,
  takesPart,
} from "./chair.queries";
import type { EndChairInput, EndorseChairInput } from "./meeting.input";
import { readMeeting } from "./meeting.queries";
import { SEATS, seatFault } from "./meeting.rules";

/** Meetings endorse chairs; the desk records it, with the meeting that did. */
export function endorseChair(context: RequestContext, input: EndorseChairInput): Promise<Written> {
  return write(context, { operation: "endorseChair", input }, async (manager, chairs) => {
    const faults = new Faults();
    const today = dayOf(context.terms.now);
    saySeat(faults, input);
    const meeting = await readMeeting(manager, input.meeting);
    const isHeld = meeting !== null && meeting.held_on <= today;
    if (!isHeld)
      faults.say("meeting", "No such meeting has been held. Use the number of a past one.");
    sayDay(faults.say, "since", input.since);
    faults.check();
    const { id, held_on: day } = meeting as NonNullable<typeof meeting>;
    const since = input.since ?? day;
    if (since < day)
      faults.say("since", `is before the meeting of ${day}. Give that day or a later one.`);
    if (!(await takesPart(manager, input.country, since)))
      faults.say("country", "takes no part in COLEP then. Only a participant holds a chair.");
    const found = seatFault({ seat: input.seat, country: input.country, since }, chairs);
    if (found !== null) faults.say("seat", found);
    faults.check();
    const { seat, country, source } = input;
    await insertChair(manager, { seat, country, since, until: null, source, meeting: id });
  });
}

export function endChair(context: RequestContext, input: EndChairInput): Promise<Written> {
  return write(context, { operation: "endChair", input }, async (manager, chairs) => {
    const faults = new Faults();
    saySeat(faults, input);
    sayDay(faults.say, "until", input.until);
    faults.check();
    const holder = chairs.find(({ seat, until }) => seat === input.seat && until === null);
    if (holder?.country !== input.country)
      throw conflict(
        ["input", "country"],
        `Seat ${input.seat} is ${holder ? `held by ${holder.country}` : "vacant"}.`,
      );
    if (input.until < holder.since)
      faults.say("until", `is before it began, on ${holder.since}. Give a later day.`);
    faults.check();
    await endChairOn(manager, holder, input.until, input.source);
  });
}

function saySeat(faults: Faults, { seat, source }: { seat: number; source: string }): void {
  if (!SEATS.some((one) => one === seat)) faults.say("seat", "There are three seats: 1, 2 and 3.");
  sayText(faults.say, "source", source, 500);
}

function write(
  context: RequestContext,
  call: Call & { input: { seat: number } },
  act: (manager: EntityManager, chairs: ChairRow[]) => Promise<void>,
): Promise<Written> {
  return writeOnce(context, call, async (manager) => {
    await requireDesk(manager);
    await lockSeats(manager);
    await act(manager, await readChairs(manager));
    await logWrite(manager, context, { category: "DIRECTORY", detail: `CHAIR ${call.input.seat}` });
    return String(call.input.seat);
  });
}
