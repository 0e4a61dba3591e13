import { Field, ID, InputType, Int } from "type-graphql";
import { CountryCode } from "../../../shared/graphql/scalars";
import { KEY } from "../input.text";
import type { MeetingBody, MeetingMode } from "./meeting.rules";
import { MeetingModeEnum } from "./meeting.type";

@InputType({ description: "A country or an institution." })
export class ParticipantInput {
  @Field(() => CountryCode, { nullable: true })
  country?: string | null;
  @Field(() => String, { nullable: true })
  institution?: string | null;
  @Field(() => Boolean, { defaultValue: false })
  presentedProfile!: boolean;
}

@InputType()
export class RecordMeetingInput implements MeetingBody {
  @Field(() => Int)
  number!: number;
  @Field(() => String, { description: "A day, `2026-12-31`." })
  date!: string;
  @Field(() => MeetingModeEnum)
  mode!: MeetingMode;
  @Field(() => String, { nullable: true, description: "Left out where it is held online." })
  place?: string | null;
  @Field(() => CountryCode, { nullable: true })
  host?: string | null;
  @Field(() => String, { nullable: true })
  theme?: string | null;
  @Field(() => [ParticipantInput], { defaultValue: [] })
  participants!: ParticipantInput[];
  @Field(() => Int, { nullable: true })
  officials?: number | null;
  @Field(() => Int, { nullable: true })
  countriesPresent?: number | null;
  @Field(() => [String], { defaultValue: [] })
  outcomes!: string[];
  @Field(() => String, { description: "Document and date." })
  source!: string;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: "The meeting of that number, whole." })
export class AmendMeetingInput extends RecordMeetingInput {
  @Field(() => Int, { description: "The revision that you have read." })
  revision!: number;
}

@InputType()
export class AgendaItemInput {
  @Field(() => String)
  title!: string;
  @Field(() => Boolean, { defaultValue: false })
  exercise!: boolean;
}

@InputType()
export class SetAgendaInput {
  @Field(() => Int, { description: "Number of the meeting." })
  meeting!: number;
  @Field(() => Int, {
    defaultValue: 0,
    description: "The agenda's revision that you have read; 0 where there was none.",
  })
  revision!: number;
  @Field(() => [AgendaItemInput])
  items!: AgendaItemInput[];
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType()
export class AddNextStepInput {
  @Field(() => Int, { description: "Number of the meeting." })
  meeting!: number;
  @Field(() => String)
  task!: string;
  @Field(() => ID, { description: "Code of the partner that does it." })
  responsible!: string;
  @Field(() => String, { nullable: true, description: "The last day in time, `2026-12-31`." })
  due?: string | null;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType()
export class CompleteNextStepInput {
  @Field(() => ID)
  id!: string;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType()
export class EndorseChairInput {
  @Field(() => Int, { description: "1 to 3." })
  seat!: number;
  @Field(() => CountryCode)
  country!: string;
  @Field(() => Int, { description: "Number of the meeting that endorsed it." })
  meeting!: number;
  @Field(() => String, {
    nullable: true,
    description: "First day; the day of the meeting where left out.",
  })
  since?: string | null;
  @Field(() => String, { description: "Document and date." })
  source!: string;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType()
export class EndChairInput {
  @Field(() => Int, { description: "1 to 3." })
  seat!: number;
  @Field(() => CountryCode, { description: "Who holds it, as you have read." })
  country!: string;
  @Field(() => String, { description: "Last day, `2026-12-31`." })
  until!: string;
  @Field(() => String, { description: "Document and date." })
  source!: string;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}
