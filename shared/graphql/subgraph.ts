import "reflect-metadata";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { type DocumentNode, type GraphQLSchema, Kind, parse, print, visit } from "graphql";
import { type BuildSchemaOptions, buildSchema, createResolversMap } from "type-graphql";
import type { PolicyMap } from "../policy/sensitivity";
import { shieldSchema } from "../policy/shield";
import { federationHeader, type ListLength, labelled } from "./labels";
import { scalars } from "./scalars";

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
  const document = labelled(withoutSchema, policy, lists);
  return { ...document, definitions: [...federationHeader().definitions, ...document.definitions] };
}
