import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Signals and the yearly analysis. A signal is computed from what its viewer is shown, and only what a partner's people have
 * done about it is kept. Of an analysis the steps of its making are kept, and the tables that owners have cleared for it, as
 * they stood then.
 */
export class Analysis1764000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(signals);
    await runner.query(draft);
    await runner.query(catalogue);
    await runner.query(analysis);
    await runner.query(analysisFunctions);
    await runner.query(analysisGuards);
    await runner.query(analysisSecurity);
  }

  async down(): Promise<void> {
    throw new Error("What people have made of signals and analyses is not undone by a migration.");
  }
}

/** What one partner's people have done about what they were shown; nobody else's business, the figures' owner's included. */
const signals = `
CREATE TABLE indicators.signal_act (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner text NOT NULL REFERENCES sharing.partner,
  signal text NOT NULL CHECK (signal ~ '^[A-Z]{2,10}-[0-9]{4}-Q[1-4]-[A-Z]{3}-[A-Z_]{2,5}-[0-9]{1,6}$'),
  act text NOT NULL CHECK (act IN ('REVIEW', 'DISMISS', 'PROMOTE')),
  reason text CHECK (length(reason) BETWEEN 1 AND 2000),
  alert text UNIQUE,
  actor text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  CHECK ((act = 'DISMISS') = (reason IS NOT NULL)),
  CHECK ((act = 'PROMOTE') = (alert IS NOT NULL))
);
CREATE INDEX ON indicators.signal_act (owner, signal, id DESC);

COMMENT ON COLUMN indicators.signal_act.owner IS 'the partner whose people acted, which need not be the owner of the series';
COMMENT ON COLUMN indicators.signal_act.signal IS 'indicator, quarter, reporter, citizenship and the version of the report: never a figure';
COMMENT ON COLUMN indicators.signal_act.alert IS 'the message that was drafted of it, in the same transaction';

CREATE FUNCTION indicators.guard_signal_act() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM indicators.signal_act a WHERE a.owner = NEW.owner AND a.signal = NEW.signal AND a.act = 'PROMOTE') THEN
    RAISE EXCEPTION 'a signal is promoted once, and then it is the message that counts' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.act = 'PROMOTE' AND NOT EXISTS (SELECT FROM alerts.alert m WHERE m.identifier = NEW.alert AND m.owner = NEW.owner
      AND m.author = NEW.actor AND m.drafted_at = sharing.instant()) THEN
    RAISE EXCEPTION 'what is promoted is drafted by the same person at the same time' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON indicators.signal_act FOR EACH ROW EXECUTE FUNCTION indicators.guard_signal_act();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON indicators.signal_act
  FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
REVOKE ALL ON FUNCTION indicators.guard_signal_act() FROM PUBLIC;

ALTER TABLE indicators.signal_act ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON indicators.signal_act TO CURRENT_USER USING (true) WITH CHECK (true);
GRANT SELECT ON indicators.signal_act TO accord_indicators;
GRANT INSERT (owner, signal, act, reason, alert, actor) ON indicators.signal_act TO accord_indicators;
CREATE POLICY own ON indicators.signal_act FOR SELECT TO accord_indicators USING (owner = (SELECT sharing.reader()));
CREATE POLICY officer ON indicators.signal_act FOR INSERT TO accord_indicators WITH CHECK (
  owner = (SELECT sharing.reader()) AND actor = (SELECT sharing.actor()) AND (SELECT sharing.has_role('OFFICER')));`;

/**
 * The one seam between the subgraphs: the indicators subgraph may have a message drafted, as the person of this transaction and in no
 * other name, and can neither write its text nor let it out. The text is made here of codes, so that nothing personal and no
 * figure gets in; the figures are cited, and each reader is shown those that are open to it. A second person confirms it,
 * under every guard of migration 8. Whoever promotes another's figures addresses their owner alone: being shown a
 * figure is not being allowed to tell it on.
 */
