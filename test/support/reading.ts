/**
 * What one viewer can read of one owner's indicator, as the attacker takes it: every table of every period and version at
 * once, and what is public besides. Counts are whole and not negative; a rounded one is less than the base away; quarters
 * add to years and parts to totals where the figures do; what a later version did not change it did not change.
 */
import type { Figure } from "../../subgraphs/indicators/disclosure/cube";
import { type Equation, equationsOf, exactly, type Interval, pinned, UNKNOWN } from "./attacker";

/** The figures of one version of a report: what is true. */
export interface Report {
  readonly period: string;
  readonly version: number;
  readonly figures: readonly Figure[];
}

/** A released table as it can be read. */
export interface Table {
  readonly period: string;
  readonly version: number;
  readonly dimensions: readonly string[];
  readonly control: string;
  readonly audience: string | null;
  readonly keys: readonly string[];
  readonly values: readonly (number | null)[];
  readonly statuses: readonly string[];
}

export interface Secrecy {
  readonly indicator: string;
  /** Whose own nationals are withheld where a cell says so. */
  readonly viewer: string;
}

export interface Finding {
  readonly cell: string;
  readonly value: number;
  readonly need: number;
  readonly known: Interval;
}

export interface Attack {
  readonly found: Finding[];
  /** Cells that should be protected, and cells that are shown. */
  readonly hidden: number;
  readonly shown: number;
  /** The same by weight: the logarithm of what stands in a cell. */
  readonly hiddenWeight: number;
  readonly shownWeight: number;
}

export const weightOf = (value: number): number => Math.log2(1 + value);

interface Variable {
  name: string;
  value: number | null;
  bounds: Interval;
  need: number;
  /** Shown exactly in a table of which nothing is hidden. */
  opened: boolean;
}

/** Everything that is pinned down of what the tables hide. */
export async function attackOn(
  truth: readonly Report[],
  tables: readonly Table[],
  secrecy: Secrecy,
): Promise<Attack> {
  const reports = truth.map((report) => withWithheld(report, tables));
  const variables: Variable[] = [];
  const byName = new Map<string, number>();
  const variableOf = (name: string, value: number | null): number => {
    const known = byName.get(name);
    if (known !== undefined) return known;
    byName.set(name, variables.length);
    variables.push({ name, value, bounds: UNKNOWN, need: 0, opened: false });
    return variables.length - 1;
  };
  const indices = new Map(
    reports.map((report) => [
      report,
      report.figures.map((figure) => variableOf(nameOf(report, figure), figure.value)),
    ]),
  );
  const across = acrossYears(reports, variableOf);
  const rows = unique([
    ...reports.flatMap((report) => withinReport(report, indices.get(report) as number[])),
    ...across,
  ]);
  for (const table of tables) look(table, reports, indices, variables, secrecy);
  for (const { total, parts } of across) {
    const year = variables[total] as Variable;
    if (year.need <= (year.value ?? 0) && parts.every((part) => isShown(variables[part])))
      year.need = 0;
  }
  for (const variable of variables) if (isShown(variable)) variable.need = 0;
  const needs = new Map(
    [...variables.entries()].flatMap(([index, { need }]) => (need > 0 ? [[index, need]] : [])),
  );
  await withoutWhatIsOpen(variables, rows, needs);
  const bounds = variables.map((variable) => variable.bounds);
  const known = await pinned(bounds, rows, needs);
  const sum = (some: Variable[]) => some.reduce((all, { value }) => all + weightOf(value ?? 0), 0);
  const hidden = variables.filter(({ need }) => need > 0);
  const shown = variables.filter(
    ({ need, bounds, value }) => need === 0 && value !== null && Number.isFinite(bounds.most),
  );
  return {
    found: [...known].map(([index, interval]) => {
      const { name, value, need } = variables[index] as Variable;
      return { cell: name, value: value as number, need, known: interval };
    }),
    hidden: hidden.length,
    shown: shown.length,
    hiddenWeight: sum(hidden),
    shownWeight: sum(shown),
  };
}

/**
 * Own nationals are withheld whether or not there were any: where there were none that is what must not be known. A table
 * that is not read, or of which nothing is shown, may have any key that another one has.
 */
