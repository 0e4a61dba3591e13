import type { EntityManager } from "typeorm";
import { type Period, parsePeriod } from "../../../shared/period";
import { CONTROLS } from "../../../shared/policy/terms";
import { type ReleasedFigure, SUPPRESSED } from "../disclosure/cube";
import { type Linked, linkedTo, type OutTable, yearOf } from "../disclosure/linked";
import {
  type Forms,
  type ReleaseRules,
  type TableToStore,
  tablesFrom,
} from "../release/release.service";
import type { StoredFigure } from "./report.queries";

/**
 * A country that joins has no cut of what was released before it came, and is told NOT_REPORTED until it has (decision 2).
 * This makes them: run by the operator as the owner of the tables, never by a subgraph. What is there stays as it is.
 */
export async function cutForNewCountry(manager: EntityManager, country: string): Promise<number> {
  const rules = await readRules(manager);
  if (!rules.countries.includes(country))
    throw new Error(`${country} is not a country that is a partner.`);
  const out = new Map<string, Linked[]>();
  let made = 0;
  for (const report of await readReports(manager, rules, country)) {
    const { id, owner, indicator, version, figures, tables: stored } = report;
    const period = parsePeriod(report.period) as Period;
    const year = `${owner}/${indicator}/${yearOf(period.code)}`;
    const before = out.get(year) ?? [];
    const release = {
      owner,
      indicator,
      period,
      figures,
      linked: linkedTo(period.code, before),
      ...NOBODY,
    };
    const tables = tablesFrom(release, formsIn(stored, figures), rules);
    made += await insertCuts(manager, id, tables);
    const seen = [...stored, ...tables.filter((table) => !stored.some(isSame(table)))];
    out.set(year, [...before, { period: period.code, version, figures, tables: seen }]);
  }
  return made;
}

const NOBODY = {
  submittedBy: "",
  approvedBy: "",
  submittedAt: new Date(0),
  releasedAt: new Date(0),
};

const isSame = (one: OutTable) => (other: OutTable) =>
  one.dimensions.join() === other.dimensions.join() &&
  one.control === other.control &&
  one.audience === other.audience;

/** Cut is what is out, never a form computed anew: a choice made differently today would tell what the other one hid. */
function formsIn(stored: readonly StoredTable[], figures: readonly StoredFigure[]): Forms {
  const forms: Forms = new Map();
  for (const control of CONTROLS) {
    const cells = new Map<string, ReleasedFigure>();
    for (const table of stored) {
      if (table.control !== control || table.audience !== null) continue;
      table.keys.forEach((key, at) => {
        const cell = { value: table.values[at] ?? null, status: table.statuses[at] as string };
        cells.set(`${table.dimensions.join()} ${key}`, cell);
      });
    }
    const cellOf = ({ dimensions, key }: StoredFigure) =>
      cells.get(`${dimensions.join()} ${key.join("|")}`);
    forms.set(
      control,
      figures.map((figure) => cellOf(figure) ?? SUPPRESSED),
    );
  }
  return forms;
}

async function readRules(manager: EntityManager): Promise<ReleaseRules> {
  const codes = async (query: string) =>
    (await manager.query(query)).map(({ code }: { code: string }) => code);
  const [row] = await manager.query("SELECT cut FROM indicators.secret");
  if (!row) throw new Error("Nothing has been released yet, so there is nothing to cut.");
  return {
    protecting: new Set<string>(
      await codes("SELECT code FROM indicators.indicator WHERE protects_citizens"),
    ),
    countries: await codes("SELECT * FROM sharing.country_partners() AS code"),
    secret: row.cut,
  };
}

type StoredTable = OutTable & { readonly statuses: readonly string[] };

interface Row {
  id: number;
  owner: string;
  indicator: string;
  period: string;
  version: number;
  figures: StoredFigure[];
  tables: StoredTable[];
}

const REPORTS = `
SELECT r.id, r.owner, r.indicator, r.period, r.version,
  (SELECT json_agg(json_build_object('dimensions', f.dimensions, 'key', f.key, 'value', f.value, 'status', f.obs_status,
    'sourceId', f.source_id) ORDER BY f.dimensions, f.key) FROM indicators.figure f WHERE f.report_id = r.id) AS figures,
  (SELECT json_agg(json_build_object('dimensions', t.dimensions, 'control', t.control, 'audience', t.audience,
    'keys', t.keys, 'values', t.values, 'statuses', t.statuses) ORDER BY t.id)
    FROM indicators.released_table t WHERE t.report_id = r.id) AS tables
FROM indicators.report r
WHERE r.indicator = ANY ($1) AND r.owner <> $2 AND EXISTS (SELECT FROM indicators.figure f WHERE f.report_id = r.id)
ORDER BY r.released_at, r.id`;

/** Every version of every report that is cut, in the order in which they came out. */
function readReports(
  manager: EntityManager,
  { protecting }: ReleaseRules,
  country: string,
): Promise<Row[]> {
  return manager.query(REPORTS, [[...protecting], country]);
}

/** A table that no other country had to have cut may need it now: then it is cut for all of them. */
async function insertCuts(
  manager: EntityManager,
  id: number,
  tables: readonly TableToStore[],
): Promise<number> {
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
