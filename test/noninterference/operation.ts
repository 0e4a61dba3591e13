/**
 * Valid operations, made from nothing but the schema: whatever a subgraph adds later is asked too. An operation is a tree
 * in which every part can be left out, so that fast-check shrinks a counterexample by leaving out.
 */
import fc, { type Arbitrary } from "fast-check";
import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import type { Pools } from "./pools";

export interface Given {
  readonly type: GraphQLInputType;
  readonly value: unknown;
}

export interface Asked {
  readonly field: string;
  readonly given: readonly (readonly [name: string, given: Given])[];
  /** Null where the field is a leaf. */
  readonly of: readonly Selected[] | null;
}

/** A field, or some of them on one type: as a fragment within the set, or as one with a name. */
export type Selected =
  | Asked
  | { readonly on: string; readonly named: boolean; readonly of: readonly Selected[] };

/** What is deeper is seldom within the gateway's limits. */
const DEEPEST = 5;

/** On average three in two of so many; nearly always what says why something was not done. */
const weightsOf = (
  { name }: GraphQLField<unknown, unknown>,
  many: number,
): [weight: number, without: number] =>
  /errors$/i.test(name) ? [9, 1] : [3, Math.max(2, 2 * many - 3)];

/** There with a weight, and left out first of all when a counterexample shrinks. */
const maybe = <T>(arbitrary: Arbitrary<T>, weight: number, without: number): Arbitrary<T | null> =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: without, arbitrary: fc.constant(null) },
    { weight, arbitrary },
  );

export interface Root {
  readonly name: string;
  /** With any arguments and any selection. */
  readonly any: Arbitrary<Asked>;
  /** How many arguments it takes, or its input's fields: the more, the more often it is to be asked. */
  readonly breadth: number;
  readonly args: readonly GraphQLArgument[];
  /** The field in which a mutation says what it did not do, and why. */
  readonly errors: string | null;
}

/** The root fields of each kind. */
export type Grammar = Readonly<Record<"query" | "mutation" | "subscription", readonly Root[]>>;

