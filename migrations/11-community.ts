import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * The community at work: contacts and profiles get versions and a second person, and beside them stand meetings, chairs, case
 * studies, resource centres, the memorandum's standing and news. What public documents say of them is loaded here.
 */
export class Community1764000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(meetings);
    await runner.query(contacts);
    await runner.query(profiles);
    await runner.query(caseStudies);
    await runner.query(openFacts);
    await runner.query(functions);
    await runner.query(guards);
    await runner.query(rowSecurity);
    await runner.query(MEETINGS, [file("meetings.json")]);
    await runner.query(CHAIRS);
    await runner.query(CENTRES, [csv("resource-centres.csv")]);
    await runner.query(MEMORANDUM, [csv("memorandum.csv")]);
  }

  async down(): Promise<void> {
    throw new Error("What partners have approved and published is not undone by a migration.");
  }
}

function file(name: string): string {
  return readFileSync(join(__dirname, "reference", name), "utf8");
}

function csv(name: string): string {
  return JSON.stringify(
    parse(file(name), { columns: true, cast: (value) => (value === "" ? null : value) }),
  );
}

const MARKING = `
  tlp text NOT NULL CHECK (tlp IN ('RED', 'AMBER_STRICT', 'AMBER', 'GREEN', 'CLEAR')),
  handling text[] NOT NULL DEFAULT '{}' CHECK (handling <@ ARRAY['H0', 'H1', 'H2', 'H3']),
  handling_note text,
  CHECK (NOT 'H3' = ANY (handling) OR handling_note IS NOT NULL)`;

const meetings = `
CREATE FUNCTION countries.today() RETURNS date LANGUAGE sql STABLE
  AS $$ SELECT (sharing.instant() AT TIME ZONE 'UTC')::date $$;

CREATE TABLE countries.meeting (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  number integer NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 999),
  held_on date NOT NULL,
  mode text NOT NULL CHECK (mode IN ('IN_PERSON', 'ONLINE', 'HYBRID')),
  place text,
  host text REFERENCES countries.country,
  theme text,
  officials integer CHECK (officials >= 0),
  countries_present integer CHECK (countries_present >= 0),
  outcomes text[] NOT NULL DEFAULT '{}',
  source text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  CHECK ((mode = 'ONLINE') = (place IS NULL))
);

CREATE TABLE countries.participant (
  meeting_id uuid NOT NULL REFERENCES countries.meeting,
  country text REFERENCES countries.country,
  institution text,
  presented_profile boolean NOT NULL DEFAULT false,
  CHECK (num_nonnulls(country, institution) = 1),
  UNIQUE NULLS NOT DISTINCT (meeting_id, country, institution)
);

CREATE TABLE countries.agenda (
  meeting_id uuid NOT NULL REFERENCES countries.meeting,
  revision integer NOT NULL CHECK (revision >= 1),
  items jsonb NOT NULL CHECK (jsonb_typeof(items) = 'array'),
  set_by text NOT NULL,
  actor text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  PRIMARY KEY (meeting_id, revision)
);

CREATE TABLE countries.next_step (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  meeting_id uuid NOT NULL REFERENCES countries.meeting,
  position integer NOT NULL,
  task text NOT NULL,
  responsible text NOT NULL REFERENCES sharing.partner,
  due date,
  done_on date,
  UNIQUE (meeting_id, position)
);

COMMENT ON COLUMN countries.meeting.officials IS 'how many took part, where the source says so';
COMMENT ON COLUMN countries.meeting.countries_present IS 'as the source counts them; the list of participants may name fewer';
COMMENT ON TABLE countries.agenda IS 'every agenda that was set; the newest counts';
COMMENT ON COLUMN countries.agenda.items IS 'title, and whether it is an exercise';
COMMENT ON COLUMN countries.next_step.due IS 'last day; overdue is computed';`;

