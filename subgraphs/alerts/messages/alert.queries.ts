import type { EntityManager } from "typeorm";
import type { InfoGrade, SourceGrade } from "../../../shared/graphql/evaluation";
import { ALERT_PREDICATE, alertParameters, MY_GROUPS } from "../../../shared/policy/scope";
import type { HandlingCode, Terms, Tlp } from "../../../shared/policy/terms";
import type { Viewer } from "../../../shared/viewer/viewer";
import type { AlertState } from "./alert.enums";
import type { CapInfo, Scope, Status } from "./cap";

export interface AddressRow {
  partner: string | null;
  person: string | null;
  group: string | null;
  agreed: boolean;
}

/** An address as the sender writes it. */
export type Address = { partner: string; person?: string } | { group: string };

export interface AlertRow {
  identifier: string;
  owner: string;
  author: string;
  status: Status;
  msg_type: "Alert" | "Update" | "Cancel";
  source: string | null;
  scope: Scope;
  restriction: string | null;
  code: string[];
  note: string | null;
  incidents: string[];
  info: CapInfo[];
  expires: Date;
  tlp: Tlp;
  handling: HandlingCode[];
  handling_note: string | null;
  source_evaluation: SourceGrade | null;
  info_evaluation: InfoGrade | null;
  ack_minutes: number | null;
  figures: string[];
  sent: Date | null;
  cursor: string | null;
  /** As this reader may see it: what it may not see has not superseded anything. */
  state: AlertState;
  addressees: AddressRow[];
  /** For the sender only. */
  audience: Address[] | null;
  /** What it updates or cancels, by the triplets that they came with; `message` is their identifier here. */
  references: { message: string; sender: string; identifier: string; sent: string }[];
  /** The triplet it came with; null where it was written here. */
  origin: { sender: string; identifier: string; sent: string } | null;
  /** Signatures of the file that it came in; of which none has been verified. */
  signatures: string[];
  groups: string[];
}

/** Who reads, with the terms that name it: what every statement here is scoped by. */
export interface Reader {
  viewer: Viewer | null;
  terms: Terms;
}

export interface AlertFilter {
  status?: readonly Status[] | null;
  state?: readonly AlertState[] | null;
}

/** A page of a list, and whether its length is asked for: that takes longer the more there is. */
export interface ListPage {
  first: number;
  after: string | null;
  counted: boolean;
}

/** Newest first: identifiers sort by the time they were made. */
export async function readAlerts(
  manager: EntityManager,
  reader: Reader,
  page: ListPage,
  { status, state }: AlertFilter,
): Promise<{ rows: AlertRow[]; total: number; hasPrevious: boolean }> {
  const scope = alertParameters(reader.viewer, reader.terms);
  const filter = [...scope, page.after, status ?? null, state ?? null];
  const rows: AlertRow[] = await manager.query(
    `${PAGE} AND ($4::text IS NULL OR identifier < $4) ${NEWEST}`,
    [...filter, page.first],
  );
  const [{ newer }] = page.after === null ? NOTHING_NEWER : await manager.query(NEWER, filter);
  const [{ total }] = page.counted ? await manager.query(TOTAL, filter) : NOT_COUNTED;
  return { rows, total, hasPrevious: newer };
}

export function readByIdentifier(
  manager: EntityManager,
  reader: Reader,
  identifiers: readonly string[],
): Promise<AlertRow[]> {
  const scope = alertParameters(reader.viewer, reader.terms);
  return manager.query(`${ALERT} AND a.identifier = ANY ($4)`, [...scope, identifiers]);
}

/**
 * What others have sent, by the order of release; `after` is a cursor of the outbox: of a message that the reader may see, or was
 * given once. Any other leads to the beginning, as one that never was.
 */
export async function readFeed(
  manager: EntityManager,
  reader: Reader,
  {
    first,
    after,
    status,
  }: { first: number; after: string | null; status: readonly Status[] | null },
): Promise<AlertRow[]> {
  const scope = alertParameters(reader.viewer, reader.terms);
  return manager.query(
    `${ALERT} AND a.owner <> $1 AND r.seq > coalesce(${POSITION}, alerts.given_position($4::uuid), 0)
    AND ($5::text[] IS NULL OR a.status = ANY ($5)) ORDER BY r.seq LIMIT $6`,
    [...scope, after, status, first],
  );
}

const POSITION = "(SELECT known.seq FROM alerts.release known WHERE known.cursor = $4::uuid)";

