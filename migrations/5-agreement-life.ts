import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * How an agreement lives: versions, who has signed which, who has suspended or withdrawn, and the acts of the people that
 * led there. What a term opens is derived from those rows at the moment of reading, pair by pair of owner and viewer.
 */
export class AgreementLife1764000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(identity);
    await runner.query(tables);
    await runner.query(carryOver);
    await runner.query(functions);
    await runner.query(guards);
    await runner.query(rowSecurity);
  }

  async down(): Promise<void> {
    throw new Error("What people have signed is not undone by a migration.");
  }
}

/** Who asks, beyond the partner: local to the transaction like the partner itself. Unset means nobody and no role. */
const identity = `
CREATE FUNCTION sharing.actor() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('accord.actor', true), '') $$;

CREATE FUNCTION sharing.purpose() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('accord.purpose', true), '') $$;

CREATE FUNCTION sharing.has_role(role text) RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT role = ANY (string_to_array(coalesce(current_setting('accord.roles', true), ''), ',')) $$;`;

const tables = `
CREATE TABLE sharing.agreement_version (
  agreement_id text NOT NULL REFERENCES sharing.agreement,
  version integer NOT NULL CHECK (version >= 1),
  valid_from timestamptz(3),
  valid_until timestamptz(3),
  note text,
  purposes text[] NOT NULL DEFAULT '{}' CHECK (purposes <@ ARRAY['STRATEGIC_ANALYSIS', 'OPERATIONAL_COOPERATION',
    'EARLY_WARNING', 'REPORTING', 'ADMINISTRATION']),
  tlp text NOT NULL DEFAULT 'AMBER' CHECK (tlp IN ('RED', 'AMBER_STRICT', 'AMBER', 'GREEN', 'CLEAR')),
  handling text[] NOT NULL DEFAULT '{}' CHECK (handling <@ ARRAY['H0', 'H1', 'H2', 'H3']),
  handling_note text,
  proposed_by text NOT NULL,
  proposed_at timestamptz(3) NOT NULL,
  reason text,
  PRIMARY KEY (agreement_id, version),
  CHECK (valid_from < valid_until),
  CHECK (NOT 'H3' = ANY (handling) OR handling_note IS NOT NULL)
);

CREATE TABLE sharing.party (
  agreement_id text NOT NULL REFERENCES sharing.agreement,
  partner text NOT NULL,
  standing text NOT NULL DEFAULT 'STANDING' CHECK (standing IN ('STANDING', 'SUSPENDED', 'WITHDRAWN')),
  since timestamptz(3) NOT NULL,
  PRIMARY KEY (agreement_id, partner)
);

CREATE TABLE sharing.signature (
  agreement_id text NOT NULL,
  version integer NOT NULL,
  partner text NOT NULL,
  state text NOT NULL DEFAULT 'PROPOSED'
    CHECK (state IN ('PROPOSED', 'SUBMITTED_FOR_NATIONAL_APPROVAL', 'SIGNED', 'DECLINED')),
  since timestamptz(3) NOT NULL,
  PRIMARY KEY (agreement_id, version, partner),
  FOREIGN KEY (agreement_id, version) REFERENCES sharing.agreement_version,
  FOREIGN KEY (agreement_id, partner) REFERENCES sharing.party
);

CREATE TABLE sharing.act (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agreement_id text NOT NULL REFERENCES sharing.agreement,
  version integer NOT NULL,
  partner text NOT NULL,
  actor text NOT NULL,
  approver boolean NOT NULL,
  act text NOT NULL CHECK (act IN ('PROPOSE', 'SUBMIT_FOR_NATIONAL_APPROVAL', 'ACCEPT', 'DECLINE', 'SUSPEND', 'RESUME', 'REVOKE')),
  reason text,
  at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX ON sharing.act (agreement_id, partner);

CREATE TABLE sharing.partner_group (
  owner text NOT NULL REFERENCES sharing.partner,
  id text NOT NULL CHECK (id ~ '^[A-Z][A-Z0-9_]{2,39}$'),
  name text NOT NULL,
  PRIMARY KEY (owner, id)
);

CREATE TABLE sharing.group_member (
  owner text NOT NULL,
  group_id text NOT NULL,
  partner text NOT NULL REFERENCES sharing.partner,
  added_by text NOT NULL,
  added_by_approver boolean NOT NULL,
  added_at timestamptz(3) NOT NULL DEFAULT now(),
  confirmed_by text,
  confirmed_at timestamptz(3),
  PRIMARY KEY (owner, group_id, partner),
  FOREIGN KEY (owner, group_id) REFERENCES sharing.partner_group,
  CHECK (confirmed_by <> added_by),
  CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
);

CREATE TABLE sharing.idempotency_key (
  partner text NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  operation text NOT NULL,
  input_hash text NOT NULL,
  object_id text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (partner, key)
);

COMMENT ON TABLE sharing.signature IS 'who has signed which version; a partner moves its own and nobody else''s';
COMMENT ON TABLE sharing.party IS 'whether a partner still stands by an agreement, whatever version it has signed';
COMMENT ON TABLE sharing.act IS 'what people did, in order; append-only, and what four eyes are counted from';
COMMENT ON COLUMN sharing.agreement_version.purposes IS 'purposes for which it may be read; empty = none need be named';
COMMENT ON COLUMN sharing.partner_group.owner IS 'a part of the key, or a taken id would tell of another owner''s group; only its owner extends it, and only that owner''s data can be opened to it';
COMMENT ON COLUMN sharing.group_member.confirmed_at IS 'a member counts from here: a second person has confirmed it';
COMMENT ON COLUMN sharing.idempotency_key.object_id IS 'what the call made; answered again by reading it with the rights of now';`;

