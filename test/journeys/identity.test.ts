/** Signing in: what a token must be, and that a bad one is never served as nobody. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from "jose";
import pino from "pino";
import { DEFAULT_LIMITS } from "../../gateway/limits/limits";
import { type Gateway, startGateway } from "../../gateway/server";
import { authenticator, keysFromFile, keysFromUrl } from "../../shared/viewer/token";
import { newSigningKeys } from "../../shared/viewer/viewer-assertion";

const ISSUER = "https://issuer.test.example.org";
const AUDIENCE = "accord-test";
const CLAIMS = { partner: "SRB", roles: ["ANALYST"] };
const folder = mkdtempSync(join(tmpdir(), "accord-identity-"));

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let pair: Pair;
let rsa: Pair;
let stranger: Pair;
let keyServer: Server;
let gateways: Record<"file" | "url", Gateway>;

/** A gateway that knows no subgraph but one, which repeats whom the gateway's statement names. */
async function gatewayWith(keys: Parameters<typeof authenticator>[0]["keys"]): Promise<Gateway> {
  const link = {
    async send(body: string, assertion: string) {
      const { viewer } = JSON.parse(
        Buffer.from(assertion.split(".")[0] as string, "base64url").toString(),
      );
      const alias = /([\w]+: *)?viewer/.test(body) ? "viewer" : "nothing";
      return { data: { [alias]: viewer && { id: viewer.sub, roles: viewer.roles } } };
    },
    sendFile: async () => ({ status: 404, type: "text/plain", body: Buffer.from("") }),
    ready: async () => true,
    close: async () => undefined,
  };
  return startGateway({
    port: 0,
    limits: DEFAULT_LIMITS,
    logger: pino({ level: "silent" }),
    supergraphSdl: readFileSync(
      join(__dirname, "..", "..", "gateway", "supergraph.graphql"),
      "utf8",
    ),
    links: new Map(
      ["alerts", "cooperation", "countries", "indicators", "sharing"].map((name) => [name, link]),
    ),
    key: newSigningKeys().privateKey,
    authenticate: authenticator({ issuer: ISSUER, audience: AUDIENCE, keys }),
  });
}

beforeAll(async () => {
  [pair, rsa, stranger] = await Promise.all([
    generateKeyPair("EdDSA", { crv: "Ed25519" }),
    generateKeyPair("RS256", { extractable: true }),
    generateKeyPair("EdDSA", { crv: "Ed25519" }),
  ]);
  const keys = [
    { ...(await exportJWK(pair.publicKey)), kid: "one", alg: "EdDSA", use: "sig" },
    { ...(await exportJWK(rsa.publicKey)), kid: "two", use: "sig" },
  ];
  const jwks = JSON.stringify({ keys });
  writeFileSync(join(folder, "jwks.json"), jwks);
  keyServer = createServer((_request, response) =>
    response.setHeader("content-type", "application/json").end(jwks),
  );
  await new Promise<void>((resolve) => keyServer.listen(0, "127.0.0.1", resolve));
  const { port } = keyServer.address() as AddressInfo;
  const [file, url] = await Promise.all([
    gatewayWith(keysFromFile(join(folder, "jwks.json"))),
    gatewayWith(keysFromUrl(`http://127.0.0.1:${port}/jwks.json`)),
  ]);
  gateways = { file, url };
});
afterAll(async () => {
  await Promise.all(Object.values(gateways ?? {}).map((gateway) => gateway.stop()));
  keyServer?.close();
  rmSync(folder, { recursive: true, force: true });
});

const DAY = 86_400;
const now = () => Math.floor(Date.now() / 1_000);

interface Change {
  claims?: JWTPayload;
  header?: Record<string, unknown>;
  key?: Parameters<SignJWT["sign"]>[0];
  without?: "exp" | "sub" | "iss" | "aud";
}

function token({
  claims = {},
  header = {},
  key = pair.privateKey,
  without,
}: Change = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const all: JWTPayload = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: "me",
    iat: now,
    exp: now + 60,
    ...CLAIMS,
    ...claims,
  };
  if (without) delete all[without];
  return new SignJWT(all)
    .setProtectedHeader({ alg: "EdDSA", kid: "one", ...header })
    .sign(key, { crit: { x: true } });
}

