/** Scenarios to the subgraphs for cooperation and for the community, and to the analysis of a year. */
import { ACTIONS, type Action } from "../../subgraphs/cooperation/requests/transition.rules";
import { text } from "../support/analysis";
import { contact, dayIn, profile } from "../support/community";
import { asked } from "../support/cooperation";
import { feed } from "../support/feed";
import { study } from "./before.community";
import type { Scenario } from "./scenarios";

/** The request that this viewer may move so: the database holds the table of moves. Newer references are chance. */
const movable = (action: Action): string => `
SELECT r.reference, r.revision FROM cooperation.request r JOIN cooperation.transition t ON t.action = '${action}'
  AND t.from_state = r.state AND (t.channel IS NULL OR t.channel = r.channel)
  AND t.party = CASE $1 WHEN r.requester THEN 'REQUESTER' WHEN r.requested THEN 'REQUESTED' WHEN r.facilitator THEN 'FACILITATOR' END
WHERE ($1 IN (r.requester, r.facilitator) OR r.reach = 'PARTIES')
  AND (t.needs IS NULL OR t.needs = CASE
    WHEN EXISTS (SELECT FROM cooperation.grant_confirmation c WHERE c.reference = r.reference) THEN 'GRANT_CONFIRMED'
    WHEN EXISTS (SELECT FROM cooperation.proposed_grant g WHERE g.reference = r.reference) THEN 'GRANT_UNCONFIRMED' END)
  AND NOT ('${action}' = 'DISCLOSE' AND (r.requester_discloses OR r.requested_discloses))
  AND NOT ('${action}' = 'WITHHOLD' AND NOT (r.requester_discloses OR r.requested_discloses))
ORDER BY r.reached_at, r.requested, r.reference LIMIT 1`;

const { requested: _requested, ...REWORDED } = asked({ subject: "Fictional: other permits" });
const NOTE = { note: "Fictional: the second one." };
const MORE: Partial<Record<Action, object>> = {
  AMEND: REWORDED,
  RETURN_FOR_COMPLETION: NOTE,
  ASK_CLARIFICATION: NOTE,
  CLARIFY: NOTE,
  NOTIFY_DELAY: { ...NOTE, expectedUntil: "2099-01-01T00:00:00Z" },
  ANSWER: { content: "Fictional: twelve." },
  CLOSE: { met: "FULLY" },
  REFUSE: { ground: "NOT_AVAILABLE", explanation: "Fictional: none." },
};
/** Some come before those that end what they need. */
const MOVES: readonly Action[] = [
  ...([
    "AMEND",
    "DISCLOSE",
    "WITHHOLD",
    "RECEIVE",
    "START_WORK",
    "ASK_CLARIFICATION",
    "CLARIFY",
  ] as const),
  ...([
    "NOTIFY_DELAY",
    "REFUSE",
    "ANSWER",
    "CONFIRM_GRANT",
    "ACCEPT_GRANT",
    "CLOSE",
    "WITHDRAW",
    "SUBMIT",
  ] as const),
  ...(["RETURN_FOR_COMPLETION", "FORWARD"] as const),
];

const ANSWERED = `SELECT r.reference FROM cooperation.request r WHERE r.requester = $1 AND r.state IN ('ANSWERED', 'REFUSED')
  ORDER BY r.reached_at, r.reference LIMIT 1`;
const TO_ANSWER = `SELECT id FROM cooperation.redissemination d WHERE owner = $1
  AND NOT EXISTS (SELECT FROM cooperation.redissemination_answer w WHERE w.id = d.id) ORDER BY at, id LIMIT 1`;
const SEEN =
  "SELECT reference FROM cooperation.request WHERE requester = $1 ORDER BY reached_at, reference LIMIT 1";

export const REQUESTS: readonly Scenario[] = [
  { field: "cooperationRequest", by: "analyst", about: SEEN },
  {
    field: "openCooperationRequest",
    by: "officer",
    more: () => asked({ requested: ["IRQ", "BGR"] }),
  },
  ...(["CONFIRM_GRANT", "ACCEPT_GRANT"] as const).map((action) => moving(action, "approver")),
  {
    field: "requestRedissemination",
    by: "officer",
    about: ANSWERED,
    more: () => ({ recipient: "FRA", purpose: "They ask." }),
  },
  {
    field: "answerRedissemination",
    by: "approver",
    about: TO_ANSWER,
    more: () => ({ consents: true }),
  },
  ...MOVES.map((action) => moving(action, "officer")),
];

function moving(action: Action, by: Scenario["by"]): Scenario {
  const statement = movable(action);
  const about =
    action === "AMEND"
      ? statement.replace("r.revision", "r.revision, ARRAY[r.requested] AS requested")
      : statement;
  return { field: ACTIONS[action], by, about, more: () => ({ ...MORE[action] }) };
}

const CONTACT = (
  where: string,
) => `SELECT post AS contact, version FROM countries.contact WHERE owner = $1 AND ${where}
  ORDER BY submitted_at, post LIMIT 1`;
const WAITING = CONTACT("state = 'SUBMITTED'");
const NEWEST = WAITING.replace("submitted_at", "submitted_at DESC");
const CURRENT = CONTACT("state = 'APPROVED' AND valid_until IS NULL");
const { kind: _kind, ...WORDS } = contact();

