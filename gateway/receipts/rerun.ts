import type { ApolloServer } from "@apollo/server";
import { Kind, OperationTypeNode, parse } from "graphql";
import { badInput } from "../../shared/errors/errors";
import type { Limits } from "../limits/limits";
import { RequestValidator } from "../request-validation";
import type { GatewayContext } from "../signed-source";
import type { Basis, Operation } from "./receipt";
import type { Rerun } from "./receipt.resolver";

/** Through the same gate, limits and graph as a request of its own; only a query, since asking again must change nothing. */
export function rerunIn(graph: () => ApolloServer<GatewayContext>, limits: Limits): Rerun {
  const validator = new RequestValidator(limits);
  return async (viewer, requestId, operation) => {
    refuseOther(operation);
    if (operation.variables != null && typeof operation.variables !== "object")
      throw badInput("input", "`variables` is an object, by the variables' names.");
    validator.check({ query: operation.query, operationName: operation.operationName }, viewer);
    const bases: Basis[] = [];
    const { body } = await graph().executeOperation(
      {
        query: operation.query,
        variables: operation.variables ?? {},
        ...(operation.operationName != null && { operationName: operation.operationName }),
      },
      { contextValue: { viewer, requestId, bases } },
    );
    return { data: body.kind === "single" ? body.singleResult.data : undefined, bases };
  };
}

function refuseOther({ query }: Operation): void {
  const operations = definitionsOf(query).filter((it) => it.kind === Kind.OPERATION_DEFINITION);
  if (
    operations.length > 0 &&
    operations.every(({ operation }) => operation === OperationTypeNode.QUERY)
  )
    return;
  throw badInput("input", "only a query is asked again.");
}

function definitionsOf(query: string) {
  try {
    return parse(query, { maxTokens: 2_000 }).definitions;
  } catch {
    return [];
  }
}
