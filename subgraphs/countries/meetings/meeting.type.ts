import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { asEnum } from "../../../shared/graphql/enums";
import { DateScalar, DateTimeScalar } from "../../../shared/graphql/scalars";
import { UserError } from "../../../shared/graphql/user-error";
import { Country } from "../country.type";
import { connectionOf } from "../paging";
import { MEETING_MODES, type MeetingMode } from "./meeting.rules";

export const MeetingModeEnum = asEnum(MEETING_MODES);
registerEnumType(MeetingModeEnum, { name: "MeetingMode" });

@ObjectType({ description: "Who took part: a country or an institution, never a person." })
export class MeetingParticipant {
  @Field(() => Country, { nullable: true })
  country!: Country | null;
  @Field(() => String, { nullable: true })
  institution!: string | null;
  @Field(() => Boolean)
  presentedProfile!: boolean;
}

@ObjectType()
export class AgendaItem {
  @Field(() => String)
  title!: string;
  @Field(() => Boolean, {
    description: "A table-top exercise, or part of one: nothing of it is real.",
  })
  exercise!: boolean;
}

@ObjectType({
  description:
    "Set by the Secretariat's desk or by a country that holds a chair on the day of the meeting.",
})
export class MeetingAgenda {
  @Field(() => Int, {
    description: "Send it back to be told if somebody set another one in between.",
  })
  revision!: number;
  @Field(() => [AgendaItem])
  items!: AgendaItem[];
  @Field(() => ID, { description: "Code of the partner." })
  setBy!: string;
  @Field(() => DateTimeScalar)
  setAt!: Date;
}

@ObjectType({ description: "What a meeting has asked somebody to do." })
export class NextStep {
  @Field(() => ID)
  id!: string;
  @Field(() => Int, { description: "Number of the meeting." })
  meeting!: number;
  @Field(() => String)
  task!: string;
  @Field(() => ID, { description: "Code of the partner that does it." })
  responsible!: string;
  @Field(() => DateScalar, {
    nullable: true,
    description: "The last day in time, where one was set.",
  })
  due!: string | null;
  @Field(() => DateScalar, { nullable: true })
  doneOn!: string | null;
  @Field(() => Boolean, { description: "Computed: its day is past, in UTC, and it is not done." })
  overdue!: boolean;
}

@ObjectType({ description: "A meeting of the Community of Law Enforcement Practitioners." })
export class Meeting {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  number!: number;
  @Field(() => DateScalar)
  date!: string;
  @Field(() => MeetingModeEnum)
  mode!: MeetingMode;
  @Field(() => String, { nullable: true, description: "Null where it is held online." })
  place!: string | null;
  @Field(() => Country, { nullable: true })
  host!: Country | null;
  @Field(() => String, { nullable: true })
  theme!: string | null;
  @Field(() => [MeetingParticipant], { description: "As far as the source names them." })
  participants!: MeetingParticipant[];
  @Field(() => Int, {
    nullable: true,
    description: "How many officials took part, where the source says so.",
  })
  officials!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: "How many countries, as the source counts them.",
  })
  countriesPresent!: number | null;
  @Field(() => MeetingAgenda, { nullable: true, description: "Null while none is set." })
  agenda!: MeetingAgenda | null;
  @Field(() => [String])
  outcomes!: string[];
  @Field(() => [NextStep])
  nextSteps!: NextStep[];
  @Field(() => String, { description: "Document and date." })
  source!: string;
  @Field(() => Int)
  revision!: number;
}

export const { Edge: MeetingEdge, Connection: MeetingConnection } = connectionOf(
  "Meeting",
  Meeting,
);
export const { Edge: NextStepEdge, Connection: NextStepConnection } = connectionOf(
  "NextStep",
  NextStep,
);

@ObjectType()
export class MeetingPayload {
  @Field(() => Meeting, { nullable: true, description: "Null where nothing was done." })
  meeting!: Meeting | null;
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@ObjectType({ description: "A country's time in one of the three chairs." })
export class Chair {
  @Field(() => Country)
  country!: Country;
  @Field(() => DateScalar)
  since!: string;
  @Field(() => DateScalar, { nullable: true, description: "Last day, where it is known." })
  until!: string | null;
  @Field(() => Int, {
    nullable: true,
    description: "Number of the meeting that endorsed it, where a source says so.",
  })
  endorsedAtMeeting!: number | null;
  @Field(() => String, { description: "Document and date." })
  source!: string;
}

@ObjectType({
  description: "One of COLEP's three chairs. The numbers are ours: no source gives any.",
})
export class ChairSeat {
  @Field(() => Int)
  seat!: number;
  @Field(() => Chair, { nullable: true, description: "Null where the seat is vacant on that day." })
  holder!: Chair | null;
  @Field(() => [Chair], { description: "Its rotation, oldest first." })
  history!: Chair[];
}

@ObjectType()
export class ChairPayload {
  @Field(() => ChairSeat, { nullable: true, description: "Null where nothing was done." })
  chair!: ChairSeat | null;
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}
