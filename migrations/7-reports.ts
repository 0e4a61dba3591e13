import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Reports as people make them: submitted by one person, released by another, amended by a newer version. What is submitted
 * is the owner's alone; others read released tables and nothing else, as before. The database keeps the order of versions,
 * the four eyes, and that what is released is what was submitted.
 */
export class Reports1764000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(carryOver);
    await runner.query(functions);
    await runner.query(guards);
    await runner.query(rowSecurity);
  }

  async down(): Promise<void> {
    throw new Error("What countries have reported is not undone by a migration.");
  }
}

const tables = `
CREATE TABLE indicators.submission (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  owner text NOT NULL,
  indicator text NOT NULL,
  period text NOT NULL CHECK (period ~ '^[0-9]{4}(-Q[1-4])?$'),
  period_start date NOT NULL,
  period_end date NOT NULL,
  version integer NOT NULL CHECK (version >= 1),
  state text NOT NULL DEFAULT 'SUBMITTED' CHECK (state IN ('SUBMITTED', 'RETURNED', 'WITHDRAWN', 'RELEASED', 'SUPERSEDED')),
  reason text CHECK (length(reason) BETWEEN 1 AND 2000),
  comment text CHECK (length(comment) BETWEEN 1 AND 2000),
  method_note text CHECK (length(method_note) BETWEEN 1 AND 4000),
  data_as_of date,
  content_hash text NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),
  warnings jsonb NOT NULL DEFAULT '[]',
  submitted_by text NOT NULL,
  submitted_at timestamptz(3) NOT NULL,
  decided_by text,
  decided_at timestamptz(3),
  return_reasons text[] NOT NULL DEFAULT '{}',
  superseded_at timestamptz(3),
  CHECK (version = 1 OR reason IS NOT NULL),
  CHECK ((state = 'SUBMITTED') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
  CHECK (state NOT IN ('RELEASED', 'SUPERSEDED') OR decided_by <> submitted_by),
  CHECK ((state = 'RETURNED') = (cardinality(return_reasons) > 0)),
  CHECK ((state = 'SUPERSEDED') = (superseded_at IS NOT NULL))
);
CREATE UNIQUE INDEX one_open_submission ON indicators.submission (owner, indicator, period) WHERE state = 'SUBMITTED';
CREATE UNIQUE INDEX one_submission_a_version ON indicators.submission (owner, indicator, period, version)
  WHERE state IN ('SUBMITTED', 'RELEASED', 'SUPERSEDED');
CREATE INDEX submission_by_time ON indicators.submission (owner, submitted_at DESC, id);

CREATE TABLE indicators.submitted_figure (
  submission_id uuid NOT NULL REFERENCES indicators.submission,
  owner text NOT NULL,
  dimensions text[] NOT NULL,
  key text[] NOT NULL,
  value integer CHECK (value >= 0),
  obs_status text NOT NULL,
  source_id text NOT NULL REFERENCES indicators.source,
  PRIMARY KEY (submission_id, dimensions, key)
);

CREATE TABLE indicators.secret (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  cut text NOT NULL CHECK (length(cut) >= 8)
);

ALTER TABLE indicators.report ADD COLUMN submission_id uuid UNIQUE REFERENCES indicators.submission,
  ADD COLUMN first_released_at timestamptz(3), ADD COLUMN reason text,
  ADD CHECK (superseded_at > released_at), ADD CHECK (first_released_at <= released_at);
ALTER TABLE indicators.released_table ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD COLUMN first_released_at timestamptz(3), ADD COLUMN reason text;
ALTER TABLE indicators.indicator_set ADD COLUMN due_days integer NOT NULL DEFAULT 45 CHECK (due_days BETWEEN 1 AND 730);

INSERT INTO indicators.source (id, publisher, title, obtained_from, licence, attribution)
VALUES ('NATIONAL', 'The reporting country', 'Report of the reporting country to this exchange', 'submitted by its national contact point',
  'as its agreements say', 'Source: national authorities of the reporting country');

COMMENT ON TABLE indicators.submission IS 'one version of one report on its way; a row stays whatever becomes of it';
COMMENT ON COLUMN indicators.submission.version IS 'the number it gets when released; that of a returned or withdrawn one is free again';
COMMENT ON COLUMN indicators.submission.content_hash IS 'SHA-256 over its figures, see report.rules.ts; outlives the figures of a withdrawn one';
COMMENT ON COLUMN indicators.submission.warnings IS 'what validation found and the comment answers';
COMMENT ON TABLE indicators.submitted_figure IS 'seen by nobody but the officers and approvers of its owner; erased when withdrawn';
COMMENT ON TABLE indicators.secret IS 'what chooses the cover of own nationals (docs/decisions/5); handed to a release and to nobody else';
COMMENT ON COLUMN indicators.report.first_released_at IS 'of an amendment: when its first version was released, from which embargoes count';
COMMENT ON COLUMN indicators.released_table.first_released_at IS 'as in its report; null in a first version';
COMMENT ON COLUMN indicators.indicator_set.due_days IS 'days after the end of a period by which its report is due';`;

