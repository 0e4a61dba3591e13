import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Who has agreed to share what with whom, and the two functions through which every other subgraph asks.
 * The subgraph's tables stay private to it: others only ever see the terms that name the viewer of this transaction.
 */
export class Sharing1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(roles);
    await runner.query(tables);
    await runner.query(functions);
    await runner.query(rowSecurity);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP SCHEMA sharing CASCADE");
  }
}

/**
 * One role a subgraph, none of them the owner of a table and none able to bypass row-level security.
 * Roles belong to the cluster, not to the database: another Accord on the same server may have made them already. Since
 * PostgreSQL 16 whoever makes a role is a member of it and still may not become it, hence the grant in every case.
 */
const roles = `
DO $$
DECLARE room text;
BEGIN
  FOREACH room IN ARRAY ARRAY['accord_countries', 'accord_indicators', 'accord_sharing'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', room);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    BEGIN
      EXECUTE format('GRANT %I TO %I', room, current_user);
    EXCEPTION WHEN insufficient_privilege THEN NULL;
    END;
  END LOOP;
END $$`;

const tables = `
CREATE SCHEMA sharing;

CREATE TABLE sharing.world (demo boolean NOT NULL);

CREATE TABLE sharing.partner (
  code text PRIMARY KEY CHECK (code ~ '^[A-Z]{3,20}$'),
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('NATIONAL_AUTHORITY', 'INSTITUTION', 'SECRETARIAT', 'OBSERVER', 'AUDITOR')),
  CHECK ((kind IN ('NATIONAL_AUTHORITY', 'OBSERVER')) = (code ~ '^[A-Z]{3}$'))
);

CREATE TABLE sharing.agreement (
  id text PRIMARY KEY,
  title text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('MULTILATERAL', 'BILATERAL')),
  status text NOT NULL CHECK (status IN ('PROPOSED', 'ACTIVE', 'SUSPENDED', 'REVOKED', 'DECLINED')),
  valid_from timestamptz(3),
  valid_until timestamptz(3),
  note text,
  CHECK (valid_from < valid_until)
);

CREATE TABLE sharing.term (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agreement_id text NOT NULL REFERENCES sharing.agreement,
  category text NOT NULL
    CHECK (category IN ('DIRECTORY', 'CONTACT_DETAILS', 'PROFILE', 'STATISTICS', 'ALERT', 'COOPERATION', 'AUDIT')),
  owners text[] NOT NULL,
  viewers text[] NOT NULL,
  indicators text[] NOT NULL DEFAULT '{}',
  detail text[] NOT NULL DEFAULT '{}',
  contact_kinds text[] NOT NULL DEFAULT '{}',
  data_from date,
  data_until date,
  disclosure_control text NOT NULL DEFAULT 'SUPPRESSION'
    CHECK (disclosure_control IN ('NONE', 'SUPPRESSION', 'CONTROLLED_ROUNDING')),
  embargo_days integer NOT NULL DEFAULT 0 CHECK (embargo_days BETWEEN 0 AND 3650),
  reciprocal boolean NOT NULL DEFAULT false,
  own_nationals boolean NOT NULL DEFAULT false
);
CREATE INDEX ON sharing.term (agreement_id);

COMMENT ON TABLE sharing.world IS 'one row where the demo world was loaded: a production start refuses such a database';
COMMENT ON COLUMN sharing.partner.code IS 'three letters = a country (ISO 3166-1 alpha-3); anything longer is not one';
COMMENT ON COLUMN sharing.agreement.valid_from IS 'in milliseconds, as every instant that a rule compares: a JavaScript Date holds no finer one';
COMMENT ON COLUMN sharing.agreement.valid_until IS 'first instant at which it no longer holds (half-open)';
COMMENT ON COLUMN sharing.term.viewers IS 'partner codes; * names every partner';
COMMENT ON COLUMN sharing.term.detail IS 'breakdown dimensions that may be seen together; empty = totals only';
COMMENT ON COLUMN sharing.term.data_until IS 'first day of data no longer covered (half-open)';`;

