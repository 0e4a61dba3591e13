import { type GraphQLError, parse, visit } from "graphql";

/** The argument in whose value graphql-js found something wrong, where it was in one: it names the type, not the argument. */
export function argumentAround({ nodes }: GraphQLError): string | undefined {
  const at = nodes?.[0]?.loc;
  if (!at) return undefined;
  let name: string | undefined;
  visit(parse(at.source), {
    Argument({ name: argument, value: { loc } }) {
      if (loc && loc.start <= at.start && at.end <= loc.end) name = argument.value;
    },
  });
  return name;
}
