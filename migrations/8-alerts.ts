import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Early warning. A message is written once and never changed; what it is worth today (draft, active, superseded,
 * cancelled, expired) follows from other rows. `release` is the outbox: a message is out from the transaction that writes its
 * row there, and to nobody before.
 */
export class Alerts1764000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(role);
    await runner.query(tables);
    await runner.query(functions);
    await runner.query(guards);
    await runner.query(rowSecurity);
    await runner.query(readFileSync(join(__dirname, "reference", "pg-boss-24.sql"), "utf8"));
    await runner.query(jobs);
  }

  async down(): Promise<void> {
    throw new Error("What partners have been warned of is not undone by a migration.");
  }
}

const role = `
DO $$
BEGIN
  BEGIN
    CREATE ROLE accord_alerts NOLOGIN NOSUPERUSER NOBYPASSRLS;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  BEGIN
    EXECUTE format('GRANT accord_alerts TO %I', current_user);
  EXCEPTION WHEN insufficient_privilege THEN NULL;
  END;
END $$`;

/** The enumerations are those of CAP 1.2, unchanged; `Ack` and `Error` are kept as receipts of the message they answer. */
const tables = `
CREATE SCHEMA alerts;

CREATE TABLE alerts.alert (
  identifier text PRIMARY KEY CHECK (identifier ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  owner text NOT NULL REFERENCES sharing.partner,
  author text NOT NULL,
  author_approver boolean NOT NULL,
  drafted_at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  status text NOT NULL CHECK (status IN ('Actual', 'Exercise', 'System', 'Test', 'Draft')),
  msg_type text NOT NULL CHECK (msg_type IN ('Alert', 'Update', 'Cancel')),
  source text,
  scope text NOT NULL CHECK (scope IN ('Public', 'Restricted', 'Private')),
  restriction text,
  code text[] NOT NULL DEFAULT '{}',
  note text,
  incidents text[] NOT NULL DEFAULT '{}',
  info jsonb NOT NULL CHECK (jsonb_typeof(info) = 'array'),
  expires timestamptz(0) NOT NULL,
  tlp text NOT NULL CHECK (tlp IN ('RED', 'AMBER_STRICT', 'AMBER', 'GREEN', 'CLEAR')),
  handling text[] NOT NULL DEFAULT '{}' CHECK (handling <@ ARRAY['H0', 'H1', 'H2', 'H3']),
  handling_note text,
  source_evaluation text CHECK (source_evaluation IN ('A', 'B', 'C', 'X')),
  info_evaluation text CHECK (info_evaluation IN ('I1', 'I2', 'I3', 'I4')),
  ack_minutes integer CHECK (ack_minutes BETWEEN 5 AND 10080),
  widens boolean NOT NULL DEFAULT false,
  figures jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(figures) = 'array'),
  CHECK (expires > drafted_at),
  CHECK ((scope = 'Restricted') = (restriction IS NOT NULL)),
  CHECK (scope <> 'Public' OR tlp = 'CLEAR'),
  CHECK (status <> 'Exercise' OR note IS NOT NULL),
  CHECK (NOT 'H3' = ANY (handling) OR handling_note IS NOT NULL),
  CHECK (msg_type = 'Cancel' OR jsonb_array_length(info) > 0)
);
CREATE INDEX ON alerts.alert (owner, identifier);

CREATE TABLE alerts.audience (
  identifier text PRIMARY KEY REFERENCES alerts.alert,
  owner text NOT NULL,
  addresses jsonb NOT NULL CHECK (jsonb_array_length(addresses) > 0)
);

CREATE TABLE alerts.reference (
  identifier text NOT NULL REFERENCES alerts.alert,
  owner text NOT NULL,
  refers_to text NOT NULL REFERENCES alerts.alert,
  PRIMARY KEY (identifier, refers_to)
);
CREATE INDEX ON alerts.reference (refers_to);

CREATE TABLE alerts.release (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cursor uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
  identifier text NOT NULL UNIQUE REFERENCES alerts.alert,
  owner text NOT NULL,
  actor text NOT NULL,
  actor_approver boolean NOT NULL,
  sent timestamptz(0) NOT NULL DEFAULT date_trunc('second', now())
);

CREATE TABLE alerts.addressee (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  identifier text NOT NULL REFERENCES alerts.release (identifier),
  owner text NOT NULL,
  partner text REFERENCES sharing.partner,
  person text,
  group_id text,
  agreed boolean NOT NULL,
  FOREIGN KEY (owner, group_id) REFERENCES sharing.partner_group,
  CHECK (num_nonnulls(partner, group_id) = 1),
  CHECK (person IS NULL OR partner IS NOT NULL)
);
CREATE INDEX ON alerts.addressee (identifier);
CREATE INDEX ON alerts.addressee (partner, identifier);

CREATE TABLE alerts.receipt (
  identifier text NOT NULL REFERENCES alerts.release (identifier),
  owner text NOT NULL,
  partner text NOT NULL,
  actor text NOT NULL,
  msg_type text NOT NULL CHECK (msg_type IN ('Ack', 'Error')),
  note text,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  PRIMARY KEY (identifier, partner, actor, msg_type),
  CHECK (msg_type = 'Ack' OR note IS NOT NULL)
);

CREATE TABLE alerts.escalation (
  identifier text NOT NULL REFERENCES alerts.release (identifier),
  owner text NOT NULL,
  partner text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  PRIMARY KEY (identifier, partner)
);

CREATE TABLE alerts.endpoint (
  id uuid PRIMARY KEY,
  owner text NOT NULL REFERENCES sharing.partner,
  url text NOT NULL CHECK (length(url) <= 500),
  alternate boolean NOT NULL,
  secret text NOT NULL,
  previous_secret text,
  previous_until timestamptz(3),
  registered_by text NOT NULL,
  registered_at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  removed_at timestamptz(3),
  CHECK ((previous_secret IS NULL) = (previous_until IS NULL))
);
CREATE INDEX ON alerts.endpoint (owner);

CREATE TABLE alerts.border_section (
  code text PRIMARY KEY CHECK (code = states[1] || '-' || states[2]),
  states text[] NOT NULL CHECK (cardinality(states) = 2 AND states[1] < states[2]),
  name text NOT NULL,
  source text NOT NULL
);
INSERT INTO alerts.border_section (code, states, name, source)
SELECT a || '-' || b, ARRAY[a, b], name, 'land border between two RELEC states, general geography, as of 2026-11'
FROM (VALUES ('AFG', 'IRN', 'Afghanistan – Iran'), ('AFG', 'PAK', 'Afghanistan – Pakistan'), ('IRN', 'PAK', 'Iran – Pakistan'),
  ('IRN', 'IRQ', 'Iran – Iraq'), ('IRN', 'TUR', 'Iran – Türkiye'), ('IRQ', 'TUR', 'Iraq – Türkiye')) AS s (a, b, name);

CREATE TABLE alerts.impact_level (
  id text PRIMARY KEY,
  owner text NOT NULL REFERENCES sharing.partner,
  section text NOT NULL REFERENCES alerts.border_section,
  period text NOT NULL CHECK (period ~ '^[0-9]{4}(-Q[1-4])?$'),
  level text NOT NULL CHECK (level IN ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
  until timestamptz(0),
  proposed_by text NOT NULL REFERENCES sharing.partner,
  actor text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  CHECK ((level = 'CRITICAL') = (until IS NOT NULL))
);

CREATE TABLE alerts.impact_agreement (
  id text PRIMARY KEY REFERENCES alerts.impact_level,
  owner text NOT NULL,
  actor text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant()
);

CREATE INDEX alert_given ON audit.entry (owner, (detail[1])) WHERE category = 'ALERT' AND outcome = 'GIVEN';

COMMENT ON COLUMN alerts.impact_level.owner IS 'the state concerned: without its agreement the level stays what it was';
COMMENT ON COLUMN alerts.impact_level.until IS 'CRITICAL holds for a time only';
COMMENT ON COLUMN alerts.alert.identifier IS 'a UUID of version 7: sorted by the time it was made, guessed by nobody';
COMMENT ON COLUMN alerts.alert.owner IS 'the sender: whose message it is';
COMMENT ON COLUMN alerts.alert.info IS 'info blocks in the words of CAP 1.2, checked by the room';
COMMENT ON COLUMN alerts.alert.figures IS 'which figures it cites, indicator/from/to/reporters; never a figure';
COMMENT ON COLUMN alerts.alert.widens IS 'an update that says it goes to more readers than what it updates; takes a second person';
COMMENT ON TABLE alerts.audience IS 'to whom it is addressed, for the sender''s eyes; becomes rows of addressee when it is released';
COMMENT ON TABLE alerts.release IS 'the outbox, in the order of its commits';
COMMENT ON COLUMN alerts.release.cursor IS 'what readers resume from: the number itself would tell how much others are sent';
COMMENT ON COLUMN alerts.addressee.person IS 'the one person of the partner it is for (TLP:RED); null = all who read for it';
COMMENT ON COLUMN alerts.addressee.agreed IS
  'sent on the strength of an agreement, and read while one holds; false = two people of the sender chose the reader outside of one';
COMMENT ON COLUMN alerts.endpoint.previous_secret IS 'still signs beside the new one until previous_until, so that a receiver can change over';`;