/** A row is one version of a contact; `post` is what stays the same. Readers see the approved version of the day. */
const contacts = `
ALTER TABLE countries.contact DROP CONSTRAINT contact_kind_check;
ALTER TABLE countries.contact
  ADD CONSTRAINT contact_kind_check CHECK (kind IN ('NATIONAL_CONTACT_POINT', 'FOCAL_PERSON', 'LIAISON_OFFICER')),
  ADD COLUMN post uuid,
  ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
  ADD COLUMN posted_to text REFERENCES countries.country,
  ADD COLUMN always boolean NOT NULL DEFAULT false,
  ADD COLUMN hours text,
  ADD COLUMN alternate_of uuid,
  ADD COLUMN state text NOT NULL DEFAULT 'APPROVED' CHECK (state IN ('SUBMITTED', 'APPROVED', 'RETURNED')),
  ADD COLUMN submitted_by text,
  ADD COLUMN submitted_by_approver boolean NOT NULL DEFAULT false,
  ADD COLUMN submitted_at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  ADD COLUMN decided_by text,
  ADD COLUMN reason text,
  ADD CHECK (valid_until >= valid_from),
  ADD CHECK ((kind = 'LIAISON_OFFICER') = (posted_to IS NOT NULL));
UPDATE countries.contact SET post = id;
ALTER TABLE countries.contact ALTER COLUMN post SET NOT NULL, ADD UNIQUE (post, version);
CREATE UNIQUE INDEX one_contact_waits ON countries.contact (post) WHERE state = 'SUBMITTED';

CREATE TABLE countries.verification (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  post uuid NOT NULL,
  owner text NOT NULL,
  actor text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant()
);
CREATE INDEX ON countries.verification (post, at);

COMMENT ON COLUMN countries.contact.post IS 'the contact, whatever its version';
COMMENT ON COLUMN countries.contact.valid_until IS 'first day on which it no longer holds (half-open)';
COMMENT ON COLUMN countries.contact.alternate_of IS 'the contact (post) that it stands in for';
COMMENT ON TABLE countries.verification IS 'when somebody of the owner last saw to it that a contact is right';`;

const profiles = `
ALTER TABLE countries.profile ALTER COLUMN published_at DROP NOT NULL;
ALTER TABLE countries.profile
  ADD COLUMN state text NOT NULL DEFAULT 'PUBLISHED' CHECK (state IN ('DRAFT', 'SUBMITTED', 'PRESENTED', 'PUBLISHED')),
  ADD COLUMN revision integer NOT NULL DEFAULT 1,
  ADD COLUMN migration_roles text[] NOT NULL DEFAULT '{}' CHECK (migration_roles <@ ARRAY['ORIGIN', 'TRANSIT', 'DESTINATION']),
  ADD COLUMN handling_note text,
  ADD COLUMN written_by text,
  ADD COLUMN submitted_by text,
  ADD COLUMN submitted_by_approver boolean NOT NULL DEFAULT false,
  ADD COLUMN presented_at uuid REFERENCES countries.meeting,
  ADD COLUMN published_by text,
  ADD COLUMN reason text,
  ADD CHECK ((state = 'PUBLISHED') = (published_at IS NOT NULL)),
  ADD CHECK (state <> 'PRESENTED' OR presented_at IS NOT NULL),
  ADD CHECK (NOT 'H3' = ANY (handling) OR handling_note IS NOT NULL);
CREATE UNIQUE INDEX one_profile_open ON countries.profile (owner) WHERE state <> 'PUBLISHED';

COMMENT ON COLUMN countries.profile.revision IS 'grows with every change until it is published';
COMMENT ON COLUMN countries.profile.reason IS 'why it was sent back, while it is a draft again';`;

