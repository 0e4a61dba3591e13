import { createHash } from "node:crypto";
import PgBoss from "pg-boss";
import type { DataSource, EntityManager, QueryRunner } from "typeorm";

/** The queues that migration 8 makes. Jobs carry ids only; who may still read what is asked when they are done. */
export interface Jobs {
  /** A message is out: tell its recipients' systems, and look again when its deadline is over. */
  released: { identifier: string; owner: string };
  webhook: { identifier: string; partner: string; endpoint: string; event: WebhookEvent };
  deadline: { identifier: string; partner: string; person: string | null };
}
export type WebhookEvent = "alert.issued" | "alert.unacknowledged";

const OPTIONS = { schema: "alerts_job", migrate: false, schedule: false } as const;

/** The library's statements in a transaction of ours. */
function through(runner: QueryRunner | undefined): PgBoss.Db {
  return {
    async executeSql(text: string, values?: unknown[]) {
      const result = await runner?.query(text, values as never, true);
      return { rows: result?.records ?? [] };
    },
  };
}

/** Puts jobs into transactions of others; itself it has no connection and runs nothing. */
const sender = new PgBoss({ ...OPTIONS, db: through(undefined) });

/** One job, in the transaction of the write that causes it. The same job twice is one: its id says what it is about. */
export async function enqueue<Name extends keyof Jobs>(
  manager: EntityManager,
  name: Name,
  data: Jobs[Name],
  startAfter?: Date,
): Promise<void> {
  const id = idOf(name, data);
  await sender.send(name, data, {
    id,
    db: through(manager.queryRunner),
    ...(startAfter && { startAfter }),
  });
}

export function idOf(name: string, data: object): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([name, data]))
    .digest("hex");
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-8$3-a$4-$5");
}

/** The library over the subgraph's own connections. */
export function openBoss(dataSource: DataSource): PgBoss {
  return new PgBoss({
    ...OPTIONS,
    maintenanceIntervalSeconds: 30,
    db: {
      async executeSql(text: string, values?: unknown[]) {
        const runner = dataSource.createQueryRunner();
        try {
          return await through(runner).executeSql(text, values as never);
        } finally {
          await runner.release();
        }
      },
    },
  });
}