export async function isByApprover(manager: EntityManager, identifier: string): Promise<boolean> {
  const [row] = await manager.query(
    "SELECT author_approver FROM alerts.alert WHERE identifier = $1",
    [identifier],
  );
  return row?.author_approver === true;
}

/** The cursor of the newest message that was sent to the reader. */
export async function readFeedEnd(manager: EntityManager, reader: Reader): Promise<string | null> {
  const scope = alertParameters(reader.viewer, reader.terms);
  const [row] = await manager.query(FEED_END, scope);
  return row?.cursor ?? null;
}

/** What ends `a`, as far as the reader may see it, and is no notice. */
const ENDED_BY = (
  msgTypes: string,
) => `EXISTS (SELECT FROM alerts.reference f JOIN alerts.release o ON o.identifier = f.identifier
    JOIN alerts.alert u ON u.identifier = f.identifier
    WHERE f.refers_to = a.identifier AND NOT u.notice AND u.msg_type IN (${msgTypes}))`;

/** A reader who may not see what has ended a message is told that it has ended, and no more. */
const STATE = `CASE
  WHEN r.identifier IS NULL THEN 'DRAFT'
  WHEN ${ENDED_BY("'Cancel'")} THEN 'CANCELLED'
  WHEN ${ENDED_BY("'Update'")} THEN 'SUPERSEDED'
  WHEN alerts.is_over(a.identifier) THEN 'CANCELLED'
  WHEN a.expires <= sharing.instant() THEN 'EXPIRED' ELSE 'ACTIVE' END`;

/** To whom a message `a` has been released: what decides who reads it. */
export const ADDRESSEES = `coalesce((SELECT json_agg(json_build_object('partner', d.partner, 'person', d.person, 'group', d.group_id,
    'agreed', d.agreed) ORDER BY d.id) FROM alerts.addressee d WHERE d.identifier = a.identifier), '[]')`;

const FROM = `
FROM ${MY_GROUPS} CROSS JOIN alerts.alert a LEFT JOIN alerts.release r ON r.identifier = a.identifier
WHERE ${ALERT_PREDICATE}`;

const ALERT = `
SELECT a.identifier, a.owner, a.author, a.status, a.msg_type, a.source, a.scope, a.restriction, a.code, a.note, a.incidents,
  a.info, a.expires, a.tlp, a.handling, a.handling_note, a.source_evaluation, a.info_evaluation, a.ack_minutes, a.figures, r.sent, r.cursor,
  ${STATE} AS state, me.groups,
  ${ADDRESSEES} AS addressees,
  (SELECT d.addresses FROM alerts.audience d WHERE d.identifier = a.identifier) AS audience,
  (SELECT json_build_object('sender', g.sender, 'identifier', g.cap_identifier, 'sent', g.sent)
    FROM alerts.origin g WHERE g.identifier = a.identifier) AS origin,
  coalesce((SELECT g.signatures FROM alerts.origin g WHERE g.identifier = a.identifier), '{}') AS signatures,
  coalesce((SELECT json_agg(json_build_object('message', o.identifier, 'sender', coalesce(g.sender, o.owner),
      'identifier', coalesce(g.cap_identifier, o.identifier), 'sent', coalesce(g.sent, o.sent)) ORDER BY o.seq)
    FROM alerts.reference f JOIN alerts.release o ON o.identifier = f.refers_to
      LEFT JOIN alerts.origin g ON g.identifier = o.identifier WHERE f.identifier = a.identifier), '[]') AS references
${FROM}`;

const FILTERED =
  "($5::text[] IS NULL OR status = ANY ($5)) AND ($6::text[] IS NULL OR state = ANY ($6))";
const PAGE = `SELECT * FROM (${ALERT}) page WHERE ${FILTERED}`;
const NEWEST = "ORDER BY identifier DESC LIMIT $7";

const LISTED = `FROM (SELECT a.identifier, a.status, ${STATE} AS state ${FROM}) page WHERE ${FILTERED}`;
const TOTAL = `SELECT count(*)::int AS total, $4::text AS cursor ${LISTED}`;
const NEWER = `SELECT EXISTS (SELECT ${LISTED} AND identifier >= $4 ORDER BY identifier LIMIT 1) AS newer`;
const NOTHING_NEWER = [{ newer: false }] as const;
const NOT_COUNTED = [{ total: 0 }] as const;

const FEED_END = `SELECT r.cursor ${FROM} AND a.owner <> $1 AND r.cursor IS NOT NULL ORDER BY r.seq DESC LIMIT 1`;
