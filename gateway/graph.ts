import { ApolloGateway } from "@apollo/gateway";
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { Logger } from "pino";
import type { PassportOffice } from "../shared/identity/passport";
import { oncePerKind, toClientError } from "./answer";
import { checkCost, checkListArguments, costOf, type Limits, listLengthsFrom } from "./limits";
import type { Link } from "./link";
import type { Metrics } from "./metrics";
import { type GatewayContext, signedSource } from "./signed-source";

export interface GraphOptions {
  supergraphSdl: string;
  links: ReadonlyMap<string, Link>;
  office: PassportOffice;
  limits: Limits;
  metrics: Metrics;
  logger: Logger;
}

/** The federated graph: Apollo plans and merges, every fetch goes out signed, every answer comes back through one form. */
export async function startGraph(options: GraphOptions): Promise<ApolloServer<GatewayContext>> {
  const { supergraphSdl, links, office, limits, metrics, logger } = options;
  process.env.APOLLO_TELEMETRY_DISABLED = "true"; // before the gateway is made: it would report to its vendor
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: quiet(logger),
    buildService({ name }) {
      const link = links.get(name);
      if (!link) throw new Error(`No address for the subgraph ${name}.`);
      return signedSource(name, link, office, logger);
    },
  });
  const server = new ApolloServer<GatewayContext>({
    gateway,
    logger: quiet(logger),
    introspection: true, // gated by sign-in, in gate.ts
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: toClientError,
    plugins: [
      spending(supergraphSdl, limits),
      answering(metrics, logger),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginCacheControlDisabled(),
    ],
  });
  await server.start();
  return server;
}

/** What a query may cost, known before anything is fetched. */
function spending(supergraphSdl: string, limits: Limits): ApolloServerPlugin<GatewayContext> {
  const lengths = listLengthsFrom(supergraphSdl);
  return {
    requestDidStart: async () => ({
      async didResolveOperation({ schema, document, operationName, request }) {
        const name = operationName ?? undefined;
        const variables = request.variables ?? {};
        checkListArguments(document, name, variables, limits);
        checkCost(costOf(schema, lengths, document, name, variables), limits);
      },
    }),
  };
}

function answering(metrics: Metrics, logger: Logger): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      async didEncounterErrors({ errors, contextValue }) {
        for (const error of errors) {
          if (error.extensions.code !== undefined) continue;
          logger.error({ requestId: contextValue.requestId, error: error.originalError ?? error }, "unexpected error");
        }
      },
      async willSendResponse({ response, contextValue: { requestId } }) {
        if (response.body.kind !== "single" || !response.body.singleResult.errors) return;
        const errors = oncePerKind(response.body.singleResult.errors);
        for (const { extensions } of errors) metrics.errors.inc({ code: String(extensions?.code) });
        response.body.singleResult.errors = errors.map((error) => ({
          ...error,
          extensions: { ...error.extensions, requestId },
        }));
      },
    }),
  };
}

/** Apollo's own remarks, at our levels; its debug chatter would name every service on every request. */
function quiet(logger: Logger) {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (message: unknown) => logger.warn(String(message)),
    error: (message: unknown) => logger.error(String(message)),
  };
}
