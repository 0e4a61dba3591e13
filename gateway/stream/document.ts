import {
  type ArgumentNode,
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  visit,
} from "graphql";
import { AccordError } from "../../shared/errors/errors";
import { plainValue, variablesOf } from "../operation";

/** How many events are read, and kept for a slow reader, at once. */
export const PAGE = 10;
const AFTER = "accordAfter";

/** A subscription as the queries that answer it. */
export interface FeedQuery {
  /** One page of the feed with the client's own selection in it: an ordinary query, by all the rules of one. */
  page: DocumentNode;
  /** Under which name the client wants its events. */
  key: string;
  /** From where, as far as the client's document says so. */
  after: string | null;
  /** The variables of a page from here on. */
  variables(after: string): Record<string, unknown>;
}

/**
 * Puts the selection of `alertIssued` into a query of `alertFeed`. What comes of it is planned, priced, signed and judged like
 * any query of the client's; the stream has no way of its own to any data.
 * @throws BAD_USER_INPUT where the document is something else than one subscription to it
 */
export function toFeedQuery(
  document: DocumentNode,
  name: string | undefined,
  given: Record<string, unknown>,
): FeedQuery {
  const operation = operationOf(document, name);
  const field = rootFieldOf(operation);
  const { after, others } = argumentsOf(field);
  const variables = variablesOf(operation, given);
  const from = after === undefined ? null : plainValue(after, variables);
  if (from !== null && from !== undefined && typeof from !== "string")
    throw new AccordError("BAD_USER_INPUT", "after: is not a cursor.", { argument: "after" });
  const selectionSet: SelectionSetNode = {
    kind: Kind.SELECTION_SET,
    selections: [feedField(field, others)],
  };
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const stillUsed = variablesIn(selectionSet, ...fragments);
  const variableDefinitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
    stillUsed.has(variable.name.value),
  );
  const query: OperationDefinitionNode = {
    ...operation,
    operation: OperationTypeNode.QUERY,
    variableDefinitions: [...variableDefinitions, ...TEMPLATE_VARIABLES],
    selectionSet,
  };
  return {
    page: { kind: Kind.DOCUMENT, definitions: [query, ...fragments] },
    key: field.alias?.value ?? field.name.value,
    after: from ?? null,
    variables: (cursor) => ({ ...given, [AFTER]: cursor }),
  };
}

/** A variable that stood for `after` alone is used nowhere any more, and a query may not declare what it does not use. */
function variablesIn(...nodes: ASTNode[]): Set<string> {
  const names = new Set<string>();
  for (const node of nodes) visit(node, { Variable: ({ name }) => void names.add(name.value) });
  return names;
}

function operationOf(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((it) => it.kind === Kind.OPERATION_DEFINITION);
  const [operation] =
    name === undefined ? operations : operations.filter((it) => it.name?.value === name);
  if (operation?.operation === OperationTypeNode.SUBSCRIPTION) return operation;
  throw new AccordError(
    "BAD_USER_INPUT",
    "Only subscriptions are streamed. Send queries and mutations to /graphql.",
  );
}

function rootFieldOf({ selectionSet: { selections } }: OperationDefinitionNode): FieldNode {
  const [field] = selections;
  const isOne =
    selections.length === 1 && field?.kind === Kind.FIELD && field.directives?.length === 0;
  if (isOne && field.name.value === "alertIssued" && field.selectionSet) return field;
  throw new AccordError(
    "BAD_USER_INPUT",
    "A stream is of one field: `subscription { alertIssued { identifier } }`.",
  );
}

/** `after` is ours to move on; the rest means in the feed what it means in the subscription. */
function argumentsOf(field: FieldNode): { after: ValueNode | undefined; others: ArgumentNode[] } {
  const all = field.arguments ?? [];
  const unknown = all.find((it) => it.name.value !== "after" && it.name.value !== "status");
  if (unknown)
    throw new AccordError(
      "BAD_USER_INPUT",
      `${unknown.name.value}: alertIssued has no such argument.`,
    );
  return {
    after: all.find((it) => it.name.value === "after")?.value,
    others: all.filter((it) => it.name.value === "status"),
  };
}

const [TEMPLATE] = parse(
  `query ($${AFTER}: String!) { alertFeed(after: $${AFTER}, first: ${PAGE}) { endCursor hasNextPage edges { cursor node { __typename } } } }`,
  { noLocation: true },
).definitions as [OperationDefinitionNode];
const TEMPLATE_VARIABLES = TEMPLATE.variableDefinitions ?? [];

function feedField(field: FieldNode, others: readonly ArgumentNode[]): SelectionNode {
  const [feed] = TEMPLATE.selectionSet.selections as [FieldNode];
  return withNode({ ...feed, arguments: [...(feed.arguments ?? []), ...others] }, field);
}

/** The template's `node`, wherever it stands, with the client's selection. */
function withNode(at: FieldNode, field: FieldNode): FieldNode {
  if (at.name.value === "node") return { ...at, selectionSet: field.selectionSet };
  if (!at.selectionSet) return at;
  const selections = at.selectionSet.selections.map((one) =>
    one.kind === Kind.FIELD ? withNode(one, field) : one,
  );
  return { ...at, selectionSet: { ...at.selectionSet, selections } };
}