const draft = `
CREATE FUNCTION alerts.draft_of_signal(of_kind text, of_indicator text, of_period text, of_reporter text, of_citizenship text,
  to_partners text[], until timestamptz, as_tlp text, as_handling text[]) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  random text := replace(gen_random_uuid()::text, '-', '');
  digits text := lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || substr(random, 14);
  new_identifier text := regexp_replace(digits, '^(.{8})(.{4})(.{4})(.{4})(.{12})$', '\\1-\\2-\\3-\\4-\\5');
  what text;
BEGIN
  IF sharing.reader() IS NULL OR NOT sharing.has_role('OFFICER') THEN
    RAISE EXCEPTION 'an officer promotes a signal' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF cardinality(to_partners) = 0 OR as_tlp = 'RED' OR sharing.reader() = ANY (to_partners)
    OR (of_reporter <> sharing.reader() AND to_partners <> ARRAY[of_reporter]) THEN
    RAISE EXCEPTION 'figures of another are told to their owner alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF indicators.protects_citizens(of_indicator) AND of_citizenship = ANY (to_partners) THEN
    RAISE EXCEPTION 'a country of origin is not told of its nationals' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT i.name || ', ' || r.name || coalesce(', citizenship: ' || c.name, '') || ', ' || of_period INTO STRICT what
  FROM indicators.indicator i JOIN indicators.area r ON r.code = of_reporter LEFT JOIN indicators.area c ON c.code = of_citizenship
  WHERE i.code = of_indicator AND of_period ~ '^[0-9]{4}-Q[1-4]$' ORDER BY i.version DESC LIMIT 1;
  INSERT INTO alerts.alert (identifier, owner, author, author_approver, status, msg_type, scope, info, expires, tlp, handling,
    handling_note, figures)
  VALUES (new_identifier, sharing.reader(), sharing.actor(), sharing.has_role('APPROVER'), 'Actual', 'Alert', 'Private',
    jsonb_build_array(jsonb_build_object('language', 'en-US', 'category', jsonb_build_array('Security'),
      'event', 'Signal in statistics', 'responseType', jsonb_build_array('Assess'),
      'urgency', 'Unknown', 'severity', 'Unknown', 'certainty', 'Possible',
      'eventCode', jsonb_build_array(jsonb_build_object('valueName', 'accord:event', 'value', 'SURGE')),
      'expires', to_char(until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'headline', CASE of_kind WHEN 'RISE' THEN 'Higher than earlier years: ' ELSE 'Fewer than any earlier year: ' END || what,
      'description', 'Drafted from a signal by a person. The figures are cited: each reader is shown those that are open to it. '
        || 'Counts follow the effort of detection too, so this says where to look, and no more.',
      'parameter', '[]'::jsonb, 'resource', '[]'::jsonb,
      'area', jsonb_build_array(jsonb_build_object('areaDesc', (SELECT name FROM indicators.area WHERE code = of_reporter),
        'polygon', '[]'::jsonb, 'circle', '[]'::jsonb,
        'geocode', jsonb_build_array(jsonb_build_object('valueName', 'ISO3166-1', 'value', of_reporter)))))),
    date_trunc('second', until), as_tlp, as_handling,
    CASE WHEN 'H3' = ANY (as_handling) THEN 'As the agreement restricts under which the figures are shown.' END,
    jsonb_build_array(concat_ws('/', of_indicator, (left(of_period, 4)::integer - 5) || substr(of_period, 5), of_period, of_reporter,
      of_citizenship)));
  INSERT INTO alerts.audience (identifier, owner, addresses)
  SELECT new_identifier, sharing.reader(), jsonb_agg(DISTINCT jsonb_build_object('partner', p)) FROM unnest(to_partners) AS p;
  RETURN new_identifier;
END $$;
REVOKE ALL ON FUNCTION alerts.draft_of_signal(text, text, text, text, text, text[], timestamptz, text, text[]) FROM PUBLIC;
GRANT USAGE ON SCHEMA alerts TO accord_indicators;
GRANT EXECUTE ON FUNCTION alerts.draft_of_signal(text, text, text, text, text, text[], timestamptz, text, text[]),
  alerts.unknown_addresses(jsonb) TO accord_indicators;`;

