import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * What kind of partner somebody is, and which state it speaks for, are columns of the partner. Until now a code of three
 * letters meant a state, so that IOM could not join as an institution nor EUAA as an observer.
 *
 * Locks `sharing.partner` exclusively for a moment. Older processes go on: they read `kind` as before.
 */
export class PartnerKinds1764000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(country);
    await runner.query(functions);
    await runner.query(statistics);
  }

  async down(): Promise<void> {
    throw new Error("Partners of other codes may have joined since.");
  }
}

/**
 * A national authority always speaks for its state. An observer whose code is a state's is taken to speak for it unless the
 * row says otherwise, since own nationals are kept from a state and from nobody else.
 */
const country = `
ALTER TABLE sharing.partner DROP CONSTRAINT partner_check;
ALTER TABLE sharing.partner ADD COLUMN country text;
UPDATE sharing.partner SET country = code WHERE kind IN ('NATIONAL_AUTHORITY', 'OBSERVER');
ALTER TABLE sharing.partner
  ADD CONSTRAINT partner_country_code CHECK (country = code AND country ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT partner_country_kind CHECK (CASE kind
    WHEN 'NATIONAL_AUTHORITY' THEN country IS NOT NULL WHEN 'OBSERVER' THEN true ELSE country IS NULL END);
COMMENT ON COLUMN sharing.partner.code IS 'three to twenty capital letters; its length says nothing';
COMMENT ON COLUMN sharing.partner.country IS 'the state that the partner speaks for, ISO 3166-1 alpha-3; null = none';

CREATE FUNCTION sharing.fill_partner_country() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.country IS NULL AND (NEW.kind = 'NATIONAL_AUTHORITY'
    OR NEW.kind = 'OBSERVER' AND EXISTS (SELECT FROM countries.country c WHERE c.code = NEW.code)) THEN
    NEW.country := NEW.code;
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION sharing.fill_partner_country() FROM PUBLIC;
CREATE TRIGGER fill_country BEFORE INSERT OR UPDATE OF kind, country ON sharing.partner
  FOR EACH ROW EXECUTE FUNCTION sharing.fill_partner_country();`;

const functions = `
CREATE FUNCTION sharing.my_partner() RETURNS TABLE (kind text, country text)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.kind, p.country FROM sharing.partner p WHERE p.code = sharing.viewer()
$$;
REVOKE ALL ON FUNCTION sharing.my_partner() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sharing.my_partner()
  TO accord_alerts, accord_cooperation, accord_countries, accord_indicators, accord_sharing;

CREATE OR REPLACE FUNCTION sharing.country_partners() RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 20 SET search_path = pg_catalog, pg_temp AS $$
  SELECT code FROM sharing.partner WHERE country IS NOT NULL ORDER BY code
$$;`;

/** As in migration 15 with the estimate of migration 17, but for `whole`: own nationals are kept from a partner that speaks for a state. */
const statistics = `
CREATE OR REPLACE FUNCTION sharing.my_statistics() RETURNS TABLE (
  owners text[], indicators text[], detail text[], data_from date, data_until date, disclosure_control text,
  embargo_days integer, reciprocal boolean, whole boolean, rivals jsonb
) LANGUAGE sql STABLE SECURITY DEFINER ROWS 5 SET search_path = pg_catalog, pg_temp AS $$
  WITH mine AS MATERIALIZED (
    SELECT row_number() OVER () AS id, t.*,
      array_position(ARRAY['NONE', 'SUPPRESSION', 'CONTROLLED_ROUNDING'], t.disclosure_control) AS strictness,
      t.own_nationals OR (SELECT p.country IS NULL FROM sharing.my_partner() p) AS whole
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
$$;`;
