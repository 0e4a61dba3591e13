import type { EntityManager } from "typeorm";

export interface DeliveryRow {
  identifier: string;
  partner: string;
  given: { channel: string; at: string }[];
  acknowledged_at: Date | null;
  error_note: string | null;
  escalated_at: Date | null;
  unreached_since: Date | null;
}

/** One row a message and recipient, as far as the reader may know: the sender all of them, a recipient its own. */
export function readDeliveries(
  manager: EntityManager,
  identifiers: readonly string[],
): Promise<DeliveryRow[]> {
  return manager.query(DELIVERIES, [identifiers]);
}

const DELIVERIES = `
SELECT m.identifier, p.partner,
  coalesce((SELECT json_agg(json_build_object('channel', g.channel, 'at', g.at) ORDER BY g.at)
    FROM alerts.given(m.identifier) g WHERE g.partner = p.partner), '[]') AS given,
  (SELECT min(c.at) FROM alerts.receipt c WHERE c.identifier = m.identifier AND c.partner = p.partner AND c.msg_type = 'Ack') AS acknowledged_at,
  (SELECT c.note FROM alerts.receipt c WHERE c.identifier = m.identifier AND c.partner = p.partner AND c.msg_type = 'Error'
    ORDER BY c.at DESC LIMIT 1) AS error_note,
  (SELECT min(e.at) FROM alerts.escalation e WHERE e.identifier = m.identifier AND e.partner = p.partner AND e.reached) AS escalated_at,
  (SELECT min(e.at) FROM alerts.escalation e WHERE e.identifier = m.identifier AND e.partner = p.partner
    AND NOT EXISTS (SELECT FROM alerts.escalation t WHERE t.identifier = e.identifier AND t.partner = e.partner AND t.reached)
    AND NOT EXISTS (SELECT FROM alerts.receipt c WHERE c.identifier = e.identifier AND c.partner = e.partner)) AS unreached_since
FROM unnest($1::text[]) AS m (identifier), LATERAL (SELECT DISTINCT partner FROM alerts.recipients(m.identifier)) p
ORDER BY p.partner`;
