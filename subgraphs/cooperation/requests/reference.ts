import { Directive, Field, ID, ObjectType } from "type-graphql";

/** What this subgraph knows of its neighbours' entities: their keys. */
@ObjectType("Partner")
@Directive('@key(fields: "code", resolvable: false)')
export class Partner {
  @Field(() => ID)
  code!: string;
}
