import { type DocumentNode, visit } from "graphql";
import { AccordError } from "../errors/errors";

/** What no text of the exchange can hold: PostgreSQL refuses the first, and writes another character for the second. */
const SURROGATE = /\p{Cs}/u;
const isUnstorable = (text: string): boolean => text.includes("\0") || SURROGATE.test(text);
const DEEPEST = 100;

/** Whether a text, or any text in a value, holds U+0000 or a half of a surrogate pair. */
export function holdsUnstorable(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return isUnstorable(value);
  if (typeof value !== "object" || value === null || depth > DEEPEST) return false;
  return Object.entries(value).some(
    ([key, one]) => isUnstorable(key) || holdsUnstorable(one, depth + 1),
  );
}

/**
 * Refuses variables that hold such a text.
 * @throws BAD_USER_INPUT naming the variable.
 */
export function checkVariables(variables: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(variables))
    if (holdsUnstorable(value)) throw unstorable(name);
}

/**
 * Refuses a document that holds such a text in a literal.
 * @throws BAD_USER_INPUT naming the argument or the variable.
 */
export function checkLiterals(document: DocumentNode): void {
  visit(document, {
    Argument({ name, value }) {
      visit(value, {
        StringValue(node) {
          if (isUnstorable(node.value)) throw unstorable(name.value);
        },
      });
    },
    VariableDefinition({ variable, defaultValue }) {
      if (!defaultValue) return;
      visit(defaultValue, {
        StringValue(node) {
          if (isUnstorable(node.value)) throw unstorable(variable.name.value);
        },
      });
    },
  });
}

export function unstorable(name: string): AccordError {
  const message = `${isUnstorable(name) ? "A name" : name}: holds U+0000 or half a character (a lone surrogate). Leave it out.`;
  return new AccordError("BAD_USER_INPUT", message, { http: { status: 400 } });
}
