import { GraphQLScalarType, print, type ValueNode } from "graphql";
import { GraphQLDate, GraphQLDateTime, GraphQLEmailAddress } from "graphql-scalars";
import { badInput } from "../errors/errors";

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
export const DimensionName = textScalar(
  "DimensionName",
  "A `Dimension`. Taken as text, so that a wrong one is answered with its place in the input.",
);
export const PeriodCode = textScalar("Period", "A quarter, `2015-Q3`, or a year, `2015`.");

const { parseValue, parseLiteral } = textScalar("Text", "");
/** Given out as a date, taken in as text, for the same reason as the codes above: see `instant`. */
export const DateTimeScalar = new GraphQLScalarType({
  ...GraphQLDateTime.toConfig(),
  parseValue,
  parseLiteral,
});

/** @throws BAD_USER_INPUT naming the argument. */
export function instant(argument: string, text: string): Date {
  try {
    return new Date(GraphQLDateTime.parseValue(text));
  } catch {
    throw badInput(argument, `"${text}" is not a date and time. Write it as 2015-12-31T00:00:00Z.`);
  }
}

export { GraphQLDate as DateScalar, GraphQLEmailAddress as EmailAddress };

export const scalars = [{ type: Date, scalar: DateTimeScalar }];
