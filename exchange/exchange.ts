import type { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import { createDemoIssuer, type DemoIssuer } from "../gateway/demo-issuer";
import { FILE_ROUTES } from "../gateway/files";
import { DEFAULT_LIMITS, type Limits } from "../gateway/limits/limits";
import { localLink } from "../gateway/link";
import { startGateway } from "../gateway/server";
import { type Sealer, startSealer } from "../shared/audit/sealer";
import { openDatabase } from "../shared/database/data-source";
import type { SubgraphServer } from "../shared/graphql/server";
import type { SubgraphOptions } from "../shared/graphql/subgraph-options";
import { type Authenticate, authenticator } from "../shared/viewer/token";
import { assertionVerifier, newSigningKeys } from "../shared/viewer/viewer-assertion";
import type { WebhookRules } from "../subgraphs/alerts/endpoints/webhook.rules";
import { openAlerts } from "../subgraphs/alerts/schema";
import { openCooperation } from "../subgraphs/cooperation/schema";
import { openCountries } from "../subgraphs/countries/schema";
import { openIndicators } from "../subgraphs/indicators/schema";
import { openSharing } from "../subgraphs/sharing/schema";
import { demoIdentities } from "./demo/identities";

export interface ExchangeOptions {
  port: number;
  databaseUrl: string;
  logger: Logger;
  limits?: Limits;
  poolSize?: number;
  /** Signs the heads of the disclosure log; left out, a key as old as the process. */
  logKey?: KeyObject;
  host?: string;
  /** Verifies tokens of an issuer of yours; without it the demo's sign-in is on. */
  authenticate?: Authenticate;
  /** Where partners may have their systems called; left out: nowhere. */
  webhooks?: WebhookRules;
  /** After how many days a contact is due to be verified; left out: half a year. */
  verifyAfterDays?: number;
}

export interface Exchange {
  url: string;
  subgraphs: readonly SubgraphServer[];
  stop(): Promise<void>;
}

const SUPERGRAPH = join(__dirname, "..", "gateway", "supergraph.graphql");
const DEMO_ISSUER = "https://issuer.demo.accord.example.org";

/** The whole exchange in one process: gateway and subgraphs are the same code as when deployed apart. */
export async function startExchange(options: ExchangeOptions): Promise<Exchange> {
  const { port, host, databaseUrl, logger, limits = DEFAULT_LIMITS, poolSize = 5 } = options;
  const { privateKey, publicKey } = newSigningKeys();
  const subgraphOptions: SubgraphOptions = {
    database: { url: databaseUrl, poolSize },
    verifier: (audience) => assertionVerifier(publicKey, audience),
    logger,
  };
  const subgraphs = await openSubgraphs(subgraphOptions, options);
  const sealer = await openSealer(
    databaseUrl,
    options.logKey ?? newSigningKeys().privateKey,
    logger,
  );
  try {
    const demo = options.authenticate
      ? undefined
      : await createDemoIssuer(DEMO_ISSUER, demoIdentities());
    const gateway = await startGateway({
      port,
      limits,
      logger,
      ...(host !== undefined && { host }),
      ...(demo && { demo }),
      supergraphSdl: readFileSync(SUPERGRAPH, "utf8"),
      files: FILE_ROUTES,
      links: new Map(subgraphs.map((subgraph) => [subgraph.name, localLink(subgraph)])),
      key: privateKey,
      authenticate: options.authenticate ?? authenticator(demo as DemoIssuer),
    });
    return {
      url: gateway.url,
      subgraphs,
      async stop() {
        await gateway.stop();
        await closeSubgraphs(subgraphs);
        await sealer.stop();
      },
    };
  } catch (error) {
    await closeSubgraphs(subgraphs);
    await sealer.stop();
    throw error;
  }
}

async function openSealer(url: string, key: KeyObject, logger: Logger): Promise<Sealer> {
  return startSealer(
    await openDatabase({ url, role: "accord_sealer", entities: [], poolSize: 1 }),
    key,
    logger,
  );
}

function openSubgraphs(
  options: SubgraphOptions,
  { webhooks, verifyAfterDays }: Pick<ExchangeOptions, "webhooks" | "verifyAfterDays">,
): Promise<SubgraphServer[]> {
  const alerts = openAlerts({ ...options, ...(webhooks && { webhooks }) });
  const countries = openCountries({
    ...options,
    ...(verifyAfterDays !== undefined && { verifyAfterDays }),
  });
  const others = [openCooperation, openIndicators, openSharing].map((open) => open(options));
  return Promise.all([countries, ...others, alerts]);
}

async function closeSubgraphs(subgraphs: readonly SubgraphServer[]): Promise<void> {
  await Promise.all(subgraphs.map((subgraph) => subgraph.stop()));
}
