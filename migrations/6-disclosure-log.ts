import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Who was shown whose data. Subgraphs append and can do nothing else; the sealer builds each owner's Merkle tree and signs
 * its heads; an owner's approver reads what concerns the owner. See shared/audit/README.md.
 */
export class DisclosureLog1764000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(role);
    await runner.query(tables);
    await runner.query(rights);
  }

  async down(): Promise<void> {
    throw new Error("A log that nobody can bend is not dropped by a migration.");
  }
}

const role = `
DO $$
BEGIN
  BEGIN
    CREATE ROLE accord_sealer NOLOGIN NOSUPERUSER NOBYPASSRLS;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  BEGIN
    EXECUTE format('GRANT accord_sealer TO %I', current_user);
  EXCEPTION WHEN insufficient_privilege THEN NULL;
  END;
END $$`;

const tables = `
CREATE SCHEMA audit;

CREATE TABLE audit.entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz(3) NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
  txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  request_id text NOT NULL,
  viewer text NOT NULL,
  actor text NOT NULL,
  owner text NOT NULL,
  category text NOT NULL,
  operation text NOT NULL
    CHECK (operation IN ('COLLECTION', 'ALTERATION', 'CONSULTATION', 'DISCLOSURE', 'COMBINATION', 'ERASURE')),
  indicators text[] NOT NULL DEFAULT '{}',
  periods text[] NOT NULL DEFAULT '{}',
  detail text[] NOT NULL DEFAULT '{}',
  cells integer NOT NULL CHECK (cells >= 0),
  channel text NOT NULL CHECK (channel IN ('GRAPHQL', 'EXPORT', 'STREAM', 'FEED', 'WEBHOOK', 'DOCUMENT')),
  purpose text,
  agreement_id text,
  agreement_version integer,
  outcome text NOT NULL CHECK (outcome IN ('GIVEN', 'DENIED')),
  reason text NOT NULL
);
CREATE INDEX ON audit.entry (owner, id);
CREATE INDEX ON audit.entry (txid, id);

CREATE TABLE audit.leaf (
  owner text NOT NULL,
  index bigint NOT NULL CHECK (index >= 0),
  entry_id bigint NOT NULL UNIQUE,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (owner, index)
);

CREATE TABLE audit.head (
  owner text NOT NULL,
  size bigint NOT NULL CHECK (size > 0),
  root text NOT NULL,
  at timestamptz(3) NOT NULL,
  key_id text NOT NULL,
  signature text NOT NULL,
  frontier text[] NOT NULL,
  PRIMARY KEY (owner, size)
);

CREATE TABLE audit.seal (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  before xid8 NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE audit.key (
  key_id text PRIMARY KEY,
  public_key text NOT NULL,
  since timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON TABLE audit.entry IS 'one for each answer, owner, agreement and outcome; committed before the answer is sent';
COMMENT ON COLUMN audit.entry.txid IS 'entries are sealed in the order of (txid, id), once no older transaction can still write';
COMMENT ON COLUMN audit.entry.cells IS 'how many values left; 0 where denied';
COMMENT ON COLUMN audit.entry.reason IS 'the condition that decided, as explainAccess names it';
COMMENT ON TABLE audit.leaf IS 'RFC 6962: one Merkle tree an owner, so that no tree tells one owner how busy another is';
COMMENT ON COLUMN audit.head.frontier IS 'roots of the complete subtrees, from the largest: what the next leaves are added to';
COMMENT ON COLUMN audit.seal.before IS 'every entry of an older transaction is sealed; one found unsealed was put there afterwards';`;

/** Insert-only for the subgraphs, of the columns they fill themselves; triggers refuse the rest to everyone, the owner of the tables too. */
const rights = `
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entry FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.leaf FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.head FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.seal FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.key FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();

ALTER TABLE audit.entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE audit.leaf ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE audit.head ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON audit.entry TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON audit.leaf TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON audit.head TO CURRENT_USER USING (true) WITH CHECK (true);

GRANT USAGE ON SCHEMA audit TO accord_countries, accord_indicators, accord_sharing, accord_sealer;
GRANT INSERT (request_id, viewer, actor, owner, category, operation, indicators, periods, detail, cells, channel, purpose,
  agreement_id, agreement_version, outcome, reason) ON audit.entry TO accord_countries, accord_indicators, accord_sharing;
CREATE POLICY appends ON audit.entry FOR INSERT TO accord_countries, accord_indicators, accord_sharing WITH CHECK (true);

GRANT USAGE ON SCHEMA sharing TO accord_sealer;
GRANT EXECUTE ON FUNCTION sharing.holds_demo() TO accord_sealer;
GRANT SELECT ON audit.entry, audit.leaf, audit.head, audit.seal, audit.key TO accord_sealer, accord_sharing;
GRANT INSERT ON audit.leaf, audit.head, audit.seal, audit.key TO accord_sealer;
CREATE POLICY sealer ON audit.entry FOR SELECT TO accord_sealer USING (true);
CREATE POLICY sealer ON audit.leaf TO accord_sealer USING (true) WITH CHECK (true);
CREATE POLICY sealer ON audit.head TO accord_sealer USING (true) WITH CHECK (true);

CREATE FUNCTION audit.may_read(of_owner text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT (of_owner = (SELECT sharing.reader()) AND (SELECT sharing.has_role('APPROVER'))) OR (SELECT sharing.has_role('AUDITOR'))
$$;
REVOKE ALL ON FUNCTION audit.may_read(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.may_read(text) TO accord_sharing;
CREATE POLICY owner ON audit.entry FOR SELECT TO accord_sharing USING (audit.may_read(owner));
CREATE POLICY owner ON audit.leaf FOR SELECT TO accord_sharing USING (audit.may_read(owner));
CREATE POLICY owner ON audit.head FOR SELECT TO accord_sharing USING (audit.may_read(owner));`;
