/** Scenarios to the subgraphs for alerts, figures and agreements, in an order in which each finds what it is about. */
import { info, inHours, message } from "../support/alerts";
import { OWNERS } from "../support/expectation";
import { byCitizenship } from "../support/reports";
import type { World } from "./parting";
import { post } from "./reply";
import type { Scenario } from "./scenarios";

const RELEASED = "alerts.alert a JOIN alerts.release r USING (identifier)";
const NEWEST_OWN = `SELECT a.identifier AS alert FROM ${RELEASED} WHERE a.owner = $1 AND a.expires > now()
  AND NOT EXISTS (SELECT FROM alerts.reference f WHERE f.refers_to = a.identifier) ORDER BY r.seq DESC LIMIT 1`;
const UNANSWERED = `SELECT a.identifier AS alert FROM ${RELEASED} JOIN alerts.addressee d USING (identifier) WHERE d.partner = $1
  AND NOT EXISTS (SELECT FROM alerts.receipt t WHERE t.identifier = a.identifier AND t.partner = $1) ORDER BY r.seq LIMIT 1`;
const DRAFT = `SELECT identifier AS alert FROM alerts.alert a WHERE owner = $1 AND author LIKE '%-officer'
  AND NOT EXISTS (SELECT FROM alerts.release r WHERE r.identifier = a.identifier) ORDER BY drafted_at LIMIT 1`;
const ENDPOINT =
  "SELECT id FROM alerts.endpoint WHERE owner = $1 AND removed_at IS NULL ORDER BY registered_at LIMIT 1";
const PROPOSED = `SELECT id FROM alerts.impact_level l WHERE owner = $1 AND proposed_by <> $1
  AND NOT EXISTS (SELECT FROM alerts.impact_agreement g WHERE g.id = l.id) ORDER BY at LIMIT 1`;
const TO = { addresses: { partners: ["TUR"] } };
const WORDS = { info: [info({ expires: inHours(40) })], tlp: "AMBER" };

async function ownFile({ exchange }: World, client: string): Promise<{ xml: string } | undefined> {
  const { data } = await exchange.ask(
    client,
    "{ alerts(first: 20) { nodes { xml msgType from { code } } } }",
  );
  const own = data?.alerts?.nodes.find(
    (one: any) =>
      one.xml !== null && one.msgType === "Alert" && client.startsWith(one.from.code.toLowerCase()),
  );
  return (
    own && {
      xml: own.xml.replace(/<identifier>.*<\/identifier>/, "<identifier>NATIONAL-1</identifier>"),
    }
  );
}

export const ALERTS: readonly Scenario[] = [
  { field: "alert", by: "analyst", about: UNANSWERED.replace("AS alert", "AS identifier") },
  { field: "issueAlert", by: "officer", more: () => message({ ...TO, ...WORDS }) },
  { field: "importAlert", by: "officer", about: ownFile },
  { field: "updateAlert", by: "officer", about: NEWEST_OWN, more: () => WORDS },
  { field: "cancelAlert", by: "officer", about: NEWEST_OWN, more: () => ({ note: "Over." }) },
  {
    field: "issueAlert",
    by: "officer",
    more: () => message({ ...WORDS, tlp: "RED", addresses: { persons: ["IRQ/irq-officer"] } }),
  },
  { field: "confirmAlert", by: "approver", about: DRAFT },
  { field: "acknowledgeAlert", by: "officer", about: UNANSWERED },
  { field: "rejectAlert", by: "officer", about: UNANSWERED, more: () => ({ note: "Not for us." }) },
  { field: "rotateWebhookSecret", by: "approver", about: ENDPOINT },
  { field: "removeWebhook", by: "approver", about: ENDPOINT },
  {
    field: "proposeImpactLevel",
    by: "officer",
    more: (state) => ({ section: "AFG-PAK", state, period: "2026-Q1", level: "HIGH" }),
  },
  { field: "agreeImpactLevel", by: "approver", about: PROPOSED },
];

const WAITING =
  "SELECT id FROM indicators.submission WHERE owner = $1 AND state = 'SUBMITTED' ORDER BY submitted_at LIMIT 1";
const report = (period: string) => ({
  indicator: "ASY",
  period,
  figures: byCitizenship({ AFG: 40, SYR: 25 }),
  comment: "Checked by hand",
});

async function newSignal({ exchange }: World, client: string): Promise<{ id: string } | undefined> {
  const { data } = await exchange.ask(
    client,
    "{ signals(year: 2015, states: [NEW], first: 1) { nodes { id } } }",
  );
  return data?.signals?.nodes[0];
}

