import { Directive, Field, ID, ObjectType } from "type-graphql";
import { CountryCode } from "../../../shared/graphql/scalars";

/** What this subgraph knows of its neighbours' entities: their keys. */
@ObjectType("Country")
@Directive('@key(fields: "code", resolvable: false)')
export class Country {
  @Field(() => CountryCode)
  code!: string;
}

@ObjectType("Indicator")
@Directive('@key(fields: "code", resolvable: false)')
export class Indicator {
  @Field(() => ID)
  code!: string;
}
