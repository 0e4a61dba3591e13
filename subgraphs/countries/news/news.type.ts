import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../../shared/graphql/scalars";
import { UserError } from "../../../shared/graphql/user-error";
import { KEY } from "../input.text";
import { connectionOf } from "../paging";

@ObjectType({ description: "An item of a public feed, as plain text." })
export class NewsItem {
  @Field(() => ID)
  id!: string;
  @Field(() => String, { description: "Title of the feed that it is from." })
  channel!: string;
  @Field(() => String)
  title!: string;
  @Field(() => String)
  summary!: string;
  @Field(() => String, {
    nullable: true,
    description: "An address of http or https; nobody here has followed it.",
  })
  link!: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "Null where the feed gives none." })
  publishedAt!: Date | null;
}

export const { Edge: NewsItemEdge, Connection: NewsItemConnection } = connectionOf(
  "NewsItem",
  NewsItem,
);

@InputType()
export class ImportNewsInput {
  @Field(() => String, {
    description: "An RSS 2.0 file of at most 2,000,000 bytes. The exchange fetches none itself.",
  })
  rss!: string;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@ObjectType({ description: "An item of the file that was not taken." })
export class NewsLeftOut {
  @Field(() => Int, { description: "Its place in the file, counted from 1." })
  item!: number;
  @Field(() => String)
  title!: string;
  @Field(() => String, { description: "Why: what could not be read, or that it is known already." })
  reason!: string;
}

@ObjectType()
export class ImportNewsPayload {
  @Field(() => String, {
    nullable: true,
    description: "Title of the feed; null where nothing was done.",
  })
  channel!: string | null;
  @Field(() => Int, { description: "Items that are new." })
  added!: number;
  @Field(() => Int, { description: "Items known by their guid within the feed: left as they are." })
  known!: number;
  @Field(() => [NewsLeftOut], { description: "Item by item what was not taken, and why." })
  leftOut!: readonly NewsLeftOut[];
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}
