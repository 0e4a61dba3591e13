import type { Pair } from "../series/series.loader";
import type { ReleasedTable } from "../series/series.queries";
import { type Cell, type Column, columnsOf } from "../series/series.rules";
import type { BorderRow, MirrorComparison } from "./border.type";
import { NOT_REPORTED, provenanceOf, type Sources } from "./year.rules";

/** Land borders between two reporters, as each side reports them. Pure. */

export const BORDER_INDICATOR = "IBC";
/** Ln 2: one side reports more than twice the other. */
const FLAG = Math.log(2);

/** Below one another this often it is worth asking; a single time it is not. */
const RUNNING = 2;

export interface Sides {
  readonly section: { code: string; name: string };
  readonly states: readonly [string, string];
}

/** `AFG-IRN` of the code list; what is no section between two reporters, such as `_U`, is none. */
export function sidesOf(code: string, name: string): Sides | null {
  const [, one, other] = /^([A-Z]{3})-([A-Z]{3})$/.exec(code) ?? [];
  return one && other ? { section: { code, name }, states: [one, other] } : null;
}

/** Asymmetry is normal, and neither side is "true": the ratio tells where to ask. */
export function logRatio(one: number, other: number): number {
  return Math.log((one + 0.5) / (other + 0.5));
}

interface Side {
  readonly cell: Cell;
  /** The table it stands in, where the viewer may read one. */
  readonly tables: readonly ReleasedTable[];
}
type Reported = (
  state: string,
  direction: "ENTRY" | "EXIT",
  section: string,
  period: string,
) => Side;

/** What one state reports of its border to another, by direction. */
export function borderRows(
  pairs: readonly Pair[],
  sides: readonly Sides[],
  periods: readonly string[],
  catalogue: Sources,
): BorderRow[] {
  const reported = lookup(pairs);
  return sides.flatMap(({ section, states }) =>
    states.flatMap((state) =>
      (["ENTRY", "EXIT"] as const).flatMap((direction): BorderRow[] => {
        const found = periods.map((period) => reported(state, direction, section.code, period));
        const cells = found.map(({ cell }) => cell);
        if (cells.every(({ value }) => value === null)) return [];
        return [
          {
            section,
            reporter: { code: state },
            direction,
            periods,
            values: cells.map(({ value }) => value),
            statuses: cells.map(({ status }) => status),
            ...provenanceOf(
              found.flatMap(({ tables }) => tables),
              catalogue,
            ),
          },
        ];
      }),
    ),
  );
}

/** What one reports on entry beside what the other reports on exit, where both are shown. @param periods with one before the year */
export function mirrorsOf(
  pairs: readonly Pair[],
  sides: readonly Sides[],
  periods: readonly string[],
  catalogue: Sources,
): MirrorComparison[] {
  const reported = lookup(pairs);
  return sides.flatMap(({ section, states: [one, other] }) =>
    (
      [
        [one, other],
        [other, one],
      ] as const
    ).flatMap(([into, from]) => compare({ section, into, from, reported, catalogue }, periods)),
  );
}

function compare(
  of: {
    section: Sides["section"];
    into: string;
    from: string;
    reported: Reported;
    catalogue: Sources;
  },
  periods: readonly string[],
): MirrorComparison[] {
  const { section, into, from, reported, catalogue } = of;
  const ratios = periods.map((period) => {
    const [entry, exit] = [
      reported(into, "ENTRY", section.code, period),
      reported(from, "EXIT", section.code, period),
    ];
    const [entries, exits] = [entry.cell.value, exit.cell.value];
    if (entries === null || exits === null) return null;
    const provenance = provenanceOf([...entry.tables, ...exit.tables], catalogue);
    return { period, entries, exits, logRatio: logRatio(entries, exits), ...provenance };
  });
  return ratios.slice(1).flatMap((ratio, at): MirrorComparison[] => {
    if (ratio === null) return [];
    const run = ratios.slice(at + 2 - RUNNING, at + 2);
    const flagged =
      run.every((one) => one !== null && one.logRatio > FLAG) ||
      run.every((one) => one !== null && one.logRatio < -FLAG);
    return [{ section, into: { code: into }, from: { code: from }, ...ratio, flagged }];
  });
}

function lookup(pairs: readonly Pair[]): Reported {
  const columns = new Map(
    pairs.map((pair) => [pair.reporter, { pair, columns: columnsOf(pair) as Column[] }]),
  );
  return (state, direction, section, period) => {
    const found = columns.get(state);
    const cell = found?.columns[found.pair.position.get(period) ?? -1]?.(`${section}|${direction}`);
    return { cell: cell ?? NOT_REPORTED, tables: [found?.pair.tables.get(period) ?? []].flat() };
  };
}
