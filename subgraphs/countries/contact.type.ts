import { Field, ID, ObjectType } from "type-graphql";
import { EmailAddress } from "../../shared/graphql/scalars";
import type { ContactDetails } from "../../shared/policy/decide";
import { MADE_OF, type Sensitive } from "../../shared/policy/shield";

const DETAIL = "Null with one FORBIDDEN error a kind, where the country has not shared its contacts' details with you.";

/** Both kinds of contact have the same fields; they differ in the agreement that opens them. */
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
}

@ObjectType({ description: "A RELEC country's point of contact for the exchange." })
export class NationalContactPoint extends Contact {}

@ObjectType({ description: "A COLEP country's contact; the list of participants is shared among COLEP." })
export class FocalPerson extends Contact {}
