import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  type InlineFragmentNode,
  isAbstractType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from "graphql";
import { parsePeriod, periodCount } from "../../shared/period";
import {
  operationsOf,
  perFragment,
  plainValue,
  type VariableValues,
  variablesOf,
} from "../operation";

/** Products stop here: further on they would be Infinity, and Infinity × 0 is NaN, which no limit refuses. */
const MOST = 1e15;
const times = (a: number, b: number): number => Math.min(a * b, MOST);

/**
 * How many items a field may return: `slicing` names the argument that says it, `times` lists that multiply it, `span` the
 * two arguments between whose periods the items reach. A dozen periods are the ordinary size of an item and count once.
 */
export interface ListLength {
  assumed: number;
  times?: string[];
  slicing?: string;
  span?: string[];
}

const PERIODS_AN_ITEM = 12;

export interface ListLengths {
  of(typeName: string, fieldName: string): ListLength | undefined;
}

/** A list that nobody described. A field that is no list may be described as well: a connection, which takes `first`. */
const ASSUMED = 10;

/** Reads @listLength out of the supergraph, where composition may have put the prefix of its @link before the name. */
export function listLengthsFrom(supergraphSdl: string): ListLengths {
  const lengths = new Map<string, ListLength>();
  for (const type of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (!("name" in type && type.name && "fields" in type)) continue;
    for (const field of type.fields ?? []) {
      const directive = field.directives?.find((it) => /^(.+__)?listLength$/.test(it.name.value));
      if (!directive || field.kind !== Kind.FIELD_DEFINITION) continue;
      const at = `${type.name.value}.${field.name.value}`;
      lengths.set(at, listLength(directive, field, at));
    }
  }
  return { of: (typeName, fieldName) => lengths.get(`${typeName}.${fieldName}`) };
}

/** A misspelt argument would multiply by 1 and so switch the limit off without a word: refuse to start instead. */
function listLength(
  directive: ConstDirectiveNode,
  field: FieldDefinitionNode,
  at: string,
): ListLength {
  const value = (name: string): unknown => {
    const argument = directive.arguments?.find((it) => it.name.value === name);
    return argument && (valueFromASTUntyped(argument.value) ?? undefined);
  };
  const assumed = Number(value("assumed") ?? ASSUMED);
  const multipliers = [value("times") ?? []].flat().map(String);
  const slicing = value("slicing") === undefined ? undefined : String(value("slicing"));
  if (!Number.isInteger(assumed) || assumed < 1)
    throw new Error(`@listLength of ${at}: assumed must be 1 or more.`);
  const span = [value("span") ?? []].flat().map(String);
  for (const name of [...multipliers, ...span, ...(slicing === undefined ? [] : [slicing])]) {
    if (field.arguments?.some((it) => it.name.value === name)) continue;
    throw new Error(
      `@listLength of ${at} names the argument "${name}", which the field does not have.`,
    );
  }
  return { assumed, times: multipliers, slicing, ...(span.length > 0 && { span }) };
}

interface Prices {
  schema: GraphQLSchema;
  lengths: ListLengths;
  variables: VariableValues;
  ofFragment: (name: string) => number;
}

/**
 * Cost of one operation, as in the IBM specification: an object 1, a scalar 0, a list its length times its item, a
 * mutation's root field 10. An upper bound: what fragments on several types or @skip leave out is counted as well.
 */
export function costOf(
  schema: GraphQLSchema,
  listLengths: ListLengths,
  document: DocumentNode,
  operationName: string | undefined,
  variables: Record<string, unknown>,
): number {
  const costs = operationsOf(document, operationName).map((operation) => {
    const ofFragment: Prices["ofFragment"] = perFragment(
      document,
      (it) => costOfSet(prices, it.selectionSet, conditionOf(schema, it)),
      0,
    );
    const prices = {
      schema,
      lengths: listLengths,
      variables: variablesOf(operation, variables),
      ofFragment,
    };
    return costOfSet(
      prices,
      operation.selectionSet,
      schema.getRootType(operation.operation) ?? undefined,
    );
  });
  return Math.max(0, ...costs);
}

function costOfSet(
  prices: Prices,
  set: SelectionSetNode,
  parent: GraphQLNamedType | undefined,
): number {
  let sum = 0;
  for (const node of set.selections) {
    if (node.kind === Kind.FRAGMENT_SPREAD) sum += prices.ofFragment(node.name.value);
    else if (node.kind === Kind.FIELD) sum += costOfField(prices, node, parent);
    else sum += costOfSet(prices, node.selectionSet, conditionOf(prices.schema, node) ?? parent);
  }
  return sum;
}

function conditionOf(schema: GraphQLSchema, node: FragmentDefinitionNode | InlineFragmentNode) {
  const name = node.typeCondition?.name.value;
  return name !== undefined && Object.hasOwn(schema.getTypeMap(), name)
    ? schema.getType(name)
    : undefined;
}

/** Unknown fields cost nothing: validation refuses them. Nor do __typename, __schema and __type: no subgraph is asked. */
function costOfField(
  prices: Prices,
  node: FieldNode,
  parent: GraphQLNamedType | undefined,
): number {
  const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
  const field = Object.hasOwn(fields, node.name.value) ? fields[node.name.value] : undefined;
  if (!parent || !field) return 0;
  const base = parent === prices.schema.getMutationType() ? 10 : 0;
  if (!node.selectionSet) return base;
  const item = 1 + costOfSet(prices, node.selectionSet, getNamedType(field.type));
  return base + times(lengthOf(prices, parent, field, node), item);
}

/** An interface and its types count as the longest of them, or a fragment would choose the cheaper description. */
function lengthOf(
  prices: Prices,
  parent: GraphQLNamedType,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
) {
  const related = isObjectType(parent) ? parent.getInterfaces() : [];
  const types = [
    parent,
    ...(isAbstractType(parent) ? prices.schema.getPossibleTypes(parent) : related),
  ];
  const known = types
    .map((type) => prices.lengths.of(type.name, field.name))
    .filter((it) => it !== undefined);
  if (known.length === 0) return isListType(getNullableType(field.type)) ? ASSUMED : 1;
  const argument = (name: string): unknown => {
    const given = node.arguments?.find((it) => it.name.value === name);
    const value = given && plainValue(given.value, prices.variables);
    return value === undefined ? field.args.find((it) => it.name === name)?.defaultValue : value;
  };
  return Math.max(...known.map((it) => lengthBy(it, argument)));
}

/** An empty list counts 1, and a slice below 1 is not believed: where a resolver reads "none" as "all", 0 would be free. */
function lengthBy(described: ListLength, argument: (name: string) => unknown): number {
  const slice = described.slicing === undefined ? undefined : argument(described.slicing);
  const start =
    typeof slice === "number" && Number.isInteger(slice) && slice > 0 ? slice : described.assumed;
  const counts = (described.times ?? [])
    .map(argument)
    .map((it) => (Array.isArray(it) ? Math.max(1, it.length) : 1));
  return times(
    counts.reduce(times, start),
    Math.ceil(periodsIn(described.span ?? [], argument) / PERIODS_AN_ITEM),
  );
}

/** What is no span of periods is refused by the resolver, for a reason it can name. */
function periodsIn([from, to]: readonly string[], argument: (name: string) => unknown): number {
  if (from === undefined || to === undefined) return 1;
  const first = parsePeriod(String(argument(from)));
  const last = parsePeriod(String(argument(to)));
  return first && last && first.frequency === last.frequency
    ? Math.max(1, periodCount(first, last))
    : 1;
}
