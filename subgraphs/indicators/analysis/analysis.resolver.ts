import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { badInput } from "../../../shared/errors/errors";
import type { RequestContext } from "../../../shared/graphql/context";
import { DateTimeScalar } from "../../../shared/graphql/scalars";
import type { Loaders } from "../series/loaders";
import { toComment, toPart, toText } from "./analysis.mapping";
import { readComments, readNarrative, readParts, readSteps } from "./analysis.queries";
import { stateOf } from "./analysis.rules";
import * as types from "./analysis.type";
import { loadCleared } from "./cleared.loader";
import { AnalysisContents } from "./contents.type";
import { loadOwn } from "./own.loader";

type Context = RequestContext<Loaders>;

@Resolver(() => types.AnnualAnalysis)
export class AnalysisResolver {
  @Query(() => types.AnnualAnalysis, {
    nullable: true,
    description:
      "The analysis of a year. `own` is there whether one has been convened or not: it is what you may read anyway. Errors: BAD_USER_INPUT.",
  })
  annualAnalysis(@Arg("year", () => Int) year: number): types.AnnualAnalysis {
    if (year < 1950 || year > 2100)
      throw badInput("year", `${year} is out of range. Ask for a year from 1950 to 2100.`);
    return { year };
  }

  @FieldResolver(() => types.AnalysisStateEnum, {
    nullable: true,
    description: "Null where nobody has convened one.",
  })
  async state(
    @Ctx() context: Context,
    @Root() { year }: types.AnnualAnalysis,
  ): Promise<types.AnalysisState | null> {
    return stateOf(await context.read((manager) => readSteps(manager, year)));
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true })
  async publishedAt(
    @Ctx() context: Context,
    @Root() { year }: types.AnnualAnalysis,
  ): Promise<Date | null> {
    const steps = await context.read((manager) => readSteps(manager, year));
    return steps.find(({ step }) => step === "PUBLISHED")?.at ?? null;
  }

  @FieldResolver(() => [types.AnalysisText], {
    nullable: true,
    description:
      "The desk's text: the desk's own while it drafts, then the reporting countries', everybody's once published.",
  })
  async narrative(
    @Ctx() context: Context,
    @Root() { year }: types.AnnualAnalysis,
  ): Promise<types.AnalysisText[]> {
    return (await context.read((manager) => readNarrative(manager, year))).map(toText);
  }

  @FieldResolver(() => [types.AnalysisComment], {
    nullable: true,
    description: "Your own country's remarks; for the desk all of them. They are never published.",
  })
  async comments(
    @Ctx() context: Context,
    @Root() { year }: types.AnnualAnalysis,
  ): Promise<types.AnalysisComment[]> {
    return (await context.read((manager) => readComments(manager, year))).map(toComment);
  }

  @FieldResolver(() => [types.AnalysisPart], {
    nullable: true,
    description:
      "What your country lets stand in it; for the desk every country's, without a figure.",
  })
  async parts(
    @Ctx() context: Context,
    @Root() { year }: types.AnnualAnalysis,
  ): Promise<types.AnalysisPart[]> {
    const rows = await context.read((manager) => readParts(manager, year));
    return rows.map((row) => toPart(row, context.loaders.catalogue));
  }

  @FieldResolver(() => AnalysisContents, {
    nullable: true,
    description: "As you may read the figures now.",
  })
  own(@Ctx() context: Context, @Root() { year }: types.AnnualAnalysis): Promise<AnalysisContents> {
    return loadOwn(context, year);
  }

  @FieldResolver(() => AnalysisContents, {
    nullable: true,
    description:
      "What owners have cleared, once published and for you among others; before that, your own part.",
  })
  cleared(
    @Ctx() context: Context,
    @Root() { year }: types.AnnualAnalysis,
  ): Promise<AnalysisContents> {
    return loadCleared(context, year);
  }
}
