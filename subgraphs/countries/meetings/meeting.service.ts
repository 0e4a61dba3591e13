import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Call, type Written, writeOnce } from "../../../shared/graphql/mutation";
import { refuse } from "../../../shared/graphql/user-error";
import type { Viewer } from "../../../shared/viewer/viewer";
import { readCountries } from "../country.queries";
import { isDesk, requireDesk } from "../desk";
import { conflict, Faults, sayDay, sayText } from "../input.rules";
import { logWrite } from "../write.audit";
import * as commands from "./meeting.commands";
import type {
  AddNextStepInput,
  AmendMeetingInput,
  CompleteNextStepInput,
  RecordMeetingInput,
  SetAgendaInput,
} from "./meeting.input";
import { isChairOn, type MeetingRow, readMeeting, readStep } from "./meeting.queries";
import { sayAgenda, sayMeeting } from "./meeting.rules";

/** The desk keeps the meetings; a chair of the day may set the agenda, and whoever has to do something says that it is done. */
export function recordMeeting(
  context: RequestContext,
  input: RecordMeetingInput,
): Promise<Written> {
  return write(
    context,
    { operation: "recordMeeting", input },
    input.number,
    async (manager, meeting) => {
      await requireDesk(manager);
      const faults = await faultsOf(manager, input);
      if (!Number.isInteger(input.number) || input.number < 1 || input.number > 999)
        faults.say("number", "Meetings are numbered from 1 to 999.");
      else if (meeting)
        faults.say("number", `Meeting ${input.number} is recorded already. Use amendMeeting.`);
      faults.check();
      await commands.replaceParticipants(
        manager,
        await commands.insertMeeting(manager, input.number, input),
        input.participants,
      );
    },
  );
}

export function amendMeeting(context: RequestContext, input: AmendMeetingInput): Promise<Written> {
  return write(
    context,
    { operation: "amendMeeting", input },
    input.number,
    async (manager, meeting) => {
      await requireDesk(manager);
      const { id, revision } = known(meeting, "number");
      if (input.revision !== revision)
        throw conflict(["input", "revision"], `The meeting is at revision ${revision}.`);
      (await faultsOf(manager, input)).check();
      await commands.updateMeeting(manager, id, input);
      await commands.replaceParticipants(manager, id, input.participants);
    },
  );
}

export function setAgenda(context: RequestContext, input: SetAgendaInput): Promise<Written> {
  return write(
    context,
    { operation: "setAgenda", input },
    input.meeting,
    async (manager, meeting) => {
      const viewer = context.viewer as Viewer;
      const { id, held_on: day, agenda } = known(meeting, "meeting");
      const isChair =
        !viewer.roles.includes("DESK") && (await isChairOn(manager, viewer.partner, day));
      if (!isChair && !(await isDesk(manager))) {
        const message =
          "Only the desk, and countries that hold a chair on the day of the meeting, set its agenda.";
        throw refuse("FORBIDDEN", ["input", "meeting"], message);
      }
      const revision = agenda?.revision ?? 0;
      if (input.revision !== revision)
        throw conflict(["input", "revision"], `The agenda is at revision ${revision}.`);
      const faults = new Faults();
      sayAgenda(faults.say, input.items);
      faults.check();
      await commands.insertAgenda(manager, viewer, {
        meeting: id,
        revision: revision + 1,
        items: input.items,
      });
    },
  );
}

export function addNextStep(context: RequestContext, input: AddNextStepInput): Promise<Written> {
  return write(
    context,
    { operation: "addNextStep", input },
    input.meeting,
    async (manager, meeting) => {
      await requireDesk(manager);
      const { id } = known(meeting, "meeting");
      const faults = new Faults();
      sayText(faults.say, "task", input.task, 1_000);
      sayDay(faults.say, "due", input.due);
      if ((await commands.unknownPartners(manager, [input.responsible])).length > 0)
        faults.say("responsible", "is no partner of the exchange. Use a partner's code.");
      faults.check();
      await commands.insertStep(manager, id, input);
    },
  );
}

export function completeNextStep(
  context: RequestContext,
  input: CompleteNextStepInput,
): Promise<Written> {
  return writeOnce(context, { operation: "completeNextStep", input }, async (manager) => {
    const { partner } = context.viewer as Viewer;
    const found = await readStep(manager, input.id);
    if (!found) throw refuse("NOT_FOUND", ["input", "id"], "There is no such step. Check the id.");
    await commands.lockMeeting(manager, found.meeting);
    const step = (await readStep(manager, found.id)) ?? found;
    if (step.responsible !== partner && !(await isDesk(manager)))
      throw refuse(
        "FORBIDDEN",
        ["input", "id"],
        "Whoever is responsible says that it is done, or the desk.",
      );
    if (step.done_on !== null)
      throw conflict(["input", "id"], `It was done on ${step.done_on} already.`);
    await commands.completeStep(manager, step.id);
    await logWrite(manager, context, { category: "DIRECTORY", detail: `MEETING ${step.meeting}` });
    return String(step.meeting);
  });
}

function write(
  context: RequestContext,
  call: Call,
  number: number,
  act: (manager: EntityManager, meeting: MeetingRow | null) => Promise<void>,
): Promise<Written> {
  return writeOnce(context, call, async (manager) => {
    await commands.lockMeeting(manager, number);
    await act(manager, await readMeeting(manager, number));
    await logWrite(manager, context, { category: "DIRECTORY", detail: `MEETING ${number}` });
    return String(number);
  });
}

function known(meeting: MeetingRow | null, field: string): MeetingRow {
  if (meeting) return meeting;
  throw refuse(
    "NOT_FOUND",
    ["input", field],
    "There is no meeting of that number. Record it with recordMeeting.",
  );
}

async function faultsOf(manager: EntityManager, input: RecordMeetingInput): Promise<Faults> {
  const faults = new Faults();
  sayMeeting(faults.say, input);
  const codes = input.participants.flatMap(({ country }, at) =>
    country == null ? [] : [{ country, at }],
  );
  const asked = [
    ...codes.map(({ country }) => country),
    ...(input.host == null ? [] : [input.host]),
  ];
  const found = new Set((await readCountries(manager, asked)).map(({ code }) => code));
  const remedy = "is no country. Use an ISO 3166-1 alpha-3 code.";
  for (const { country, at } of codes)
    if (!found.has(country)) faults.say(["participants", at, "country"], remedy);
  if (input.host != null && !found.has(input.host)) faults.say("host", remedy);
  return faults;
}
