import { Field, ID, InputType, Int } from "type-graphql";
import { EvaluationInput } from "../../../shared/graphql/evaluation";
import { HandlingCodeEnum, TlpEnum } from "../../../shared/graphql/marking";
import { DateTimeScalar } from "../../../shared/graphql/scalars";
import type { HandlingCode, Tlp } from "../../../shared/policy/terms";
import * as enums from "./request.enums";
import type {
  Accessibility,
  CrimeArea,
  Kind,
  Language,
  Met,
  RequestChannel,
  Urgency,
  UrgencyGround,
} from "./request.words";

const KEY = "The same key with the same input happens once and is answered the same again.";

@InputType()
export abstract class Keyed {
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType()
export abstract class Marked extends Keyed {
  @Field(() => TlpEnum, { defaultValue: "AMBER" })
  tlp!: Tlp;
  @Field(() => [HandlingCodeEnum], { defaultValue: [] })
  handling!: HandlingCode[];
  @Field(() => String, { nullable: true, description: "Of H3: the restriction in words." })
  handlingNote?: string | null;
  @Field(() => EvaluationInput, { nullable: true })
  evaluation?: EvaluationInput | null;
}

@InputType({
  description:
    "What is asked. No personal data: text that looks like a person's record is refused.",
})
export class OpenCooperationRequestInput extends Marked {
  @Field(() => [ID], {
    description: "One partner. Several make a request each, and none of them learns of the others.",
  })
  requested!: string[];
  @Field(() => enums.KindEnum)
  kind!: Kind;
  @Field(() => enums.ChannelEnum, { defaultValue: "FACILITATED" })
  channel!: RequestChannel;
  @Field(() => enums.UrgencyEnum, { defaultValue: "NORMAL" })
  urgency!: Urgency;
  @Field(() => enums.UrgencyGroundEnum, {
    nullable: true,
    description: "Of an urgent request, and required there.",
  })
  urgencyGround?: UrgencyGround | null;
  @Field(() => String, {
    nullable: true,
    description: "Of an urgent request: how the ground applies.",
  })
  urgencyReason?: string | null;
  @Field(() => enums.AccessibilityEnum, {
    defaultValue: "UNKNOWN",
    description: "As far as you know; the other party says.",
  })
  accessibility!: Accessibility;
  @Field(() => enums.LanguageEnum, { defaultValue: "en" })
  language!: Language;
  @Field(() => [enums.CrimeAreaEnum], { defaultValue: [] })
  crimeAreas!: CrimeArea[];
  @Field(() => String, { description: "At most 200 characters." })
  subject!: string;
  @Field(() => String)
  informationSought!: string;
  @Field(() => String)
  purpose!: string;
  @Field(() => String, { nullable: true })
  underlyingOffence?: string | null;
  @Field(() => String, { nullable: true })
  factsSummary?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Required of an information request: why it should be there.",
  })
  availabilityGrounds?: string | null;
  @Field(() => String, { nullable: true })
  linkToEntity?: string | null;
  @Field(() => String, { nullable: true })
  useRestrictions?: string | null;
}

@InputType({
  description:
    "The whole text once more, before it is submitted. The party that it is addressed to stays.",
})
export class AmendCooperationRequestInput extends OpenCooperationRequestInput {
  @Field(() => ID)
  reference!: string;
  @Field(() => Int, { description: "The `revision` that you have read." })
  revision!: number;
}

@InputType()
export class RequestMoveInput extends Keyed {
  @Field(() => ID)
  reference!: string;
  @Field(() => Int, {
    description: "The `revision` that you have read: whoever moved since makes it a conflict.",
  })
  revision!: number;
}

@InputType()
export class WithdrawInput extends RequestMoveInput {
  @Field(() => String, { nullable: true })
  note?: string | null;
}

@InputType()
export class RequestNoteInput extends RequestMoveInput {
  @Field(() => String, {
    description: "For the other side: what is missing, what is asked, what is meant.",
  })
  note!: string;
}

@InputType()
export class ReceiveInput extends RequestMoveInput {
  @Field(() => enums.AccessibilityEnum, {
    nullable: true,
    description:
      "Of an urgent information request, and required there: its service level depends on it.",
  })
  accessibility?: Accessibility | null;
}

@InputType()
export class NotifyDelayInput extends RequestNoteInput {
  @Field(() => DateTimeScalar, { description: "Until when to expect an answer." })
  expectedUntil!: string;
}

@InputType()
export class CloseInput extends RequestMoveInput {
  @Field(() => enums.MetEnum, {
    nullable: true,
    description: "Required: how far the answer met what was asked.",
  })
  met?: Met | null;
  @Field(() => String, { nullable: true })
  comment?: string | null;
}