/** What neighbours report of one border section can be held side by side only where both say in which direction. */
const catalogue = `
INSERT INTO indicators.indicator (code, version, name, definition, unit, counts_nationals_of, protects_citizens, dimensions, cubes,
  fran_code, caveat, source, in_default_set, valid_from, position)
SELECT code, version + 1, name, definition, unit, counts_nationals_of, protects_citizens, dimensions,
  cubes || '[{"id": "IBC_BORDER_SECTION_DIRECTION", "dimensions": ["BORDER_SECTION", "DIRECTION"], "unit": "DETECTIONS"}]',
  fran_code, caveat, source, in_default_set, date '2026-11-24', position
FROM indicators.indicator WHERE code = 'IBC' ORDER BY version DESC LIMIT 1;`;

const analysis = `
CREATE TABLE indicators.analysis_step (
  year integer NOT NULL CHECK (year BETWEEN 1950 AND 2100),
  step text NOT NULL CHECK (step IN ('CONVENED', 'OPENED', 'CLOSED', 'PUBLISHED')),
  actor text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  PRIMARY KEY (year, step)
);

CREATE TABLE indicators.analysis_narrative (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  year integer NOT NULL,
  section text NOT NULL CHECK (section IN ('SUMMARY', 'INDICATORS', 'BORDERS', 'MIRROR', 'QUALITY', 'METHOD')),
  body text NOT NULL CHECK (length(body) BETWEEN 1 AND 10000),
  actor text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant()
);
CREATE INDEX ON indicators.analysis_narrative (year, section, id DESC);

CREATE TABLE indicators.analysis_comment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  year integer NOT NULL,
  owner text NOT NULL REFERENCES sharing.partner,
  section text NOT NULL CHECK (section IN ('SUMMARY', 'INDICATORS', 'BORDERS', 'MIRROR', 'QUALITY', 'METHOD')),
  body text NOT NULL CHECK (length(body) BETWEEN 1 AND 5000),
  actor text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant()
);
CREATE INDEX ON indicators.analysis_comment (year, owner);

CREATE TABLE indicators.analysis_part (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  year integer NOT NULL,
  owner text NOT NULL REFERENCES sharing.partner,
  indicators text[] NOT NULL CHECK (cardinality(indicators) > 0),
  audience text NOT NULL CHECK (audience IN ('PARTNERS', 'COLEP', 'RELEC')),
  tlp text NOT NULL CHECK (tlp IN ('AMBER_STRICT', 'AMBER', 'GREEN', 'CLEAR')),
  proposed_by text NOT NULL,
  proposed_at timestamptz(3) NOT NULL DEFAULT sharing.instant()
);
CREATE INDEX ON indicators.analysis_part (year, owner, proposed_at DESC);

CREATE TABLE indicators.analysis_clearance (
  part_id uuid PRIMARY KEY REFERENCES indicators.analysis_part,
  owner text NOT NULL,
  actor text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant()
);

CREATE TABLE indicators.analysis_withdrawal (
  part_id uuid PRIMARY KEY REFERENCES indicators.analysis_part,
  owner text NOT NULL,
  actor text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant()
);

CREATE TABLE indicators.analysis_table (
  part_id uuid NOT NULL REFERENCES indicators.analysis_part,
  owner text NOT NULL,
  indicator text NOT NULL,
  period text NOT NULL,
  period_start date NOT NULL,
  period_end date NOT NULL,
  dimensions text[] NOT NULL,
  version integer NOT NULL,
  released_at timestamptz(3) NOT NULL,
  first_released_at timestamptz(3),
  keys text[] NOT NULL,
  values integer[] NOT NULL,
  statuses text[] NOT NULL,
  sources text[] NOT NULL,
  PRIMARY KEY (part_id, indicator, period, dimensions)
);

COMMENT ON TABLE indicators.analysis_step IS 'what the desk has done, in this order; that an analysis is being made is known to every partner';
COMMENT ON TABLE indicators.analysis_narrative IS 'the desk''s text; the newest of a section counts';
COMMENT ON TABLE indicators.analysis_comment IS 'a country''s remarks, between it and the desk for good';
COMMENT ON TABLE indicators.analysis_part IS 'what a country lets stand in the common version of a year, and who reads it there';
COMMENT ON TABLE indicators.analysis_withdrawal IS 'closes a part at once, published or not; takes one approver, as all that closes';
COMMENT ON TABLE indicators.analysis_table IS
  'the tables of a cleared part as they stood at that moment, under suppression; never a breakdown by citizenship of what protects citizens, since one text cannot be cut for each of its readers';`;

