import type { EntityManager } from "typeorm";
import { REQUEST_PREDICATE, readerParameters } from "../../../shared/policy/scope";
import type { Viewer } from "../../../shared/viewer/viewer";
import type { Accessibility, Kind, Language, RequestChannel, Urgency } from "./request.words";
import type { Action, ClockEvent, Party, Standing, State } from "./transition.rules";

/** What anybody may see of a request who may know that there is one. What the parties write is read in `paper.queries`. */
export interface RequestRow {
  reference: string;
  requester: string;
  requested: string;
  facilitator: string;
  mechanism: number;
  kind: Kind;
  channel: RequestChannel;
  urgency: Urgency;
  accessibility: Accessibility;
  language: Language;
  state: State;
  revision: number;
  reach: "REQUESTER" | "DESK" | "PARTIES";
  acknowledged: boolean;
  concluded: boolean;
  limit_hours: number | null;
  requester_discloses: boolean;
  requested_discloses: boolean;
  disclosed: boolean;
  content_version: number;
  /** As far as the reader may know: the facilitator is told of none. */
  grant: Standing["grant"];
  now: Date;
  events: EventRow[];
}

export interface EventRow {
  action: Action;
  by: string;
  party: Party;
  at: string;
  from: State | null;
  to: State;
  clock: ClockEvent | null;
  expected_until: string | null;
}

/** Who reads: what every statement here is scoped by. */
export interface Reader {
  viewer: Viewer | null;
}

export interface RequestFilter {
  states: readonly State[] | null;
}

/**
 * By when they came as far as they have, newest first. A cursor of what the reader may not see is a cursor of nothing.
 * @param page `counted`: whether the length of the list is asked for, which takes longer the more there is
 */
export async function readRequests(
  manager: EntityManager,
  { viewer }: Reader,
  page: { first: number; after: string | null; counted: boolean },
  { states }: RequestFilter,
): Promise<{ rows: RequestRow[]; total: number; hasPrevious: boolean }> {
  const filter = [...readerParameters(viewer), states, page.after];
  const rows: RequestRow[] = await manager.query(PAGE, [...filter, page.first]);
  const [{ newer }] = page.after === null ? NOTHING_NEWER : await manager.query(NEWER, filter);
  const [{ total }] = page.counted ? await manager.query(TOTAL, filter) : NOT_COUNTED;
  return { rows, total, hasPrevious: newer };
}

export function readByReference(
  manager: EntityManager,
  { viewer }: Reader,
  references: readonly string[],
): Promise<RequestRow[]> {
  return manager.query(`${REQUEST} AND r.reference = ANY ($2)`, [
    ...readerParameters(viewer),
    references,
  ]);
}

/** What was asked together with these, for who asked. */
export function readSiblings(
  manager: EntityManager,
  { viewer }: Reader,
  references: readonly string[],
): Promise<{ reference: string; sibling: string }[]> {
  return manager.query(SIBLINGS, [...readerParameters(viewer), references]);
}

const REQUEST = `
SELECT r.reference, r.requester, r.requested, r.facilitator, r.mechanism, r.kind, r.channel, r.urgency, r.accessibility, r.language,
  r.state, r.revision, r.reach, r.acknowledged, r.concluded, r.limit_hours, r.requester_discloses, r.requested_discloses, r.disclosed,
  r.content_version, sharing.instant() AS now,
  CASE WHEN EXISTS (SELECT FROM cooperation.grant_agreement g WHERE g.reference = r.reference) THEN 'AGREED'
    WHEN EXISTS (SELECT FROM cooperation.grant_confirmation g WHERE g.reference = r.reference) THEN 'CONFIRMED'
    WHEN EXISTS (SELECT FROM cooperation.proposed_grant g WHERE g.reference = r.reference) THEN 'PROPOSED' ELSE 'NONE' END AS grant,
  coalesce((SELECT json_agg(json_build_object('action', e.action, 'by', e.by_partner, 'party', e.party, 'at', e.at,
      'from', e.from_state, 'to', e.to_state, 'clock', e.clock, 'expected_until', e.expected_until) ORDER BY e.id)
    FROM cooperation.event e WHERE e.reference = r.reference
      AND (r.requester = $1 OR e.reach = 'PARTIES' OR (e.reach = 'DESK' AND r.facilitator = $1))), '[]') AS events
FROM cooperation.request r
WHERE r.content_version > 0 AND ${REQUEST_PREDICATE}`;

const FILTER = `($2::text[] IS NULL OR r.state = ANY ($2))`;
const CURSOR = `(SELECT r.reached_at, r.reference FROM cooperation.request r WHERE r.reference = $3 AND ${REQUEST_PREDICATE})`;

const PAGE = `${REQUEST} AND ${FILTER} AND ($3::text IS NULL OR (r.reached_at, r.reference) < ${CURSOR})
ORDER BY r.reached_at DESC, r.reference DESC LIMIT $4`;

const LISTED = `FROM cooperation.request r WHERE r.content_version > 0 AND ${REQUEST_PREDICATE} AND ${FILTER}`;
const TOTAL = `SELECT count(*)::int AS total, $3::text AS cursor ${LISTED}`;
const NEWER = `SELECT EXISTS (SELECT ${LISTED} AND (r.reached_at, r.reference) >= ${CURSOR}) AS newer`;
const NOTHING_NEWER = [{ newer: false }] as const;
const NOT_COUNTED = [{ total: 0 }] as const;

const SIBLINGS = `
SELECT f.reference, o.reference AS sibling
FROM cooperation.fan_out f JOIN cooperation.fan_out o ON o.batch = f.batch AND o.reference <> f.reference
WHERE f.owner = $1 AND o.owner = $1 AND f.reference = ANY ($2) ORDER BY o.reference`;

/** Who is a member of the exchange is no secret; documents say it in words. */
export async function readPartnerNames(
  manager: EntityManager,
  codes: readonly string[],
): Promise<Map<string, string>> {
  const rows: { code: string; name: string }[] = await manager.query(
    "SELECT * FROM cooperation.partner_names($1)",
    [codes],
  );
  return new Map(rows.map(({ code, name }) => [code, name]));
}