/** What stood in one row an agreement becomes version 1, its parties, their signatures and their standing. */
const carryOver = `
ALTER TABLE sharing.agreement ADD COLUMN convener text, ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD COLUMN revision integer NOT NULL DEFAULT 1;
ALTER TABLE sharing.term ADD COLUMN version integer NOT NULL DEFAULT 1, ADD COLUMN groups text[] NOT NULL DEFAULT '{}';

COMMENT ON COLUMN sharing.term.groups IS 'owner/id of groups of the one owner of the term';

INSERT INTO sharing.agreement_version (agreement_id, version, valid_from, valid_until, note, proposed_by, proposed_at)
SELECT a.id, 1, a.valid_from, a.valid_until, a.note,
  (SELECT t.owners[1] FROM sharing.term t WHERE t.agreement_id = a.id ORDER BY t.id LIMIT 1), coalesce(a.valid_from, now())
FROM sharing.agreement a;

INSERT INTO sharing.party (agreement_id, partner, standing, since)
SELECT DISTINCT ON (a.id, p.partner) a.id, p.partner, CASE
    WHEN a.status = 'REVOKED' AND p.partner = ANY (t.owners) THEN 'WITHDRAWN'
    WHEN a.status = 'SUSPENDED' AND p.partner = ANY (t.owners) THEN 'SUSPENDED' ELSE 'STANDING' END,
  coalesce(CASE WHEN a.status = 'REVOKED' THEN a.valid_until END, a.valid_from, now())
FROM sharing.agreement a JOIN sharing.term t ON t.agreement_id = a.id,
  LATERAL unnest(t.owners || t.viewers) AS p (partner)
WHERE p.partner <> '*' ORDER BY a.id, p.partner;

INSERT INTO sharing.signature (agreement_id, version, partner, state, since)
SELECT DISTINCT ON (a.id, p.partner) a.id, 1, p.partner, CASE
    WHEN a.status = 'PROPOSED' AND p.partner = ANY (t.owners) THEN 'SUBMITTED_FOR_NATIONAL_APPROVAL'
    WHEN a.status = 'DECLINED' AND p.partner = ANY (t.owners) THEN 'DECLINED' ELSE 'SIGNED' END,
  coalesce(a.valid_from, now())
FROM sharing.agreement a JOIN sharing.term t ON t.agreement_id = a.id,
  LATERAL unnest(t.owners || t.viewers) AS p (partner)
WHERE p.partner <> '*' ORDER BY a.id, p.partner;

UPDATE sharing.agreement a SET convener = v.proposed_by FROM sharing.agreement_version v WHERE v.agreement_id = a.id;
ALTER TABLE sharing.agreement ALTER COLUMN convener SET NOT NULL,
  DROP COLUMN status, DROP COLUMN valid_from, DROP COLUMN valid_until, DROP COLUMN note;
ALTER TABLE sharing.term ALTER COLUMN version DROP DEFAULT,
  ADD FOREIGN KEY (agreement_id, version) REFERENCES sharing.agreement_version;`;

