import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Cooperation requests. What the facilitator may see (`request`, `event`) and what the parties write (`content`, `note`,
 * `response` …) stand in tables of their own, so that no statement of the desk's can bring one along with the other.
 * Nothing is ever updated by the subgraph: a request moves by the event that is appended, and `cooperation.move` says how.
 */
export class Cooperation1764000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(role);
    await runner.query(tables);
    await runner.query(transitions);
    await runner.query(functions);
    await runner.query(guards);
    await runner.query(grants);
    await runner.query(rowSecurity);
  }

  async down(): Promise<void> {
    throw new Error("What partners have asked of each other is not undone by a migration.");
  }
}

const role = `
DO $$
BEGIN
  BEGIN
    CREATE ROLE accord_cooperation NOLOGIN NOSUPERUSER NOBYPASSRLS;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  BEGIN
    EXECUTE format('GRANT accord_cooperation TO %I', current_user);
  EXCEPTION WHEN insufficient_privilege THEN NULL;
  END;
END $$`;

const tables = `
CREATE SCHEMA cooperation;

CREATE TABLE cooperation.request (
  reference text PRIMARY KEY CHECK (reference ~ '^COLEP-[0-9]{4}-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$'),
  requester text NOT NULL REFERENCES sharing.partner,
  requested text NOT NULL REFERENCES sharing.partner,
  facilitator text NOT NULL REFERENCES sharing.partner,
  mechanism integer NOT NULL CHECK (mechanism >= 1),
  kind text CHECK (kind IN ('INFORMATION_REQUEST', 'KNOWLEDGE_EXCHANGE', 'CAPACITY_BUILDING', 'OPERATIONAL_PARTNERSHIP', 'OTHER_ASSISTANCE')),
  channel text CHECK (channel IN ('FACILITATED', 'URGENT_DIRECT')),
  urgency text CHECK (urgency IN ('NORMAL', 'URGENT')),
  accessibility text CHECK (accessibility IN ('DIRECT', 'INDIRECT', 'UNKNOWN')),
  language text CHECK (language IN ('en', 'fr', 'ru', 'tr', 'ar', 'fa', 'ur', 'bn')),
  state text NOT NULL DEFAULT 'DRAFT',
  revision integer NOT NULL DEFAULT 0,
  content_version integer NOT NULL DEFAULT 0,
  reach text NOT NULL DEFAULT 'REQUESTER' CHECK (reach IN ('REQUESTER', 'DESK', 'PARTIES')),
  acknowledged boolean NOT NULL DEFAULT false,
  received boolean NOT NULL DEFAULT false,
  concluded boolean NOT NULL DEFAULT false,
  limit_hours integer CHECK (limit_hours > 0),
  requester_discloses boolean NOT NULL DEFAULT false,
  requested_discloses boolean NOT NULL DEFAULT false,
  disclosed boolean GENERATED ALWAYS AS (requester_discloses AND requested_discloses) STORED,
  opened_at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  reached_at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  CHECK (requester <> requested AND facilitator NOT IN (requester, requested)),
  CHECK (channel = 'FACILITATED' OR urgency = 'URGENT')
);
CREATE INDEX ON cooperation.request (requester, reached_at);
CREATE INDEX ON cooperation.request (requested, reached_at);

CREATE TABLE cooperation.fan_out (
  reference text PRIMARY KEY REFERENCES cooperation.request,
  owner text NOT NULL,
  batch uuid NOT NULL
);
CREATE INDEX ON cooperation.fan_out (batch);

CREATE TABLE cooperation.content (
  reference text NOT NULL REFERENCES cooperation.request,
  version integer NOT NULL,
  author text NOT NULL,
  kind text NOT NULL,
  channel text NOT NULL,
  urgency text NOT NULL,
  accessibility text NOT NULL,
  language text NOT NULL,
  subject text NOT NULL,
  information_sought text NOT NULL,
  purpose text NOT NULL,
  crime_areas text[] NOT NULL
    CHECK (crime_areas <@ ARRAY['IRREGULAR_MIGRATION', 'SMUGGLING_OF_MIGRANTS', 'TRAFFICKING_IN_HUMAN_BEINGS']),
  underlying_offence text,
  facts_summary text,
  availability_grounds text,
  link_to_entity text,
  use_restrictions text,
  urgency_ground text CHECK (urgency_ground IN ('THREAT_PUBLIC_SECURITY', 'THREAT_LIFE', 'DEPRIVATION_OF_LIBERTY', 'LOSS_OF_RELEVANCE')),
  urgency_reason text,
  tlp text NOT NULL CHECK (tlp IN ('AMBER_STRICT', 'AMBER', 'GREEN', 'CLEAR')),
  handling text[] NOT NULL CHECK (handling <@ ARRAY['H0', 'H1', 'H2', 'H3']),
  handling_note text,
  source_evaluation text CHECK (source_evaluation IN ('A', 'B', 'C', 'X')),
  information_evaluation text CHECK (information_evaluation IN ('I1', 'I2', 'I3', 'I4')),
  at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  PRIMARY KEY (reference, version),
  CHECK ((urgency = 'URGENT') = (urgency_ground IS NOT NULL)),
  CHECK (NOT 'H3' = ANY (handling) OR handling_note IS NOT NULL)
);

CREATE TABLE cooperation.event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  reference text NOT NULL REFERENCES cooperation.request,
  revision integer NOT NULL,
  action text NOT NULL,
  by_partner text NOT NULL,
  actor text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  accessibility text CHECK (accessibility IN ('DIRECT', 'INDIRECT', 'UNKNOWN')),
  expected_until timestamptz(3),
  party text NOT NULL CHECK (party IN ('REQUESTER', 'REQUESTED', 'FACILITATOR')),
  from_state text,
  to_state text NOT NULL,
  clock text CHECK (clock IN ('START', 'STOP', 'RESUME', 'END')),
  reach text NOT NULL CHECK (reach IN ('REQUESTER', 'DESK', 'PARTIES')),
  UNIQUE (reference, revision),
  CHECK ((action = 'NOTIFY_DELAY') = (expected_until IS NOT NULL)),
  CHECK (accessibility IS NULL OR action = 'RECEIVE')
);

CREATE TABLE cooperation.note (
  event bigint PRIMARY KEY REFERENCES cooperation.event,
  reference text NOT NULL REFERENCES cooperation.request,
  author text NOT NULL,
  reach text NOT NULL,
  text text NOT NULL
);
CREATE INDEX ON cooperation.note (reference);

CREATE TABLE cooperation.response (
  reference text NOT NULL REFERENCES cooperation.request,
  part integer NOT NULL CHECK (part >= 1),
  author text NOT NULL,
  content text,
  refusal_ground text CHECK (refusal_ground IN ('NOT_AVAILABLE', 'NOT_CONFORMING', 'JUDICIAL_AUTHORISATION_REFUSED', 'DATA_CATEGORY',
    'INACCURATE_OR_OUTDATED', 'NATIONAL_SECURITY', 'ONGOING_INVESTIGATION_OR_SAFETY', 'LEGAL_PERSON_INTERESTS', 'MINOR_OFFENCE',
    'NOT_AN_OFFENCE', 'THIRD_PARTY_CONSENT')),
  refusal_scope text CHECK (refusal_scope IN ('FULL', 'PARTIAL')),
  explanation text,
  tlp text NOT NULL CHECK (tlp IN ('AMBER_STRICT', 'AMBER', 'GREEN', 'CLEAR')),
  handling text[] NOT NULL CHECK (handling <@ ARRAY['H0', 'H1', 'H2', 'H3']),
  handling_note text,
  source_evaluation text CHECK (source_evaluation IN ('A', 'B', 'C', 'X')),
  information_evaluation text CHECK (information_evaluation IN ('I1', 'I2', 'I3', 'I4')),
  usable_as_evidence boolean NOT NULL DEFAULT false,
  actor text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  PRIMARY KEY (reference, part),
  CHECK (content IS NOT NULL OR refusal_ground IS NOT NULL),
  CHECK ((refusal_ground IS NULL) = (refusal_scope IS NULL)),
  CHECK (refusal_scope IS DISTINCT FROM 'FULL' OR content IS NULL),
  CHECK (NOT 'H3' = ANY (handling) OR handling_note IS NOT NULL)
);

CREATE TABLE cooperation.feedback (
  reference text PRIMARY KEY REFERENCES cooperation.request,
  author text NOT NULL,
  met text NOT NULL CHECK (met IN ('FULLY', 'PARTLY', 'NOT')),
  comment text,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant()
);

CREATE TABLE cooperation.redissemination (
  id uuid PRIMARY KEY,
  reference text NOT NULL REFERENCES cooperation.request,
  owner text NOT NULL REFERENCES sharing.partner,
  asker text NOT NULL REFERENCES sharing.partner,
  recipient text NOT NULL REFERENCES sharing.partner,
  purpose text NOT NULL,
  actor text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  CHECK (owner <> asker AND recipient NOT IN (owner, asker))
);
CREATE INDEX ON cooperation.redissemination (reference);

CREATE TABLE cooperation.redissemination_answer (
  id uuid PRIMARY KEY REFERENCES cooperation.redissemination,
  owner text NOT NULL,
  consents boolean NOT NULL,
  note text,
  actor text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant()
);

CREATE TABLE cooperation.proposed_grant (
  reference text PRIMARY KEY REFERENCES cooperation.request,
  owner text NOT NULL,
  viewer text NOT NULL,
  indicators text[] NOT NULL CHECK (cardinality(indicators) > 0),
  detail text[] NOT NULL,
  data_from date,
  data_until date,
  disclosure_control text NOT NULL CHECK (disclosure_control IN ('NONE', 'SUPPRESSION', 'CONTROLLED_ROUNDING')),
  embargo_days integer NOT NULL CHECK (embargo_days BETWEEN 0 AND 3650),
  valid_until timestamptz(3),
  proposed_by text NOT NULL,
  proposer_approver boolean NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant()
);

CREATE TABLE cooperation.grant_confirmation (
  reference text PRIMARY KEY REFERENCES cooperation.proposed_grant,
  owner text NOT NULL,
  actor text NOT NULL,
  approver boolean NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant()
);

CREATE TABLE cooperation.grant_agreement (
  reference text PRIMARY KEY REFERENCES cooperation.grant_confirmation,
  agreement_id text NOT NULL REFERENCES sharing.agreement,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant()
);

CREATE TABLE cooperation.service_level (
  kind text NOT NULL,
  urgency text NOT NULL,
  accessibility text NOT NULL,
  hours integer NOT NULL CHECK (hours > 0),
  source text NOT NULL,
  PRIMARY KEY (kind, urgency, accessibility)
);
INSERT INTO cooperation.service_level (kind, urgency, accessibility, hours, source)
SELECT 'INFORMATION_REQUEST', urgency, accessibility, hours, 'after Directive (EU) 2023/977 Art. 5(1), read 2026-11; binds none but EU members'
FROM (VALUES ('URGENT', 'DIRECT', 8), ('URGENT', 'INDIRECT', 72), ('URGENT', 'UNKNOWN', 168),
  ('NORMAL', 'DIRECT', 168), ('NORMAL', 'INDIRECT', 168), ('NORMAL', 'UNKNOWN', 168)) AS l (urgency, accessibility, hours);

CREATE TABLE cooperation.transition (
  action text NOT NULL,
  party text NOT NULL,
  from_state text,
  to_state text NOT NULL,
  clock text,
  channel text,
  needs text
);

COMMENT ON COLUMN cooperation.request.reference IS 'eight characters at random: a number would tell how many requests others have';
COMMENT ON COLUMN cooperation.request.reach IS 'how far it has come; nobody learns of what has not reached it';
COMMENT ON COLUMN cooperation.request.reached_at IS 'when it came as far as it has: what lists are ordered by';
COMMENT ON COLUMN cooperation.request.revision IS 'grows with every event, and by a random step where it reaches somebody new: what was before is not counted';
COMMENT ON COLUMN cooperation.request.limit_hours IS 'the service level as it stood at receipt; null = none for this kind';
COMMENT ON TABLE cooperation.fan_out IS 'which requests were asked together, for the eyes of who asked';
COMMENT ON COLUMN cooperation.content.version IS 'the requested party sees the last one, never what it was made of';
COMMENT ON COLUMN cooperation.event.revision IS 'written: the revision its author has read; stored: the one it makes';
COMMENT ON TABLE cooperation.service_level IS 'configuration: hours of calendar time from receipt; a kind without a row has no limit';
COMMENT ON TABLE cooperation.transition IS 'the copy of subgraphs/cooperation/requests/transition.rules.ts that the database holds rooms to; compared in a test';`;

