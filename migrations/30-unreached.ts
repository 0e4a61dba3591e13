import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * What became of an overdue message at a recipient: `at` = somebody was told by a channel that took the message; without it nobody
 * could be reached. Locks `alerts.escalation` exclusively for an instant: a column is added and a check, no row is written.
 * Escalations from before say that the deadline was over, and nothing of who was told: they stay as they are.
 */
export class Unreached1764000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
ALTER TABLE alerts.escalation ADD COLUMN reached boolean;
COMMENT ON COLUMN alerts.escalation.reached IS
  'true = a channel took the message for the alternate contact; false = the time was over and nobody could be told; null = from before it was known';
ALTER TABLE alerts.escalation DROP CONSTRAINT escalation_pkey;
CREATE UNIQUE INDEX ON alerts.escalation (identifier, partner, coalesce(reached, false));`);
  }

  async down(): Promise<void> {
    throw new Error("Whom warnings have reached is not undone by a migration.");
  }
}
