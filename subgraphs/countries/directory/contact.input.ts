import { Field, ID, InputType, Int } from "type-graphql";
import { CountryCode } from "../../../shared/graphql/scalars";
import type { ContactKind } from "../../../shared/policy/terms";
import { KEY } from "../input.text";
import type { ContactBody } from "./contact.rules";
import { ContactKindEnum } from "./contact.type";

@InputType()
abstract class ContactBodyInput implements ContactBody {
  @Field(() => String)
  name!: string;
  @Field(() => String, { description: "The post, not the person." })
  title!: string;
  @Field(() => String)
  organisation!: string;
  @Field(() => String)
  email!: string;
  @Field(() => String, { description: "International, `+00 000 000 0000`." })
  phone!: string;
  @Field(() => [String], { description: "BCP 47." })
  languages!: string[];
  @Field(() => Boolean, { defaultValue: false })
  available24x7!: boolean;
  @Field(() => String, {
    nullable: true,
    description: "Required where it is not available at every hour.",
  })
  hours?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: "A contact of yours, of the same kind, that it stands in for.",
  })
  alternateOf?: string | null;
  @Field(() => CountryCode, {
    nullable: true,
    description: "For a liaison officer, and only there.",
  })
  postedTo?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "A day, `2026-12-31`; today where left out.",
  })
  validFrom?: string | null;
  @Field(() => String, { nullable: true, description: "First day on which it no longer holds." })
  validUntil?: string | null;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType()
export class AddContactInput extends ContactBodyInput {
  @Field(() => ContactKindEnum)
  kind!: ContactKind;
}

@InputType()
export class AmendContactInput extends ContactBodyInput {
  @Field(() => ID)
  contact!: string;
  @Field(() => Int, { description: "The version that you have read." })
  version!: number;
}

@InputType({ description: "A contact of yours, in the version that you have read." })
export class ContactActInput {
  @Field(() => ID)
  contact!: string;
  @Field(() => Int)
  version!: number;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType()
export class EndContactInput extends ContactActInput {
  @Field(() => String, {
    nullable: true,
    description: "First day on which it no longer holds; today where left out.",
  })
  validUntil?: string | null;
}

@InputType()
export class ReturnContactInput extends ContactActInput {
  @Field(() => String, { description: "What has to be mended." })
  reason!: string;
}