const caseStudies = `
CREATE TABLE countries.case_study (
  id uuid PRIMARY KEY,
  owner text NOT NULL REFERENCES sharing.partner,
  exercise boolean NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  title text NOT NULL,
  summary text NOT NULL,
  lessons text[] NOT NULL DEFAULT '{}',
  meeting_id uuid REFERENCES countries.meeting,
  state text NOT NULL DEFAULT 'PRIVATE' CHECK (state IN ('PRIVATE', 'WAITING', 'SHARED')),
  to_networks text[] NOT NULL DEFAULT '{}' CHECK (to_networks <@ ARRAY['COLEP']),
  to_partners text[] NOT NULL DEFAULT '{}',
  written_by text NOT NULL,
  written_at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  proposed_by text,
  proposed_by_approver boolean NOT NULL DEFAULT false,
  shared_by text,
  shared_at timestamptz(3),${MARKING},
  CHECK ((state = 'SHARED') = (shared_at IS NOT NULL)),
  CHECK (NOT exercise OR title LIKE 'EXERCISE: %')
);
CREATE INDEX ON countries.case_study (owner);

ALTER TABLE sharing.term DROP CONSTRAINT term_category_check;
ALTER TABLE sharing.term ADD CONSTRAINT term_category_check CHECK (category IN ('DIRECTORY', 'CONTACT_DETAILS', 'PROFILE',
  'STATISTICS', 'ALERT', 'COOPERATION', 'AUDIT', 'CASE_STUDY'));

COMMENT ON COLUMN countries.case_study.exercise IS 'hypothetical: kept apart from real cases, and from every count of them';
COMMENT ON COLUMN countries.case_study.to_networks IS 'networks whose countries read it, as they are members at that moment';`;

/** From public documents, each with its source; the exceptions to row-level security are named in test/policy. */
const openFacts = `
ALTER TABLE countries.membership ADD COLUMN seat integer CHECK (seat BETWEEN 1 AND 3),
  ADD COLUMN endorsed_at uuid REFERENCES countries.meeting;

CREATE TABLE countries.resource_centre (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  country text NOT NULL REFERENCES countries.country,
  city text NOT NULL,
  as_of date NOT NULL,
  source text NOT NULL,
  UNIQUE (country, city)
);

CREATE TABLE countries.memorandum_status (
  country text NOT NULL REFERENCES countries.country,
  state text NOT NULL
    CHECK (state IN ('DRAFTED', 'SUBMITTED_FOR_NATIONAL_APPROVAL', 'SIGNED', 'DECLINED', 'SUSPENDED')),
  as_of date NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (country, as_of)
);

CREATE TABLE countries.news_item (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  guid text NOT NULL UNIQUE,
  channel text NOT NULL,
  title text NOT NULL,
  summary text NOT NULL,
  link text,
  published_at timestamptz(0) NOT NULL
);
CREATE INDEX ON countries.news_item (published_at, id);

CREATE TABLE countries.news_import (
  id uuid PRIMARY KEY,
  owner text NOT NULL REFERENCES sharing.partner,
  actor text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT sharing.instant(),
  channel text NOT NULL,
  added integer NOT NULL,
  known integer NOT NULL
);

COMMENT ON COLUMN countries.membership.seat IS 'of the three chairs of COLEP; the numbers are ours, no source names any';
COMMENT ON COLUMN countries.news_item.summary IS 'plain text: what a feed writes as HTML is not kept';`;