async function ask(authorization: string | string[] | undefined, keys: "file" | "url" = "file") {
  const headers = new Headers({ "content-type": "application/json" });
  for (const value of [authorization ?? []].flat()) headers.append("authorization", value);
  const body = JSON.stringify({ query: "{ viewer { id roles } }" });
  const response = await fetch(`${gateways[keys].url}/graphql`, { method: "POST", headers, body });
  return {
    status: response.status,
    headers: response.headers,
    ...((await response.json()) as any),
  };
}

const past = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;

describe.each(["file", "url"] as const)("with the issuer's keys by %s", (keys) => {
  test("a token in order names its viewer", async () => {
    const { status, data } = await ask(`Bearer ${await token()}`, keys);
    expect([status, data]).toEqual([200, { viewer: { id: "me", roles: ["ANALYST"] } }]);
  });

  test("the scheme's case does not matter, and RS256 is as good", async () => {
    const signed = await token({ key: rsa.privateKey, header: { alg: "RS256", kid: "two" } });
    expect((await ask(`bEARER ${signed}`, keys)).data.viewer.id).toBe("me");
  });

  test("a stranger's signature is refused", async () => {
    expect((await ask(`Bearer ${await token({ key: stranger.privateKey })}`, keys)).status).toBe(
      401,
    );
  });
});

