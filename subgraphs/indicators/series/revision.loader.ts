import type { RequestContext } from "../../../shared/graphql/context";
import { MADE_OF } from "../../../shared/graphql/shield";
import { grouped } from "../../../shared/grouped";
import { type Period, parsePeriod } from "../../../shared/period";
import type { Loaders } from "./loaders";
import type { Revision } from "./revision.type";
import { readScope } from "./series.loader";
import { type ReleasedTable, readVersions, resourceOf, type Span } from "./series.queries";
import { cellAt } from "./series.rules";

/** One reporter × indicator in one breakdown over a span of periods. */
export interface VersionsKey {
  reporter: string;
  indicator: string;
  dimensions: readonly string[];
  from: string;
  to: string;
}

/** A version of a table, and whether the viewer has released the same itself. */
export interface Version {
  table: ReleasedTable;
  reciprocated: boolean;
}

/** Every version the viewer may read, oldest first: one read for each breakdown and span, not for each series. */
export async function versionsOf(
  context: RequestContext<Loaders>,
  keys: readonly VersionsKey[],
): Promise<Version[][]> {
  const found = new Map<string, Version[]>();
  for (const [group, alike] of grouped(keys, groupOf)) {
    const versions = await readGroup(context, alike);
    const byPair = grouped(
      versions,
      ({ table: { owner, indicator } }) => `${group}/${owner}/${indicator}`,
    );
    for (const [pair, some] of byPair) found.set(pair, some);
  }
  return keys.map((key) => found.get(`${groupOf(key)}/${key.reporter}/${key.indicator}`) ?? []);
}

function groupOf({ dimensions, from, to }: VersionsKey): string {
  return `${dimensions.join()}/${from}/${to}`;
}

async function readGroup(
  context: RequestContext<Loaders>,
  keys: readonly VersionsKey[],
): Promise<Version[]> {
  const { dimensions, from, to } = keys[0] as VersionsKey;
  const span: Span = {
    owners: [...new Set(keys.map(({ reporter }) => reporter))],
    indicators: [...new Set(keys.map(({ indicator }) => indicator))],
    from: parsePeriod(from) as Period,
    to: parsePeriod(to) as Period,
  };
  return context.read(async (manager) => {
    const { scope } = await readScope(context, manager, span);
    const tables = await readVersions(manager, scope, span, dimensions);
    return tables.map((table) => ({
      table,
      reciprocated: scope.reciprocated.has(`${table.indicator}/${table.period}`),
    }));
  });
}

/** The versions of one figure, in every period of which some version has it; where another has not, it is not reported. */
export function revisionsIn(versions: readonly Version[], key: string): Revision[] {
  const has = ({ table }: Version) => table.keys.includes(key) || table.keys.length === 0;
  const periods = new Set(versions.filter(has).map(({ table }) => table.period));
  return versions
    .filter(({ table }) => periods.has(table.period))
    .map(({ table, reciprocated }) => {
      const index = table.keys.indexOf(key);
      const { value, status } = cellAt(table, index === -1 ? undefined : index);
      const { period, version, released_at: from, superseded_at: until, reason } = table;
      return {
        [MADE_OF]: [resourceOf(table, reciprocated)],
        period,
        version,
        value,
        status,
        from,
        until,
        reason,
      };
    });
}