export function grammarOf(schema: GraphQLSchema, pools: Pools): Grammar {
  const known = new Map<string, Arbitrary<readonly Selected[]>>();

  function setOf(type: GraphQLCompositeType, depth: number): Arbitrary<readonly Selected[]> {
    const name = `${type.name}/${depth}`;
    const made =
      known.get(name) ??
      fc.tuple(...partsOf(type, depth)).map((parts) => parts.filter((part) => part !== null));
    known.set(name, made);
    return made;
  }

  /** Few of the fields that lead further, however many there are: else operations grow without bound. */
  function partsOf(type: GraphQLCompositeType, depth: number): Arbitrary<Selected | null>[] {
    const fields = "getFields" in type ? Object.values(type.getFields()) : [];
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    const further = depth === 0 ? [] : fields.filter((field) => !leaves.includes(field));
    const types =
      depth === 0
        ? []
        : isAbstractType(type)
          ? schema.getPossibleTypes(type)
          : [type as GraphQLObjectType];
    return [
      ...leaves.map((field) => maybe(fieldOf(field, type.name, depth), 2, 1)),
      ...further.map((field) =>
        maybe(fieldOf(field, type.name, depth), ...weightsOf(field, further.length)),
      ),
      ...types.map((on) => maybe(fragmentOn(on, depth), 1, isAbstractType(type) ? 1 : 8)),
    ];
  }

  function fragmentOn(on: GraphQLObjectType, depth: number): Arbitrary<Selected> {
    return fc.record({ on: fc.constant(on.name), named: fc.boolean(), of: setOf(on, depth - 1) });
  }

  function fieldOf(
    field: GraphQLField<unknown, unknown>,
    parent: string,
    depth: number,
  ): Arbitrary<Asked> {
    const type = getNamedType(field.type);
    return fc.record({
      field: fc.constant(field.name),
      given: givenTo(field.args, `${parent}.${field.name}`),
      of: isCompositeType(type) ? setOf(type, depth - 1) : fc.constant(null),
    });
  }

  function givenTo(args: readonly GraphQLArgument[], of: string): Arbitrary<Asked["given"]> {
    const span = ["from", "to"].map((name) =>
      args.find((arg) => arg.name === name && getNamedType(arg.type).name === "Period"),
    );
    const apart = span.every((arg) => arg !== undefined)
      ? args.filter((arg) => !span.includes(arg))
      : args;
    const each = apart.map((arg) =>
      anyOf(arg.type, arg.name, of).map((value) => [arg.name, { type: arg.type, value }] as const),
    );
    const spans =
      apart === args
        ? fc.constant([])
        : fc
            .constantFrom(...pools.spans)
            .map((pair) =>
              pair.map(
                (value, at) =>
                  [
                    (span[at] as GraphQLArgument).name,
                    { type: (span[at] as GraphQLArgument).type, value },
                  ] as const,
              ),
            );
    return fc
      .tuple(fc.tuple(...each), spans)
      .map(([some, both]) => [...some, ...both].filter(([, { value }]) => value !== undefined));
  }

  /** Undefined where a value that may be left out is. A list that filters leaves little. */
  function anyOf(type: GraphQLInputType, name: string, of: string): Arbitrary<unknown> {
    if (isNonNullType(type)) return presentOf(type.ofType, name, of);
    const [weight, without] = !isListType(type) ? [1, 1] : pools.lists.has(name) ? [3, 1] : [1, 2];
    return maybe(presentOf(type, name, of), weight, without).map((value) => value ?? undefined);
  }

  function presentOf(type: GraphQLInputType, name: string, of: string): Arbitrary<unknown> {
    if (isListType(type)) {
      const whole = pools.lists.get(name);
      if (whole && !isInputObjectType(getNamedType(type))) return fc.constantFrom(...whole);
      const item = type.ofType as GraphQLInputType;
      return fc.array(
        isNonNullType(item) ? presentOf(item.ofType, name, of) : presentOf(item, name, of),
        {
          maxLength: 3,
        },
      );
    }
    if (isInputObjectType(type)) return inputOf(type.name, Object.values(type.getFields()));
    if (isEnumType(type))
      return fc.constantFrom(
        ...type.getValues().map(({ name }) => name),
        ...(pools.likely.get(type.name) ?? []),
      );
    return fc.constantFrom(...pools.scalar(getNamedType(type).name, name, of));
  }

  function inputOf(
    type: string,
    fields: readonly { name: string; type: GraphQLInputType }[],
  ): Arbitrary<unknown> {
    const any = fc
      .tuple(
        ...fields.map((field) =>
          anyOf(field.type, field.name, type).map((value) => [field.name, value] as const),
        ),
      )
      .map((entries) => Object.fromEntries(entries.filter(([, value]) => value !== undefined)));
    const examples = pools.inputs.get(type);
    return examples ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...examples) }, any) : any;
  }

  const rootsOf = (root: GraphQLObjectType | null | undefined): Root[] =>
    Object.values(root?.getFields() ?? {}).map((field) => ({
      name: field.name,
      any: fieldOf(field, root?.name ?? "", DEEPEST),
      breadth: breadthOf(field),
      args: field.args,
      errors: errorsOf(getNamedType(field.type)),
    }));
  return {
    query: rootsOf(schema.getQueryType()),
    mutation: rootsOf(schema.getMutationType()),
    subscription: rootsOf(schema.getSubscriptionType()),
  };
}

const errorsOf = (type: GraphQLNamedType): string | null =>
  "getFields" in type && "userErrors" in type.getFields() ? "userErrors" : null;

function breadthOf({ args }: GraphQLField<unknown, unknown>): number {
  const [only] = args;
  const input = only && getNamedType(only.type);
  return args.length === 1 && isInputObjectType(input)
    ? Object.keys(input.getFields()).length
    : args.length;
}
