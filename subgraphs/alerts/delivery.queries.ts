import type { EntityManager } from "typeorm";

export interface DeliveryRow {
  partner: string;
  given: { channel: string; at: string }[];
  acknowledged_at: Date | null;
  error_note: string | null;
  escalated_at: Date | null;
}

/** One row a recipient, as far as the reader may know: the sender all of them, a recipient its own. */
export function readDeliveries(manager: EntityManager, identifier: string): Promise<DeliveryRow[]> {
  return manager.query(DELIVERIES, [identifier]);
}

const DELIVERIES = `
SELECT p.partner,
  coalesce((SELECT json_agg(json_build_object('channel', g.channel, 'at', g.at) ORDER BY g.at)
    FROM alerts.given($1) g WHERE g.partner = p.partner), '[]') AS given,
  (SELECT min(c.at) FROM alerts.receipt c WHERE c.identifier = $1 AND c.partner = p.partner AND c.msg_type = 'Ack') AS acknowledged_at,
  (SELECT c.note FROM alerts.receipt c WHERE c.identifier = $1 AND c.partner = p.partner AND c.msg_type = 'Error'
    ORDER BY c.at DESC LIMIT 1) AS error_note,
  (SELECT e.at FROM alerts.escalation e WHERE e.identifier = $1 AND e.partner = p.partner) AS escalated_at
FROM (SELECT DISTINCT partner FROM alerts.recipients($1)) p ORDER BY p.partner`;