/** As `subgraphs/cooperation/requests/transition.rules.ts` had it when this was written. A change of the table is a new migration. */
const transitions = `
INSERT INTO cooperation.transition (action, party, from_state, to_state, clock, channel, needs) VALUES
  ('OPEN', 'REQUESTER', NULL, 'DRAFT', NULL, NULL, NULL),
  ('AMEND', 'REQUESTER', 'DRAFT', 'DRAFT', NULL, NULL, NULL),
  ('AMEND', 'REQUESTER', 'RETURNED_FOR_COMPLETION', 'RETURNED_FOR_COMPLETION', NULL, NULL, NULL),
  ('SUBMIT', 'REQUESTER', 'DRAFT', 'SUBMITTED', NULL, 'FACILITATED', NULL),
  ('SUBMIT', 'REQUESTER', 'DRAFT', 'RECEIVED', 'START', 'URGENT_DIRECT', NULL),
  ('SUBMIT', 'REQUESTER', 'RETURNED_FOR_COMPLETION', 'SUBMITTED', NULL, 'FACILITATED', NULL),
  ('SUBMIT', 'REQUESTER', 'RETURNED_FOR_COMPLETION', 'RECEIVED', 'START', 'URGENT_DIRECT', NULL),
  ('RETURN_FOR_COMPLETION', 'FACILITATOR', 'SUBMITTED', 'RETURNED_FOR_COMPLETION', NULL, NULL, NULL),
  ('FORWARD', 'FACILITATOR', 'SUBMITTED', 'FORWARDED', NULL, NULL, NULL),
  ('RECEIVE', 'REQUESTED', 'FORWARDED', 'RECEIVED', 'START', NULL, NULL),
  ('RECEIVE', 'REQUESTED', 'RECEIVED', 'RECEIVED', NULL, 'URGENT_DIRECT', 'UNACKNOWLEDGED'),
  ('START_WORK', 'REQUESTED', 'RECEIVED', 'IN_PROGRESS', NULL, NULL, NULL),
  ('ASK_CLARIFICATION', 'REQUESTED', 'RECEIVED', 'CLARIFICATION_REQUESTED', 'STOP', NULL, NULL),
  ('ASK_CLARIFICATION', 'REQUESTED', 'IN_PROGRESS', 'CLARIFICATION_REQUESTED', 'STOP', NULL, NULL),
  ('CLARIFY', 'REQUESTER', 'CLARIFICATION_REQUESTED', 'IN_PROGRESS', 'RESUME', NULL, NULL),
  ('NOTIFY_DELAY', 'REQUESTED', 'RECEIVED', 'AWAITING_JUDICIAL_AUTHORISATION', NULL, NULL, NULL),
  ('ANSWER', 'REQUESTED', 'RECEIVED', 'ANSWERED', 'END', NULL, NULL),
  ('ANSWER_IN_PART', 'REQUESTED', 'RECEIVED', 'PARTIALLY_ANSWERED', NULL, NULL, NULL),
  ('ANSWER_AND_REFUSE_REST', 'REQUESTED', 'RECEIVED', 'PARTIALLY_ANSWERED', 'END', NULL, NULL),
  ('REFUSE', 'REQUESTED', 'RECEIVED', 'REFUSED', 'END', NULL, NULL),
  ('NOTIFY_DELAY', 'REQUESTED', 'IN_PROGRESS', 'AWAITING_JUDICIAL_AUTHORISATION', NULL, NULL, NULL),
  ('ANSWER', 'REQUESTED', 'IN_PROGRESS', 'ANSWERED', 'END', NULL, NULL),
  ('ANSWER_IN_PART', 'REQUESTED', 'IN_PROGRESS', 'PARTIALLY_ANSWERED', NULL, NULL, NULL),
  ('ANSWER_AND_REFUSE_REST', 'REQUESTED', 'IN_PROGRESS', 'PARTIALLY_ANSWERED', 'END', NULL, NULL),
  ('REFUSE', 'REQUESTED', 'IN_PROGRESS', 'REFUSED', 'END', NULL, NULL),
  ('NOTIFY_DELAY', 'REQUESTED', 'AWAITING_JUDICIAL_AUTHORISATION', 'AWAITING_JUDICIAL_AUTHORISATION', NULL, NULL, NULL),
  ('ANSWER', 'REQUESTED', 'AWAITING_JUDICIAL_AUTHORISATION', 'ANSWERED', 'END', NULL, NULL),
  ('ANSWER_IN_PART', 'REQUESTED', 'AWAITING_JUDICIAL_AUTHORISATION', 'PARTIALLY_ANSWERED', NULL, NULL, NULL),
  ('ANSWER_AND_REFUSE_REST', 'REQUESTED', 'AWAITING_JUDICIAL_AUTHORISATION', 'PARTIALLY_ANSWERED', 'END', NULL, NULL),
  ('REFUSE', 'REQUESTED', 'AWAITING_JUDICIAL_AUTHORISATION', 'REFUSED', 'END', NULL, NULL),
  ('REFUSE', 'REQUESTED', 'CLARIFICATION_REQUESTED', 'REFUSED', 'END', NULL, NULL),
  ('ANSWER', 'REQUESTED', 'PARTIALLY_ANSWERED', 'ANSWERED', 'END', NULL, 'OPEN_END'),
  ('ANSWER_IN_PART', 'REQUESTED', 'PARTIALLY_ANSWERED', 'PARTIALLY_ANSWERED', NULL, NULL, 'OPEN_END'),
  ('ANSWER_AND_REFUSE_REST', 'REQUESTED', 'PARTIALLY_ANSWERED', 'PARTIALLY_ANSWERED', 'END', NULL, 'OPEN_END'),
  ('REFUSE_REST', 'REQUESTED', 'PARTIALLY_ANSWERED', 'PARTIALLY_ANSWERED', 'END', NULL, 'OPEN_END'),
  ('WITHDRAW', 'REQUESTER', 'DRAFT', 'WITHDRAWN', 'END', NULL, NULL),
  ('WITHDRAW', 'REQUESTER', 'SUBMITTED', 'WITHDRAWN', 'END', NULL, NULL),
  ('WITHDRAW', 'REQUESTER', 'RETURNED_FOR_COMPLETION', 'WITHDRAWN', 'END', NULL, NULL),
  ('WITHDRAW', 'REQUESTER', 'FORWARDED', 'WITHDRAWN', 'END', NULL, NULL),
  ('WITHDRAW', 'REQUESTER', 'RECEIVED', 'WITHDRAWN', 'END', NULL, NULL),
  ('WITHDRAW', 'REQUESTER', 'IN_PROGRESS', 'WITHDRAWN', 'END', NULL, NULL),
  ('WITHDRAW', 'REQUESTER', 'CLARIFICATION_REQUESTED', 'WITHDRAWN', 'END', NULL, NULL),
  ('WITHDRAW', 'REQUESTER', 'AWAITING_JUDICIAL_AUTHORISATION', 'WITHDRAWN', 'END', NULL, NULL),
  ('CONFIRM_GRANT', 'REQUESTED', 'ANSWERED', 'ANSWERED', NULL, NULL, 'GRANT_UNCONFIRMED'),
  ('CONFIRM_GRANT', 'REQUESTED', 'PARTIALLY_ANSWERED', 'PARTIALLY_ANSWERED', NULL, NULL, 'GRANT_UNCONFIRMED'),
  ('ACCEPT_GRANT', 'REQUESTER', 'ANSWERED', 'CLOSED', 'END', NULL, 'GRANT_CONFIRMED'),
  ('ACCEPT_GRANT', 'REQUESTER', 'PARTIALLY_ANSWERED', 'CLOSED', 'END', NULL, 'GRANT_CONFIRMED'),
  ('CLOSE', 'REQUESTER', 'ANSWERED', 'CLOSED', 'END', NULL, NULL),
  ('CLOSE', 'REQUESTER', 'PARTIALLY_ANSWERED', 'CLOSED', 'END', NULL, NULL),
  ('CLOSE', 'REQUESTER', 'REFUSED', 'CLOSED', 'END', NULL, NULL),
  ('DISCLOSE', 'REQUESTER', 'SUBMITTED', 'SUBMITTED', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTER', 'RETURNED_FOR_COMPLETION', 'RETURNED_FOR_COMPLETION', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTER', 'FORWARDED', 'FORWARDED', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTER', 'RECEIVED', 'RECEIVED', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTER', 'IN_PROGRESS', 'IN_PROGRESS', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTER', 'CLARIFICATION_REQUESTED', 'CLARIFICATION_REQUESTED', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTER', 'AWAITING_JUDICIAL_AUTHORISATION', 'AWAITING_JUDICIAL_AUTHORISATION', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTER', 'ANSWERED', 'ANSWERED', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTER', 'PARTIALLY_ANSWERED', 'PARTIALLY_ANSWERED', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTER', 'REFUSED', 'REFUSED', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTER', 'CLOSED', 'CLOSED', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTED', 'FORWARDED', 'FORWARDED', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTED', 'RECEIVED', 'RECEIVED', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTED', 'IN_PROGRESS', 'IN_PROGRESS', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTED', 'CLARIFICATION_REQUESTED', 'CLARIFICATION_REQUESTED', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTED', 'AWAITING_JUDICIAL_AUTHORISATION', 'AWAITING_JUDICIAL_AUTHORISATION', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTED', 'ANSWERED', 'ANSWERED', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTED', 'PARTIALLY_ANSWERED', 'PARTIALLY_ANSWERED', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTED', 'REFUSED', 'REFUSED', NULL, NULL, NULL),
  ('DISCLOSE', 'REQUESTED', 'CLOSED', 'CLOSED', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTER', 'SUBMITTED', 'SUBMITTED', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTER', 'RETURNED_FOR_COMPLETION', 'RETURNED_FOR_COMPLETION', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTER', 'FORWARDED', 'FORWARDED', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTER', 'RECEIVED', 'RECEIVED', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTER', 'IN_PROGRESS', 'IN_PROGRESS', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTER', 'CLARIFICATION_REQUESTED', 'CLARIFICATION_REQUESTED', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTER', 'AWAITING_JUDICIAL_AUTHORISATION', 'AWAITING_JUDICIAL_AUTHORISATION', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTER', 'ANSWERED', 'ANSWERED', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTER', 'PARTIALLY_ANSWERED', 'PARTIALLY_ANSWERED', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTER', 'REFUSED', 'REFUSED', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTER', 'CLOSED', 'CLOSED', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTED', 'FORWARDED', 'FORWARDED', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTED', 'RECEIVED', 'RECEIVED', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTED', 'IN_PROGRESS', 'IN_PROGRESS', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTED', 'CLARIFICATION_REQUESTED', 'CLARIFICATION_REQUESTED', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTED', 'AWAITING_JUDICIAL_AUTHORISATION', 'AWAITING_JUDICIAL_AUTHORISATION', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTED', 'ANSWERED', 'ANSWERED', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTED', 'PARTIALLY_ANSWERED', 'PARTIALLY_ANSWERED', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTED', 'REFUSED', 'REFUSED', NULL, NULL, NULL),
  ('WITHHOLD', 'REQUESTED', 'CLOSED', 'CLOSED', NULL, NULL, NULL);`;

