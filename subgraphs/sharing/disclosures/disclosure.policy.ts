import { CONNECTION_LABELS, EDGE_LABELS } from "../../../shared/graphql/common.policy";
import type { LabelsOf, PolicyMap } from "../../../shared/policy/sensitivity";
import type {
  Disclosure,
  DisclosureConnection,
  DisclosureEdge,
  LogExport,
  LogFault,
  LogVerification,
} from "./disclosure.type";

const inherited = "INHERITED";

/** All of it hangs on three root fields that check who asks, and on row-level security beneath them. */
export const disclosureLabels = {
  Disclosure: {
    at: inherited,
    requestId: inherited,
    viewer: inherited,
    actor: inherited,
    category: inherited,
    operation: inherited,
    indicators: inherited,
    periods: inherited,
    detail: inherited,
    cells: inherited,
    channel: inherited,
    purpose: inherited,
    agreement: inherited,
    agreementVersion: inherited,
    outcome: inherited,
    reason: inherited,
    times: inherited,
  } satisfies LabelsOf<Disclosure>,
  DisclosureConnection: CONNECTION_LABELS satisfies LabelsOf<DisclosureConnection>,
  DisclosureEdge: EDGE_LABELS satisfies LabelsOf<DisclosureEdge>,
  LogFault: { code: inherited, message: inherited, remedy: inherited } satisfies LabelsOf<LogFault>,
  LogVerification: {
    valid: inherited,
    entries: inherited,
    unsealed: inherited,
    head: inherited,
    faults: inherited,
    next: inherited,
  } satisfies LabelsOf<LogVerification>,
  LogExport: { lines: inherited, next: inherited } satisfies LabelsOf<LogExport>,
} as const satisfies PolicyMap;
