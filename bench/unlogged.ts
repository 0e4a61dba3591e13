import { readFileSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import type { DataSource } from "typeorm";
import { demoIdentities } from "../exchange/demo/identities";
import { createDemoIssuer } from "../gateway/demo-issuer";
import { DEFAULT_LIMITS } from "../gateway/limits/limits";
import { localLink } from "../gateway/link";
import { type Gateway, startGateway } from "../gateway/server";
import { openDatabase } from "../shared/database/data-source";
import { readStanding } from "../shared/database/terms.queries";
import { RequestContext } from "../shared/graphql/context";
import { type SubgraphServer, serveSubgraph } from "../shared/graphql/server";
import type { BuiltSubgraph } from "../shared/graphql/subgraph";
import { authenticator } from "../shared/viewer/token";
import { assertionVerifier, newSigningKeys } from "../shared/viewer/viewer-assertion";
import { CountryRecord, MembershipRecord } from "../subgraphs/countries/country.entity";
import { createLoaders as createCountriesLoaders } from "../subgraphs/countries/loaders";
import { buildCountries } from "../subgraphs/countries/schema";
import { Catalogue } from "../subgraphs/indicators/catalogue/catalogue";
import {
  IndicatorRecord,
  IndicatorSetRecord,
  SourceRecord,
} from "../subgraphs/indicators/catalogue/indicator.entity";
import { createLoaders as createIndicatorsLoaders } from "../subgraphs/indicators/loaders";
import { buildIndicators } from "../subgraphs/indicators/schema";

const UNASKED = ["alerts", "cooperation", "sharing"];
const ENTITIES = [
  CountryRecord,
  MembershipRecord,
  IndicatorRecord,
  IndicatorSetRecord,
  SourceRecord,
];

/**
 * The exchange that nobody may run: no disclosure log, and grants that were read once and are believed ever after. It is
 * assembled here, from the product's own parts, because the product has no switch for it.
 */
export async function startUnlogged(databaseUrl: string, viewer: string): Promise<Gateway> {
  const { privateKey, publicKey } = newSigningKeys();
  const logger = pino({ level: "warn" });
  const demo = await createDemoIssuer("https://issuer.bench.example.org", demoIdentities());
  const open = (role: "accord_countries" | "accord_indicators") =>
    openDatabase({ url: databaseUrl, role, entities: ENTITIES, poolSize: 5 });
  const [countries, indicators] = await Promise.all([
    open("accord_countries"),
    open("accord_indicators"),
  ]);
  const person = { id: "bench", partner: viewer, roles: ["ANALYST"] } as const;
  const standing = await readStanding(indicators, person);
  const catalogue = await Catalogue.read(indicators);
  const serve = (
    subgraph: BuiltSubgraph,
    dataSource: DataSource,
    createLoaders: (context: never) => unknown,
  ) =>
    serveSubgraph({
      subgraph,
      verifier: assertionVerifier(publicKey, subgraph.name),
      logger,
      logWriter: { record: async () => undefined },
      openContext: async (verified) =>
        new RequestContext(dataSource, verified, standing, createLoaders as never),
      ready: async () => true,
      stop: () => dataSource.destroy(),
    });
  const subgraphs: SubgraphServer[] = [
    serve(await buildCountries(), countries, createCountriesLoaders as never),
    serve(await buildIndicators(), indicators, createIndicatorsLoaders(catalogue) as never),
  ];
  const links = new Map(
    subgraphs.map((subgraphOptions) => [subgraphOptions.name, localLink(subgraphOptions)]),
  );
  const gateway = await startGateway({
    port: 0,
    limits: DEFAULT_LIMITS,
    logger,
    key: privateKey,
    demo,
    authenticate: authenticator(demo),
    supergraphSdl: readFileSync(join(__dirname, "..", "gateway", "supergraph.graphql"), "utf8"),
    // Subgraphs that the question does not lead to: the graph wants an address for each.
    links: new Map([...UNASKED.map((name) => [name, links.get("countries")] as never), ...links]),
  });
  return {
    url: gateway.url,
    async stop() {
      await gateway.stop();
      await Promise.all(subgraphs.map((subgraphOptions) => subgraphOptions.stop()));
    },
  };
}
