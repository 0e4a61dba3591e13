import type { KeyObject } from "node:crypto";
import type { Logger } from "pino";
import pino from "pino";
import type { SubgraphServer } from "../../shared/graphql/server";
import type { Identity } from "../../shared/viewer/viewer";
import {
  type AssertionSigner,
  assertionSigner,
  assertionVerifier,
  newSigningKeys,
} from "../../shared/viewer/viewer-assertion";
import { openAlerts } from "../../subgraphs/alerts/schema";
import { openCooperation } from "../../subgraphs/cooperation/schema";
import { openCountries } from "../../subgraphs/countries/schema";
import { openIndicators } from "../../subgraphs/indicators/schema";
import { openSharing } from "../../subgraphs/sharing/schema";

export interface Subgraphs {
  subgraphs: readonly SubgraphServer[];
  signer: AssertionSigner;
  key: KeyObject;
  logger: Logger;
  named(name: string): SubgraphServer;
  /** Asks one subgraph behind the gateway's back, as one who holds the gateway's key. */
  ask(
    options: string,
    viewer: Identity | null,
    query: string,
    variables?: object,
  ): Promise<{ data?: any; errors?: any }>;
  stop(): Promise<void>;
}

/** The subgraphs with viewer assertion keys that the test holds: what the gateway alone can do, the test can do wrongly. */
export async function openSubgraphs(databaseUrl: string): Promise<Subgraphs> {
  const { privateKey, publicKey } = newSigningKeys();
  const logger = pino({ level: process.env.TEST_LOG ?? "silent" });
  const signer = assertionSigner(privateKey);
  const options = {
    database: { url: databaseUrl, poolSize: 3 },
    verifier: (audience: string) => assertionVerifier(publicKey, audience),
    logger,
  };
  const subgraphs = await Promise.all(
    [openAlerts, openCooperation, openCountries, openIndicators, openSharing].map((open) =>
      open(options),
    ),
  );
  const named = (name: string) => subgraphs.find((it) => it.name === name) as SubgraphServer;
  return {
    subgraphs,
    signer,
    key: privateKey,
    logger,
    named,
    async ask(name, viewer, query, variables) {
      const body = JSON.stringify({ query, variables });
      const { result } = await named(name).answer(
        body,
        signer.issue(name, body, { viewer, requestId: "test", channel: "GRAPHQL" }),
      );
      return result;
    },
    async stop() {
      await Promise.all(subgraphs.map((subgraph) => subgraph.stop()));
    },
  };
}
