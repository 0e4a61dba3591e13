import { collectSubFields } from "@graphql-tools/utils";
import { type GraphQLResolveInfo, getNamedType, isObjectType } from "graphql";

/** Whether any of these fields of what a resolver returns will be resolved: fragments, @skip and @include are counted in. */
export function asksForAny(
  { schema, fragments, variableValues, returnType, fieldNodes }: GraphQLResolveInfo,
  names: ReadonlySet<string>,
): boolean {
  const type = getNamedType(returnType);
  if (!isObjectType(type)) return false;
  const values = { coerced: variableValues, sources: {} };
  const { fields } = collectSubFields(schema, fragments, values, type, [...fieldNodes]);
  return [...fields.values()].some(([node]) => node !== undefined && names.has(node.name.value));
}
