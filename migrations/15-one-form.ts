import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Of two grants that tell on each other one gives way (shared/policy/one-form.ts): row-level security says it too. What is
 * frozen for the common version of a yearly analysis gives way as well, for it is one form more.
 */
export class OneForm1764000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(grants);
    await runner.query(security);
    await runner.query(cleared);
  }

  async down(): Promise<void> {
    throw new Error("What agreements hide from each other is not undone by a migration.");
  }
}

/** The grants of the reader, each with those it gives way to in years in which they clash, for whatever purpose; null: with none. */
const grants = `
CREATE FUNCTION sharing.my_statistics() RETURNS TABLE (
  owners text[], indicators text[], detail text[], data_from date, data_until date, disclosure_control text,
  embargo_days integer, reciprocal boolean, whole boolean, rivals jsonb
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH mine AS MATERIALIZED (
    SELECT row_number() OVER () AS id, t.*,
      array_position(ARRAY['NONE', 'SUPPRESSION', 'CONTROLLED_ROUNDING'], t.disclosure_control) AS strictness,
      t.own_nationals OR sharing.reader() !~ '^[A-Z]{3}$' AS whole
    FROM sharing.terms_for((SELECT sharing.reader())) t
    WHERE t.category = 'STATISTICS' AND t.status = 'ACTIVE' AND t.valid_from <= sharing.instant()
      AND (t.valid_until IS NULL OR t.valid_until > sharing.instant())
  ), pair AS (
    SELECT m.id AS milder, s.id AS stricter, m.detail <@ s.detail AS milder_yields,
      m.detail = '{}' AND m.whole AND NOT s.whole AS own_nationals,
      (m.disclosure_control = 'NONE' AND NOT m.detail && s.detail OR s.detail <@ m.detail)
        AND m.embargo_days <= s.embargo_days AND (NOT m.reciprocal OR s.reciprocal)
        AND (m.purposes = '{}' OR (s.purposes <> '{}' AND s.purposes <@ m.purposes)) AS opens_all,
      m.data_from AS milder_from, m.data_until AS milder_until, s.data_from AS stricter_from, s.data_until AS stricter_until
    FROM mine m JOIN mine s ON m.strictness < s.strictness OR (m.strictness = s.strictness AND m.whole AND NOT s.whole)
  ), rival AS (
    SELECT CASE WHEN milder_yields THEN milder ELSE stricter END AS id, CASE WHEN milder_yields THEN stricter ELSE milder END AS other,
      own_nationals OR NOT opens_all AS always, milder_from, milder_until, stricter_from, stricter_until
    FROM pair
  )
  SELECT t.owners, t.indicators, t.detail, t.data_from, t.data_until, t.disclosure_control, t.embargo_days, t.reciprocal, t.whole,
    (SELECT jsonb_agg(jsonb_build_object('owners', o.owners, 'indicators', o.indicators, 'always', r.always,
        'milder_from', r.milder_from, 'milder_until', r.milder_until, 'stricter_from', r.stricter_from,
        'stricter_until', r.stricter_until))
      FROM rival r JOIN mine o ON o.id = r.other WHERE r.id = t.id)
  FROM mine t
  WHERE t.purposes = '{}' OR sharing.purpose() = ANY (t.purposes)
$$;
REVOKE ALL ON FUNCTION sharing.my_statistics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sharing.my_statistics() TO accord_indicators, accord_sharing;
REVOKE EXECUTE ON FUNCTION sharing.my_grants(text) FROM accord_indicators, accord_sharing;`;

