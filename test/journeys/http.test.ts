/** GraphQL over HTTP: everything that is no GraphQL request at all. */
import { request } from "node:http";
import { gzipSync } from "node:zlib";
import { isErrorCode } from "../../shared/errors/errors";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { analystOf } from "../support/people";

let exchange: ExchangeUnderTest;
let authorization: string;
beforeAll(async () => {
  exchange = await openExchange();
  authorization = `Bearer ${await exchange.token(analystOf("SRB"))}`;
});
afterAll(() => exchange?.stop());

const JSON_TYPE = { "content-type": "application/json" };
const VIEWER = JSON.stringify({ query: "{ viewer { id } }" });
const get = (parameters: Record<string, string>) => `/graphql?${new URLSearchParams(parameters)}`;

interface Sent {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** Refused with 4xx in the one form of every error, and with nothing done. */
async function refused(
  { path = "/graphql", method = "POST", headers = JSON_TYPE, body }: Sent,
  signedIn = true,
) {
  const sent = { ...headers, ...(signedIn && { authorization }) };
  const response = await fetch(`${exchange.url}${path}`, {
    method,
    headers: sent,
    ...(body !== undefined && { body: body as never }),
  });
  const text = await response.text();
  expect(text).toMatch(/^\{/);
  const { data, errors } = JSON.parse(text);
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  expect(data ?? null).toBeNull();
  expect(errors).toHaveLength(1);
  const { code, requestId } = errors[0].extensions;
  expect([code, isErrorCode(code), code === "INTERNAL"]).toEqual([code, true, false]);
  expect(text).not.toMatch(/node_modules|\bat \w+ \(|SyntaxError|Unexpected token/);
  expect(requestId).toBe(response.headers.get("x-request-id"));
  expect(response.headers.get("cache-control")).toBe("private, no-store");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  return { status: response.status, code, message: errors[0].message, headers: response.headers };
}

const PREFLIGHTED = { "apollo-require-preflight": "1" };
const MUTATION = `mutation { revokeAgreement(input: { id: "A10" }) { userErrors { code } } }`;

const REFUSED: Record<string, [number, Sent]> = {
  "JSON that breaks off": [400, { body: `{"query":` }],
  "no body": [400, { body: "" }],
  "an empty object": [400, { body: "{}" }],
  "a body that is null": [400, { body: "null" }],
  "a body that is a string": [400, { body: `"{ viewer { id } }"` }],
  "a list of requests": [400, { body: `[${VIEWER},${VIEWER}]` }],
  "an empty list": [400, { body: "[]" }],
  "a query that is a number": [400, { body: `{"query":5}` }],
  "an empty query": [400, { body: `{"query":""}` }],
  "a query of nothing but a comment": [400, { body: `{"query":"# nothing"}` }],
  "variables as a string": [400, { body: `{"query":"{viewer{id}}","variables":"{}"}` }],
  "variables as a list": [400, { body: `{"query":"{viewer{id}}","variables":[1]}` }],
  "extensions as a string": [400, { body: `{"query":"{viewer{id}}","extensions":"x"}` }],
  "an operationName that is a number": [
    400,
    { body: `{"query":"query A{viewer{id}}","operationName":1}` },
  ],
  "an unknown operationName": [
    400,
    { body: `{"query":"query A{viewer{id}}","operationName":"B"}` },
  ],
  "an operationName called __proto__": [
    400,
    { body: `{"query":"query A{viewer{id}}","operationName":"__proto__"}` },
  ],
  "several operations without a name": [
    400,
    { body: `{"query":"query A{viewer{id}} query B{viewer{id}}"}` },
  ],
  "a fragment alone": [400, { body: `{"query":"fragment F on Query { viewer { id } }"}` }],
  "a schema instead of a query": [400, { body: `{"query":"type Query { secret: String }"}` }],
  "a mutation that there is not": [400, { body: `{"query":"mutation { revoke }"}` }],
  "a subscription, which has its own address": [
    400,
    { body: `{"query":"subscription { alertIssued { identifier } }"}` },
  ],
  "a subscription's __typename": [400, { body: `{"query":"subscription { __typename }"}` }],
  "a body without a content type": [415, { headers: {}, body: Buffer.from(VIEWER) }],
  "text/plain, which any page can send": [
    415,
    { headers: { "content-type": "text/plain" }, body: VIEWER },
  ],
  "a form": [
    415,
    {
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "query={viewer{id}}",
    },
  ],
  "a multipart form": [
    415,
    { headers: { "content-type": "multipart/form-data; boundary=x" }, body: "--x--" },
  ],
  XML: [415, { headers: { "content-type": "application/xml" }, body: "<a/>" }],
  "a charset that nobody reads": [
    415,
    { headers: { "content-type": "application/json; charset=x-mars" }, body: VIEWER },
  ],
  "an encoding that nobody reads": [
    415,
    { headers: { ...JSON_TYPE, "content-encoding": "lzma" }, body: VIEWER },
  ],
  "gzip that is none": [
    400,
    { headers: { ...JSON_TYPE, "content-encoding": "gzip" }, body: VIEWER },
  ],
  "a gzip bomb": [
    413,
    {
      headers: { ...JSON_TYPE, "content-encoding": "gzip" },
      body: gzipSync(Buffer.alloc(20_000_000, " ")),
    },
  ],
  "a body of more than 64 kB": [
    413,
    { body: JSON.stringify({ query: "{ viewer { id } }", padding: "x".repeat(66_000) }) },
  ],
  PUT: [405, { method: "PUT", body: VIEWER }],
  DELETE: [405, { method: "DELETE" }],
  OPTIONS: [405, { method: "OPTIONS" }],
  "GET with a mutation": [
    405,
    { method: "GET", headers: PREFLIGHTED, path: get({ query: MUTATION }) },
  ],
  "GET without a query": [400, { method: "GET", headers: PREFLIGHTED }],
  "GET with two queries": [
    400,
    { method: "GET", headers: PREFLIGHTED, path: "/graphql?query={viewer{id}}&query={viewer{id}}" },
  ],
  "GET with broken variables": [
    400,
    { method: "GET", headers: PREFLIGHTED, path: get({ query: "{viewer{id}}", variables: "{" }) },
  ],
  "an answer in HTML only": [406, { headers: { ...JSON_TYPE, accept: "text/html" }, body: VIEWER }],
};

test.each(Object.entries(REFUSED))("%s is refused", async (_name, [status, sent]) => {
  expect((await refused(sent)).status).toBe(status);
});

test("an operationName left empty means none, and never 500", async () => {
  const body = JSON.stringify({ query: "query A { viewer { id } }", operationName: "" });
  const response = await fetch(`${exchange.url}/graphql`, {
    method: "POST",
    headers: JSON_TYPE,
    body,
  });
  expect(response.status).toBeLessThan(500);
});

test("a page elsewhere cannot make a browser ask: a GET without a header that needs a preflight is refused", async () => {
  const { status } = await refused(
    { method: "GET", headers: {}, path: get({ query: "{ viewer { id } }" }) },
    false,
  );
  expect(status).toBe(400);
  const asked = await fetch(`${exchange.url}${get({ query: "{ viewer { id } }" })}`, {
    headers: PREFLIGHTED,
  });
  expect(await asked.json()).toEqual({ data: { viewer: null } });
  expect(asked.headers.get("access-control-allow-origin")).toBeNull();
});

test("answers may be kept by nobody and are not sniffed", async () => {
  for (const client of [null, analystOf("SRB")]) {
    const headers = { ...JSON_TYPE, ...(client && { authorization }) };
    const { headers: got } = await fetch(`${exchange.url}/graphql`, {
      method: "POST",
      headers,
      body: VIEWER,
    });
    expect(got.get("cache-control")).toBe("private, no-store");
    expect(got.get("x-content-type-options")).toBe("nosniff");
    for (const telling of ["x-powered-by", "server", "etag", "access-control-allow-origin"])
      expect(got.get(telling)).toBeNull();
  }
});

test("a body that comes in chunks without a length is answered, and refused when it is too long", async () => {
  const send = (chunks: string[]) =>
    new Promise<number | string>((resolve) => {
      const sent = request(
        `${exchange.url}/graphql`,
        { method: "POST", headers: JSON_TYPE },
        (answer) => {
          resolve(answer.resume().statusCode ?? 0);
          sent.destroy();
        },
      );
      sent.on("error", () => resolve("closed"));
      for (const chunk of chunks) sent.write(chunk);
      sent.end();
    });
  expect(await send([...VIEWER])).toBe(200);
  expect([413, "closed"]).toContain(
    await send([`{"query":"`, ...Array.from({ length: 70 }, () => "a".repeat(1_000))]),
  );
});

test("a document cannot be left with the exchange under its hash", async () => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: "a".repeat(64) } };
  const response = await fetch(`${exchange.url}/graphql`, {
    method: "POST",
    headers: JSON_TYPE,
    body: JSON.stringify({ extensions }),
  });
  const { data, errors } = (await response.json()) as any;
  expect([data, errors[0].extensions.code]).toEqual([undefined, "BAD_USER_INPUT"]);
});

