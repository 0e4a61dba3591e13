import type { EntityManager } from "typeorm";
import { grouped } from "../../../shared/grouped";
import type { Period } from "../../../shared/period";
import { UUID } from "../../../shared/uuid";
import type { Catalogue } from "../catalogue/catalogue";
import type { Figure } from "../disclosure/cube";
import { type Linked, linkedTo, yearOf } from "../disclosure/linked";
import type { ReleaseRules } from "../release/release.service";
import type { REPORT_STATES, ReportWarning } from "./report.type";

export type ReportState = (typeof REPORT_STATES)[number];

/** A submission as its own officers and approvers read it: row-level security gives it to nobody else. */
export interface ReportRow {
  id: string;
  owner: string;
  indicator: string;
  period: string;
  version: number;
  state: ReportState;
  reason: string | null;
  comment: string | null;
  method_note: string | null;
  data_as_of: string | null;
  content_hash: string;
  warnings: ReportWarning[];
  submitted_by: string;
  submitted_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  return_reasons: string[];
  superseded_at: Date | null;
}

const COLUMNS = `s.id, s.owner, s.indicator, s.period, s.version, s.state, s.reason, s.comment, s.method_note,
  s.data_as_of::text, s.content_hash, s.warnings, s.submitted_by, s.submitted_at, s.decided_by, s.decided_at,
  s.return_reasons, s.superseded_at`;

export async function readReport(manager: EntityManager, id: string): Promise<ReportRow | null> {
  if (!UUID.test(id)) return null;
  const [row]: ReportRow[] = await manager.query(
    `SELECT ${COLUMNS} FROM indicators.submission s WHERE s.id = $1`,
    [id],
  );
  return row ?? null;
}

export interface ReportFilter {
  indicators: readonly string[] | null;
  states: readonly ReportState[] | null;
  period: string | null;
}

export interface ReportPage {
  rows: ReportRow[];
  total: number;
  hasPrevious: boolean;
}

const FILTER = `($1::text[] IS NULL OR s.indicator = ANY ($1)) AND ($2::text[] IS NULL OR s.state = ANY ($2))
  AND ($3::text IS NULL OR s.period = $3)`;
const AFTER =
  "(s.submitted_at, s.id) < (SELECT a.submitted_at, a.id FROM indicators.submission a WHERE a.id = $4)";

/** The newest first, from after one on; the count is over the same ones and no others. */
export async function readReports(
  manager: EntityManager,
  { indicators, states, period }: ReportFilter,
  { first, after }: { first: number; after: string | null },
): Promise<ReportPage> {
  const filter = [indicators, states, period];
  const last = after !== null && UUID.test(after) ? after : null;
  const rows: ReportRow[] = await manager.query(
    `SELECT ${COLUMNS} FROM indicators.submission s WHERE ${FILTER} AND ($4::uuid IS NULL OR ${AFTER})
     ORDER BY s.submitted_at DESC, s.id DESC LIMIT $5`,
    [...filter, last, first],
  );
  const [counts] = await manager.query(
    `SELECT count(*)::int AS total, (count(*) FILTER (WHERE $4::uuid IS NOT NULL AND NOT ${AFTER}))::int AS before
     FROM indicators.submission s WHERE ${FILTER}`,
    [...filter, last],
  );
  return { rows, total: counts.total, hasPrevious: counts.before > 0 };
}

export type StoredFigure = Figure & { sourceId: string };

const FIGURES = `
SELECT submission_id AS id, dimensions, key, value, obs_status AS status, source_id AS "sourceId"
FROM indicators.submitted_figure WHERE submission_id = ANY ($1)
UNION ALL
SELECT r.submission_id, f.dimensions, f.key, f.value, f.obs_status, f.source_id
FROM indicators.figure f JOIN indicators.report r ON r.id = f.report_id
WHERE r.submission_id = ANY ($1)
  AND NOT EXISTS (SELECT FROM indicators.submitted_figure s WHERE s.submission_id = r.submission_id)
ORDER BY dimensions, key`;

/** The exact figures by submission: as submitted, or of what was only ever loaded as released. */
export async function readFigures(
  manager: EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredFigure[]>> {
  const rows: (StoredFigure & { id: string })[] = await manager.query(FIGURES, [ids]);
  const byId = grouped(rows, ({ id }) => id);
  return new Map([...byId].map(([id, some]) => [id, some.map(({ id: _id, ...figure }) => figure)]));
}

/** What is out and linked to a report, as whoever releases it may know. */
export async function readLinked(
  manager: EntityManager,
  { indicator, period }: { indicator: string; period: string },
): Promise<Linked[]> {
  const out = await manager.query("SELECT * FROM indicators.linked_reports($1, $2)", [
    indicator,
    yearOf(period),
  ]);
  return linkedTo(period, out);
}

/** What is there already of one indicator and period: what a new version has to follow. */
export interface Standing {
  /** The newest version released, and its submission. */
  released: { version: number; id: string | null } | null;
  /** A version that waits for its approver. */
  open: number | null;
}

export async function readStanding(
  manager: EntityManager,
  { owner, indicator, period }: { owner: string; indicator: string; period: string },
): Promise<Standing> {
  const of = [owner, indicator, period];
  const [released] = await manager.query(
    `SELECT version, submission_id AS id FROM indicators.report
     WHERE owner = $1 AND indicator = $2 AND period = $3 AND superseded_at IS NULL`,
    of,
  );
  const [open] = await manager.query(
    `SELECT version FROM indicators.submission
     WHERE owner = $1 AND indicator = $2 AND period = $3 AND state = 'SUBMITTED'`,
    of,
  );
  return { released: released ?? null, open: open?.version ?? null };
}

/** What a release is made by: which indicators protect citizens, for which countries, and what chooses the cover. */
export async function readReleaseRules(
  manager: EntityManager,
  catalogue: Catalogue,
): Promise<ReleaseRules> {
  const countries: { code: string }[] = await manager.query(
    "SELECT * FROM sharing.country_partners() AS code",
  );
  const [{ secret }] = await manager.query("SELECT indicators.cut_secret() AS secret");
  return {
    protecting: new Set(
      catalogue.indicators.filter((one) => one.protectsCitizens).map(({ code }) => code),
    ),
    countries: countries.map(({ code }) => code),
    secret,
  };
}

export interface NewestRow {
  indicator: string;
  period: string;
  state: ReportState;
  submitted_at: Date;
}

/** The newest submission of each indicator and period, where the reader is an officer or approver of the owner. */
export function readNewest(
  manager: EntityManager,
  owner: string,
  from: Period,
  to: Period,
): Promise<NewestRow[]> {
  return manager.query(
    `SELECT DISTINCT ON (s.indicator, s.period) s.indicator, s.period, s.state, s.submitted_at
     FROM indicators.submission s
     WHERE s.owner = $1 AND s.period_start >= $2 AND s.period_end <= $3 AND s.state <> 'WITHDRAWN'
     ORDER BY s.indicator, s.period, s.submitted_at DESC`,
    [owner, from.start, to.end],
  );
}