/**
 * terms_for() is the one place that says which version of an agreement governs between an owner and a viewer: the newest
 * that the owner has signed, and the viewer too where it is a party to it. A viewer that has not yet signed an amendment
 * stays with the version both have signed; one that the amendment no longer names has nothing.
 * Each term comes once for each state, with the owners that are in that state.
 */
const functions = `
CREATE FUNCTION sharing.groups_of(of_partner text) RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT owner || '/' || group_id FROM sharing.group_member WHERE partner = of_partner AND confirmed_at IS NOT NULL
$$;

CREATE FUNCTION sharing.terms_for(of_viewer text) RETURNS TABLE (
  term_id integer, agreement_id text, title text, version integer, status text, valid_from timestamptz(3), valid_until timestamptz(3),
  purposes text[], tlp text, handling text[], category text, owners text[], indicators text[], detail text[],
  contact_kinds text[], data_from date, data_until date, disclosure_control text, embargo_days integer,
  reciprocal boolean, own_nationals boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH bond AS (
    SELECT o.agreement_id, o.partner AS owner,
      coalesce(max(o.version) FILTER (WHERE o.state = 'SIGNED' AND coalesce(v.state, 'SIGNED') = 'SIGNED'), max(o.version)) AS version,
      CASE
        WHEN 'WITHDRAWN' IN (min(op.standing), min(vp.standing)) THEN 'REVOKED'
        WHEN 'SUSPENDED' IN (min(op.standing), min(vp.standing)) THEN 'SUSPENDED'
        WHEN bool_or(o.state = 'SIGNED' AND coalesce(v.state, 'SIGNED') = 'SIGNED') THEN 'ACTIVE'
        WHEN 'DECLINED' IN ((array_agg(o.state ORDER BY o.version DESC))[1], (array_agg(v.state ORDER BY o.version DESC))[1])
          THEN 'DECLINED'
        ELSE 'PROPOSED' END AS status
    FROM sharing.signature o
    JOIN sharing.party op ON op.agreement_id = o.agreement_id AND op.partner = o.partner
    LEFT JOIN sharing.signature v ON v.agreement_id = o.agreement_id AND v.version = o.version AND v.partner = of_viewer
    LEFT JOIN sharing.party vp ON vp.agreement_id = o.agreement_id AND vp.partner = of_viewer
    GROUP BY o.agreement_id, o.partner
  )
  SELECT t.id, a.id, a.title, t.version, b.status, av.valid_from, av.valid_until, av.purposes, av.tlp, av.handling, t.category,
    array_agg(b.owner ORDER BY b.owner), t.indicators, t.detail, t.contact_kinds, t.data_from, t.data_until,
    t.disclosure_control, t.embargo_days, t.reciprocal, t.own_nationals
  FROM sharing.term t
  JOIN bond b ON b.agreement_id = t.agreement_id AND b.version = t.version AND b.owner = ANY (t.owners)
  JOIN sharing.agreement a ON a.id = t.agreement_id
  JOIN sharing.agreement_version av ON av.agreement_id = t.agreement_id AND av.version = t.version
  WHERE of_viewer IS NOT NULL
    AND (of_viewer = ANY (t.viewers) OR '*' = ANY (t.viewers) OR t.groups && ARRAY(SELECT sharing.groups_of(of_viewer)))
  GROUP BY t.id, a.id, av.agreement_id, av.version, b.status
  ORDER BY a.id, t.id, b.status
$$;

DROP FUNCTION sharing.my_terms();
CREATE FUNCTION sharing.my_terms() RETURNS TABLE (
  agreement_id text, title text, version integer, status text, valid_from timestamptz(3), valid_until timestamptz(3),
  purposes text[], tlp text, handling text[], category text, owners text[], indicators text[], detail text[],
  contact_kinds text[], data_from date, data_until date, disclosure_control text, embargo_days integer,
  reciprocal boolean, own_nationals boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT t.agreement_id, t.title, t.version, t.status, t.valid_from, t.valid_until, t.purposes, t.tlp, t.handling, t.category,
    t.owners, t.indicators, t.detail, t.contact_kinds, t.data_from, t.data_until, t.disclosure_control, t.embargo_days,
    t.reciprocal, t.own_nationals
  FROM sharing.terms_for((SELECT sharing.reader())) t
$$;

CREATE OR REPLACE FUNCTION sharing.my_grants(of_category text) RETURNS TABLE (
  owners text[], indicators text[], detail text[], contact_kinds text[], data_from date, data_until date,
  disclosure_control text, embargo_days integer, reciprocal boolean, own_nationals boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT t.owners, t.indicators, t.detail, t.contact_kinds, t.data_from, t.data_until,
         t.disclosure_control, t.embargo_days, t.reciprocal, t.own_nationals
  FROM sharing.terms_for((SELECT sharing.reader())) t
  WHERE t.category = of_category AND t.status = 'ACTIVE'
    AND t.valid_from <= sharing.instant()
    AND (t.valid_until IS NULL OR t.valid_until > sharing.instant())
    AND (t.purposes = '{}' OR sharing.purpose() = ANY (t.purposes))
$$;

CREATE FUNCTION sharing.my_groups() RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT sharing.groups_of(sharing.reader())
$$;

CREATE FUNCTION sharing.convened_by_me() RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT id FROM sharing.agreement WHERE convener = sharing.reader()
$$;

CREATE FUNCTION sharing.am_proposing(of_agreement text, of_version integer) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM sharing.agreement_version WHERE agreement_id = of_agreement AND version = of_version
                 AND proposed_by = sharing.reader() AND proposed_at = sharing.instant())
$$;

CREATE FUNCTION sharing.viewers_of_mine() RETURNS TABLE (
  viewer text, term_id integer, agreement_id text, title text, version integer, status text, valid_from timestamptz(3),
  valid_until timestamptz(3), purposes text[], tlp text, handling text[], category text, owners text[], indicators text[],
  detail text[], contact_kinds text[], data_from date, data_until date, disclosure_control text, embargo_days integer,
  reciprocal boolean, own_nationals boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.code, t.* FROM sharing.partner p, LATERAL sharing.terms_for(p.code) t
  WHERE sharing.reader() = ANY (t.owners) AND p.code <> sharing.reader() AND p.kind <> 'AUDITOR'
$$;

CREATE FUNCTION indicators.catalogue() RETURNS TABLE (code text, dimensions text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT ON (code) code, dimensions FROM indicators.indicator ORDER BY code, version DESC
$$;

CREATE FUNCTION indicators.my_tables() RETURNS TABLE (
  indicator text, period text, period_start date, period_end date, dimensions text[], cells integer, released_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT indicator, period, period_start, period_end, dimensions, cardinality(keys), released_at
  FROM indicators.released_table
  WHERE owner = sharing.reader() AND control = 'NONE' AND audience IS NULL AND superseded_at IS NULL
    AND released_at <= sharing.instant()
$$;

CREATE FUNCTION sharing.owns_data_under(of_agreement text, of_partner text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM sharing.term WHERE agreement_id = of_agreement AND of_partner = ANY (owners))
$$;

REVOKE ALL ON FUNCTION sharing.actor(), sharing.purpose(), sharing.has_role(text), sharing.groups_of(text), sharing.terms_for(text),
  sharing.my_terms(), sharing.my_groups(), sharing.convened_by_me(), sharing.am_proposing(text, integer),
  sharing.owns_data_under(text, text), sharing.viewers_of_mine(), indicators.my_tables(),
  indicators.catalogue() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sharing.actor(), sharing.purpose(), sharing.has_role(text), sharing.my_terms()
  TO accord_countries, accord_indicators, accord_sharing;
GRANT EXECUTE ON FUNCTION sharing.my_groups(), sharing.convened_by_me(), sharing.am_proposing(text, integer),
  sharing.owns_data_under(text, text), sharing.viewers_of_mine(), indicators.my_tables(),
  indicators.catalogue() TO accord_sharing;`;

