import type { EntityManager } from "typeorm";
import type { Operation } from "../../../shared/audit/entry";
import { writeEntries } from "../../../shared/audit/log-writer";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Viewer } from "../../../shared/viewer/viewer";
import type { Figure } from "../disclosure/cube";

interface Written {
  owner: string;
  indicator: string;
  period: string;
  figures: readonly Figure[];
}

/** What was written of whose data, in the transaction that writes it: both are there, or neither. */
export async function logWrite(
  manager: EntityManager,
  { viewer, requestId, channel }: RequestContext,
  operation: Operation,
  { owner, indicator, period, figures }: Written,
): Promise<void> {
  const { id: actor, partner, purpose = null } = viewer as Viewer;
  const detail = [...new Set(figures.flatMap(({ dimensions }) => dimensions))].sort();
  await writeEntries(manager, [
    {
      requestId,
      viewer: partner,
      actor,
      owner,
      operation,
      channel,
      purpose,
      detail,
      category: "STATISTICS",
      outcome: "GIVEN",
      reason: "OWNER",
      agreementId: null,
      agreementVersion: null,
      indicators: [indicator],
      periods: [period],
      cells: figures.filter(({ value }) => value !== null).length,
    },
  ]);
}
