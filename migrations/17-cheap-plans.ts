import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * What the planner is told about the functions of row-level security, so that its costs are near the truth. Without it
 * every function is taken for one of 1,000 rows: reading two countries came out at 5 million, and PostgreSQL with JIT compiled
 * for seconds what runs in milliseconds. The meaning of the policies stays the same.
 *
 * Locks: `indicators.released_table` exclusively, for the moment in which one policy is replaced.
 */
export class CheapPlans1764000000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(estimates);
    await runner.query(functions);
    await runner.query(security);
    await runner.query(settings);
  }

  async down(): Promise<void> {
    throw new Error("Estimates are corrected by a later migration, not taken back.");
  }
}

/** A viewer has a handful of terms, groups and networks; there are some dozens of partners and areas. */
const ESTIMATES: readonly (readonly [rows: number, functions: readonly string[]])[] = [
  [
    5,
    [
      "sharing.my_statistics()",
      "sharing.my_other_forms()",
      "sharing.my_grants(text)",
      "sharing.my_groups()",
      "sharing.groups_of(text)",
      "sharing.convened_by_me()",
      "countries.my_networks()",
      "alerts.members_of(text, jsonb)",
      "alerts.unknown_addresses(jsonb)",
      "alerts.given(text)",
      "alerts.recipients(text)",
    ],
  ],
  [
    20,
    [
      "sharing.terms_for(text)",
      "sharing.my_terms()",
      "sharing.country_partners()",
      "alerts.agreed_owners()",
      "indicators.reporting_countries()",
      "indicators.open_parts()",
      "indicators.catalogue()",
      "cooperation.partner_names(text[])",
    ],
  ],
];

const estimates = ESTIMATES.flatMap(([rows, functions]) =>
  functions.map((name) => `ALTER FUNCTION ${name} ROWS ${rows};`),
).join("\n");

/**
 * What the predicate of a statement hands over, read by functions that say how many rows to expect: of
 * `jsonb_to_recordset` the planner expects 100 and cannot be told otherwise. They are
 * not in SQL, which would be inlined, and lose the estimate, or be called at twice the time.
 */
const functions = `
CREATE FUNCTION sharing.rivals_in(rivals jsonb) RETURNS TABLE (
  owners text[], indicators text[], milder_from date, milder_until date, stricter_from date, stricter_until date, always boolean
) LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10 ROWS 2 AS $$
BEGIN
  RETURN QUERY SELECT * FROM pg_catalog.jsonb_to_recordset(rivals) AS r (owners text[], indicators text[], milder_from date,
    milder_until date, stricter_from date, stricter_until date, always boolean);
END $$;
CREATE FUNCTION sharing.grants_in(grants jsonb) RETURNS TABLE (
  owners text[], indicators text[], detail text[], data_from date, data_until date, control text, embargo_days integer,
  reciprocal boolean, whole boolean, rivals jsonb
) LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10 ROWS 5 AS $$
BEGIN
  RETURN QUERY SELECT * FROM pg_catalog.jsonb_to_recordset(grants) AS g (owners text[], indicators text[], detail text[],
    data_from date, data_until date, control text, embargo_days integer, reciprocal boolean, whole boolean, rivals jsonb);
END $$;
REVOKE ALL ON FUNCTION sharing.rivals_in(jsonb), sharing.grants_in(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sharing.rivals_in(jsonb), sharing.grants_in(jsonb) TO accord_indicators, accord_sharing;`;

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
        SELECT FROM sharing.rivals_in(g.rivals) AS r, date_trunc('year', released_table.period_start::timestamp) AS y
        WHERE released_table.owner = ANY (r.owners) AND released_table.indicator = ANY (r.indicators)
          AND greatest(y, r.milder_from, r.stricter_from) < least(y + interval '1 year', r.milder_until, r.stricter_until)
          AND (r.always OR r.milder_from > greatest(y, r.stricter_from)
            OR r.milder_until < least(y + interval '1 year', r.stricter_until))))
  )
);`;

/**
 * Roles belong to the whole cluster, and another database's migration may be writing the same row: then it is tried again.
 * A login that may not alter them is told; the subgraphs ask for \`jit = off\` themselves when they connect directly.
 */
const settings = `
DO $$
DECLARE room text;
BEGIN
  FOREACH room IN ARRAY ARRAY['countries', 'indicators', 'sharing', 'alerts', 'cooperation', 'sealer'] LOOP
    FOR attempt IN 1..20 LOOP
      EXIT WHEN EXISTS (SELECT FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole
        WHERE s.setdatabase = 0 AND r.rolname = 'accord_' || room AND 'jit=off' = ANY (s.setconfig));
      BEGIN
        EXECUTE format('ALTER ROLE %I SET jit = off', 'accord_' || room);
      EXCEPTION
        WHEN insufficient_privilege THEN
          RAISE WARNING 'accord_% could not be given jit = off; a superuser runs: ALTER ROLE accord_% SET jit = off', room, room;
          EXIT;
        WHEN internal_error OR unique_violation THEN PERFORM pg_sleep(0.05);
      END;
    END LOOP;
  END LOOP;
END $$`;
