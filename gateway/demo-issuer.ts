import { randomUUID, timingSafeEqual } from "node:crypto";
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTVerifyGetKey,
  SignJWT,
} from "jose";
import type { Identity } from "../shared/viewer/viewer";

export const DEMO_AUDIENCE = "accord";
const DEMO_SECRET = "demo";
const LIFETIME_SECONDS = 3_600;

export interface DemoIdentity extends Identity {
  label: string;
}

export interface DemoIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly jwks: { keys: JWK[] };
  readonly keys: JWTVerifyGetKey;
  readonly identities: readonly DemoIdentity[];
  token(request: TokenRequest): Promise<TokenAnswer>;
}

export interface TokenRequest {
  grantType: unknown;
  clientId: unknown;
  clientSecret: unknown;
}

/** RFC 6749: 5.1 and 5.2. */
export interface TokenAnswer {
  status: 200 | 400 | 401;
  body: Record<string, unknown>;
}

/** A real OAuth 2 token endpoint with a public secret; its key lives as long as the process. A production start refuses it. */
export async function createDemoIssuer(
  issuer: string,
  identities: readonly DemoIdentity[],
): Promise<DemoIssuer> {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { crv: "Ed25519" });
  const kid = randomUUID();
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: "EdDSA", use: "sig" }] };
  const clients = new Map(identities.map((identity) => [identity.id, identity]));
  const sign = ({ id, partner, roles }: Identity) =>
    new SignJWT({ partner, roles: [...roles] })
      .setProtectedHeader({ alg: "EdDSA", kid, typ: "at+jwt" })
      .setIssuer(issuer)
      .setAudience(DEMO_AUDIENCE)
      .setSubject(id)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${LIFETIME_SECONDS}s`)
      .sign(privateKey);
  return {
    issuer,
    audience: DEMO_AUDIENCE,
    jwks,
    keys: createLocalJWKSet(jwks),
    identities,
    async token({ grantType, clientId, clientSecret }) {
      if (
        [grantType, clientId, clientSecret].some(
          (value) => value !== undefined && typeof value !== "string",
        )
      ) {
        return failure(400, "invalid_request", "A parameter stands twice.");
      }
      if (grantType === undefined) return failure(400, "invalid_request", "grant_type is missing.");
      if (grantType !== "client_credentials")
        return failure(400, "unsupported_grant_type", "Use client_credentials.");
      const client = typeof clientId === "string" ? clients.get(clientId) : undefined;
      if (!client || !isSecret(clientSecret))
        return failure(401, "invalid_client", "Unknown client or wrong secret.");
      const body = {
        access_token: await sign(client),
        token_type: "Bearer",
        expires_in: LIFETIME_SECONDS,
      };
      return { status: 200, body };
    },
  };
}

function isSecret(given: unknown): boolean {
  if (typeof given !== "string" || given.length !== DEMO_SECRET.length) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(DEMO_SECRET));
}

function failure(status: 400 | 401, error: string, description: string): TokenAnswer {
  return { status, body: { error, error_description: description } };
}