test("no header of Apollo's opens a trace or a query plan", async () => {
  const headers = {
    ...JSON_TYPE,
    authorization,
    "apollo-federation-include-trace": "ftv1",
    "apollo-query-plan-experimental": "1",
  };
  const response = await fetch(`${exchange.url}/graphql`, {
    method: "POST",
    headers,
    body: VIEWER,
  });
  expect(Object.keys((await response.json()) as object)).toEqual(["data"]);
});

test.each([
  "/nowhere",
  "/graphql/../../etc/passwd",
  "/%",
  "/%00",
  "/playground/assets/../../../package.json",
  "/.git/config",
])("an unknown address is 404 and shows nothing of the inside: %s", async (path) => {
  const { hostname, port } = new URL(exchange.url);
  const { status, text } = await new Promise<{ status?: number; text: string }>(
    (resolve, reject) => {
      request({ hostname, port, path }, (answer) => {
        let text = "";
        answer
          .on("data", (chunk) => (text += chunk))
          .on("end", () => resolve({ status: answer.statusCode, text }));
      })
        .on("error", reject)
        .end();
    },
  );
  expect([400, 404]).toContain(status);
  expect(text).not.toMatch(/\bat \w+|node_modules|\/work|\/home|"name": ?"accord"|\[core\]/);
});

test("of a document that is not valid five faults are told, and names are proposed to who has signed in", async () => {
  const wrong = `{ ${Array.from({ length: 9 }, (_, at) => `x${at}: countrie { code }`).join(" ")} }`;
  const [nobody, analyst] = [
    await exchange.ask(null, wrong),
    await exchange.ask("pak-analyst", wrong),
  ];
  expect([nobody.errors?.length, analyst.errors?.length]).toEqual([5, 5]);
  expect(nobody.text).not.toMatch(/Did you mean|countries/);
  expect(analyst.errors?.[0]?.message).toMatch(/Did you mean "countr/);
});
