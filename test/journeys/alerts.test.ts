/** What senders and addressees do with messages, over HTTP and all the way down. */
import {
  act,
  approverOf,
  done,
  info,
  inHours,
  issue,
  message,
  officerOf,
  refusal,
  sees,
} from "../support/alerts";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { analystOf } from "../support/people";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const TUR = officerOf("TUR");
const PAK = officerOf("PAK");

const stateOf = async (client: string, identifier: string): Promise<string | null> => {
  const { data } = await exchange.ask(
    client,
    "query ($id: ID!) { alert(identifier: $id) { state } }",
    { id: identifier },
  );
  return data.alert?.state ?? null;
};

test("a message is issued to those it is addressed to, and reads as it was written", async () => {
  const alert = await issue(exchange, TUR, {
    source: "Coast guard",
    code: ["PILOT-1"],
    incidents: ["INC-7"],
    handling: ["H1", "H3"],
    handlingNote: "Not for courts",
    evaluation: { source: "A", information: "I2" },
    info: [
      info({
        responseType: ["Monitor"],
        audience: "Border police",
        contact: "ncp@example.org",
        web: "https://example.org/a",
      }),
      info({ language: "tr", headline: "Yeni güzergâh" }),
    ],
  });
  expect(alert).toMatchObject({
    state: "ACTIVE",
    status: "Actual",
    msgType: "Alert",
    sent: expect.any(String),
  });
  const { data, errors } = await exchange.ask(
    analystOf("PAK"),
    `query ($id: ID!) { alert(identifier: $id) { sender from { code name } scope source code incidents handlingNote exercise
      addresses { partners groups persons } marking { tlp label handling originator } evaluation { source information }
      info { language headline responseType contact area { areaDesc geocode { valueName value } } } } }`,
    { id: alert.identifier },
  );
  expect(errors).toBeUndefined();
  expect(data.alert).toMatchObject({
    sender: "TUR",
    from: { code: "TUR", name: expect.any(String) },
    scope: "Private",
    source: "Coast guard",
    code: ["PILOT-1"],
    incidents: ["INC-7"],
    handlingNote: "Not for courts",
    exercise: false,
    addresses: { partners: ["PAK"], groups: [], persons: [] },
    marking: { tlp: "AMBER", label: "TLP:AMBER", handling: ["H1", "H3"], originator: "TUR" },
    evaluation: { source: "A", information: "I2" },
    info: [
      { language: "en-US", responseType: ["Monitor"], contact: "ncp@example.org" },
      { language: "tr", headline: "Yeni güzergâh" },
    ],
  });
});

test("an update supersedes, a cancellation cancels, each once, and the message itself is as it was", async () => {
  const first = await issue(exchange, TUR);
  const { identifier: alert } = first;
  const second = await done(exchange, TUR, "updateAlert", {
    alert,
    tlp: "AMBER",
    info: [info({ headline: "More of it" })],
  });
  expect(second).toMatchObject({ msgType: "Update", state: "ACTIVE" });
  expect(await stateOf(PAK, alert)).toBe("SUPERSEDED");
  expect(
    await refusal(exchange, TUR, "updateAlert", { alert, tlp: "AMBER", info: [info()] }),
  ).toMatchObject({
    code: "REVISION_CONFLICT",
  });
  const third = await done(exchange, TUR, "cancelAlert", {
    alert: second.identifier,
    note: "It was a drill of others.",
  });
  expect(third.msgType).toBe("Cancel");
  expect(await stateOf(PAK, second.identifier)).toBe("CANCELLED");
  expect(
    await refusal(exchange, TUR, "cancelAlert", { alert: second.identifier, note: "Again" }),
  ).toMatchObject({
    code: "REVISION_CONFLICT",
  });
  const { data } = await exchange.ask(
    PAK,
    "query ($id: ID!) { alert(identifier: $id) { references { sender identifier sent } info { headline } note } }",
    { id: third.identifier },
  );
  expect(data.alert).toMatchObject({
    references: [{ sender: "TUR", identifier: second.identifier, sent: second.sent }],
    note: "It was a drill of others.",
  });
});

test("of two updates at once one is refused", async () => {
  const { identifier: alert } = await issue(exchange, TUR);
  const both = await Promise.all(
    [1, 2].map((n) =>
      refusal(exchange, TUR, "updateAlert", {
        alert,
        tlp: "AMBER",
        info: [info({ headline: `No. ${n}` })],
      }),
    ),
  );
  expect(both.map(({ code }) => code).sort()).toEqual([null, "REVISION_CONFLICT"].sort());
});

