import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Messages keep the triplet that they came with, an update or a cancellation ends all that it names, and whoever had what it
 * ends is told. Locks `alerts.alert` exclusively for an instant (a column with a constant default: no row is written) and replaces
 * functions and policies of the alerts; nothing is read or rewritten.
 */
export class AlertOrigins1764000000029 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(origins);
    await runner.query(notices);
    await runner.query(guard);
  }

  async down(): Promise<void> {
    throw new Error("What partners have been warned of is not undone by a migration.");
  }
}

const origins = `
CREATE TABLE alerts.origin (
  identifier text PRIMARY KEY REFERENCES alerts.alert,
  owner text NOT NULL,
  sender text NOT NULL CHECK (length(sender) BETWEEN 1 AND 200),
  cap_identifier text NOT NULL CHECK (length(cap_identifier) BETWEEN 1 AND 200),
  sent timestamptz(0) NOT NULL,
  digest text NOT NULL,
  signatures text[] NOT NULL DEFAULT '{}',
  UNIQUE (owner, sender, cap_identifier, sent)
);
CREATE INDEX ON alerts.origin (cap_identifier);
COMMENT ON TABLE alerts.origin IS 'the triplet of CAP of a message that came in as a file: sender, identifier, sent';
COMMENT ON COLUMN alerts.origin.digest IS 'of what the file says, however it is formatted: the same file again is the same message';
COMMENT ON COLUMN alerts.origin.signatures IS 'XML signatures of the file, kept as they are written; nobody has verified them';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON alerts.origin FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();

ALTER TABLE alerts.origin ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON alerts.origin TO CURRENT_USER USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON alerts.origin TO accord_alerts;
CREATE POLICY own ON alerts.origin FOR SELECT TO accord_alerts USING (owner = (SELECT sharing.reader()));
CREATE POLICY addressed ON alerts.origin FOR SELECT TO accord_alerts
  USING (EXISTS (SELECT FROM alerts.addressee d WHERE d.identifier = origin.identifier));
CREATE POLICY imports ON alerts.origin FOR INSERT TO accord_alerts WITH CHECK (
  owner = (SELECT sharing.reader())
  AND EXISTS (SELECT FROM alerts.alert a WHERE a.identifier = origin.identifier AND a.owner = origin.owner));`;

/**
 * A notice is a cancellation that the database itself sends to those who had a message and do not get what ends it. Its text is
 * fixed: it tells nothing of the new message. Who may read it is who may read the message that it ends: each address keeps whether
 * it rests on an agreement.
 */
