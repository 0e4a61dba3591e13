import { Field, ID, InputType, Int } from "type-graphql";
import { EvaluationInput } from "../../../shared/graphql/evaluation";
import { HandlingCodeEnum, TlpEnum } from "../../../shared/graphql/marking";
import { CountryCode, PeriodCode } from "../../../shared/graphql/scalars";
import type { HandlingCode, Tlp } from "../../../shared/policy/terms";
import * as enums from "./alert.enums";
import type { Scope, Status } from "./cap";
import { AlertInfoInput } from "./info.input";

const KEY = "The same key with the same input happens once and is answered the same again.";

@InputType({
  description:
    "To whom. Each addressee sees the message and how it is addressed itself, nothing of the others.",
})
export class AlertAddressesInput {
  @Field(() => [ID], { defaultValue: [] })
  partners!: string[];
  @Field(() => [ID], { defaultValue: [], description: "Groups of yours." })
  groups!: string[];
  @Field(() => [ID], {
    defaultValue: [],
    description: "For TLP:RED, and only there: `PARTNER/person`.",
  })
  persons!: string[];
}

@InputType({
  description:
    "Totals of an indicator. Each reader sees those that are open to it, nobody sees more by the message.",
})
export class CitationInput {
  @Field(() => [CountryCode])
  reporters!: string[];
  @Field(() => ID)
  indicator!: string;
  @Field(() => PeriodCode)
  from!: string;
  @Field(() => PeriodCode)
  to!: string;
}

@InputType()
abstract class AlertBody {
  @Field(() => enums.ScopeEnum, { defaultValue: "Private" })
  scope!: Scope;
  @Field(() => String, {
    nullable: true,
    description: "The rule that restricts a Restricted message.",
  })
  restriction?: string | null;
  @Field(() => String, { nullable: true })
  source?: string | null;
  @Field(() => [String], { defaultValue: [] })
  code!: string[];
  @Field(() => String, { nullable: true, description: "Of an Exercise: which one." })
  note?: string | null;
  @Field(() => [String], { defaultValue: [] })
  incidents!: string[];
  @Field(() => [AlertInfoInput])
  info!: AlertInfoInput[];
  @Field(() => TlpEnum)
  tlp!: Tlp;
  @Field(() => [HandlingCodeEnum], { defaultValue: [] })
  handling!: HandlingCode[];
  @Field(() => String, { nullable: true, description: "Of H3: the restriction in words." })
  handlingNote?: string | null;
  @Field(() => EvaluationInput, { nullable: true })
  evaluation?: EvaluationInput | null;
  @Field(() => [CitationInput], { defaultValue: [] })
  figures!: CitationInput[];
  @Field(() => Int, {
    nullable: true,
    description: "Minutes, 5 to 10080; then the alternate contact is told.",
  })
  acknowledgeWithin?: number | null;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType()
export class IssueAlertInput extends AlertBody {
  @Field(() => enums.StatusEnum)
  status!: Status;
  @Field(() => AlertAddressesInput)
  addresses!: AlertAddressesInput;
}

@InputType()
export class UpdateAlertInput extends AlertBody {
  @Field(() => ID, { description: "The message that it supersedes." })
  alert!: string;
  @Field(() => AlertAddressesInput, {
    nullable: true,
    description: "Left out: those of the message it supersedes.",
  })
  addresses?: AlertAddressesInput | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Say so where it goes to more readers, or is marked less closely, than what it supersedes.",
  })
  widensAudience!: boolean;
}

@InputType()
export class AlertActInput {
  @Field(() => ID)
  alert!: string;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType()
export class AlertNoteInput extends AlertActInput {
  @Field(() => String, { description: "Why." })
  note!: string;
}

/** What CAP has no element for stands in `code` of the file, as the export writes it, or is said here. */
@InputType({ description: "A CAP 1.2 message as XML, issued as a message of your own." })
export class ImportAlertInput {
  @Field(() => String, { description: "At most 60 kB, without a document type." })
  xml!: string;
  @Field(() => TlpEnum, {
    nullable: true,
    description: "Where the file has no `TLP:…` among its codes.",
  })
  tlp?: Tlp | null;
  @Field(() => AlertAddressesInput, {
    nullable: true,
    description: "Where the file has no addresses of ours.",
  })
  addresses?: AlertAddressesInput | null;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}
