import { Field, Float, Int, ObjectType } from "type-graphql";
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

@ObjectType("CapValue", {
  description: "A name and a value: an event code, a parameter, a geocode.",
})
export class Value {
  @Field(() => String)
  valueName!: string;
  @Field(() => String)
  value!: string;
}

@ObjectType()
export class AlertResource implements CapResource {
  @Field(() => String)
  resourceDesc!: string;
  @Field(() => String)
  mimeType!: string;
  @Field(() => Int, { nullable: true })
  size?: number | null;
  @Field(() => String, { nullable: true })
  uri?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "SHA-1 or SHA-256 of the file, in hexadecimal.",
  })
  digest?: string | null;
}

@ObjectType()
export class AlertArea implements CapArea {
  @Field(() => String)
  areaDesc!: string;
  @Field(() => [String], {
    description: "Points `latitude,longitude`, the first once more at the end.",
  })
  polygon!: string[];
  @Field(() => [String], { description: "`latitude,longitude radius`, in kilometres." })
  circle!: string[];
  @Field(() => [Value], {
    description: "`ISO3166-1`, `ISO3166-2`, `accord:border-section`, or a name of yours.",
  })
  geocode!: Value[];
  @Field(() => Float, { nullable: true, description: "Feet above mean sea level, or the lowest." })
  altitude?: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "The highest, where `altitude` is the lowest.",
  })
  ceiling?: number | null;
}

@ObjectType({ description: "What the message says, of one area or in one language." })
export class AlertInfo implements Omit<CapInfo, "effective" | "onset" | "expires"> {
  @Field(() => String)
  language!: string;
  @Field(() => [enums.CategoryEnum])
  category!: CapCategory[];
  @Field(() => String)
  event!: string;
  @Field(() => [enums.ResponseTypeEnum])
  responseType!: ResponseType[];
  @Field(() => enums.UrgencyEnum)
  urgency!: Urgency;
  @Field(() => enums.SeverityEnum)
  severity!: Severity;
  @Field(() => enums.CertaintyEnum)
  certainty!: Certainty;
  @Field(() => String, { nullable: true })
  audience?: string | null;
  @Field(() => [Value], {
    description: "`accord:event` and one of our codes, besides any of yours.",
  })
  eventCode!: Value[];
  @Field(() => DateTimeScalar, { nullable: true })
  effective?: Date | null;
  @Field(() => DateTimeScalar, { nullable: true })
  onset?: Date | null;
  @Field(() => DateTimeScalar)
  expires!: Date;
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
  @Field(() => [Value])
  parameter!: Value[];
  @Field(() => [AlertResource])
  resource!: AlertResource[];
  @Field(() => [AlertArea])
  area!: AlertArea[];
}
