import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { badInput } from "../../../shared/errors/errors";
import type { RequestContext } from "../../../shared/graphql/context";
import { Country } from "../country.type";
import { dayOf, isDay } from "../input.rules";
import type { Loaders } from "../loaders";
import { loadPage, Paging } from "../paging";
import { readChairs } from "./chair.queries";
import { countryOf, type MeetingNode, toMeeting, toSeats, toStep } from "./meeting.mapping";
import { readMeeting, readMeetings, readSteps } from "./meeting.queries";
import {
  ChairSeat,
  Meeting,
  MeetingConnection,
  MeetingParticipant,
  NextStepConnection,
} from "./meeting.type";

type Context = RequestContext<Loaders>;

@Resolver(() => Meeting)
export class MeetingResolver {
  @Query(() => MeetingConnection, {
    nullable: true,
    description: "Meetings of COLEP, held and to come, newest first. Errors: BAD_USER_INPUT.",
  })
  meetings(@Ctx() context: Context, @Args(() => Paging) page: Paging) {
    return loadPage(context, page, readMeetings, (row) => toMeeting(row, context.terms.now));
  }

  @Query(() => Meeting, { nullable: true })
  async meeting(
    @Ctx() context: Context,
    @Arg("number", () => Int) number: number,
  ): Promise<MeetingNode | null> {
    const row = await context.read((manager) => readMeeting(manager, number));
    return row && toMeeting(row, context.terms.now);
  }

  @Query(() => NextStepConnection, {
    nullable: true,
    description: "What meetings have asked for, what is due first. Errors: BAD_USER_INPUT.",
  })
  nextSteps(
    @Ctx() context: Context,
    @Args(() => Paging) page: Paging,
    @Arg("overdue", () => Boolean, { defaultValue: false, description: "Only what is." })
    overdue: boolean,
  ) {
    return loadPage(
      context,
      page,
      (manager, slice) => readSteps(manager, overdue, slice),
      (row) => toStep(row, context.terms.now),
    );
  }

  @Query(() => [ChairSeat], {
    nullable: true,
    description:
      "COLEP's three chairs on a day, today where left out, with their rotation. Errors: BAD_USER_INPUT.",
  })
  async chairs(
    @Ctx() context: Context,
    @Arg("on", () => String, { nullable: true, description: "A day, `2023-05-04`." }) on?:
      | string
      | null,
  ): Promise<ChairSeat[]> {
    if (on != null && !isDay(on)) throw badInput("on", "is not a day. Write it as 2023-05-04.");
    const rows = await context.read(readChairs);
    return toSeats(context.loaders, rows, on ?? dayOf(new Date(context.terms.now)));
  }

  @FieldResolver(() => Country, { nullable: true })
  host(@Root() { row }: MeetingNode, @Ctx() { loaders }: Context): Promise<Country | null> {
    return countryOf(loaders, row.host);
  }

  @FieldResolver(() => [MeetingParticipant])
  participants(
    @Root() { row }: MeetingNode,
    @Ctx() { loaders }: Context,
  ): Promise<MeetingParticipant[]> {
    return Promise.all(
      row.participants.map(
        async ({ country, institution, presented_profile: presentedProfile }) => ({
          country: await countryOf(loaders, country),
          institution,
          presentedProfile,
        }),
      ),
    );
  }
}
