import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import { ERRORS } from "../input.text";
import { loadPage, Paging } from "../paging";
import { type NewsRow, readImport, readNews } from "./news.queries";
import { importNews } from "./news.service";
import { ImportNewsInput, ImportNewsPayload, type NewsItem, NewsItemConnection } from "./news.type";

@Resolver()
export class NewsResolver {
  @Query(() => NewsItemConnection, {
    nullable: true,
    description: "News of public feeds, newest first. Errors: BAD_USER_INPUT.",
  })
  news(@Ctx() context: RequestContext, @Args(() => Paging) page: Paging) {
    return loadPage(context, page, readNews, toItem);
  }

  @Mutation(() => ImportNewsPayload, {
    nullable: true,
    description: `Imports an RSS 2.0 file, and says of each item that it does not take why. For the Secretariat's desk. ${ERRORS}`,
  })
  async importNews(
    @Ctx() context: RequestContext,
    @Arg("input", () => ImportNewsInput) input: ImportNewsInput,
  ): Promise<ImportNewsPayload> {
    const { id, userErrors } = await importNews(context, input);
    if (id === null) return { channel: null, added: 0, known: 0, leftOut: [], userErrors };
    return { ...(await context.read((manager) => readImport(manager, id))), userErrors };
  }
}

function toItem({
  id,
  channel,
  title,
  summary,
  link,
  published_at: publishedAt,
}: NewsRow): NewsItem {
  return { id, channel, title, summary, link, publishedAt };
}
