import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { fault, Refusal } from "../../../shared/graphql/user-error";
import { ownEndable } from "./alert.access";
import type { AlertRow } from "./alert.queries";
import { FILE } from "./import.rules";

/** What a file ends, by the rules of whoever ends it by hand. @throws Refusal with its place in the file */
export async function requireEnded(
  context: RequestContext,
  manager: EntityManager,
  identifiers: readonly string[],
): Promise<AlertRow[]> {
  try {
    return await ownEndable(context, manager, identifiers);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(
      error.userErrors.map(({ code, message }) =>
        fault(code, FILE, `alert.references: ${message}`),
      ),
    );
  }
}
