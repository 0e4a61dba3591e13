import type { EntityManager } from "typeorm";
import type { Addressee } from "../../../shared/policy/addressed";
import { ALERT_PREDICATE, alertParameters, MY_GROUPS } from "../../../shared/policy/scope";
import { ADDRESSEES, type Reader } from "../messages/alert.queries";

export interface PerformanceRow {
  alerts: number;
  updates: number;
  cancellations: number;
  to_acknowledge: number;
  on_time: number;
  median_minutes: number | null;
  /** The messages that are counted, and what decides who reads each. */
  messages: { identifier: string; owner: string; addressees: Addressee[]; groups: string[] }[];
}

/** Over the messages that the reader may read, and of those the deliveries that it may know of. */
export async function readPerformance(
  manager: EntityManager,
  reader: Reader,
  year: number,
): Promise<PerformanceRow> {
  const [row] = await manager.query(PERFORMANCE, [
    ...alertParameters(reader.viewer, reader.terms),
    year,
  ]);
  return row;
}

/** Who still has time to acknowledge is neither in time nor late. */
const PERFORMANCE = `
WITH message AS (
  SELECT a.identifier, a.owner, a.msg_type, a.ack_minutes, r.sent, me.groups, ${ADDRESSEES} AS addressees
  FROM ${MY_GROUPS} CROSS JOIN alerts.alert a JOIN alerts.release r ON r.identifier = a.identifier
  WHERE ${ALERT_PREDICATE} AND a.status = 'Actual' AND NOT a.notice AND extract(year FROM r.sent AT TIME ZONE 'UTC') = $4
), delivery AS (
  SELECT m.ack_minutes, extract(epoch FROM sharing.instant() - m.sent) / 60 AS so_far,
    extract(epoch FROM (SELECT min(c.at) FROM alerts.receipt c
      WHERE c.identifier = m.identifier AND c.partner = p.partner AND c.msg_type = 'Ack') - m.sent) / 60 AS minutes
  FROM message m, LATERAL (SELECT DISTINCT partner FROM alerts.recipients(m.identifier)) p WHERE m.ack_minutes IS NOT NULL
)
SELECT (SELECT count(*)::int FROM message WHERE msg_type = 'Alert') AS alerts,
  (SELECT count(*)::int FROM message WHERE msg_type = 'Update') AS updates,
  (SELECT count(*)::int FROM message WHERE msg_type = 'Cancel') AS cancellations,
  (SELECT coalesce(json_agg(json_build_object('identifier', identifier, 'owner', owner, 'addressees', addressees, 'groups', groups)), '[]')
    FROM message) AS messages,
  count(*)::int AS to_acknowledge, (count(*) FILTER (WHERE minutes <= ack_minutes))::int AS on_time,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes)::float AS median_minutes
FROM delivery WHERE minutes IS NOT NULL OR so_far > ack_minutes`;