/** countries.my_networks() is who the reader is at this moment; open_parts() is the rule itself, for row-level security. */
const analysisFunctions = `
CREATE FUNCTION indicators.is_desk() RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT sharing.has_role('DESK')
    AND EXISTS (SELECT FROM sharing.partner p WHERE p.code = sharing.reader() AND p.kind = 'SECRETARIAT')
$$;

CREATE FUNCTION indicators.reporting_countries() RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT code FROM sharing.partner WHERE kind = 'NATIONAL_AUTHORITY' ORDER BY code
$$;

CREATE FUNCTION indicators.has_step(of_year integer, of_step text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM indicators.analysis_step s WHERE s.year = of_year AND s.step = of_step)
$$;

CREATE FUNCTION indicators.open_parts() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.id FROM indicators.analysis_part p
    JOIN indicators.analysis_clearance c ON c.part_id = p.id
    JOIN indicators.analysis_step s ON s.year = p.year AND s.step = 'PUBLISHED'
    LEFT JOIN indicators.analysis_withdrawal w ON w.part_id = p.id
  WHERE w.part_id IS NULL AND sharing.reader() IS NOT NULL
    AND (p.audience = 'PARTNERS' OR p.audience = ANY (ARRAY(SELECT countries.my_networks())))
$$;

REVOKE ALL ON FUNCTION indicators.is_desk(), indicators.reporting_countries(),
  indicators.has_step(integer, text), indicators.open_parts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION indicators.is_desk(), indicators.reporting_countries(),
  indicators.has_step(integer, text), indicators.open_parts() TO accord_indicators;
GRANT USAGE ON SCHEMA countries TO accord_indicators;
GRANT EXECUTE ON FUNCTION countries.my_networks() TO accord_indicators;`;

