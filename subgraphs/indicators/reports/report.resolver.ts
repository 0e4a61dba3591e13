import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { decodeCursor, pageSize } from "../../../shared/graphql/connection";
import type { RequestContext } from "../../../shared/graphql/context";
import { pageOf } from "../../../shared/graphql/page-info";
import { PeriodCode } from "../../../shared/graphql/scalars";
import type { Loaders } from "./loaders";
import { resourceOf, toReport, toTables } from "./report.mapping";
import { type ReportState, readReport, readReports } from "./report.queries";
import { Report, ReportConnection, ReportStateEnum, ReportTable } from "./report.type";

type Context = RequestContext<Loaders>;

@Resolver(() => Report)
export class ReportResolver {
  @Query(() => Report, {
    nullable: true,
    description:
      "One of your own country's reports, whatever its state. Null where there is none of that id.",
  })
  report(@Ctx() context: Context, @Arg("id", () => ID) id: string): Promise<Report | null> {
    return loadReport(context, id);
  }

  @Query(() => ReportConnection, {
    nullable: true,
    description: "Your own country's reports, the newest submission first. Errors: BAD_USER_INPUT.",
  })
  async reports(
    @Ctx() context: Context,
    @Arg("first", () => Int, { defaultValue: 20, description: "1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true }) after?: string | null,
    @Arg("indicators", () => [ID], { nullable: true }) indicators?: string[] | null,
    @Arg("states", () => [ReportStateEnum], { nullable: true }) states?: ReportState[] | null,
    @Arg("period", () => PeriodCode, { nullable: true }) period?: string | null,
  ): Promise<ReportConnection> {
    const { catalogue, understood } = context.loaders;
    const codes = indicators ? understood.indicators(indicators).map(({ code }) => code) : null;
    if (period != null) understood.period("period", period);
    const page = { first: pageSize(first), after: decodeCursor(after) };
    const filter = { indicators: codes, states: states ?? null, period: period ?? null };
    const { rows, total, hasPrevious } = await context.read((manager) =>
      readReports(manager, filter, { ...page, first: page.first + 1 }),
    );
    const found = rows.map((row) => toReport(row, catalogue));
    return pageOf(found, { first: page.first, total, hasPrevious }, ({ id }) => id);
  }

  @FieldResolver(() => [ReportTable], {
    description: "The exact figures, as submitted. Empty once withdrawn: they are erased.",
  })
  async tables(@Root() report: Report, @Ctx() context: Context): Promise<ReportTable[]> {
    const figures = await context.loaders.figures.load(report.id);
    const resource = resourceOf(report, figures);
    const decision = context.decide(resource);
    if (decision.reason !== "OWNER") return [];
    context.recorder.given(report, [{ resource, decision }], [figures.length]);
    return toTables(figures);
  }
}

/** As its reader may see it now. */
export async function loadReport(context: Context, id: string | null): Promise<Report | null> {
  const row = id === null ? null : await context.read((manager) => readReport(manager, id));
  return row && toReport(row, context.loaders.catalogue);
}
