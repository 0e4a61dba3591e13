import type { Env } from "../env";
import { type Authenticate, authenticator, keysFromFile, keysFromUrl } from "./token";

/** In production people sign in with their own issuer; there is no demo sign-in to fall back to. */
export function openIdConnect(env: Env): Authenticate | undefined {
  const issuer = env.url("OIDC_ISSUER", "the OpenID Connect issuer whose tokens are accepted", [
    "https:",
    "http:",
  ]);
  const audience = env.required(
    "OIDC_AUDIENCE",
    "the audience that tokens for this exchange carry",
  );
  const hours = env.integer("TOKEN_LONGEST_HOURS", 24, { from: 1, to: 168 });
  const url = env.text("OIDC_JWKS_URL");
  const file = env.text("OIDC_JWKS_FILE");
  if (url === undefined && file === undefined) {
    env.fault(
      "OIDC_JWKS_URL or OIDC_JWKS_FILE is missing: the issuer's public keys, by address or by file",
    );
    return undefined;
  }
  if (url !== undefined && !URL.canParse(url)) env.fault("OIDC_JWKS_URL is not a URL");
  try {
    const keys = file !== undefined ? keysFromFile(file) : keysFromUrl(url as string);
    return authenticator({ issuer, audience, keys, longestLife: hours * 3_600 });
  } catch {
    env.fault(
      file !== undefined
        ? `OIDC_JWKS_FILE names no readable JWK set: ${file}`
        : "OIDC_JWKS_URL cannot be used",
    );
    return undefined;
  }
}
