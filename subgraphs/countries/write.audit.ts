import type { EntityManager } from "typeorm";
import type { Operation } from "../../shared/audit/entry";
import { writeEntries } from "../../shared/audit/log-writer";
import type { RequestContext } from "../../shared/graphql/context";
import type { Category } from "../../shared/policy/terms";
import type { Viewer } from "../../shared/viewer/viewer";

/** What was written of the viewer's own, in the transaction that writes it: both are there, or neither. */
export async function logWrite(
  manager: EntityManager,
  { viewer, requestId, channel }: RequestContext,
  {
    category,
    operation = "ALTERATION",
    detail,
  }: { category: Category; operation?: Operation; detail?: string },
): Promise<void> {
  const { id: actor, partner, purpose = null } = viewer as Viewer;
  await writeEntries(manager, [
    {
      requestId,
      viewer: partner,
      actor,
      owner: partner,
      operation,
      channel,
      purpose,
      cells: 1,
      category,
      outcome: "GIVEN",
      reason: "OWNER",
      agreementId: null,
      agreementVersion: null,
      indicators: [],
      periods: [],
      detail: detail === undefined ? [] : [detail],
    },
  ]);
}
