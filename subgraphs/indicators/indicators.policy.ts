import type { PolicyMap } from "../../shared/policy/sensitivity";
import { analysisPolicy } from "./analysis/analysis.policy";
import { reportPolicy } from "./reports/report.policy";
import { seriesPolicy } from "./series/series.policy";
import { signalPolicy } from "./signals/signal.policy";
import { statusPolicy } from "./status/status.policy";

/** How closely each field of this subgraph is held. The build fails on a field of the schema that is missing here. */
export const policy = {
  ...statusPolicy,
  ...reportPolicy,
  ...signalPolicy,
  ...analysisPolicy,
  ...seriesPolicy,
  Query: {
    ...statusPolicy.Query,
    ...reportPolicy.Query,
    ...signalPolicy.Query,
    ...analysisPolicy.Query,
    ...seriesPolicy.Query,
  },
  Mutation: { ...reportPolicy.Mutation, ...signalPolicy.Mutation, ...analysisPolicy.Mutation },
} as const satisfies PolicyMap;
