import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Where a reader stands in its feed, by a cursor whose message it has lost the right to: it was given that message once, and
 * the sender's log says so. Without it whoever loses a right would be sent everything else a second time. Of any other hidden
 * message nothing is told: its cursor is one that never was.
 */
export class FeedCursors1764000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE FUNCTION alerts.given_position(of_cursor uuid) RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT r.seq FROM alerts.release r WHERE r.cursor = of_cursor AND EXISTS (
    SELECT FROM audit.entry e WHERE e.category = 'ALERT' AND e.outcome = 'GIVEN' AND e.owner = r.owner
      AND e.detail[1] = r.identifier AND e.viewer = sharing.reader())
$$;
REVOKE ALL ON FUNCTION alerts.given_position(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION alerts.given_position(uuid) TO accord_alerts;
REVOKE EXECUTE ON FUNCTION alerts.position_of(uuid) FROM accord_alerts;`);
  }

  async down(): Promise<void> {
    throw new Error("What partners have been sent is not undone by a migration.");
  }
}
