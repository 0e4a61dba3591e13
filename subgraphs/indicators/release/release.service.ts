import type { EntityManager } from "typeorm";
import type { Period } from "../../../shared/period";
import { CONTROLS, type Control } from "../../../shared/policy/terms";
import { type Figure, type ReleasedFigure, SUPPRESSED, WITHHELD } from "../disclosure/cube";
import { cutFor } from "../disclosure/cut";
import type { Linked } from "../disclosure/linked";
import { round } from "../disclosure/rounding";
import { suppress } from "../disclosure/suppression";
import { insertReport, insertTables } from "./release.commands";

/** One owner's figures for one indicator and period, approved by a second person. */
export interface Release {
  owner: string;
  indicator: string;
  period: Period;
  submittedBy: string;
  submittedAt: Date;
  approvedBy: string;
  releasedAt: Date;
  figures: readonly (Figure & { sourceId: string })[];
  /** The first where left out. */
  version?: number;
  /** Why there is another version. */
  reason?: string | null;
  /** What is out of its other versions, its year and its quarters: it is read beside this one. */
  linked?: readonly Linked[];
  /** What was submitted through the exchange; left out, one is written down beside it. */
  submissionId?: string;
}

export interface ReleaseRules {
  /** Codes of the indicators that protect citizens. */
  protecting: ReadonlySet<string>;
  /** The countries for which such a table is cut. One that joins later sees none until the reports are cut for it too. */
  countries: readonly string[];
  /** Decides which others are suppressed beside own nationals; who knows it knows more than a cut shows. */
  secret: string;
}

/** What is stored of one released table. */
export interface TableToStore {
  dimensions: readonly string[];
  control: Control;
  audience: string | null;
  cut: boolean;
  keys: string[];
  values: (number | null)[];
  statuses: string[];
  sources: string[];
}

/**
 * Stores a report and everything others may ever read of it, in the caller's transaction: each table under each
 * disclosure control, and where rule 6 applies once more for each country. Computed once here, never per query.
 */
export async function storeRelease(
  manager: EntityManager,
  release: Release,
  rules: ReleaseRules,
): Promise<TableToStore[]> {
  const reportId = await insertReport(manager, release);
  const tables = await tablesOf(release, rules);
  await insertTables(manager, reportId, tables);
  return tables;
}

/** All forms of all tables of a release. Pure but for the solver. */
export async function tablesOf(release: Release, rules: ReleaseRules): Promise<TableToStore[]> {
  const forms: Forms = new Map();
  for (const control of CONTROLS) forms.set(control, await controlled(control, release));
  return tablesFrom(release, forms, rules);
}

/** What stands in the place of each figure, under each disclosure control. */
export type Forms = Map<Control, readonly ReleasedFigure[]>;

/** The same of forms that are there already. */
export function tablesFrom(release: Release, forms: Forms, rules: ReleaseRules): TableToStore[] {
  const tables: TableToStore[] = [];
  for (const [control, released] of forms) {
    const cuts = cutsOf(release, released, rules).map(([country, cut]) => ({
      country,
      tables: group(release, cut, control, country),
    }));
    for (const table of group(release, released, control, null)) {
      const same = ({ dimensions }: TableToStore) => dimensions.join() === table.dimensions.join();
      const own = cuts.map((cut) => ({ ...cut, table: cut.tables.find(same) as TableToStore }));
      const byCitizenship =
        rules.protecting.has(release.indicator) && table.dimensions.includes("CITIZENSHIP");
      const isCut =
        byCitizenship || own.some((cut) => cut.table.statuses.join() !== table.statuses.join());
      tables.push({ ...table, cut: isCut });
      if (isCut)
        tables.push(...own.map((cut) => ({ ...withOwnKeys(cut.table, cut.country), cut: true })));
    }
  }
  return tables;
}

/** For each country but the owner, where the indicator protects citizens. */
function cutsOf(
  release: Release,
  released: readonly ReleasedFigure[],
  { protecting, countries, secret }: ReleaseRules,
): [string, ReleasedFigure[]][] {
  const { owner, indicator, period, figures, linked } = release;
  if (!protecting.has(indicator)) return [];
  return countries
    .filter((country) => country !== owner)
    .map((country) => [
      country,
      cutFor(
        country,
        { period: period.code, figures },
        released,
        `${secret}/${owner}/${indicator}`,
        linked,
      ),
    ]);
}

async function controlled(
  control: Control,
  { indicator, figures, period, linked }: Release,
): Promise<readonly ReleasedFigure[]> {
  if (control === "SUPPRESSION") return suppress(indicator, figures, period.code, linked);
  if (control === "CONTROLLED_ROUNDING") return round(indicator, figures, period.code, linked);
  return figures;
}

function group(
  { figures }: Release,
  released: readonly ReleasedFigure[],
  control: Control,
  audience: string | null,
): TableToStore[] {
  const tables = new Map<string, TableToStore>();
  figures.forEach(({ dimensions, key, sourceId }, index) => {
    const name = dimensions.join(",");
    const empty = {
      dimensions,
      control,
      audience,
      cut: false,
      keys: [],
      values: [],
      statuses: [],
      sources: [],
    };
    const table = tables.get(name) ?? empty;
    const { value, status } = released[index] as ReleasedFigure;
    table.keys.push(key.join("|"));
    table.values.push(value);
    table.statuses.push(status);
    if (!table.sources.includes(sourceId)) table.sources.push(sourceId);
    tables.set(name, table);
  });
  return [...tables.values()].map(unshown);
}

/** A table in several dimensions of which nothing is shown does not tell its keys either: which cells are zero is much. */
function unshown(table: TableToStore): TableToStore {
  const isShown =
    table.dimensions.length < 2 ||
    table.statuses.some((status) => status !== SUPPRESSED.status && status !== WITHHELD.status);
  return isShown ? table : { ...table, keys: [], values: [], statuses: [] };
}

/** The own key stands in every cut, in its place, so that neither absence nor order says that there was nobody. */
function withOwnKeys(table: TableToStore, country: string): TableToStore {
  const at = table.dimensions.indexOf("CITIZENSHIP");
  if (at === -1) return table;
  const cells = new Map(
    table.keys.map((key, index) => [
      key,
      { value: table.values[index], status: table.statuses[index] },
    ]),
  );
  for (const key of table.keys) cells.set(key.split("|").with(at, country).join("|"), WITHHELD);
  const sorted = [...cells].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    ...table,
    keys: sorted.map(([key]) => key),
    values: sorted.map(([, { value }]) => value ?? null),
    statuses: sorted.map(([, { status }]) => status as string),
  };
}
