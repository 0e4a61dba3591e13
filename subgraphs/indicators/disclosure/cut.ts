import { createHash } from "node:crypto";
import {
  addressOf,
  codeOf,
  type Figure,
  linesOf,
  type ReleasedFigure,
  SUPPRESSED,
  WITHHELD,
} from "./cube";
import { isYear, type Linked, shownIn } from "./linked";
import { type Current, restOfYear } from "./system";

/**
 * What must hide beside the own figure: a quarter of it, and never less than 10 to 25 persons. How many exactly is drawn by
 * the secret for each line: a rest of just the least would prove that there was nobody.
 */
const COVER_SHARE = 0.25;
const COVER_LEAST = 10;
const COVER_DRAWN = 16;

/**
 * Rule 6: the table as a country of origin may see it. Its own nationals are withheld, and at least one other citizenship
 * is suppressed with them, so that total minus visible parts is not the figure. The own key is withheld whether or not it
 * occurs, and covered as if it did: a zero would be told otherwise.
 *
 * Which one is suppressed goes by an order that only a secret knows, the same in every period. It must not be the smallest
 * that suffices: whoever knows that rule can turn it round (every smaller visible figure did not suffice) and had, measured,
 * four own figures in five within 10 %. Nor do cells that are hidden for being small count: their size is all but known.
 *
 * Where all others together do not cover the own figure, a line tells that it is nearly its total. Then no part of any table
 * is shown, and the grand total neither where it is the one.
 * @param linked versions of the report, its year, its quarters, as far as they are out
 */
export function cutFor(
  country: string,
  { period, figures }: Current,
  released: readonly ReleasedFigure[],
  secret: string,
  linked: readonly Linked[] = [],
): ReleasedFigure[] {
  const out = linked.map((report) => outFor(country, report));
  const rest = restOfYear([
    { period, figures },
    ...[...linked].sort((one, other) => other.version - one.version),
  ]);
  const { hidden, uncovered, grandTotal } = coverIn(
    country,
    { period, figures },
    { secret, out, rest },
  );
  return figures.map((figure, index) => {
    const code = codeOf(figure, "CITIZENSHIP");
    if (code === country) return WITHHELD;
    if (uncovered && (figure.dimensions.length > 0 || index === grandTotal)) return SUPPRESSED;
    const hides = code !== undefined && hidden.has(code);
    return hides || out.some((report) => report.hidden.has(addressOf(figure)))
      ? SUPPRESSED
      : (released[index] as ReleasedFigure);
  });
}

/** What is out of a linked report, as the country reads it. */
interface Out {
  readonly period: string;
  readonly version: number;
  /** Values that are shown, and addresses that are not. */
  readonly shown: ReadonlyMap<string, number>;
  readonly hidden: ReadonlySet<string>;
  /** Citizenships that are hidden beside its own. */
  readonly codes: ReadonlySet<string>;
}

function outFor(country: string, report: Linked): Out {
  const visible = shownIn(report, "NONE", country);
  const shown = new Map<string, number>();
  const hidden = new Set<string>();
  const codes = new Set<string>();
  for (const figure of report.figures) {
    if (figure.value === null) continue;
    const [place, code] = [addressOf(figure), codeOf(figure, "CITIZENSHIP")];
    if ((visible.get(place) ?? null) !== null) shown.set(place, figure.value);
    else if (code !== country) {
      hidden.add(place);
      if (code !== undefined) codes.add(code);
    }
  }
  return { period: report.period, version: report.version, shown, hidden, codes };
}

interface Cover {
  hidden: ReadonlySet<string>;
  /** Then no part is shown, nor the total where it is the one that tells. */
  uncovered: boolean;
  grandTotal: number | undefined;
}

/**
 * What a linked report hides stays hidden, and what one shows does not count as cover: the one would be all but told by the
 * other, and own nationals with it. Where that leaves too little, neither parts nor total are shown, for the parts that
 * are out would do.
 */
