import type { Viewer } from "../viewer/viewer";
import { CONTROLS, embargoEnd, statisticsInForce, type Term, type Terms } from "./terms";

/**
 * Of one owner, indicator and year a viewer reads figures that tell of each other in one form (rule 9). Two agreements that
 * open a list exactly and the same list by sex suppressed, or three quarters exactly and the fourth suppressed, open together
 * what each of them hides: hidden cells were computed from such pairs, and no release can prevent it, since what is out
 * exactly is out. So of two terms that do not go together one gives way.
 *
 * They go together where the milder opens, whenever the more protective one is open, all the tables that this one does: then
 * only the milder is read. Or where they share nothing but totals, open at the same time: every release is protected beside
 * exact totals (disclosure/suppression.ts), but not own nationals beside a total that is not cut.
 *
 * It looks at what agreements say and at no figure: a term that gave way because a number is small would tell that it is.
 * The price is paid by whoever is given totals at once and exact lists later: it waits for both.
 */
export function givesWay(
  viewer: Viewer,
  term: Term,
  { owner, indicator, start }: Figures,
  terms: Terms,
): boolean {
  const year = yearOf(start);
  return rivalsIn(viewer, term, terms).some(
    ({ rival, pair }) =>
      rival.owners.includes(owner) &&
      rival.indicators.includes(indicator) &&
      clashes(viewer, pair, year),
  );
}

export interface Figures {
  readonly owner: string;
  readonly indicator: string;
  /** First day of their period. */
  readonly start: string;
}

export interface Pair {
  readonly milder: Term;
  readonly stricter: Term;
}

/**
 * Terms in force before which this one gives way where they clash. For whatever purpose: what was read for one is not
 * forgotten when the next is named.
 */
export function rivalsIn(viewer: Viewer, term: Term, terms: Terms): { rival: Term; pair: Pair }[] {
  return statisticsInForce(terms).flatMap((rival) => {
    const pair = rival === term ? null : pairOf(viewer, term, rival);
    return pair && yielding(pair) === term ? [{ rival, pair }] : [];
  });
}

/** A table that an owner has cleared, suppressed, for the common version of a year and of the year before it. */
export interface Cleared {
  readonly owner: string;
  readonly indicator: string;
  readonly year: number;
  readonly dimensions: readonly string[];
  /** When it was first released, from which embargoes count. */
  readonly releasedAt: Date;
}

/**
 * Whether agreements open figures to the viewer in another form, beside which a cleared table would tell what it hides. Then it
 * is the table that gives way. Where it is open exactly at this moment it tells nothing more.
 */
export function readsOtherwise(viewer: Viewer, cleared: Cleared, terms: Terms): boolean {
  const { owner, indicator, year, dimensions, releasedAt } = cleared;
  const years: Year = [`${year - 1}-01-01`, `${year + 1}-01-01`];
  return statisticsInForce(terms).some((term) => {
    if (!term.owners.includes(owner) || !term.indicators.includes(indicator)) return false;
    const embargoDays = embargoEnd(term, releasedAt) <= terms.now ? term.embargoDays : 0;
    const open = { dataFrom: null, dataUntil: null, embargoDays, reciprocal: false, purposes: [] };
    const table: Term = { ...term, ...open, control: "SUPPRESSION", detail: dimensions };
    if (term.control === "NONE") return clashes(viewer, { milder: term, stricter: table }, years);
    return (
      term.control === "CONTROLLED_ROUNDING" && meets({ milder: table, stricter: term }, years)
    );
  });
}

/** Which of two terms shows more of the same cell; null where they show the same. */
function pairOf(viewer: Viewer, one: Term, other: Term): Pair | null {
  const step = CONTROLS.indexOf(one.control) - CONTROLS.indexOf(other.control);
  const whole = Number(seesOwnNationals(viewer, other)) - Number(seesOwnNationals(viewer, one));
  const order = step === 0 ? whole : step;
  if (order === 0) return null;
  return order < 0 ? { milder: one, stricter: other } : { milder: other, stricter: one };
}

/** Own nationals are shown to whoever speaks for no state, and where the grant says so. */
export function seesOwnNationals(viewer: Viewer, term: Term): boolean {
  return term.ownNationals || viewer.country === null;
}

/** The milder where the other opens the same tables: nobody loses a table by it. Else the other, which opens less. */
function yielding({ milder, stricter }: Pair): Term {
  return isWithin(milder.detail, stricter.detail) ? milder : stricter;
}

/** The first day of a year, and the first after it. */
type Year = readonly [start: string, end: string];

function yearOf(day: string): Year {
  const year = Number(day.slice(0, 4));
  return [`${day.slice(0, 4)}-01-01`, `${String(year + 1).padStart(4, "0")}-01-01`];
}

/** Whether figures of a year read under both would tell what the stricter hides. */
function clashes(viewer: Viewer, pair: Pair, year: Year): boolean {
  return meets(pair, year) && (clashesAlways(viewer, pair) || !spans(pair, year));
}

/** What no span of data mends. */
export function clashesAlways(viewer: Viewer, pair: Pair): boolean {
  const { milder, stricter } = pair;
  const opensAll = meetsInExactTotals(pair) || isWithin(stricter.detail, milder.detail);
  return !opensAll || !holdsWhenever(milder, stricter) || tellsOwnNationals(viewer, pair);
}

/** Every release is protected beside exact totals; suppressed ones beside rounded figures would be two forms of one secret. */
function meetsInExactTotals({ milder, stricter }: Pair): boolean {
  return (
    milder.control === "NONE" &&
    !milder.detail.some((dimension) => stricter.detail.includes(dimension))
  );
}

/** A total less the parts that a cut shows is the part it withholds, where hardly anybody else stands beside it. */
function tellsOwnNationals(viewer: Viewer, { milder, stricter }: Pair): boolean {
  return (
    milder.detail.length === 0 &&
    seesOwnNationals(viewer, milder) &&
    !seesOwnNationals(viewer, stricter)
  );
}

function isWithin(some: readonly string[], all: readonly string[]): boolean {
  return some.every((dimension) => all.includes(dimension));
}

/** Whether the milder is open whenever the other is, but for the periods of data. */
function holdsWhenever(milder: Term, stricter: Term): boolean {
  const isForAll =
    milder.purposes.length === 0 ||
    (stricter.purposes.length > 0 && isWithin(stricter.purposes, milder.purposes));
  return (
    milder.embargoDays <= stricter.embargoDays &&
    (!milder.reciprocal || stricter.reciprocal) &&
    isForAll
  );
}

/** Whether both are about figures of the same days of the year. */
function meets({ milder, stricter }: Pair, [start, end]: Year): boolean {
  const from = later(start, later(milder.dataFrom, stricter.dataFrom));
  const until = earlier(end, earlier(milder.dataUntil, stricter.dataUntil));
  return (from as string) < (until as string);
}

/** Whether the milder is about all days of the year that the other is about. */
function spans({ milder, stricter }: Pair, [start, end]: Year): boolean {
  const from = later(start, stricter.dataFrom) as string;
  const until = earlier(end, stricter.dataUntil) as string;
  return (
    (milder.dataFrom === null || milder.dataFrom <= from) &&
    (milder.dataUntil === null || until <= milder.dataUntil)
  );
}

function later(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other > one) ? other : one;
}

function earlier(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other < one) ? other : one;
}
