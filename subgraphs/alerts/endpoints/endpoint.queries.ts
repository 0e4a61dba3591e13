import type { EntityManager } from "typeorm";
import type { Viewer } from "../../../shared/viewer/viewer";

export interface EndpointRow {
  id: string;
  url: string;
  alternate: boolean;
  secret: string;
  previous_secret: string | null;
  previous_until: Date | null;
  registered_at: Date;
}

/** The reader's own that are in use; row-level security shows no others. */
export function readEndpoints(
  manager: EntityManager,
  owner: string,
  id: string | null = null,
): Promise<EndpointRow[]> {
  return manager.query(
    `SELECT id, url, alternate, secret, previous_secret, previous_until, registered_at FROM alerts.endpoint
     WHERE owner = $1 AND removed_at IS NULL AND id = coalesce($2, id) ORDER BY registered_at, id`,
    [owner, id],
  );
}

export async function insertEndpoint(
  manager: EntityManager,
  viewer: Viewer,
  { id, url, alternate, secret }: Pick<EndpointRow, "id" | "url" | "alternate" | "secret">,
): Promise<void> {
  await manager.query(
    "INSERT INTO alerts.endpoint (id, owner, url, alternate, secret, registered_by) VALUES ($1, $2, $3, $4, $5, $6)",
    [id, viewer.partner, url, alternate, secret, viewer.id],
  );
}

export async function rotateSecret(
  manager: EntityManager,
  id: string,
  secret: string,
): Promise<void> {
  await manager.query(
    `UPDATE alerts.endpoint SET previous_secret = secret, previous_until = sharing.instant() + interval '24 hours', secret = $2
     WHERE id = $1`,
    [id, secret],
  );
}

export async function removeEndpoint(manager: EntityManager, id: string): Promise<void> {
  await manager.query("UPDATE alerts.endpoint SET removed_at = sharing.instant() WHERE id = $1", [
    id,
  ]);
}
