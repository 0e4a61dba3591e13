import { openDatabase } from "../../shared/database/data-source";
import { openRequest } from "../../shared/graphql/context";
import { Evaluation } from "../../shared/graphql/evaluation";
import { Marking } from "../../shared/graphql/marking";
import { PageInfo } from "../../shared/graphql/page-info";
import { databaseOf, type SubgraphServer, serveSubgraph } from "../../shared/graphql/server";
import { type BuiltSubgraph, buildSubgraph } from "../../shared/graphql/subgraph";
import type { SubgraphOptions } from "../../shared/graphql/subgraph-options";
import { UserError } from "../../shared/graphql/user-error";
import { policy } from "./alerts.policy";
import { openOutboxListener } from "./delivery/outbox.listener";
import { PerformanceResolver } from "./delivery/performance.resolver";
import { AlertPerformance, AnnualAnalysis } from "./delivery/performance.type";
import { startDeliveryWorker } from "./delivery/worker";
import { EndpointResolver } from "./endpoints/endpoint.resolver";
import { EndpointPayload, WebhookEndpoint } from "./endpoints/endpoint.type";
import { NO_WEBHOOKS, type WebhookRules } from "./endpoints/webhook.rules";
import { AlertsReleased, FeedResolver } from "./feed/feed.resolver";
import { ImpactResolver } from "./impact/impact.resolver";
import { BorderSection, ImpactAssignment, ImpactPayload } from "./impact/impact.type";
import { createLoaders, type Loaders } from "./loaders";
import { AlertMutations, AlertPayload } from "./messages/alert.mutation";
import { AlertResolver, loadAlert } from "./messages/alert.resolver";
import * as types from "./messages/alert.type";
import { AlertArea, AlertInfo, AlertResource, Value } from "./messages/info.type";
import { CitedFigures, Partner } from "./messages/reference";

export function buildAlerts(): Promise<BuiltSubgraph> {
  const {
    Alert,
    AlertAddresses,
    AlertConnection,
    AlertDelivery,
    AlertEdge,
    AlertFeed,
    AlertReference,
    CapSignature,
  } = types;
  return buildSubgraph({
    name: "alerts",
    resolvers: [
      AlertResolver,
      AlertMutations,
      FeedResolver,
      EndpointResolver,
      ImpactResolver,
      PerformanceResolver,
    ],
    types: [
      Alert,
      AlertAddresses,
      AlertConnection,
      AlertDelivery,
      AlertEdge,
      AlertFeed,
      AlertReference,
      CapSignature,
      Evaluation,
      AlertInfo,
      AlertResource,
      AlertArea,
      Value,
      AlertPayload,
      AlertsReleased,
      WebhookEndpoint,
      EndpointPayload,
      ImpactAssignment,
      ImpactPayload,
      BorderSection,
      AlertPerformance,
      AnnualAnalysis,
      Partner,
      CitedFigures,
      Marking,
      PageInfo,
      UserError,
    ],
    policy,
    lists: {
      "Query.alerts": { slicing: "first" },
      "AlertConnection.nodes": { assumed: 1 },
      "AlertConnection.edges": { assumed: 1 },
      "Query.alertFeed": { slicing: "first" },
      "AlertFeed.nodes": { assumed: 1 },
      "AlertFeed.edges": { assumed: 1 },
      "Query.impactLevels": { assumed: 50 },
      "Query.webhookEndpoints": { assumed: 5 },
      "Alert.info": { assumed: 3 },
      "Alert.figures": { assumed: 2 },
      "Alert.references": { assumed: 1 },
      "Alert.deliveries": { assumed: 20 },
      "AlertInfo.area": { assumed: 3 },
      "AlertInfo.eventCode": { assumed: 2 },
      "AlertInfo.parameter": { assumed: 3 },
      "AlertInfo.resource": { assumed: 2 },
    },
    references: {
      Alert: ({ identifier }: { identifier: string }, context: never) =>
        loadAlert(context, identifier),
      AnnualAnalysis: ({ year }: { year: number }) => ({ year }),
    },
  });
}

export interface AlertsOptions extends SubgraphOptions {
  /** Left out: no webhooks. */
  webhooks?: WebhookRules;
}

/** The subgraph with what runs beside its answers: the listener that wakes streams, and the delivery worker. */
export async function openAlerts(options: AlertsOptions): Promise<SubgraphServer> {
  const { logger, webhooks = NO_WEBHOOKS } = options;
  const role = "accord_alerts";
  const dataSource = await openDatabase({ ...options.database, role, entities: [] });
  const outbox = openOutboxListener(dataSource, { url: options.database.url, role }, logger);
  const deliveryWorker = startDeliveryWorker(dataSource, { outbox, webhooks, logger });
  const server = serveSubgraph({
    subgraph: await buildAlerts(),
    verifier: options.verifier("alerts"),
    logger,
    openContext: (verified) =>
      openRequest<Loaders>(dataSource, verified, (context) =>
        createLoaders(context, { outbox, webhooks }),
      ),
    ...databaseOf(dataSource, options.logWriter),
  });
  return {
    ...server,
    async stop() {
      await deliveryWorker.stop();
      await server.stop();
    },
  };
}
