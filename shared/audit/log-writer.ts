import type { DataSource, EntityManager } from "typeorm";
import type { Entry } from "./entry";

/** Writes entries down. Resolves once they are committed: the answer waits for it, and does not leave where it fails. */
export interface LogWriter {
  record(entries: readonly Entry[]): Promise<void>;
}

/** Inside the transaction of a write: both happen or neither. */
export async function writeEntries(
  manager: Pick<EntityManager, "query">,
  entries: readonly Entry[],
): Promise<void> {
  if (entries.length > 0) await manager.query(INSERT, [JSON.stringify(entries)]);
}

const INSERT = `
INSERT INTO audit.entry (request_id, viewer, actor, owner, category, operation, indicators, periods, detail, cells, channel,
  purpose, agreement_id, agreement_version, outcome, reason)
SELECT "requestId", viewer, actor, owner, category, operation, indicators, periods, detail, cells, channel, purpose,
  "agreementId", "agreementVersion", outcome, reason
FROM jsonb_to_recordset($1::jsonb) AS e ("requestId" text, viewer text, actor text, owner text, category text,
  operation text, indicators text[], periods text[], detail text[], cells integer, channel text, purpose text,
  "agreementId" text, "agreementVersion" integer, outcome text, reason text)`;

/**
 * Refusals of a question that was refused within the same minute already are counted, the first and all that was given are
 * written (migrations/19-refusals.ts): all in one transaction, and committed before the answer.
 */
async function recordEntries(
  dataSource: Pick<EntityManager, "query">,
  entries: readonly Entry[],
): Promise<void> {
  if (entries.every(({ outcome }) => outcome === "GIVEN")) return writeEntries(dataSource, entries);
  await dataSource.query("SELECT audit.record($1::jsonb)", [JSON.stringify(entries)]);
}

interface Waiting {
  entries: readonly Entry[];
  resolve(): void;
  reject(error: unknown): void;
}

const MOST_AT_ONCE = 200;

/**
 * Micro-batches: whatever came in while the last statement was committing goes into the next one, so a busy process pays
 * one commit for many answers and an idle one waits for nobody.
 */
export function createLogWriter(dataSource: Pick<DataSource, "query">): LogWriter {
  const waiting: Waiting[] = [];
  let writing = false;

  async function write(): Promise<void> {
    writing = true;
    while (waiting.length > 0) await settle(waiting.splice(0, MOST_AT_ONCE));
    writing = false;
  }

  /** One entry that the database refuses must not cost the answers that happened to wait beside it. */
  async function settle(batch: readonly Waiting[]): Promise<void> {
    try {
      await recordEntries(
        dataSource as Pick<EntityManager, "query">,
        batch.flatMap(({ entries }) => entries),
      );
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const one of batch) await settle([one]);
    }
  }

  return {
    record(entries) {
      if (entries.length === 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        waiting.push({ entries, resolve, reject });
        if (!writing) void write();
      });
    },
  };
}
