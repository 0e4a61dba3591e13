import type { RequestContext } from "../../../shared/graphql/context";
import { type Written, writeOnce } from "../../../shared/graphql/mutation";
import { refuse } from "../../../shared/graphql/user-error";
import type { Viewer } from "../../../shared/viewer/viewer";
import { requireDesk } from "../desk";
import { logWrite } from "../write.audit";
import { insertNews } from "./news.queries";
import type { ImportNewsInput } from "./news.type";
import { type Feed, RssError, readRss } from "./rss";

/** All of a file or nothing of it; the same file again adds nothing. */
export function importNews(context: RequestContext, input: ImportNewsInput): Promise<Written> {
  return writeOnce(context, { operation: "importNews", input }, async (manager) => {
    await requireDesk(manager);
    const id = await insertNews(manager, context.viewer as Viewer, read(input.rss));
    await logWrite(manager, context, {
      category: "DIRECTORY",
      operation: "COLLECTION",
      detail: "NEWS",
    });
    return id;
  });
}

function read(rss: string): Feed {
  try {
    return readRss(rss);
  } catch (error) {
    if (error instanceof RssError) throw refuse("BAD_USER_INPUT", ["input", "rss"], error.message);
    throw error;
  }
}
