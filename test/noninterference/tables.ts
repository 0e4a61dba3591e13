/** What the two worlds hold, table by table; the delivery workers' jobs come and go in their own time. */
import type { Client } from "pg";
import type { Parted } from "./parting";

const TABLES = `SELECT schemaname || '.' || tablename AS name FROM pg_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'public', 'alerts_job') ORDER BY 1`;

async function tablesOf(sql: Client): Promise<string[]> {
  return (await sql.query(TABLES)).rows.map(({ name }) => name);
}

/** Tables of which the two worlds hold other rows, whatever their order. */
export async function changedTables({ a, b }: Parted): Promise<string[]> {
  const changed: string[] = [];
  for (const table of await tablesOf(a.sql)) {
    const digest = `SELECT md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) AS digest FROM ${table} t`;
    const [one, other] = await Promise.all(
      [a, b].map(async ({ sql }) => (await sql.query(digest)).rows[0].digest),
    );
    if (one !== other) changed.push(table);
  }
  return changed;
}

/** Rows of each table. Of the log only what the viewer did to its own: what others did is theirs. */
export function countsOf({ viewer, a, b }: Parted): Promise<Map<string, number>[]> {
  return Promise.all(
    [a, b].map(async ({ sql }) => {
      const counts = new Map<string, number>();
      for (const table of await tablesOf(sql)) {
        if (table.startsWith("audit.") && table !== "audit.entry") continue;
        const which = table === "audit.entry" ? `WHERE owner = '${viewer}' AND viewer = owner` : "";
        counts.set(
          table,
          (await sql.query(`SELECT count(*)::int AS count FROM ${table} ${which}`)).rows[0].count,
        );
      }
      return counts;
    }),
  );
}

export function difference(
  before: Map<string, number> | undefined,
  after: Map<string, number> | undefined,
) {
  return Object.fromEntries(
    [...(after ?? [])].map(([table, count]) => [table, count - (before?.get(table) ?? 0)]),
  );
}
