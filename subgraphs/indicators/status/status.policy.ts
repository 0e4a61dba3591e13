import type { LabelsOf, PolicyMap } from "../../../shared/policy/sensitivity";
import type { ReportingStatus } from "./status.type";

export const statusPolicy = {
  Query: { reportingStatus: "PUBLIC" },
  /** That a report is there, and when it came, is public as a fact; what is computed from figures follows their grant. */
  ReportingStatus: {
    reporter: "PUBLIC",
    indicator: "PUBLIC",
    period: "PUBLIC",
    state: "PUBLIC",
    dueAt: "PUBLIC",
    submittedAt: "PUBLIC",
    releasedAt: "PUBLIC",
    revisedAt: "PUBLIC",
    version: "PUBLIC",
    timelinessDays: "PUBLIC",
    punctualityDays: "PUBLIC",
    completeness: "STATISTICS",
    shareUnknown: "STATISTICS",
    meanAbsoluteRevision: "STATISTICS",
  } satisfies LabelsOf<ReportingStatus>,
} as const satisfies PolicyMap;
