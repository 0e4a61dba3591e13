/** Of the directory, the studies, the analyses and the signals: what waits, what is over, and what was shared with others. */
import { officerOf } from "../support/alerts";
import { text } from "../support/analysis";
import { contact, done } from "../support/community";
import { agreements } from "../support/expectation";
import { acted, propose, study } from "./before.community";
import type { Scene } from "./hidden";

/** The desk convenes: it reads every comment and who has proposed what, and no figure. */
const isDesk = (viewer: string): boolean => viewer === "SECRETARIAT";
const COLEP = agreements.find(({ id }) => id === "A14")?.owners ?? [];
const RELEC = agreements.find(({ id }) => id === "A13")?.owners ?? [];
const networksOf = (viewer: string): string[] => [
  ...(COLEP.includes(viewer) ? ["COLEP"] : []),
  ...(RELEC.includes(viewer) ? ["RELEC"] : []),
];

/** A version of a contact that is not approved, or not for today, is its owner's; and so is when that was verified. */
const HELD = `c.owner <> $1 AND (c.state <> 'APPROVED' OR c.valid_until <= current_date)`;
const DIRECTORY = [
  `UPDATE countries.contact_detail d SET name = 'Hidden', email = 'hidden@example.org' FROM countries.contact c
   WHERE c.id = d.contact_id AND ${HELD}`,
  `UPDATE countries.contact c SET title = 'Hidden', reason = reason || 'Hidden', hours = 'Hidden' WHERE ${HELD}`,
  `UPDATE countries.verification SET at = at - interval '3 days' WHERE owner <> $1 AND post NOT IN (SELECT c.post
   FROM countries.contact c WHERE c.state = 'APPROVED' AND (c.valid_until IS NULL OR c.valid_until > current_date))`,
  `UPDATE countries.profile SET sections = '[{"key": "TRENDS", "title": "Hidden", "body": "Hidden"}]', tlp = 'AMBER',
   revision = revision + 3 WHERE owner <> $1 AND state <> 'PUBLISHED'`,
];
const STUDIES = `UPDATE countries.case_study SET title = CASE WHEN exercise THEN 'EXERCISE: ' ELSE '' END || 'Hidden',
  summary = 'Hidden', lessons = '{}', written_by = 'hidden' WHERE owner <> $1
  AND NOT (state = 'SHARED' AND ($1 = ANY (to_partners) OR to_networks && $2))`;

export async function communityOtherwise({ viewer, sql }: Scene): Promise<void> {
  for (const change of DIRECTORY) await sql.query(change, [viewer]);
  await sql.query(STUDIES, [viewer, networksOf(viewer)]);
  if (!isDesk(viewer))
    await sql.query("UPDATE countries.news_import SET actor = 'hidden', added = added + 7");
}

/** Frozen figures are for whom their owner cleared them, once the year is published and as long as they stand. */
const READ_PARTS = `SELECT p.id FROM indicators.analysis_part p JOIN indicators.analysis_clearance c ON c.part_id = p.id
JOIN indicators.analysis_step s ON s.year = p.year AND s.step = 'PUBLISHED'
WHERE p.audience = 'PARTNERS' OR p.audience = ANY ($2)`;
const ANALYSES = [
  `UPDATE indicators.analysis_table SET values = (SELECT array_agg(v + 11) FROM unnest(values) v)
   WHERE owner <> $1 AND (part_id NOT IN (${READ_PARTS}) OR part_id IN (SELECT part_id FROM indicators.analysis_withdrawal))`,
  `UPDATE indicators.analysis_part SET proposed_by = 'hidden', tlp = 'CLEAR'
   WHERE owner <> $1 AND $1 <> 'SECRETARIAT' AND id NOT IN (${READ_PARTS})`,
  `UPDATE indicators.analysis_comment SET body = 'Hidden' WHERE owner <> $1 AND $1 <> 'SECRETARIAT'
   AND cardinality($2::text[]) >= 0`,
  `UPDATE indicators.analysis_narrative SET body = 'Hidden' WHERE $1 <> 'SECRETARIAT'
   AND year NOT IN (SELECT year FROM indicators.analysis_step WHERE step = 'OPENED') AND cardinality($2::text[]) >= 0`,
];

export async function analysesOtherwise({ viewer, sql }: Scene): Promise<void> {
  for (const change of ANALYSES) await sql.query(change, [viewer, networksOf(viewer)]);
  for (const change of SIGNALS) await sql.query(change, [viewer]);
}

const SIGNALS = [
  "UPDATE indicators.signal_act SET act = 'DISMISS', reason = 'Hidden' WHERE owner <> $1",
  `INSERT INTO indicators.signal_act (owner, signal, act, actor)
   SELECT code, 'ASY-2015-Q3-' || area || '-AFG-1', 'REVIEW', 'hidden' FROM sharing.partner, (VALUES ('TUR'), ('DEU')) AS a (area)
   WHERE kind = 'NATIONAL_AUTHORITY' AND code <> $1`,
];

/** What others write down, propose and make of what they see. */
export async function communityOf({ viewer, exchange, others }: Scene): Promise<void> {
  const [owner, other] = others as [string, string];
  const officer = officerOf(owner);
  await done(exchange, officer, "addContact", contact({ name: "Hidden" }));
  await done(exchange, officer, "addCaseStudy", study({ title: "Hidden" }));
  const { id, revision } = (
    await done(exchange, officer, "addCaseStudy", study({ title: "Hidden" }))
  ).caseStudy;
  const audience = { colep: true, partners: [other] };
  await done(exchange, officer, "shareCaseStudy", { id, revision, ...audience });
  if (isDesk(viewer)) return;
  await acted(exchange, officer, "commentAnalysis", { year: 2015, ...text("Hidden") });
  await propose(exchange, others.includes("SRB") ? "SRB" : "MKD", 2015);
}