/** What the subgraph needs to know and its role may not read: answers of one word, never a row. */
const functions = `
CREATE FUNCTION countries.is_desk() RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM sharing.partner WHERE code = sharing.reader() AND kind = 'SECRETARIAT') AND sharing.has_role('DESK')
$$;

CREATE FUNCTION countries.may_act() RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT sharing.has_role('OFFICER') OR sharing.has_role('APPROVER') $$;

CREATE FUNCTION countries.unknown_partners(codes text[]) RETURNS text[]
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT ARRAY(SELECT c FROM unnest(codes) AS c
    WHERE NOT EXISTS (SELECT FROM sharing.partner p WHERE p.code = c AND p.kind <> 'AUDITOR'))
$$;

CREATE FUNCTION countries.is_chair_on(of_country text, day date) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM countries.membership m WHERE m.role = 'COLEP_CHAIR' AND m.country = of_country
    AND m.since <= day AND (m.until IS NULL OR m.until >= day))
$$;

CREATE FUNCTION countries.my_networks() RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT m.network FROM countries.membership m
  WHERE m.country = sharing.reader() AND m.role IN ('RELEC_PARTICIPANT', 'COLEP_PARTICIPANT')
    AND m.since <= countries.today() AND (m.until IS NULL OR m.until >= countries.today())
$$;

CREATE FUNCTION countries.meeting_number(of_meeting uuid) RETURNS integer
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT number FROM countries.meeting WHERE id = of_meeting
$$;

CREATE FUNCTION countries.verified_at(of_post uuid) RETURNS timestamptz
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT max(at) FROM countries.verification WHERE post = of_post
$$;

REVOKE ALL ON FUNCTION countries.today(), countries.is_desk(), countries.may_act(), countries.unknown_partners(text[]),
  countries.is_chair_on(text, date), countries.my_networks(), countries.meeting_number(uuid), countries.verified_at(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION countries.today(), countries.is_desk(), countries.may_act(), countries.unknown_partners(text[]),
  countries.is_chair_on(text, date), countries.my_networks(), countries.meeting_number(uuid), countries.verified_at(uuid) TO accord_countries;`;

/**
 * Four eyes, states and who may write what is everybody's to read: held by the database, whatever the subgraph forgets. The owner of
 * the tables (migrations, the demo) writes public facts without being the desk; a subgraph never is that owner.
 */
