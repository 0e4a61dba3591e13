import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Who reads a cell through the common version of an analysis, told to its owner: which of its own parts hold it, and who is in
 * which network today, which is public (`countries { memberships }`). Whether that opens it is for `decide` to say.
 */
export class ClearedViewers1764000000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE FUNCTION indicators.my_cleared(of_indicator text, of_period text, of_dimensions text[])
  RETURNS TABLE (year integer, audience text, stands boolean, published boolean, released_at timestamptz(3))
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.year, p.audience, w.part_id IS NULL, indicators.has_step(p.year, 'PUBLISHED'),
    coalesce(t.first_released_at, t.released_at)
  FROM indicators.analysis_part p JOIN indicators.analysis_table t ON t.part_id = p.id
    LEFT JOIN indicators.analysis_withdrawal w ON w.part_id = p.id
  WHERE p.owner = sharing.reader() AND t.indicator = of_indicator AND t.period = of_period AND t.dimensions = of_dimensions
  ORDER BY p.year, p.proposed_at
$$;
CREATE FUNCTION countries.participants() RETURNS TABLE (country text, networks text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT m.country, array_agg(DISTINCT m.network) FROM countries.membership m
  WHERE m.role IN ('RELEC_PARTICIPANT', 'COLEP_PARTICIPANT')
    AND m.since <= countries.today() AND (m.until IS NULL OR m.until >= countries.today())
  GROUP BY m.country
$$;
REVOKE ALL ON FUNCTION indicators.my_cleared(text, text, text[]), countries.participants() FROM PUBLIC;
GRANT USAGE ON SCHEMA countries TO accord_sharing;
GRANT EXECUTE ON FUNCTION indicators.my_cleared(text, text, text[]), countries.participants() TO accord_sharing;`);
  }

  async down(): Promise<void> {
    throw new Error("What owners may ask about their own data is not taken back by a migration.");
  }
}
