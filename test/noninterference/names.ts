import type { Client } from "pg";

/** Every text by which an object may be asked for, by table and column: what a later subgraph adds is found too. */
export type Names = ReadonlyMap<string, readonly string[]>;

const COLUMNS = `
SELECT table_schema || '.' || table_name AS "table", column_name AS "column" FROM information_schema.columns
WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'public', 'alerts_job') AND data_type IN ('text', 'uuid')
  AND (column_name IN ('id', 'identifier', 'reference', 'cursor', 'key', 'request_id') OR column_name LIKE '%\\_id')
ORDER BY 1, 2`;
const MOST = 400;

/** @param most of each kind */
export async function namesIn(sql: Client, most: number | "ALL" = "ALL"): Promise<Names> {
  const names = new Map<string, string[]>();
  for (const { table, column } of (await sql.query(COLUMNS)).rows) {
    const { rows } = await sql.query(
      `SELECT DISTINCT ${column}::text AS name FROM ${table} WHERE ${column} IS NOT NULL ORDER BY 1 DESC LIMIT ${most}`,
    );
    names.set(
      `${table}.${column}`,
      rows.map(({ name }) => name),
    );
  }
  return names;
}

export interface Telling {
  /** What only one of the two has. */
  readonly single: readonly string[];
  /** A few of what both have. */
  readonly shared: readonly string[];
}

export async function tellingNames(
  first: Client,
  second: Client,
): Promise<ReadonlyMap<string, Telling>> {
  const [one, other] = [await namesIn(first, MOST), await namesIn(second, MOST)];
  return new Map(
    [...one.keys()].map((place) => {
      const [a, b] = [one, other].map((names) => names.get(place) ?? []) as [
        readonly string[],
        readonly string[],
      ];
      const single = [
        ...a.filter((name) => !b.includes(name)),
        ...b.filter((name) => !a.includes(name)),
      ].slice(0, 8);
      return [place, { single, shared: a.filter((name) => b.includes(name)).slice(0, 6) }];
    }),
  );
}