/** What was released before reports had a life was submitted and approved all the same. */
const carryOver = `
INSERT INTO indicators.submission (owner, indicator, period, period_start, period_end, version, state, content_hash,
  submitted_by, submitted_at, decided_by, decided_at)
SELECT r.owner, r.indicator, r.period, r.period_start, r.period_end, r.version, 'RELEASED',
  encode(sha256(convert_to(coalesce((SELECT string_agg(line, E'\\n' ORDER BY line COLLATE "C") FROM (
    SELECT concat_ws(';', array_to_string(f.dimensions, ','), array_to_string(f.key, '|'), coalesce(f.value::text, ''), f.obs_status) AS line
    FROM indicators.figure f WHERE f.report_id = r.id) lines), ''), 'UTF8')), 'hex'),
  r.submitted_by, r.submitted_at, r.approved_by, r.released_at
FROM indicators.report r;
UPDATE indicators.report r SET submission_id = s.id FROM indicators.submission s
WHERE s.owner = r.owner AND s.indicator = r.indicator AND s.period = r.period AND s.version = r.version;`;

/**
 * my_tables() tells previews when a figure was first released, as embargoes count. release_facts() is public knowledge (rule 10): that a report was released, when, and how often. cut_secret() is made where
 * it is first needed and given to whoever releases: a reader who had it would know more than its cut shows.
 */
const functions = `
CREATE FUNCTION indicators.release_facts(of_owners text[], of_indicators text[], data_from date, data_until date)
  RETURNS TABLE (owner text, indicator text, period text, first_released_at timestamptz, released_at timestamptz, version integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT r.owner, r.indicator, r.period, min(r.released_at), max(r.released_at), max(r.version)
  FROM indicators.report r
  WHERE r.owner = ANY (of_owners) AND r.indicator = ANY (of_indicators)
    AND r.period_start >= data_from AND r.period_end <= data_until AND r.released_at <= sharing.instant()
  GROUP BY 1, 2, 3
$$;

CREATE FUNCTION indicators.cut_secret() RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF sharing.reader() IS NULL OR NOT sharing.has_role('APPROVER') THEN
    RAISE EXCEPTION 'only a release reads the secret' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO indicators.secret (cut) VALUES (gen_random_uuid()::text || gen_random_uuid()::text) ON CONFLICT DO NOTHING;
  RETURN (SELECT cut FROM indicators.secret);
END $$;

CREATE OR REPLACE FUNCTION indicators.my_tables() RETURNS TABLE (
  indicator text, period text, period_start date, period_end date, dimensions text[], cells integer, released_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT indicator, period, period_start, period_end, dimensions, cardinality(keys), coalesce(first_released_at, released_at)
  FROM indicators.released_table
  WHERE owner = sharing.reader() AND control = 'NONE' AND audience IS NULL AND superseded_at IS NULL
    AND released_at <= sharing.instant()
$$;

REVOKE ALL ON FUNCTION indicators.release_facts(text[], text[], date, date), indicators.cut_secret() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION indicators.release_facts(text[], text[], date, date), indicators.cut_secret(),
  sharing.country_partners(), indicators.joined(text[]) TO accord_indicators;`;

