/** The least that has to be hidden of a small table, found by trying every choice from the cheapest on. */
import type { Figure } from "../../subgraphs/indicators/disclosure/cube";
import { equationsOf } from "./attacker";
import { attackOn, type Table, weightOf } from "./reading";

export const PERIOD = "2015-Q1";

/** The tables of a report of which so much is hidden, and its totals as another agreement opens them exactly. */
function tablesOf(
  figures: readonly Figure[],
  hidden: ReadonlySet<number>,
  isTotalExact: boolean,
): Table[] {
  const names = [...new Set(figures.map(({ dimensions }) => dimensions.join()))];
  return names.map((name) => {
    const cells = [...figures.entries()].filter(([, { dimensions }]) => dimensions.join() === name);
    const isExact = isTotalExact && name === "";
    const isHidden = (index: number) => hidden.has(index) && !isExact;
    return {
      period: PERIOD,
      version: 1,
      dimensions: cells[0]?.[1].dimensions ?? [],
      audience: null,
      control: isExact ? "NONE" : "SUPPRESSION",
      keys: cells.map(([, { key }]) => key.join("|")),
      values: cells.map(([index, { value }]) => (isHidden(index) ? null : value)),
      statuses: cells.map(([index]) => (isHidden(index) ? "Q" : "A")),
    };
  });
}

/** What the attacker's test asks of a release: nothing pinned, alone or beside exact totals. */
export async function isKept(
  figures: readonly Figure[],
  hidden: ReadonlySet<number>,
): Promise<boolean> {
  const report = [{ period: PERIOD, version: 1, figures }];
  for (const isTotalExact of [true, false]) {
    const tables = tablesOf(figures, hidden, isTotalExact);
    const { found } = await attackOn(report, tables, { indicator: "IST", viewer: "FRONTEX" });
    if (found.length > 0) return false;
  }
  return true;
}

export const isSmall = ({ value }: Figure): boolean => value !== null && value > 0 && value < 5;
const valueAt = (figures: readonly Figure[], index: number): number => figures[index]?.value ?? 0;
export const weightIn = (figures: readonly Figure[], hidden: Iterable<number>): number =>
  [...hidden].reduce((sum, index) => sum + weightOf(valueAt(figures, index)), 0);

/** The lightest cells to hide, the small ones among them; null where no choice of cells that are not zero keeps them. */
export async function leastHidden(figures: readonly Figure[]): Promise<ReadonlySet<number> | null> {
  const small = [...figures.keys()].filter((index) => isSmall(figures[index] as Figure));
  const others = [...figures.keys()].filter(
    (index) => !small.includes(index) && valueAt(figures, index) > 0,
  );
  const choices = Array.from({ length: 2 ** others.length }, (_, set) =>
    others.filter((_one, at) => set & (2 ** at)),
  );
  const byWeight = choices
    .map((choice) => ({
      hidden: new Set([...small, ...choice]),
      weight: weightIn(figures, choice),
    }))
    .sort((one, other) => one.weight - other.weight);
  const lines = equationsOf(figures);
  for (const { hidden } of byWeight) {
    const tells = lines.some(
      ({ total, parts }) => !hidden.has(total) && tellsAlone(figures, parts, hidden),
    );
    if (!tells && (await isKept(figures, hidden))) return hidden;
  }
  return null;
}

/** Whether one line gives its hidden parts away by itself: saves most of the programs. */
function tellsAlone(
  figures: readonly Figure[],
  parts: readonly number[],
  hidden: ReadonlySet<number>,
): boolean {
  const unseen = parts.filter((part) => hidden.has(part));
  const sum = unseen.reduce((all, part) => all + valueAt(figures, part), 0);
  const subgraph = unseen.length === parts.length ? sum : sum - unseen.length;
  return unseen.length > 0 && (unseen.length === 1 || subgraph < 5);
}
