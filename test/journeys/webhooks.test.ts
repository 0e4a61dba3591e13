/** Webhooks, deadlines and escalation, against a receiver that really listens. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Client } from "pg";
import { Webhook } from "standardwebhooks";
import {
  addressFault,
  isPublic,
  resolveHost,
} from "../../subgraphs/alerts/endpoints/webhook.rules";
import { approverOf, done, issue, officerOf } from "../support/alerts";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { analystOf } from "../support/people";

interface Call {
  path: string;
  headers: Record<string, string>;
  body: string;
}

let exchange: ExchangeUnderTest;
let owner: Client;
let receiver: Server;
let url: string;
const calls: Call[] = [];
/** What the receiver answers at a path, call by call; then 204. */
const answers = new Map<string, ((response: ServerResponse) => void)[]>();

beforeAll(async () => {
  receiver = createServer(receive);
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  exchange = await openExchange({ webhooks: { hosts: ["127.0.0.1"], allowPrivate: true } });
  owner = await exchange.openOwner();
});
afterAll(async () => {
  await exchange?.stop();
  receiver?.close();
});

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const chunk of request) body += chunk;
  const path = request.url as string;
  calls.push({ path, headers: request.headers as Record<string, string>, body });
  const answer = answers.get(path)?.shift();
  if (answer) return answer(response);
  response.writeHead(204).end();
}

