import { Field, Float, InputType, Int } from "type-graphql";
import { DateTimeScalar } from "../../../shared/graphql/scalars";
import * as enums from "./alert.enums";
import type {
  CapArea,
  CapCategory,
  CapInfo,
  CapResource,
  Certainty,
  ResponseType,
  Severity,
  Urgency,
} from "./cap";

@InputType("CapValueInput")
export class ValueInput {
  @Field(() => String)
  valueName!: string;
  @Field(() => String)
  value!: string;
}

@InputType()
export class AlertResourceInput implements CapResource {
  @Field(() => String)
  resourceDesc!: string;
  @Field(() => String)
  mimeType!: string;
  @Field(() => Int, { nullable: true })
  size?: number | null;
  @Field(() => String, { nullable: true })
  uri?: string | null;
  @Field(() => String, { nullable: true, description: "SHA-1 or SHA-256 in hexadecimal." })
  digest?: string | null;
}

@InputType()
export class AlertAreaInput implements CapArea {
  @Field(() => String)
  areaDesc!: string;
  @Field(() => [String], { defaultValue: [] })
  polygon!: string[];
  @Field(() => [String], { defaultValue: [] })
  circle!: string[];
  @Field(() => [ValueInput], { defaultValue: [] })
  geocode!: ValueInput[];
  @Field(() => Float, { nullable: true, description: "Feet above mean sea level, or the lowest." })
  altitude?: number | null;
  @Field(() => Float, { nullable: true, description: "The highest; goes with `altitude`." })
  ceiling?: number | null;
}

@InputType({ description: "What the message says, of one area or in one language." })
export class AlertInfoInput implements CapInfo {
  @Field(() => String, { defaultValue: "en-US", description: "BCP 47." })
  language!: string;
  @Field(() => [enums.CategoryEnum], {
    defaultValue: ["Security"],
    description: "Security or Rescue among them.",
  })
  category!: CapCategory[];
  @Field(() => String)
  event!: string;
  @Field(() => [enums.ResponseTypeEnum], { defaultValue: [] })
  responseType!: ResponseType[];
  @Field(() => enums.UrgencyEnum)
  urgency!: Urgency;
  @Field(() => enums.SeverityEnum)
  severity!: Severity;
  @Field(() => enums.CertaintyEnum)
  certainty!: Certainty;
  @Field(() => String, { nullable: true })
  audience?: string | null;
  @Field(() => [ValueInput], {
    defaultValue: [],
    description: "Under `accord:event` one of our codes.",
  })
  eventCode!: ValueInput[];
  @Field(() => DateTimeScalar, { nullable: true })
  effective?: string | null;
  @Field(() => DateTimeScalar, { nullable: true })
  onset?: string | null;
  @Field(() => DateTimeScalar)
  expires!: string;
  @Field(() => String, { nullable: true })
  senderName?: string | null;
  @Field(() => String, { nullable: true })
  headline?: string | null;
  @Field(() => String, { nullable: true })
  description?: string | null;
  @Field(() => String, { nullable: true })
  instruction?: string | null;
  @Field(() => String, { nullable: true })
  web?: string | null;
  @Field(() => String, { nullable: true, description: "An office, never a person's own details." })
  contact?: string | null;
  @Field(() => [ValueInput], { defaultValue: [] })
  parameter!: ValueInput[];
  @Field(() => [AlertResourceInput], { defaultValue: [] })
  resource!: AlertResourceInput[];
  @Field(() => [AlertAreaInput], { defaultValue: [] })
  area!: AlertAreaInput[];
}
