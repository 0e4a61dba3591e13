import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { asEnum } from "../../../shared/graphql/enums";
import { PageInfo } from "../../../shared/graphql/page-info";
import {
  DateScalar,
  DateTimeScalar,
  DimensionName,
  PeriodCode,
} from "../../../shared/graphql/scalars";
import { UserError } from "../../../shared/graphql/user-error";
import { Country } from "../catalogue/country.reference";
import { Indicator } from "../catalogue/indicator.type";
import { ValueStatus } from "../series/series.type";
import type { ReportState } from "./report.queries";

export const REPORT_STATES = [
  "SUBMITTED",
  "RETURNED",
  "WITHDRAWN",
  "RELEASED",
  "SUPERSEDED",
] as const;
export const ReportStateEnum = asEnum(REPORT_STATES);
registerEnumType(ReportStateEnum, {
  name: "ReportState",
  description: "Where a report stands.",
  valuesConfig: {
    SUBMITTED: {
      description: "Waits for an approver, who is another person. Nobody else sees it.",
    },
    RETURNED: { description: "Sent back with reasons. Mend it and submit again." },
    WITHDRAWN: { description: "Taken back before its release; its figures are erased." },
    RELEASED: { description: "What others read, as far as the agreements open it." },
    SUPERSEDED: {
      description: "Released once; a newer version has taken its place. `asOf` still reads it.",
    },
  },
});

@ObjectType({ description: "One table of a report, as it was submitted: columns of equal length." })
export class ReportTable {
  @Field(() => [DimensionName], { description: "What it is broken down by; none is the total." })
  dimensions!: readonly string[];
  @Field(() => [[String]], { description: "One code a dimension, in their order." })
  keys!: readonly (readonly string[])[];
  @Field(() => [Int], { nullable: "items" })
  values!: readonly (number | null)[];
  @Field(() => [ValueStatus])
  statuses!: readonly ValueStatus[];
}

@ObjectType({ description: "What validation found and the submitter's comment answers." })
export class ReportWarning {
  @Field(() => String)
  rule!: string;
  @Field(() => String)
  message!: string;
}

@ObjectType({
  description: "One version of what a country reports of one indicator for a quarter or a year.",
})
export class Report {
  @Field(() => ID)
  id!: string;
  @Field(() => Country)
  reporter!: Country;
  @Field(() => Indicator)
  indicator!: Indicator;
  @Field(() => PeriodCode)
  period!: string;
  @Field(() => Int, {
    description: "Of a returned or withdrawn one: the number it would have had.",
  })
  version!: number;
  @Field(() => ReportStateEnum)
  state!: ReportState;
  @Field(() => DateTimeScalar, { description: "A report released from then on is late." })
  dueAt!: Date;
  @Field(() => String, { nullable: true, description: "Why there is another version." })
  reason!: string | null;
  @Field(() => String, { nullable: true, description: "What the submitter says to the warnings." })
  comment!: string | null;
  @Field(() => String, { nullable: true })
  methodNote!: string | null;
  @Field(() => DateScalar, {
    nullable: true,
    description: "The day up to which the figures were known.",
  })
  dataAsOf!: string | null;
  @Field(() => String, { description: "SHA-256 over the figures." })
  contentHash!: string;
  @Field(() => [ReportWarning])
  warnings!: readonly ReportWarning[];
  @Field(() => String)
  submittedBy!: string;
  @Field(() => DateTimeScalar)
  submittedAt!: Date;
  @Field(() => String, { nullable: true, description: "Who released, returned or withdrew it." })
  decidedBy!: string | null;
  @Field(() => DateTimeScalar, { nullable: true })
  decidedAt!: Date | null;
  @Field(() => [String], { description: "Why it was returned." })
  returnReasons!: readonly string[];
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When a newer version took its place.",
  })
  supersededAt!: Date | null;
}

@ObjectType()
export class ReportEdge {
  @Field(() => String)
  cursor!: string;
  @Field(() => Report)
  node!: Report;
}

@ObjectType()
export class ReportConnection {
  @Field(() => [Report])
  nodes!: Report[];
  @Field(() => [ReportEdge])
  edges!: ReportEdge[];
  @Field(() => PageInfo)
  pageInfo!: PageInfo;
  @Field(() => Int)
  totalCount!: number;
}

@ObjectType({ description: "The report as you may see it now; null where nothing was done." })
export class ReportPayload {
  @Field(() => Report, { nullable: true })
  report!: Report | null;
  @Field(() => [UserError], { description: "Everything that was found, all at once." })
  userErrors!: readonly UserError[];
}