/** Held by the database: the order of the steps, two people of the owner, and that what is frozen is what was released. */
const analysisGuards = `
CREATE FUNCTION indicators.guard_step() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE steps text[] := ARRAY['CONVENED', 'OPENED', 'CLOSED', 'PUBLISHED'];
BEGIN
  IF (SELECT count(*) FROM indicators.analysis_step s WHERE s.year = NEW.year) <> array_position(steps, NEW.step) - 1 THEN
    RAISE EXCEPTION 'an analysis is convened, opened, closed and published, in this order' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON indicators.analysis_step FOR EACH ROW EXECUTE FUNCTION indicators.guard_step();

CREATE FUNCTION indicators.guard_text() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT indicators.has_step(NEW.year, TG_ARGV[0]) OR indicators.has_step(NEW.year, TG_ARGV[1]) THEN
    RAISE EXCEPTION 'the analysis of this year does not take it now' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON indicators.analysis_narrative FOR EACH ROW
  EXECUTE FUNCTION indicators.guard_text('CONVENED', 'PUBLISHED');
CREATE TRIGGER guard BEFORE INSERT ON indicators.analysis_comment FOR EACH ROW
  EXECUTE FUNCTION indicators.guard_text('OPENED', 'CLOSED');
CREATE TRIGGER guard BEFORE INSERT ON indicators.analysis_part FOR EACH ROW
  EXECUTE FUNCTION indicators.guard_text('OPENED', 'CLOSED');

CREATE FUNCTION indicators.guard_clearance() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE part indicators.analysis_part;
BEGIN
  SELECT * INTO STRICT part FROM indicators.analysis_part WHERE id = NEW.part_id FOR UPDATE;
  IF part.owner <> NEW.owner OR part.proposed_by = NEW.actor THEN
    RAISE EXCEPTION 'clearing takes a second person of the owner' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT indicators.has_step(part.year, 'OPENED') OR indicators.has_step(part.year, 'CLOSED') THEN
    RAISE EXCEPTION 'the analysis of this year does not take it now' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM indicators.analysis_withdrawal w WHERE w.part_id = part.id)
    OR EXISTS (SELECT FROM indicators.analysis_clearance c JOIN indicators.analysis_part p ON p.id = c.part_id
      LEFT JOIN indicators.analysis_withdrawal w ON w.part_id = p.id
      WHERE p.year = part.year AND p.owner = part.owner AND w.part_id IS NULL) THEN
    RAISE EXCEPTION 'one part of an owner stands at a time' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON indicators.analysis_clearance FOR EACH ROW EXECUTE FUNCTION indicators.guard_clearance();

CREATE FUNCTION indicators.freeze_part() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO indicators.analysis_table (part_id, owner, indicator, period, period_start, period_end, dimensions, version,
    released_at, first_released_at, keys, values, statuses, sources)
  SELECT p.id, t.owner, t.indicator, t.period, t.period_start, t.period_end, t.dimensions, t.version, t.released_at,
    t.first_released_at, t.keys, t.values, t.statuses, t.sources
  FROM indicators.analysis_part p
    JOIN indicators.released_table t ON t.owner = p.owner AND t.indicator = ANY (p.indicators)
      AND t.period_start >= make_date(p.year - 1, 1, 1) AND t.period_end <= make_date(p.year + 1, 1, 1)
  WHERE p.id = NEW.part_id AND t.control = 'SUPPRESSION' AND t.audience IS NULL AND t.superseded_at IS NULL
    AND t.released_at <= sharing.instant()
    AND (t.breakdown IN ('', 'BORDER_SECTION,DIRECTION')
      OR (t.breakdown = 'CITIZENSHIP' AND NOT indicators.protects_citizens(t.indicator)));
  RETURN NULL;
END $$;
CREATE TRIGGER freeze_tables AFTER INSERT ON indicators.analysis_clearance FOR EACH ROW EXECUTE FUNCTION indicators.freeze_part();

REVOKE ALL ON FUNCTION indicators.guard_step(), indicators.guard_text(), indicators.guard_clearance(),
  indicators.freeze_part() FROM PUBLIC;
${[
  "analysis_step",
  "analysis_narrative",
  "analysis_comment",
  "analysis_part",
  "analysis_clearance",
  "analysis_withdrawal",
  "analysis_table",
]
  .map(
    (name) => `
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON indicators.${name}
  FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
