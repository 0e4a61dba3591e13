import type { LabelsOf, PolicyMap } from "../../../shared/policy/sensitivity";
import type { Alert, Signal, SignalConnection, SignalEdge, SignalPayload } from "./signal.type";

const figure = "STATISTICS";

/** That there is a signal tells of the figures it rests on: nothing of it is less closely held than they are. */
export const signalPolicy = {
  Query: { signals: "PARTNER" },
  Mutation: { reviewSignal: "ACTING", dismissSignal: "ACTING", promoteSignal: "ACTING" },
  Signal: {
    id: figure,
    kind: figure,
    reporter: figure,
    indicator: figure,
    citizenship: figure,
    period: figure,
    observed: figure,
    expected: figure,
    upperLimit: figure,
    score: figure,
    dispersion: figure,
    historyQuarters: figure,
    state: figure,
    reason: figure,
    decidedBy: figure,
    decidedAt: figure,
    alert: figure,
    marking: figure,
  } satisfies LabelsOf<Signal>,
  SignalConnection: {
    nodes: figure,
    edges: figure,
    pageInfo: figure,
    totalCount: figure,
    tested: figure,
    insufficientHistory: figure,
    method: "PUBLIC",
  } satisfies LabelsOf<SignalConnection>,
  SignalEdge: { cursor: "INHERITED", node: "INHERITED" } satisfies LabelsOf<SignalEdge>,
  SignalPayload: { signal: "INHERITED", userErrors: "INHERITED" } satisfies LabelsOf<SignalPayload>,
  Alert: { identifier: "ALERT" } satisfies LabelsOf<Alert>,
} as const satisfies PolicyMap;