export const DIRECTORY: readonly Scenario[] = [
  { field: "verifyContact", by: "officer", about: CURRENT },
  { field: "approveContact", by: "approver", about: WAITING },
  { field: "addContact", by: "officer", more: () => contact() },
  { field: "amendContact", by: "officer", about: CURRENT, more: () => WORDS },
  {
    field: "returnContact",
    by: "approver",
    about: NEWEST,
    more: () => ({ reason: "Which shift?" }),
  },
  { field: "endContact", by: "officer", about: CURRENT },
  {
    field: "recordMouStatus",
    by: "approver",
    more: () => ({ state: "SIGNED", asOf: dayIn(-1), source: "Fictional" }),
  },
];

const DRAFT = "SELECT revision FROM countries.profile WHERE owner = $1 AND state <> 'PUBLISHED'";
const { tlp: _tlp, ...TEXT } = study();
const STUDY = (
  where: string,
) => `SELECT id, revision FROM countries.case_study WHERE owner = $1 AND ${where}
  ORDER BY written_at, id LIMIT 1`;
const PRIVATE = STUDY("state = 'PRIVATE'");

export const CONTENTS: readonly Scenario[] = [
  { field: "writeProfile", by: "officer", about: DRAFT, more: () => profile() },
  { field: "submitProfile", by: "officer", about: DRAFT },
  { field: "returnProfile", by: "approver", about: DRAFT, more: () => ({ reason: "Shorter." }) },
  { field: "submitProfile", by: "officer", about: DRAFT },
  { field: "presentProfile", by: "officer", about: DRAFT, more: () => ({ meeting: 3 }) },
  { field: "publishProfile", by: "approver", about: DRAFT },
  {
    field: "caseStudy",
    by: "analyst",
    about: "SELECT id FROM countries.case_study WHERE owner = $1 ORDER BY written_at, id LIMIT 1",
  },
  { field: "addCaseStudy", by: "officer", more: () => study() },
  {
    field: "amendCaseStudy",
    by: "officer",
    about: PRIVATE,
    more: () => ({ ...TEXT, tlp: "GREEN" }),
  },
  { field: "shareCaseStudy", by: "officer", about: PRIVATE, more: () => ({ colep: true }) },
  { field: "confirmCaseStudy", by: "approver", about: STUDY("state = 'WAITING'") },
  { field: "withdrawCaseStudy", by: "officer", about: STUDY("state = 'SHARED'") },
];

const MEETING = { date: dayIn(20), mode: "ONLINE", source: "Fictional, for a test" };
const LATEST = "FROM countries.meeting m ORDER BY m.number DESC LIMIT 1";
const SEAT = { seat: 3, country: "FRA", source: "Fictional" };
const YEAR = (
  steps: number,
) => `SELECT year FROM indicators.analysis_step GROUP BY year HAVING count(*) = ${steps}
  ORDER BY year DESC LIMIT 1`;

export const DESKS: readonly Scenario[] = [
  {
    field: "recordMeeting",
    by: "officer",
    about: "SELECT max(number) + 1 AS number FROM countries.meeting",
    more: () => MEETING,
  },
  {
    field: "amendMeeting",
    by: "officer",
    about: `SELECT m.number, m.revision ${LATEST}`,
    more: () => MEETING,
  },
  {
    field: "setAgenda",
    by: "officer",
    about: `SELECT m.number AS meeting ${LATEST}`,
    more: () => ({ items: [{ title: "Opening" }] }),
  },
  {
    field: "addNextStep",
    by: "officer",
    about: `SELECT m.number AS meeting ${LATEST}`,
    more: () => ({ task: "Write", responsible: "PAK" }),
  },
  {
    field: "completeNextStep",
    by: "officer",
    about:
      "SELECT id FROM countries.next_step WHERE task = 'Write' AND done_on IS NULL ORDER BY position LIMIT 1",
  },
  { field: "endorseChair", by: "officer", more: () => ({ ...SEAT, meeting: 3 }) },
  { field: "endChair", by: "officer", more: () => ({ ...SEAT, until: dayIn(-1) }) },
  { field: "importNews", by: "officer", more: () => ({ rss: feed() }) },
  {
    field: "conveneAnalysis",
    by: "officer",
    about: "SELECT coalesce(max(year), 2015) + 1 AS year FROM indicators.analysis_step",
  },
  { field: "writeAnalysis", by: "officer", about: YEAR(1), more: () => text("Fictional.") },
  { field: "openAnalysis", by: "officer", about: YEAR(1) },
  { field: "commentAnalysis", by: "officer", more: () => ({ year: 2015, ...text("Fictional.") }) },
  {
    field: "proposeAnalysisPart",
    by: "officer",
    more: () => ({ year: 2015, indicators: ["ASY"] }),
  },
  {
    field: "clearAnalysisPart",
    by: "approver",
    about: `SELECT year, id AS part FROM indicators.analysis_part WHERE owner = $1 AND year = 2015 ORDER BY proposed_at DESC, id LIMIT 1`,
  },
  { field: "withdrawAnalysisPart", by: "approver", more: () => ({ year: 2015 }) },
  { field: "closeAnalysis", by: "officer", about: YEAR(2) },
  { field: "publishAnalysis", by: "officer", about: YEAR(3) },
];
