import { openDatabase } from "../../shared/database/data-source";
import { openRequest } from "../../shared/graphql/context";
import { Evaluation } from "../../shared/graphql/evaluation";
import { Marking } from "../../shared/graphql/marking";
import { PageInfo } from "../../shared/graphql/page-info";
import { databaseOf, type SubgraphServer, serveSubgraph } from "../../shared/graphql/server";
import { type BuiltSubgraph, buildSubgraph } from "../../shared/graphql/subgraph";
import type { SubgraphOptions } from "../../shared/graphql/subgraph-options";
import { UserError } from "../../shared/graphql/user-error";
import { AnswerMutations } from "./answers/answer.mutation";
import { communiqueRoute } from "./communique/communique.route";
import * as contents from "./content/content.type";
import { policy } from "./cooperation.policy";
import { createLoaders, type Loaders } from "./loaders";
import { AnnualAnalysisResolver, PerformanceResolver } from "./performance/performance.resolver";
import { AnnualAnalysis, CooperationPerformance } from "./performance/performance.type";
import { Partner } from "./requests/reference";
import { RequestMutations } from "./requests/request.mutation";
import { loadRequest, RequestResolver } from "./requests/request.resolver";
import * as types from "./requests/request.type";

export function buildCooperation(): Promise<BuiltSubgraph> {
  return buildSubgraph({
    name: "cooperation",
    resolvers: [
      RequestResolver,
      RequestMutations,
      AnswerMutations,
      PerformanceResolver,
      AnnualAnalysisResolver,
    ],
    types: [
      types.CooperationRequest,
      types.CooperationRequestConnection,
      types.CooperationRequestEdge,
      types.CooperationRequestPayload,
      types.RequestClock,
      types.RequestEvent,
      CooperationPerformance,
      AnnualAnalysis,
      contents.RequestContent,
      contents.RequestNote,
      contents.RequestAnswer,
      contents.Refusal,
      contents.RequestFeedback,
      contents.ProposedGrant,
      contents.Redissemination,
      Partner,
      Evaluation,
      Marking,
      PageInfo,
      UserError,
    ],
    policy,
    lists: {
      "Query.cooperationRequests": { slicing: "first" },
      "CooperationRequestConnection.nodes": { assumed: 1 },
      "CooperationRequestConnection.edges": { assumed: 1 },
      "CooperationRequest.siblings": { assumed: 5 },
      "CooperationRequest.timeline": { assumed: 8 },
      "CooperationRequest.notes": { assumed: 4 },
      "CooperationRequest.answers": { assumed: 2 },
      "CooperationRequest.redisseminations": { assumed: 1 },
      "CooperationRequest.moves": { assumed: 5 },
      "CooperationRequest.disclosedBy": { assumed: 1 },
      "RequestContent.crimeAreas": { assumed: 2 },
      "ProposedGrant.indicators": { assumed: 2 },
      "ProposedGrant.detail": { assumed: 1 },
    },
    references: {
      AnnualAnalysis: ({ year }: { year: number }) => ({ year }),
      CooperationRequest: ({ reference }: { reference: string }, context: never) =>
        loadRequest(context, reference),
    },
  });
}

export async function openCooperation(options: SubgraphOptions): Promise<SubgraphServer> {
  const dataSource = await openDatabase({
    ...options.database,
    role: "accord_cooperation",
    entities: [],
  });
  const subgraph = await buildCooperation();
  return serveSubgraph({
    subgraph,
    files: { "GET /cooperation/communique": communiqueRoute(subgraph.schema) },
    verifier: options.verifier("cooperation"),
    logger: options.logger,
    openContext: (verified) => openRequest<Loaders>(dataSource, verified, createLoaders),
    ...databaseOf(dataSource, options.logWriter),
  });
}
