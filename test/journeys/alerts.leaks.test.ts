/** To whoever a message is not addressed it does not exist: same bytes, same counts, same cursors, same errors. */
import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { newIdentifier } from "../../subgraphs/alerts/messages/identifier";
import { act, approverOf, done, info, issue, message, officerOf, sees } from "../support/alerts";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { AUDITOR, analystOf, READERS } from "../support/people";
import { openSubgraphs, type Subgraphs } from "../support/subgraphs";

let exchange: ExchangeUnderTest;
let subgraphs: Subgraphs;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  subgraphs = await openSubgraphs(exchange.databaseUrl);
  owner = await exchange.openOwner();
});
afterAll(async () => {
  await subgraphs?.stop();
  await exchange?.stop();
});

const TUR = officerOf("TUR");
/** As new as those that are issued here: where a cursor stands among one's own is no secret. */
const UNKNOWN = newIdentifier();
const same = (text: string, id: string): string =>
  text
    .replaceAll(id, UNKNOWN)
    .replace(/"requestId":"[^"]*"/g, "")
    .replaceAll(cursorTo(id), cursorTo(UNKNOWN));
const cursorTo = (id: string): string => Buffer.from(`id:${id}`).toString("base64url");
const OTHERS = [...READERS].filter(([partner]) => partner !== "TUR" && partner !== "PAK");

const EVERYTHING = `query ($id: ID!, $after: String) {
  alert(identifier: $id) { identifier state xml deliveries { recipient { code } } from { name } info { headline } }
  alerts(first: 50) { totalCount nodes { identifier references { identifier } } pageInfo { hasNextPage endCursor } }
  behind: alerts(first: 50, after: $after) { totalCount nodes { identifier } pageInfo { hasNextPage hasPreviousPage startCursor } }
  states: alerts(state: [ACTIVE, SUPERSEDED, CANCELLED, DRAFT, EXPIRED], status: [Actual]) { totalCount }
  alertFeed(first: 50) { edges { cursor } endCursor hasNextPage }
  alertFeedEnd }`;

test("by every path, whoever asks", async () => {
  const before = new Map<string, string>();
  const ask = async (client: string, id: string) =>
    same((await exchange.ask(client, EVERYTHING, { id, after: cursorTo(id) })).text, id);
  for (const [, client] of OTHERS) before.set(client, await ask(client, UNKNOWN));
  const open = await issue(exchange, TUR);
  const draft = await issue(exchange, TUR, { addresses: { partners: ["FRA"] } });
  const red = await issue(exchange, TUR, {
    tlp: "RED",
    addresses: { persons: ["PAK/pak-officer"] },
  });
  await done(exchange, approverOf("TUR"), "confirmAlert", { alert: red.identifier });
  await done(exchange, TUR, "updateAlert", {
    alert: open.identifier,
    tlp: "AMBER",
    info: [info()],
  });
  for (const [partner, client] of OTHERS) {
    for (const { identifier } of [open, draft, red])
      expect({ partner, text: await ask(client, identifier) }).toEqual({
        partner,
        text: before.get(client),
      });
  }
  const { text } = await exchange.ask(analystOf("PAK"), EVERYTHING, { id: red.identifier });
  expect(text).toContain(open.identifier);
  expect(text).not.toContain(red.identifier);
  expect(text).not.toContain(draft.identifier);
});

