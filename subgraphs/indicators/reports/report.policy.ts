import {
  CONNECTION_LABELS,
  EDGE_LABELS,
  MARKING_LABELS,
  PAGE_INFO_LABELS,
  USER_ERROR_LABELS,
} from "../../../shared/graphql/common.policy";
import type { LabelsOf, PolicyMap, Sensitivity } from "../../../shared/policy/sensitivity";
import type { Revision } from "../series/revision.type";
import type {
  Report,
  ReportConnection,
  ReportEdge,
  ReportPayload,
  ReportTable,
  ReportWarning,
} from "./report.type";

const inherited = "INHERITED";

/** A report is its owner's: row-level security gives it to that country's officers and approvers, and every way to it asks for them. */
export const reportPolicy = {
  Query: { report: "ACTING", reports: "ACTING" },
  Mutation: {
    submitQuarterlyReport: "ACTING",
    approveQuarterlyReport: "ACTING",
    returnQuarterlyReport: "ACTING",
    withdrawQuarterlyReport: "ACTING",
  },
  Report: {
    id: inherited,
    reporter: inherited,
    indicator: inherited,
    period: inherited,
    version: inherited,
    state: inherited,
    dueAt: inherited,
    reason: inherited,
    comment: inherited,
    methodNote: inherited,
    dataAsOf: inherited,
    contentHash: inherited,
    warnings: inherited,
    submittedBy: inherited,
    submittedAt: inherited,
    decidedBy: inherited,
    decidedAt: inherited,
    returnReasons: inherited,
    supersededAt: inherited,
    tables: "ACTING",
  } satisfies LabelsOf<Report> & { tables: Sensitivity },
  ReportTable: {
    dimensions: inherited,
    keys: inherited,
    values: inherited,
    statuses: inherited,
  } satisfies LabelsOf<ReportTable>,
  ReportWarning: { rule: inherited, message: inherited } satisfies LabelsOf<ReportWarning>,
  ReportEdge: EDGE_LABELS satisfies LabelsOf<ReportEdge>,
  ReportConnection: CONNECTION_LABELS satisfies LabelsOf<ReportConnection>,
  ReportPayload: { report: inherited, userErrors: inherited } satisfies LabelsOf<ReportPayload>,
  Revision: {
    period: inherited,
    version: inherited,
    value: "STATISTICS",
    status: "STATISTICS",
    from: inherited,
    until: inherited,
    reason: "STATISTICS",
  } satisfies LabelsOf<Revision>,
  Marking: MARKING_LABELS,
  PageInfo: PAGE_INFO_LABELS,
  UserError: USER_ERROR_LABELS,
} as const satisfies PolicyMap;
