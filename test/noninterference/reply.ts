/**
 * One request put to both exchanges, and all that came back as text. What may differ between two runs of the very same
 * world is named here and nothing else is overlooked:
 * - the headers `date` and `x-request-id` and an error's `requestId`;
 * - UUIDs, ids of agreements, references and revisions of requests (both are drawn at random) and webhook secrets that
 *   were made after the worlds were parted: by order of appearance;
 * - instants between that moment and a minute from now, and those that lie some days or the hours of a request's limit
 *   after such a one: when a secret ends, when an answer is due;
 * - a receipt's signature, and its digest of the answer, which stands in clear beside it;
 * - the bytes of a workbook, which is compressed: its parts are compared as they are.
 * And of the auditor how long the logs are, which it is told.
 * The length of an answer is held to be that of its bytes, and then left aside: an id drawn at random may be a digit longer.
 */
import { strFromU8, unzipSync } from "fflate";
import type { ExchangeUnderTest } from "../support/exchange-under-test";
import { listen } from "../support/stream";
import type { Request } from "./operation.text";

export interface Call {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface Side {
  readonly exchange: ExchangeUnderTest;
  /** Every id that stood in both worlds when they were parted. */
  readonly old: ReadonlySet<string>;
  /** In milliseconds. */
  readonly parted: number;
  /** What this viewer is told of each world, and rightly so; null where there is no such thing. */
  readonly told: RegExp | null;
}

export function post({ query, variables }: Request, receipt = false): Call {
  return {
    method: "POST",
    path: "/graphql",
    body: JSON.stringify({ query, variables }),
    headers: { "content-type": "application/json", ...(receipt && { "accord-receipt": "true" }) },
  };
}

export function get({ query, variables }: Request): Call {
  const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  return {
    method: "GET",
    path: `/graphql?${parameters}`,
    headers: { "apollo-require-preflight": "true" },
    body: null,
  };
}

export const fetching = (path: string, parameters: Readonly<Record<string, string>>): Call => ({
  method: "GET",
  path: `${path}?${new URLSearchParams(parameters)}`,
  headers: {},
  body: null,
});

export const uploading = (
  parameters: Readonly<Record<string, string>>,
  body: string,
  key: string,
): Call => ({
  method: "POST",
  path: `/reports?${new URLSearchParams(parameters)}`,
  body,
  headers: { "content-type": "text/csv", "idempotency-key": key },
});

/** A connection that was kept may be closed by the other side in the very moment in which it is used again. */
const ALONE = { connection: "close" };

/** Status, bytes and headers of an answer, without what no two runs share. */
export async function replyTo(side: Side, client: string | null, call: Call): Promise<string> {
  const authorization: Record<string, string> =
    client === null ? {} : { authorization: `Bearer ${await side.exchange.token(client)}` };
  const response = await fetch(`${side.exchange.url}${call.path}`, {
    method: call.method,
    body: call.body,
    headers: { ...call.headers, ...authorization, ...ALONE },
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const type = response.headers.get("content-type") ?? "";
  const isWorkbook = type.includes("spreadsheet");
  const told = Number(response.headers.get("content-length") ?? bytes.length);
  if (told !== bytes.length) throw new Error(`content-length: ${told} of ${bytes.length} bytes`);
  const headers = [...response.headers].filter(
    ([name]) => !["date", "x-request-id", "content-length"].includes(name),
  );
  const text =
    isWorkbook && response.ok ? workbookText(bytes) : Buffer.from(bytes).toString("utf8");
  return masked(
    `${response.status}\n${text}\n\n${headers.map((pair) => pair.join(": ")).join("\n")}`,
    side,
  );
}

function workbookText(bytes: Uint8Array): string {
  return Object.entries(unzipSync(bytes))
    .map(([name, part]) => `${name}\n${strFromU8(part)}`)
    .join("\n");
}

/** What a stream sends first: all that the viewer's own feed holds. */
export async function streamOf(
  side: Side,
  client: string,
  request: Request,
  events: number,
): Promise<string> {
  const stream = await listen(side.exchange.url, {
    token: await side.exchange.token(client),
    ...request,
  });
  await Promise.race([stream.until(events), stream.ended]);
  const blocks = stream.text.split("\n\n").filter((block) => block.includes("event: next"));
  const text = stream.status === 200 ? blocks.slice(0, events).join("\n\n") : stream.text;
  stream.close();
  return masked(`${stream.status}\n${text}`, side);
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const CURSOR = /\baWQ6[\w-]+/g;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]00:00)/g;
const SECRET = /whsec_[\w+/=]+/g;
const AGREEMENT = /\bA-[0-9a-f]{10}\b/g;
const REFERENCE = /\bCOLEP-\d{4}(?:-[0-9A-Z]{4}){2}\b/g;
const REVISION = /(revision\W{1,3})(\d{4,})/g;
const RECEIPT = /\bey[\w-]+\.(ey[\w-]+)\.[\w-]+/g;
const REQUEST = /(\\?"requestId\\?":\\?")[0-9a-f-]{36}/g;
const SECOND = 1_000; // messages are sent on the second
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LATER = [0, 8, 24, 72, 168];

function masked(text: string, { old, parted, told }: Side): string {
  const places = new Map<string, string>();
  const fresh = (id: string): string => {
    if (old.has(id)) return id;
    const place = places.get(id) ?? `new ${places.size}`;
    places.set(id, place);
    return place;
  };
  const isRecent = (at: number): boolean =>
    LATER.some(
      (hours) => parted - SECOND <= at - hours * HOUR && at - hours * HOUR <= Date.now() + MINUTE,
    );
  return (told === null ? text : text.replace(told, "0"))
    .replace(RECEIPT, (_all, payload) => unsigned(payload))
    .replace(REQUEST, "$1")
    .replace(CURSOR, (cursor) => `cursor to ${Buffer.from(cursor, "base64url").toString()}`)
    .replace(INSTANT, (instant) => (isRecent(Date.parse(instant)) ? "now" : instant))
    .replace(SECRET, "a secret")
    .replace(UUID, fresh)
    .replace(AGREEMENT, fresh)
    .replace(REFERENCE, fresh)
    .replace(REVISION, (all, said, at) => (old.has(at) ? all : `${said}0`));
}

function unsigned(payload: string): string {
  const { result: _digest, ...said } = JSON.parse(Buffer.from(payload, "base64url").toString());
  return JSON.stringify(JSON.stringify(said)).slice(1, -1); // within a string of the answer
}

/** The first byte in which two answers differ, with what stands around it; null where they are the same. */
export function differenceOf(one: string, other: string): string | null {
  if (one === other) return null;
  let at = 0;
  while (one[at] === other[at]) at++;
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 80), at + 120));
  return `from byte ${at} on:\n  A ${around(one)}\n  B ${around(other)}`;
}