/**
 * A version follows the one before it, and takes its place at the very instant of its release: report, tables and
 * submission together, whoever inserts it. A subgraph that forgot would show two versions, or none.
 */
const guards = `
CREATE FUNCTION indicators.guard_submission() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.version <> 1 + coalesce((SELECT max(r.version) FROM indicators.report r
    WHERE r.owner = NEW.owner AND r.indicator = NEW.indicator AND r.period = NEW.period), 0) THEN
    RAISE EXCEPTION 'a submission is the version after the one released' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON indicators.submission FOR EACH ROW EXECUTE FUNCTION indicators.guard_submission();

CREATE FUNCTION indicators.succeed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  last indicators.report;
BEGIN
  SELECT * INTO last FROM indicators.report r
  WHERE r.owner = NEW.owner AND r.indicator = NEW.indicator AND r.period = NEW.period AND r.superseded_at IS NULL
  FOR UPDATE;
  IF NOT FOUND THEN
    RETURN NEW;
  END IF;
  IF NEW.version <> last.version + 1 OR NEW.released_at <= last.released_at OR NEW.superseded_at IS NOT NULL THEN
    RAISE EXCEPTION 'a version follows the one before it' USING ERRCODE = 'check_violation';
  END IF;
  NEW.first_released_at := coalesce(last.first_released_at, last.released_at);
  UPDATE indicators.report SET superseded_at = NEW.released_at WHERE id = last.id;
  UPDATE indicators.released_table SET superseded_at = NEW.released_at WHERE report_id = last.id;
  UPDATE indicators.submission SET state = 'SUPERSEDED', superseded_at = NEW.released_at WHERE id = last.submission_id;
  RETURN NEW;
END $$;
CREATE TRIGGER succeed BEFORE INSERT ON indicators.report FOR EACH ROW EXECUTE FUNCTION indicators.succeed();

REVOKE ALL ON FUNCTION indicators.guard_submission(), indicators.succeed() FROM PUBLIC;`;

/**
 * An officer submits for its own partner; another person of it, an approver, releases, in one transaction and only the
 * figures that were submitted. Everything is appended: the only thing ever deleted is what was withdrawn unseen.
 */
