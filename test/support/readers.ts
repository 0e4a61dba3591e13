/** Viewers with several agreements of one owner, and what `decide` opens to them of everything that was released. */

import fc from "fast-check";
import { type Period, parsePeriod } from "../../shared/period";
import { decide } from "../../shared/policy/decide";
import { CONTROLS, type Term } from "../../shared/policy/terms";
import type { Table } from "./reading";
import type { Released } from "./releases";
import { viewerOf } from "./viewers";
import type { Dimension } from "./years";

const NOW = new Date("2017-01-01T00:00:00Z");
const DAY = 86_400_000;

/** An agreement in force, with some of the conditions that agreements have. */
function anyTerm(dimensions: readonly Dimension[]): fc.Arbitrary<Term> {
  const often = <T>(usual: T, ...others: T[]) => fc.constantFrom(usual, usual, usual, ...others);
  const conditions = fc.record({
    detail: fc.subarray([...dimensions]),
    control: fc.constantFrom(...CONTROLS),
    dataFrom: often<string | null>(null, "2015-04-01", "2015-07-01"),
    dataUntil: often<string | null>(null, "2015-10-01", "2016-01-01"),
    embargoDays: often(0, 30, 90),
    reciprocal: often(false, true),
    ownNationals: often(false, true),
  });
  return conditions.map((some) => ({
    agreementId: "A",
    title: "A",
    version: 1,
    status: "ACTIVE",
    validFrom: new Date(0),
    validUntil: null,
    purposes: [],
    tlp: "AMBER",
    handling: [],
    category: "STATISTICS",
    owners: ["AUT"],
    indicators: ["ASY"],
    contactKinds: [],
    ...some,
  }));
}

export interface Reader {
  readonly terms: readonly Term[];
  /** For how long each report has been out. */
  readonly days: readonly number[];
  /** Periods that the viewer has itself released. */
  readonly returned: readonly string[];
}

export const anyReader = (dimensions: readonly Dimension[]): fc.Arbitrary<Reader> =>
  fc.record({
    terms: fc.array(anyTerm(dimensions), { minLength: 2, maxLength: 4 }),
    days: fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 7, maxLength: 7 }),
    returned: fc.subarray(["2015", "2015-Q1", "2015-Q2", "2015-Q3", "2015-Q4"]),
  });

/** Of each table the least protective form that is open, as the statements read it. */
export function readingOf(
  { reports, tables }: Released,
  { terms, days, returned }: Reader,
  partner: string,
  judge: typeof decide,
): Table[] {
  const viewer = viewerOf({ id: "someone", partner, roles: ["ANALYST"] });
  // An amendment's embargo counts from the first version.
  const first = reports.filter(({ version }) => version === 1).map(({ period }) => period);
  const open = tables.filter(({ period, dimensions, control, cut, audience }) => {
    const { start, end } = parsePeriod(period) as Period;
    const releasedAt = new Date(NOW.getTime() - (days[first.indexOf(period)] ?? 0) * DAY);
    const cell = {
      category: "STATISTICS" as const,
      owner: "AUT",
      indicator: "ASY",
      period,
      dimensions,
      start,
      end,
    };
    const statistic = { ...cell, releasedAt, reciprocated: returned.includes(period) };
    return judge(
      viewer,
      { ...statistic, table: { control, cut, audience } },
      { now: NOW, all: terms },
    ).allowed;
  });
  const strictness = ({ control, audience }: Table) =>
    CONTROLS.indexOf(control as never) * 2 + (audience === null ? 0 : 1);
  const strictestFirst = open.sort((one, other) => strictness(other) - strictness(one));
  const nameOf = ({ period, version, dimensions }: Table) =>
    [period, version, dimensions].join("/");
  return [...new Map(strictestFirst.map((table) => [nameOf(table), table])).values()];
}

/** As if each agreement were read for itself, as it was before one gave way to another. */
export const eachAlone: typeof decide = (viewer, resource, { now, all }) => {
  const decisions = all.map((term) => decide(viewer, resource, { now, all: [term] }));
  return decisions.find(({ allowed }) => allowed) ?? decide(viewer, resource, { now, all: [] });
};

export const termsIn = ({ terms }: Reader): string =>
  terms
    .map((term) => [
      term.control,
      term.detail,
      term.dataFrom,
      term.dataUntil,
      term.embargoDays,
      term.reciprocal,
    ])
    .join("; ");
