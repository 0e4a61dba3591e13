import { GraphQLScalarType, print, type ValueNode } from "graphql";
import { GraphQLDate, GraphQLDateTime, GraphQLEmailAddress } from "graphql-scalars";

/**
 * Both take any literal as text: what is wrong with it is said by the resolver, which knows the argument's name, and
 * not by a coercion error that knows only the type's.
 */
function textScalar(name: string, description: string): GraphQLScalarType<string, string> {
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: String,
    parseValue: (value) => (typeof value === "object" ? JSON.stringify(value) : String(value)),
    parseLiteral: (node: ValueNode) => ("value" in node ? String(node.value) : print(node)),
  });
}

export const CountryCode = textScalar(
  "CountryCode",
  "ISO 3166-1 alpha-3, or one of the codes for what is not a country: `_T` total, `_U` unknown, `_O` others, `_STL` stateless, `XKX` …",
);
export const PeriodCode = textScalar("Period", "A quarter, `2015-Q3`, or a year, `2015`.");

export { GraphQLDate as DateScalar, GraphQLDateTime as DateTimeScalar, GraphQLEmailAddress as EmailAddress };

export const scalars = [{ type: Date, scalar: GraphQLDateTime }];