function coverIn(
  country: string,
  { period, figures }: Current,
  { secret, out, rest }: { secret: string; out: readonly Out[]; rest: Current | null },
): Cover {
  const order = [...new Set(figures.map((figure) => codeOf(figure, "CITIZENSHIP")))]
    .filter((code): code is string => code !== undefined && code !== country)
    .sort(bySecret(`${secret}/${country}`));
  const hidden = new Set(out.flatMap(({ codes }) => [...codes]));
  const covering = figures.map((figure) => coveringValue(figure, period, out));
  let uncovered = false;
  let grandTotal: number | undefined;
  const isCovered = (
    some: readonly Figure[],
    { total, parts }: { total: number; parts: readonly number[] },
    covers: (part: number) => number,
  ) => {
    const line = valuesOf(some, parts, covers);
    const own = valuesOf(some, parts, (part) => some[part]?.value ?? 0).get(country) ?? 0;
    const need = needOf(some, total, own, `${secret}/${country}`);
    return cover(line, need, order, hidden) || othersIn(line, country) >= COVER_SHARE * own;
  };
  for (const line of linesBy(figures)) {
    if (isCovered(figures, line, (part) => covering[part] as number)) continue;
    uncovered = true;
    if (out.length > 0) grandTotal = figures.findIndex(({ dimensions }) => dimensions.length === 0);
    else if (figures[line.total]?.dimensions.length === 0) grandTotal = line.total;
  }
  for (const line of rest ? linesBy(rest.figures) : []) {
    if (rest && isCovered(rest.figures, line, (part) => rest.figures[part]?.value ?? 0)) continue;
    uncovered = true;
    grandTotal = figures.findIndex(({ dimensions }) => dimensions.length === 0);
  }
  return { hidden, uncovered, grandTotal };
}

/** How much of a figure what is out does not tell: nothing of what another version or the year shows, of a year only what its quarters hide. */
function coveringValue(figure: Figure, period: string, out: readonly Out[]): number {
  const value = figure.value ?? 0;
  const place = addressOf(figure);
  const shows = (report: Out) => report.shown.has(place);
  if (out.some((report) => report.period === period && shows(report))) return 0;
  if (!isYear(period))
    return out.some((report) => isYear(report.period) && shows(report)) ? 0 : value;
  const told = new Map<string, number>();
  for (const report of out) {
    if (!isYear(report.period))
      told.set(report.period, Math.max(told.get(report.period) ?? 0, report.shown.get(place) ?? 0));
  }
  return Math.max(0, value - [...told.values()].reduce((sum, quarter) => sum + quarter, 0));
}

function linesBy(figures: readonly Figure[]) {
  return linesOf(figures).filter(({ dimensions }) => dimensions.includes("CITIZENSHIP"));
}

function valuesOf(
  figures: readonly Figure[],
  parts: readonly number[],
  valueAt: (part: number) => number,
): Line {
  const line = new Map<string | undefined, number>();
  for (const part of parts) {
    const code = codeOf(figures[part] as Figure, "CITIZENSHIP");
    line.set(code, (line.get(code) ?? 0) + valueAt(part));
  }
  return line;
}

function needOf(figures: readonly Figure[], total: number, own: number, secret: string): number {
  const least = COVER_LEAST + (drawn(`${secret}/${figures[total]?.value}`) % COVER_DRAWN);
  return Math.max(least, Math.ceil(COVER_SHARE * own));
}

/** Value by citizenship. */
type Line = ReadonlyMap<string | undefined, number>;

function othersIn(line: Line, country: string): number {
  return [...line].reduce((sum, [code, value]) => (code === country ? sum : sum + value), 0);
}

/** Hides what the line needs, one citizenship if one suffices; false where all of them together do not. */
function cover(line: Line, need: number, order: readonly string[], hidden: Set<string>): boolean {
  const covered = () => [...hidden].reduce((sum, code) => sum + (line.get(code) ?? 0), 0) >= need;
  if (covered()) return true;
  const single = order.find((code) => (line.get(code) ?? 0) >= need);
  for (const code of single === undefined ? order : [single]) {
    if (line.has(code)) hidden.add(code);
    if (covered()) return true;
  }
  return false;
}

function bySecret(secret: string): (one: string, other: string) => number {
  const place = (code: string) => drawn(`${secret}/${code}`);
  return (one, other) => place(one) - place(other);
}

function drawn(text: string): number {
  return createHash("sha256").update(text).digest().readUIntBE(0, 6);
}
