import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
} from "graphql";

/** What can run: the operation asked for; where the name fits none, all of them, so that no name opens a way around. */
export function operationsOf(
  document: DocumentNode,
  name: string | undefined,
): OperationDefinitionNode[] {
  const all = document.definitions.filter((it) => it.kind === Kind.OPERATION_DEFINITION);
  const named = all.filter((it) => it.name?.value === name);
  return named.length > 0 ? named : all;
}

/**
 * Reads each fragment once, however often it is used: the time is linear in the document. Inside itself a fragment is
 * `empty`: validation refuses the cycle later, here it must only end.
 */
export function perFragment<T>(
  document: DocumentNode,
  read: (it: FragmentDefinitionNode) => T,
  empty: T,
) {
  const definitions = document.definitions.filter((it) => it.kind === Kind.FRAGMENT_DEFINITION);
  const unread = new Map(definitions.map((it) => [it.name.value, it]));
  const results = new Map<string, T>();
  return (name: string): T => {
    const definition = unread.get(name);
    if (definition) {
      unread.delete(name);
      results.set(name, read(definition));
    }
    return results.get(name) ?? empty;
  };
}

export type VariableValues = (name: string) => unknown;

/** The value given, else the default of the operation. Only own properties: a client chooses these names. */
export function variablesOf(
  operation: OperationDefinitionNode,
  given: Record<string, unknown>,
): VariableValues {
  const defaults = new Map(
    operation.variableDefinitions?.map((it) => [it.variable.name.value, it.defaultValue]),
  );
  return (name) => {
    if (Object.hasOwn(given, name)) return given[name];
    const node = defaults.get(name);
    return node && plainValue(node, () => undefined);
  };
}

/** A literal as a plain value. graphql's own would look variables up in the prototype; fromEntries makes own properties. */
export function plainValue(node: ValueNode, variables: VariableValues): unknown {
  switch (node.kind) {
    case Kind.VARIABLE:
      return variables(node.name.value);
    case Kind.LIST:
      return node.values.map((it) => plainValue(it, variables));
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map((it) => [it.name.value, plainValue(it.value, variables)]),
      );
    case Kind.INT:
      return Number(node.value);
    case Kind.NULL:
      return null;
    default:
      return node.value;
  }
}
