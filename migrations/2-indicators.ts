import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * The catalogue, what countries report, and the released tables: the only statistics anyone but their owner can read.
 * Disclosure control is applied once, when a report is released, and its result stored; nothing is suppressed or
 * rounded per query, so nobody can choose a table that was not released.
 */
export class Indicators1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(catalogue);
    await runner.query(statistics);
    await runner.query(functions);
    await runner.query(rowSecurity);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP SCHEMA indicators CASCADE");
  }
}

const catalogue = `
CREATE SCHEMA indicators;

CREATE TABLE indicators.indicator (
  code text NOT NULL,
  version integer NOT NULL,
  name text NOT NULL,
  definition text NOT NULL,
  unit text NOT NULL CHECK (unit IN ('DETECTIONS', 'PERSONS', 'DECISIONS', 'REASONS', 'DOCUMENTS')),
  counts_nationals_of text NOT NULL CHECK (counts_nationals_of IN ('ALIENS_ONLY', 'ANY_NATIONALITY')),
  protects_citizens boolean NOT NULL,
  dimensions text[] NOT NULL,
  cubes jsonb NOT NULL,
  fran_code text,
  caveat text NOT NULL,
  source text NOT NULL,
  in_default_set boolean NOT NULL,
  valid_from date NOT NULL,
  position integer NOT NULL,
  PRIMARY KEY (code, version)
);

CREATE TABLE indicators.indicator_set (
  code text NOT NULL,
  version integer NOT NULL,
  name text NOT NULL,
  indicators text[] NOT NULL,
  valid_from date NOT NULL,
  assumption_note text NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (code, version)
);

CREATE TABLE indicators.area (
  code text PRIMARY KEY,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('COUNTRY', 'SPECIAL'))
);

CREATE TABLE indicators.code (
  dimension text NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (dimension, code)
);

CREATE TABLE indicators.source (
  id text PRIMARY KEY,
  publisher text NOT NULL,
  title text NOT NULL,
  obtained_from text NOT NULL,
  licence text NOT NULL,
  attribution text NOT NULL
);`;

const statistics = `
CREATE FUNCTION indicators.joined(texts text[]) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN array_to_string(texts, ',');

CREATE TABLE indicators.report (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner text NOT NULL,
  indicator text NOT NULL,
  period text NOT NULL CHECK (period ~ '^[0-9]{4}(-Q[1-4])?$'),
  period_start date NOT NULL,
  period_end date NOT NULL,
  version integer NOT NULL DEFAULT 1,
  submitted_by text NOT NULL,
  submitted_at timestamptz(3) NOT NULL,
  approved_by text NOT NULL,
  released_at timestamptz(3) NOT NULL,
  superseded_at timestamptz(3),
  CHECK (submitted_by <> approved_by),
  UNIQUE (owner, indicator, period, version)
);
CREATE UNIQUE INDEX one_current_report ON indicators.report (owner, indicator, period) WHERE superseded_at IS NULL;

CREATE TABLE indicators.figure (
  report_id integer NOT NULL REFERENCES indicators.report,
  owner text NOT NULL,
  dimensions text[] NOT NULL,
  key text[] NOT NULL,
  value integer CHECK (value >= 0),
  obs_status text NOT NULL,
  source_id text NOT NULL REFERENCES indicators.source,
  PRIMARY KEY (report_id, dimensions, key)
);

CREATE TABLE indicators.released_table (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  report_id integer NOT NULL REFERENCES indicators.report,
  owner text NOT NULL,
  indicator text NOT NULL,
  period text NOT NULL,
  period_start date NOT NULL,
  period_end date NOT NULL,
  frequency text NOT NULL GENERATED ALWAYS AS (CASE WHEN length(period) = 4 THEN 'A' ELSE 'Q' END) STORED,
  dimensions text[] NOT NULL,
  breakdown text NOT NULL GENERATED ALWAYS AS (indicators.joined(dimensions)) STORED,
  control text NOT NULL CHECK (control IN ('NONE', 'SUPPRESSION', 'CONTROLLED_ROUNDING')),
  audience text,
  cut boolean NOT NULL,
  released_at timestamptz(3) NOT NULL,
  superseded_at timestamptz(3),
  keys text[] NOT NULL,
  values integer[] NOT NULL,
  statuses text[] NOT NULL,
  sources text[] NOT NULL,
  CHECK (cardinality(keys) = cardinality(values) AND cardinality(keys) = cardinality(statuses)),
  CHECK (audience IS NULL OR cut)
);
CREATE UNIQUE INDEX one_release ON indicators.released_table
  (report_id, dimensions, control, audience) NULLS NOT DISTINCT;
CREATE INDEX released_table_lookup ON indicators.released_table (owner, indicator, breakdown, frequency, control, period_start);

COMMENT ON COLUMN indicators.report.period_end IS 'first day after the period (half-open)';
COMMENT ON COLUMN indicators.figure.key IS 'one code a dimension, in the order of dimensions; never the total';
COMMENT ON COLUMN indicators.released_table.dimensions IS 'sorted; empty = the total alone';
COMMENT ON COLUMN indicators.released_table.breakdown IS
  'dimensions joined by a comma: under row-level security an index serves only leakproof comparisons, and that of arrays is none';
COMMENT ON COLUMN indicators.released_table.cut IS
  'a table by citizenship of an indicator that protects citizens: for a country it exists only as a cut of its own';
COMMENT ON COLUMN indicators.released_table.audience IS
  'the country for which own nationals are withheld and made incomputable; null = nothing withheld on that account';
COMMENT ON COLUMN indicators.released_table.keys IS 'codes joined by | in the order of dimensions; the columns below run parallel';
COMMENT ON COLUMN indicators.released_table.statuses IS
  'SDMX CL_OBS_STATUS 2.2, and X = withheld (own nationals). CONF_STATUS is never stored here: it would tell primary from secondary';`;