function withWithheld(report: Report, tables: readonly Table[]): Report {
  const known = new Set(report.figures.map(addressOf));
  const isOurs = ({ period, version }: Table) =>
    period === report.period && version === report.version;
  const nameOfTable = ({ dimensions }: Pick<Table, "dimensions">) => dimensions.join();
  const reported = new Set(report.figures.map(nameOfTable));
  const read = new Set(
    tables.filter((table) => isOurs(table) && table.keys.length > 0).map(nameOfTable),
  );
  const absent = tables
    .filter(
      (table) =>
        isOurs(table) || (reported.has(nameOfTable(table)) && !read.has(nameOfTable(table))),
    )
    .flatMap(({ dimensions, keys, statuses }) =>
      keys.flatMap((key, at) =>
        statuses[at] === "X" ? [{ dimensions, key: key.split("|") }] : [],
      ),
    )
    .filter((cell) => !known.has(addressOf(cell)));
  const once = new Map(absent.map((cell) => [addressOf(cell), { ...cell, value: 0, status: "A" }]));
  return { ...report, figures: [...report.figures, ...once.values()] };
}

/** Hidden with its line although its quarters are shown: no secret, unless it is small. */
const isShown = (variable: Variable | undefined): boolean =>
  variable !== undefined && variable.bounds.least === variable.bounds.most;

const addressOf = ({ dimensions, key }: Pick<Figure, "dimensions" | "key">): string =>
  dimensions.map((dimension, at) => `${dimension}=${key[at]}`).join("|") || "total";

/** The attacker takes what did not change between versions for one figure; what the source left blank it cannot compare. */
function nameOf({ period, version }: Report, figure: Figure): string {
  const which = figure.value === null ? `version ${version}` : `${figure.value}`;
  return `${period} ${addressOf(figure)} (${which})`;
}

function withinReport(report: Report, indices: readonly number[]): Equation[] {
  const { figures } = report;
  return linesOf(report).flatMap(({ total, parts }) => {
    const at = (index: number) => figures[index]?.value ?? null;
    const all = at(total);
    const sum = parts.reduce((some, part) => some + (at(part) ?? 0), 0);
    const isComplete = parts.every((part) => at(part) !== null);
    if (all === null || (isComplete ? sum !== all : sum > all)) return [];
    return [
      { total: indices[total] as number, parts: parts.map((part) => indices[part] as number) },
    ];
  });
}

/** Each version of a year with each choice of versions of its quarters of which it is the sum. */
function acrossYears(
  reports: readonly Report[],
  variableOf: (name: string, value: number | null) => number,
): Equation[] {
  return reports
    .filter(({ period }) => period.length === 4)
    .flatMap((year) => {
      const quarters = [1, 2, 3, 4].map((at) =>
        reports.filter(({ period }) => period === `${year.period}-Q${at}`),
      );
      const choices = quarters.reduce<Report[][]>(
        (some, versions) =>
          some.flatMap((choice) => versions.map((version) => [...choice, version])),
        [[]],
      );
      return choices.flatMap((choice) =>
        year.figures.flatMap((figure) => {
          if (figure.value === null || !choice.every((quarter) => hasTable(quarter, figure)))
            return [];
          const parts = choice.flatMap((quarter) => {
            const part = quarter.figures.find((one) => addressOf(one) === addressOf(figure));
            return part ? [{ quarter, part }] : [];
          });
          if (parts.reduce((sum, { part }) => sum + (part.value ?? 0), 0) !== figure.value)
            return [];
          const total = variableOf(nameOf(year, figure), figure.value);
          return [
            {
              total,
              parts: parts.map(({ quarter, part }) =>
                variableOf(nameOf(quarter, part), part.value),
              ),
            },
          ];
        }),
      );
    });
}

const hasTable = ({ figures }: Report, { dimensions }: Figure): boolean =>
  figures.some((figure) => figure.dimensions.join() === dimensions.join());

const isOf = ({ dimensions }: Table, figure: Figure | undefined): boolean =>
  figure?.dimensions.join() === dimensions.join();

const lines = new WeakMap<Report, Equation[]>();
function linesOf(report: Report): Equation[] {
  const known = lines.get(report) ?? equationsOf(report.figures);
  lines.set(report, known);
  return known;
}