/** What lends the owner's rights has a fixed search_path, and says nothing but what the subgraph needs to know. */
const functions = `
CREATE FUNCTION alerts.agreed_owners() RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT unnest(t.owners) FROM sharing.terms_for((SELECT sharing.reader())) t
  WHERE t.status = 'ACTIVE' AND t.valid_from <= sharing.instant() AND (t.valid_until IS NULL OR t.valid_until > sharing.instant())
$$;

CREATE FUNCTION alerts.members_of(of_owner text, address jsonb) RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT address ->> 'partner' WHERE address ? 'partner'
  UNION SELECT m.partner FROM sharing.group_member m WHERE m.owner = of_owner AND m.group_id = address ->> 'group' AND m.confirmed_at IS NOT NULL
$$;

CREATE FUNCTION alerts.is_agreed(of_owner text, address jsonb) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT NOT EXISTS (SELECT FROM alerts.members_of(of_owner, address) AS m (partner) WHERE NOT EXISTS (
    SELECT FROM sharing.terms_for(m.partner) t WHERE of_owner = ANY (t.owners) AND t.status = 'ACTIVE'
      AND t.valid_from <= sharing.instant() AND (t.valid_until IS NULL OR t.valid_until > sharing.instant())))
$$;

CREATE FUNCTION alerts.unknown_addresses(addresses jsonb) RETURNS SETOF integer
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT (a.at - 1)::integer FROM jsonb_array_elements(addresses) WITH ORDINALITY AS a (address, at)
  WHERE NOT EXISTS (SELECT FROM sharing.partner p WHERE p.code = a.address ->> 'partner' AND p.kind <> 'AUDITOR')
    AND NOT EXISTS (SELECT FROM sharing.partner_group g WHERE g.id = a.address ->> 'group' AND g.owner = sharing.reader())
$$;

CREATE FUNCTION alerts.needs_second(of_identifier text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.tlp = 'RED' OR a.widens
    OR EXISTS (SELECT FROM jsonb_array_elements(d.addresses) AS e WHERE NOT alerts.is_agreed(a.owner, e))
  FROM alerts.alert a JOIN alerts.audience d USING (identifier)
  WHERE a.identifier = of_identifier AND a.owner = sharing.reader()
$$;

CREATE FUNCTION alerts.position_of(of_cursor uuid) RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT seq FROM alerts.release WHERE cursor = of_cursor
$$;

CREATE FUNCTION alerts.released_after(of_cursor uuid) RETURNS TABLE (cursor uuid, partners text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT (SELECT r.cursor FROM alerts.release r ORDER BY r.seq DESC LIMIT 1),
    coalesce((SELECT array_agg(DISTINCT m.partner) FROM alerts.release r JOIN alerts.addressee d ON d.identifier = r.identifier,
      LATERAL alerts.members_of(d.owner, jsonb_strip_nulls(jsonb_build_object('partner', d.partner, 'group', d.group_id))) AS m (partner)
      WHERE of_cursor IS NOT NULL AND r.seq > coalesce(alerts.position_of(of_cursor), 0)), '{}')
$$;

CREATE FUNCTION alerts.recipients(of_identifier text) RETURNS TABLE (partner text, person text, group_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT m.partner, d.person, d.group_id FROM alerts.addressee d,
    LATERAL alerts.members_of(d.owner, jsonb_strip_nulls(jsonb_build_object('partner', d.partner, 'group', d.group_id))) AS m (partner)
  WHERE d.identifier = of_identifier AND m.partner <> d.owner
    AND (d.owner = sharing.reader() OR (m.partner = sharing.reader() AND coalesce(d.person = sharing.actor(), true)))
$$;

CREATE FUNCTION alerts.given(of_identifier text) RETURNS TABLE (partner text, actor text, channel text, at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT e.viewer, min(e.actor), e.channel, min(e.at) FROM alerts.alert a
    JOIN audit.entry e ON e.owner = a.owner AND e.detail[1] = a.identifier
  WHERE a.identifier = of_identifier AND e.category = 'ALERT' AND e.outcome = 'GIVEN'
    AND e.viewer <> a.owner
    AND (a.owner = sharing.reader() OR (e.viewer = sharing.reader() AND (a.tlp <> 'RED' OR e.actor = sharing.actor())))
  GROUP BY e.viewer, e.channel
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA alerts FROM PUBLIC;
GRANT USAGE ON SCHEMA alerts, sharing, audit, indicators TO accord_alerts;
GRANT EXECUTE ON FUNCTION indicators.dimensions_of(text) TO accord_alerts;
GRANT EXECUTE ON FUNCTION alerts.agreed_owners(), alerts.unknown_addresses(jsonb), alerts.needs_second(text), alerts.position_of(uuid),
  alerts.released_after(uuid), alerts.recipients(text), alerts.given(text) TO accord_alerts;
GRANT EXECUTE ON FUNCTION sharing.instant(), sharing.viewer(), sharing.reader(), sharing.actor(), sharing.purpose(),
  sharing.has_role(text), sharing.my_terms(), sharing.my_groups(), sharing.holds_demo() TO accord_alerts;`;

