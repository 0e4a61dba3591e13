import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Signals and the yearly analysis. Neither holds a figure of its own: a signal is computed from what its viewer is shown, and
 * only what a partner's people have done about it is kept.
 */
export class Analysis1764000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(signals);
    await runner.query(draft);
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
 * The one seam between the rooms: the indicators room may have a message drafted, as the person of this transaction and in no
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