export const FIGURES: readonly Scenario[] = [
  { field: "report", by: "officer", about: WAITING },
  { field: "approveQuarterlyReport", by: "approver", about: WAITING },
  { field: "submitQuarterlyReport", by: "officer", more: () => report("2023-Q3") },
  {
    field: "returnQuarterlyReport",
    by: "approver",
    about: WAITING,
    more: () => ({ reasons: ["Hungary is missing."] }),
  },
  { field: "submitQuarterlyReport", by: "officer", more: () => report("2023-Q4") },
  { field: "withdrawQuarterlyReport", by: "officer", about: WAITING },
  { field: "reviewSignal", by: "officer", about: newSignal },
  {
    field: "dismissSignal",
    by: "officer",
    about: newSignal,
    more: () => ({ reason: "Known (fictional)." }),
  },
  { field: "promoteSignal", by: "officer", about: newSignal },
];

const TITLE = "Run by a scenario";
const TERMS = (owner: string) => ({
  terms: [
    {
      category: "STATISTICS",
      owners: [owner],
      viewers: ["HUN"],
      indicators: ["FAC"],
      detail: ["CITIZENSHIP"],
    },
  ],
});
const OWN = `SELECT a.id, a.version FROM sharing.agreement a WHERE a.convener = $1 AND a.title = '${TITLE}'
  ORDER BY (SELECT max(s.since) FROM sharing.signature s WHERE s.agreement_id = a.id) DESC LIMIT 1`;
const OWN_ID = OWN.replace("a.id, a.version", "a.id");
const IN_FORCE =
  "SELECT agreement_id AS id FROM sharing.party WHERE partner = $1 AND agreement_id = 'A14'";
/** Of the demo's; newer ones have ids by chance. */
const KNOWN =
  "SELECT agreement_id AS id FROM sharing.party WHERE partner = $1 AND agreement_id ~ '^A[0-9]' ORDER BY 1 LIMIT 1";
const PROPOSAL = (viewer: string) => ({ title: TITLE, kind: "BILATERAL", ...TERMS(viewer) });

const RECEIVED = "{ indicators { code } }";
/** Signed at some moment in each world; what is said of it is the same. */
async function ownReceipt({ exchange }: World, client: string): Promise<{ input: object }> {
  const { body, headers } = post({ query: RECEIVED, variables: {} }, true);
  const authorization = `Bearer ${await exchange.token(client)}`;
  const response = await fetch(`${exchange.url}/graphql`, {
    method: "POST",
    body,
    headers: { ...headers, authorization },
  });
  const { extensions } = (await response.json()) as { extensions: { receipt: string } };
  return { input: { receipt: extensions.receipt, query: RECEIVED, variables: {} } };
}

/** Of each owner a cell that many have and one that few see, whether the viewer does or not. */
const EXPLAINED: readonly Scenario[] = OWNERS.flatMap((owner) =>
  [[], ["CITIZENSHIP"]].map((by): Scenario => {
    const cell = { category: "STATISTICS", indicator: "ASY", period: "2015-Q3", by };
    return { field: "explainAccess", by: "analyst", more: () => ({ owner, ...cell }) };
  }),
);

export const AGREEMENTS: readonly Scenario[] = [
  ...EXPLAINED,
  { field: "agreement", by: "analyst", about: KNOWN },
  { field: "verifyReceipt", by: "analyst", about: ownReceipt },
  { field: "previewAgreement", by: "approver", about: KNOWN, more: () => ({ act: "REVOKE" }) },
  { field: "proposeAgreement", by: "officer", more: PROPOSAL },
  {
    field: "amendAgreement",
    by: "officer",
    about: OWN,
    more: (viewer) => ({ ...TERMS(viewer), reason: "Clearer." }),
  },
  { field: "submitForNationalApproval", by: "approver", about: OWN },
  { field: "acceptAgreement", by: "approver", about: OWN },
  { field: "proposeAgreement", by: "officer", more: PROPOSAL },
  { field: "declineAgreement", by: "approver", about: OWN, more: () => ({ reason: "Not now." }) },
  {
    field: "suspendAgreement",
    by: "approver",
    about: IN_FORCE,
    more: () => ({ reason: "Under review." }),
  },
  {
    field: "resumeAgreement",
    by: "approver",
    about: IN_FORCE,
    more: () => ({ reason: "Reviewed." }),
  },
  { field: "revokeAgreement", by: "approver", about: OWN_ID, more: () => ({ reason: "Over." }) },
  {
    field: "changePartnerGroup",
    by: "officer",
    more: () => ({ id: "SOUTH", name: "South", add: ["IRQ"] }),
  },
];

/** Before anybody else asks: an owner is told what others came upon, and that is another thing in each world. */
export const LOGS: readonly Scenario[] = [
  { field: "disclosures", by: "approver", more: () => ({ first: 5 }) },
  { field: "verifyDisclosureLog", by: "approver" },
];
