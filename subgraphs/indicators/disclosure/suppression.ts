import { addressOf, codeOf, type Figure, type Line, linesOf, type ReleasedFigure, SUPPRESSED } from "./cube";

/** Counts of people below it are hidden: 5, or 10 for victims of trafficking and for minors. */
export const THRESHOLD = 5;
export const THRESHOLD_VULNERABLE = 10;

export function thresholdFor(indicator: string, figure: Figure): number {
  const minors = codeOf(figure, "AGE_GROUP")?.startsWith("Y0T17") ?? false;
  return indicator === "THB" || minors ? THRESHOLD_VULNERABLE : THRESHOLD;
}

/**
 * Primary suppression (0 < n < threshold), then secondary until no line of totals and parts gives a hidden cell away:
 * a line with a hidden part has at least two with room between them of at least the threshold, or shows none of its parts,
 * zeros included; a hidden total has a hidden part. Where a table in several dimensions has a small cell, none in
 * several is shown: looking at one line after the other does not protect them. A hidden total counts as known: another grant may open it exactly. Both kinds leave as `Q`: who can tell them apart
 * knows an upper bound.
 * @param earlier versions of the same report, oldest first
 */
export function suppress(
  indicator: string,
  figures: readonly Figure[],
  earlier: readonly (readonly Figure[])[] = [],
): ReleasedFigure[] {
  const hiddenBefore = new Set<string>();
  for (const version of earlier) {
    for (const index of hiddenIn(indicator, version, hiddenBefore))
      hiddenBefore.add(addressOf(version[index] as Figure));
  }
  const hidden = hiddenIn(indicator, figures, hiddenBefore);
  return figures.map((figure, index) =>
    hidden.has(index) ? SUPPRESSED : { value: figure.value, status: figure.status },
  );
}

/** Indices of what is hidden. What an earlier version hid stays so: the next one would tell what stood there. */
function hiddenIn(indicator: string, figures: readonly Figure[], before: ReadonlySet<string>): Set<number> {
  const lines = linesOf(figures);
  const hidden = new Set<number>();
  let unshown = false;
  figures.forEach((figure, index) => {
    const wasHidden = figure.value !== null && before.has(addressOf(figure));
    if (!wasHidden && !isSmall(figure, thresholdFor(indicator, figure))) return;
    hidden.add(index);
    if (figure.dimensions.length > 1) unshown = true;
  });
  figures.forEach(({ dimensions }, index) => {
    if (unshown && dimensions.length > 1) hidden.add(index);
  });
  for (let changed = true; changed; ) {
    changed = false;
    for (const line of lines) changed = protect(indicator, figures, line, hidden) || changed;
  }
  return hidden;
}

function isSmall({ value }: Figure, threshold: number): boolean {
  return value !== null && value > 0 && value < threshold;
}

/** Hides one more cell of the line if it needs one, and says whether it did. */
function protect(indicator: string, figures: readonly Figure[], { total, parts }: Line, hidden: Set<number>): boolean {
  const hiddenParts = parts.filter((part) => hidden.has(part));
  if (hiddenParts.length === 0) return hidden.has(total) && hideSmallest(figures, parts, hidden);
  const sum = hiddenParts.reduce((all, part) => all + (figures[part]?.value ?? 0), 0);
  const threshold = Math.max(...hiddenParts.map((part) => thresholdFor(indicator, figures[part] as Figure)));
  // Each hidden part is at least 1, so the largest one can be anything up to sum − (n − 1).
  const room = sum - hiddenParts.length;
  if (hiddenParts.length >= 2 && room >= threshold) return false;
  return hideSmallest(figures, parts, hidden) || hideAll(parts, hidden);
}

/** A zero gives no cover; the smallest part that is not one costs least. */
function hideSmallest(figures: readonly Figure[], parts: readonly number[], hidden: Set<number>): boolean {
  let smallest: number | undefined;
  for (const part of parts) {
    const value = figures[part]?.value;
    if (hidden.has(part) || !value) continue;
    if (smallest === undefined || value < (figures[smallest]?.value ?? 0)) smallest = part;
  }
  if (smallest !== undefined) hidden.add(smallest);
  return smallest !== undefined;
}

/** Then the line tells no more than its total, which is what a partner without any breakdown sees. */
function hideAll(parts: readonly number[], hidden: Set<number>): boolean {
  const before = hidden.size;
  for (const part of parts) hidden.add(part);
  return hidden.size > before;
}
