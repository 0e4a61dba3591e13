import type { Logger } from "pino";
import { DisclosureRecorder } from "../../shared/audit/disclosure-recorder";
import { type SubgraphServer, serveSubgraph } from "../../shared/graphql/server";
import { type BuiltSubgraph, buildSubgraph } from "../../shared/graphql/subgraph";
import type { LabelsOf, PolicyMap } from "../../shared/policy/sensitivity";
import type { AssertionVerifier } from "../../shared/viewer/viewer-assertion";
import type { ReceiptSigner } from "./receipt";
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
  signer: ReceiptSigner;
  verifier: AssertionVerifier;
  rerun: Rerun;
  logger: Logger;
}): Promise<SubgraphServer> {
  const { signer, verifier, rerun, logger } = options;
  return serveSubgraph({
    subgraph: await buildReceipts(),
    verifier,
    logger,
    logWriter: { record: async () => undefined },
    async openContext(verified) {
      const terms = { now: new Date(), all: [] };
      return {
        ...verified,
        recorder: new DisclosureRecorder(verified),
        verdicts: new WeakMap(),
        terms,
        signer,
        rerun,
      };
    },
    ready: async () => true,
    stop: async () => undefined,
  });
}
