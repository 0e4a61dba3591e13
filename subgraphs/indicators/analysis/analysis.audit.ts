import type { EntityManager } from "typeorm";
import { writeEntries } from "../../../shared/audit/log-writer";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Viewer } from "../../../shared/viewer/viewer";
import type { PartRow } from "./analysis.queries";

/** What was opened for the common version, in the transaction that opens it. */
export async function logClearance(
  manager: EntityManager,
  { viewer, requestId, channel }: RequestContext,
  { id, owner, indicators }: PartRow,
): Promise<void> {
  const { id: actor, partner, purpose = null } = viewer as Viewer;
  const [{ periods, cells }] = await manager.query(FROZEN, [id]);
  await writeEntries(manager, [
    {
      requestId,
      viewer: partner,
      actor,
      owner,
      indicators,
      periods,
      cells,
      detail: [],
      channel,
      purpose,
      category: "STATISTICS",
      operation: "DISCLOSURE",
      outcome: "GIVEN",
      reason: "OWNER",
      agreementId: null,
      agreementVersion: null,
    },
  ]);
}

const FROZEN = `
SELECT coalesce(array_agg(DISTINCT period), '{}') AS periods,
  coalesce(sum((SELECT count(v) FROM unnest(values) AS v)), 0)::int AS cells
FROM indicators.analysis_table WHERE part_id = $1`;
