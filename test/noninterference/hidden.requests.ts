/** Of requests for cooperation: what the viewer is no party to, what the parties wrote, and what has not reached it. */
import { DESK, done, type Move, officerOf } from "../support/cooperation";
import { analystOf, READERS } from "../support/people";
import { send } from "./before.requests";
import type { Scene } from "./hidden";

/** Of a request r the viewer $1 may read what was written with reach x: as who wrote it, the other party, or by disclosure. */
const reads = (
  reach: string,
): string => `(r.requester = $1 OR (r.requested = $1 AND r.reach = 'PARTIES' AND ${reach} = 'PARTIES')
  OR (r.facilitator = $1 AND r.disclosed AND ${reach} <> 'REQUESTER'))`;
const WHOLE = reads("'PARTIES'");
/** The text that was forwarded: earlier ones are the requester's. */
const FORWARDED =
  "CASE WHEN r.requested = $1 AND t.version < r.content_version THEN 'DESK' ELSE 'PARTIES' END";

const text = (columns: string): string =>
  columns
    .split(" ")
    .map((column) => `${column} = 'Hidden'`)
    .join(", ");
const update = (table: string, set: string, isRead: string): string =>
  `UPDATE cooperation.${table} t SET ${set} FROM cooperation.request r WHERE r.reference = t.reference AND NOT ${isRead}`;

const OTHERWISE = [
  update(
    "content",
    `${text("subject information_sought purpose")}, tlp = 'GREEN'`,
    reads(FORWARDED),
  ),
  update("note", text("text"), `(t.author = $1 OR ${reads("t.reach")})`),
  update("response", `content = 'Hidden' || content, explanation = explanation || 'Hidden'`, WHOLE),
  update("feedback", "met = 'NOT', comment = 'Hidden'", WHOLE),
  update("proposed_grant", "indicators = '{FAC}', embargo_days = 77", WHOLE),
  update("fan_out", "batch = gen_random_uuid()", "(r.requester = $1)"),
  `UPDATE cooperation.redissemination SET purpose = 'Hidden', at = at - interval '1 hour' WHERE $1 NOT IN (owner, asker)`,
];

/** The desk is told that there is a request, and when it moved; before the desk hears of one nobody is. */
const IS_TOLD = `($1 = r.requester OR ($1 = r.requested AND r.reach = 'PARTIES' AND t.reach = 'PARTIES')
  OR ($1 = r.facilitator AND r.reach <> 'REQUESTER' AND t.reach <> 'REQUESTER'))`;
const MOVES = update("event", "at = at - interval '2 hours', actor = 'hidden'", IS_TOLD);
const DRAFTS = `UPDATE cooperation.request SET kind = 'OTHER_ASSISTANCE', urgency = 'URGENT', language = 'fr',
  reached_at = reached_at - interval '3 hours' WHERE requester <> $1 AND reach = 'REQUESTER'`;

export async function requestsOtherwise({ viewer, sql }: Scene): Promise<void> {
  for (const change of [...OTHERWISE, MOVES, DRAFTS]) await sql.query(change, [viewer]);
}

/** Others write drafts, one of them to the viewer; and what others send each other goes on, unless the viewer is the desk. */
export async function requestsOf({ viewer, exchange, sql, others }: Scene): Promise<void> {
  const [from, to] = others as [string, string];
  const submitted: Move = ["submit", officerOf(from)];
  const isDesk = viewer === "SECRETARIAT";
  const addressees = isAsked(viewer) ? [to, viewer] : [to];
  for (const path of isDesk ? [[]] : [[], [submitted]])
    await send(exchange, from, addressees, path, "Hidden");
  if (isDesk) return;
  const received: Move[] = [
    ["receive", officerOf(to)],
    ["startWork", officerOf(to)],
  ];
  await send(exchange, from, [to], [submitted, ["forward", DESK], ...received], "Hidden");
  const [{ reference, revision, requester }] = (await sql.query(OVER, [viewer])).rows;
  await done(exchange, officerOf(requester), "close", {
    reference,
    revision,
    met: "NOT",
    comment: "Hidden",
  });
}

const OVER = `SELECT reference, revision, requester FROM cooperation.request
WHERE state IN ('ANSWERED', 'REFUSED') AND $1 NOT IN (requester, requested) ORDER BY reference LIMIT 1`;

const isAsked = (viewer: string): boolean => analystOf(viewer) === READERS.get(viewer);
