import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EntityManager } from "typeorm";

interface DemoInfo {
  code: string;
  category?: string;
  area: { areaDesc: string; section: string | null };
}

interface DemoAlert {
  identifier: string;
  owner: string;
  status: string;
  msgType: string;
  refersTo?: string;
  note?: string;
  tlp: string;
  handling: string[];
  evaluation?: { source: string; information: string };
  addresses: object[];
  acknowledgeWithin?: number;
  incidents?: string[];
  figures?: string[];
  days: number;
  info: DemoInfo[];
}

const DAY = 86_400_000;

/**
 * A few messages, visibly fictional, written by the senders' officers and let out by their approvers: the guards of the
 * database hold for the demo as for everybody.
 */
export async function loadAlerts(manager: EntityManager): Promise<void> {
  const alerts: DemoAlert[] = JSON.parse(
    readFileSync(join(__dirname, "data", "alerts.json"), "utf8"),
  );
  for (const alert of alerts) {
    const { identifier, owner } = alert;
    const client = owner.toLowerCase();
    const expires = new Date(
      Math.floor((Date.now() + alert.days * DAY) / 1_000) * 1_000,
    ).toISOString();
    await manager.query(INSERT_ALERT, [
      identifier,
      owner,
      `${client}-officer`,
      alert.status,
      alert.msgType,
      alert.note ?? null,
      alert.incidents ?? [],
      JSON.stringify(alert.info.map((info) => toInfo(info, expires))),
      expires,
      alert.tlp,
      alert.handling,
      alert.evaluation?.source ?? null,
      alert.evaluation?.information ?? null,
      alert.acknowledgeWithin ?? null,
      JSON.stringify(alert.figures ?? []),
    ]);
    await manager.query(
      "INSERT INTO alerts.audience (identifier, owner, addresses) VALUES ($1, $2, $3)",
      [identifier, owner, JSON.stringify(alert.addresses)],
    );
    if (alert.refersTo !== undefined)
      await manager.query(
        "INSERT INTO alerts.reference (identifier, owner, refers_to) VALUES ($1, $2, $3)",
        [identifier, owner, alert.refersTo],
      );
    await manager.query(
      "INSERT INTO alerts.release (identifier, owner, actor, actor_approver) VALUES ($1, $2, $3, true)",
      [identifier, owner, `${client}-approver`],
    );
  }
}

function toInfo({ code, category = "Security", area, ...info }: DemoInfo, expires: string): object {
  const { areaDesc, section } = area;
  const geocode = section === null ? [] : [{ valueName: "accord:border-section", value: section }];
  return {
    ...info,
    category: [category],
    expires,
    parameter: [],
    resource: [],
    eventCode: [{ valueName: "accord:event", value: code }],
    area: [{ areaDesc, polygon: [], circle: [], geocode }],
  };
}

const INSERT_ALERT = `
INSERT INTO alerts.alert (identifier, owner, author, author_approver, status, msg_type, scope, note, incidents, info, expires, tlp,
  handling, source_evaluation, info_evaluation, ack_minutes, figures)
VALUES ($1, $2, $3, false, $4, $5, 'Private', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`;
