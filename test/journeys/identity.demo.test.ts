/** The demo's own issuer: a real OAuth 2 token endpoint, and nothing secret in its keys. */
import { request } from "node:http";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { READERS } from "../support/people";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const GOOD = { grant_type: "client_credentials", client_id: "srb-analyst", client_secret: "demo" };

async function token(form: Record<string, string> | string, headers: Record<string, string> = {}) {
  const body = typeof form === "string" ? form : new URLSearchParams(form).toString();
  const type = { "content-type": "application/x-www-form-urlencoded" };
  const response = await fetch(`${exchange.url}/oauth/token`, {
    method: "POST",
    headers: { ...type, ...headers },
    body,
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as any,
  };
}

test("the right secret gives a Bearer token that verifies against the published keys and may not be kept", async () => {
  const { status, headers, body } = await token(GOOD);
  expect([status, body.token_type, body.expires_in]).toEqual([200, "Bearer", 3_600]);
  expect(headers.get("cache-control")).toContain("no-store");
  const { payload } = await jwtVerify(
    body.access_token,
    createRemoteJWKSet(new URL(`${exchange.url}/.well-known/jwks.json`)),
  );
  expect(payload).toMatchObject({
    sub: "srb-analyst",
    partner: "SRB",
    roles: ["ANALYST"],
    aud: "accord",
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3_600);
});

test("Basic authentication of the client works as RFC 6749 says", async () => {
  const basic = (pair: string) => ({
    authorization: `Basic ${Buffer.from(pair).toString("base64")}`,
  });
  const { grant_type } = GOOD;
  expect((await token({ grant_type }, basic("srb-analyst:demo"))).status).toBe(200);
  const wrong = await token({ grant_type }, basic("srb-analyst:wrong"));
  expect([wrong.status, wrong.body.error]).toEqual([401, "invalid_client"]);
  expect(wrong.headers.get("www-authenticate")).toMatch(/^Basic/);
});

test.each([
  ["a wrong secret", { ...GOOD, client_secret: "dem0" }, 401, "invalid_client"],
  ["a secret of another length", { ...GOOD, client_secret: "demo demo" }, 401, "invalid_client"],
  ["no secret", { grant_type: GOOD.grant_type, client_id: GOOD.client_id }, 401, "invalid_client"],
  ["an unknown client", { ...GOOD, client_id: "eve" }, 401, "invalid_client"],
  ["a client called __proto__", { ...GOOD, client_id: "__proto__" }, 401, "invalid_client"],
  ["another grant", { ...GOOD, grant_type: "password" }, 400, "unsupported_grant_type"],
  ["no grant", { client_id: "srb-analyst", client_secret: "demo" }, 400, "invalid_request"],
  [
    "two clients",
    "grant_type=client_credentials&client_id=srb-analyst&client_id=aut-analyst&client_secret=demo",
    400,
    "invalid_request",
  ],
  [
    "a secret as an array",
    "grant_type=client_credentials&client_id=srb-analyst&client_secret[]=demo",
    401,
    "invalid_client",
  ],
] as const)("%s gets no token", async (_name, form, status, error) => {
  const answer = await token(form as never);
  expect([answer.status, answer.body.error]).toEqual([status, error]);
  expect(JSON.stringify(answer.body)).not.toContain("access_token");
});

test("an unknown client and a wrong secret are told the same", async () => {
  const [one, other] = [
    await token({ ...GOOD, client_id: "eve" }),
    await token({ ...GOOD, client_secret: "x" }),
  ];
  expect(other.body).toEqual(one.body);
});

test("a JSON body is no form, a GET is no request, and too large a form is refused", async () => {
  const json = await token(JSON.stringify(GOOD), { "content-type": "application/json" });
  expect([json.status, json.body.access_token]).toEqual([400, undefined]);
  expect([404, 405]).toContain(
    (await fetch(`${exchange.url}/oauth/token?${new URLSearchParams(GOOD)}`)).status,
  );
  expect((await token({ ...GOOD, padding: "x".repeat(10_000) })).status).toBe(413);
});

test("the published keys have public parts only", async () => {
  const response = await fetch(`${exchange.url}/.well-known/jwks.json`);
  const { keys } = (await response.json()) as { keys: Record<string, unknown>[] };
  expect(keys).toHaveLength(1);
  for (const key of keys) {
    expect(Object.keys(key).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
    expect(key).toMatchObject({ kty: "OKP", crv: "Ed25519", alg: "EdDSA", use: "sig" });
  }
});

test("every demo identity signs in as the partner that its name says", async () => {
  for (const [partner, client] of READERS) {
    const { data } = await exchange.ask(client, "{ viewer { id partner { code } } }");
    expect(data.viewer).toEqual({ id: client, partner: { code: partner } });
  }
});

describe("without a token", () => {
  test("there is no viewer, what is public is there, and what is not is withheld as data", async () => {
    const { status, data, errors } = await exchange.ask(
      null,
      `{ viewer { id } countries(network: RELEC) { code memberships { network } } indicators { code }
         series(reporters: ["AUT"], indicators: ["ASY"], from: "2015-Q3", to: "2015-Q3") { values statuses withheld { reason } } }`,
    );
    expect([status, errors, data.viewer, data.countries.length, data.indicators.length]).toEqual([
      200,
      undefined,
      null,
      6,
      8,
    ]);
    expect(data.series).toEqual([
      { values: [null], statuses: ["WITHHELD"], withheld: { reason: "SIGN_IN_REQUIRED" } },
    ]);
  });

  test("contacts, profiles and agreements ask for a sign-in, and give nothing", async () => {
    const { data, errors } = await exchange.ask(
      null,
      `{ country(code: "AUT") { focalPersons { title } nationalContactPoints { title } profile { version } } agreements { totalCount } }`,
    );
    expect(data).toEqual({
      country: { focalPersons: null, nationalContactPoints: null, profile: null },
      agreements: null,
    });
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(
      new Set(["UNAUTHENTICATED", "FORBIDDEN"]),
    );
  });
});

test("of two Authorization headers none is chosen: whoever sends two is refused", async () => {
  const good = `Bearer ${await exchange.token("srb-analyst")}`;
  for (const pair of [
    [good, "Bearer garbage"],
    ["Bearer garbage", good],
    [good, good],
  ]) {
    const headers = [
      "host",
      new URL(exchange.url).host,
      "content-type",
      "application/json",
      ...pair.flatMap((it) => ["authorization", it]),
    ];
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${exchange.url}/graphql`, { method: "POST", headers }, (answer) =>
        resolve(answer.resume().statusCode),
      );
      sent.on("error", reject);
      sent.end(JSON.stringify({ query: "{ viewer { id } }" }));
    });
    expect(status).toBe(401);
  }
});
