import type { EntityManager } from "typeorm";
import { TERM_COLUMNS, type TermRow, toTerm } from "../../../shared/database/terms.queries";
import type { Term } from "../../../shared/policy/terms";
import type { PartnerFacts } from "../../../shared/viewer/viewer";

/** A term of the reader's own data, as it stands for one other partner. */
export interface TermFor {
  viewer: string;
  facts: PartnerFacts;
  termId: number;
  term: Term;
}

/** What the reader has opened, or might have, to each other partner: the same rows that partner is judged by. */
export async function readViewersOfMine(manager: EntityManager): Promise<TermFor[]> {
  const rows: (TermRow & PartnerFacts & { viewer: string; term_id: number })[] =
    await manager.query(
      `SELECT t.viewer, p.kind, p.country, t.term_id, ${TERM_COLUMNS}
     FROM sharing.viewers_of_mine() t JOIN sharing.partner p ON p.code = t.viewer ORDER BY t.viewer, t.agreement_id, t.term_id`,
    );
  return rows.map((row) => ({
    viewer: row.viewer,
    facts: { kind: row.kind, country: row.country },
    termId: row.term_id,
    term: toTerm(row),
  }));
}

/** One of the reader's own released tables: what there is to be seen of it, and never a value. */
export interface OwnTable {
  indicator: string;
  period: string;
  start: string;
  end: string;
  dimensions: string[];
  cells: number;
  releasedAt: Date;
}

export function readOwnTables(manager: EntityManager): Promise<OwnTable[]> {
  return manager.query(
    `SELECT indicator, period, period_start::text AS start, period_end::text AS end, dimensions, cells,
       released_at AS "releasedAt" FROM indicators.my_tables()`,
  );
}

/** What every partner has released itself (`ASY/2015-Q3`), for reciprocal terms. */
export async function readReleasedBy(
  manager: EntityManager,
  partners: readonly string[],
  tables: readonly OwnTable[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const released = new Map(partners.map((partner) => [partner, new Set<string>()]));
  if (tables.length === 0) return released;
  const starts = tables.map(({ start }) => start).sort();
  const ends = tables.map(({ end }) => end).sort();
  const rows: { owner: string; indicator: string; period: string }[] = await manager.query(
    "SELECT owner, indicator, period FROM indicators.released_at($1, $2, $3, $4)",
    [partners, [...new Set(tables.map(({ indicator }) => indicator))], starts[0], ends.at(-1)],
  );
  for (const { owner, indicator, period } of rows)
    released.get(owner)?.add(`${indicator}/${period}`);
  return released;
}