const guards = `
CREATE FUNCTION countries.is_second_person(first_person text, first_approver boolean, second_person text) RETURNS boolean
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT second_person = sharing.actor() AND second_person IS DISTINCT FROM first_person
    AND (first_approver OR sharing.has_role('APPROVER'))
$$;

CREATE FUNCTION countries.guard_contact() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.state = 'SUBMITTED' AND NEW.state = 'APPROVED' THEN
    IF countries.is_second_person(OLD.submitted_by, OLD.submitted_by_approver, NEW.decided_by) IS NOT TRUE THEN
      RAISE EXCEPTION 'a contact takes a second person, and of the two an approver' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.valid_from < OLD.valid_from OR NEW.valid_from < countries.today() OR NEW.valid_until IS DISTINCT FROM OLD.valid_until THEN
      RAISE EXCEPTION 'a contact does not hold before it is approved' USING ERRCODE = 'check_violation';
    END IF;
  ELSIF OLD.state = 'SUBMITTED' AND NEW.state = 'RETURNED' THEN
    NULL;
  ELSIF OLD.state = 'APPROVED' AND NEW.state = 'APPROVED' THEN
    IF NEW.valid_from <> OLD.valid_from OR NEW.decided_by IS DISTINCT FROM OLD.decided_by OR NEW.valid_until IS NULL
      OR NEW.valid_until > OLD.valid_until OR NEW.valid_until < countries.today() THEN
      RAISE EXCEPTION 'an approved contact is only ever ended, and not in the past' USING ERRCODE = 'check_violation';
    END IF;
  ELSE
    RAISE EXCEPTION 'a contact does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON countries.contact FOR EACH ROW EXECUTE FUNCTION countries.guard_contact();

CREATE FUNCTION countries.guard_profile() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (OLD.state, NEW.state) NOT IN (('DRAFT', 'DRAFT'), ('DRAFT', 'SUBMITTED'), ('SUBMITTED', 'DRAFT'), ('SUBMITTED', 'PRESENTED'),
    ('PRESENTED', 'DRAFT'), ('PRESENTED', 'PUBLISHED')) OR NEW.revision <> OLD.revision + 1 THEN
    RAISE EXCEPTION 'a profile does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  IF NOT (OLD.state = 'DRAFT' AND NEW.state = 'DRAFT') AND
    (NEW.sections, NEW.migration_roles, NEW.tlp, NEW.handling, NEW.handling_note, NEW.source) IS DISTINCT FROM
    (OLD.sections, OLD.migration_roles, OLD.tlp, OLD.handling, OLD.handling_note, OLD.source) THEN
    RAISE EXCEPTION 'only a draft is rewritten' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'SUBMITTED' AND (NEW.submitted_by, NEW.submitted_by_approver)
    IS DISTINCT FROM (sharing.actor(), sharing.has_role('APPROVER')) THEN
    RAISE EXCEPTION 'a profile is submitted in one''s own name' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state <> 'SUBMITTED' AND (NEW.submitted_by, NEW.submitted_by_approver)
    IS DISTINCT FROM (OLD.submitted_by, OLD.submitted_by_approver) THEN
    RAISE EXCEPTION 'who submitted stays' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'PRESENTED' AND NOT EXISTS (SELECT FROM countries.meeting m WHERE m.id = NEW.presented_at AND m.held_on <= countries.today()) THEN
    RAISE EXCEPTION 'a profile is presented at a meeting that was held' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'PUBLISHED' AND countries.is_second_person(OLD.submitted_by, OLD.submitted_by_approver, NEW.published_by) IS NOT TRUE THEN
    RAISE EXCEPTION 'publishing takes a second person, and of the two an approver' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON countries.profile FOR EACH ROW EXECUTE FUNCTION countries.guard_profile();

CREATE FUNCTION countries.guard_case_study() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (OLD.state, NEW.state) NOT IN (('PRIVATE', 'PRIVATE'), ('PRIVATE', 'WAITING'), ('WAITING', 'PRIVATE'), ('WAITING', 'SHARED'),
    ('SHARED', 'PRIVATE')) OR NEW.revision <> OLD.revision + 1 THEN
    RAISE EXCEPTION 'a case study does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  IF NOT (OLD.state = 'PRIVATE' AND NEW.state = 'PRIVATE') AND
    (NEW.title, NEW.summary, NEW.lessons, NEW.meeting_id, NEW.tlp, NEW.handling, NEW.handling_note) IS DISTINCT FROM
    (OLD.title, OLD.summary, OLD.lessons, OLD.meeting_id, OLD.tlp, OLD.handling, OLD.handling_note) THEN
    RAISE EXCEPTION 'only a private one is rewritten' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'WAITING' AND (NEW.proposed_by, NEW.proposed_by_approver)
    IS DISTINCT FROM (sharing.actor(), sharing.has_role('APPROVER')) THEN
    RAISE EXCEPTION 'sharing is proposed in one''s own name' USING ERRCODE = 'check_violation';
  END IF;
  IF cardinality(countries.unknown_partners(NEW.to_partners)) > 0 THEN
    RAISE EXCEPTION 'it is shared with partners that read' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'SHARED' AND ((NEW.to_networks, NEW.to_partners, NEW.proposed_by, NEW.proposed_by_approver)
      IS DISTINCT FROM (OLD.to_networks, OLD.to_partners, OLD.proposed_by, OLD.proposed_by_approver)
    OR countries.is_second_person(OLD.proposed_by, OLD.proposed_by_approver, NEW.shared_by) IS NOT TRUE) THEN
    RAISE EXCEPTION 'sharing takes a second person, and of the two an approver' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON countries.case_study FOR EACH ROW EXECUTE FUNCTION countries.guard_case_study();

CREATE FUNCTION countries.guard_membership() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF current_user = 'accord_countries' AND NOT (countries.is_desk() AND NEW.role = 'COLEP_CHAIR') THEN
    RAISE EXCEPTION 'the Secretariat''s desk records chairs, and nothing else here' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON countries.membership FOR EACH ROW EXECUTE FUNCTION countries.guard_membership();

CREATE FUNCTION countries.guard_news() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF current_user = 'accord_countries' AND NOT countries.is_desk() THEN
    RAISE EXCEPTION 'the Secretariat''s desk imports news' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON countries.news_item FOR EACH ROW EXECUTE FUNCTION countries.guard_news();

CREATE FUNCTION countries.guard_memorandum() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF current_user = 'accord_countries' AND (NEW.country IS DISTINCT FROM sharing.reader() OR NOT sharing.has_role('APPROVER')) THEN
    RAISE EXCEPTION 'a country says itself where its approval stands' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON countries.memorandum_status FOR EACH ROW EXECUTE FUNCTION countries.guard_memorandum();

REVOKE ALL ON FUNCTION countries.is_second_person(text, boolean, text), countries.guard_contact(), countries.guard_profile(),
  countries.guard_case_study(), countries.guard_membership(), countries.guard_news(), countries.guard_memorandum() FROM PUBLIC;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON countries.agenda FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON countries.verification FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON countries.contact_detail FOR EACH STATEMENT EXECUTE FUNCTION sharing.refuse_change();`;

