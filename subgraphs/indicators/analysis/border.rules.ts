import type { Pair } from "../series.loader";
import { type Column, columnsOf } from "../series.rules";
import type { BorderRow, MirrorComparison } from "./border.type";

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

type Reported = (state: string, direction: "ENTRY" | "EXIT", section: string, period: string) => number | null;

/** What one state reports of its border to another, by direction. */
export function borderRows(pairs: readonly Pair[], sides: readonly Sides[], periods: readonly string[]): BorderRow[] {
  const reported = lookup(pairs);
  return sides.flatMap(({ section, states }) =>
    states.flatMap((state) =>
      (["ENTRY", "EXIT"] as const).flatMap((direction): BorderRow[] => {
        const values = periods.map((period) => reported(state, direction, section.code, period));
        if (values.every((value) => value === null)) return [];
        return [{ section, reporter: { code: state }, direction, periods, values }];
      }),
    ),
  );
}

/** What one reports on entry beside what the other reports on exit, where both are shown. @param periods with one before the year */
export function mirrorsOf(
  pairs: readonly Pair[],
  sides: readonly Sides[],
  periods: readonly string[],
): MirrorComparison[] {
  const reported = lookup(pairs);
  return sides.flatMap(({ section, states: [one, other] }) =>
    [
      [one, other],
      [other, one],
    ].flatMap(([into, from]) => compare({ section, into: into as string, from: from as string, reported }, periods)),
  );
}

function compare(
  of: { section: Sides["section"]; into: string; from: string; reported: Reported },
  periods: readonly string[],
): MirrorComparison[] {
  const { section, into, from, reported } = of;
  const ratios = periods.map((period) => {
    const entries = reported(into, "ENTRY", section.code, period);
    const exits = reported(from, "EXIT", section.code, period);
    return entries === null || exits === null ? null : { period, entries, exits, logRatio: logRatio(entries, exits) };
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
  const columns = new Map(pairs.map((pair) => [pair.reporter, { pair, columns: columnsOf(pair) as Column[] }]));
  return (state, direction, section, period) => {
    const found = columns.get(state);
    const at = found?.pair.position.get(period);
    return at === undefined ? null : (found?.columns[at]?.(`${section}|${direction}`).value ?? null);
  };
}
