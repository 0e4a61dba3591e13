/** Contacts: written by one person, let out by another, dated, verified, ended; read by whom their kind was opened to. */
import type { Client } from "pg";
import { act } from "../support/agreements";
import { approverOf, officerOf } from "../support/alerts";
import { atOnce, call, contact, dayIn, done, moveClock } from "../support/community";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { analystOf, READERS } from "../support/people";

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange({ verifyAfterDays: 100 });
  owner = await exchange.openOwner();
});
afterAll(() => exchange?.stop());

const PAK = officerOf("PAK");
const [APPROVER, READER, OUTSIDER] = [approverOf("PAK"), analystOf("IRN"), analystOf("AUT")];

const LISTED = `{ country(code: "PAK") { nationalContactPoints {
  id name title email phone available24x7 hours alternateOf validFrom validUntil verifiedAt } } }`;
const listed = async (client: string): Promise<any[]> =>
  (await exchange.ask(client, LISTED)).data.country.nationalContactPoints;
const find = async (client: string, id: string) =>
  (await listed(client)).find((one) => one.id === id);
const versions = async (client: string, args = "") =>
  (
    await exchange.ask(
      client,
      `{ contactVersions(first: 100${args}) { totalCount nodes { id contact version standing name } } }`,
    )
  ).data.contactVersions;

async function added(change: object = {}) {
  const { contact: made } = await done(exchange, PAK, "addContact", contact(change));
  return (await done(exchange, APPROVER, "approveContact", { contact: made.contact, version: 1 }))
    .contact;
}

test("a new contact is nobody's but its owner's until a second person approves it", async () => {
  const { contact: made } = await done(exchange, PAK, "addContact", contact());
  expect(made).toMatchObject({
    version: 1,
    standing: "WAITING",
    submittedBy: PAK,
    decidedBy: null,
    verifiedAt: null,
  });
  for (const client of [READER, OUTSIDER, PAK])
    expect(await find(client, made.contact)).toBeUndefined();
  const act = { contact: made.contact, version: 1 };
  expect((await call(exchange, PAK, "approveContact", act)).refused).toEqual([
    "FORBIDDEN input.contact: You have submitted it yourself. It takes a second person.",
  ]);
  for (const client of [approverOf("IRN"), approverOf("AUT")])
    expect((await call(exchange, client, "approveContact", act)).refused).toEqual([
      "NOT_FOUND input.contact: Your country has no contact of that id.",
    ]);
  const { contact: approved } = await done(exchange, APPROVER, "approveContact", act);
  expect(approved).toMatchObject({ standing: "CURRENT", decidedBy: APPROVER, validFrom: dayIn(0) });
  expect(await find(READER, made.contact)).toMatchObject({
    email: "second@example.org",
    available24x7: true,
  });
  expect(await find(OUTSIDER, made.contact)).toMatchObject({
    title: "Second duty officer",
    email: null,
    name: null,
  });
});

test("an approver's own is approved by any second person", async () => {
  const { contact: made } = await done(exchange, APPROVER, "addContact", contact());
  const { contact: approved } = await done(exchange, PAK, "approveContact", {
    contact: made.contact,
    version: 1,
  });
  expect(approved).toMatchObject({ standing: "CURRENT", submittedBy: APPROVER, decidedBy: PAK });
});

test("an amendment is a new version: the old one holds until its day, and stays, dated", async () => {
  const { contact: id } = await added();
  await done(exchange, PAK, "amendContact", {
    ...amendment(id, 1),
    email: "third@example.org",
    validFrom: dayIn(10),
  });
  expect(await find(READER, id)).toMatchObject({ email: "second@example.org", validUntil: null });
  await done(exchange, APPROVER, "approveContact", { contact: id, version: 2 });
  expect(await find(READER, id)).toMatchObject({
    email: "second@example.org",
    validUntil: dayIn(10),
  });
  await moveClock(owner, 9);
  expect(await find(READER, id)).toMatchObject({ email: "second@example.org" });
  await moveClock(owner, 10);
  expect(await find(READER, id)).toMatchObject({
    email: "third@example.org",
    validFrom: dayIn(10),
  });
  const { nodes } = await versions(PAK, `, contact: "${id}"`);
  expect(nodes.map(({ version, standing }: any) => [version, standing])).toEqual(
    expect.arrayContaining([
      [1, "OVER"],
      [2, "CURRENT"],
    ]),
  );
  await moveClock(owner, 0);
});