test("a token for one purpose is good for that purpose only, whatever the header says", async () => {
  const signed = await token({ claims: { purpose: "REPORTING" } });
  const send = async (purpose?: string) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${signed}` };
    const response = await fetch(`${gateways.file.url}/graphql`, {
      method: "POST",
      headers: { ...headers, ...(purpose && { "accord-purpose": purpose }) },
      body: JSON.stringify({ query: "{ viewer { id roles } }" }),
    });
    return [response.status, ((await response.json()) as any).errors?.[0].extensions.code];
  };
  expect(await send()).toEqual([200, undefined]);
  expect(await send("REPORTING")).toEqual([200, undefined]);
  expect(await send("EARLY_WARNING")).toEqual([403, "FORBIDDEN"]);
});

test("no token is nobody", async () => {
  expect(await ask(undefined)).toMatchObject({ status: 200, data: { viewer: null } });
});

test("an expired token is TOKEN_EXPIRED, with 401 and a challenge", async () => {
  const { status, headers, data, errors } = await ask(
    `Bearer ${await token({ claims: { iat: past(600), exp: past(60) } })}`,
  );
  expect([status, data, errors[0].extensions.code]).toEqual([401, undefined, "TOKEN_EXPIRED"]);
  expect(headers.get("www-authenticate")).toMatch(/^Bearer/);
  expect(errors[0].extensions.requestId).toBe(headers.get("x-request-id"));
});

describe("401 UNAUTHENTICATED, and never service as nobody, for", () => {
  const secret = async () => new TextEncoder().encode(await exportSPKI(rsa.publicKey));
  const swapped = async () => {
    const [header, , signature] = (await token()).split(".");
    const payload = Buffer.from(
      JSON.stringify({
        iss: ISSUER,
        aud: AUDIENCE,
        sub: "me",
        exp: past(-60),
        partner: "AUT",
        roles: ["ANALYST"],
      }),
    );
    return [header, payload.toString("base64url"), signature].join(".");
  };
  const unsecured = () =>
    new UnsecuredJWT(CLAIMS)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject("me")
      .setExpirationTime("1m")
      .encode();
  const bearer = (change: Change) => async () => `Bearer ${await token(change)}`;

  const BAD: Record<string, () => Promise<string | string[]>> = {
    "another issuer": bearer({ claims: { iss: "https://elsewhere.example.org" } }),
    "another audience": bearer({ claims: { aud: "other" } }),
    "no issuer": bearer({ without: "iss" }),
    "no audience": bearer({ without: "aud" }),
    "no expiry": bearer({ without: "exp" }),
    "no subject": bearer({ without: "sub" }),
    "an empty subject": bearer({ claims: { sub: "" } }),
    "a subject that a log would choke on": bearer({ claims: { sub: "me\n\u0000" } }),
    "a purpose that nobody knows": bearer({ claims: { purpose: "CURIOSITY" } }),
    "several purposes": bearer({ claims: { purpose: ["REPORTING", "EARLY_WARNING"] } }),
    "an expiry that is no number": bearer({ claims: { exp: "never" as never } }),
    "a time to come": bearer({ claims: { nbf: past(-600) } }),
    "another key": bearer({ key: "stranger" as never }),
    "a key id that nobody has": bearer({ header: { kid: "none" } }),
    "a payload swapped under the signature": async () => `Bearer ${await swapped()}`,
    "algorithm none": async () => `Bearer ${unsecured()}`,
    "algorithm none, in capitals": async () => {
      const [, payload] = unsecured().split(".");
      return `Bearer ${Buffer.from(`{"alg":"NONE"}`).toString("base64url")}.${payload}.`;
    },
    "HS256 with the public key for a secret": async () =>
      `Bearer ${await token({ key: await secret(), header: { alg: "HS256", kid: "two" } })}`,
    "a critical header that nobody understands": bearer({ header: { crit: ["x"], x: 1 } }),
    "a key of its own in the header": async () => {
      const jwk = await exportJWK(stranger.publicKey);
      return `Bearer ${await token({ key: stranger.privateKey, header: { jwk, kid: undefined } })}`;
    },
    "no partner": bearer({ claims: { partner: undefined } }),
    "a partner that is no code": bearer({ claims: { partner: "SRB'; SELECT 1; --" } }),
    "a list of partners": bearer({ claims: { partner: ["SRB", "AUT"] } }),
    "no roles": bearer({ claims: { roles: undefined } }),
    "roles that are no list": bearer({ claims: { roles: "ANALYST" } }),
    "an empty list of roles": bearer({ claims: { roles: [] } }),
    "roles that nobody knows": bearer({ claims: { roles: ["ADMIN", "analyst", "__proto__"] } }),
    "a life of ten years": bearer({ claims: { exp: now() + 10 * 365 * DAY } }),
    "a life of a day and a minute": bearer({ claims: { exp: now() + DAY + 60 } }),
    "an issue an hour ahead": bearer({ claims: { iat: now() + 3_600, exp: now() + 7_200 } }),
    "the nonce of an ID token": bearer({ claims: { nonce: "n" } }),
    "the hash of an ID token": bearer({ claims: { at_hash: "h" } }),
    "the type of another token": bearer({ header: { typ: "logout+jwt" } }),
    garbage: async () => "Bearer garbage",
    "garbage of three parts": async () => "Bearer a.b.c",
    "nothing after the scheme": async () => "Bearer",
    "nothing at all": async () => "",
    "the Basic scheme": async () => `Basic ${Buffer.from("srb-analyst:demo").toString("base64")}`,
    "no scheme": () => token(),
    "two tokens": async () => `Bearer ${await token()} ${await token()}`,
    "two tokens with a comma": async () => `Bearer ${await token()}, Bearer ${await token()}`,
    "two headers": async () => [`Bearer ${await token()}`, "Bearer garbage"],
  };

  test.each(Object.keys(BAD))("%s", async (name) => {
    const authorization =
      name === "another key"
        ? `Bearer ${await token({ key: stranger.privateKey })}`
        : await BAD[name]?.();
    const { status, data, errors, headers } = await ask(authorization);
    expect([status, data, errors?.[0]?.extensions.code]).toEqual([
      401,
      undefined,
      "UNAUTHENTICATED",
    ]);
    expect(errors[0].extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(errors[0].message).not.toMatch(/jose|JWS|JWK|ERR_|elsewhere|stack|127\.0/);
  });
});

test.each(["at+jwt", "application/at+jwt", "JWT"])(
  "a token of the type %s is read",
  async (typ) => {
    const { data } = await ask(
      `Bearer ${await token({ header: { typ }, claims: { exp: now() + DAY } })}`,
    );
    expect(data.viewer.id).toBe("me");
  },
);

test("roles that the exchange does not know are dropped beside one that it knows", async () => {
  const { data } = await ask(`Bearer ${await token({ claims: { roles: ["ADMIN", "ANALYST"] } })}`);
  expect(data.viewer.roles).toEqual(["ANALYST"]);
});
