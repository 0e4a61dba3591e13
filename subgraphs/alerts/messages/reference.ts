import { Directive, Field, ID, ObjectType } from "type-graphql";

/** What this subgraph knows of its neighbours' entities: their keys. */
@ObjectType("Partner")
@Directive('@key(fields: "code", resolvable: false)')
export class Partner {
  @Field(() => ID)
  code!: string;
}

/** Which figures a message cites. The indicators subgraph renders them for each reader, by that reader's rights. */
@ObjectType("CitedFigures")
@Directive('@key(fields: "id", resolvable: false)')
export class CitedFigures {
  @Field(() => ID)
  @Directive("@inaccessible")
  id!: string;
}
