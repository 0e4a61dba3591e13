import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import { MADE_OF, NOTHING_SHOWN } from "../../../shared/graphql/shield";
import type { Loaders } from "../loaders";
import { type PerformanceRow, readPerformance } from "./performance.queries";
import { AlertPerformance, AnnualAnalysis } from "./performance.type";

/** Fewer could be told apart. */
const THRESHOLD = 5;

/** What this subgraph adds to the analysis of a year. */
@Resolver(() => AnnualAnalysis)
export class PerformanceResolver {
  @FieldResolver(() => AlertPerformance, {
    nullable: true,
    description: "Early warning in that year, as you may know of it.",
  })
  async alerts(
    @Ctx() context: RequestContext<Loaders>,
    @Root() { year }: AnnualAnalysis,
  ): Promise<AlertPerformance> {
    return toPerformance(await context.read((manager) => readPerformance(manager, context, year)));
  }
}

function toPerformance({
  messages,
  alerts,
  updates,
  cancellations,
  ...row
}: PerformanceRow): AlertPerformance {
  if (messages.length < THRESHOLD) return { [MADE_OF]: NOTHING_SHOWN, ...UNTOLD };
  const areDeliveriesTold = row.to_acknowledge >= THRESHOLD;
  return {
    [MADE_OF]: messages.map((message) => ({ category: "ALERT", ...message, counted: true })),
    threshold: THRESHOLD,
    messages: messages.length,
    alerts,
    updates,
    cancellations,
    toAcknowledge: areDeliveriesTold ? row.to_acknowledge : null,
    onTimeShare: areDeliveriesTold ? row.on_time / row.to_acknowledge : null,
    medianMinutes: areDeliveriesTold ? row.median_minutes : null,
  };
}

const UNTOLD = {
  threshold: THRESHOLD,
  messages: null,
  alerts: null,
  updates: null,
  cancellations: null,
  toAcknowledge: null,
  onTimeShare: null,
  medianMinutes: null,
};