/** What waits, is over or is a draft is its owner's only. Meetings are every partner's; the desk writes them. */
const rowSecurity = `
ALTER TABLE countries.meeting ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE countries.participant ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE countries.agenda ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE countries.next_step ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE countries.verification ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE countries.case_study ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE countries.news_import ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON countries.meeting TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON countries.participant TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON countries.agenda TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON countries.next_step TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON countries.verification TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON countries.case_study TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY keeper ON countries.news_import TO CURRENT_USER USING (true) WITH CHECK (true);

GRANT SELECT ON countries.meeting, countries.participant, countries.agenda, countries.next_step, countries.verification,
  countries.case_study, countries.resource_centre, countries.memorandum_status, countries.news_item, countries.news_import TO accord_countries;
GRANT INSERT ON countries.contact, countries.contact_detail, countries.verification, countries.profile, countries.case_study,
  countries.meeting, countries.participant, countries.agenda, countries.next_step, countries.membership,
  countries.memorandum_status, countries.news_item, countries.news_import TO accord_countries;
GRANT UPDATE (state, valid_from, valid_until, decided_by, reason) ON countries.contact TO accord_countries;
GRANT UPDATE (state, revision, sections, migration_roles, tlp, handling, handling_note, source, written_by, submitted_by,
  submitted_by_approver, presented_at, published_by, published_at, reason) ON countries.profile TO accord_countries;
GRANT UPDATE (state, revision, title, summary, lessons, meeting_id, tlp, handling, handling_note, to_networks, to_partners,
  written_by, proposed_by, proposed_by_approver, shared_by, shared_at) ON countries.case_study TO accord_countries;
GRANT UPDATE (held_on, mode, place, host, theme, officials, countries_present, outcomes, source, revision) ON countries.meeting TO accord_countries;
GRANT DELETE ON countries.participant TO accord_countries;
GRANT UPDATE (done_on) ON countries.next_step TO accord_countries;
GRANT UPDATE (until, source) ON countries.membership TO accord_countries;

DROP POLICY partner ON countries.contact;
CREATE POLICY own ON countries.contact FOR SELECT TO accord_countries USING (owner = (SELECT sharing.reader()));
CREATE POLICY partner ON countries.contact FOR SELECT TO accord_countries USING (
  (SELECT sharing.reader()) IS NOT NULL AND state = 'APPROVED'
  AND valid_from <= (SELECT countries.today()) AND (valid_until IS NULL OR valid_until > (SELECT countries.today())));
CREATE POLICY submits ON countries.contact FOR INSERT TO accord_countries WITH CHECK (
  owner = (SELECT sharing.reader()) AND (SELECT countries.may_act()) AND state = 'SUBMITTED' AND decided_by IS NULL
  AND submitted_by = (SELECT sharing.actor()) AND submitted_by_approver = (SELECT sharing.has_role('APPROVER')));
CREATE POLICY acts ON countries.contact FOR UPDATE TO accord_countries
  USING (owner = (SELECT sharing.reader()) AND (SELECT countries.may_act())) WITH CHECK (owner = (SELECT sharing.reader()));

DROP POLICY granted ON countries.contact_detail;
CREATE POLICY own ON countries.contact_detail FOR SELECT TO accord_countries USING (owner = (SELECT sharing.reader()));
CREATE POLICY granted ON countries.contact_detail FOR SELECT TO accord_countries USING (
  EXISTS (SELECT FROM sharing.my_grants('CONTACT_DETAILS') g
          WHERE contact_detail.owner = ANY (g.owners) AND contact_detail.kind = ANY (g.contact_kinds))
  AND EXISTS (SELECT FROM countries.contact c WHERE c.id = contact_detail.contact_id AND c.state = 'APPROVED'
    AND c.valid_from <= (SELECT countries.today()) AND (c.valid_until IS NULL OR c.valid_until > (SELECT countries.today()))));
CREATE POLICY submits ON countries.contact_detail FOR INSERT TO accord_countries WITH CHECK (
  owner = (SELECT sharing.reader()) AND EXISTS (SELECT FROM countries.contact c WHERE c.id = contact_detail.contact_id
    AND c.owner = contact_detail.owner AND c.kind = contact_detail.kind AND c.state = 'SUBMITTED'));

CREATE POLICY own ON countries.verification FOR SELECT TO accord_countries USING (owner = (SELECT sharing.reader()));
CREATE POLICY verifies ON countries.verification FOR INSERT TO accord_countries WITH CHECK (
  owner = (SELECT sharing.reader()) AND (SELECT countries.may_act()) AND actor = (SELECT sharing.actor())
  AND EXISTS (SELECT FROM countries.contact c WHERE c.post = verification.post AND c.owner = verification.owner));

DROP POLICY granted ON countries.profile;
CREATE POLICY own ON countries.profile FOR SELECT TO accord_countries USING (owner = (SELECT sharing.reader()));
CREATE POLICY granted ON countries.profile FOR SELECT TO accord_countries USING (
  state = 'PUBLISHED' AND EXISTS (SELECT FROM sharing.my_grants('PROFILE') g WHERE profile.owner = ANY (g.owners)));
CREATE POLICY drafts ON countries.profile FOR INSERT TO accord_countries WITH CHECK (
  owner = (SELECT sharing.reader()) AND originator = owner AND (SELECT countries.may_act()) AND state = 'DRAFT'
  AND written_by = (SELECT sharing.actor()) AND submitted_by IS NULL);
CREATE POLICY acts ON countries.profile FOR UPDATE TO accord_countries
  USING (owner = (SELECT sharing.reader()) AND (SELECT countries.may_act())) WITH CHECK (owner = (SELECT sharing.reader()));

CREATE POLICY own ON countries.case_study FOR SELECT TO accord_countries USING (owner = (SELECT sharing.reader()));
CREATE POLICY shared ON countries.case_study FOR SELECT TO accord_countries USING (
  state = 'SHARED' AND ((SELECT sharing.reader()) = ANY (to_partners) OR to_networks && ARRAY(SELECT countries.my_networks())));
CREATE POLICY writes ON countries.case_study FOR INSERT TO accord_countries WITH CHECK (
  owner = (SELECT sharing.reader()) AND (SELECT countries.may_act()) AND state = 'PRIVATE'
  AND written_by = (SELECT sharing.actor()) AND proposed_by IS NULL AND shared_by IS NULL);
CREATE POLICY acts ON countries.case_study FOR UPDATE TO accord_countries
  USING (owner = (SELECT sharing.reader()) AND (SELECT countries.may_act())) WITH CHECK (owner = (SELECT sharing.reader()));

CREATE POLICY partner ON countries.meeting FOR SELECT TO accord_countries USING ((SELECT sharing.reader()) IS NOT NULL);
CREATE POLICY partner ON countries.participant FOR SELECT TO accord_countries USING ((SELECT sharing.reader()) IS NOT NULL);
CREATE POLICY partner ON countries.agenda FOR SELECT TO accord_countries USING ((SELECT sharing.reader()) IS NOT NULL);
CREATE POLICY partner ON countries.next_step FOR SELECT TO accord_countries USING ((SELECT sharing.reader()) IS NOT NULL);
CREATE POLICY desk_adds ON countries.meeting FOR INSERT TO accord_countries WITH CHECK ((SELECT countries.is_desk()));
CREATE POLICY desk_amends ON countries.meeting FOR UPDATE TO accord_countries USING ((SELECT countries.is_desk()));
CREATE POLICY desk_adds ON countries.participant FOR INSERT TO accord_countries WITH CHECK ((SELECT countries.is_desk()));
CREATE POLICY desk_removes ON countries.participant FOR DELETE TO accord_countries USING ((SELECT countries.is_desk()));
CREATE POLICY desk_adds ON countries.next_step FOR INSERT TO accord_countries WITH CHECK ((SELECT countries.is_desk()) AND done_on IS NULL);
CREATE POLICY does ON countries.next_step FOR UPDATE TO accord_countries USING (
  done_on IS NULL AND ((SELECT countries.is_desk()) OR (responsible = (SELECT sharing.reader()) AND (SELECT countries.may_act()))))
  WITH CHECK (done_on = (SELECT countries.today()));
CREATE POLICY chairs ON countries.agenda FOR INSERT TO accord_countries WITH CHECK (
  set_by = (SELECT sharing.reader()) AND actor = (SELECT sharing.actor())
  AND ((SELECT countries.is_desk()) OR ((SELECT countries.may_act()) AND EXISTS (SELECT FROM countries.meeting m
    WHERE m.id = agenda.meeting_id AND countries.is_chair_on(agenda.set_by, m.held_on)))));

CREATE POLICY desk ON countries.news_import FOR SELECT TO accord_countries USING ((SELECT countries.is_desk()));
CREATE POLICY desk_adds ON countries.news_import FOR INSERT TO accord_countries WITH CHECK (
  (SELECT countries.is_desk()) AND owner = (SELECT sharing.reader()) AND actor = (SELECT sharing.actor()));`;

