import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
  verify,
} from "node:crypto";
import { CHANNELS, type Channel } from "./channel";
import { type Identity, identityFromClaims } from "./viewer";

/**
 * The gateway's signed statement of who asks: one for each request to one subgraph. It is bound to the audience and to
 * the very bytes of the body, lives 30 seconds and is good once in a process. Without it a subgraph answers nobody, `_entities` and
 * `_service` included; with the gateway's public key alone nobody can write one.
 */
export const ASSERTION_HEADER = "accord-viewer-assertion";
const LIFETIME_SECONDS = 30;
const CLOCK_SKEW_SECONDS = 5;

interface Statement {
  aud: string;
  iat: number;
  exp: number;
  jti: string;
  body: string;
  rid: string;
  chn: Channel;
  rcp?: boolean;
  viewer: { sub: string; partner: string; roles: readonly string[]; purpose?: string } | null;
}

export class ViewerAssertionError extends Error {}

export interface AssertionSigner {
  issue(audience: string, body: string, asked: Verified): string;
}

export function assertionSigner(privateKey: KeyObject): AssertionSigner {
  return {
    issue(audience, body, { viewer, requestId, channel, receipt }) {
      const now = Math.floor(Date.now() / 1000);
      const statement: Statement = {
        aud: audience,
        iat: now,
        exp: now + LIFETIME_SECONDS,
        jti: randomUUID(),
        body: digest(body),
        rid: requestId,
        chn: channel,
        ...(receipt && { rcp: true }),
        viewer: viewer && claimsOf(viewer),
      };
      const payload = Buffer.from(JSON.stringify(statement)).toString("base64url");
      return `${payload}.${sign(null, Buffer.from(payload), privateKey).toString("base64url")}`;
    },
  };
}

function claimsOf({ id, partner, roles, purpose }: Identity): NonNullable<Statement["viewer"]> {
  return { sub: id, partner, roles, ...(purpose && { purpose }) };
}

/** What the gateway states of one request, and a subgraph may rely on. */
export interface Verified {
  viewer: Identity | null;
  requestId: string;
  /** By which way the answer will leave. */
  channel: Channel;
  /** Whether the answer should say what it rests on. */
  receipt?: boolean;
}

export interface AssertionVerifier {
  /** @throws ViewerAssertionError when the viewer assertion is missing, forged, stale, used before or meant for another request. */
  verify(assertion: string | undefined, body: string): Verified;
}

export function assertionVerifier(
  publicKey: KeyObject,
  audience: string,
  clock = () => Date.now(),
): AssertionVerifier {
  const seen = new SeenOnce();
  return {
    verify(assertion, body) {
      const [payload, signature, rest] = assertion?.split(".") ?? [];
      if (!payload || !signature || rest !== undefined) throw new ViewerAssertionError("missing");
      if (!verify(null, Buffer.from(payload), publicKey, Buffer.from(signature, "base64url"))) {
        throw new ViewerAssertionError("forged");
      }
      const statement = JSON.parse(Buffer.from(payload, "base64url").toString()) as Statement;
      const now = clock() / 1000;
      if (statement.aud !== audience) throw new ViewerAssertionError("meant for another subgraph");
      if (statement.exp <= now || statement.iat > now + CLOCK_SKEW_SECONDS)
        throw new ViewerAssertionError("stale");
      if (statement.body !== digest(body))
        throw new ViewerAssertionError("meant for another request");
      if (!seen.first(statement.jti, statement.exp, now))
        throw new ViewerAssertionError("used before");
      const { rid: requestId, chn: channel, rcp: receipt = false } = statement;
      if (!CHANNELS.includes(channel)) throw new ViewerAssertionError("unreadable");
      return { viewer: readViewer(statement), requestId, channel, receipt };
    },
  };
}

/** A signed statement that does not describe a viewer we understand is refused, not taken for "anonymous". */
function readViewer(statement: Statement): Identity | null {
  if (statement.viewer === null) return null;
  const viewer = identityFromClaims(statement.viewer ?? {});
  if (!viewer) throw new ViewerAssertionError("unreadable");
  return viewer;
}

/** Remembers what was used until it has expired anyway; two generations keep it bounded without a timer. */
class SeenOnce {
  private current = new Set<string>();
  private previous = new Set<string>();
  private turnedAt = 0;

  first(id: string, expires: number, now: number): boolean {
    if (now - this.turnedAt > LIFETIME_SECONDS + CLOCK_SKEW_SECONDS) {
      this.previous =
        now - this.turnedAt > 2 * (LIFETIME_SECONDS + CLOCK_SKEW_SECONDS)
          ? new Set()
          : this.current;
      this.current = new Set();
      this.turnedAt = now;
    }
    if (expires > now + LIFETIME_SECONDS + CLOCK_SKEW_SECONDS) return false;
    if (this.current.has(id) || this.previous.has(id)) return false;
    this.current.add(id);
    return true;
  }
}

function digest(body: string): string {
  return createHash("sha256").update(body).digest("base64url");
}

/** A fresh pair for a gateway and subgraphs that share a process; deployed ones read theirs from files. */
export function newSigningKeys(): { privateKey: KeyObject; publicKey: KeyObject } {
  return generateKeyPairSync("ed25519");
}

export function readPrivateKey(pem: string): KeyObject {
  return ed25519(createPrivateKey(pem));
}

/** Node would quietly take the public half of a private key; a subgraph that was handed one could sign. */
export function readPublicKey(pem: string): KeyObject {
  if (pem.includes("PRIVATE KEY"))
    throw new Error("This is the gateway's private key. A subgraph gets the public one.");
  return ed25519(createPublicKey(pem));
}

function ed25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== "ed25519")
    throw new Error("The gateway's key must be an Ed25519 key.");
  return key;
}
