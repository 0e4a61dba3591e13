/** A subgraph's own port: nothing but the gateway's statement opens it. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { listenForGateway } from "../../shared/graphql/http";
import type { Identity } from "../../shared/viewer/viewer";
import { cloneDatabase, type TestDatabase, WORLD } from "../support/database";
import { openSubgraphs, type Subgraphs } from "../support/subgraphs";

const NAMES = ["alerts", "cooperation", "countries", "indicators", "sharing"] as const;
type Name = (typeof NAMES)[number];

let database: TestDatabase;
let subgraphs: Subgraphs;
const routes = {} as Record<Name, { server: Server; url: string }>;
beforeAll(async () => {
  database = await cloneDatabase(WORLD);
  subgraphs = await openSubgraphs(database.url);
  for (const name of NAMES) {
    const server = await listenForGateway(subgraphs.named(name), {
      port: 0,
      host: "127.0.0.1",
      logger: subgraphs.logger,
    });
    routes[name] = { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
  }
});
afterAll(async () => {
  for (const { server } of Object.values(routes)) server.close();
  await subgraphs?.stop();
  await database?.drop();
});

describe("whoever reaches a subgraph's port without the gateway's statement is told nothing", () => {
  const viewer: Identity = { id: "x", partner: "AUT", roles: ["ANALYST"] };
  const asked = { viewer, requestId: "x", channel: "GRAPHQL" } as const;
  const body = JSON.stringify({ query: `{ __typename }` });
  const post = async (name: Name, sent: string, assertion?: string) => {
    const headers = {
      "content-type": "application/json",
      ...(assertion !== undefined && { "accord-viewer-assertion": assertion }),
    };
    const response = await fetch(routes[name].url, { method: "POST", headers, body: sent });
    return { status: response.status, text: await response.text() };
  };
  const at = (time: number) => jest.spyOn(Date, "now").mockReturnValue(time);
  afterEach(() => jest.restoreAllMocks());

  test.each(NAMES)("%s", async (name) => {
    const other = NAMES.find((it) => it !== name) as Name;
    const good = subgraphs.signer.issue(name, body, asked);
    const [payload, signature] = good.split(".") as [string, string];
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    const forged = Buffer.from(
      JSON.stringify({ ...claims, viewer: { ...claims.viewer, partner: "DEU" } }),
    ).toString("base64url");
    at(Date.now() - 31_000);
    const stale = subgraphs.signer.issue(name, body, asked);
    jest.restoreAllMocks();
    at(Date.now() + 60_000);
    const early = subgraphs.signer.issue(name, body, asked);
    jest.restoreAllMocks();
    const refusals = [
      await post(name, body),
      await post(name, body, ""),
      await post(name, body, "garbage"),
      await post(name, body, `${forged}.${signature}`),
      await post(name, body, `${payload}.`),
      await post(name, body, `${good}.x`),
      await post(name, body, `${good}, ${good}`),
      await post(name, body, subgraphs.signer.issue(other, body, asked)),
      await post(name, body, subgraphs.signer.issue("", body, asked)),
      await post(name, body, stale),
      await post(name, body, early),
      await post(
        name,
        body,
        subgraphs.signer.issue(name, body, { ...asked, viewer: { ...viewer, partner: "aut'--" } }),
      ),
      await post(
        name,
        JSON.stringify({ query: "{ _service { sdl } }" }),
        subgraphs.signer.issue(name, body, asked),
      ),
      await post(name, `${body} `, subgraphs.signer.issue(name, body, asked)),
    ];
    for (const refusal of refusals)
      expect(refusal).toEqual({ status: 401, text: refusals[0]?.text });
    expect(refusals[0]?.text).not.toContain(name);
    expect(await post(name, body, good)).toEqual({
      status: 200,
      text: `{"data":{"__typename":"Query"}}`,
    });
    expect((await post(name, body, good)).status).toBe(401);
  });

  test.each(NAMES)("%s: other methods, too long a body and other addresses", async (name) => {
    const [get, put] = [
      await fetch(routes[name].url),
      await fetch(routes[name].url, { method: "PUT", body }),
    ];
    expect([get.status, put.status, await get.text()]).toEqual([405, 405, "{}"]);
    expect((await post(name, "x".repeat(4_600_000))).status).toBe(413);
    const live = await fetch(new URL("/health/live", routes[name].url));
    expect([live.status, await live.json()]).toEqual([200, { status: "live" }]);
  });
});
