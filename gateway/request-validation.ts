import { createHash } from "node:crypto";
import { type DocumentNode, Kind, visit } from "graphql";
import { AccordError } from "../shared/errors/errors";
import type { Identity } from "../shared/viewer/viewer";
import { checkShape, LimitError, type Limits, parseWithinLimits } from "./limits/limits";

export interface GraphQLRequestBody {
  query?: unknown;
  operationName?: unknown;
  variables?: unknown;
}

/**
 * What is asked of a document before anything is spent on it: its size, its shape, and that it names an operation that
 * is in it. Stands before Apollo Server, which would validate first and turn an unknown operation name into a 500.
 * Whatever is merely not GraphQL is left for Apollo to say.
 */
export class RequestValidator {
  /** Digests of documents that passed, so that a client's repeated query is looked at once. */
  private readonly passed = new Set<string>();

  constructor(private readonly limits: Limits) {}

  /** @throws LimitError or AccordError, each with the status to answer. */
  check({ query, operationName }: GraphQLRequestBody, viewer: Identity | null): void {
    if (typeof query !== "string") return;
    const name =
      typeof operationName === "string" && operationName !== "" ? operationName : undefined;
    // As JSON, so that no text in one part can stand for another part.
    const id = createHash("sha256")
      .update(JSON.stringify([viewer !== null, name ?? null, query]))
      .digest("base64");
    if (this.passed.has(id)) return;
    const document = this.parse(query);
    if (document === null) return;
    checkShape(document, name, this.limits, { exemptIntrospection: viewer !== null });
    checkOperationName(document, name);
    if (viewer === null) refuseIntrospection(document);
    if (this.passed.size >= MOST_REMEMBERED) this.passed.clear();
    this.passed.add(id);
  }

  private parse(query: string): DocumentNode | null {
    try {
      return parseWithinLimits(query, this.limits);
    } catch (error) {
      if (error instanceof LimitError) throw error;
      return null;
    }
  }
}

const MOST_REMEMBERED = 10_000;

function checkOperationName(document: DocumentNode, name: string | undefined): void {
  const operations = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value] : [],
  );
  if (name !== undefined && !operations.includes(name)) {
    throw new AccordError(
      "BAD_USER_INPUT",
      "operationName: the document has no operation of that name.",
    );
  }
  if (name === undefined && operations.length > 1) {
    throw new AccordError(
      "BAD_USER_INPUT",
      "operationName: the document has several operations. Name the one to run.",
    );
  }
}

/** The schema is for partners. A look for the field itself, wherever it hides, not for a word in the text. */
function refuseIntrospection(document: DocumentNode): void {
  visit(document, {
    Field({ name: { value } }) {
      if (value !== "__schema" && value !== "__type") return;
      throw new AccordError(
        "UNAUTHENTICATED",
        "Sign in to read the schema, or see gateway/supergraph.graphql.",
      );
    },
  });
}
