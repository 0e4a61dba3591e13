import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  visit,
} from "graphql";
import type { PolicyMap } from "../policy/sensitivity";

/**
 * How long a list gets: `assumed` × the lengths of the list arguments in `times`, or what the argument `slicing` says; and
 * once more for each dozen of periods between the two arguments in `span`.
 */
export interface ListLength {
  assumed?: number;
  times?: readonly string[];
  slicing?: string;
  span?: readonly [string, string];
}

const HEADER = `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@composeDirective", "@inaccessible"])
  @link(url: "https://accord.example.org/policy/v1.0", import: ["@sensitivity", "@listLength"])
  @composeDirective(name: "@sensitivity")
  @composeDirective(name: "@listLength")

"How closely a field is held. Documentation: every subgraph enforces it itself."
directive @sensitivity(level: String!) on FIELD_DEFINITION

"How many items a list is expected to hold, for the cost of a query."
directive @listLength(assumed: Int! = 10, times: [String!], slicing: String, span: [String!]) on FIELD_DEFINITION
`;

export function federationHeader(): DocumentNode {
  return parse(HEADER, { noLocation: true });
}

/** Writes the label of each field into the SDL. A field without one, or a label without a field, stops the build. */
export function labelled(
  document: DocumentNode,
  policy: PolicyMap,
  lists: Readonly<Record<string, ListLength>>,
): DocumentNode {
  const unused = new Set(
    Object.entries(policy).flatMap(([type, fields]) =>
      Object.keys(fields).map((field) => `${type}.${field}`),
    ),
  );
  const missing: string[] = [];
  const result = visit(document, {
    ObjectTypeDefinition: {
      enter(type) {
        const fields = (type.fields ?? []).map((field) => {
          const coordinate = `${type.name.value}.${field.name.value}`;
          const level = policy[type.name.value]?.[field.name.value];
          if (level === undefined) missing.push(coordinate);
          unused.delete(coordinate);
          return withDirectives(field, level ?? "", lists[coordinate]);
        });
        return { ...type, fields };
      },
    },
  });
  if (missing.length > 0)
    throw new Error(`Fields without a sensitivity label: ${missing.join(", ")}`);
  if (unused.size > 0) throw new Error(`Labels without a field: ${[...unused].join(", ")}`);
  return result;
}

function withDirectives(
  field: FieldDefinitionNode,
  level: string,
  list: ListLength | undefined,
): FieldDefinitionNode {
  const added = [
    directive("sensitivity", { level }),
    ...(list ? [directive("listLength", { ...list })] : []),
  ];
  return { ...field, directives: [...(field.directives ?? []), ...added] };
}

function directive(name: string, args: Record<string, unknown>): ConstDirectiveNode {
  const written = Object.entries(args).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  const [definition] = parse(`type T { f: Int @${name}(${written.join(", ")}) }`, {
    noLocation: true,
  }).definitions;
  if (definition?.kind !== Kind.OBJECT_TYPE_DEFINITION) throw new Error("unreachable");
  return definition.fields?.[0]?.directives?.[0] as ConstDirectiveNode;
}