/**
 * Four eyes, held by the database: a subgraph that forgot them could not open anything. What closes (suspend, withdraw,
 * decline) takes one approver; what opens an owner's data takes two people of that owner, one of them an approver.
 */
const guards = `
CREATE FUNCTION sharing.is_agreed(of_agreement text, of_version integer, of_partner text, of_acts text[], since timestamptz)
  RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(DISTINCT actor) >= CASE WHEN sharing.owns_data_under(of_agreement, of_partner) THEN 2 ELSE 1 END
     AND coalesce(bool_or(approver), false)
  FROM sharing.act
  WHERE agreement_id = of_agreement AND version = coalesce(of_version, version) AND partner = of_partner
    AND act = ANY (of_acts) AND at >= since
$$;
REVOKE ALL ON FUNCTION sharing.is_agreed(text, integer, text, text[], timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sharing.is_agreed(text, integer, text, text[], timestamptz) TO accord_sharing;

CREATE FUNCTION sharing.guard_signature() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.state = 'DECLINED' OR (OLD.state = 'SIGNED' AND NEW.state <> 'SIGNED') THEN
    RAISE EXCEPTION 'a signature is given or refused once' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'SIGNED' AND NOT sharing.is_agreed(NEW.agreement_id, NEW.version, NEW.partner, ARRAY['PROPOSE', 'ACCEPT'], '-infinity') THEN
    RAISE EXCEPTION 'signing takes an approver, and for an owner a second person' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON sharing.signature FOR EACH ROW EXECUTE FUNCTION sharing.guard_signature();

CREATE FUNCTION sharing.guard_party() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.standing = 'WITHDRAWN' THEN
    RAISE EXCEPTION 'a partner that has withdrawn does not come back to the same agreement' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.standing = 'SUSPENDED' AND NEW.standing = 'STANDING' AND 
    NOT sharing.is_agreed(NEW.agreement_id, NULL, NEW.partner, ARRAY['RESUME'], OLD.since) THEN
    RAISE EXCEPTION 'resuming takes an approver, and for an owner a second person' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON sharing.party FOR EACH ROW EXECUTE FUNCTION sharing.guard_party();

CREATE FUNCTION sharing.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%.% is append-only', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
REVOKE ALL ON FUNCTION sharing.guard_signature(), sharing.guard_party(), sharing.refuse_change() FROM PUBLIC;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sharing.act
  FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();`;

