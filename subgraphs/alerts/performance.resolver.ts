import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../shared/graphql/context";
import { type PerformanceRow, readPerformance } from "./performance.queries";
import { AlertPerformance, AnnualAnalysis } from "./performance.type";
import type { Room } from "./room";

/** Fewer could be told apart. */
const THRESHOLD = 5;

/** What this room adds to the analysis of a year. */
@Resolver(() => AnnualAnalysis)
export class PerformanceResolver {
  @FieldResolver(() => AlertPerformance, {
    nullable: true,
    description: "Early warning in that year, as you may know of it.",
  })
  async alerts(@Ctx() context: RequestContext<Room>, @Root() { year }: AnnualAnalysis): Promise<AlertPerformance> {
    return toPerformance(await context.read((manager) => readPerformance(manager, context, year)));
  }
}

function toPerformance(row: PerformanceRow): AlertPerformance {
  const { messages, alerts, updates, cancellations } = row;
  const isTold = messages >= THRESHOLD;
  const areDeliveriesTold = isTold && row.to_acknowledge >= THRESHOLD;
  return {
    threshold: THRESHOLD,
    messages: isTold ? messages : null,
    alerts: isTold ? alerts : null,
    updates: isTold ? updates : null,
    cancellations: isTold ? cancellations : null,
    toAcknowledge: areDeliveriesTold ? row.to_acknowledge : null,
    onTimeShare: areDeliveriesTold ? row.on_time / row.to_acknowledge : null,
    medianMinutes: areDeliveriesTold ? row.median_minutes : null,
  };
}
