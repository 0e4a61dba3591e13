import { evaluationOf } from "../../../shared/graphql/evaluation";
import { markingOf } from "../../../shared/graphql/marking";
import { MADE_OF } from "../../../shared/graphql/shield";
import type { Viewer } from "../../../shared/viewer/viewer";
import type { DeliveryRow } from "../delivery/delivery.queries";
import type { Address, AlertRow } from "./alert.queries";
import type {
  Alert,
  AlertAddresses,
  AlertDelivery,
  AlertReference,
  CapSignature,
} from "./alert.type";
import type { CapInfo } from "./cap";
import type { AlertInfo } from "./info.type";

/** The API's own object for a message as one reader may see it; the stored row never leaves the subgraph. */
export function toAlert(row: AlertRow, viewer: Viewer | null): Alert {
  const { identifier, owner, addressees, groups } = row;
  return {
    [MADE_OF]: [{ category: "ALERT", identifier, owner, addressees, groups }],
    identifier,
    sender: owner,
    from: { code: owner },
    sent: row.sent,
    status: row.status,
    exercise: row.status === "Exercise" || row.status === "Test",
    msgType: row.msg_type,
    source: row.source,
    scope: row.scope,
    restriction: row.restriction,
    addresses: toAddresses(addressesFor(row, viewer)),
    code: row.code,
    note: row.note,
    origin: tripletOf(row),
    signature: signatureFor(row, viewer),
    references: row.references.map((one) => ({ ...one, sent: new Date(one.sent) })),
    incidents: row.incidents,
    info: row.info.map(toInfo),
    expires: row.expires,
    state: row.state,
    marking: markingOf(row.tlp, row.handling, owner),
    handlingNote: row.handling_note,
    evaluation: evaluationOf(row.source_evaluation, row.info_evaluation),
    figures: row.figures.map((id) => ({ id })),
    acknowledgeWithin: row.ack_minutes,
  };
}

/** By what a CAP file knows it: the triplet it came with, or that of the exchange once it is out. */
function tripletOf({ identifier, owner, sent, origin }: AlertRow): AlertReference | null {
  if (origin !== null) return { ...origin, message: identifier, sent: new Date(origin.sent) };
  return sent && { sender: owner, identifier, message: identifier, sent };
}

/** The text of a signature is its sender's to read: it may name persons, and nobody else could verify anything by it. */
function signatureFor({ owner, signatures }: AlertRow, viewer: Viewer | null): CapSignature | null {
  if (signatures.length === 0) return null;
  return { verified: false, xml: owner === viewer?.partner ? signatures.join("\n") : null };
}

/** Who else was told is the sender's to say. */
export function addressesFor(row: AlertRow, viewer: Viewer | null): Address[] {
  if (row.audience !== null && row.owner === viewer?.partner) return row.audience;
  return row.addressees.flatMap(({ partner, person, group }): Address[] => {
    if (group !== null) return row.groups.includes(`${row.owner}/${group}`) ? [{ group }] : [];
    if (partner === null || partner !== viewer?.partner) return [];
    return [{ partner, ...(person !== null && { person }) }];
  });
}

function toAddresses(addresses: readonly Address[]): AlertAddresses {
  return {
    partners: addresses.flatMap((one) =>
      "partner" in one && one.person === undefined ? [one.partner] : [],
    ),
    groups: addresses.flatMap((one) => ("group" in one ? [one.group] : [])),
    persons: addresses.flatMap((one) =>
      "partner" in one && one.person !== undefined ? [`${one.partner}/${one.person}`] : [],
    ),
  };
}

function toInfo(info: CapInfo): AlertInfo {
  const { effective, onset, expires, ...rest } = info;
  return { ...rest, effective: date(effective), onset: date(onset), expires: new Date(expires) };
}

function date(text: string | null | undefined): Date | null {
  return text == null ? null : new Date(text);
}

const MINUTE = 60_000;

/** Until when a recipient has to have acknowledged it; null where it need not, or while it is a draft. */
export function acknowledgeBy({ sent, acknowledgeWithin }: Alert): Date | null {
  return sent && acknowledgeWithin !== null
    ? new Date(sent.getTime() + acknowledgeWithin * MINUTE)
    : null;
}

export function toDelivery(alert: Alert, row: DeliveryRow): AlertDelivery {
  return {
    recipient: { code: row.partner },
    deliveredAt: date(row.given[0]?.at),
    channels: row.given.map(({ channel }) => channel),
    acknowledgeBy: acknowledgeBy(alert),
    acknowledgedAt: row.acknowledged_at,
    errorNote: row.error_note,
    escalatedAt: row.escalated_at,
    unreachedSince: row.unreached_since,
  };
}