/** What lends the owner's rights has a fixed search_path, and says nothing but what the subgraph needs to know. */
const functions = `
CREATE FUNCTION cooperation.secretariat() RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT code FROM sharing.partner WHERE kind = 'SECRETARIAT' ORDER BY code LIMIT 1
$$;

CREATE FUNCTION cooperation.takes_part(of_partner text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM sharing.partner WHERE code = of_partner AND kind IN ('NATIONAL_AUTHORITY', 'INSTITUTION'))
$$;

CREATE FUNCTION cooperation.is_partner(of_partner text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM sharing.partner WHERE code = of_partner AND kind <> 'AUDITOR')
$$;

CREATE FUNCTION cooperation.partner_names(of_partners text[]) RETURNS TABLE (code text, name text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.code, p.name FROM sharing.partner p WHERE p.code = ANY (of_partners)
$$;

CREATE FUNCTION cooperation.may_act() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT sharing.has_role('OFFICER') OR sharing.has_role('APPROVER')
$$;

CREATE FUNCTION cooperation.performance(of_year integer) RETURNS TABLE (
  reason text, concluded integer, median_hours double precision, limited integer, on_time integer
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH year AS (
    SELECT make_timestamptz(of_year, 1, 1, 0, 0, 0, 'UTC') AS start, make_timestamptz(of_year + 1, 1, 1, 0, 0, 0, 'UTC') AS over
  ), last_word AS (
    SELECT r.reference, r.requester, r.requested, r.limit_hours, e.at
    FROM cooperation.event e JOIN cooperation.request r ON r.reference = e.reference, year
    WHERE e.clock = 'END' AND e.party = 'REQUESTED' AND e.at >= year.start AND e.at < year.over
  ), step AS (
    SELECT e.reference, e.clock, e.at, lead(e.at) OVER (PARTITION BY e.reference ORDER BY e.id) AS until
    FROM cooperation.event e WHERE e.clock IS NOT NULL AND e.reference IN (SELECT reference FROM last_word)
  ), took AS (
    SELECT w.reference, w.limit_hours, w.requester, w.requested,
      (SELECT sum(extract(epoch FROM s.until - s.at)) FROM step s WHERE s.reference = w.reference AND s.clock IN ('START', 'RESUME')) AS seconds,
      w.at <= (SELECT max(e.expected_until) FROM cooperation.event e WHERE e.reference = w.reference) AS as_announced
    FROM last_word w
  ), size AS (
    SELECT count(*)::integer AS concluded, count(DISTINCT requester) AS requesters, count(DISTINCT requested) AS requesteds,
      coalesce((SELECT max(others.known) FROM (SELECT count(*) AS known FROM took t, LATERAL unnest(ARRAY[t.requester, t.requested]) AS p
        GROUP BY p) AS others), 0) AS known_to_one
    FROM took
  ), verdict AS (
    SELECT concluded, CASE WHEN year.over > sharing.instant() THEN 'YEAR_NOT_OVER'
      WHEN concluded < 10 OR requesters < 3 OR requesteds < 3 OR concluded - known_to_one < 5 THEN 'TOO_FEW' END AS reason
    FROM size, year
  ), limits AS (
    SELECT count(*)::integer AS limited,
      (count(*) FILTER (WHERE seconds <= limit_hours * 3600 OR coalesce(as_announced, false)))::integer AS on_time
    FROM took WHERE limit_hours IS NOT NULL
  )
  SELECT v.reason, CASE WHEN v.reason IS NULL THEN v.concluded END,
    CASE WHEN v.reason IS NULL THEN (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) / 3600 FROM took) END,
    CASE WHEN v.reason IS NULL AND l.limited >= 10 THEN l.limited END,
    CASE WHEN v.reason IS NULL AND l.limited >= 10 THEN l.on_time END
  FROM verdict v, limits l WHERE sharing.reader() IS NOT NULL
$$;
COMMENT ON FUNCTION cooperation.performance(integer) IS
  'of years that are over, so that no figure ever changes and none can be told by the difference; of at least 10 requests of 3 requesting and 3 requested partners, 5 of which no single partner is a party to';

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA cooperation FROM PUBLIC;
GRANT USAGE ON SCHEMA cooperation, sharing, audit, indicators TO accord_cooperation;
GRANT EXECUTE ON FUNCTION cooperation.secretariat(), cooperation.takes_part(text), cooperation.is_partner(text), cooperation.may_act(),
  cooperation.partner_names(text[]),
  cooperation.performance(integer), indicators.catalogue() TO accord_cooperation;
GRANT EXECUTE ON FUNCTION sharing.instant(), sharing.viewer(), sharing.reader(), sharing.actor(), sharing.purpose(),
  sharing.has_role(text), sharing.my_terms(), sharing.holds_demo() TO accord_cooperation;`;

