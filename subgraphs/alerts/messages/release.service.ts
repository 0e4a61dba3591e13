import type { EntityManager } from "typeorm";
import type { Viewer } from "../../../shared/viewer/viewer";
import { enqueue } from "../delivery/queue";
import { insertRelease, readNotices } from "./alert.commands";
import type { AlertRow } from "./alert.queries";

/** Out: its place in the outbox and the job that delivers it, in the transaction of the write. The outbox comes last: it is
 * locked from there until the commit. With it go the notices to those whom it leaves out (migration 29). */
export async function release(
  manager: EntityManager,
  viewer: Viewer,
  { identifier, owner }: Pick<AlertRow, "identifier" | "owner">,
): Promise<void> {
  await enqueue(manager, "released", { identifier, owner });
  await insertRelease(manager, viewer, identifier);
  for (const notice of await readNotices(manager, identifier))
    await enqueue(manager, "released", { identifier: notice, owner });
}
