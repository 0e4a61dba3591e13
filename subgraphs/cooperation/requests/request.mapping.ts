import { MADE_OF } from "../../../shared/graphql/shield";
import type { RequestPart } from "../../../shared/policy/requests";
import type { Viewer } from "../../../shared/viewer/viewer";
import { mechanismOf } from "../communique/mechanism";
import { type ClockReading, readClock } from "./clock.rules";
import type { RequestRow } from "./request.queries";
import type { CooperationRequest, RequestClock } from "./request.type";
import { movesOf, type Party } from "./transition.rules";

/** The API's own object for a request as one reader may see it; the stored row never leaves the subgraph. */
export function toRequest(row: RequestRow, viewer: Viewer | null): CooperationRequest {
  const { requester, requested, facilitator, events } = row;
  const reading = clockOf(row);
  const party = partyOf(row, viewer);
  return {
    [MADE_OF]: factsOf(row),
    reference: row.reference,
    kind: row.kind,
    channel: row.channel,
    urgency: row.urgency,
    accessibility: row.accessibility,
    language: row.language,
    mechanismVersion: mechanismOf(row.mechanism).name,
    state: row.state,
    revision: row.revision,
    requester: { code: requester },
    requested: { code: requested },
    facilitator: { code: facilitator },
    dueAt: reading.dueAt,
    overdue: reading.attention === "OVERDUE",
    clock: toClock(reading, row.limit_hours),
    timeline: events.map(({ by, at, expected_until: until, ...event }) => ({
      ...event,
      by: { code: by },
      at: new Date(at),
      expectedUntil: until === null ? null : new Date(until),
    })),
    moves: party === null ? [] : movesOf(row, party),
    disclosedBy: [
      ...(row.requester_discloses ? [{ code: requester }] : []),
      ...(row.requested_discloses ? [{ code: requested }] : []),
    ],
  };
}

/** Whose the facts are: both parties', once both know of it. */
function factsOf(row: RequestRow): RequestPart[] {
  const owners = row.reach === "PARTIES" ? [row.requester, row.requested] : [row.requester];
  return owners.map((owner) => partOf(row, { part: "FACTS", owner }));
}

type Facts = Pick<
  RequestPart,
  "reference" | "revision" | "requester" | "requested" | "facilitator" | "reach" | "disclosed"
>;

export function partOf(
  facts: Facts,
  of: Pick<RequestPart, "part" | "owner"> & Partial<RequestPart>,
): RequestPart {
  const { reference, revision, requester, requested, facilitator, reach, disclosed } = facts;
  return {
    category: "COOPERATION",
    reference,
    revision,
    requester,
    requested,
    facilitator,
    reach,
    disclosed,
    ...of,
  };
}

export function clockOf({ events, limit_hours: limit, now }: RequestRow): ClockReading {
  const steps = events.map(({ at, clock, expected_until: until }) => ({
    at: new Date(at),
    clock,
    expectedUntil: until === null ? null : new Date(until),
  }));
  return readClock(steps, limit, now);
}

const HOUR = 3_600_000;

function toClock({ used, ...reading }: ClockReading, limitHours: number | null): RequestClock {
  return { ...reading, limitHours, usedHours: Math.round((used / HOUR) * 100) / 100 };
}

/** On which side the viewer stands; null for whom the request is not. */
export function partyOf(
  { requester, requested, facilitator }: RequestRow,
  viewer: Viewer | null,
): Party | null {
  switch (viewer?.partner) {
    case requester:
      return "REQUESTER";
    case requested:
      return "REQUESTED";
    case facilitator:
      return "FACILITATOR";
    default:
      return null;
  }
}