/**
 * What other subgraphs may learn of a report without a grant: that one was released and when, which is public knowledge as
 * a cell (rule 10) and decides embargo and reciprocity. Never a figure.
 */
const functions = `
CREATE FUNCTION indicators.released_at(of_owners text[], of_indicators text[], data_from date, data_until date)
  RETURNS TABLE (owner text, indicator text, period text, released_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT r.owner, r.indicator, r.period, min(r.released_at)
  FROM indicators.report r
  WHERE r.owner = ANY (of_owners) AND r.indicator = ANY (of_indicators)
    AND r.period_start >= data_from AND r.period_end <= data_until AND r.released_at <= sharing.instant()
  GROUP BY 1, 2, 3
$$;

CREATE FUNCTION indicators.has_released(by_partner text, of_indicator text, of_period text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM indicators.report r WHERE r.owner = by_partner AND r.indicator = of_indicator
                 AND r.period = of_period AND r.released_at <= sharing.instant())
$$;

CREATE FUNCTION indicators.dimensions_of(of_indicator text) RETURNS text[]
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT dimensions FROM indicators.indicator WHERE code = of_indicator ORDER BY version DESC LIMIT 1
$$;

CREATE FUNCTION indicators.protects_citizens(of_indicator text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT protects_citizens FROM indicators.indicator WHERE code = of_indicator ORDER BY version DESC LIMIT 1
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA indicators FROM PUBLIC;
GRANT USAGE ON SCHEMA indicators TO accord_indicators, accord_sharing;
GRANT EXECUTE ON FUNCTION indicators.released_at(text[], text[], date, date) TO accord_indicators, accord_sharing;
GRANT EXECUTE ON FUNCTION indicators.dimensions_of(text), indicators.protects_citizens(text) TO accord_sharing;
GRANT EXECUTE ON FUNCTION indicators.has_released(text, text, text) TO accord_indicators;`;

/**
 * Beneath every query, so that a forgotten condition leaks nothing. The terms are read once a statement (the function
 * scan has no argument from the row and is only rewound); the plan is checked in test/policy/row-security.test.ts.
 */
const rowSecurity = `
GRANT SELECT ON indicators.indicator, indicators.indicator_set, indicators.area, indicators.code, indicators.source,
  indicators.report, indicators.figure, indicators.released_table TO accord_indicators;

ALTER TABLE indicators.report ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE indicators.figure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE indicators.released_table ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY keeper ON indicators.report TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON indicators.figure TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON indicators.released_table TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner ON indicators.report FOR SELECT TO accord_indicators USING (owner = (SELECT sharing.viewer()));
CREATE POLICY owner ON indicators.figure FOR SELECT TO accord_indicators USING (owner = (SELECT sharing.viewer()));

CREATE POLICY owner ON indicators.released_table FOR SELECT TO accord_indicators
  USING (owner = (SELECT sharing.viewer()) AND control = 'NONE' AND audience IS NULL
         AND released_at <= (SELECT sharing.instant()));

CREATE POLICY granted ON indicators.released_table FOR SELECT TO accord_indicators USING (
  released_at <= (SELECT sharing.instant())
  AND (audience IS NULL OR audience = (SELECT sharing.viewer()))
  AND EXISTS (
    SELECT FROM sharing.my_grants('STATISTICS') g
    WHERE released_table.owner = ANY (g.owners) AND released_table.owner <> (SELECT sharing.viewer())
      AND released_table.indicator = ANY (g.indicators)
      AND released_table.dimensions <@ g.detail
      AND released_table.control = g.disclosure_control
      AND (g.data_from IS NULL OR released_table.period_start >= g.data_from)
      AND (g.data_until IS NULL OR released_table.period_end <= g.data_until)
      AND released_table.released_at + make_interval(hours => 24 * g.embargo_days) <= (SELECT sharing.instant())
      AND (NOT g.reciprocal
           OR indicators.has_released((SELECT sharing.viewer()), released_table.indicator, released_table.period))
      AND (NOT released_table.cut
           OR (released_table.audience IS NOT NULL)
              <> (g.own_nationals OR (SELECT sharing.viewer() !~ '^[A-Z]{3}$')))
  )
);`;