/** What a table shows, as bounds; and what it hides, as something to be kept. */
function look(
  table: Table,
  reports: readonly Report[],
  indices: ReadonlyMap<Report, readonly number[]>,
  variables: Variable[],
  { indicator, viewer }: Secrecy,
): void {
  const report = reports.find(
    ({ period, version }) => period === table.period && version === table.version,
  );
  if (!report) throw new Error(`nothing was reported for ${table.period}`);
  const seen = new Map(
    table.keys.map((key, at) => [key, { value: table.values[at], status: table.statuses[at] }]),
  );
  const base = baseOf(indicator, report);
  const isRounded = table.control === "CONTROLLED_ROUNDING";
  const isWhole =
    table.control === "NONE" &&
    table.values.every((value, at) => value !== null || !/[QX]/.test(table.statuses[at] as string));
  const isHidden = (at: number) =>
    (seen.get((report.figures[at] as Figure).key.join("|"))?.value ?? null) === null;
  const whole = linesOf(report).filter(({ parts }) =>
    parts.every((part) => isOf(table, report.figures[part]) && isHidden(part)),
  );
  const unseen = new Set(whole.flatMap(({ parts }) => parts));
  report.figures.forEach((figure, at) => {
    if (figure.dimensions.join() !== table.dimensions.join() || figure.value === null) return;
    const variable = variables[indices.get(report)?.[at] as number] as Variable;
    const { value, status } = seen.get(figure.key.join("|")) ?? { value: null, status: "Q" };
    if (value === null || value === undefined) {
      const secret = secretIn(table, figure, indicator, base);
      const need = status === "X" ? Math.max(isRounded ? base - 1 : 5, figure.value / 10) : secret;
      variable.need = Math.max(variable.need, need);
      // Zeros are shown, unless a whole line is not or somebody's nationals are hidden whether or not there were any.
      const isOne = table.audience === null && figure.value > 0 && !unseen.has(at);
      if (isOne) narrow(variable, { least: 1, most: UNKNOWN.most });
    } else if (isRounded) {
      variable.need = Math.max(variable.need, base - 1);
      narrow(variable, { least: Math.max(0, value - base + 1), most: value + base - 1 });
    } else {
      narrow(variable, exactly(value));
      variable.opened ||= isWhole;
    }
  });
  if (table.audience !== null && table.audience !== viewer)
    throw new Error(`${viewer} reads what is ${table.audience}'s`);
}

/** What stands beside own nationals to cover them is no secret of its own; and what is rounded is kept to the base. */
function secretIn(
  { control, audience }: Table,
  figure: Figure,
  indicator: string,
  base: number,
): number {
  const value = figure.value as number;
  const threshold = thresholdOf(indicator, figure);
  if (value === 0 || control === "NONE" || (audience !== null && value >= threshold)) return 0;
  return control === "CONTROLLED_ROUNDING" ? base - 1 : threshold;
}

function narrow(variable: Variable, { least, most }: Interval): void {
  const { bounds } = variable;
  variable.bounds = { least: Math.max(bounds.least, least), most: Math.min(bounds.most, most) };
}

const isMinor = ({ dimensions, key }: Figure): boolean =>
  /^Y0T17/.test(key[dimensions.indexOf("AGE_GROUP")] ?? "");

function thresholdOf(indicator: string, figure: Figure): number {
  return indicator === "THB" || isMinor(figure) ? 10 : 5;
}

/** A report with victims or minors in it is rounded to ten. */
function baseOf(indicator: string, { figures }: Report): number {
  return Math.max(...figures.map((figure) => thresholdOf(indicator, figure)));
}

/**
 * What is shown exactly is nothing to be kept; nor what follows from the tables that are open exactly as a whole: who opened
 * the total of one part has opened the part.
 */
async function withoutWhatIsOpen(
  variables: readonly Variable[],
  equations: readonly Equation[],
  needs: Map<number, number>,
): Promise<void> {
  const isOpen = variables.some(({ opened }) => opened);
  const bounds = variables.map((variable) => (variable.opened ? variable.bounds : UNKNOWN));
  const told = isOpen ? await pinned(bounds, equations, needs) : new Map();
  for (const index of told.keys()) needs.delete(index);
}

function unique(equations: readonly Equation[]): Equation[] {
  const named = equations.map(
    (equation) => [`${equation.total}=${equation.parts.join("+")}`, equation] as const,
  );
  return [...new Map(named).values()];
}
