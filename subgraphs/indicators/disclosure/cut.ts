import { codeOf, type Figure, linesOf, type ReleasedFigure, SUPPRESSED, WITHHELD } from "./cube";

/** How far from the truth the nearest thing to the hidden figure must stay: a quarter of it, and never less than 10 persons. */
const COVER_SHARE = 0.25;
const COVER_LEAST = 10;

/**
 * Rule 6: the table as a country of origin may see it. Its own nationals are withheld, and so many others are suppressed
 * with them that total minus visible parts is nowhere near the figure. The totals stay: they are what a partner without
 * any breakdown sees. Where the rest of a table gives no cover, none of its parts is shown.
 * The own key is withheld whether or not it occurs, and covered as if it did: a zero would be told otherwise.
 */
export function cutFor(
  country: string,
  figures: readonly Figure[],
  released: readonly ReleasedFigure[],
): ReleasedFigure[] {
  const lines = citizenshipLines(figures);
  const others = [...new Set(figures.map((figure) => codeOf(figure, "CITIZENSHIP")))]
    .filter((code): code is string => code !== undefined && code !== country)
    .map((code) => ({ code, cover: smallestCover(code, lines, figures, released) }));
  const hidden = new Set<string>();
  for (const line of lines) {
    if (isCovered(line, country, figures, released, hidden)) continue;
    const need = needed(line, country, figures) - coverOf(line, country, figures, released, hidden);
    const enough = others.filter(({ code, cover }) => !hidden.has(code) && cover >= need);
    const choice = enough.sort((one, other) => one.cover - other.cover || (one.code < other.code ? -1 : 1))[0];
    if (choice && coverIn(line, choice.code, figures, released) >= need) hidden.add(choice.code);
    else hideLargest(line, country, figures, released, hidden);
  }
  return figures.map((figure, index) => {
    const code = codeOf(figure, "CITIZENSHIP");
    if (code === country) return WITHHELD;
    return code !== undefined && hidden.has(code) ? SUPPRESSED : (released[index] as ReleasedFigure);
  });
}

/** The parts by citizenship of one total, by index. */
type Parts = readonly number[];

function citizenshipLines(figures: readonly Figure[]): Parts[] {
  return linesOf(figures)
    .map(({ parts }) => parts)
    .filter((parts) => {
      const codes = parts.map((part) => codeOf(figures[part] as Figure, "CITIZENSHIP"));
      return codes[0] !== undefined && new Set(codes).size === codes.length;
    });
}

function needed(parts: Parts, country: string, figures: readonly Figure[]): number {
  const own = parts.find((part) => codeOf(figures[part] as Figure, "CITIZENSHIP") === country);
  return Math.max(COVER_LEAST, Math.ceil(COVER_SHARE * (own === undefined ? 0 : (figures[own]?.value ?? 0))));
}

/** What hides beside the own figure: cells suppressed anyway, and those hidden for this purpose. */
function coverOf(
  parts: Parts,
  country: string,
  figures: readonly Figure[],
  released: readonly ReleasedFigure[],
  hidden: ReadonlySet<string>,
): number {
  let cover = 0;
  for (const part of parts) {
    const figure = figures[part] as Figure;
    const code = codeOf(figure, "CITIZENSHIP") as string;
    if (code === country) continue;
    if (hidden.has(code) || released[part]?.value === null) cover += figure.value ?? 0;
  }
  return cover;
}

function isCovered(
  parts: Parts,
  country: string,
  figures: readonly Figure[],
  released: readonly ReleasedFigure[],
  hidden: ReadonlySet<string>,
): boolean {
  return coverOf(parts, country, figures, released, hidden) >= needed(parts, country, figures);
}

function coverIn(parts: Parts, code: string, figures: readonly Figure[], released: readonly ReleasedFigure[]): number {
  const part = parts.find((index) => codeOf(figures[index] as Figure, "CITIZENSHIP") === code);
  return part === undefined || released[part]?.value === null ? 0 : (figures[part]?.value ?? 0);
}

/** The least that hiding a citizenship adds to any line it stands in: choosing by it serves linked tables at once. */
function smallestCover(
  code: string,
  lines: readonly Parts[],
  figures: readonly Figure[],
  released: readonly ReleasedFigure[],
): number {
  const covers = lines.map((parts) => coverIn(parts, code, figures, released)).filter((cover) => cover > 0);
  return covers.length === 0 ? 0 : Math.min(...covers);
}

/** No single citizenship is enough: take the largest ones of this line until it is covered or nothing is left. */
function hideLargest(
  parts: Parts,
  country: string,
  figures: readonly Figure[],
  released: readonly ReleasedFigure[],
  hidden: Set<string>,
): void {
  const candidates = parts
    .map((part) => codeOf(figures[part] as Figure, "CITIZENSHIP") as string)
    .filter((code) => code !== country && !hidden.has(code))
    .sort((one, other) => coverIn(parts, other, figures, released) - coverIn(parts, one, figures, released));
  for (const code of candidates) {
    hidden.add(code);
    if (isCovered(parts, country, figures, released, hidden)) return;
  }
}
