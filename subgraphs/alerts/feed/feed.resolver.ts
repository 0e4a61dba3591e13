import {
  Arg,
  Ctx,
  Directive,
  Field,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import { AccordError, badInput } from "../../../shared/errors/errors";
import { pageSize } from "../../../shared/graphql/connection";
import type { RequestContext } from "../../../shared/graphql/context";
import { UUID } from "../../../shared/uuid";
import type { Loaders } from "../loaders";
import * as enums from "../messages/alert.enums";
import { toAlert } from "../messages/alert.mapping";
import { readFeed, readFeedEnd } from "../messages/alert.queries";
import { Alert, AlertFeed } from "../messages/alert.type";
import type { Status } from "../messages/cap";

type Context = RequestContext<Loaders>;

@ObjectType({ description: "For the gateway alone: wakes it, and says whom." })
@Directive("@inaccessible")
export class AlertsReleased {
  @Field(() => String, { nullable: true })
  position!: string | null;
  @Field(() => [String])
  partners!: readonly string[];
}

/** Where the feed begins: a cursor like any other, for who has received nothing yet. */
const START = "start";
const LONGEST_WAIT_MS = 3_000;

@Resolver()
export class FeedResolver {
  @Query(() => AlertFeed, {
    nullable: true,
    description:
      "What others have sent you, oldest first; ask again with `endCursor`. Errors: BAD_USER_INPUT.",
  })
  async alertFeed(
    @Ctx() context: Context,
    @Arg("first", () => Int, { defaultValue: 20, description: "1 to 100." }) first: number,
    @Arg("after", () => String, { defaultValue: START }) after: string,
    @Arg("status", () => [enums.StatusEnum], { nullable: true }) status?: readonly Status[] | null,
  ): Promise<AlertFeed> {
    const size = pageSize(first);
    if (after !== START && !UUID.test(after))
      throw badInput(
        "after",
        "is not a cursor. Use an endCursor of an earlier page, or leave it out.",
      );
    const page = { first: size + 1, after: after === START ? null : after, status: status ?? null };
    const rows = await context.read((manager) => readFeed(manager, context, page));
    const edges = rows.slice(0, size).map((row) => ({
      cursor: row.cursor as string,
      node: toAlert(row, context.viewer),
    }));
    const endCursor = edges.at(-1)?.cursor ?? after;
    const hasNextPage = rows.length > size;
    const pageInfo = {
      hasNextPage,
      hasPreviousPage: after !== START,
      startCursor: edges[0]?.cursor ?? null,
      endCursor,
    };
    return { edges, nodes: edges.map(({ node }) => node), pageInfo, endCursor, hasNextPage };
  }

  @Query(() => String, {
    nullable: true,
    description: "A cursor after all that you have been sent: where a stream begins.",
  })
  async alertFeedEnd(@Ctx() context: Context): Promise<string> {
    return (await context.read((manager) => readFeedEnd(manager, context))) ?? START;
  }

  @Query(() => AlertsReleased, { nullable: true })
  @Directive("@inaccessible")
  async alertsReleased(
    @Ctx() { loaders }: Context,
    @Arg("within", () => Int) within: number,
    @Arg("after", () => String, { nullable: true }) after?: string | null,
  ): Promise<AlertsReleased> {
    return loaders.outbox.released(after ?? null, Math.min(Math.max(within, 0), LONGEST_WAIT_MS));
  }

  @Subscription(() => Alert, {
    nullable: true,
    subscribe: () => {
      throw elsewhere();
    },
    description:
      "Messages as they go out to you, from `after` or `Last-Event-ID` on. Served at /graphql/stream.",
  })
  alertIssued(
    @Root() _nothing: unknown,
    @Arg("after", () => String, { nullable: true }) _after?: string | null,
    @Arg("status", () => [enums.StatusEnum], { nullable: true }) _status?: readonly Status[] | null,
  ): Alert {
    throw elsewhere();
  }
}

function elsewhere(): AccordError {
  return new AccordError(
    "BAD_USER_INPUT",
    "Subscriptions are served as server-sent events at /graphql/stream.",
  );
}
