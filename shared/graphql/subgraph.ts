import "reflect-metadata";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import {
  type ASTNode,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  parse,
  print,
  visit,
} from "graphql";
import { type BuildSchemaOptions, buildSchema, createResolversMap } from "type-graphql";
import type { PolicyMap } from "../policy/sensitivity";
import { federationHeader, type ListLength, labelled } from "./labels";
import { scalars } from "./scalars";
import { shieldSchema } from "./shield";

export interface SubgraphDefinition {
  name: string;
  resolvers: BuildSchemaOptions["resolvers"];
  /** Every object type of this subgraph: type-graphql's metadata is global and would bring the neighbours' types along. */
  // biome-ignore lint/complexity/noBannedTypes: type-graphql's own type for a class
  types: readonly Function[];
  policy: PolicyMap;
  /** How long lists get, for the gateway's cost estimate: `Type.field` → length. */
  lists?: Readonly<Record<string, ListLength>>;
  references?: Readonly<Record<string, (representation: never, context: never) => unknown>>;
}

export interface BuiltSubgraph {
  name: string;
  schema: GraphQLSchema;
  /** What the subgraph promises the others; committed as `schema.graphql` and composed. */
  sdl: string;
}

/** type-graphql asks for one wherever there is a subscription. Streams are the gateway's: no subgraph publishes anything. */
const NO_TOPICS: BuildSchemaOptions["pubSub"] = {
  publish() {
    throw new Error("no subgraph publishes");
  },
  subscribe() {
    throw new Error("no subgraph is subscribed to");
  },
};

/** From type-graphql classes to a federated, labelled and shielded schema. Fails on a field without a label. */
export async function buildSubgraph(definition: SubgraphDefinition): Promise<BuiltSubgraph> {
  const plain = await buildSchema({
    resolvers: definition.resolvers,
    orphanedTypes: [...definition.types],
    scalarsMap: scalars,
    validate: false,
    pubSub: NO_TOPICS,
    skipCheck: true,
  });
  const typeDefs = typeDefsOf(plain, definition);
  const resolvers = createResolversMap(plain) as Record<string, Record<string, unknown>>;
  for (const [type, resolveReference] of Object.entries(definition.references ?? {})) {
    resolvers[type] = { ...resolvers[type], __resolveReference: resolveReference };
  }
  const schema = buildSubgraphSchema({ typeDefs, resolvers: resolvers as never });
  return {
    name: definition.name,
    schema: shieldSchema(schema, definition.policy),
    sdl: `${print(typeDefs)}\n`,
  };
}

function typeDefsOf(
  schema: GraphQLSchema,
  { policy, lists = {} }: SubgraphDefinition,
): DocumentNode {
  const printed = parse(printSchemaWithDirectives(schema), { noLocation: true });
  const withoutSchema = visit(printed, { [Kind.SCHEMA_DEFINITION]: () => null });
  const { definitions } = labelled(withoutSchema, policy, lists);
  return {
    kind: Kind.DOCUMENT,
    definitions: [...federationHeader().definitions, ...inOrder(definitions)],
  };
}

/** Type-graphql knows classes in the order in which files were imported. A schema does not depend on that: types and root
 * fields stand by name, the fields of a type as its class has them. */
function inOrder(definitions: readonly DefinitionNode[]): DefinitionNode[] {
  return definitions
    .map((one) =>
      one.kind === Kind.OBJECT_TYPE_DEFINITION && ROOTS.has(one.name.value)
        ? { ...one, fields: [...(one.fields ?? [])].sort(byName) }
        : one,
    )
    .sort(byName);
}

const ROOTS = new Set(["Query", "Mutation", "Subscription"]);

function byName(one: ASTNode, other: ASTNode): number {
  const [left, right] = [nameOf(one), nameOf(other)];
  return left < right ? -1 : left > right ? 1 : 0;
}

const nameOf = (node: ASTNode): string => ("name" in node ? (node.name?.value ?? "") : "");
