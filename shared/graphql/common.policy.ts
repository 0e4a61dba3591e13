import type { LabelsOf } from "../policy/sensitivity";
import type { Evaluation } from "./evaluation";
import type { Marking } from "./marking";
import type { PageInfo } from "./page-info";
import type { UserError } from "./user-error";

/** Labels of the value types that several subgraphs show: each hangs on an object that was checked, or says what was refused. */
export const MARKING_LABELS = {
  tlp: "INHERITED",
  label: "INHERITED",
  handling: "INHERITED",
  originator: "INHERITED",
} as const satisfies LabelsOf<Marking>;

export const EVALUATION_LABELS = {
  source: "INHERITED",
  information: "INHERITED",
} as const satisfies LabelsOf<Evaluation>;

export const PAGE_INFO_LABELS = {
  hasNextPage: "INHERITED",
  hasPreviousPage: "INHERITED",
  startCursor: "INHERITED",
  endCursor: "INHERITED",
} as const satisfies LabelsOf<PageInfo>;

/** Of every connection and its edges, whatever is paged. */
export const CONNECTION_LABELS = {
  nodes: "INHERITED",
  edges: "INHERITED",
  pageInfo: "INHERITED",
  totalCount: "INHERITED",
} as const;
export const EDGE_LABELS = { cursor: "INHERITED", node: "INHERITED" } as const;

export const USER_ERROR_LABELS = {
  code: "INHERITED",
  message: "INHERITED",
  path: "INHERITED",
  line: "INHERITED",
} as const satisfies LabelsOf<Required<UserError>>;
