import { type FieldDefinitionNode, Kind, parse, print } from "graphql";
import type { BuiltSubgraph } from "../shared/graphql/subgraph";
import { SENSITIVITIES, type Sensitivity } from "../shared/policy/sensitivity";

const INTRO = `# Who sees what

Generated from the labels of every subgraph (\`npm run compose\`) and checked with every change: each type and field of the
schema, how closely it is held, and who therefore sees it. It is meant to be read by somebody who does not program.
The rules behind the words are in [shared/policy](../shared/policy/README.md); agreements decide the rest.
`;

/** One page for a reviewer from a ministry: type × field × who sees it. */
export function whoSeesWhat(subgraphs: readonly BuiltSubgraph[]): string {
  const kinds = Object.entries(SENSITIVITIES).map(([name, text]) => `| ${name} | ${text} |`);
  const legend = ["## The kinds", "", "| Kind | Who sees it |", "|---|---|", ...kinds].join("\n");
  return `${[INTRO, legend, ...subgraphs.map(subgraphTable)].join("\n\n").replace("\n\n\n", "\n\n")}\n`;
}

function subgraphTable({ name, sdl }: BuiltSubgraph): string {
  const rows = parse(sdl).definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION
      ? (definition.fields ?? []).map((field) => row(definition.name.value, field))
      : [],
  );
  return [
    `## Subgraph ${name}`,
    "",
    "| Type | Field | Kind | Who sees it |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function row(type: string, field: FieldDefinitionNode): string {
  const label = field.directives?.find((directive) => directive.name.value === "sensitivity");
  const level = label?.arguments?.[0] && print(label.arguments[0].value).replaceAll('"', "");
  return `| ${type} | ${field.name.value} | ${level} | ${SENSITIVITIES[level as Sensitivity]} |`;
}
