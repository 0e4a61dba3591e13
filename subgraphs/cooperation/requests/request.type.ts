import { Directive, Field, Float, ID, Int, ObjectType } from "type-graphql";
import { PageInfo } from "../../../shared/graphql/page-info";
import { DateTimeScalar } from "../../../shared/graphql/scalars";
import { MADE_OF, type Sensitive } from "../../../shared/graphql/shield";
import { UserError } from "../../../shared/graphql/user-error";
import type { RequestPart } from "../../../shared/policy/requests";
import type { Attention } from "./clock.rules";
import { Partner } from "./reference";
import * as enums from "./request.enums";
import type { Accessibility, Kind, Language, RequestChannel, Urgency } from "./request.words";
import type { Action, ClockEvent, Party, State } from "./transition.rules";

@ObjectType({ description: "One event of the timeline, which is only ever added to." })
export class RequestEvent {
  @Field(() => enums.ActionEnum)
  action!: Action;
  @Field(() => Partner)
  by!: Partner;
  @Field(() => enums.PartyEnum)
  party!: Party;
  @Field(() => DateTimeScalar)
  at!: Date;
  @Field(() => enums.StateEnum, { nullable: true })
  from!: State | null;
  @Field(() => enums.StateEnum)
  to!: State;
  @Field(() => enums.ClockEventEnum, { nullable: true })
  clock!: ClockEvent | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Of a delay notice: until when to expect an answer.",
  })
  expectedUntil!: Date | null;
}

@ObjectType({
  description:
    "It runs from receipt, stands still for a clarification, and ends with the last word.",
})
export class RequestClock {
  @Field(() => DateTimeScalar, { nullable: true })
  startedAt!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true })
  endedAt!: Date | null;
  @Field(() => Boolean)
  running!: boolean;
  @Field(() => Float, { description: "Hours for which it has run." })
  usedHours!: number;
  @Field(() => Int, {
    nullable: true,
    description:
      "The service level, in hours of calendar time; null for kinds that have none, and before receipt.",
  })
  limitHours!: number | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "Null while it does not run." })
  dueAt!: Date | null;
  @Field(() => enums.AttentionEnum)
  attention!: Attention;
  @Field(() => Boolean, { nullable: true, description: "Of one that has ended, and had a limit." })
  onTime!: boolean | null;
}

/** `[MADE_OF]`: for whom its facts are, asked about once more on the way out. */
@ObjectType({
  description:
    "A request of one party to one other. What the parties write is content; the rest are facts.",
})
@Directive('@key(fields: "reference")')
export class CooperationRequest implements Sensitive {
  readonly [MADE_OF]!: readonly RequestPart[];
  @Field(() => ID)
  reference!: string;
  @Field(() => enums.KindEnum)
  kind!: Kind;
  @Field(() => enums.ChannelEnum)
  channel!: RequestChannel;
  @Field(() => enums.UrgencyEnum)
  urgency!: Urgency;
  @Field(() => enums.AccessibilityEnum)
  accessibility!: Accessibility;
  @Field(() => enums.LanguageEnum)
  language!: Language;
  @Field(() => String, {
    description: "Of its document. The mechanism is not agreed yet, and every version says so.",
  })
  mechanismVersion!: string;
  @Field(() => enums.StateEnum)
  state!: State;
  @Field(() => Int, {
    description: "Name it with every move: whoever moved since makes it a conflict.",
  })
  revision!: number;
  @Field(() => Partner)
  requester!: Partner;
  @Field(() => Partner)
  requested!: Partner;
  @Field(() => Partner)
  facilitator!: Partner;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Null without a service level, and while no clock runs.",
  })
  dueAt!: Date | null;
  @Field(() => Boolean, { description: "Computed when it is read." })
  overdue!: boolean;
  @Field(() => RequestClock)
  clock!: RequestClock;
  @Field(() => [RequestEvent], { description: "As far as it has reached you, in order." })
  timeline!: readonly RequestEvent[];
  @Field(() => [enums.ActionEnum], { description: "What your partner may do now." })
  moves!: readonly Action[];
  @Field(() => [Partner], {
    description: "Which parties have disclosed the content to the Secretariat; it takes both.",
  })
  disclosedBy!: readonly Partner[];
}

@ObjectType()
export class CooperationRequestEdge {
  @Field(() => String)
  cursor!: string;
  @Field(() => CooperationRequest)
  node!: CooperationRequest;
}

@ObjectType()
export class CooperationRequestConnection {
  @Field(() => [CooperationRequest])
  nodes!: readonly CooperationRequest[];
  @Field(() => [CooperationRequestEdge])
  edges!: readonly CooperationRequestEdge[];
  @Field(() => PageInfo)
  pageInfo!: PageInfo;
  @Field(() => Int)
  totalCount!: number;
}

@ObjectType({ description: "The request as you may see it now; null where nothing was done." })
export class CooperationRequestPayload {
  @Field(() => CooperationRequest, { nullable: true })
  cooperationRequest!: CooperationRequest | null;
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}
