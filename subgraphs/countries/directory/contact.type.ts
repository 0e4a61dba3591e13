import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { asEnum } from "../../../shared/graphql/enums";
import {
  CountryCode,
  DateScalar,
  DateTimeScalar,
  EmailAddress,
} from "../../../shared/graphql/scalars";
import { MADE_OF, type Sensitive } from "../../../shared/graphql/shield";
import { UserError } from "../../../shared/graphql/user-error";
import type { ContactDetails } from "../../../shared/policy/decide";
import { CONTACT_KINDS, type ContactKind } from "../../../shared/policy/terms";
import { connectionOf } from "../paging";
import { CONTACT_STANDINGS, type ContactStanding } from "./contact.rules";

const DETAIL =
  "Null with one FORBIDDEN error a kind, where the country has not shared its contacts' details with you.";

export const ContactKindEnum = asEnum(CONTACT_KINDS);
registerEnumType(ContactKindEnum, {
  name: "ContactKind",
  description: "Each is opened by agreements of its own.",
});

export const ContactStandingEnum = asEnum(CONTACT_STANDINGS);
registerEnumType(ContactStandingEnum, {
  name: "ContactStanding",
  description:
    "What a version is worth today: derived, never stored. Others than its owner see CURRENT only.",
});

/** What every kind of contact says; they differ in the agreement that opens them. */
@ObjectType()
abstract class Contact implements Sensitive {
  readonly [MADE_OF]!: readonly ContactDetails[];
  @Field(() => ID)
  id!: string;
  @Field(() => String, { nullable: true, description: DETAIL })
  name!: string | null;
  @Field(() => String, { description: "The post, not the person." })
  title!: string;
  @Field(() => String)
  organisation!: string;
  @Field(() => EmailAddress, { nullable: true, description: DETAIL })
  email!: string | null;
  @Field(() => String, { nullable: true, description: DETAIL })
  phone!: string | null;
  @Field(() => [String], { description: "BCP 47." })
  languages!: string[];
  @Field(() => Boolean, { description: "Whether somebody answers at every hour." })
  available24x7!: boolean;
  @Field(() => String, {
    nullable: true,
    description: "When somebody answers, where it is not always.",
  })
  hours!: string | null;
  @Field(() => ID, { nullable: true, description: "The contact that this one stands in for." })
  alternateOf!: string | null;
  @Field(() => DateScalar)
  validFrom!: string;
  @Field(() => DateScalar, {
    nullable: true,
    description: "First day on which it no longer holds.",
  })
  validUntil!: string | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When its country last saw to it that it is right.",
  })
  verifiedAt!: Date | null;
}

@ObjectType({ description: "A RELEC country's point of contact for the exchange." })
export class NationalContactPoint extends Contact {}

@ObjectType({
  description: "A COLEP country's contact; the list of participants is shared among COLEP.",
})
export class FocalPerson extends Contact {}

@ObjectType({ description: "An officer whom a country has posted to another one." })
export class LiaisonOfficer extends Contact {
  @Field(() => CountryCode)
  postedTo!: string;
}

@ObjectType({
  description: "One version of a contact of your own, with what waits and what is over.",
})
export class ContactVersion extends Contact {
  @Field(() => ID, { description: "The contact, whatever its version." })
  contact!: string;
  @Field(() => ContactKindEnum)
  kind!: ContactKind;
  @Field(() => Int, { description: "Send it back to be told if somebody acted in between." })
  version!: number;
  @Field(() => CountryCode, { nullable: true })
  postedTo!: string | null;
  @Field(() => ContactStandingEnum)
  standing!: ContactStanding;
  @Field(() => String, { nullable: true })
  submittedBy!: string | null;
  @Field(() => DateTimeScalar)
  submittedAt!: Date;
  @Field(() => String, { nullable: true, description: "Who approved or returned it." })
  decidedBy!: string | null;
  @Field(() => String, { nullable: true, description: "Why it was returned." })
  reason!: string | null;
}

export const { Edge: ContactVersionEdge, Connection: ContactVersionConnection } = connectionOf(
  "ContactVersion",
  ContactVersion,
);

@ObjectType()
export class ContactPayload {
  @Field(() => ContactVersion, { nullable: true, description: "Null where nothing was done." })
  contact!: ContactVersion | null;
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}
