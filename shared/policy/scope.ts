import { mayRead, type Viewer } from "../viewer/viewer";
import { isForPurpose } from "./decide";
import { clashesAlways, rivalsIn, seesOwnNationals } from "./one-form";
import { CONTROLS, isInForce, statisticsInForce, type Term, type Terms } from "./terms";

/**
 * The rule of `decide` as a condition of a statement, so that rows a viewer may not have never leave the database.
 * Row-level security says the same once more beneath it, from the stored terms; this one is built from the terms the
 * request has read. Each is tested with the other removed.
 */
export interface Scope {
  readonly viewer: Viewer | null;
  readonly terms: Terms;
  /** Indicator and period pairs (`ASY/2015-Q3`) that the viewer has itself released, for reciprocal terms. */
  readonly reciprocated: ReadonlySet<string>;
}

interface GrantRow {
  owners: readonly string[];
  indicators: readonly string[];
  detail: readonly string[];
  data_from: string | null;
  data_until: string | null;
  control: string;
  embargo_days: number;
  reciprocal: boolean;
  whole: boolean;
  /** Null where there are none, which is nearly always: asked for each row. */
  rivals: readonly RivalRow[] | null;
}

/** A term that the grant gives way to in years in which they clash (one-form.ts). */
interface RivalRow {
  owners: readonly string[];
  indicators: readonly string[];
  milder_from: string | null;
  milder_until: string | null;
  stricter_from: string | null;
  stricter_until: string | null;
  /** Whatever the periods of data. */
  always: boolean;
}

/** Positions $1 to $4 of a statement that reads `indicators.released_table` as `t`. */
export function statisticsParameters(scope: Scope): [string | null, string, Date, string[]] {
  const reader = mayRead(scope.viewer) ? scope.viewer : null;
  const grants = reader === null ? [] : grantsOf(reader, scope.terms);
  return [
    reader?.partner ?? null,
    JSON.stringify(grants),
    scope.terms.now,
    [...scope.reciprocated],
  ];
}

export const STATISTICS_PREDICATE = `t.released_at <= $3 AND (
  (t.owner = $1 AND t.control = 'NONE' AND t.audience IS NULL)
  OR EXISTS (
    SELECT FROM sharing.grants_in($2::jsonb) AS g
    WHERE t.owner = ANY (g.owners) AND t.owner <> $1
      AND t.indicator = ANY (g.indicators)
      AND t.dimensions <@ g.detail
      AND t.control = g.control
      AND (g.data_from IS NULL OR t.period_start >= g.data_from)
      AND (g.data_until IS NULL OR t.period_end <= g.data_until)
      AND coalesce(t.first_released_at, t.released_at) + make_interval(hours => 24 * g.embargo_days) <= $3
      AND (NOT g.reciprocal OR t.indicator || '/' || t.period = ANY ($4::text[]))
      AND t.audience IS NOT DISTINCT FROM CASE WHEN t.cut AND NOT g.whole THEN $1 END
      AND (g.rivals IS NULL OR NOT EXISTS (
        SELECT FROM sharing.rivals_in(g.rivals) AS r, date_trunc('year', t.period_start::timestamp) AS y
        WHERE t.owner = ANY (r.owners) AND t.indicator = ANY (r.indicators)
          AND greatest(y, r.milder_from, r.stricter_from) < least(y + interval '1 year', r.milder_until, r.stricter_until)
          AND (r.always OR r.milder_from > greatest(y, r.stricter_from)
            OR r.milder_until < least(y + interval '1 year', r.stricter_until))))))`;

/** Orders the forms of one table from the least to the most protective. */
export const LEAST_PROTECTIVE_FIRST = `array_position(ARRAY['${CONTROLS.join("','")}'], t.control), t.audience NULLS FIRST`;

function grantsOf(viewer: Viewer, terms: Terms): GrantRow[] {
  return statisticsInForce(terms)
    .filter((term) => isForPurpose(term, viewer.purpose))
    .map((term) => ({
      owners: term.owners,
      indicators: term.indicators,
      detail: term.detail,
      data_from: term.dataFrom,
      data_until: term.dataUntil,
      control: term.control,
      embargo_days: term.embargoDays,
      reciprocal: term.reciprocal,
      whole: seesOwnNationals(viewer, term),
      rivals: rivalRows(viewer, term, terms),
    }));
}

function rivalRows(viewer: Viewer, term: Term, terms: Terms): RivalRow[] | null {
  const rows = rivalsIn(viewer, term, terms).map(({ rival: { owners, indicators }, pair }) => ({
    owners,
    indicators,
    always: clashesAlways(viewer, pair),
    milder_from: pair.milder.dataFrom,
    milder_until: pair.milder.dataUntil,
    stricter_from: pair.stricter.dataFrom,
    stricter_until: pair.stricter.dataUntil,
  }));
  return rows.length === 0 ? null : rows;
}

