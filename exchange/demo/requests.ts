import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EntityManager } from "typeorm";

interface DemoAnswer {
  content: string;
  tlp: string;
  handling: string[];
}

interface DemoGrant {
  indicators: string[];
  detail: string[];
  dataFrom: string;
  control: string;
}

interface DemoStep {
  action: string;
  by: string;
  hoursAgo: number;
  note?: string;
  accessibility?: string;
  answer?: DemoAnswer;
  feedback?: { met: string; comment: string };
  grant?: DemoGrant;
}

interface DemoRequest {
  reference: string;
  requester: string;
  requested: string;
  hoursAgo: number;
  batch?: string;
  content: Record<string, unknown>;
  steps: DemoStep[];
  redissemination?: { id: string; recipient: string; purpose: string };
}

const HOUR = 3_600_000;
const ago = (hours: number): string => new Date(Date.now() - hours * HOUR).toISOString();
const officer = (partner: string) =>
  partner === "SECRETARIAT" ? "secretariat-desk" : `${partner.toLowerCase()}-officer`;

/** A few requests, visibly fictional, moved by the same guards of the database that hold for everybody's. */
export async function loadRequests(manager: EntityManager): Promise<void> {
  const requests: DemoRequest[] = JSON.parse(
    readFileSync(join(__dirname, "data", "requests.json"), "utf8"),
  );
  for (const request of requests) await loadRequest(manager, request);
}

async function loadRequest(manager: EntityManager, request: DemoRequest): Promise<void> {
  const { reference, requester, requested, hoursAgo, batch, content } = request;
  await manager.query(
    `INSERT INTO cooperation.request (reference, requester, requested, facilitator, mechanism, opened_at, reached_at)
     VALUES ($1, $2, $3, 'SECRETARIAT', 1, $4, $4)`,
    [reference, requester, requested, ago(hoursAgo)],
  );
  await manager.query(INSERT_CONTENT, [
    reference,
    requester,
    JSON.stringify(content),
    ago(hoursAgo),
  ]);
  await loadStep(manager, request, { action: "OPEN", by: requester, hoursAgo });
  for (const step of request.steps) await loadStep(manager, request, step);
  if (batch)
    await manager.query("INSERT INTO cooperation.fan_out VALUES ($1, $2, $3)", [
      reference,
      requester,
      batch,
    ]);
  if (!request.redissemination) return;
  const { id, recipient, purpose } = request.redissemination;
  await manager.query(
    `INSERT INTO cooperation.redissemination (id, reference, owner, asker, recipient, purpose, actor) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, reference, requested, requester, recipient, purpose, officer(requester)],
  );
}

const INSERT_CONTENT = `
INSERT INTO cooperation.content (reference, version, author, kind, channel, urgency, accessibility, language, subject, information_sought,
  purpose, crime_areas, availability_grounds, urgency_ground, urgency_reason, tlp, handling, at)
SELECT $1, 1, $2, c.kind, coalesce(c.channel, 'FACILITATED'), coalesce(c.urgency, 'NORMAL'), 'UNKNOWN', c.language, c.subject,
  c."informationSought", c.purpose, c."crimeAreas", c."availabilityGrounds", c."urgencyGround", c."urgencyReason", c.tlp, c.handling, $4
FROM jsonb_to_record($3::jsonb) AS c (kind text, channel text, urgency text, language text, subject text, "informationSought" text,
  purpose text, "crimeAreas" text[], "availabilityGrounds" text, "urgencyGround" text, "urgencyReason" text, tlp text, handling text[])`;

async function loadStep(
  manager: EntityManager,
  { reference, requester }: DemoRequest,
  step: DemoStep,
): Promise<void> {
  const { action, by, note, answer, feedback, grant } = step;
  const at = ago(step.hoursAgo);
  if (action === "CONFIRM_GRANT")
    await manager.query(
      "INSERT INTO cooperation.grant_confirmation VALUES ($1, $2, $3, true, $4)",
      [reference, by, `${by.toLowerCase()}-approver`, at],
    );
  const [event] = await manager.query(
    `INSERT INTO cooperation.event (reference, revision, action, by_partner, actor, accessibility, at)
     SELECT $1, revision, $2, $3, $4, $5, $6 FROM cooperation.request WHERE reference = $1 RETURNING id, reach`,
    [reference, action, by, officer(by), step.accessibility ?? null, at],
  );
  if (note)
    await manager.query("INSERT INTO cooperation.note VALUES ($1, $2, $3, $4, $5)", [
      event.id,
      reference,
      by,
      event.reach,
      note,
    ]);
  if (answer)
    await manager.query(
      `INSERT INTO cooperation.response (reference, part, author, content, tlp, handling, actor, at) VALUES ($1, 1, $2, $3, $4, $5, $6, $7)`,
      [reference, by, answer.content, answer.tlp, answer.handling, officer(by), at],
    );
  if (feedback)
    await manager.query("INSERT INTO cooperation.feedback VALUES ($1, $2, $3, $4, $5)", [
      reference,
      by,
      feedback.met,
      feedback.comment,
      at,
    ]);
  if (grant)
    await manager.query(
      `INSERT INTO cooperation.proposed_grant (reference, owner, viewer, indicators, detail, data_from, disclosure_control, embargo_days,
         proposed_by, proposer_approver, at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, false, $9)`,
      [
        reference,
        by,
        requester,
        grant.indicators,
        grant.detail,
        grant.dataFrom,
        grant.control,
        officer(by),
        at,
      ],
    );
}