/** A partner writes what is its own; a proposer writes the rows of its proposal, unsigned. Nobody deletes. */
const rowSecurity = `
ALTER TABLE sharing.agreement_version ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE sharing.party ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE sharing.signature ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE sharing.act ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE sharing.partner_group ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE sharing.group_member ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE sharing.idempotency_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON sharing.agreement_version TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON sharing.party TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON sharing.signature TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON sharing.act TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON sharing.partner_group TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON sharing.group_member TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON sharing.idempotency_key TO CURRENT_USER USING (true) WITH CHECK (true);

GRANT SELECT ON sharing.agreement_version, sharing.party, sharing.signature, sharing.act, sharing.partner_group,
  sharing.group_member TO accord_sharing;
GRANT INSERT ON sharing.agreement, sharing.agreement_version, sharing.term, sharing.party, sharing.signature, sharing.act,
  sharing.partner_group, sharing.group_member TO accord_sharing;
GRANT UPDATE (version, revision) ON sharing.agreement TO accord_sharing;
GRANT UPDATE (state, since) ON sharing.signature TO accord_sharing;
GRANT UPDATE (standing, since) ON sharing.party TO accord_sharing;
GRANT UPDATE (confirmed_by, confirmed_at) ON sharing.group_member TO accord_sharing;
GRANT DELETE ON sharing.group_member TO accord_sharing;
GRANT SELECT ON indicators.released_table TO accord_sharing;
GRANT EXECUTE ON FUNCTION indicators.has_released(text, text, text) TO accord_sharing;
ALTER POLICY owner ON indicators.released_table TO accord_indicators, accord_sharing;
ALTER POLICY granted ON indicators.released_table TO accord_indicators, accord_sharing;
GRANT SELECT, INSERT ON sharing.idempotency_key TO accord_countries, accord_indicators, accord_sharing;

ALTER POLICY party ON sharing.term USING (
  (SELECT sharing.reader()) IS NOT NULL
  AND ((SELECT sharing.viewer()) = ANY (owners) OR (SELECT sharing.viewer()) = ANY (viewers) OR '*' = ANY (viewers)
       OR groups && ARRAY(SELECT sharing.my_groups())
       OR agreement_id = ANY (ARRAY(SELECT sharing.convened_by_me())))
);
ALTER POLICY party ON sharing.agreement USING (
  convener = (SELECT sharing.reader()) OR id = ANY (ARRAY(SELECT t.agreement_id FROM sharing.term t))
);
CREATE POLICY convener ON sharing.agreement FOR INSERT TO accord_sharing WITH CHECK (convener = (SELECT sharing.reader()));
CREATE POLICY acted ON sharing.agreement FOR UPDATE TO accord_sharing
  USING (convener = (SELECT sharing.reader()) OR id = ANY (ARRAY(SELECT t.agreement_id FROM sharing.term t)));

CREATE POLICY party ON sharing.agreement_version FOR SELECT TO accord_sharing USING (
  proposed_by = (SELECT sharing.reader()) OR EXISTS (
    SELECT FROM sharing.term t WHERE t.agreement_id = agreement_version.agreement_id AND t.version = agreement_version.version)
);
CREATE POLICY proposer ON sharing.agreement_version FOR INSERT TO accord_sharing WITH CHECK (
  proposed_by = (SELECT sharing.reader()) AND agreement_id = ANY (ARRAY(SELECT a.id FROM sharing.agreement a))
);
CREATE POLICY proposer ON sharing.term FOR INSERT TO accord_sharing
  WITH CHECK (sharing.am_proposing(agreement_id, version));

CREATE POLICY named ON sharing.signature FOR SELECT TO accord_sharing USING (
  partner = (SELECT sharing.reader()) OR EXISTS (
    SELECT FROM sharing.term t WHERE t.agreement_id = signature.agreement_id AND t.version = signature.version
      AND signature.partner = ANY (t.owners || t.viewers))
);
CREATE POLICY proposer ON sharing.signature FOR INSERT TO accord_sharing WITH CHECK (
  state = 'PROPOSED' AND sharing.am_proposing(agreement_id, version)
);
CREATE POLICY own ON sharing.signature FOR UPDATE TO accord_sharing
  USING (partner = (SELECT sharing.reader())) WITH CHECK (partner = (SELECT sharing.reader()));

CREATE POLICY named ON sharing.party FOR SELECT TO accord_sharing USING (
  partner = (SELECT sharing.reader()) OR EXISTS (
    SELECT FROM sharing.term t WHERE t.agreement_id = party.agreement_id AND party.partner = ANY (t.owners || t.viewers))
);
CREATE POLICY proposer ON sharing.party FOR INSERT TO accord_sharing WITH CHECK (
  standing = 'STANDING' AND agreement_id = ANY (ARRAY(SELECT a.id FROM sharing.agreement a))
);
CREATE POLICY own ON sharing.party FOR UPDATE TO accord_sharing
  USING (partner = (SELECT sharing.reader())) WITH CHECK (partner = (SELECT sharing.reader()));

CREATE POLICY named ON sharing.act FOR SELECT TO accord_sharing USING (
  partner = (SELECT sharing.reader()) OR EXISTS (
    SELECT FROM sharing.term t WHERE t.agreement_id = act.agreement_id AND act.partner = ANY (t.owners || t.viewers))
  OR EXISTS (SELECT FROM sharing.agreement a WHERE a.id = act.agreement_id AND a.convener = act.partner)
);
CREATE POLICY own ON sharing.act FOR INSERT TO accord_sharing WITH CHECK (
  partner = (SELECT sharing.reader()) AND actor = (SELECT sharing.actor()) AND approver = (SELECT sharing.has_role('APPROVER'))
  AND agreement_id = ANY (ARRAY(SELECT a.id FROM sharing.agreement a))
);

CREATE POLICY owner ON sharing.partner_group TO accord_sharing
  USING (owner = (SELECT sharing.reader())) WITH CHECK (owner = (SELECT sharing.reader()));
CREATE POLICY owner ON sharing.group_member FOR SELECT TO accord_sharing USING (owner = (SELECT sharing.reader()));
CREATE POLICY removes ON sharing.group_member FOR DELETE TO accord_sharing
  USING (owner = (SELECT sharing.reader()) AND (SELECT sharing.has_role('APPROVER')));
CREATE POLICY adds ON sharing.group_member FOR INSERT TO accord_sharing WITH CHECK (
  owner = (SELECT sharing.reader()) AND confirmed_by IS NULL
  AND added_by = (SELECT sharing.actor()) AND added_by_approver = (SELECT sharing.has_role('APPROVER'))
);
CREATE POLICY confirms ON sharing.group_member FOR UPDATE TO accord_sharing
  USING (owner = (SELECT sharing.reader()) AND confirmed_by IS NULL)
  WITH CHECK (confirmed_by = (SELECT sharing.actor()) AND (added_by_approver OR (SELECT sharing.has_role('APPROVER'))));

CREATE POLICY own ON sharing.idempotency_key TO accord_countries, accord_indicators, accord_sharing
  USING (partner = (SELECT sharing.reader())) WITH CHECK (partner = (SELECT sharing.reader()));`;