const MEETINGS = `
WITH file AS (SELECT m.* FROM jsonb_to_recordset($1::jsonb) AS m (number integer, held_on date, mode text, place text, host text,
  theme text, officials integer, countries_present integer, outcomes text[], source text, participants jsonb)),
meeting AS (INSERT INTO countries.meeting (number, held_on, mode, place, host, theme, officials, countries_present, outcomes, source)
  SELECT number, held_on, mode, place, host, theme, officials, countries_present, outcomes, source FROM file RETURNING id, number)
INSERT INTO countries.participant (meeting_id, country, institution, presented_profile)
SELECT m.id, p.country, p.institution, coalesce(p.presented, false) FROM meeting m JOIN file f USING (number),
  jsonb_to_recordset(f.participants) AS p (country text, institution text, presented boolean)`;

/** Bulgaria and Pakistan were endorsed in 2022; in 2023 Iraq is named beside Bulgaria. That it took Pakistan's seat is our reading. */
const CHAIRS = `
UPDATE countries.membership c SET seat = CASE country WHEN 'BGR' THEN 1 ELSE 2 END,
  endorsed_at = (SELECT m.id FROM countries.meeting m WHERE m.number = 2 AND c.country <> 'IRQ')
WHERE role = 'COLEP_CHAIR';
ALTER TABLE countries.membership ADD CHECK ((role = 'COLEP_CHAIR') = (seat IS NOT NULL)),
  ADD CONSTRAINT one_chair_a_seat EXCLUDE USING gist (int4range(seat, seat, '[]') WITH &&, daterange(since, until, '[]') WITH &&)
    WHERE (role = 'COLEP_CHAIR')`;

const CENTRES = `
INSERT INTO countries.resource_centre (country, city, as_of, source)
SELECT c.country, c.city, c.as_of, c.source FROM jsonb_to_recordset($1::jsonb) AS c (country text, city text, as_of date, source text)`;

const MEMORANDUM = `
INSERT INTO countries.memorandum_status (country, state, as_of, source)
SELECT s.country, s.state, s.as_of, s.source FROM jsonb_to_recordset($1::jsonb) AS s (country text, state text, as_of date, source text)`;
