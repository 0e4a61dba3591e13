import type { EntityManager } from "typeorm";
import type { Operation } from "../../../shared/audit/entry";
import { writeEntries } from "../../../shared/audit/log-writer";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Viewer } from "../../../shared/viewer/viewer";
import type { RequestRow } from "./request.queries";

type Written = Pick<RequestRow, "reference" | "requester" | "requested" | "reach">;

/** Who did something to a request, in the logs of those who know of it and in the transaction that does it. */
export async function logWrite(
  manager: EntityManager,
  { viewer, requestId, channel }: RequestContext,
  operation: Operation,
  { reference, requester, requested, reach }: Written,
): Promise<void> {
  const { id: actor, partner, purpose = null } = viewer as Viewer;
  const owners = reach === "PARTIES" ? [requester, requested] : [requester];
  await writeEntries(
    manager,
    owners.map((owner) => ({
      requestId,
      viewer: partner,
      actor,
      owner,
      operation,
      channel,
      purpose,
      detail: [reference, "FACTS"],
      ...({
        category: "COOPERATION",
        outcome: "GIVEN",
        agreementId: null,
        agreementVersion: null,
      } as const),
      ...({
        indicators: [],
        periods: [],
        cells: 1,
        reason: owner === partner ? "OWNER" : "GRANTED",
      } as const),
    })),
  );
}
