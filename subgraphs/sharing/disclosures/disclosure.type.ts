import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { OPERATIONS, type Operation, OUTCOMES, type Outcome } from "../../../shared/audit/entry";
import { AccessReasonEnum } from "../../../shared/graphql/access-reason";
import { asEnum } from "../../../shared/graphql/enums";
import { PageInfo } from "../../../shared/graphql/page-info";
import { DateTimeScalar, PeriodCode } from "../../../shared/graphql/scalars";
import type { AccessReason } from "../../../shared/policy/decide";
import type { Category } from "../../../shared/policy/terms";
import { CHANNELS, type Channel } from "../../../shared/viewer/channel";
import type { Purpose } from "../../../shared/viewer/purpose";
import { AgreementSummary } from "../access/access.type";
import { CategoryEnum } from "../agreements/agreement.type";
import { Partner, PurposeEnum } from "../partners/partner.type";

export const OperationEnum = asEnum(OPERATIONS);
registerEnumType(OperationEnum, {
  name: "LoggedOperation",
  description: "Directive (EU) 2016/680 Art. 25: what was done with the data.",
});
export const ChannelEnum = asEnum(CHANNELS);
registerEnumType(ChannelEnum, { name: "Channel", description: "By which way the answer left." });
export const OutcomeEnum = asEnum(OUTCOMES);
registerEnumType(OutcomeEnum, { name: "Outcome", description: "Whether the data were given." });

@ObjectType({
  description:
    "One line of the disclosure log: what one answer told one viewer of your data, or refused to tell.",
})
export class Disclosure {
  @Field(() => DateTimeScalar)
  at!: Date;
  @Field(() => ID, {
    description: "Of the request; its answer carried it in the header `x-request-id`.",
  })
  requestId!: string;
  @Field(() => Partner, { nullable: true })
  viewer!: Partner | null;
  @Field(() => String, { description: "The person or client, as its issuer names it." })
  actor!: string;
  @Field(() => CategoryEnum)
  category!: Category;
  @Field(() => OperationEnum)
  operation!: Operation;
  @Field(() => [ID])
  indicators!: string[];
  @Field(() => [PeriodCode])
  periods!: string[];
  @Field(() => [String], {
    description:
      "Breakdown dimensions; for contacts their kind; for a message its identifier, or `COUNTED` where only the number of messages was told.",
  })
  detail!: string[];
  @Field(() => Int, { description: "Values that left." })
  cells!: number;
  @Field(() => ChannelEnum)
  channel!: Channel;
  @Field(() => PurposeEnum, { nullable: true })
  purpose!: Purpose | null;
  @Field(() => AgreementSummary, { nullable: true, description: "Null for your own people." })
  agreement!: AgreementSummary | null;
  @Field(() => Int, { nullable: true })
  agreementVersion!: number | null;
  @Field(() => OutcomeEnum)
  outcome!: Outcome;
  @Field(() => AccessReasonEnum, { description: "The condition that decided." })
  reason!: AccessReason;
  @Field(() => Int, {
    description:
      "For how many it stands. The first refusal of a question is a line of its own at once; what is asked and refused again in the same minute follows as one line with its number when the minute is over. 1 for all else.",
  })
  times!: number;
}

@ObjectType()
export class DisclosureEdge {
  @Field(() => String)
  cursor!: string;
  @Field(() => Disclosure)
  node!: Disclosure;
}

@ObjectType({ description: "Newest first." })
export class DisclosureConnection {
  @Field(() => [Disclosure])
  nodes!: Disclosure[];
  @Field(() => [DisclosureEdge])
  edges!: DisclosureEdge[];
  @Field(() => PageInfo)
  pageInfo!: PageInfo;
  @Field(() => Int, {
    description:
      "Lines that the filter leaves, counted anew each time: in a log of a million entries that takes longer than the page itself.",
  })
  totalCount!: number;
}

@ObjectType()
export class LogFault {
  @Field(() => String, { description: "As `accord verify-log` names it." })
  code!: string;
  @Field(() => String)
  message!: string;
  @Field(() => String)
  remedy!: string;
}

@ObjectType({
  description:
    "The log, or a piece of it, read anew from its first entry to its last and held against its signed heads: where a piece has more than 125 of them, against 125 spread over it, each of which covers every entry before it.",
})
export class LogVerification {
  @Field(() => Boolean, { description: "Of this piece: whether nothing in it is wrong." })
  valid!: boolean;
  @Field(() => Int, { description: "From the log's first entry to the end of this piece." })
  entries!: number;
  @Field(() => Int, { description: "Written in the last seconds, and not sealed yet." })
  unsealed!: number;
  @Field(() => String, {
    nullable: true,
    description:
      "The newest signed head, as JSON: what the log was at one moment. Keep it; it proves later that nothing before it was changed.",
  })
  head!: string | null;
  @Field(() => [LogFault])
  faults!: LogFault[];
  @Field(() => String, {
    nullable: true,
    description:
      "Where the piece ends before the log does, the signed head there: ask again with it as `after`. Null at the end of the log.",
  })
  next!: string | null;
}

@ObjectType({
  description:
    "A piece of an export, for `accord verify-log`. Put the lines of all pieces into one file.",
})
export class LogExport {
  @Field(() => [String])
  lines!: string[];
  @Field(() => Int, {
    nullable: true,
    description: "Ask again with this as `after`; null at the end.",
  })
  next!: number | null;
}
