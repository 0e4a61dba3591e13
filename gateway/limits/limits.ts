import {
  type ASTNode,
  type DocumentNode,
  GraphQLError,
  Kind,
  Lexer,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  Source,
  TokenKind,
} from "graphql";
import { operationsOf, perFragment, plainValue, variablesOf } from "../operation";

export { costOf, listLengthsFrom } from "./cost";

/** What one request may ask for. Every breach is refused, never clamped: half an answer would read as the whole one. */
export interface Limits {
  bytes: number;
  tokens: number;
  depth: number;
  aliases: number;
  rootFields: number;
  directives: number;
  cost: number;
  listArguments: number;
  selections: number;
}

/**
 * The gateway has no limits of its own: without these a 718-byte cyclic query of 30 levels never answered and took a
 * subgraph past 2.9 GB. Cost: twelve countries × six indicators by citizenship are 28,800 as columns and 97,920 as one
 * object a cell. 150,000 leaves half as much again, while any second list through an entity cycle is far above it.
 */
export const DEFAULT_LIMITS: Limits = {
  bytes: 65_536,
  tokens: 2_000,
  depth: 12,
  aliases: 30,
  rootFields: 20,
  directives: 50,
  cost: 150_000,
  listArguments: 100,
  selections: 1_000,
};

/** `http` is read by Apollo Server: without it a request that asks for too much is answered 500. */
export class LimitError extends GraphQLError {
  constructor(message: string, code: "QUERY_TOO_COSTLY" | "BAD_USER_INPUT" = "QUERY_TOO_COSTLY") {
    super(message, { extensions: { code, http: { status: 400 } } });
    this.name = "LimitError";
  }
}

/**
 * Parses with graphql's own token limit and turns a breach into a LimitError. A syntax error passes as it is.
 * Bytes come first, as comments are no tokens: only the length bounds what the lexer reads.
 */
export function parseWithinLimits(source: string, limits: Limits): DocumentNode {
  const bytes = Buffer.byteLength(source);
  if (bytes > limits.bytes)
    throw tooMuch(`is ${bytes} bytes long`, limits.bytes, "Pass values as variables");
  try {
    return parse(source, { maxTokens: limits.tokens });
  } catch (error) {
    if (
      !(error instanceof GraphQLError) ||
      error.positions?.[0] !== tokenStart(source, limits.tokens + 1)
    )
      throw error;
    const what = `has more than ${limits.tokens} tokens`;
    throw tooMuch(what, limits.tokens, "Pass values as variables, name fewer fields");
  }
}

/** Where the nth token starts. The parser stops there, and tells a breach from a syntax error only by English words. */
function tokenStart(source: string, nth: number): number | undefined {
  const lexer = new Lexer(new Source(source));
  try {
    for (let count = 0; count < nth; count++)
      if (lexer.advance().kind === TokenKind.EOF) return undefined;
    return lexer.token.start;
  } catch {
    return undefined; // an unreadable character comes first: a syntax error
  }
}

interface Shape {
  depth: number;
  selections: number;
  rootFields: number;
  aliases: number;
  directives: number;
}

const REFUSALS: readonly [keyof Shape, (count: number) => string, mend: string][] = [
  ["depth", (count) => `is ${count} levels deep`, "Ask for less nesting"],
  ["selections", (count) => `has ${count} selections, fragments expanded`, "Ask for fewer fields"],
  ["rootFields", (count) => `has ${count} root fields`, "Ask for fewer of them"],
  [
    "aliases",
    (count) => `has ${count} aliases`,
    "Pass a list of values instead of one alias for each",
  ],
  ["directives", (count) => `has ${count} directives`, "Leave out those that change nothing"],
];

/**
 * Counts a fragment each time it is used and reads it once: 2^22 uses take milliseconds. Needs no schema, so that it
 * can come before validation. An operation that cannot be told is checked as the largest one of the document.
 */
export function checkShape(
  document: DocumentNode,
  operationName: string | undefined,
  limits: Limits,
  options: { exemptIntrospection: boolean },
): void {
  const ofSet = (set: SelectionSetNode): Shape => join(set.selections.map(ofSelection));
  const ofFragment = perFragment(
    document,
    (it) => withDirectives(it, ofSet(it.selectionSet)),
    join([]),
  );
  const ofSelection = (node: SelectionNode): Shape => {
    const inner =
      node.kind === Kind.FRAGMENT_SPREAD
        ? ofFragment(node.name.value)
        : join(node.selectionSet ? [ofSet(node.selectionSet)] : []);
    const counted = withDirectives(node, { ...inner, selections: inner.selections + 1 });
    if (node.kind !== Kind.FIELD) return counted;
    const name = node.name.value;
    const free =
      name === "__typename" ||
      (options.exemptIntrospection && (name === "__schema" || name === "__type"));
    const aliases = inner.aliases + (node.alias ? 1 : 0);
    return { ...counted, aliases, rootFields: 1, depth: free ? 0 : inner.depth + 1 };
  };
  for (const operation of operationsOf(document, operationName)) {
    const declared = (operation.variableDefinitions ?? []).map((it) =>
      withDirectives(it, join([])),
    );
    const shape = withDirectives(operation, join([...declared, ofSet(operation.selectionSet)]));
    for (const [name, what, mend] of REFUSALS) {
      if (shape[name] > limits[name]) throw tooMuch(what(shape[name]), limits[name], mend);
    }
  }
}

