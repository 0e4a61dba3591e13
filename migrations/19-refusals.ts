import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Refusals of the same question within a minute are counted, not written one by one: without it an observer whom no agreement
 * names fills an owner's log with lines. The first one is an entry at once; each further one adds to a counter that is committed
 * before the answer is sent; when the minute is over the sealer makes one entry of the counter, which is sealed like any other.
 *
 * Locks: `audit.entry` for a moment, to add a column with a constant default.
 */
export class Refusals1764000000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(record);
    await runner.query(fold);
  }

  async down(): Promise<void> {
    throw new Error("Refusals that were counted cannot be told apart again.");
  }
}

const tables = `
ALTER TABLE audit.entry ADD COLUMN times integer NOT NULL DEFAULT 1 CHECK (times > 0);
COMMENT ON COLUMN audit.entry.times IS 'how many equal refusals it stands for; sealed where it is more than 1';

CREATE TABLE audit.refusal (
  minute timestamptz(0) NOT NULL,
  question bytea NOT NULL CHECK (length(question) = 32),
  entry jsonb NOT NULL,
  times integer NOT NULL CHECK (times >= 0),
  last_at timestamptz(3) NOT NULL,
  PRIMARY KEY (minute, question)
);
COMMENT ON TABLE audit.refusal IS 'refusals of one question in one minute after the first, which is an entry; emptied by the sealer';
COMMENT ON COLUMN audit.refusal.question IS 'SHA-256 of all that an entry says but the request id';
ALTER TABLE audit.refusal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON audit.refusal TO CURRENT_USER USING (true) WITH CHECK (true);`;

/** As \`writeEntries\` hands them over (shared/audit/log-writer.ts). */
const COLUMNS = `request_id, viewer, actor, owner, category, operation, indicators, periods, detail, cells, channel,
  purpose, agreement_id, agreement_version, outcome, reason`;
const VALUES = `e."requestId", e.viewer, e.actor, e.owner, e.category, e.operation, e.indicators, e.periods, e.detail, e.cells,
  e.channel, e.purpose, e."agreementId", e."agreementVersion", e.outcome, e.reason`;
const FIELDS = `("requestId" text, viewer text, actor text, owner text, category text, operation text, indicators text[],
  periods text[], detail text[], cells integer, channel text, purpose text, "agreementId" text, "agreementVersion" integer,
  outcome text, reason text)`;

/** Counters are locked in one order, so that two processes that refuse the same questions wait for and never block each other. */
const record = `
CREATE FUNCTION audit.record(entries jsonb) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH refusal AS (
    SELECT sha256(convert_to((a.entry - 'requestId')::text, 'UTF8')) AS question,
      (array_agg(a.entry ORDER BY a.at))[1] AS entry, count(*)::integer AS times
    FROM jsonb_array_elements(entries) WITH ORDINALITY AS a (entry, at) WHERE a.entry ->> 'outcome' = 'DENIED' GROUP BY 1
  ), counted AS (
    INSERT INTO audit.refusal AS r (minute, question, entry, times, last_at)
    SELECT date_trunc('minute', clock_timestamp()), f.question, f.entry, f.times - 1, date_trunc('milliseconds', clock_timestamp())
    FROM refusal f ORDER BY f.question
    ON CONFLICT (minute, question) DO UPDATE SET times = r.times + excluded.times + 1, last_at = excluded.last_at
    RETURNING r.question, r.times
  ), written AS (
    SELECT a.entry FROM jsonb_array_elements(entries) AS a (entry) WHERE a.entry ->> 'outcome' <> 'DENIED'
    UNION ALL
    SELECT f.entry FROM refusal f JOIN counted c ON c.question = f.question AND c.times = f.times - 1
  )
  INSERT INTO audit.entry (${COLUMNS})
  SELECT ${VALUES} FROM written w, jsonb_to_record(w.entry) AS e ${FIELDS}
$$;
REVOKE ALL ON FUNCTION audit.record(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.record(jsonb) TO accord_countries, accord_indicators, accord_sharing, accord_alerts, accord_cooperation;`;

/** Of a refusal that is counted just now the deletion waits, and takes its count along. */
const fold = `
CREATE FUNCTION audit.fold_refusals() RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH ended AS (
    DELETE FROM audit.refusal WHERE minute < (SELECT date_trunc('minute', clock_timestamp())) RETURNING entry, times, last_at
  )
  INSERT INTO audit.entry (at, times, ${COLUMNS})
  SELECT r.last_at, r.times, ${VALUES} FROM ended r, jsonb_to_record(r.entry) AS e ${FIELDS} WHERE r.times > 0
$$;
REVOKE ALL ON FUNCTION audit.fold_refusals() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.fold_refusals() TO accord_sealer;`;