test("as an entity that another subgraph refers to, however it is represented", async () => {
  const { identifier } = await issue(exchange, TUR);
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Alert { identifier sender info { headline } } } }`;
  const asked = (partner: string, id: string) =>
    subgraphs.ask("alerts", { id: "x", partner, roles: ["OFFICER"] }, query, {
      of: [
        {
          __typename: "Alert",
          identifier: id,
          sender: partner,
          owner: partner,
          addressees: [{ partner }],
        },
      ],
    });
  expect((await asked("PAK", identifier)).data._entities[0].identifier).toBe(identifier);
  for (const partner of ["IRQ", "SECRETARIAT", "ATL", "AUDITOR"]) {
    const hidden = JSON.stringify(await asked(partner, identifier));
    expect(hidden).toBe(JSON.stringify(await asked(partner, UNKNOWN)));
    expect(hidden).not.toContain(identifier);
  }
});

test("nobody and the log's auditor have none, not even a count", async () => {
  for (const client of [null, AUDITOR]) {
    const { data, errors } = await exchange.ask(
      client,
      "{ alerts { totalCount } alertFeed { endCursor } alertFeedEnd }",
    );
    expect(data).toEqual({ alerts: null, alertFeed: null, alertFeedEnd: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toContain(
      client ? "FORBIDDEN" : "UNAUTHENTICATED",
    );
  }
});

const STATE = `query ($id: ID!) { alert(identifier: $id) { state references { message } origin { identifier } } }`;
const FEED = `{ alertFeed(first: 100) { nodes { identifier msgType note state info { headline } references { message }
  marking { tlp } code incidents source restriction addresses { partners groups persons } origin { sender identifier } xml
  deliveries { recipient { code } } } } }`;
const feedOf = async (client: string, text = FEED): Promise<any[]> =>
  (await exchange.ask(client, text)).data.alertFeed.nodes;
const noticeOf = async (client: string, of: string) =>
  (await feedOf(client)).filter(({ references }) =>
    references.some((one: any) => one.message === of),
  );

describe("an update that leaves somebody out tells it that its message is over, and nothing of the new one", () => {
  const secret = { headline: "Only for BGD", description: "SECRET-NEW", event: "SECRET-EVENT" };
  const narrow = (alert: string, change: object = {}) => ({
    alert,
    tlp: "AMBER",
    addresses: { partners: ["BGD"] },
    source: "SECRET-SOURCE",
    code: ["SECRET-CODE"],
    incidents: ["SECRET-INCIDENT"],
    note: "SECRET-NOTE",
    handling: ["H1"],
    info: [info(secret)],
    ...change,
  });

  test("state, feed and file of the one who is left out hold nothing of what the others read", async () => {
    const first = await issue(exchange, TUR, {
      addresses: { partners: ["PAK", "BGD"] },
      incidents: ["OLD"],
    });
    const newer = await done(exchange, TUR, "updateAlert", narrow(first.identifier));
    const asked = async (client: string) =>
      (await exchange.ask(client, STATE, { id: first.identifier })).data.alert.state;
    expect(await asked(analystOf("PAK"))).toBe("CANCELLED");
    expect(await asked(analystOf("BGD"))).toBe("SUPERSEDED");
    expect(await asked(TUR)).toBe("SUPERSEDED");
    expect(await sees(exchange, analystOf("PAK"), newer.identifier)).toEqual([false, false, false]);
    const [notice, ...more] = await noticeOf(analystOf("PAK"), first.identifier);
    expect(more).toEqual([]);
    expect(notice).toMatchObject({
      msgType: "Cancel",
      state: "ACTIVE",
      note: "No longer in force.",
      info: [],
      marking: { tlp: "AMBER" },
      code: [],
      incidents: [],
      source: null,
      addresses: { partners: ["PAK"], groups: [], persons: [] },
      deliveries: [{ recipient: { code: "PAK" } }],
    });
    const all = JSON.stringify(await feedOf(analystOf("PAK")));
    expect(all).not.toMatch(/SECRET|BGD/);
    expect(all).not.toContain(newer.identifier);
    expect(await noticeOf(analystOf("BGD"), first.identifier)).toMatchObject([
      { msgType: "Update" },
    ]);
    for (const [partner, client] of OTHERS)
      if (partner !== "BGD") expect(await noticeOf(client, first.identifier)).toEqual([]);
  });

  test("the same bytes whatever the new message says, and whoever else gets it", async () => {
    const told: string[] = [];
    for (const change of [
      {},
      { info: [info({ headline: "Another" })] },
      { addresses: { partners: ["BGD", "IRQ"] } },
    ]) {
      const first = await issue(exchange, TUR, { addresses: { partners: ["PAK", "BGD", "IRQ"] } });
      await done(exchange, TUR, "updateAlert", narrow(first.identifier, change));
      const [notice] = await noticeOf(analystOf("PAK"), first.identifier);
      told.push(
        JSON.stringify(notice)
          .replaceAll(notice.identifier, "NOTICE")
          .replaceAll(first.identifier, "FIRST")
          .replace(/\d{4}-\d\d-\d\dT[\d:]+(-00:00|Z)/g, "TIME"),
      );
    }
    expect(new Set(told).size).toBe(1);
  });

  test("while the new message is a draft nobody is told, and a second time nobody is told again", async () => {
    const first = await issue(exchange, TUR, { addresses: { partners: ["PAK", "BGD"] } });
    const wider = { addresses: { partners: ["BGD", "FRA"] }, widensAudience: true };
    const draft = await done(exchange, TUR, "updateAlert", narrow(first.identifier, wider));
    expect(draft.state).toBe("DRAFT");
    expect(
      (await exchange.ask(analystOf("PAK"), STATE, { id: first.identifier })).data.alert.state,
    ).toBe("ACTIVE");
    expect(await noticeOf(analystOf("PAK"), first.identifier)).toEqual([]);
    await done(exchange, approverOf("TUR"), "confirmAlert", { alert: draft.identifier });
    expect(await noticeOf(analystOf("PAK"), first.identifier)).toHaveLength(1);
    await done(exchange, TUR, "cancelAlert", { alert: draft.identifier, note: "Over" });
    expect(await noticeOf(analystOf("PAK"), first.identifier)).toHaveLength(1);
    expect(JSON.stringify(await feedOf(analystOf("PAK")))).not.toContain(draft.identifier);
  });

  test("a right to the old message that has ended ends the right to the notice too", async () => {
    const first = await issue(exchange, TUR, { addresses: { partners: ["PAK", "BGD"] } });
    await done(exchange, TUR, "updateAlert", narrow(first.identifier));
    const [{ identifier }] = await noticeOf(analystOf("PAK"), first.identifier);
    await owner.query(
      "BEGIN; SET LOCAL session_replication_role = replica; UPDATE sharing.party SET standing = 'SUSPENDED' WHERE partner = 'TUR'; COMMIT",
    );
    expect(await sees(exchange, analystOf("PAK"), identifier)).toEqual([false, false, false]);
    await owner.query(
      "BEGIN; SET LOCAL session_replication_role = replica; UPDATE sharing.party SET standing = 'STANDING' WHERE partner = 'TUR'; COMMIT",
    );
  });

  test("a right that had ended before gets no notice that could be read", async () => {
    const first = await issue(exchange, TUR, { addresses: { partners: ["PAK", "BGD"] } });
    const suspend = (standing: string, partner: string) =>
      owner.query(
        `BEGIN; SET LOCAL session_replication_role = replica; UPDATE sharing.party SET standing = '${standing}' WHERE partner = '${partner}'; COMMIT`,
      );
    await suspend("SUSPENDED", "PAK");
    await done(exchange, TUR, "updateAlert", narrow(first.identifier));
    expect(await noticeOf(analystOf("PAK"), first.identifier)).toEqual([]);
    expect(
      (await exchange.ask(analystOf("PAK"), STATE, { id: first.identifier })).data.alert,
    ).toBeNull();
    await suspend("STANDING", "PAK");
    expect(await noticeOf(analystOf("PAK"), first.identifier)).toHaveLength(1);
  });

  test("persons who had a TLP:RED message are told one by one, their colleagues are not", async () => {
    const persons = ["PAK/pak-officer", "PAK/pak-approver"];
    const red = await issue(exchange, TUR, { tlp: "RED", addresses: { persons } });
    await done(exchange, approverOf("TUR"), "confirmAlert", { alert: red.identifier });
    const next = narrow(red.identifier, {
      tlp: "RED",
      addresses: { persons: ["PAK/pak-officer"] },
    });
    const draft = await done(exchange, TUR, "updateAlert", next);
    await done(exchange, approverOf("TUR"), "confirmAlert", { alert: draft.identifier });
    expect(await noticeOf(approverOf("PAK"), red.identifier)).toMatchObject([
      { msgType: "Cancel", addresses: { persons: ["PAK/pak-approver"] } },
    ]);
    expect(await noticeOf(officerOf("PAK"), red.identifier)).toMatchObject([{ msgType: "Update" }]);
    expect(await noticeOf(analystOf("PAK"), red.identifier)).toEqual([]);
  });

  test("members of a group that is left out are told through the group", async () => {
    const group = (id: string, add: string[]) =>
      exchange.ask(
        TUR,
        "mutation ($i: ChangePartnerGroupInput!) { changePartnerGroup(input: $i) { userErrors { message } } }",
        { i: { id, name: id, add } },
      );
    await group("LEFT", ["PAK"]);
    await owner.query(
      "BEGIN; SET LOCAL session_replication_role = replica; UPDATE sharing.group_member SET confirmed_by = 'x', confirmed_at = now() WHERE group_id = 'LEFT'; COMMIT",
    );
    const first = await issue(exchange, TUR, {
      addresses: { groups: ["LEFT"], partners: ["BGD"] },
    });
    await done(exchange, TUR, "updateAlert", narrow(first.identifier));
    expect(await noticeOf(analystOf("PAK"), first.identifier)).toMatchObject([
      { msgType: "Cancel", addresses: { groups: ["LEFT"] } },
    ]);
    await owner.query(
      "BEGIN; SET LOCAL session_replication_role = replica; DELETE FROM sharing.group_member WHERE group_id = 'LEFT'; COMMIT",
    );
    expect(await noticeOf(analystOf("PAK"), first.identifier)).toEqual([]);
  });
});

test("an update to somebody new does not tell it of the old one", async () => {
  const first = await issue(exchange, TUR, { addresses: { partners: ["BGD"] } });
  const wider = await done(exchange, TUR, "updateAlert", {
    alert: first.identifier,
    tlp: "AMBER",
    addresses: { partners: ["BGD", "IRQ"] },
    info: [info()],
    widensAudience: true,
  });
  await done(exchange, approverOf("TUR"), "confirmAlert", { alert: wider.identifier });
  const { data, text } = await exchange.ask(analystOf("IRQ"), STATE, { id: wider.identifier });
  expect(data.alert.references).toEqual([]);
  expect(text).not.toContain(first.identifier);
});

test("what one recipient answers or is told stays between it and the sender", async () => {
  const { identifier: id } = await issue(exchange, TUR, {
    addresses: { partners: ["PAK", "BGD"] },
  });
  await done(exchange, officerOf("BGD"), "rejectAlert", {
    alert: id,
    note: "Known to us already.",
  });
  const { text } = await exchange.ask(
    analystOf("PAK"),
    "query ($id: ID!) { alert(identifier: $id) { xml addresses { partners groups persons } deliveries { recipient { code } errorNote } } }",
    { id },
  );
  expect(text).not.toMatch(/BGD|Known to us/);
});

test("a mutation's payload obeys its reader's rights, the same key asked again too", async () => {
  const red = message({
    tlp: "RED",
    addresses: { persons: ["PAK/pak-officer"] },
    idempotencyKey: "red",
  });
  const draft = await done(exchange, TUR, "issueAlert", red);
  await done(exchange, approverOf("TUR"), "confirmAlert", { alert: draft.identifier });
  const acknowledge = { alert: draft.identifier, idempotencyKey: "ack" };
  expect((await done(exchange, officerOf("PAK"), "acknowledgeAlert", acknowledge)).identifier).toBe(
    draft.identifier,
  );
  const other = await act(exchange, approverOf("PAK"), "acknowledgeAlert", acknowledge);
  expect(other.text).not.toContain(draft.identifier);
});

describe("the first request after a right has ended no longer sees the message", () => {
  const ends: [string, string, string][] = [
    [
      "the agreement is suspended",
      "UPDATE sharing.party SET standing = 'SUSPENDED' WHERE agreement_id = 'A02' AND partner = 'TUR'",
      "BGD",
    ],
    [
      "the agreement ends",
      "UPDATE sharing.agreement_version SET valid_until = now() WHERE agreement_id IN ('A02', 'A13')",
      "BGD",
    ],
  ];
  test.each(ends)("%s", async (_name, statement, partner) => {
    const { identifier } = await issue(exchange, TUR, { addresses: { partners: [partner] } });
    const chosen = await issue(exchange, TUR, { addresses: { partners: [partner, "FRA"] } });
    await done(exchange, approverOf("TUR"), "confirmAlert", { alert: chosen.identifier });
    expect(await sees(exchange, analystOf(partner), identifier)).toEqual([true, true, true]);
    await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
    await owner.query(
      "UPDATE sharing.party SET standing = 'WITHDRAWN' WHERE agreement_id = 'A13' AND partner = 'TUR'",
    );
    await owner.query(`${statement}; COMMIT`);
    expect(await sees(exchange, analystOf(partner), identifier)).toEqual([false, false, false]);
    expect(await sees(exchange, analystOf("FRA"), chosen.identifier)).toEqual([true, true, true]);
    await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
    await owner.query("UPDATE sharing.party SET standing = 'STANDING' WHERE partner = 'TUR'");
    await owner.query(
      "UPDATE sharing.agreement_version SET valid_until = NULL WHERE agreement_id IN ('A02', 'A13'); COMMIT",
    );
    expect(await sees(exchange, analystOf(partner), identifier)).toEqual([true, true, true]);
  });
});

test("each message that is given is in the sender's log before it is given, and once more for each way", async () => {
  const { identifier } = await issue(exchange, TUR);
  await exchange.ask(analystOf("PAK"), "query ($id: ID!) { alert(identifier: $id) { sender } }", {
    id: identifier,
  });
  await exchange.ask(analystOf("IRQ"), "query ($id: ID!) { alert(identifier: $id) { sender } }", {
    id: identifier,
  });
  const { rows } = await owner.query(
    "SELECT owner, viewer, actor, channel, outcome, agreement_id FROM audit.entry WHERE category = 'ALERT' AND detail = ARRAY[$1] AND viewer <> 'TUR'",
    [identifier],
  );
  expect(rows).toEqual([
    {
      owner: "TUR",
      viewer: "PAK",
      actor: "pak-analyst",
      channel: "GRAPHQL",
      outcome: "GIVEN",
      agreement_id: "A02",
    },
  ]);
});

describe("the database itself refuses", () => {
  const attempt = async (
    partner: string,
    actor: string,
    statements: string,
    roles = "OFFICER",
  ): Promise<string> => {
    await owner.query("BEGIN");
    try {
      await owner.query(
        "SELECT set_config('accord.viewer', $1, true), set_config('accord.actor', $2, true), set_config('accord.roles', $3, true)",
        [partner, actor, roles],
      );
      await owner.query(`SET LOCAL ROLE accord_alerts; ${statements}`);
      return "done";
    } catch (error) {
      return (error as Error).message;
    } finally {
      await owner.query("ROLLBACK");
    }
  };
  const release = (id: string, partner: string, actor: string, approver = false) =>
    `INSERT INTO alerts.release (identifier, owner, actor, actor_approver) VALUES ('${id}', '${partner}', '${actor}', ${approver})`;

  test("a release without its second person, by another partner, or under another's name", async () => {
    const { identifier: id } = await issue(exchange, TUR, {
      tlp: "RED",
      addresses: { persons: ["PAK/pak-officer"] },
    });
    expect(await attempt("TUR", "tur-officer", release(id, "TUR", "tur-officer"))).toMatch(
      "second person",
    );
    expect(await attempt("TUR", "tur-third", release(id, "TUR", "tur-third"))).toMatch(
      "an approver",
    );
    expect(await attempt("TUR", "tur-officer", release(id, "TUR", "tur-approver", true))).toMatch(
      "row-level security",
    );
    expect(
      await attempt("PAK", "pak-approver", release(id, "TUR", "pak-approver", true), "APPROVER"),
    ).toMatch("row-level");
    expect(
      await attempt("TUR", "tur-approver", release(id, "TUR", "tur-approver", true), "APPROVER"),
    ).toBe("done");
  });

  test("any change of a message, of whom it went to and of its answers", async () => {
    for (const table of [
      "alert",
      "audience",
      "reference",
      "release",
      "addressee",
      "receipt",
      "escalation",
      "origin",
      "impact_level",
      "impact_agreement",
    ]) {
      expect(await attempt("TUR", "tur-officer", `DELETE FROM alerts.${table}`)).toMatch(
        "permission denied",
      );
      await expect(owner.query(`DELETE FROM alerts.${table}`)).rejects.toThrow("append-only");
      await expect(owner.query(`UPDATE alerts.${table} SET owner = owner`)).rejects.toThrow(
        "append-only",
      );
      await expect(owner.query(`TRUNCATE alerts.${table} CASCADE`)).rejects.toThrow("append-only");
    }
  });

  test("a notice that a subgraph writes, or one of somebody else's", async () => {
    const { identifier: id } = await issue(exchange, TUR);
    const notice = `INSERT INTO alerts.alert (identifier, owner, author, author_approver, status, msg_type, scope, info, expires, tlp, notice)
      VALUES ('${UNKNOWN}', 'TUR', 'tur-officer', false, 'Actual', 'Cancel', 'Private', '[]', now() + interval '1 hour', 'AMBER', true)`;
    expect(await attempt("TUR", "tur-officer", notice)).toMatch("row-level security");
    const origin = `INSERT INTO alerts.origin (identifier, owner, sender, cap_identifier, sent, digest)
      VALUES ('${id}', 'PAK', 'x', 'y', now(), 'z')`;
    expect(await attempt("PAK", "pak-officer", origin)).toMatch("row-level security");
    expect(await attempt("TUR", "tur-officer", origin)).toMatch("row-level security");
  });

  test("an answer in another's name or to what is not addressed to it", async () => {
    const { identifier: id } = await issue(exchange, TUR);
    const answer = (partner: string, actor: string) =>
      `INSERT INTO alerts.receipt (identifier, owner, partner, actor, msg_type) VALUES ('${id}', 'TUR', '${partner}', '${actor}', 'Ack')`;
    expect(await attempt("IRQ", "irq-officer", answer("IRQ", "irq-officer"))).toMatch(
      "row-level security",
    );
    expect(await attempt("IRQ", "irq-officer", answer("PAK", "irq-officer"))).toMatch(
      "row-level security",
    );
    expect(await attempt("PAK", "pak-officer", answer("PAK", "somebody"))).toMatch(
      "row-level security",
    );
    expect(await attempt("TUR", "tur-officer", answer("TUR", "tur-officer"))).toMatch(
      "row-level security",
    );
    expect(await attempt("PAK", "pak-officer", answer("PAK", "pak-officer"))).toBe("done");
  });

  test("an update that reaches further and does not say so, whatever the subgraph has checked", async () => {
    const { identifier: id } = await issue(exchange, TUR);
    const draft = (addresses: string, tlp: string) => `
      INSERT INTO alerts.alert (identifier, owner, author, author_approver, status, msg_type, scope, info, expires, tlp)
      VALUES ('${UNKNOWN}', 'TUR', 'tur-officer', false, 'Actual', 'Update', 'Private', '[{}]', now() + interval '1 hour', '${tlp}');
      INSERT INTO alerts.audience VALUES ('${UNKNOWN}', 'TUR', '${addresses}');
      INSERT INTO alerts.reference VALUES ('${UNKNOWN}', 'TUR', '${id}');
      ${release(UNKNOWN, "TUR", "tur-officer")}`;
    const [same, more] = ['[{"partner": "PAK"}]', '[{"partner": "PAK"}, {"partner": "BGD"}]'];
    expect(await attempt("TUR", "tur-officer", draft(more, "AMBER"))).toMatch(
      "does not reach further",
    );
    expect(await attempt("TUR", "tur-officer", draft(same, "CLEAR"))).toMatch(
      "does not reach further",
    );
    expect(await attempt("TUR", "tur-officer", draft(same, "AMBER"))).toBe("done");
  });

  test("a second release while a first has not committed: numbers are in the order in which they are seen", async () => {
    const drafts = [1, 2].map(() => issue(exchange, TUR, { addresses: { partners: ["FRA"] } }));
    const [one, two] = (await Promise.all(drafts)) as unknown as [
      { identifier: string },
      { identifier: string },
    ];
    const other = new Client({ connectionString: exchange.databaseUrl });
    await other.connect();
    await other.query(`BEGIN; ${release(one.identifier, "TUR", "tur-approver", true)}`);
    await owner.query("BEGIN; SET LOCAL lock_timeout = '200ms'");
    await expect(owner.query(release(two.identifier, "TUR", "tur-approver", true))).rejects.toThrow(
      "lock timeout",
    );
    await owner.query("ROLLBACK");
    await other.query("ROLLBACK");
    await other.end();
  });

  test("an addressee that nobody released", async () => {
    const { identifier: id } = await issue(exchange, TUR);
    const add = `INSERT INTO alerts.addressee (identifier, owner, partner, agreed) VALUES ('${id}', 'TUR', 'IRQ', false)`;
    expect(await attempt("TUR", "tur-officer", add)).toMatch("permission denied");
  });
});

test("the feed's cursor to a message of others answers as one that never was", async () => {
  const hidden = await issue(exchange, TUR, { addresses: { partners: ["IRQ"] } });
  const { rows } = await owner.query("SELECT cursor FROM alerts.release WHERE identifier = $1", [
    hidden.identifier,
  ]);
  const ask = async (cursor: string) => {
    const query =
      "query ($after: String!) { alertFeed(after: $after) { edges { node { identifier } } hasNextPage endCursor } }";
    return same(
      (await exchange.ask(analystOf("PAK"), query, { after: cursor })).text.replaceAll(cursor, ""),
      cursor,
    );
  };
  expect(await ask(rows[0].cursor)).toBe(await ask(randomUUID()));
});
