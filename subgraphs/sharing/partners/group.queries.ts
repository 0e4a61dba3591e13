import type { EntityManager } from "typeorm";
import { mayApprove, type Viewer } from "../../../shared/viewer/viewer";

export interface GroupRow {
  id: string;
  name: string;
  members: {
    partner: string;
    added_by: string;
    added_at: string;
    added_by_approver: boolean;
    confirmed_by: string | null;
    confirmed_at: string | null;
  }[];
}

/** The reader's own groups; row-level security shows no others. */
export function readGroups(
  manager: EntityManager,
  owner: string,
  id: string | null = null,
): Promise<GroupRow[]> {
  return manager.query(GROUPS, [owner, id]);
}

const GROUPS = `
SELECT g.id, g.name,
  coalesce((SELECT json_agg(m ORDER BY m.partner) FROM sharing.group_member m
    WHERE m.owner = g.owner AND m.group_id = g.id), '[]') AS members
FROM sharing.partner_group g WHERE g.owner = $1 AND g.id = coalesce($2, g.id) ORDER BY g.id`;

export async function insertGroup(
  manager: EntityManager,
  owner: string,
  id: string,
  name: string,
): Promise<void> {
  await manager.query("INSERT INTO sharing.partner_group (owner, id, name) VALUES ($1, $2, $3)", [
    owner,
    id,
    name,
  ]);
}

export async function addMember(
  manager: EntityManager,
  viewer: Viewer,
  id: string,
  partner: string,
): Promise<void> {
  await manager.query(
    "INSERT INTO sharing.group_member (owner, group_id, partner, added_by, added_by_approver) VALUES ($1, $2, $3, $4, $5)",
    [viewer.partner, id, partner, viewer.id, mayApprove(viewer)],
  );
}

export async function confirmMember(
  manager: EntityManager,
  viewer: Viewer,
  id: string,
  partner: string,
): Promise<void> {
  await manager.query(
    `UPDATE sharing.group_member SET confirmed_by = $4, confirmed_at = sharing.instant()
     WHERE owner = $1 AND group_id = $2 AND partner = $3 AND confirmed_by IS NULL`,
    [viewer.partner, id, partner, viewer.id],
  );
}

export async function removeMembers(
  manager: EntityManager,
  { partner: owner }: Viewer,
  id: string,
  partners: readonly string[],
): Promise<void> {
  await manager.query(
    "DELETE FROM sharing.group_member WHERE owner = $1 AND group_id = $2 AND partner = ANY ($3)",
    [owner, id, partners],
  );
}
