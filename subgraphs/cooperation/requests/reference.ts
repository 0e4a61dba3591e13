import { Directive, Field, ID, ObjectType } from "type-graphql";

/** What this room knows of its neighbours' entities: their keys. */
@ObjectType("Partner")
@Directive('@key(fields: "code", resolvable: false)')
export class Partner {
  @Field(() => ID)
  code!: string;
}
