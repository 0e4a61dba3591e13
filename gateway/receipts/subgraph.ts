import type { Logger } from "pino";
import { Trace } from "../../shared/audit/disclosure-recorder";
import { type SubgraphServer, serveSubgraph } from "../../shared/graphql/server";
import { type BuiltSubgraph, buildSubgraph } from "../../shared/graphql/subgraph";
import type { LabelsOf, PolicyMap } from "../../shared/policy/sensitivity";
import type { PassportControl } from "../../shared/viewer/viewer-assertion";
import type { ReceiptOffice } from "./receipt";
import { ReceiptResolver, type Rerun } from "./receipt.resolver";
import { ReceiptVerification } from "./receipt.type";

export const RECEIPTS = "receipts";

const inherited = "INHERITED";
export const policy = {
  Query: { verifyReceipt: "PARTNER" },
  ReceiptVerification: {
    valid: inherited,
    sameResult: inherited,
    sameData: inherited,
    sameAgreements: inherited,
    issuedAt: inherited,
    requestId: inherited,
    message: inherited,
  } satisfies LabelsOf<ReceiptVerification>,
} as const satisfies PolicyMap;

export function buildReceipts(): Promise<BuiltSubgraph> {
  return buildSubgraph({
    name: RECEIPTS,
    resolvers: [ReceiptResolver],
    types: [ReceiptVerification],
    policy,
  });
}

/**
 * A subgraph that lives in the gateway, because asking a question again takes the whole graph. It has no database and no
 * data: it only ever sees what its caller is shown, and that is logged where it is shown.
 */
export async function openReceipts(options: {
  office: ReceiptOffice;
  control: PassportControl;
  rerun: Rerun;
  logger: Logger;
}): Promise<SubgraphServer> {
  const { office, control, rerun, logger } = options;
  return serveSubgraph({
    subgraph: await buildReceipts(),
    control,
    logger,
    recorder: { record: async () => undefined },
    async openContext(verified) {
      const terms = { now: new Date(), all: [] };
      return {
        ...verified,
        trace: new Trace(verified),
        verdicts: new WeakMap(),
        terms,
        office,
        rerun,
      };
    },
    ready: async () => true,
    stop: async () => undefined,
  });
}
