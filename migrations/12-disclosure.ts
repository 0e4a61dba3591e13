import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * A release is read beside what is out of the same persons: earlier versions, the year of a quarter, the quarters of a year.
 * Which cells each audience sees of them is no business of a subgraph that answers queries, so a function hands it to whoever
 * releases, of its own country alone.
 */
export class Disclosure1764000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(linkedReports);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP FUNCTION indicators.linked_reports(text, text)");
  }
}

const linkedReports = `
CREATE FUNCTION indicators.linked_reports(of_indicator text, of_year text)
  RETURNS TABLE (period text, version integer, figures json, tables json)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF sharing.reader() IS NULL OR NOT sharing.has_role('APPROVER') THEN
    RAISE EXCEPTION 'only a release reads what is out' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY SELECT r.period, r.version,
    (SELECT json_agg(json_build_object('dimensions', f.dimensions, 'key', f.key, 'value', f.value, 'status', f.obs_status)
      ORDER BY f.dimensions, f.key) FROM indicators.figure f WHERE f.report_id = r.id),
    (SELECT json_agg(json_build_object('dimensions', t.dimensions, 'control', t.control, 'audience', t.audience,
      'keys', t.keys, 'values', t.values) ORDER BY t.id)
      FROM indicators.released_table t WHERE t.report_id = r.id AND (t.audience IS NULL OR t.control = 'NONE'))
  FROM indicators.report r
  WHERE r.owner = sharing.reader() AND r.indicator = of_indicator AND left(r.period, 4) = of_year
  ORDER BY r.period, r.version;
END $$;
REVOKE ALL ON FUNCTION indicators.linked_reports(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION indicators.linked_reports(text, text) TO accord_indicators;`;
