import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * The disclosure log is read by pages whatever its length: indexes in the order of its pages, and row security that asks who
 * reads once a statement, not once a row.
 *
 * Locks: nothing can be written to `audit.entry` while its indexes are built, some ten seconds a million entries; an answer that
 * has to be logged meanwhile is refused. Run it while nobody asks. `audit.leaf` and `audit.head` are locked for a moment.
 */
export class LogPages1764000000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(indexes);
    await runner.query(security);
    await runner.query("DROP FUNCTION audit.may_read(text)");
  }

  async down(): Promise<void> {
    throw new Error("Indexes of the log are replaced by a later migration.");
  }
}

/** Pages by time, of one viewer, and of refusals; the number of an entry among those of its request; the order of sealing. An indicator
 * that is rare is looked for in the index alone. */
const indexes = `
CREATE INDEX entry_page ON audit.entry (owner, at, id) INCLUDE (indicators);
CREATE INDEX entry_page_viewer ON audit.entry (owner, viewer, at, id);
CREATE INDEX entry_page_denied ON audit.entry (owner, at, id) WHERE outcome = 'DENIED';
CREATE INDEX entry_request ON audit.entry (owner, request_id, id);
CREATE INDEX entry_sealing ON audit.entry (owner, txid, id);
DROP INDEX audit.entry_owner_id_idx;`;

/** What `audit.may_read` said, written out: as a function it was called for every row. */
const security = ["entry", "leaf", "head"]
  .map(
    (table) => `
ALTER POLICY owner ON audit.${table} USING (
  (owner = (SELECT sharing.reader()) AND (SELECT sharing.has_role('APPROVER'))) OR (SELECT sharing.has_role('AUDITOR')));`,
  )
  .join("\n");