/**
 * Held by the database, whatever a subgraph forgets: nothing is changed, nothing goes out that lacks its second person, nothing is
 * superseded twice, and no update reaches further than what it updates unless it says so.
 * Releases commit one after the other (the lock is held until then), so their numbers are in the order in which readers
 * can see them: whoever has read up to one has missed none before it.
 */
const guards = `
CREATE FUNCTION alerts.take_turns() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('alerts.release', 0));
  RETURN NULL;
END $$;
CREATE TRIGGER take_turns BEFORE INSERT ON alerts.release FOR EACH STATEMENT EXECUTE FUNCTION alerts.take_turns();

CREATE FUNCTION alerts.reaches_further(of_identifier text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM alerts.reference f
      JOIN alerts.alert new ON new.identifier = f.identifier JOIN alerts.audience naud ON naud.identifier = f.identifier
      JOIN alerts.alert old ON old.identifier = f.refers_to JOIN alerts.audience oaud ON oaud.identifier = f.refers_to
    WHERE f.identifier = of_identifier AND (
      EXISTS (SELECT FROM jsonb_array_elements(naud.addresses) AS n WHERE NOT EXISTS (
        SELECT FROM jsonb_array_elements(oaud.addresses) AS o WHERE o = n OR o = n - 'person'))
      OR array_position(ARRAY['RED', 'AMBER_STRICT', 'AMBER', 'GREEN', 'CLEAR'], new.tlp)
         > array_position(ARRAY['RED', 'AMBER_STRICT', 'AMBER', 'GREEN', 'CLEAR'], old.tlp)
      OR NOT old.handling <@ new.handling))
$$;

CREATE FUNCTION alerts.guard_release() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE message alerts.alert;
BEGIN
  SELECT * INTO STRICT message FROM alerts.alert WHERE identifier = NEW.identifier;
  IF message.status = 'Draft' OR message.expires <= sharing.instant() THEN
    RAISE EXCEPTION 'a draft or what has expired is not released' USING ERRCODE = 'check_violation';
  END IF;
  IF alerts.reaches_further(NEW.identifier) AND NOT message.widens THEN
    RAISE EXCEPTION 'an update does not reach further without saying so' USING ERRCODE = 'check_violation';
  END IF;
  IF coalesce(alerts.needs_second(NEW.identifier), true)
    AND (NEW.actor = message.author OR NOT (NEW.actor_approver OR message.author_approver)) THEN
    RAISE EXCEPTION 'releasing this takes a second person, and of the two an approver' USING ERRCODE = 'check_violation';
  END IF;
  IF (message.msg_type <> 'Alert') <> EXISTS (SELECT FROM alerts.reference f WHERE f.identifier = NEW.identifier) THEN
    RAISE EXCEPTION 'an update or cancellation refers to what it replaces, an alert to nothing' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM alerts.reference f
      WHERE f.identifier = NEW.identifier AND (NOT EXISTS (SELECT FROM alerts.release r WHERE r.identifier = f.refers_to)
        OR EXISTS (SELECT FROM alerts.reference other JOIN alerts.release r ON r.identifier = other.identifier
                   WHERE other.refers_to = f.refers_to AND other.identifier <> f.identifier))) THEN
    RAISE EXCEPTION 'what it refers to is not out, or is superseded already' USING ERRCODE = 'unique_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON alerts.release FOR EACH ROW EXECUTE FUNCTION alerts.guard_release();

CREATE FUNCTION alerts.address() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO alerts.addressee (identifier, owner, partner, person, group_id, agreed)
  SELECT NEW.identifier, NEW.owner, e ->> 'partner', e ->> 'person', e ->> 'group', alerts.is_agreed(NEW.owner, e)
  FROM alerts.audience d, jsonb_array_elements(d.addresses) AS e WHERE d.identifier = NEW.identifier;
  PERFORM pg_notify('accord_alerts', '');
  RETURN NULL;
END $$;
CREATE TRIGGER address AFTER INSERT ON alerts.release FOR EACH ROW EXECUTE FUNCTION alerts.address();

CREATE FUNCTION alerts.guard_audience() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM jsonb_array_elements(NEW.addresses) AS e, alerts.alert a
             WHERE a.identifier = NEW.identifier AND (e ? 'person') <> (a.tlp = 'RED')) THEN
    RAISE EXCEPTION 'TLP:RED is for persons by name, and only TLP:RED' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON alerts.audience FOR EACH ROW EXECUTE FUNCTION alerts.guard_audience();

CREATE FUNCTION alerts.guard_impact() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM alerts.border_section s WHERE s.code = NEW.section AND NEW.owner = ANY (s.states)) THEN
    RAISE EXCEPTION 'a level is of a section and one of its two states' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.proposed_by <> NEW.owner
    AND NOT EXISTS (SELECT FROM sharing.partner p WHERE p.code = NEW.proposed_by AND p.kind = 'INSTITUTION') THEN
    RAISE EXCEPTION 'the state itself proposes, or an institution' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON alerts.impact_level FOR EACH ROW EXECUTE FUNCTION alerts.guard_impact();

CREATE FUNCTION alerts.guard_agreement() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM alerts.impact_level l WHERE l.id = NEW.id AND l.owner = NEW.owner AND l.actor <> NEW.actor) THEN
    RAISE EXCEPTION 'the state concerned agrees, by another person than who proposed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON alerts.impact_agreement FOR EACH ROW EXECUTE FUNCTION alerts.guard_agreement();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON alerts.impact_level FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON alerts.impact_agreement FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();

CREATE FUNCTION alerts.agreed_at(of_id text) RETURNS timestamptz
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT at FROM alerts.impact_agreement WHERE id = of_id
$$;
REVOKE ALL ON FUNCTION alerts.guard_impact(), alerts.guard_agreement(), alerts.agreed_at(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION alerts.agreed_at(text) TO accord_alerts;

REVOKE ALL ON FUNCTION alerts.take_turns(), alerts.reaches_further(text), alerts.guard_release(), alerts.address(),
  alerts.guard_audience() FROM PUBLIC;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON alerts.alert FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON alerts.audience FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON alerts.reference FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON alerts.release FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON alerts.addressee FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON alerts.receipt FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON alerts.escalation FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();`;