/** Held by the database, whatever a subgraph forgets: who moves what to where, and that what was written stays. */
const guards = `
CREATE FUNCTION cooperation.write_content() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r cooperation.request;
BEGIN
  SELECT * INTO STRICT r FROM cooperation.request WHERE reference = NEW.reference FOR UPDATE;
  IF NEW.author <> r.requester OR NEW.version <> r.content_version + 1 OR r.state NOT IN ('DRAFT', 'RETURNED_FOR_COMPLETION') THEN
    RAISE EXCEPTION 'what is asked is written by the requester, before it is submitted' USING ERRCODE = 'check_violation';
  END IF;
  UPDATE cooperation.request SET content_version = NEW.version, kind = NEW.kind, channel = NEW.channel, urgency = NEW.urgency,
    accessibility = NEW.accessibility, language = NEW.language WHERE reference = NEW.reference;
  RETURN NEW;
END $$;
CREATE TRIGGER write_content BEFORE INSERT ON cooperation.content FOR EACH ROW EXECUTE FUNCTION cooperation.write_content();

CREATE FUNCTION cooperation.move() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r cooperation.request; t cooperation.transition; hours integer;
BEGIN
  SELECT * INTO STRICT r FROM cooperation.request WHERE reference = NEW.reference FOR UPDATE;
  IF NEW.revision <> r.revision THEN
    RAISE EXCEPTION 'somebody moved it first' USING ERRCODE = 'unique_violation';
  END IF;
  NEW.party := CASE NEW.by_partner WHEN r.requester THEN 'REQUESTER' WHEN r.requested THEN 'REQUESTED' WHEN r.facilitator THEN 'FACILITATOR' END;
  SELECT * INTO t FROM cooperation.transition WHERE action = NEW.action AND party = NEW.party
    AND from_state IS NOT DISTINCT FROM CASE WHEN r.revision > 0 THEN r.state END AND (channel IS NULL OR channel = r.channel)
    AND (needs IS DISTINCT FROM 'OPEN_END' OR NOT r.concluded) AND (needs IS DISTINCT FROM 'UNACKNOWLEDGED' OR NOT r.acknowledged);
  IF NOT FOUND OR r.content_version = 0 THEN
    RAISE EXCEPTION 'no such move' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.action = 'CONFIRM_GRANT' AND NOT EXISTS (SELECT FROM cooperation.grant_confirmation WHERE reference = NEW.reference)
    OR NEW.action = 'ACCEPT_GRANT' AND NOT EXISTS (SELECT FROM cooperation.grant_agreement WHERE reference = NEW.reference) THEN
    RAISE EXCEPTION 'the grant is not agreed' USING ERRCODE = 'check_violation';
  END IF;
  NEW.from_state := t.from_state;
  NEW.to_state := t.to_state;
  NEW.clock := CASE WHEN t.clock IS DISTINCT FROM 'END' OR (r.received AND NOT r.concluded) THEN t.clock END;
  NEW.reach := CASE WHEN NEW.action = 'FORWARD' OR (NEW.action = 'SUBMIT' AND r.channel = 'URGENT_DIRECT') THEN 'PARTIES'
    WHEN NEW.action = 'SUBMIT' THEN 'DESK' ELSE r.reach END;
  NEW.revision := r.revision + 1 + CASE WHEN NEW.reach <> r.reach THEN floor(random() * 1000000)::integer ELSE 0 END;
  SELECT s.hours INTO hours FROM cooperation.service_level s
    WHERE s.kind = r.kind AND s.urgency = r.urgency AND s.accessibility = coalesce(NEW.accessibility, r.accessibility);
  UPDATE cooperation.request SET state = NEW.to_state, revision = NEW.revision, reach = NEW.reach,
    reached_at = CASE WHEN NEW.reach <> r.reach THEN NEW.at ELSE r.reached_at END,
    accessibility = coalesce(NEW.accessibility, r.accessibility),
    limit_hours = CASE WHEN NEW.clock = 'START' OR NEW.action = 'RECEIVE' THEN hours ELSE r.limit_hours END,
    received = r.received OR NEW.clock IS NOT DISTINCT FROM 'START', acknowledged = r.acknowledged OR NEW.action = 'RECEIVE',
    concluded = r.concluded OR NEW.clock IS NOT DISTINCT FROM 'END',
    requester_discloses = CASE WHEN NEW.party = 'REQUESTER' AND NEW.action IN ('DISCLOSE', 'WITHHOLD') THEN NEW.action = 'DISCLOSE'
      ELSE r.requester_discloses END,
    requested_discloses = CASE WHEN NEW.party = 'REQUESTED' AND NEW.action IN ('DISCLOSE', 'WITHHOLD') THEN NEW.action = 'DISCLOSE'
      ELSE r.requested_discloses END
  WHERE reference = NEW.reference;
  RETURN NEW;
END $$;
CREATE TRIGGER move BEFORE INSERT ON cooperation.event FOR EACH ROW EXECUTE FUNCTION cooperation.move();

CREATE FUNCTION cooperation.guard_confirmation() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM cooperation.proposed_grant g WHERE g.reference = NEW.reference AND g.owner = NEW.owner
                 AND g.proposed_by <> NEW.actor AND (g.proposer_approver OR NEW.approver)) THEN
    RAISE EXCEPTION 'a grant takes a second person of its owner, and of the two an approver' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON cooperation.grant_confirmation FOR EACH ROW EXECUTE FUNCTION cooperation.guard_confirmation();

CREATE FUNCTION cooperation.require_closed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM cooperation.request r WHERE r.reference = NEW.reference AND r.state = 'CLOSED') THEN
    RAISE EXCEPTION 'accepting a grant closes the request, both or neither' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER closes AFTER INSERT ON cooperation.grant_agreement DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION cooperation.require_closed();

REVOKE ALL ON FUNCTION cooperation.write_content(), cooperation.move(), cooperation.guard_confirmation(),
  cooperation.require_closed() FROM PUBLIC;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cooperation.content FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cooperation.event FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cooperation.note FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cooperation.response FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cooperation.feedback FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cooperation.fan_out FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cooperation.redissemination FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cooperation.redissemination_answer FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cooperation.proposed_grant FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cooperation.grant_confirmation FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cooperation.grant_agreement FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();`;

