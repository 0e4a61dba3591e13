import { openDatabase } from "../../shared/database/data-source";
import { openRequest } from "../../shared/graphql/context";
import { Evaluation } from "../../shared/graphql/evaluation";
import { Marking } from "../../shared/graphql/marking";
import { PageInfo } from "../../shared/graphql/page-info";
import type { RoomOptions } from "../../shared/graphql/room-options";
import { databaseOf, type SubgraphServer, serveSubgraph } from "../../shared/graphql/server";
import { type BuiltSubgraph, buildSubgraph } from "../../shared/graphql/subgraph";
import { UserError } from "../../shared/graphql/user-error";
import { AlertMutations, AlertPayload } from "./alert.mutation";
import { policy } from "./alert.policy";
import { AlertResolver, loadAlert } from "./alert.resolver";
import * as types from "./alert.type";
import { startCourier } from "./courier/courier";
import { NO_WEBHOOKS, type WebhookRules } from "./courier/rules";
import { EndpointResolver } from "./endpoint.resolver";
import { EndpointPayload, WebhookEndpoint } from "./endpoint.type";
import { AlertsReleased, FeedResolver } from "./feed.resolver";
import { ImpactResolver } from "./impact.resolver";
import { BorderSection, ImpactAssignment, ImpactPayload } from "./impact.type";
import { AlertArea, AlertInfo, AlertResource, Value } from "./info.type";
import { PerformanceResolver } from "./performance.resolver";
import { AlertPerformance, AnnualAnalysis } from "./performance.type";
import { CitedFigures, Partner } from "./reference";
import { furnish, type Room } from "./room";
import { openWaker } from "./waker";

export function buildAlerts(): Promise<BuiltSubgraph> {
  const {
    Alert,
    AlertAddresses,
    AlertConnection,
    AlertDelivery,
    AlertEdge,
    AlertFeed,
    AlertReference,
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

export interface AlertsOptions extends RoomOptions {
  /** Left out: no webhooks. */
  webhooks?: WebhookRules;
}

/** The room with what runs beside its answers: the listener that wakes streams, and the courier. */
export async function openAlerts(options: AlertsOptions): Promise<SubgraphServer> {
  const { logger, webhooks = NO_WEBHOOKS } = options;
  const role = "accord_alerts";
  const dataSource = await openDatabase({ ...options.database, role, entities: [] });
  const waker = openWaker(dataSource, { url: options.database.url, role }, logger);
  const courier = startCourier(dataSource, { waker, webhooks, logger });
  const server = serveSubgraph({
    subgraph: await buildAlerts(),
    control: options.control("alerts"),
    logger,
    openContext: (verified) =>
      openRequest<Room>(dataSource, verified, (context) => furnish(context, { waker, webhooks })),
    ...databaseOf(dataSource, options.recorder),
  });
  return {
    ...server,
    async stop() {
      await courier.stop();
      await server.stop();
    },
  };
}
