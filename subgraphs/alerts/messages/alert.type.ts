import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { Evaluation } from "../../../shared/graphql/evaluation";
import { Marking } from "../../../shared/graphql/marking";
import { PageInfo } from "../../../shared/graphql/page-info";
import { DateTimeScalar } from "../../../shared/graphql/scalars";
import { MADE_OF, type Sensitive } from "../../../shared/graphql/shield";
import type { AlertMessage } from "../../../shared/policy/addressed";
import * as enums from "./alert.enums";
import type { MsgType, Scope, Status } from "./cap";
import { AlertInfo } from "./info.type";
import { CitedFigures, Partner } from "./reference";

@ObjectType({
  description:
    "Who is addressed. The sender sees everyone; an addressee sees how it is addressed itself.",
})
export class AlertAddresses {
  @Field(() => [ID])
  partners!: readonly string[];
  @Field(() => [ID], {
    description: "Groups of the sender's; whoever is in one at the moment of reading is addressed.",
  })
  groups!: readonly string[];
  @Field(() => [ID], { description: "TLP:RED: persons by name, `PARTNER/person`." })
  persons!: readonly string[];
}

@ObjectType({ description: "CAP's triplet, and the message of this exchange that it names." })
export class AlertReference {
  @Field(() => String)
  sender!: string;
  @Field(() => ID)
  identifier!: string;
  @Field(() => DateTimeScalar)
  sent!: Date;
  @Field(() => ID, { description: "`identifier` of the message here." })
  message!: string;
}

@ObjectType({ description: "The XML signature of the file that a message came in." })
export class CapSignature {
  @Field(() => Boolean, { description: "Always false: it is kept, and nobody here verifies it." })
  verified!: boolean;
  @Field(() => String, { nullable: true, description: "As it was written; for the sender only." })
  xml!: string | null;
}

@ObjectType({ description: "What became of a message at one recipient." })
export class AlertDelivery {
  @Field(() => Partner)
  recipient!: Partner;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it was first given out to it, as the log has it.",
  })
  deliveredAt!: Date | null;
  @Field(() => [String], { description: "By which ways: GRAPHQL, STREAM, FEED, WEBHOOK." })
  channels!: readonly string[];
  @Field(() => DateTimeScalar, { nullable: true })
  acknowledgeBy!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "Its `Ack`: received and accepted." })
  acknowledgedAt!: Date | null;
  @Field(() => String, {
    nullable: true,
    description: "Why it was rejected: the note of its `Error`.",
  })
  errorNote!: string | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "Not acknowledged in time, and then told to the alternate contact: when a channel took the message.",
  })
  escalatedAt!: Date | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "Not acknowledged since the time was over, and no channel has taken the message for an alternate contact: call.",
  })
  unreachedSince!: Date | null;
}

/** `[MADE_OF]`: to whom it is addressed, asked about once more on the way out. */
@ObjectType({
  description:
    "An early-warning message in the words of CAP 1.2. Never changed: an update is a new one.",
})
@Directive('@key(fields: "identifier")')
export class Alert implements Sensitive {
  readonly [MADE_OF]!: readonly AlertMessage[];
  @Field(() => ID)
  identifier!: string;
  @Field(() => String, { description: "Code of the partner that sends it." })
  sender!: string;
  @Field(() => Partner)
  from!: Partner;
  @Field(() => DateTimeScalar, { nullable: true, description: "Null while it is a draft." })
  sent!: Date | null;
  @Field(() => enums.StatusEnum)
  status!: Status;
  @Field(() => Boolean, { description: "Not real: an exercise, a test." })
  exercise!: boolean;
  @Field(() => enums.MsgTypeEnum)
  msgType!: MsgType;
  @Field(() => String, { nullable: true })
  source!: string | null;
  @Field(() => enums.ScopeEnum)
  scope!: Scope;
  @Field(() => String, { nullable: true })
  restriction!: string | null;
  @Field(() => AlertAddresses)
  addresses!: AlertAddresses;
  @Field(() => [String])
  code!: readonly string[];
  @Field(() => String, { nullable: true })
  note!: string | null;
  @Field(() => AlertReference, {
    nullable: true,
    description:
      "The sender, identifier and time that the message came with, and that its file has; of one written here its own.",
  })
  origin!: AlertReference | null;
  @Field(() => CapSignature, { nullable: true })
  signature!: CapSignature | null;
  @Field(() => [AlertReference], { description: "What it updates or cancels." })
  references!: readonly AlertReference[];
  @Field(() => [String], {
    description: "What names the incident that several messages are about.",
  })
  incidents!: readonly string[];
  @Field(() => [AlertInfo])
  info!: readonly AlertInfo[];
  @Field(() => DateTimeScalar)
  expires!: Date;
  @Field(() => enums.AlertStateEnum)
  state!: enums.AlertState;
  @Field(() => Marking)
  marking!: Marking;
  @Field(() => String, { nullable: true })
  handlingNote!: string | null;
  @Field(() => Evaluation, { nullable: true })
  evaluation!: Evaluation | null;
  @Field(() => [CitedFigures], {
    description: "Figures that it cites, as you may see them yourself.",
  })
  figures!: readonly CitedFigures[];
  @Field(() => Int, { nullable: true, description: "Minutes in which to acknowledge it." })
  acknowledgeWithin!: number | null;
}

@ObjectType()
export class AlertEdge {
  @Field(() => String)
  cursor!: string;
  @Field(() => Alert)
  node!: Alert;
}

@ObjectType()
export class AlertConnection {
  @Field(() => [Alert])
  nodes!: readonly Alert[];
  @Field(() => [AlertEdge])
  edges!: readonly AlertEdge[];
  @Field(() => PageInfo)
  pageInfo!: PageInfo;
  @Field(() => Int)
  totalCount!: number;
}

@ObjectType({ description: "What others have sent you, in the order in which it went out." })
export class AlertFeed {
  @Field(() => [Alert])
  nodes!: readonly Alert[];
  @Field(() => [AlertEdge])
  edges!: readonly AlertEdge[];
  @Field(() => PageInfo)
  pageInfo!: PageInfo;
  @Field(() => String, { description: "Where to read on, also when nothing is there yet." })
  endCursor!: string;
  @Field(() => Boolean)
  hasNextPage!: boolean;
}
