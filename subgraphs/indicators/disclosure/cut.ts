import { createHash } from "node:crypto";
import { codeOf, type Figure, linesOf, type ReleasedFigure, SUPPRESSED, WITHHELD } from "./cube";

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
 * @param first the figures of the first version, where this one amends it
 */
export function cutFor(
  country: string,
  figures: readonly Figure[],
  released: readonly ReleasedFigure[],
  secret: string,
  first: readonly Figure[] | null = null,
): ReleasedFigure[] {
  const { hidden, uncovered, grandTotal } =
    first === null ? coverIn(country, figures, secret) : keptCover(country, figures, secret, first);
  return figures.map((figure, index) => {
    const code = codeOf(figure, "CITIZENSHIP");
    if (code === country) return WITHHELD;
    if (uncovered && (figure.dimensions.length > 0 || index === grandTotal)) return SUPPRESSED;
    const hides = code !== undefined && hidden.has(code);
    return hides ? SUPPRESSED : (released[index] as ReleasedFigure);
  });
}

interface Cover {
  hidden: ReadonlySet<string>;
  /** Then no part is shown, nor the total where it is the one that tells. */
  uncovered: boolean;
  grandTotal: number | undefined;
}

function coverIn(country: string, figures: readonly Figure[], secret: string): Cover {
  const lines = linesBy(figures);
  const order = [...new Set(figures.map((figure) => codeOf(figure, "CITIZENSHIP")))]
    .filter((code): code is string => code !== undefined && code !== country)
    .sort(bySecret(`${secret}/${country}`));
  const hidden = new Set<string>();
  let uncovered = hasUnlistedTable(figures, lines);
  let grandTotal: number | undefined;
  for (const { total, parts } of lines) {
    const line = valuesOf(figures, parts);
    const own = line.get(country) ?? 0;
    const need = needOf(figures, total, own, `${secret}/${country}`);
    if (cover(line, need, order, hidden) || othersIn(line, country) >= COVER_SHARE * own) continue;
    uncovered = true;
    if (figures[total]?.dimensions.length === 0) grandTotal = total;
  }
  return { hidden, uncovered, grandTotal };
}

/**
 * Of an amendment: the cover that the first version had, and no other. What one version hides and the other shows would be
 * all but told, and own nationals with it. Where the old cover no longer suffices, neither parts nor total are shown: the
 * parts that the first version shows would do for the amended ones.
 */
function keptCover(country: string, figures: readonly Figure[], secret: string, first: readonly Figure[]): Cover {
  const before = coverIn(country, first, secret);
  const lines = linesBy(figures);
  const lacking = lines.filter(({ total, parts }) => {
    const line = valuesOf(figures, parts);
    const covered = [...before.hidden].reduce((sum, code) => sum + (line.get(code) ?? 0), 0);
    const own = line.get(country) ?? 0;
    const others = othersIn(line, country);
    if (covered === others && others >= COVER_SHARE * own) return false; // no other part is shown in either version
    return covered < needOf(figures, total, own, `${secret}/${country}`);
  });
  const uncovered = before.uncovered || lacking.length > 0 || hasUnlistedTable(figures, lines);
  const told = uncovered ? figures.findIndex(({ dimensions }) => dimensions.length === 0) : -1;
  return { hidden: before.hidden, uncovered, grandTotal: told === -1 ? undefined : told };
}

function linesBy(figures: readonly Figure[]) {
  return linesOf(figures).filter(({ dimension }) => dimension === "CITIZENSHIP");
}

function valuesOf(figures: readonly Figure[], parts: readonly number[]): Line {
  return new Map(parts.map((part) => [codeOf(figures[part] as Figure, "CITIZENSHIP"), figures[part]?.value ?? 0]));
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

/**
 * A table by citizenship and more whose own totals are not reported, while coarser ones are: its cells stand in no line that
 * is looked at here, and still add up to them. Nothing of such a report is shown but the grand total.
 */
function hasUnlistedTable(figures: readonly Figure[], lines: readonly { parts: readonly number[] }[]): boolean {
  const nameOf = (index: number) => figures[index]?.dimensions.join() ?? "";
  const listed = new Set(lines.flatMap(({ parts }) => parts.map(nameOf)));
  const coarsest = Math.min(...figures.map(({ dimensions }) => dimensions.length));
  return figures.some(
    ({ dimensions }, index) =>
      dimensions.includes("CITIZENSHIP") && dimensions.length > coarsest && !listed.has(nameOf(index)),
  );
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
