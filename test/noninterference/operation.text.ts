/** An operation as a client would write it. */
import {
  type GraphQLArgument,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import type { Asked, Grammar, Selected } from "./operation";

export interface Request {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Root fields have aliases where there are several; their arguments stand in the text, or beside it as variables. */
export function write(kind: keyof Grammar, roots: readonly Asked[], beside: boolean): Request {
  const fragments: string[] = [];
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  let aliases = 0;

  const setText = (of: readonly Selected[], within: boolean): string =>
    `{ ${of.length === 0 ? "__typename" : of.map((one) => selectedText(one, within)).join(" ")} }`;

  /** Within a fragment what could meet the same field of the set around it, with other arguments, has another name. */
  function selectedText(selected: Selected, within: boolean): string {
    if ("field" in selected) {
      const isPlain = selected.of === null && selected.given.length === 0;
      return `${within && !isPlain ? `a${aliases++}: ` : ""}${fieldText(selected, false)}`;
    }
    if (!selected.named) return `... on ${selected.on} ${setText(selected.of, true)}`;
    const at = fragments.push("") - 1;
    fragments[at] = `fragment F${at} on ${selected.on} ${setText(selected.of, true)}`;
    return `...F${at}`;
  }

  function fieldText({ field, given, of }: Asked, isRoot: boolean): string {
    const texts = given.map(([name, { type, value }]) => {
      if (!(isRoot && beside)) return `${name}: ${literal(type, value)}`;
      const variable = `v${declared.length}`;
      declared.push(`$${variable}: ${type}`);
      variables[variable] = value;
      return `${name}: $${variable}`;
    });
    return `${field}${texts.length > 0 ? `(${texts.join(", ")})` : ""}${of === null ? "" : ` ${setText(of, false)}`}`;
  }

  const texts = roots.map(
    (root, at) => `${roots.length > 1 ? `r${at}: ` : ""}${fieldText(root, true)}`,
  );
  const head = declared.length > 0 ? `${kind} (${declared.join(", ")})` : kind;
  return { query: [`${head} { ${texts.join(" ")} }`, ...fragments].join("\n"), variables };
}

function literal(type: GraphQLInputType, value: unknown): string {
  if (value === null) return "null";
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare))
    return `[${(value as unknown[]).map((item) => literal(bare.ofType, item)).join(", ")}]`;
  if (isEnumType(bare)) return String(value);
  if (!isInputObjectType(bare)) return plain(value);
  const fields = bare.getFields();
  return `{ ${Object.entries(value as object)
    .map(([name, one]) => `${name}: ${literal((fields[name] as GraphQLArgument).type, one)}`)
    .join(", ")} }`;
}

/** A scalar: an object's keys have no quotes in GraphQL. */
function plain(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(plain).join(", ")}]`;
  return `{ ${Object.entries(value)
    .map(([name, one]) => `${name}: ${plain(one)}`)
    .join(", ")} }`;
}
