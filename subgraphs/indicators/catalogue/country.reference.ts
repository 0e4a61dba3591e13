import { Directive, Field, ObjectType } from "type-graphql";
import { CountryCode } from "../../../shared/graphql/scalars";

/** What this subgraph knows of a country: its code. The countries subgraph owns the rest, this one adds `indicators`. */
@ObjectType("Country")
@Directive('@key(fields: "code")')
export class Country {
  @Field(() => CountryCode)
  code!: string;
}
