import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Written } from "../../../shared/graphql/mutation";
import { dayOf } from "../input.rules";
import { ERRORS } from "../input.text";
import type { Loaders } from "../loaders";
import { readChairs } from "./chair.queries";
import * as chairs from "./chair.service";
import * as inputs from "./meeting.input";
import { toMeeting, toSeats } from "./meeting.mapping";
import { readMeeting } from "./meeting.queries";
import * as service from "./meeting.service";
import { ChairPayload, MeetingPayload } from "./meeting.type";

type Context = RequestContext<Loaders>;
const payload = (description: string) => ({
  nullable: true,
  description: `${description} ${ERRORS}`,
});

@Resolver()
export class MeetingMutations {
  @Mutation(
    () => MeetingPayload,
    payload("Records a meeting, held or to come. For the Secretariat's desk."),
  )
  async recordMeeting(
    @Ctx() context: Context,
    @Arg("input", () => inputs.RecordMeetingInput) input: inputs.RecordMeetingInput,
  ) {
    return toPayload(context, await service.recordMeeting(context, input));
  }

  @Mutation(
    () => MeetingPayload,
    payload("Says anew what a meeting is or was. For the Secretariat's desk."),
  )
  async amendMeeting(
    @Ctx() context: Context,
    @Arg("input", () => inputs.AmendMeetingInput) input: inputs.AmendMeetingInput,
  ) {
    return toPayload(context, await service.amendMeeting(context, input));
  }

  @Mutation(
    () => MeetingPayload,
    payload("Sets a meeting's agenda, as the desk or as a chair on the day of the meeting."),
  )
  async setAgenda(
    @Ctx() context: Context,
    @Arg("input", () => inputs.SetAgendaInput) input: inputs.SetAgendaInput,
  ) {
    return toPayload(context, await service.setAgenda(context, input));
  }

  @Mutation(
    () => MeetingPayload,
    payload("Adds what a meeting has asked somebody to do. For the Secretariat's desk."),
  )
  async addNextStep(
    @Ctx() context: Context,
    @Arg("input", () => inputs.AddNextStepInput) input: inputs.AddNextStepInput,
  ) {
    return toPayload(context, await service.addNextStep(context, input));
  }

  @Mutation(
    () => MeetingPayload,
    payload("Says that a step is done, as who is responsible or as the desk."),
  )
  async completeNextStep(
    @Ctx() context: Context,
    @Arg("input", () => inputs.CompleteNextStepInput) input: inputs.CompleteNextStepInput,
  ) {
    return toPayload(context, await service.completeNextStep(context, input));
  }

  @Mutation(
    () => ChairPayload,
    payload("Records that a meeting endorsed a chair. For the Secretariat's desk."),
  )
  async endorseChair(
    @Ctx() context: Context,
    @Arg("input", () => inputs.EndorseChairInput) input: inputs.EndorseChairInput,
  ): Promise<ChairPayload> {
    return toChairPayload(context, await chairs.endorseChair(context, input));
  }

  @Mutation(
    () => ChairPayload,
    payload("Records the last day of a chair; the seat is vacant after it. For the desk."),
  )
  async endChair(
    @Ctx() context: Context,
    @Arg("input", () => inputs.EndChairInput) input: inputs.EndChairInput,
  ): Promise<ChairPayload> {
    return toChairPayload(context, await chairs.endChair(context, input));
  }
}

async function toPayload(context: Context, { id, userErrors }: Written) {
  const row =
    id === null ? null : await context.read((manager) => readMeeting(manager, Number(id)));
  return { meeting: row && toMeeting(row, context.terms.now), userErrors };
}

async function toChairPayload(
  context: Context,
  { id, userErrors }: Written,
): Promise<ChairPayload> {
  if (id === null) return { chair: null, userErrors };
  const seats = await toSeats(
    context.loaders,
    await context.read(readChairs),
    dayOf(context.terms.now),
  );
  return { chair: seats.find(({ seat }) => seat === Number(id)) ?? null, userErrors };
}