const notices = `
ALTER TABLE alerts.alert ADD COLUMN notice boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN alerts.alert.notice IS
  'sent by the database to those who had a message and are not addressed by what ends it; says that, and nothing else';
DROP POLICY drafts ON alerts.alert;
CREATE POLICY drafts ON alerts.alert FOR INSERT TO accord_alerts WITH CHECK (
  owner = (SELECT sharing.reader()) AND author = (SELECT sharing.actor())
  AND author_approver = (SELECT sharing.has_role('APPROVER')) AND NOT notice);

CREATE FUNCTION alerts.is_over(of_identifier text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM alerts.reference f JOIN alerts.release o ON o.identifier = f.identifier WHERE f.refers_to = of_identifier)
    AND EXISTS (SELECT FROM alerts.addressee d WHERE d.identifier = of_identifier
      AND (sharing.reader() IN (d.owner, d.partner) OR d.group_id IS NOT NULL))
$$;

CREATE FUNCTION alerts.left_out(of_old text, of_new text) RETURNS jsonb
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH reached AS (
    SELECT m.partner, d.person FROM alerts.addressee d,
      LATERAL alerts.members_of(d.owner, jsonb_strip_nulls(jsonb_build_object('partner', d.partner, 'group', d.group_id))) AS m (partner)
    WHERE d.identifier = of_new
  ), held AS (
    SELECT d.partner, d.person, d.group_id, d.agreed, m.partner AS member,
      NOT EXISTS (SELECT FROM reached r WHERE r.partner = m.partner AND (r.person IS NULL OR r.person = d.person)) AS lost
    FROM alerts.addressee d,
      LATERAL alerts.members_of(d.owner, jsonb_strip_nulls(jsonb_build_object('partner', d.partner, 'group', d.group_id))) AS m (partner)
    WHERE d.identifier = of_old AND m.partner <> d.owner
  ), whole AS (
    SELECT group_id FROM held WHERE group_id IS NOT NULL GROUP BY group_id HAVING bool_and(lost)
  ), address AS (
    SELECT DISTINCT jsonb_build_object('group', h.group_id, 'agreed', h.agreed) AS e FROM held h JOIN whole USING (group_id)
    UNION SELECT DISTINCT jsonb_strip_nulls(jsonb_build_object('partner', h.member, 'person', h.person, 'agreed', h.agreed)) FROM held h
      WHERE h.lost AND NOT EXISTS (SELECT FROM whole w WHERE w.group_id = h.group_id)
  )
  SELECT jsonb_agg(e ORDER BY e) FROM address
$$;

CREATE FUNCTION alerts.new_identifier() RETURNS text
  LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
  SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
    || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid::text
$$;

CREATE FUNCTION alerts.tell_left_out() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  ended alerts.alert;
  addresses jsonb;
  told text;
BEGIN
  IF (SELECT a.notice FROM alerts.alert a WHERE a.identifier = NEW.identifier) THEN RETURN NULL; END IF;
  FOR ended IN
    SELECT a.* FROM alerts.reference f JOIN alerts.alert a ON a.identifier = f.refers_to
    WHERE f.identifier = NEW.identifier AND a.expires > sharing.instant() AND NOT EXISTS (
      SELECT FROM alerts.reference e JOIN alerts.release r ON r.identifier = e.identifier
      WHERE e.refers_to = a.identifier AND e.identifier <> NEW.identifier)
    ORDER BY a.identifier
  LOOP
    addresses := alerts.left_out(ended.identifier, NEW.identifier);
    CONTINUE WHEN addresses IS NULL;
    told := alerts.new_identifier();
    INSERT INTO alerts.alert (identifier, owner, author, author_approver, status, msg_type, scope, note, info, expires, tlp,
      handling, handling_note, notice)
    VALUES (told, ended.owner, NEW.actor, NEW.actor_approver, ended.status, 'Cancel', 'Private',
      CASE ended.status WHEN 'Exercise' THEN ended.note || ': ' ELSE '' END || 'No longer in force.',
      '[]', ended.expires, ended.tlp, ended.handling, ended.handling_note, true);
    INSERT INTO alerts.audience (identifier, owner, addresses) VALUES (told, ended.owner, addresses);
    INSERT INTO alerts.reference (identifier, owner, refers_to) VALUES (told, ended.owner, ended.identifier);
    INSERT INTO alerts.release (identifier, owner, actor, actor_approver) VALUES (told, ended.owner, NEW.actor, NEW.actor_approver);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER tell_left_out AFTER INSERT ON alerts.release FOR EACH ROW EXECUTE FUNCTION alerts.tell_left_out();

CREATE OR REPLACE FUNCTION alerts.address() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO alerts.addressee (identifier, owner, partner, person, group_id, agreed)
  SELECT NEW.identifier, NEW.owner, e ->> 'partner', e ->> 'person', e ->> 'group',
    CASE WHEN a.notice THEN (e ->> 'agreed')::boolean ELSE alerts.is_agreed(NEW.owner, e) END
  FROM alerts.audience d JOIN alerts.alert a USING (identifier), jsonb_array_elements(d.addresses) AS e
  WHERE d.identifier = NEW.identifier;
  PERFORM pg_notify('accord_alerts', '');
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION alerts.is_over(text), alerts.left_out(text, text), alerts.new_identifier(), alerts.tell_left_out() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION alerts.is_over(text) TO accord_alerts;`;

/**
 * As before, for messages that name several: each is out and none is ended by something that is not named too, and one of them
 * at least is not ended yet. A notice ends what has just been ended, and needs no second person: its text is nobody's.
 */
const guard = `
CREATE OR REPLACE FUNCTION alerts.guard_release() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE message alerts.alert;
BEGIN
  SELECT * INTO STRICT message FROM alerts.alert WHERE identifier = NEW.identifier;
  IF message.notice THEN RETURN NEW; END IF;
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
  IF EXISTS (SELECT FROM alerts.reference f WHERE f.identifier = NEW.identifier AND (
      NOT EXISTS (SELECT FROM alerts.release r WHERE r.identifier = f.refers_to)
      OR EXISTS (SELECT FROM alerts.reference other JOIN alerts.release r ON r.identifier = other.identifier
          JOIN alerts.alert u ON u.identifier = other.identifier
        WHERE other.refers_to = f.refers_to AND other.identifier <> NEW.identifier AND NOT u.notice
          AND (u.msg_type = 'Cancel' OR NOT EXISTS (SELECT FROM alerts.reference named
            WHERE named.identifier = NEW.identifier AND named.refers_to = other.identifier)))))
    OR (message.msg_type <> 'Alert' AND NOT EXISTS (SELECT FROM alerts.reference f WHERE f.identifier = NEW.identifier
      AND NOT EXISTS (SELECT FROM alerts.reference other JOIN alerts.release r ON r.identifier = other.identifier
        WHERE other.refers_to = f.refers_to AND other.identifier <> NEW.identifier))) THEN
    RAISE EXCEPTION 'what it refers to is not out, or is superseded already' USING ERRCODE = 'unique_violation';
  END IF;
  RETURN NEW;
END $$;`;
