import {
  type Decision,
  decide,
  isLessProtective,
  type Resource,
} from "../../../shared/policy/decide";
import { CONTACT_KINDS, type Term } from "../../../shared/policy/terms";
import { NO_FACTS, type Viewer } from "../../../shared/viewer/viewer";
import type { OwnTable, TermFor } from "./viewers.queries";

/** What one partner would gain or lose, counted over what is released now. */
export interface Share {
  cells: number;
  indicators: string[];
  periods: string[];
  /** What is not figures: `PROFILE`, `CONTACT_DETAILS/FOCAL_PERSON`. */
  others: string[];
}

export interface Change {
  partner: string;
  gains: Share;
  loses: Share;
  /** Sees the same cells less protected, or its own nationals. */
  lessProtected: number;
  /** Sees the same cells more protected: beside what it would see as well they would tell hidden numbers (one-form.ts). */
  moreProtected: number;
}

export interface Holdings {
  owner: string;
  now: Date;
  tables: readonly OwnTable[];
  /** Partner → `ASY/2015-Q3` that it has released itself. */
  released: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Asks the one decision twice for all the owner has released: as things are, and as they would be. Pure. */
export function compare(
  before: readonly TermFor[],
  after: readonly TermFor[],
  holdings: Holdings,
): Change[] {
  const partners = [...new Set([...before, ...after].map(({ viewer }) => viewer))].sort();
  return partners.map((partner) => changeFor(partner, before, after, holdings)).filter(isAny);
}

function changeFor(
  partner: string,
  before: readonly TermFor[],
  after: readonly TermFor[],
  holdings: Holdings,
): Change {
  const [old, fresh] = [before, after].map((terms) => termsOf(partner, terms)) as [Term[], Term[]];
  const { facts = NO_FACTS } = [...before, ...after].find(({ viewer }) => viewer === partner) ?? {};
  const viewer: Viewer = { id: "preview", partner, roles: ["ANALYST"], ...facts };
  const ask = (terms: Term[], resource: Resource) => judge(viewer, terms, resource, holdings.now);
  const [gains, loses] = [new Tally(), new Tally()];
  let [lessProtected, moreProtected] = [0, 0];
  for (const table of holdings.tables) {
    const resource = resourceOf(table, partner, holdings);
    const [was, will] = [ask(old, resource), ask(fresh, resource)];
    if (!was.allowed && will.allowed) gains.add(table);
    if (was.allowed && !will.allowed) loses.add(table);
    if (!was.allowed || !will.allowed) continue;
    if (isLessProtective(will, was)) lessProtected += table.cells;
    if (isLessProtective(was, will)) moreProtected += table.cells;
  }
  for (const [name, resource] of otherResources(holdings.owner)) {
    const [was, will] = [ask(old, resource).allowed, ask(fresh, resource).allowed];
    if (!was && will) gains.others.push(name);
    if (was && !will) loses.others.push(name);
  }
  return { partner, gains: gains.share(), loses: loses.share(), lessProtected, moreProtected };
}

function termsOf(partner: string, terms: readonly TermFor[]): Term[] {
  return terms.filter(({ viewer }) => viewer === partner).map(({ term }) => term);
}

/** As an analyst of that partner, for whatever purpose the agreement names: what could be seen, not what has been asked. */
function judge(viewer: Viewer, terms: Term[], resource: Resource, now: Date): Decision {
  return decide(viewer, resource, { now, all: terms.map((term) => ({ ...term, purposes: [] })) });
}

function resourceOf(table: OwnTable, partner: string, { owner, released }: Holdings): Resource {
  const { cells: _cells, ...cell } = table;
  const reciprocated = released.get(partner)?.has(`${table.indicator}/${table.period}`) ?? false;
  return { category: "STATISTICS", owner, ...cell, reciprocated };
}

function otherResources(owner: string): [string, Resource][] {
  const contacts = CONTACT_KINDS.map((kind): [string, Resource] => [
    `CONTACT_DETAILS/${kind}`,
    { category: "CONTACT_DETAILS", owner, kind },
  ]);
  return [["PROFILE", { category: "PROFILE", owner }], ...contacts];
}

class Tally {
  readonly others: string[] = [];
  private cells = 0;
  private readonly indicators = new Set<string>();
  private readonly periods = new Set<string>();

  add({ indicator, period, cells }: OwnTable): void {
    this.cells += cells;
    this.indicators.add(indicator);
    this.periods.add(period);
  }

  share(): Share {
    const { cells, others } = this;
    return {
      cells,
      others,
      indicators: [...this.indicators].sort(),
      periods: [...this.periods].sort(),
    };
  }
}

function isAny({ gains, loses, lessProtected, moreProtected }: Change): boolean {
  const isOther = [gains, loses].some(({ cells, others }) => cells > 0 || others.length > 0);
  return isOther || lessProtected > 0 || moreProtected > 0;
}

/** What the owner should have read before it says yes. */
export function warningsOf(
  changes: readonly Change[],
  after: readonly TermFor[],
  before: readonly TermFor[],
): string[] {
  const known = new Set(before.map(({ viewer }) => viewer));
  const openEnded = after.filter(
    ({ term }) => !before.some((old) => old.term === term) && isOpenEnded(term),
  );
  return [
    ...changes
      .filter(({ gains }) => gains.cells > 0)
      .map(({ partner, gains }) => `Widening: ${partner} would see ${gains.cells} cells more.`),
    ...changes
      .filter(({ gains }) => gains.others.length > 0)
      .map(({ partner, gains }) => `Widening: ${partner} would see ${gains.others.join(", ")}.`),
    ...changes
      .filter(({ lessProtected }) => lessProtected > 0)
      .map(
        ({ partner, lessProtected }) =>
          `Widening: ${partner} would see ${lessProtected} cells less protected.`,
      ),
    ...changes
      .filter(({ moreProtected }) => moreProtected > 0)
      .map(
        ({ partner, moreProtected }) =>
          `${partner} would see ${moreProtected} cells more protected: of a year that tells of hidden numbers all is read in one form.`,
      ),
    ...changes
      .filter(({ partner, gains }) => gains.cells > 0 && !known.has(partner))
      .map(({ partner }) => `${partner} has seen none of your data so far.`),
    ...(openEnded.length > 0 ? ["It also opens what you release later, with no end."] : []),
  ];
}

function isOpenEnded({ category, dataUntil, validUntil }: Term): boolean {
  return category === "STATISTICS" && dataUntil === null && validUntil === null;
}
