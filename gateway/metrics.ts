import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** Numbers for the operator. No label ever holds a partner, a country or a value. */
export interface Metrics {
  readonly registry: Registry;
  readonly duration: Histogram<"method" | "status">;
  readonly errors: Counter<"code">;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    duration: new Histogram({
      name: "accord_graphql_request_seconds",
      help: "Time to answer a GraphQL request.",
      registers,
      labelNames: ["method", "status"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    }),
    errors: new Counter({
      name: "accord_graphql_errors_total",
      help: "Errors answered, by code.",
      registers,
      labelNames: ["code"],
    }),
  };
}