const amendment = (id: string, version: number) => {
  const { kind: _kind, ...body } = contact();
  return { ...body, contact: id, version };
};

test("of two who amend at once one wins, and the other is told so; so is who read an older version", async () => {
  const { contact: id } = await added();
  const amend = (client: string) => () =>
    call(exchange, client, "amendContact", { ...amendment(id, 1), title: client });
  const both = await atOnce(owner, "contact", [amend(PAK), amend(APPROVER)]);
  expect(both.map(({ refused }) => refused.length).sort()).toEqual([0, 1]);
  const [told] = both.flatMap(({ refused }) => refused);
  expect(told).toMatch(
    /^REVISION_CONFLICT input.version: Version 2 waits for its second person. Read it again/,
  );
  const winner = both[0]?.refused.length === 0 ? PAK : APPROVER;
  const act = { contact: id, version: 2 };
  await done(exchange, winner === PAK ? APPROVER : PAK, "approveContact", act);
  expect((await call(exchange, PAK, "endContact", { contact: id, version: 1 })).refused[0]).toMatch(
    /^REVISION_CONFLICT/,
  );
  expect((await call(exchange, APPROVER, "approveContact", act)).refused[0]).toMatch(
    /^REVISION_CONFLICT/,
  );
});

test("what is returned says why, and never becomes anything", async () => {
  const { contact: made } = await done(exchange, PAK, "addContact", contact());
  const act = { contact: made.contact, version: 1 };
  await done(exchange, APPROVER, "returnContact", { ...act, reason: "The number is wrong." });
  const { nodes } = await versions(PAK, `, contact: "${made.contact}"`);
  expect(nodes).toMatchObject([{ standing: "RETURNED" }]);
  expect((await call(exchange, APPROVER, "approveContact", act)).refused[0]).toMatch(
    /^REVISION_CONFLICT/,
  );
});

test("an ended contact is gone for everybody else, from its day on, by every path and beneath it", async () => {
  const { contact: id } = await added({ email: "ended@example.org" });
  expect(await find(READER, id)).toMatchObject({ email: "ended@example.org" });
  await done(exchange, PAK, "endContact", { contact: id, version: 1, validUntil: dayIn(5) });
  expect(await find(READER, id)).toMatchObject({ validUntil: dayIn(5) });
  await done(exchange, PAK, "endContact", { contact: id, version: 1 });
  for (const [partner, client] of READERS) {
    const { text } = await exchange.ask(client, LISTED);
    expect([partner, text.includes(id), text.includes("ended@example.org")]).toEqual([
      partner,
      false,
      false,
    ]);
  }
  await owner.query("BEGIN");
  await owner.query(
    "SELECT set_config('accord.viewer', 'IRN', true), set_config('accord.roles', 'ANALYST', true)",
  );
  await owner.query("SET LOCAL ROLE accord_countries");
  const { rows } = await owner.query(
    "SELECT FROM countries.contact_detail WHERE email = 'ended@example.org'",
  );
  const { rows: current } = await owner.query(
    "SELECT FROM countries.contact_detail WHERE owner = 'PAK'",
  );
  await owner.query("ROLLBACK");
  expect(rows).toEqual([]);
  expect(current.length).toBeGreaterThan(0);
  expect((await versions(PAK, `, contact: "${id}"`)).nodes).toMatchObject([{ standing: "OVER" }]);
  expect((await call(exchange, PAK, "endContact", { contact: id, version: 1 })).refused).toEqual([
    "BAD_USER_INPUT input.contact: It has ended. Add a new contact.",
  ]);
});