/**
 * SECURITY DEFINER with a fixed search_path: a caller that could put its own "term" in front would grant itself anything.
 * reader() is the viewer, if it is a partner that may read at all: an unknown partner and the log's auditor read nothing.
 * instant() is the exchange's one clock, in the milliseconds a JavaScript Date can hold, so that the policy function
 * and the database never disagree about a boundary.
 */
const functions = `
CREATE FUNCTION sharing.instant() RETURNS timestamptz LANGUAGE sql STABLE
  AS $$ SELECT date_trunc('milliseconds', now()) $$;

CREATE FUNCTION sharing.viewer() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('accord.viewer', true), '') $$;

CREATE FUNCTION sharing.reader() RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT code FROM sharing.partner WHERE code = sharing.viewer() AND kind <> 'AUDITOR'
$$;

CREATE FUNCTION sharing.my_terms() RETURNS TABLE (
  agreement_id text, title text, status text, valid_from timestamptz(3), valid_until timestamptz(3), category text,
  owners text[], indicators text[], detail text[], contact_kinds text[], data_from date, data_until date,
  disclosure_control text, embargo_days integer, reciprocal boolean, own_nationals boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.id, a.title, a.status, a.valid_from, a.valid_until, t.category, t.owners, t.indicators, t.detail,
         t.contact_kinds, t.data_from, t.data_until, t.disclosure_control, t.embargo_days, t.reciprocal, t.own_nationals
  FROM sharing.term t JOIN sharing.agreement a ON a.id = t.agreement_id
  WHERE (SELECT sharing.reader()) IS NOT NULL
    AND (sharing.viewer() = ANY (t.viewers) OR '*' = ANY (t.viewers))
  ORDER BY a.id, t.id
$$;

CREATE FUNCTION sharing.my_grants(of_category text) RETURNS TABLE (
  owners text[], indicators text[], detail text[], contact_kinds text[], data_from date, data_until date,
  disclosure_control text, embargo_days integer, reciprocal boolean, own_nationals boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT t.owners, t.indicators, t.detail, t.contact_kinds, t.data_from, t.data_until,
         t.disclosure_control, t.embargo_days, t.reciprocal, t.own_nationals
  FROM sharing.term t JOIN sharing.agreement a ON a.id = t.agreement_id
  WHERE t.category = of_category
    AND (SELECT sharing.reader()) IS NOT NULL
    AND (sharing.viewer() = ANY (t.viewers) OR '*' = ANY (t.viewers))
    AND a.status = 'ACTIVE'
    AND a.valid_from <= sharing.instant()
    AND (a.valid_until IS NULL OR a.valid_until > sharing.instant())
$$;

CREATE FUNCTION sharing.holds_demo() RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM sharing.world WHERE demo)
$$;

CREATE FUNCTION sharing.country_partners() RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT code FROM sharing.partner WHERE kind IN ('NATIONAL_AUTHORITY', 'OBSERVER') ORDER BY code
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sharing FROM PUBLIC;
GRANT USAGE ON SCHEMA sharing TO accord_countries, accord_indicators, accord_sharing;
GRANT EXECUTE ON FUNCTION sharing.instant(), sharing.viewer(), sharing.reader(), sharing.my_terms(), sharing.my_grants(text),
  sharing.holds_demo() TO accord_countries, accord_indicators, accord_sharing;`;

/** An agreement is visible to its parties (owners and viewers) and does not exist for anyone else. */
const rowSecurity = `
GRANT SELECT ON sharing.partner, sharing.agreement, sharing.term TO accord_sharing;

ALTER TABLE sharing.agreement ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE sharing.term ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY keeper ON sharing.agreement TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON sharing.term TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY party ON sharing.term FOR SELECT TO accord_sharing USING (
  (SELECT sharing.reader()) IS NOT NULL
  AND ((SELECT sharing.viewer()) = ANY (owners) OR (SELECT sharing.viewer()) = ANY (viewers) OR '*' = ANY (viewers))
);
CREATE POLICY party ON sharing.agreement FOR SELECT TO accord_sharing USING (
  id = ANY (ARRAY(SELECT t.agreement_id FROM sharing.term t))
);`;
