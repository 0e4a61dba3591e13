import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import { CountryCode, PeriodCode } from "../../../shared/graphql/scalars";
import type { Loaders } from "../series/loaders";
import { statusesOf } from "./status.loader";
import { ReportingStatus } from "./status.type";

@Resolver()
export class StatusResolver {
  @Query(() => [ReportingStatus], {
    nullable: true,
    description:
      "What is released, due or late, by reporter, indicator and period; and of what you may see, how good it is. Errors: BAD_USER_INPUT.",
  })
  async reportingStatus(
    @Ctx() context: RequestContext<Loaders>,
    @Arg("reporters", () => [CountryCode]) reporters: string[],
    @Arg("indicators", () => [ID]) indicators: string[],
    @Arg("from", () => PeriodCode) from: string,
    @Arg("to", () => PeriodCode) to: string,
  ): Promise<ReportingStatus[]> {
    const { understood } = context.loaders;
    return statusesOf(context, {
      reporters: understood.reporters(reporters),
      indicators: understood.indicators(indicators),
      ...understood.span(from, to),
    });
  }
}
