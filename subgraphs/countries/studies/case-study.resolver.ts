import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import { loadPage, Paging } from "../paging";
import { toStudy } from "./case-study.mapping";
import { readStudies, readStudy } from "./case-study.queries";
import { CaseStudy, CaseStudyConnection } from "./case-study.type";

@Resolver()
export class CaseStudyResolver {
  @Query(() => CaseStudyConnection, {
    nullable: true,
    description:
      "Real cases: your own, and those shared with you, newest first. Errors: BAD_USER_INPUT.",
  })
  caseStudies(@Ctx() context: RequestContext, @Args(() => Paging) page: Paging) {
    return loadStudies(context, page, false);
  }

  @Query(() => CaseStudyConnection, {
    nullable: true,
    description:
      "Hypothetical ones, apart from every real case, newest first. Errors: BAD_USER_INPUT.",
  })
  tableTopExercises(@Ctx() context: RequestContext, @Args(() => Paging) page: Paging) {
    return loadStudies(context, page, true);
  }

  @Query(() => CaseStudy, { nullable: true, description: "Null where there is none for you." })
  caseStudy(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
  ): Promise<CaseStudy | null> {
    return loadStudy(context, id);
  }
}

function loadStudies(context: RequestContext, page: Paging, exercise: boolean) {
  const { viewer } = context;
  return loadPage(
    context,
    page,
    (manager, slice) => readStudies(manager, viewer, exercise, slice),
    (row) => toStudy(row, viewer),
  );
}

/** As its reader may see it now. */
export async function loadStudy(context: RequestContext, id: string): Promise<CaseStudy | null> {
  const row = await context.read((manager) => readStudy(manager, context.viewer, id));
  return row && toStudy(row, context.viewer);
}
