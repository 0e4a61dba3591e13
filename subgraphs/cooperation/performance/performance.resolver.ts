import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { badInput } from "../../../shared/errors/errors";
import type { RequestContext } from "../../../shared/graphql/context";
import { readPerformance } from "./performance.queries";
import { AnnualAnalysis, CooperationPerformance } from "./performance.type";

const FIRST_YEAR = 2000;
const LAST_YEAR = 2199;

@Resolver()
export class PerformanceResolver {
  @Query(() => CooperationPerformance, { nullable: true, description: "Errors: BAD_USER_INPUT." })
  cooperationPerformance(
    @Ctx() context: RequestContext,
    @Arg("year", () => Int) year: number,
  ): Promise<CooperationPerformance> {
    return performanceOf(context, year);
  }
}

/** What this subgraph adds to the analysis of a year. */
@Resolver(() => AnnualAnalysis)
export class AnnualAnalysisResolver {
  @FieldResolver(() => CooperationPerformance, {
    nullable: true,
    description: "Of all cooperation requests alike.",
  })
  async requests(
    @Ctx() context: RequestContext,
    @Root() { year }: AnnualAnalysis,
  ): Promise<CooperationPerformance> {
    return isKnown(year) ? performanceOf(context, year) : { year, ...NONE };
  }
}

/** An analysis reaches further back than requests do. */
const NONE = {
  concluded: null,
  medianHours: null,
  onTimePercent: null,
  reason: "TOO_FEW",
} as const;

const isKnown = (year: number): boolean => year >= FIRST_YEAR && year <= LAST_YEAR;

async function performanceOf(
  context: RequestContext,
  year: number,
): Promise<CooperationPerformance> {
  if (!isKnown(year))
    throw badInput(
      "year",
      `${year} is out of range. Name a year from ${FIRST_YEAR} to ${LAST_YEAR}.`,
    );
  const row = await context.read((manager) => readPerformance(manager, year));
  const { concluded, median_hours: median, limited, on_time: onTime, reason } = row;
  return {
    year,
    concluded,
    reason,
    medianHours: median === null ? null : Math.round(median),
    onTimePercent:
      limited === null || onTime === null ? null : Math.round((100 * onTime) / limited),
  };
}
