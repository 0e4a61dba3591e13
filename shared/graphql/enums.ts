/** A GraphQL enumeration of names that stand in a list of the policy: the list is the one place to change. */
export function asEnum<Name extends string>(names: readonly Name[]): Record<Name, Name> {
  return Object.fromEntries(names.map((name) => [name, name])) as Record<Name, Name>;
}