const security = `
ALTER POLICY granted ON indicators.released_table USING (
  released_at <= (SELECT sharing.instant())
  AND (audience IS NULL OR audience = (SELECT sharing.viewer()))
  AND EXISTS (
    SELECT FROM sharing.my_statistics() g
    WHERE released_table.owner = ANY (g.owners) AND released_table.owner <> (SELECT sharing.viewer())
      AND released_table.indicator = ANY (g.indicators)
      AND released_table.dimensions <@ g.detail
      AND released_table.control = g.disclosure_control
      AND (g.data_from IS NULL OR released_table.period_start >= g.data_from)
      AND (g.data_until IS NULL OR released_table.period_end <= g.data_until)
      AND coalesce(released_table.first_released_at, released_table.released_at)
        + make_interval(hours => 24 * g.embargo_days) <= (SELECT sharing.instant())
      AND (NOT g.reciprocal
           OR indicators.has_released((SELECT sharing.viewer()), released_table.indicator, released_table.period))
      AND (NOT released_table.cut OR (released_table.audience IS NOT NULL) <> g.whole)
      AND (g.rivals IS NULL OR NOT EXISTS (
        SELECT FROM jsonb_to_recordset(g.rivals) AS r (owners text[], indicators text[], milder_from date, milder_until date,
          stricter_from date, stricter_until date, always boolean),
          date_trunc('year', released_table.period_start::timestamp) AS y
        WHERE released_table.owner = ANY (r.owners) AND released_table.indicator = ANY (r.indicators)
          AND greatest(y, r.milder_from, r.stricter_from) < least(y + interval '1 year', r.milder_until, r.stricter_until)
          AND (r.always OR r.milder_from > greatest(y, r.stricter_from)
            OR r.milder_until < least(y + interval '1 year', r.stricter_until))))
  )
);`;

/**
 * A cleared table is not shown to whoever reads the same figures in a form beside which it would tell what it hides; and
 * nothing is frozen that is cut for some country, totals included: one text is the same for all its readers.
 */
const cleared = `
CREATE FUNCTION sharing.my_other_forms() RETURNS TABLE (
  owners text[], indicators text[], detail text[], data_from date, data_until date, rounded boolean,
  embargo_days integer, held boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT t.owners, t.indicators, t.detail, t.data_from, t.data_until, t.disclosure_control = 'CONTROLLED_ROUNDING',
    t.embargo_days, t.reciprocal OR t.purposes <> '{}'
  FROM sharing.terms_for((SELECT sharing.reader())) t
  WHERE t.category = 'STATISTICS' AND t.disclosure_control <> 'SUPPRESSION' AND t.status = 'ACTIVE'
    AND t.valid_from <= sharing.instant() AND (t.valid_until IS NULL OR t.valid_until > sharing.instant())
$$;
REVOKE ALL ON FUNCTION sharing.my_other_forms() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sharing.my_other_forms() TO accord_indicators;

ALTER POLICY opened ON indicators.analysis_table USING (
  part_id = ANY (ARRAY(SELECT indicators.open_parts()))
  AND NOT EXISTS (
    SELECT FROM sharing.my_other_forms() f, indicators.analysis_part p, make_date(p.year - 1, 1, 1) AS y, make_date(p.year + 1, 1, 1) AS z
    WHERE p.id = analysis_table.part_id
      AND analysis_table.owner = ANY (f.owners) AND analysis_table.indicator = ANY (f.indicators)
      AND greatest(f.data_from, y) < least(f.data_until, z)
      AND (f.rounded OR f.held
        OR coalesce(analysis_table.first_released_at, analysis_table.released_at) + make_interval(hours => 24 * f.embargo_days)
          > (SELECT sharing.instant())
        OR (f.detail && analysis_table.dimensions AND NOT analysis_table.dimensions <@ f.detail)
        OR f.data_from > y OR f.data_until < z))
);

CREATE OR REPLACE FUNCTION indicators.freeze_part() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO indicators.analysis_table (part_id, owner, indicator, period, period_start, period_end, dimensions, version,
    released_at, first_released_at, keys, values, statuses, sources)
  SELECT p.id, t.owner, t.indicator, t.period, t.period_start, t.period_end, t.dimensions, t.version, t.released_at,
    t.first_released_at, t.keys, t.values, t.statuses, t.sources
  FROM indicators.analysis_part p
    JOIN indicators.released_table t ON t.owner = p.owner AND t.indicator = ANY (p.indicators)
      AND t.period_start >= make_date(p.year - 1, 1, 1) AND t.period_end <= make_date(p.year + 1, 1, 1)
  WHERE p.id = NEW.part_id AND t.control = 'SUPPRESSION' AND t.audience IS NULL AND NOT t.cut AND t.superseded_at IS NULL
    AND t.released_at <= sharing.instant()
    AND (t.breakdown IN ('', 'BORDER_SECTION,DIRECTION')
      OR (t.breakdown = 'CITIZENSHIP' AND NOT indicators.protects_citizens(t.indicator)));
  RETURN NULL;
END $$;`;