test("only the sender updates and cancels, only addressees answer", async () => {
  const { identifier: alert } = await issue(exchange, TUR);
  const update = { alert, tlp: "AMBER", info: [info()] };
  expect(await refusal(exchange, PAK, "updateAlert", update)).toMatchObject({
    code: "FORBIDDEN",
    alert: null,
  });
  expect(await refusal(exchange, PAK, "cancelAlert", { alert, note: "No." })).toMatchObject({
    code: "FORBIDDEN",
  });
  expect(await refusal(exchange, TUR, "acknowledgeAlert", { alert })).toMatchObject({
    code: "FORBIDDEN",
  });
  const unknown = "01890000-0000-7000-8000-000000000000";
  for (const mutation of [
    "updateAlert",
    "cancelAlert",
    "acknowledgeAlert",
    "rejectAlert",
    "confirmAlert",
  ]) {
    const input = (id: string) => ({ ...(mutation === "updateAlert" ? update : {}), alert: id });
    const withNote = (id: string) =>
      /cancel|reject/.test(mutation) ? { ...input(id), note: "Why" } : input(id);
    const hidden = await refusal(exchange, officerOf("IRQ"), mutation, withNote(alert));
    expect(hidden).toEqual(await refusal(exchange, officerOf("IRQ"), mutation, withNote(unknown)));
    expect(hidden.code).toBe("NOT_FOUND");
  }
  expect(
    (await act(exchange, analystOf("PAK"), "acknowledgeAlert", { alert })).errors?.[0]?.extensions
      .code,
  ).toBe("FORBIDDEN");
  expect(await done(exchange, PAK, "acknowledgeAlert", { alert })).toMatchObject({
    identifier: alert,
  });
  expect(await done(exchange, PAK, "acknowledgeAlert", { alert })).toMatchObject({
    identifier: alert,
  });
});

test("the sender sees what became of it at each recipient, a recipient only its own", async () => {
  const { identifier: id } = await issue(exchange, TUR, {
    addresses: { partners: ["PAK", "BGD"] },
    acknowledgeWithin: 30,
  });
  await done(exchange, PAK, "acknowledgeAlert", { alert: id });
  await done(exchange, officerOf("BGD"), "rejectAlert", { alert: id, note: "Not our border." });
  const query = `query ($id: ID!) { alert(identifier: $id) { addresses { partners } deliveries {
    recipient { code } deliveredAt channels acknowledgeBy acknowledgedAt errorNote } } }`;
  const { data } = await exchange.ask(TUR, query, { id });
  expect(data.alert.deliveries).toEqual([
    {
      recipient: { code: "BGD" },
      acknowledgedAt: null,
      errorNote: "Not our border.",
      channels: ["GRAPHQL"],
      deliveredAt: expect.any(String),
      acknowledgeBy: expect.any(String),
    },
    {
      recipient: { code: "PAK" },
      acknowledgedAt: expect.any(String),
      errorNote: null,
      channels: ["GRAPHQL"],
      deliveredAt: expect.any(String),
      acknowledgeBy: expect.any(String),
    },
  ]);
  const own = (await exchange.ask(PAK, query, { id })).data.alert;
  expect(own.deliveries.map(({ recipient }: any) => recipient.code)).toEqual(["PAK"]);
  expect(own.addresses.partners).toEqual(["PAK"]);
});