test("an amendment does not revive a contact that ended while it waited", async () => {
  const { contact: id } = await added({ validUntil: dayIn(2) });
  await done(exchange, PAK, "amendContact", amendment(id, 1));
  await moveClock(owner, 3);
  const { refused } = await call(exchange, APPROVER, "approveContact", { contact: id, version: 2 });
  await moveClock(owner, 0);
  expect(refused[0]).toMatch(/^BAD_USER_INPUT input.contact: The contact has ended meanwhile/);
});

test("the reminder names what nobody has verified for as long as the exchange is set to, and forgets what is", async () => {
  const due = async (client: string) =>
    (
      await exchange.ask(
        client,
        "{ contactsToVerify(first: 100) { totalCount nodes { contact version kind verifiedAt } } }",
      )
    ).data.contactsToVerify.nodes;
  const { contact: id } = await added();
  const isDue = async () => (await due(PAK)).some((one: any) => one.contact === id);
  expect((await due(PAK)).length).toBeGreaterThan(0);
  expect(await isDue()).toBe(false);
  await moveClock(owner, 99);
  expect(await isDue()).toBe(false);
  await moveClock(owner, 100);
  expect(await isDue()).toBe(true);
  await done(exchange, PAK, "verifyContact", { contact: id, version: 1 });
  expect(await isDue()).toBe(false);
  expect((await find(READER, id)).verifiedAt).toMatch(new RegExp(`^${dayIn(100)}`));
  await moveClock(owner, 0);
  expect((await due(analystOf("IRN"))).map(({ contact: other }: any) => other)).not.toContain(id);
  expect(await due("secretariat-desk")).toEqual([]);
});

test("liaison officers are a kind of their own: opened by no agreement on the others, and by one on them", async () => {
  const query = `{ country(code: "PAK") { liaisonOfficers { title postedTo email } } }`;
  for (const client of [READER, analystOf("BGR"), "secretariat-desk"]) {
    const { data, errors } = await exchange.ask(client, query);
    expect(data.country.liaisonOfficers).toMatchObject([{ postedTo: "GBR", email: null }]);
    expect(errors?.map(({ extensions }) => extensions.withheld)).toEqual([
      "CONTACT_DETAILS:LIAISON_OFFICER",
    ]);
  }
  const { data } = await exchange.ask(PAK, query);
  expect(data.country.liaisonOfficers).toMatchObject([{ email: "liaison.pak@example.org" }]);
  const propose = `mutation { proposeAgreement(input: { title: "Liaison", kind: BILATERAL, terms: [{ category: CONTACT_DETAILS,
    owners: ["PAK"], viewers: ["GBR"], contactKinds: ["LIAISON_OFFICER"] }] }) { agreement { id } userErrors { message } } }`;
  const { id } = (await exchange.ask(PAK, propose)).data.proposeAgreement.agreement;
  for (const client of [APPROVER, approverOf("GBR")])
    await act(exchange, client, "acceptAgreement", { id, version: 1 });
  expect((await exchange.ask(analystOf("GBR"), query)).data.country.liaisonOfficers).toMatchObject([
    { email: "liaison.pak@example.org" },
  ]);
});

test("versions, and what waits, are shown to the owner's people and counted for nobody else", async () => {
  await done(exchange, PAK, "addContact", contact());
  const own = await versions(PAK, ", waiting: true");
  expect(own.totalCount).toBeGreaterThan(0);
  const page = `{ contactVersions(first: 1) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`;
  const first = (await exchange.ask(PAK, page)).data.contactVersions;
  const second = (
    await exchange.ask(
      PAK,
      page.replace("first: 1", `first: 1, after: "${first.pageInfo.endCursor}"`),
    )
  ).data;
  expect(second.contactVersions.nodes[0].id).not.toBe(first.nodes[0].id);
  for (const [partner, client] of READERS) {
    if (partner === "PAK") continue;
    const { nodes } = await versions(client);
    const strangers = nodes.filter(({ contact: id }: any) =>
      own.nodes.some((one: any) => one.contact === id),
    );
    expect([partner, strangers]).toEqual([partner, []]);
  }
});

