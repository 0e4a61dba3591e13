import type { MigrationInterface, QueryRunner } from "typeorm";

/** Countries, their dated roles in the networks, contacts and profiles. */
export class Countries1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowSecurity);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP SCHEMA countries CASCADE");
  }
}

/** Names, mail and telephone stand in a table of their own, so that row-level security can hold them apart from the post. */
const tables = `
CREATE SCHEMA countries;

CREATE TABLE countries.country (
  code text PRIMARY KEY CHECK (code ~ '^[A-Z]{3}$'),
  alpha2 text NOT NULL,
  numeric_code text,
  name text NOT NULL,
  note text,
  in_directory boolean NOT NULL
);

CREATE TABLE countries.membership (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  country text NOT NULL REFERENCES countries.country,
  network text NOT NULL,
  role text NOT NULL,
  since date NOT NULL,
  until date,
  source text NOT NULL,
  UNIQUE (country, network, role, since)
);

CREATE TABLE countries.contact (
  id uuid PRIMARY KEY,
  owner text NOT NULL REFERENCES countries.country,
  kind text NOT NULL CHECK (kind IN ('NATIONAL_CONTACT_POINT', 'FOCAL_PERSON')),
  title text NOT NULL,
  organisation text NOT NULL,
  languages text[] NOT NULL,
  valid_from date NOT NULL,
  valid_until date
);
CREATE INDEX ON countries.contact (owner, kind);

CREATE TABLE countries.contact_detail (
  contact_id uuid PRIMARY KEY REFERENCES countries.contact,
  owner text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  email text NOT NULL,
  phone text NOT NULL
);

CREATE TABLE countries.profile (
  owner text NOT NULL REFERENCES countries.country,
  version integer NOT NULL,
  published_at date NOT NULL,
  sections jsonb NOT NULL,
  tlp text NOT NULL CHECK (tlp IN ('RED', 'AMBER_STRICT', 'AMBER', 'GREEN', 'CLEAR')),
  handling text[] NOT NULL DEFAULT '{}',
  originator text NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (owner, version)
);

COMMENT ON COLUMN countries.country.in_directory IS 'has a role in a network or reports figures; the others are only named';
COMMENT ON COLUMN countries.membership.until IS 'last day, where a source gives one; null = no end known';`;

const rowSecurity = `
GRANT USAGE ON SCHEMA countries TO accord_countries;
GRANT SELECT ON ALL TABLES IN SCHEMA countries TO accord_countries;

ALTER TABLE countries.contact ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE countries.contact_detail ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE countries.profile ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY keeper ON countries.contact TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON countries.contact_detail TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON countries.profile TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY partner ON countries.contact FOR SELECT TO accord_countries USING ((SELECT sharing.reader()) IS NOT NULL);

CREATE POLICY granted ON countries.contact_detail FOR SELECT TO accord_countries USING (
  owner = (SELECT sharing.viewer())
  OR EXISTS (SELECT FROM sharing.my_grants('CONTACT_DETAILS') g
             WHERE contact_detail.owner = ANY (g.owners) AND contact_detail.kind = ANY (g.contact_kinds))
);
CREATE POLICY granted ON countries.profile FOR SELECT TO accord_countries USING (
  owner = (SELECT sharing.viewer())
  OR EXISTS (SELECT FROM sharing.my_grants('PROFILE') g WHERE profile.owner = ANY (g.owners))
);`;
