import { readFileSync } from "node:fs";
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from "jose";
import { AccordError } from "../errors/errors";
import { PURPOSES } from "./purpose";
import { type Identity, identityFromClaims } from "./viewer";

/** Asymmetric only: a shared secret would let every verifier issue. */
const ALGORITHMS = ["EdDSA", "Ed25519", "ES256", "ES384", "PS256", "PS384", "RS256"];

export interface TokenRules {
  issuer: string;
  audience: string;
  keys: JWTVerifyGetKey;
  /** The longest time that a token may still be good for, in seconds; left out: a day. */
  longestLife?: number;
}

const DAY_SECONDS = 86_400;
/** How far an issuer's clock may be ahead or behind, in seconds. */
const CLOCK_TOLERANCE = 5;
/** RFC 9068, and what issuers write that came before it. */
const TYPES: ReadonlySet<string> = new Set(["at+jwt", "application/at+jwt", "jwt"]);
/** Claims of OpenID Connect's ID tokens: they tell a client who signed in, and open nothing. */
const OF_ID_TOKENS = ["nonce", "at_hash", "c_hash"] as const;

/** Keys by URL, by file, or as they are. */
export function keysFromUrl(url: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(url), { timeoutDuration: 5_000 });
}

export function keysFromFile(path: string): JWTVerifyGetKey {
  return createLocalJWKSet(JSON.parse(readFileSync(path, "utf8")) as JSONWebKeySet);
}

export type Authenticate = (authorization: string | undefined) => Promise<Identity | null>;

/**
 * No token is an anonymous viewer, who sees what is public. A token that is not in order is refused with the reason's
 * code: to serve it as anonymous would hide from a partner that its sign-in is broken.
 */
export function authenticator(rules: TokenRules): Authenticate {
  const { issuer, audience, keys, longestLife = DAY_SECONDS } = rules;
  return async (authorization) => {
    if (authorization === undefined) return null;
    const [scheme, token, rest] = authorization.trim().split(/\s+/);
    if (scheme?.toLowerCase() !== "bearer" || !token || rest !== undefined)
      throw refused("Send it as `Authorization: Bearer <token>`.");
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ["exp", "sub"],
        clockTolerance: CLOCK_TOLERANCE,
      });
      requireAccessToken(payload, protectedHeader.typ);
      requireShortLife(payload, longestLife);
      const viewer = identityFromClaims(payload);
      if (!viewer || viewer.roles.length === 0)
        throw refused("It names no partner, or no role that the exchange knows.");
      // Dropped, a purpose that we do not know would let its bearer name any other.
      if (payload.purpose !== undefined && viewer.purpose === undefined)
        throw refused(`Its claim "purpose" is none of ${PURPOSES.join(", ")}.`);
      return viewer;
    } catch (error) {
      // Keys that cannot be had are our trouble, not the caller's: logged, and told as such.
      if (
        !(error instanceof errors.JOSEError || error instanceof AccordError) ||
        error instanceof errors.JWKSTimeout
      )
        throw error;
      throw toAccordError(error);
    }
  };
}

/** @throws AccordError for an ID token, and for a token of another type */
function requireAccessToken(payload: JWTPayload, type: string | undefined): void {
  const isOther = type !== undefined && !TYPES.has(type.toLowerCase());
  if (isOther || OF_ID_TOKENS.some((claim) => claim in payload))
    throw refused("It is no access token. Send the one that the issuer gave for this audience.");
}

/** @throws AccordError for a token that is good for too long, or that says it was issued in the future */
function requireShortLife({ exp = 0, iat }: JWTPayload, longestLife: number): void {
  const now = Date.now() / 1_000;
  if (exp > now + longestLife + CLOCK_TOLERANCE)
    throw refused(`It is good for longer than ${longestLife / 3_600} hours.`);
  if (iat !== undefined && iat > now + CLOCK_TOLERANCE)
    throw refused("It was issued in the future: the issuer's clock or this one's is wrong.");
}

function toAccordError(error: unknown): AccordError {
  if (error instanceof AccordError) return error;
  if (error instanceof errors.JWTExpired)
    return new AccordError("TOKEN_EXPIRED", "The access token has expired. Get a new one.");
  if (error instanceof errors.JWTClaimValidationFailed)
    return refused(`Its claim "${error.claim}" is not as expected.`);
  if (error instanceof errors.JOSEAlgNotAllowed)
    return refused("It is signed with an algorithm that is not accepted.");
  return refused("It is not a token of the expected issuer.");
}

function refused(why: string): AccordError {
  return new AccordError("UNAUTHENTICATED", `The access token is not accepted. ${why}`);
}