const rowSecurity = `
ALTER TABLE indicators.submission ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE indicators.submitted_figure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE indicators.secret ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON indicators.submission TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON indicators.submitted_figure TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON indicators.secret TO CURRENT_USER USING (true) WITH CHECK (true);

GRANT SELECT, INSERT ON indicators.submission, indicators.submitted_figure TO accord_indicators;
GRANT UPDATE (state, decided_by, decided_at, return_reasons) ON indicators.submission TO accord_indicators;
GRANT DELETE ON indicators.submitted_figure TO accord_indicators;
GRANT INSERT ON indicators.report, indicators.figure, indicators.released_table TO accord_indicators;

CREATE POLICY acting ON indicators.submission FOR SELECT TO accord_indicators USING (
  owner = (SELECT sharing.reader()) AND ((SELECT sharing.has_role('OFFICER')) OR (SELECT sharing.has_role('APPROVER')))
);
CREATE POLICY officer ON indicators.submission FOR INSERT TO accord_indicators WITH CHECK (
  owner = (SELECT sharing.reader()) AND (SELECT sharing.has_role('OFFICER')) AND state = 'SUBMITTED'
  AND submitted_by = (SELECT sharing.actor()) AND submitted_at = (SELECT sharing.instant())
);
CREATE POLICY decides ON indicators.submission FOR UPDATE TO accord_indicators
  USING (owner = (SELECT sharing.reader()) AND state = 'SUBMITTED'
    AND ((SELECT sharing.has_role('OFFICER')) OR (SELECT sharing.has_role('APPROVER'))))
  WITH CHECK (owner = (SELECT sharing.reader()) AND decided_by = (SELECT sharing.actor()) AND decided_at = (SELECT sharing.instant())
    AND (state = 'WITHDRAWN' OR ((SELECT sharing.has_role('APPROVER')) AND (state = 'RETURNED'
      OR (state = 'RELEASED' AND EXISTS (SELECT FROM indicators.report r WHERE r.submission_id = submission.id))))));

CREATE POLICY acting ON indicators.submitted_figure FOR SELECT TO accord_indicators USING (
  owner = (SELECT sharing.reader()) AND ((SELECT sharing.has_role('OFFICER')) OR (SELECT sharing.has_role('APPROVER')))
);
CREATE POLICY officer ON indicators.submitted_figure FOR INSERT TO accord_indicators WITH CHECK (
  owner = (SELECT sharing.reader()) AND submission_id = ANY (ARRAY(SELECT s.id FROM indicators.submission s
    WHERE s.submitted_by = (SELECT sharing.actor()) AND s.submitted_at = (SELECT sharing.instant()) AND s.state = 'SUBMITTED'))
);
CREATE POLICY withdrawn ON indicators.submitted_figure FOR DELETE TO accord_indicators USING (
  owner = (SELECT sharing.reader()) AND EXISTS (SELECT FROM indicators.submission s
    WHERE s.id = submitted_figure.submission_id AND s.state = 'WITHDRAWN')
);

CREATE POLICY approver ON indicators.report FOR INSERT TO accord_indicators WITH CHECK (
  owner = (SELECT sharing.reader()) AND (SELECT sharing.has_role('APPROVER'))
  AND approved_by = (SELECT sharing.actor()) AND released_at = (SELECT sharing.instant()) AND superseded_at IS NULL
  AND EXISTS (SELECT FROM indicators.submission s
    WHERE s.id = report.submission_id AND s.state = 'SUBMITTED' AND s.owner = report.owner AND s.indicator = report.indicator
      AND s.period = report.period AND s.period_start = report.period_start AND s.period_end = report.period_end
      AND s.version = report.version AND s.reason IS NOT DISTINCT FROM report.reason
      AND s.submitted_by = report.submitted_by AND s.submitted_at = report.submitted_at AND s.submitted_by <> report.approved_by)
);
CREATE POLICY approver ON indicators.figure FOR INSERT TO accord_indicators WITH CHECK (
  owner = (SELECT sharing.reader()) AND EXISTS (
    SELECT FROM indicators.report r JOIN indicators.submitted_figure f ON f.submission_id = r.submission_id
    WHERE r.id = figure.report_id AND r.approved_by = (SELECT sharing.actor()) AND r.released_at = (SELECT sharing.instant())
      AND f.dimensions = figure.dimensions AND f.key = figure.key AND f.value IS NOT DISTINCT FROM figure.value
      AND f.obs_status = figure.obs_status AND f.source_id = figure.source_id)
);
CREATE POLICY approver ON indicators.released_table FOR INSERT TO accord_indicators WITH CHECK (
  owner = (SELECT sharing.reader()) AND superseded_at IS NULL AND EXISTS (
    SELECT FROM indicators.report r
    WHERE r.id = released_table.report_id AND r.approved_by = (SELECT sharing.actor()) AND r.released_at = (SELECT sharing.instant())
      AND r.owner = released_table.owner AND r.indicator = released_table.indicator AND r.period = released_table.period
      AND r.period_start = released_table.period_start AND r.period_end = released_table.period_end
      AND r.released_at = released_table.released_at AND r.version = released_table.version
      AND r.first_released_at IS NOT DISTINCT FROM released_table.first_released_at
      AND r.reason IS NOT DISTINCT FROM released_table.reason)
);

ALTER POLICY granted ON indicators.released_table USING (
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
      AND coalesce(released_table.first_released_at, released_table.released_at)
        + make_interval(hours => 24 * g.embargo_days) <= (SELECT sharing.instant())
      AND (NOT g.reciprocal
           OR indicators.has_released((SELECT sharing.viewer()), released_table.indicator, released_table.period))
      AND (NOT released_table.cut
           OR (released_table.audience IS NOT NULL)
              <> (g.own_nationals OR (SELECT sharing.viewer() !~ '^[A-Z]{3}$')))
  )
);`;