test("the same key is the same contact; what was written is in the owner's log", async () => {
  const input = { ...contact(), idempotencyKey: "once" };
  const one = await done(exchange, PAK, "addContact", input);
  expect(await done(exchange, PAK, "addContact", input)).toEqual(one);
  const reused = await call(exchange, PAK, "addContact", { ...input, title: "Another" });
  expect(reused.refused[0]).toMatch(/^IDEMPOTENCY_KEY_REUSED/);
  const { rows } = await owner.query(
    "SELECT operation, detail FROM audit.entry WHERE owner = 'PAK' AND actor = $1 AND category = 'CONTACT_DETAILS' AND operation = 'COLLECTION'",
    [PAK],
  );
  expect(rows).toContainEqual({ operation: "COLLECTION", detail: ["NATIONAL_CONTACT_POINT"] });
});

test.each<[string, string, object, RegExp]>([
  ["a name that is empty", PAK, { name: " " }, /^BAD_USER_INPUT input.name: is empty/],
  [
    "a mail that is none",
    PAK,
    { email: "nobody" },
    /^BAD_USER_INPUT input.email: .*desk@example.org/,
  ],
  [
    "a number that is none",
    PAK,
    { phone: "ring twice" },
    /^BAD_USER_INPUT input.phone: .*country's code/,
  ],
  ["no language", PAK, { languages: [] }, /^BAD_USER_INPUT input.languages/],
  [
    "a language that is none",
    PAK,
    { languages: ["en", "English"] },
    /^BAD_USER_INPUT input.languages.1: .*en, fa-AF/,
  ],
  [
    "a language twice",
    PAK,
    { languages: ["en", "en"] },
    /^BAD_USER_INPUT input.languages.1: stands twice/,
  ],
  [
    "hours of somebody always there",
    PAK,
    { hours: "08:00 to 16:00" },
    /^BAD_USER_INPUT input.hours/,
  ],
  [
    "no hours of somebody not always there",
    PAK,
    { available24x7: false },
    /^BAD_USER_INPUT input.hours/,
  ],
  [
    "a day that is none",
    PAK,
    { validFrom: "2027-02-30" },
    /^BAD_USER_INPUT input.validFrom: "2027-02-30" is not a day/,
  ],
  ["a day past", PAK, { validFrom: "2020-01-01" }, /^BAD_USER_INPUT input.validFrom: is past/],
  [
    "an end before the beginning",
    PAK,
    { validUntil: dayIn(0) },
    /^BAD_USER_INPUT input.validUntil/,
  ],
  [
    "a liaison officer posted nowhere",
    PAK,
    { kind: "LIAISON_OFFICER" },
    /^BAD_USER_INPUT input.postedTo/,
  ],
  [
    "one posted to no country",
    PAK,
    { kind: "LIAISON_OFFICER", postedTo: "XXX" },
    /^BAD_USER_INPUT input.postedTo: "XXX"/,
  ],
  [
    "an alternate of another's",
    PAK,
    { alternateOf: "ce5b6cab-7bb6-4719-9b28-77fff2a96109" },
    /^BAD_USER_INPUT input.alternateOf/,
  ],
  [
    "an institution's",
    officerOf("FRONTEX"),
    {},
    /^FORBIDDEN input: Only officers and approvers of a country/,
  ],
  ["the desk's", "secretariat-desk", {}, /^FORBIDDEN input/],
])("%s is refused, with its remedy", async (_name, client, change, expected) => {
  const { refused, data } = await call(exchange, client, "addContact", contact(change));
  expect(refused[0]).toMatch(expected);
  expect(data.contact).toBeNull();
});