const status =
  (code: number, headers = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(code, headers).end();
const at = (path: string): Call[] => calls.filter((call) => call.path === path);

async function until(what: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error("it did not come in time");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const PAYLOAD =
  "{ endpoint { id url alternate rotatingUntil } secret userErrors { code message path } }";
async function webhook(client: string, mutation: string, input: object) {
  const type = mutation === "registerWebhook" ? "RegisterWebhookInput" : "WebhookActInput";
  const { data, text } = await exchange.ask(
    client,
    `mutation ($i: ${type}!) { ${mutation}(input: $i) ${PAYLOAD} }`,
    {
      i: input,
    },
  );
  if (!data?.[mutation]) throw new Error(text);
  return data[mutation];
}

const TUR = officerOf("TUR");

test("a partner's system is called once a message, signed, and told an id and nothing more", async () => {
  const { endpoint, secret } = await webhook(approverOf("PAK"), "registerWebhook", {
    url: `${url}/pak`,
  });
  await webhook(approverOf("IRQ"), "registerWebhook", { url: `${url}/irq` });
  expect(endpoint).toMatchObject({ url: `${url}/pak`, alternate: false, rotatingUntil: null });
  const { identifier } = await issue(exchange, TUR);
  await until(() => at("/pak").length > 0);
  const [call] = at("/pak") as [Call];
  expect(JSON.parse(call.body)).toEqual({
    type: "alert.issued",
    timestamp: expect.any(String),
    data: { identifier },
  });
  expect(new Webhook(secret).verify(call.body, call.headers)).toMatchObject({
    data: { identifier },
  });
  expect(() =>
    new Webhook(secret).verify(call.body.replace("issued", "other"), call.headers),
  ).toThrow();
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(at("/pak")).toHaveLength(1);
  expect(at("/irq")).toHaveLength(0);
  const { rows } = await owner.query(
    "SELECT viewer FROM audit.entry WHERE channel = 'WEBHOOK' AND detail = ARRAY[$1]",
    [identifier],
  );
  expect(rows).toEqual([{ viewer: "PAK" }]);
});

test("a call that fails is made again, with the same id; a redirect is not followed", async () => {
  await webhook(approverOf("BGD"), "registerWebhook", { url: `${url}/bgd` });
  answers.set("/bgd", [status(500), status(302, { location: `${url}/elsewhere` })]);
  await issue(exchange, TUR, { addresses: { partners: ["BGD"] } });
  await until(async () => {
    await owner.query(
      "UPDATE alerts_job.job SET start_after = now() WHERE name = 'webhook' AND state = 'retry'",
    );
    return at("/bgd").length >= 3;
  });
  expect(new Set(at("/bgd").map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(at("/elsewhere")).toEqual([]);
  await until(
    async () =>
      (
        await owner.query(
          "SELECT FROM alerts_job.job WHERE name = 'webhook' AND state <> 'completed'",
        )
      ).rowCount === 0,
  );
  expect(at("/bgd")).toHaveLength(3);
});

test("while a secret is changed both sign; afterwards the new one alone", async () => {
  const { endpoint, secret } = await webhook(approverOf("AUT"), "registerWebhook", {
    url: `${url}/aut`,
  });
  const rotated = await webhook(approverOf("AUT"), "rotateWebhookSecret", { id: endpoint.id });
  expect(rotated.secret).not.toBe(secret);
  await issue(exchange, officerOf("HUN"), { addresses: { partners: ["AUT"] } });
  await until(() => at("/aut").length === 1);
  const [both] = at("/aut") as [Call];
  for (const one of [secret, rotated.secret])
    expect(() => new Webhook(one).verify(both.body, both.headers)).not.toThrow();
  await owner.query("UPDATE alerts.endpoint SET previous_until = now() WHERE id = $1", [
    endpoint.id,
  ]);
  await issue(exchange, officerOf("HUN"), { addresses: { partners: ["AUT"] } });
  await until(() => at("/aut").length === 2);
  const after = at("/aut")[1] as Call;
  expect(() => new Webhook(secret).verify(after.body, after.headers)).toThrow();
  expect(() => new Webhook(rotated.secret).verify(after.body, after.headers)).not.toThrow();
  expect(
    (await webhook(approverOf("AUT"), "removeWebhook", { id: endpoint.id })).endpoint,
  ).toBeNull();
  await issue(exchange, officerOf("HUN"), { addresses: { partners: ["AUT"] } });
  await new Promise((resolve) => setTimeout(resolve, 800));
  expect(at("/aut")).toHaveLength(2);
});

test("a right that has ended before the call ends the call", async () => {
  await webhook(approverOf("IRN"), "registerWebhook", { url: `${url}/irn` });
  answers.set("/irn", [status(503)]);
  const { identifier } = await issue(exchange, officerOf("FRA"), {
    addresses: { partners: ["IRN"] },
  });
  await until(() => at("/irn").length === 1);
  await owner.query("UPDATE sharing.party SET standing = 'SUSPENDED' WHERE partner = 'FRA'");
  await until(async () => {
    await owner.query(
      "UPDATE alerts_job.job SET start_after = now() WHERE name = 'webhook' AND state = 'retry'",
    );
    const found =
      "SELECT FROM alerts_job.job WHERE name = 'webhook' AND data ->> 'identifier' = $1 AND state = 'completed'";
    return (await owner.query(found, [identifier])).rowCount === 1;
  });
  expect(at("/irn")).toHaveLength(1);
});

test("TLP:RED is told to no system: it is for a person", async () => {
  const before = at("/pak").length;
  const red = await issue(exchange, TUR, {
    tlp: "RED",
    addresses: { persons: ["PAK/pak-officer"] },
  });
  await done(exchange, approverOf("TUR"), "confirmAlert", { alert: red.identifier });
  await issue(exchange, TUR);
  await until(() => at("/pak").length > before);
  expect(
    at("/pak")
      .slice(before)
      .map(({ body }) => body)
      .join(),
  ).not.toContain(red.identifier);
});

test("what is not acknowledged in time goes to the alternate contact, and both sides see it", async () => {
  await webhook(approverOf("PAK"), "registerWebhook", { url: `${url}/pak-night`, alternate: true });
  const silent = await issue(exchange, TUR, { acknowledgeWithin: 5 });
  const answered = await issue(exchange, TUR, { acknowledgeWithin: 5 });
  await done(exchange, officerOf("PAK"), "acknowledgeAlert", { alert: answered.identifier });
  await until(
    async () =>
      (await owner.query("SELECT FROM alerts_job.job WHERE name = 'deadline'")).rowCount === 2,
  );
  expect(at("/pak-night")).toEqual([]);
  const [early] = (
    await owner.query(
      "SELECT min(start_after) > now() + interval '4 minutes' AS ok FROM alerts_job.job WHERE name = 'deadline'",
    )
  ).rows;
  expect(early.ok).toBe(true);
  await owner.query("UPDATE alerts_job.job SET start_after = now() WHERE name = 'deadline'");
  await until(() => at("/pak-night").length > 0);
  await until(
    async () =>
      (
        await owner.query(
          "SELECT FROM alerts_job.job WHERE name = 'deadline' AND state = 'completed'",
        )
      ).rowCount === 2,
  );
  expect(at("/pak-night").map(({ body }) => JSON.parse(body))).toEqual([
    {
      type: "alert.unacknowledged",
      timestamp: expect.any(String),
      data: { identifier: silent.identifier },
    },
  ]);
  const escalated = async (client: string, id: string) =>
    (await deliveryOf(client, id)).escalatedAt;
  for (const client of [TUR, analystOf("PAK")]) {
    await until(async () => (await escalated(client, silent.identifier)) !== null);
    expect(await deliveryOf(client, silent.identifier)).toMatchObject({ unreachedSince: null });
    expect(await deliveryOf(client, answered.identifier)).toMatchObject({
      escalatedAt: null,
      unreachedSince: null,
    });
  }
});

const deliveryOf = async (client: string, id: string) =>
  (
    await exchange.ask(
      client,
      "query ($id: ID!) { alert(identifier: $id) { deliveries { escalatedAt unreachedSince } } }",
      { id },
    )
  ).data.alert.deliveries[0];

test.each<[string, string, boolean]>([
  ["without an alternate contact", "IRQ", false],
  ["whose alternate contact does not take the call", "BGD", true],
])(
  "a reader %s is said to be unreached, and told once it is",
  async (_name, partner, hasContact) => {
    const path = `/${partner}-night`;
    if (hasContact) {
      await webhook(approverOf(partner), "registerWebhook", {
        url: `${url}${path}`,
        alternate: true,
      });
      answers.set(path, [status(503)]);
    }
    const { identifier } = await issue(exchange, TUR, {
      acknowledgeWithin: 5,
      addresses: { partners: [partner] },
    });
    const hasten = (name: string) =>
      owner.query(
        "UPDATE alerts_job.job SET start_after = now() WHERE name = $1 AND data ->> 'identifier' = $2 AND state IN ('created', 'retry')",
        [name, identifier],
      );
    await until(async () => {
      await hasten("deadline");
      return (await deliveryOf(TUR, identifier)).unreachedSince !== null;
    });
    expect(await deliveryOf(TUR, identifier)).toMatchObject({ escalatedAt: null });
    if (!hasContact) return;
    await until(() => at(path).length >= 1);
    expect(await deliveryOf(TUR, identifier)).toMatchObject({ escalatedAt: null });
    await until(async () => {
      await hasten("webhook");
      return (await deliveryOf(TUR, identifier)).escalatedAt !== null;
    });
    expect(await deliveryOf(TUR, identifier)).toMatchObject({ unreachedSince: null });
    expect(at(path).length).toBeGreaterThan(1);
  },
);

describe("an address is refused", () => {
  const strict = { hosts: ["hooks.example.org", "127.0.0.1", "localhost"], allowPrivate: false };
  test.each([
    ["on a host that is not allowed", "https://elsewhere.example.org/x", "not allowed"],
    ["on a host that only ends like one", "https://evil-hooks.example.org/x", "not allowed"],
    ["in plain HTTP", "http://hooks.example.org/x", "https"],
    ["with a password", "https://a:b@hooks.example.org/x", "password"],
    ["of another protocol", "file:///etc/passwd", "https"],
    ["that is none", "hooks", "no URL"],
  ])("%s", (_name, address, why) => {
    expect(addressFault(address, strict)).toContain(why);
    expect(addressFault("https://hooks.example.org/x", strict)).toBeNull();
  });

  test("of loopback, private networks and the cloud's own, by whatever name and form", async () => {
    for (const address of [
      "127.0.0.1",
      "10.1.2.3",
      "172.16.0.1",
      "192.168.1.1",
      "169.254.169.254",
      "0.0.0.0",
      "100.64.0.1",
      "::1",
      "fd00::1",
      "fe80::1",
      "::ffff:127.0.0.1",
      "224.0.0.1",
    ])
      expect([address, isPublic(address)]).toEqual([address, false]);
    expect([
      isPublic("192.0.2.1"),
      isPublic("93.184.216.34"),
      isPublic("2606:2800:220:1::1"),
    ]).toEqual([false, true, true]);
    await expect(resolveHost("localhost", strict)).rejects.toThrow("not public");
    await expect(resolveHost("[::1]", strict)).rejects.toThrow("not public");
    await expect(resolveHost("127.0.0.1", strict)).rejects.toThrow("not public");
  });

  test("over the API too, and another partner's webhook is as unknown as none", async () => {
    const wrong = await webhook(approverOf("PAK"), "registerWebhook", {
      url: "https://evil.example.org/",
    });
    expect(wrong).toMatchObject({
      endpoint: null,
      secret: null,
      userErrors: [{ code: "BAD_USER_INPUT", path: ["input", "url"] }],
    });
    const { data } = await exchange.ask(approverOf("PAK"), "{ webhookEndpoints { id url } }");
    const theirs = await webhook(approverOf("BGR"), "removeWebhook", {
      id: data.webhookEndpoints[0].id,
    });
    expect(theirs).toEqual(
      await webhook(approverOf("BGR"), "removeWebhook", {
        id: "01890000-0000-7000-8000-000000000000",
      }),
    );
    expect(
      (await exchange.ask(TUR, "{ webhookEndpoints { id } }")).errors?.[0]?.extensions.code,
    ).toBe("FORBIDDEN");
  });
});
