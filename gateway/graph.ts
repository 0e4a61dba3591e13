import { createPublicKey, type KeyObject } from "node:crypto";
import { ApolloGateway } from "@apollo/gateway";
import {
  ApolloServer,
  type ApolloServerPlugin,
  type GraphQLRequestContextDidResolveOperation,
} from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { execute, Kind } from "graphql";
import type { Logger } from "pino";
import { checkLiterals, checkVariables } from "../shared/graphql/characters";
import { assertionSigner, assertionVerifier } from "../shared/viewer/viewer-assertion";
import { firstFaults, oncePerKind, toClientError } from "./answer";
import {
  checkCost,
  checkListArguments,
  checkNesting,
  costOf,
  LimitError,
  type Limits,
  listLengthsFrom,
} from "./limits/limits";
import { type Link, localLink } from "./link";
import type { Metrics } from "./metrics";
import { type ReceiptSigner, receiptFor, receiptSigner } from "./receipts/receipt";
import { rerunIn } from "./receipts/rerun";
import { openReceipts, RECEIPTS } from "./receipts/subgraph";
import { type GatewayContext, signedSource } from "./signed-source";

export interface GraphOptions {
  supergraphSdl: string;
  links: ReadonlyMap<string, Link>;
  /** The gateway's Ed25519 key: signs what goes to the subgraphs, and receipts. */
  key: KeyObject;
  limits: Limits;
  metrics: Metrics;
  logger: Logger;
}

/** The federated graph: Apollo plans and merges, every fetch goes out signed, every answer comes back through one form. */
export async function startGraph(options: GraphOptions): Promise<ApolloServer<GatewayContext>> {
  const { supergraphSdl, key, limits, metrics, logger } = options;
  const signer = assertionSigner(key);
  const receipts = receiptSigner(key);
  const own = await openReceipts({
    signer: receipts,
    verifier: assertionVerifier(createPublicKey(key), RECEIPTS),
    rerun: rerunIn(() => server, limits),
    logger,
  });
  const links = new Map([...options.links, [RECEIPTS, localLink(own)]]);
  process.env.APOLLO_TELEMETRY_DISABLED = "true"; // before the gateway is made: it would report to its vendor
  const gateway = new ApolloGateway({
    supergraphSdl,
    __exposeQueryPlanExperimental: false, // or a header would show any client how the subgraphs are cut
    logger: quiet(logger),
    buildService({ name }) {
      const link = links.get(name);
      if (!link) throw new Error(`No address for the subgraph ${name}.`);
      return signedSource(name, link, signer, logger);
    },
  });
  const server: ApolloServer<GatewayContext> = new ApolloServer<GatewayContext>({
    gateway,
    logger: quiet(logger),
    introspection: true, // gated by sign-in, in request-validation.ts
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: { requestHeaders: SENT_ON_PURPOSE },
    formatError: toClientError,
    plugins: [
      spending(supergraphSdl, limits),
      introspecting(),
      receipting(receipts),
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

/** Headers that a page elsewhere cannot make a browser send unasked; only a Bearer token is accepted as authorization. */
const SENT_ON_PURPOSE = ["authorization", "x-apollo-operation-name", "apollo-require-preflight"];

/** What a query may cost, known before anything is fetched. */
function spending(supergraphSdl: string, limits: Limits): ApolloServerPlugin<GatewayContext> {
  const lengths = listLengthsFrom(supergraphSdl);
  return {
    requestDidStart: async ({ request: received }) => {
      if (received.operationName === "") received.operationName = undefined; // or Apollo looks for one of that name
      return { didResolveOperation: checkOperation };
    },
  };

  async function checkOperation(
    resolved: GraphQLRequestContextDidResolveOperation<GatewayContext>,
  ): Promise<void> {
    const { schema, document, operation, operationName, request } = resolved;
    if (operation && !schema.getRootType(operation.operation)) {
      throw new LimitError(`The schema has no ${operation.operation}.`, "BAD_USER_INPUT");
    }
    if (operation?.operation === "subscription") {
      const message = "Subscriptions are served as server-sent events at /graphql/stream.";
      throw new LimitError(message, "BAD_USER_INPUT");
    }
    const name = operationName ?? undefined;
    const variables = request.variables ?? {};
    checkNesting(variables);
    checkVariables(variables);
    checkLiterals(document);
    checkListArguments(document, name, variables, limits);
    checkCost(costOf(schema, lengths, document, name, variables), limits);
  }
}

/**
 * The schema is described by graphql-js itself where nothing else is asked for: the gateway's planner has its own list of what can be
 * asked of a type, and does not know `isOneOf`. Who may ask is for request-validation.ts to say.
 */
function introspecting(): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      async responseForOperation({
        schema,
        document,
        operation,
        operationName,
        request,
        response,
      }) {
        const { selections } = operation.selectionSet;
        const isSchema = selections.every(
          (one) => one.kind === Kind.FIELD && /^__(schema|type)$/.test(one.name.value),
        );
        if (!isSchema) return null;
        const variableValues = request.variables ?? {};
        const singleResult = await execute({ schema, document, operationName, variableValues });
        return { http: response.http, body: { kind: "single", singleResult } };
      },
    }),
  };
}

/** Where the client wants one: what the answer was, by digest, and what it rests on. Nobody who is not signed in gets one. */
function receipting(signer: ReceiptSigner): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      async willSendResponse({
        request,
        response: { body },
        contextValue: { viewer, requestId, bases },
      }) {
        if (!bases || !viewer || body.kind !== "single" || body.singleResult.data == null) return;
        const { query = "", operationName, variables } = request;
        const operation = { query, operationName, variables };
        const receipt = receiptFor(viewer, {
          requestId,
          operation,
          data: body.singleResult.data,
          bases,
        });
        body.singleResult.extensions = {
          ...body.singleResult.extensions,
          receipt: await signer.issue(receipt),
        };
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
          logger.error(
            { requestId: contextValue.requestId, error: error.originalError ?? error },
            "unexpected error",
          );
        }
      },
      async willSendResponse({ request, contextValue, response: { body, http } }) {
        if (body.kind !== "single" || !body.singleResult.errors) return;
        const signedIn = contextValue.viewer != null;
        const errors = firstFaults(oncePerKind(body.singleResult.errors), signedIn);
        body.singleResult.errors = errors;
        for (const { extensions } of errors) metrics.errors.inc({ code: String(extensions?.code) });
        if (http.status === 400 && isLegacy(request.http?.headers.get("accept"))) http.status = 200;
      },
    }),
  };
}

/** GraphQL over HTTP: to a client that knows plain JSON only, a request that was read is answered with 200. */
function isLegacy(accept: string | undefined): boolean {
  return (
    accept?.includes("application/json") === true &&
    !accept.includes("application/graphql-response+json")
  );
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