describe("a message waits for a second person", () => {
  test("where it is TLP:RED, and then only the person named sees it", async () => {
    const draft = await issue(exchange, TUR, {
      tlp: "RED",
      addresses: { persons: ["PAK/pak-officer"] },
    });
    expect(draft).toMatchObject({ state: "DRAFT", sent: null });
    expect(await sees(exchange, PAK, draft.identifier)).toEqual([false, false, false]);
    expect(await sees(exchange, TUR, draft.identifier)).toEqual([true, true, false]);
    expect(await refusal(exchange, TUR, "confirmAlert", { alert: draft.identifier })).toMatchObject(
      {
        code: "FORBIDDEN",
      },
    );
    expect(
      await refusal(exchange, approverOf("PAK"), "confirmAlert", { alert: draft.identifier }),
    ).toMatchObject({
      code: "NOT_FOUND",
    });
    await done(exchange, approverOf("TUR"), "confirmAlert", { alert: draft.identifier });
    expect(await sees(exchange, PAK, draft.identifier)).toEqual([true, true, true]);
    expect(await sees(exchange, approverOf("PAK"), draft.identifier)).toEqual([
      false,
      false,
      false,
    ]);
    expect(await sees(exchange, analystOf("PAK"), draft.identifier)).toEqual([false, false, false]);
  });

  test("where an addressee is outside the sender's agreements", async () => {
    const draft = await issue(exchange, TUR, { addresses: { partners: ["PAK", "FRA"] } });
    expect(draft.state).toBe("DRAFT");
    for (const client of [PAK, officerOf("FRA")]) {
      expect(await sees(exchange, client, draft.identifier)).toEqual([false, false, false]);
    }
    await done(exchange, approverOf("TUR"), "confirmAlert", { alert: draft.identifier });
    for (const client of [PAK, officerOf("FRA")]) {
      expect(await sees(exchange, client, draft.identifier)).toEqual([true, true, true]);
    }
    expect(
      await refusal(exchange, approverOf("TUR"), "confirmAlert", { alert: draft.identifier }),
    ).toMatchObject({
      code: "BAD_USER_INPUT",
    });
  });

  test("where an update goes further, which it never does without saying so", async () => {
    const { identifier: alert } = await issue(exchange, TUR, { handling: ["H1"] });
    const update = { alert, tlp: "AMBER", handling: ["H1"], info: [info()] };
    for (const wider of [
      { addresses: { partners: ["PAK", "BGD"] } },
      { tlp: "GREEN" },
      { handling: [] },
      { addresses: { partners: ["BGD"] } },
    ]) {
      expect(await refusal(exchange, TUR, "updateAlert", { ...update, ...wider })).toMatchObject({
        code: "BAD_USER_INPUT",
        path: "input.widensAudience",
      });
    }
    const draft = await done(exchange, TUR, "updateAlert", {
      ...update,
      tlp: "GREEN",
      widensAudience: true,
    });
    expect(draft.state).toBe("DRAFT");
    expect(await stateOf(PAK, alert)).toBe("ACTIVE");
    await done(exchange, approverOf("TUR"), "confirmAlert", { alert: draft.identifier });
    expect(await stateOf(PAK, alert)).toBe("SUPERSEDED");
  });

  test("and goes nowhere if what it updates has been superseded meanwhile", async () => {
    const { identifier: alert } = await issue(exchange, TUR);
    const draft = await done(exchange, TUR, "updateAlert", {
      alert,
      tlp: "GREEN",
      widensAudience: true,
      info: [info()],
    });
    await done(exchange, TUR, "cancelAlert", { alert, note: "Over." });
    expect(
      await refusal(exchange, approverOf("TUR"), "confirmAlert", { alert: draft.identifier }),
    ).toMatchObject({
      code: "REVISION_CONFLICT",
    });
  });
});

test("the same key is one message, with another input an error", async () => {
  const input = message({ idempotencyKey: "once" });
  const { identifier } = await done(exchange, TUR, "issueAlert", input);
  expect(await done(exchange, TUR, "issueAlert", input)).toMatchObject({ identifier });
  expect(await refusal(exchange, TUR, "issueAlert", { ...input, tlp: "GREEN" })).toMatchObject({
    code: "IDEMPOTENCY_KEY_REUSED",
  });
});

test("an exercise says so in its headline and its note, and so do its updates", async () => {
  expect(await refusal(exchange, TUR, "issueAlert", message({ status: "Exercise" }))).toMatchObject(
    {
      path: "input.note",
    },
  );
  const { identifier: alert } = await issue(exchange, TUR, {
    status: "Exercise",
    note: "Table-top 1",
  });
  const next = await done(exchange, TUR, "updateAlert", {
    alert,
    tlp: "AMBER",
    note: "Table-top 1",
    info: [info()],
  });
  expect(next.status).toBe("Exercise");
  const { data } = await exchange.ask(
    PAK,
    `{ real: alerts(status: [Actual]) { nodes { identifier } totalCount } all: alerts(status: [Exercise]) {
      nodes { identifier exercise info { headline } } } }`,
  );
  expect(data.real.nodes.map((node: any) => node.identifier)).not.toContain(alert);
  expect(data.all.nodes).toContainEqual({
    identifier: alert,
    exercise: true,
    info: [{ headline: "EXERCISE: New route across the border section" }],
  });
});

test("a message is over when its time is over, without anything being written", async () => {
  const soon = new Date(Date.now() + 2_000).toISOString();
  const { identifier: alert } = await issue(exchange, TUR, { info: [info({ expires: soon })] });
  expect(await stateOf(PAK, alert)).toBe("ACTIVE");
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  expect(await stateOf(PAK, alert)).toBe("EXPIRED");
  expect(
    await refusal(exchange, TUR, "updateAlert", { alert, tlp: "AMBER", info: [info()] }),
  ).toMatchObject({
    code: "BAD_USER_INPUT",
  });
  expect(inHours(1) > soon).toBe(true);
});