/**
 * The one seam to agreements. It takes no text of a caller's: what is agreed and who stood by it are read from the rows that
 * those people wrote in their own name, and the guards of migration 5 count their acts as everybody's.
 */
const grants = `
CREATE FUNCTION sharing.agree_on_request(of_reference text) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE g cooperation.proposed_grant; c cooperation.grant_confirmation; made text;
BEGIN
  SELECT * INTO STRICT g FROM cooperation.proposed_grant WHERE reference = of_reference;
  SELECT * INTO STRICT c FROM cooperation.grant_confirmation WHERE reference = of_reference;
  IF g.viewer IS DISTINCT FROM sharing.reader() OR NOT EXISTS (SELECT FROM cooperation.request r WHERE r.reference = of_reference
      AND r.requester = g.viewer AND r.requested = g.owner AND r.state IN ('ANSWERED', 'PARTIALLY_ANSWERED')) THEN
    RAISE EXCEPTION 'only the requester accepts, and only what it was answered with' USING ERRCODE = 'check_violation';
  END IF;
  made := 'A-' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 10);
  INSERT INTO sharing.agreement (id, title, kind, convener, revision)
    VALUES (made, 'Figures opened in answer to ' || of_reference, 'BILATERAL', g.owner, 3);
  INSERT INTO sharing.agreement_version (agreement_id, version, valid_from, valid_until, proposed_by, proposed_at)
    VALUES (made, 1, sharing.instant(), g.valid_until, g.owner, sharing.instant());
  INSERT INTO sharing.term (agreement_id, version, category, owners, viewers, indicators, detail, data_from, data_until, disclosure_control, embargo_days)
    VALUES (made, 1, 'STATISTICS', ARRAY[g.owner], ARRAY[g.viewer], g.indicators, g.detail, g.data_from, g.data_until, g.disclosure_control, g.embargo_days);
  INSERT INTO sharing.party (agreement_id, partner, since) SELECT made, unnest(ARRAY[g.owner, g.viewer]), sharing.instant();
  INSERT INTO sharing.signature (agreement_id, version, partner, since) SELECT made, 1, unnest(ARRAY[g.owner, g.viewer]), sharing.instant();
  INSERT INTO sharing.act (agreement_id, version, partner, actor, approver, act) VALUES
    (made, 1, g.owner, g.proposed_by, g.proposer_approver, 'PROPOSE'), (made, 1, g.owner, c.actor, c.approver, 'ACCEPT'),
    (made, 1, g.viewer, sharing.actor(), sharing.has_role('APPROVER'), 'ACCEPT');
  UPDATE sharing.signature SET state = 'SIGNED', since = sharing.instant() WHERE agreement_id = made;
  INSERT INTO cooperation.grant_agreement (reference, agreement_id) VALUES (of_reference, made);
  RETURN made;
END $$;
REVOKE ALL ON FUNCTION sharing.agree_on_request(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sharing.agree_on_request(text) TO accord_cooperation;`;