/**
 * The one rule stands on addressee: whoever is named there, in person or as a member of a group now, with an agreement that
 * holds now where the row rests on one. Everything else about a message asks whether such a row is there to be seen.
 */
const rowSecurity = `
ALTER TABLE alerts.alert ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE alerts.audience ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE alerts.reference ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE alerts.release ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE alerts.addressee ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE alerts.receipt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE alerts.escalation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE alerts.endpoint ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON alerts.alert TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON alerts.audience TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON alerts.reference TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON alerts.release TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON alerts.addressee TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON alerts.receipt TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON alerts.escalation TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON alerts.endpoint TO CURRENT_USER USING (true) WITH CHECK (true);

GRANT SELECT ON alerts.alert, alerts.audience, alerts.reference, alerts.release, alerts.addressee, alerts.receipt,
  alerts.escalation, alerts.endpoint TO accord_alerts;
GRANT INSERT ON alerts.alert, alerts.audience, alerts.reference, alerts.receipt, alerts.escalation, alerts.endpoint TO accord_alerts;
GRANT INSERT (identifier, owner, actor, actor_approver) ON alerts.release TO accord_alerts;
GRANT UPDATE (secret, previous_secret, previous_until, removed_at) ON alerts.endpoint TO accord_alerts;

CREATE POLICY own ON alerts.addressee FOR SELECT TO accord_alerts USING (owner = (SELECT sharing.reader()));
CREATE POLICY addressed ON alerts.addressee FOR SELECT TO accord_alerts USING (
  ((partner = (SELECT sharing.reader()) AND (person IS NULL OR person = (SELECT sharing.actor())))
   OR owner || '/' || group_id = ANY (ARRAY(SELECT sharing.my_groups())))
  AND (NOT agreed OR owner = ANY (ARRAY(SELECT alerts.agreed_owners())))
);

CREATE POLICY own ON alerts.alert FOR SELECT TO accord_alerts USING (owner = (SELECT sharing.reader()));
CREATE POLICY addressed ON alerts.alert FOR SELECT TO accord_alerts
  USING (EXISTS (SELECT FROM alerts.addressee d WHERE d.identifier = alert.identifier));
CREATE POLICY drafts ON alerts.alert FOR INSERT TO accord_alerts WITH CHECK (
  owner = (SELECT sharing.reader()) AND author = (SELECT sharing.actor())
  AND author_approver = (SELECT sharing.has_role('APPROVER')));

CREATE POLICY own ON alerts.audience TO accord_alerts USING (owner = (SELECT sharing.reader()))
  WITH CHECK (owner = (SELECT sharing.reader())
    AND EXISTS (SELECT FROM alerts.alert a WHERE a.identifier = audience.identifier AND a.owner = audience.owner));

CREATE POLICY own ON alerts.reference FOR SELECT TO accord_alerts USING (owner = (SELECT sharing.reader()));
CREATE POLICY addressed ON alerts.reference FOR SELECT TO accord_alerts
  USING (EXISTS (SELECT FROM alerts.addressee d WHERE d.identifier = reference.identifier));
CREATE POLICY drafts ON alerts.reference FOR INSERT TO accord_alerts WITH CHECK (
  owner = (SELECT sharing.reader())
  AND EXISTS (SELECT FROM alerts.alert a WHERE a.identifier = reference.identifier AND a.owner = reference.owner)
  AND EXISTS (SELECT FROM alerts.alert a WHERE a.identifier = reference.refers_to AND a.owner = reference.owner));

CREATE POLICY own ON alerts.release FOR SELECT TO accord_alerts USING (owner = (SELECT sharing.reader()));
CREATE POLICY addressed ON alerts.release FOR SELECT TO accord_alerts
  USING (EXISTS (SELECT FROM alerts.addressee d WHERE d.identifier = release.identifier));
CREATE POLICY releases ON alerts.release FOR INSERT TO accord_alerts WITH CHECK (
  owner = (SELECT sharing.reader()) AND actor = (SELECT sharing.actor())
  AND actor_approver = (SELECT sharing.has_role('APPROVER'))
  AND EXISTS (SELECT FROM alerts.alert a WHERE a.identifier = release.identifier AND a.owner = release.owner));

CREATE POLICY own ON alerts.receipt FOR SELECT TO accord_alerts USING (owner = (SELECT sharing.reader()));
CREATE POLICY addressed ON alerts.receipt FOR SELECT TO accord_alerts USING (partner = (SELECT sharing.reader())
  AND EXISTS (SELECT FROM alerts.addressee d WHERE d.identifier = receipt.identifier));
CREATE POLICY answers ON alerts.receipt FOR INSERT TO accord_alerts WITH CHECK (
  partner = (SELECT sharing.reader()) AND actor = (SELECT sharing.actor()) AND owner <> partner
  AND EXISTS (SELECT FROM alerts.addressee d WHERE d.identifier = receipt.identifier AND d.owner = receipt.owner));

CREATE POLICY own ON alerts.escalation FOR SELECT TO accord_alerts USING (owner = (SELECT sharing.reader()));
CREATE POLICY addressed ON alerts.escalation FOR SELECT TO accord_alerts USING (partner = (SELECT sharing.reader())
  AND EXISTS (SELECT FROM alerts.addressee d WHERE d.identifier = escalation.identifier));
CREATE POLICY overdue ON alerts.escalation FOR INSERT TO accord_alerts WITH CHECK (
  partner = (SELECT sharing.reader()) AND owner <> partner
  AND EXISTS (SELECT FROM alerts.addressee d WHERE d.identifier = escalation.identifier AND d.owner = escalation.owner));

CREATE POLICY own ON alerts.endpoint FOR SELECT TO accord_alerts USING (owner = (SELECT sharing.reader()));
CREATE POLICY registers ON alerts.endpoint FOR INSERT TO accord_alerts WITH CHECK (
  owner = (SELECT sharing.reader()) AND registered_by = (SELECT sharing.actor()) AND (SELECT sharing.has_role('APPROVER')));
CREATE POLICY changes ON alerts.endpoint FOR UPDATE TO accord_alerts
  USING (owner = (SELECT sharing.reader()) AND (SELECT sharing.has_role('APPROVER')) AND removed_at IS NULL)
  WITH CHECK (owner = (SELECT sharing.reader()));

ALTER TABLE alerts.impact_level ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE alerts.impact_agreement ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON alerts.impact_level TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON alerts.impact_agreement TO CURRENT_USER USING (true) WITH CHECK (true);
GRANT SELECT ON alerts.border_section TO accord_alerts;
GRANT SELECT, INSERT ON alerts.impact_level, alerts.impact_agreement TO accord_alerts;
CREATE POLICY parties ON alerts.impact_level FOR SELECT TO accord_alerts
  USING (owner = (SELECT sharing.reader()) OR proposed_by = (SELECT sharing.reader()));
CREATE POLICY agreed ON alerts.impact_level FOR SELECT TO accord_alerts
  USING (alerts.agreed_at(id) IS NOT NULL AND owner = ANY (ARRAY(SELECT alerts.agreed_owners())));
CREATE POLICY proposes ON alerts.impact_level FOR INSERT TO accord_alerts
  WITH CHECK (proposed_by = (SELECT sharing.reader()) AND actor = (SELECT sharing.actor()));
CREATE POLICY visible ON alerts.impact_agreement FOR SELECT TO accord_alerts
  USING (EXISTS (SELECT FROM alerts.impact_level l WHERE l.id = impact_agreement.id));
CREATE POLICY agrees ON alerts.impact_agreement FOR INSERT TO accord_alerts WITH CHECK (
  owner = (SELECT sharing.reader()) AND actor = (SELECT sharing.actor()) AND (SELECT sharing.has_role('APPROVER')));

GRANT INSERT (request_id, viewer, actor, owner, category, operation, indicators, periods, detail, cells, channel, purpose,
  agreement_id, agreement_version, outcome, reason) ON audit.entry TO accord_alerts;
CREATE POLICY alerts_appends ON audit.entry FOR INSERT TO accord_alerts WITH CHECK (true);
GRANT SELECT, INSERT ON sharing.idempotency_key TO accord_alerts;
CREATE POLICY alerts_own ON sharing.idempotency_key TO accord_alerts
  USING (partner = (SELECT sharing.reader())) WITH CHECK (partner = (SELECT sharing.reader()));`;

/** The queues of pg-boss: ids only. This subgraph alone works on them, and cannot change how they are built. */
const jobs = `
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA alerts_job FROM PUBLIC;
SELECT alerts_job.create_queue('released', '{"policy": "standard", "retryLimit": 20, "retryDelay": 1, "retryBackoff": true}');
SELECT alerts_job.create_queue('webhook', '{"policy": "standard", "retryLimit": 12, "retryDelay": 5, "retryBackoff": true, "expireInSeconds": 60}');
SELECT alerts_job.create_queue('deadline', '{"policy": "standard", "retryLimit": 20, "retryDelay": 1, "retryBackoff": true}');
GRANT USAGE ON SCHEMA alerts_job TO accord_alerts;
GRANT SELECT ON alerts_job.version, alerts_job.queue TO accord_alerts;
GRANT UPDATE (maintained_on, monitored_on, cron_on) ON alerts_job.version TO accord_alerts;
GRANT SELECT, INSERT, UPDATE, DELETE ON alerts_job.job, alerts_job.archive TO accord_alerts;`;
