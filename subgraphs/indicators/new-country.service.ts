import type { EntityManager } from "typeorm";
import { type Period, parsePeriod } from "../../shared/period";
import { type Release, type ReleaseRules, type TableToStore, tablesOf } from "./release.service";
import type { StoredFigure } from "./report.queries";

/**
 * A country that joins has no cut of what was released before it came, and is told NOT_REPORTED until it has (decision 2).
 * This makes them: run by the operator as the owner of the tables, never by a room. What is there stays as it is.
 */
export async function cutForNewCountry(manager: EntityManager, country: string): Promise<number> {
  const rules = await readRules(manager);
  if (!rules.countries.includes(country)) throw new Error(`${country} is not a country that is a partner.`);
  let made = 0;
  for (const { id, release } of await readReleases(manager, rules, country)) {
    const tables = await tablesOf(release, rules);
    made += await insertCuts(manager, id, tables);
  }
  return made;
}

async function readRules(manager: EntityManager): Promise<ReleaseRules> {
  const codes = async (query: string) => (await manager.query(query)).map(({ code }: { code: string }) => code);
  const [row] = await manager.query("SELECT cut FROM indicators.secret");
  if (!row) throw new Error("Nothing has been released yet, so there is nothing to cut.");
  return {
    protecting: new Set<string>(await codes("SELECT code FROM indicators.indicator WHERE protects_citizens")),
    countries: await codes("SELECT * FROM sharing.country_partners() AS code"),
    secret: row.cut,
  };
}

interface Row {
  id: number;
  owner: string;
  indicator: string;
  period: string;
  figures: StoredFigure[];
}

const REPORTS = `
SELECT r.id, r.owner, r.indicator, r.period, json_agg(json_build_object('dimensions', f.dimensions, 'key', f.key,
  'value', f.value, 'status', f.obs_status, 'sourceId', f.source_id) ORDER BY f.dimensions, f.key) AS figures
FROM indicators.report r JOIN indicators.figure f ON f.report_id = r.id
WHERE r.indicator = ANY ($1) AND r.owner <> $2
GROUP BY r.id ORDER BY r.owner, r.indicator, r.period, r.version`;

/** Every version of every report that is cut, with the versions before it. */
async function readReleases(
  manager: EntityManager,
  { protecting }: ReleaseRules,
  country: string,
): Promise<{ id: number; release: Release }[]> {
  const rows: Row[] = await manager.query(REPORTS, [[...protecting], country]);
  const earlier = new Map<string, StoredFigure[][]>();
  return rows.map(({ id, owner, indicator, period: code, figures }) => {
    const name = `${owner}/${indicator}/${code}`;
    const before = earlier.get(name) ?? [];
    earlier.set(name, [...before, figures]);
    const period = parsePeriod(code) as Period;
    const people = { submittedBy: "", approvedBy: "", submittedAt: new Date(0), releasedAt: new Date(0) };
    return { id, release: { owner, indicator, period, figures, earlier: before, ...people } };
  });
}

/** A table that no other country had to have cut may need it now: then it is cut for all of them. */
async function insertCuts(manager: EntityManager, id: number, tables: readonly TableToStore[]): Promise<number> {
  const cut = JSON.stringify(tables.filter((table) => table.cut));
  await manager.query(MARK, [id, cut]);
  const made: unknown[] = await manager.query(INSERT, [id, cut]);
  return made.length;
}

const RECORDS = `jsonb_to_recordset($2::jsonb) AS t (dimensions text[], control text, audience text, cut boolean,
  keys text[], values integer[], statuses text[], sources text[])`;

const MARK = `
UPDATE indicators.released_table r SET cut = true FROM ${RECORDS}
WHERE r.report_id = $1 AND r.audience IS NULL AND t.audience IS NULL AND NOT r.cut
  AND r.dimensions = t.dimensions AND r.control = t.control`;

const INSERT = `
INSERT INTO indicators.released_table (report_id, owner, indicator, period, period_start, period_end, version, released_at,
  superseded_at, first_released_at, reason, dimensions, control, audience, cut, keys, values, statuses, sources)
SELECT r.id, r.owner, r.indicator, r.period, r.period_start, r.period_end, r.version, r.released_at, r.superseded_at,
  r.first_released_at, r.reason, t.dimensions, t.control, t.audience, t.cut, t.keys, t.values, t.statuses, t.sources
FROM indicators.report r, ${RECORDS}
WHERE r.id = $1 AND t.audience IS NOT NULL
ON CONFLICT (report_id, dimensions, control, audience) DO NOTHING RETURNING id`;