/**
 * Facts: the requester, the requested party once reached, the facilitator once submitted. Content asks whether the request is
 * there to be seen, and of the facilitator besides whether both have disclosed it.
 */
const rowSecurity = `
ALTER TABLE cooperation.request ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE cooperation.fan_out ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE cooperation.content ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE cooperation.event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE cooperation.note ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE cooperation.response ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE cooperation.feedback ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE cooperation.redissemination ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE cooperation.redissemination_answer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE cooperation.proposed_grant ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE cooperation.grant_confirmation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE cooperation.grant_agreement ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON cooperation.request TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON cooperation.fan_out TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON cooperation.content TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON cooperation.event TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON cooperation.note TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON cooperation.response TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON cooperation.feedback TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON cooperation.redissemination TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON cooperation.redissemination_answer TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON cooperation.proposed_grant TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON cooperation.grant_confirmation TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON cooperation.grant_agreement TO CURRENT_USER USING (true) WITH CHECK (true);

GRANT SELECT ON cooperation.request, cooperation.fan_out, cooperation.content, cooperation.note, cooperation.feedback,
  cooperation.grant_agreement, cooperation.service_level, cooperation.transition TO accord_cooperation;
GRANT SELECT (id, reference, revision, action, by_partner, at, accessibility, expected_until, party, from_state, to_state, clock, reach)
  ON cooperation.event TO accord_cooperation;
GRANT SELECT (reference, part, author, content, refusal_ground, refusal_scope, explanation, tlp, handling, handling_note,
  source_evaluation, information_evaluation, usable_as_evidence, at) ON cooperation.response TO accord_cooperation;
GRANT SELECT (id, reference, owner, asker, recipient, purpose, at) ON cooperation.redissemination TO accord_cooperation;
GRANT SELECT (id, owner, consents, note, at) ON cooperation.redissemination_answer TO accord_cooperation;
GRANT SELECT ON cooperation.proposed_grant, cooperation.grant_confirmation TO accord_cooperation;
GRANT INSERT (reference, requester, requested, facilitator, mechanism) ON cooperation.request TO accord_cooperation;
GRANT INSERT (reference, revision, action, by_partner, actor, accessibility, expected_until) ON cooperation.event TO accord_cooperation;
GRANT INSERT ON cooperation.fan_out, cooperation.content, cooperation.note, cooperation.response, cooperation.feedback,
  cooperation.redissemination, cooperation.redissemination_answer, cooperation.proposed_grant, cooperation.grant_confirmation
  TO accord_cooperation;

CREATE POLICY requester ON cooperation.request FOR SELECT TO accord_cooperation USING (requester = (SELECT sharing.reader()));
CREATE POLICY requested ON cooperation.request FOR SELECT TO accord_cooperation
  USING (requested = (SELECT sharing.reader()) AND reach = 'PARTIES');
CREATE POLICY facilitator ON cooperation.request FOR SELECT TO accord_cooperation
  USING (facilitator = (SELECT sharing.reader()) AND reach <> 'REQUESTER');
CREATE POLICY opens ON cooperation.request FOR INSERT TO accord_cooperation WITH CHECK (
  requester = (SELECT sharing.reader()) AND (SELECT cooperation.may_act()) AND facilitator = (SELECT cooperation.secretariat())
  AND cooperation.takes_part(requester) AND cooperation.takes_part(requested));

CREATE POLICY own ON cooperation.fan_out TO accord_cooperation USING (owner = (SELECT sharing.reader()))
  WITH CHECK (owner = (SELECT sharing.reader())
    AND EXISTS (SELECT FROM cooperation.request r WHERE r.reference = fan_out.reference AND r.requester = fan_out.owner));

CREATE POLICY parties ON cooperation.content FOR SELECT TO accord_cooperation USING (
  EXISTS (SELECT FROM cooperation.request r WHERE r.reference = content.reference AND (r.requester = (SELECT sharing.reader())
    OR (content.version = r.content_version AND (r.requested = (SELECT sharing.reader()) OR r.disclosed)))));
CREATE POLICY writes ON cooperation.content FOR INSERT TO accord_cooperation
  WITH CHECK (author = (SELECT sharing.reader()) AND (SELECT cooperation.may_act()));

CREATE POLICY reached ON cooperation.event FOR SELECT TO accord_cooperation USING (
  EXISTS (SELECT FROM cooperation.request r WHERE r.reference = event.reference AND (r.requester = (SELECT sharing.reader())
    OR event.reach = 'PARTIES' OR (event.reach = 'DESK' AND r.facilitator = (SELECT sharing.reader())))));
CREATE POLICY moves ON cooperation.event FOR INSERT TO accord_cooperation WITH CHECK (
  by_partner = (SELECT sharing.reader()) AND actor = (SELECT sharing.actor())
  AND ((SELECT cooperation.may_act()) OR (party = 'FACILITATOR' AND (SELECT sharing.has_role('DESK')))));

CREATE POLICY parties ON cooperation.note FOR SELECT TO accord_cooperation USING (
  author = (SELECT sharing.reader())
  OR EXISTS (SELECT FROM cooperation.request r WHERE r.reference = note.reference AND (r.requester = (SELECT sharing.reader())
    OR (r.requested = (SELECT sharing.reader()) AND note.reach = 'PARTIES')
    OR (r.facilitator = (SELECT sharing.reader()) AND note.reach <> 'REQUESTER' AND r.disclosed))));
CREATE POLICY writes ON cooperation.note FOR INSERT TO accord_cooperation WITH CHECK (
  author = (SELECT sharing.reader()) AND EXISTS (SELECT FROM cooperation.event e WHERE e.id = note.event
    AND e.reference = note.reference AND e.by_partner = note.author AND e.reach = note.reach));

CREATE POLICY parties ON cooperation.response FOR SELECT TO accord_cooperation USING (
  EXISTS (SELECT FROM cooperation.request r WHERE r.reference = response.reference
    AND ((SELECT sharing.reader()) IN (r.requester, r.requested) OR r.disclosed)));
CREATE POLICY answers ON cooperation.response FOR INSERT TO accord_cooperation WITH CHECK (
  author = (SELECT sharing.reader()) AND actor = (SELECT sharing.actor()) AND (SELECT cooperation.may_act())
  AND EXISTS (SELECT FROM cooperation.request r WHERE r.reference = response.reference AND r.requested = response.author
    AND r.state IN ('ANSWERED', 'PARTIALLY_ANSWERED', 'REFUSED')));

CREATE POLICY parties ON cooperation.feedback FOR SELECT TO accord_cooperation USING (
  EXISTS (SELECT FROM cooperation.request r WHERE r.reference = feedback.reference
    AND ((SELECT sharing.reader()) IN (r.requester, r.requested) OR r.disclosed)));
CREATE POLICY closes ON cooperation.feedback FOR INSERT TO accord_cooperation WITH CHECK (
  author = (SELECT sharing.reader()) AND EXISTS (SELECT FROM cooperation.request r
    WHERE r.reference = feedback.reference AND r.requester = feedback.author AND r.state = 'CLOSED'));

CREATE POLICY pair ON cooperation.redissemination FOR SELECT TO accord_cooperation
  USING ((SELECT sharing.reader()) IN (asker, owner));
CREATE POLICY asks ON cooperation.redissemination FOR INSERT TO accord_cooperation WITH CHECK (
  asker = (SELECT sharing.reader()) AND actor = (SELECT sharing.actor()) AND (SELECT cooperation.may_act())
  AND EXISTS (SELECT FROM cooperation.request r WHERE r.reference = redissemination.reference AND r.reach = 'PARTIES'
    AND asker IN (r.requester, r.requested) AND owner IN (r.requester, r.requested)));
CREATE POLICY pair ON cooperation.redissemination_answer FOR SELECT TO accord_cooperation
  USING (EXISTS (SELECT FROM cooperation.redissemination d WHERE d.id = redissemination_answer.id));
CREATE POLICY answers ON cooperation.redissemination_answer FOR INSERT TO accord_cooperation WITH CHECK (
  owner = (SELECT sharing.reader()) AND actor = (SELECT sharing.actor())
  AND ((SELECT sharing.has_role('APPROVER')) OR (NOT consents AND (SELECT cooperation.may_act())))
  AND EXISTS (SELECT FROM cooperation.redissemination d WHERE d.id = redissemination_answer.id AND d.owner = redissemination_answer.owner));

CREATE POLICY parties ON cooperation.proposed_grant FOR SELECT TO accord_cooperation USING (
  EXISTS (SELECT FROM cooperation.request r WHERE r.reference = proposed_grant.reference
    AND ((SELECT sharing.reader()) IN (r.requester, r.requested) OR r.disclosed)));
CREATE POLICY proposes ON cooperation.proposed_grant FOR INSERT TO accord_cooperation WITH CHECK (
  owner = (SELECT sharing.reader()) AND proposed_by = (SELECT sharing.actor()) AND (SELECT cooperation.may_act())
  AND proposer_approver = (SELECT sharing.has_role('APPROVER'))
  AND EXISTS (SELECT FROM cooperation.request r WHERE r.reference = proposed_grant.reference AND r.requested = proposed_grant.owner
    AND r.requester = proposed_grant.viewer AND r.state IN ('ANSWERED', 'PARTIALLY_ANSWERED')));
CREATE POLICY parties ON cooperation.grant_confirmation FOR SELECT TO accord_cooperation
  USING (EXISTS (SELECT FROM cooperation.proposed_grant g WHERE g.reference = grant_confirmation.reference));
CREATE POLICY confirms ON cooperation.grant_confirmation FOR INSERT TO accord_cooperation WITH CHECK (
  owner = (SELECT sharing.reader()) AND actor = (SELECT sharing.actor()) AND (SELECT cooperation.may_act())
  AND approver = (SELECT sharing.has_role('APPROVER')));
CREATE POLICY parties ON cooperation.grant_agreement FOR SELECT TO accord_cooperation
  USING (EXISTS (SELECT FROM cooperation.proposed_grant g WHERE g.reference = grant_agreement.reference));

GRANT INSERT (request_id, viewer, actor, owner, category, operation, indicators, periods, detail, cells, channel, purpose,
  agreement_id, agreement_version, outcome, reason) ON audit.entry TO accord_cooperation;
CREATE POLICY cooperation_appends ON audit.entry FOR INSERT TO accord_cooperation WITH CHECK (true);
GRANT SELECT, INSERT ON sharing.idempotency_key TO accord_cooperation;
CREATE POLICY cooperation_own ON sharing.idempotency_key TO accord_cooperation
  USING (partner = (SELECT sharing.reader())) WITH CHECK (partner = (SELECT sharing.reader()));`;