const join = (parts: Shape[]): Shape => ({
  depth: parts.reduce((most, part) => Math.max(most, part.depth), 0),
  selections: parts.reduce((sum, part) => sum + part.selections, 0),
  rootFields: parts.reduce((sum, part) => sum + part.rootFields, 0),
  aliases: parts.reduce((sum, part) => sum + part.aliases, 0),
  directives: parts.reduce((sum, part) => sum + part.directives, 0),
});

function withDirectives(node: ASTNode, shape: Shape): Shape {
  const own = "directives" in node ? (node.directives?.length ?? 0) : 0;
  return own === 0 ? shape : { ...shape, directives: shape.directives + own };
}

/**
 * Before the cost: "10000 reporters" says more than a number of points. Reads the lists of the arguments in use, given
 * as literals, variables or defaults. Lists inside an input object count in queries; in a mutation they are the payload
 * (the rows of a quarterly report), bounded by the size of the body, and the subgraph answers with path and line.
 */
export function checkListArguments(
  document: DocumentNode,
  operationName: string | undefined,
  variables: Record<string, unknown>,
  limits: Limits,
): void {
  for (const operation of operationsOf(document, operationName)) {
    const values = variablesOf(operation, variables);
    const longest = longestListIn(operation.operation !== "mutation");
    const checkFragment = perFragment(document, (it) => checkSet(it.selectionSet), undefined);
    const checkSet = (set: SelectionSetNode): void => {
      for (const node of set.selections) {
        if (node.kind === Kind.FRAGMENT_SPREAD) checkFragment(node.name.value);
        else if (node.selectionSet) checkSet(node.selectionSet);
        for (const argument of (node.kind === Kind.FIELD && node.arguments) || []) {
          refuseLonger(
            argument.name.value,
            longest(plainValue(argument.value, values)),
            limits.listArguments,
          );
        }
      }
    };
    checkSet(operation.selectionSet);
  }
}

function refuseLonger(argument: string, length: number, most: number): void {
  if (length <= most) return;
  const message = `"${argument}" has ${length} values; at most ${most} are allowed. Ask in several requests.`;
  throw new LimitError(message, "BAD_USER_INPUT");
}

/**
 * The length of the longest list in a value. With a worklist, as 64 kB of "[" in a variable nest deeper than the call
 * stack; what was read is remembered, or a thousand uses of one large variable would read it a thousand times.
 */
function longestListIn(intoObjects: boolean): (value: unknown) => number {
  const read = new Set<unknown>();
  return (value) => {
    const pending = [value];
    let longest = 0;
    while (pending.length > 0) {
      const next = pending.pop();
      if (typeof next !== "object" || next === null || read.has(next)) continue;
      read.add(next);
      if (Array.isArray(next)) longest = Math.max(longest, next.length);
      if (Array.isArray(next) || intoObjects)
        for (const item of Object.values(next)) pending.push(item);
    }
    return longest;
  };
}

/** No input of ours is a tenth as deep; one of thousands would overflow the stack of whoever coerces it. */
const DEEPEST_VARIABLE = 16;

export function checkNesting(variables: Record<string, unknown>): void {
  let level: unknown[] = [variables];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST_VARIABLE) {
      throw new LimitError(
        `The variables are nested more than ${DEEPEST_VARIABLE} levels deep.`,
        "BAD_USER_INPUT",
      );
    }
    level = level.flatMap((value) =>
      typeof value === "object" && value !== null ? Object.values(value) : [],
    );
  }
}

export function checkCost(cost: number, limits: Limits): void {
  if (cost > limits.cost)
    throw tooMuch(`costs ${cost} points`, limits.cost, "Ask for shorter lists, fewer objects");
}

function tooMuch(what: string, limit: number, mend: string): LimitError {
  return new LimitError(
    `The query ${what}; at most ${limit} are allowed. ${mend} or ask in several requests.`,
  );
}