ALTER TABLE indicators.${name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON indicators.${name} TO CURRENT_USER USING (true) WITH CHECK (true);
GRANT SELECT ON indicators.${name} TO accord_indicators;`,
  )
  .join("")}`;

/**
 * The desk convenes, writes the narrative and is told who has cleared; it is shown no figure by that. A part is its owner's
 * until it is published, and then its audience's, until the owner takes it back.
 */
const analysisSecurity = `
GRANT INSERT (year, step, actor) ON indicators.analysis_step TO accord_indicators;
GRANT INSERT (year, section, body, actor) ON indicators.analysis_narrative TO accord_indicators;
GRANT INSERT (year, owner, section, body, actor) ON indicators.analysis_comment TO accord_indicators;
GRANT INSERT (year, owner, indicators, audience, tlp, proposed_by) ON indicators.analysis_part TO accord_indicators;
GRANT INSERT (part_id, owner, actor) ON indicators.analysis_clearance, indicators.analysis_withdrawal TO accord_indicators;

CREATE POLICY partners ON indicators.analysis_step FOR SELECT TO accord_indicators USING ((SELECT sharing.reader()) IS NOT NULL);
CREATE POLICY desk ON indicators.analysis_step FOR INSERT TO accord_indicators
  WITH CHECK ((SELECT indicators.is_desk()) AND actor = (SELECT sharing.actor()));

CREATE POLICY desk ON indicators.analysis_narrative FOR SELECT TO accord_indicators USING ((SELECT indicators.is_desk()));
CREATE POLICY countries ON indicators.analysis_narrative FOR SELECT TO accord_indicators USING (
  (SELECT sharing.reader()) = ANY (ARRAY(SELECT indicators.reporting_countries())) AND indicators.has_step(year, 'OPENED'));
CREATE POLICY published ON indicators.analysis_narrative FOR SELECT TO accord_indicators USING (
  (SELECT sharing.reader()) IS NOT NULL AND indicators.has_step(year, 'PUBLISHED'));
CREATE POLICY writes ON indicators.analysis_narrative FOR INSERT TO accord_indicators
  WITH CHECK ((SELECT indicators.is_desk()) AND actor = (SELECT sharing.actor()));

CREATE POLICY own ON indicators.analysis_comment FOR SELECT TO accord_indicators USING (owner = (SELECT sharing.reader()));
CREATE POLICY desk ON indicators.analysis_comment FOR SELECT TO accord_indicators USING ((SELECT indicators.is_desk()));
CREATE POLICY comments ON indicators.analysis_comment FOR INSERT TO accord_indicators WITH CHECK (
  owner = (SELECT sharing.reader()) AND actor = (SELECT sharing.actor())
  AND owner = ANY (ARRAY(SELECT indicators.reporting_countries()))
  AND ((SELECT sharing.has_role('OFFICER')) OR (SELECT sharing.has_role('APPROVER'))));

CREATE POLICY own ON indicators.analysis_part FOR SELECT TO accord_indicators USING (owner = (SELECT sharing.reader()));
CREATE POLICY desk ON indicators.analysis_part FOR SELECT TO accord_indicators USING ((SELECT indicators.is_desk()));
CREATE POLICY opened ON indicators.analysis_part FOR SELECT TO accord_indicators
  USING (id = ANY (ARRAY(SELECT indicators.open_parts())));
CREATE POLICY proposes ON indicators.analysis_part FOR INSERT TO accord_indicators WITH CHECK (
  owner = (SELECT sharing.reader()) AND proposed_by = (SELECT sharing.actor())
  AND owner = ANY (ARRAY(SELECT indicators.reporting_countries()))
  AND ((SELECT sharing.has_role('OFFICER')) OR (SELECT sharing.has_role('APPROVER'))));

CREATE POLICY own ON indicators.analysis_clearance FOR SELECT TO accord_indicators USING (owner = (SELECT sharing.reader()));
CREATE POLICY desk ON indicators.analysis_clearance FOR SELECT TO accord_indicators USING ((SELECT indicators.is_desk()));
CREATE POLICY opened ON indicators.analysis_clearance FOR SELECT TO accord_indicators
  USING (part_id = ANY (ARRAY(SELECT indicators.open_parts())));
CREATE POLICY clears ON indicators.analysis_clearance FOR INSERT TO accord_indicators WITH CHECK (
  owner = (SELECT sharing.reader()) AND actor = (SELECT sharing.actor()) AND (SELECT sharing.has_role('APPROVER')));

CREATE POLICY own ON indicators.analysis_withdrawal FOR SELECT TO accord_indicators USING (owner = (SELECT sharing.reader()));
CREATE POLICY desk ON indicators.analysis_withdrawal FOR SELECT TO accord_indicators USING ((SELECT indicators.is_desk()));
CREATE POLICY withdraws ON indicators.analysis_withdrawal FOR INSERT TO accord_indicators WITH CHECK (
  owner = (SELECT sharing.reader()) AND actor = (SELECT sharing.actor()) AND (SELECT sharing.has_role('APPROVER'))
  AND EXISTS (SELECT FROM indicators.analysis_part p WHERE p.id = part_id AND p.owner = analysis_withdrawal.owner));

CREATE POLICY own ON indicators.analysis_table FOR SELECT TO accord_indicators USING (owner = (SELECT sharing.reader()));
CREATE POLICY opened ON indicators.analysis_table FOR SELECT TO accord_indicators
  USING (part_id = ANY (ARRAY(SELECT indicators.open_parts())));`;