/** Positions $1 to $3 of a statement that reads `alerts.alert` as `a` and the viewer's groups now as `me.groups`. */
export function alertParameters(
  viewer: Viewer | null,
  { all, now }: Terms,
): [string | null, string | null, string[]] {
  if (!mayRead(viewer)) return [null, null, []];
  return [
    viewer.partner,
    viewer.id,
    all.filter((term) => isInForce(term, now)).flatMap(({ owners }) => owners),
  ];
}

export const ALERT_PREDICATE = `(a.owner = $1 OR EXISTS (
  SELECT FROM alerts.addressee d WHERE d.identifier = a.identifier
    AND ((d.partner = $1 AND (d.person IS NULL OR d.person = $2)) OR d.owner || '/' || d.group_id = ANY (me.groups))
    AND (NOT d.agreed OR d.owner = ANY ($3))))`;

/** Position $1 of a statement that asks for nothing but the reader's partner; null reads nothing. */
export function readerParameters(viewer: Viewer | null): [string | null] {
  return [mayRead(viewer) ? viewer.partner : null];
}

/** Reads `countries.case_study` as `s` and the viewer's networks now as `me.networks`. */
export const STUDY_PREDICATE = `(s.owner = $1 OR (s.state = 'SHARED' AND $1 IS NOT NULL
  AND ($1 = ANY (s.to_partners) OR s.to_networks && me.networks)))`;

/** In which the viewer's country is a participant today; funding or hosting one is no part in it (rule 2). */
export const MY_NETWORKS = "(SELECT ARRAY(SELECT countries.my_networks()) AS networks) AS me";

export const MY_GROUPS = "(SELECT ARRAY(SELECT sharing.my_groups()) AS groups) AS me";

/** Reads `cooperation.request` as `r`. */
export const REQUEST_PREDICATE = `(r.requester = $1 OR (r.requested = $1 AND r.reach = 'PARTIES')
  OR (r.facilitator = $1 AND r.reach <> 'REQUESTER'))`;

/** The same for what `author` has written about it, which came as far as `reach`. */
export const requestContent = (author: string, reach: string): string => `(r.requester = $1
  OR (r.requested = $1 AND r.reach = 'PARTIES' AND ${reach} = 'PARTIES')
  OR (r.facilitator = $1 AND r.reach <> 'REQUESTER' AND ${reach} <> 'REQUESTER' AND (r.disclosed OR ${author} = r.facilitator)))`;

/** Positions $1 to $3 of a statement that reads cleared tables: the reader, what it reads in another form, and the instant. */
export function clearedParameters({
  viewer,
  terms,
}: Pick<Scope, "viewer" | "terms">): [string | null, string, Date] {
  const others = mayRead(viewer)
    ? statisticsInForce(terms).filter(({ control }) => control !== "SUPPRESSION")
    : [];
  const rows = others.map(({ owners, indicators, detail, dataFrom, dataUntil, ...term }) => ({
    owners,
    indicators,
    detail,
    data_from: dataFrom,
    data_until: dataUntil,
    rounded: term.control === "CONTROLLED_ROUNDING",
    embargo_days: term.embargoDays,
    held: term.reciprocal || term.purposes.length > 0,
  }));
  return [...readerParameters(viewer), JSON.stringify(rows), terms.now];
}

/**
 * Reads `indicators.analysis_table` as `t`, its part as `p`, the part's clearance as `c` and withdrawal as `w`, the step PUBLISHED of
 * its year as `s`, and the viewer's networks now as `me.networks`.
 */
export const CLEARED_PREDICATE = `(p.owner = $1 OR ($1::text IS NOT NULL AND c.part_id IS NOT NULL AND w.part_id IS NULL AND s.year IS NOT NULL
  AND (p.audience = 'PARTNERS' OR p.audience = ANY (me.networks))
  AND NOT EXISTS (
    SELECT FROM jsonb_to_recordset($2::jsonb) AS f (owners text[], indicators text[], detail text[], data_from date,
      data_until date, rounded boolean, embargo_days integer, held boolean), make_date(p.year - 1, 1, 1) AS y, make_date(p.year + 1, 1, 1) AS z
    WHERE p.owner = ANY (f.owners) AND t.indicator = ANY (f.indicators)
      AND greatest(f.data_from, y) < least(f.data_until, z)
      AND (f.rounded OR f.held OR coalesce(t.first_released_at, t.released_at) + make_interval(hours => 24 * f.embargo_days) > $3
        OR (f.detail && t.dimensions AND NOT t.dimensions <@ f.detail)
        OR f.data_from > y OR f.data_until < z))))`;
