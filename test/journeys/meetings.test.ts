/** Meetings, chairs and next steps; and what is open to anybody: chairs, resource centres, the memorandum's standing. */
import type { Client } from "pg";
import { approverOf, officerOf } from "../support/alerts";
import { atOnce, call, dayIn, done, moveClock } from "../support/community";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { AUDITOR, analystOf, FUNDER, READERS } from "../support/people";

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
});
afterAll(() => exchange?.stop());

const DESK = "secretariat-desk";
const MEETING =
  "meeting { number date revision place theme participants { country { code } institution } agenda { revision setBy items { title exercise } } nextSteps { id task responsible due doneOn overdue } }";
const CHAIR =
  "chair { seat holder { country { code } endorsedAtMeeting } history { country { code } since until source } }";
const meeting = (change: object = {}) => ({
  number: 50,
  date: dayIn(20),
  mode: "IN_PERSON",
  place: "Nowhere (fictional)",
  host: "MKD",
  participants: [{ country: "PAK" }, { institution: "Institution (fictional)" }],
  source: "Fictional, for a test",
  ...change,
});

test("what public documents say of the second and third meeting is there, with its source", async () => {
  const query = `{ meetings(first: 10) { nodes { number date mode place host { code } officials countriesPresent source
    participants { country { code } institution presentedProfile } outcomes nextSteps { task } } } }`;
  const { data } = await exchange.ask(FUNDER, query);
  const [third, second] = data.meetings.nodes.filter(({ number }: any) => number < 10);
  expect(second).toMatchObject({
    date: "2022-05-18",
    mode: "HYBRID",
    place: "Ohrid",
    host: { code: "MKD" },
  });
  const countries = second.participants.filter(({ country }: any) => country !== null);
  const institutions = second.participants.flatMap(({ institution }: any) => institution ?? []);
  expect(countries.map(({ country }: any) => country.code)).toEqual(
    "AUT AZE BGD BGR BIH DEU FRA HUN IRN IRQ MKD PAK SRB".split(" "),
  );
  expect(institutions.sort()).toEqual(["European Commission", "Frontex", "UNODC"]);
  expect(countries.filter((one: any) => one.presentedProfile)).toHaveLength(10);
  expect(second.nextSteps).toHaveLength(3);
  expect(third).toMatchObject({
    date: "2023-05-04",
    mode: "ONLINE",
    place: null,
    officials: 22,
    countriesPresent: 9,
  });
  for (const { source } of [second, third]) expect(source).toMatch(/COLEP.*20(22|23)/);
});

test("meetings are for partners; to the auditor, to nobody and to no role they are closed", async () => {
  for (const [partner, client] of READERS) {
    const { data } = await exchange.ask(
      client,
      "{ meetings { totalCount } meeting(number: 2) { number } nextSteps { totalCount } }",
    );
    expect([partner, data.meeting]).toEqual([partner, { number: 2 }]);
  }
  for (const client of [AUDITOR, null]) {
    const { data, errors } = await exchange.ask(
      client,
      "{ meetings { totalCount } meeting(number: 2) { number } nextSteps { totalCount } }",
    );
    expect(data).toEqual({ meetings: null, meeting: null, nextSteps: null });
    expect(errors?.[0]?.extensions.code).toBe(client === null ? "UNAUTHENTICATED" : "FORBIDDEN");
  }
});

test("no person's name is anywhere in what everybody or every partner reads of a meeting", async () => {
  await done(
    exchange,
    "bgr-officer",
    "setAgenda",
    { meeting: 99, revision: 1, items: [{ title: "One item" }] },
    MEETING,
  );
  const { text } = await exchange.ask(
    analystOf("AUT"),
    `{ meetings { nodes { ${MEETING.slice("meeting { ".length, -2)} } } chairs { seat holder { source } } }`,
  );
  expect(text).toContain('"setBy":"BGR"');
  expect(text).not.toMatch(/-officer|-approver|secretariat-desk/);
});

test("the chairs of a day: Bulgaria and Pakistan endorsed in 2022, Bulgaria and Iraq in 2023, the third seat vacant", async () => {
  const holders = async (on?: string) => {
    const { data } = await exchange.ask(
      null,
      `{ chairs${on ? `(on: "${on}")` : ""} { seat holder { country { code } endorsedAtMeeting } history { source } } }`,
    );
    return data.chairs.map(({ holder }: any) => holder?.country.code ?? null);
  };
  expect(await holders("2022-05-17")).toEqual([null, null, null]);
  expect(await holders("2022-05-18")).toEqual(["BGR", "PAK", null]);
  expect(await holders("2023-05-03")).toEqual(["BGR", "PAK", null]);
  expect(await holders("2023-05-04")).toEqual(["BGR", "IRQ", null]);
  expect(await holders()).toEqual(["BGR", "IRQ", null]);
  const { errors } = await exchange.ask(null, `{ chairs(on: "yesterday") { seat } }`);
  expect(errors?.[0]?.message).toMatch(/^on: is not a day/);
});

test("the desk records that a meeting endorsed a chair, and its last day; a membership says the same", async () => {
  const endorsement = { seat: 3, country: "FRA", meeting: 3, source: "Fictional, for a test" };
  const { chair } = await done(exchange, DESK, "endorseChair", endorsement, CHAIR);
  expect(chair.holder).toEqual({ country: { code: "FRA" }, endorsedAtMeeting: 3 });
  const taken = await call(
    exchange,
    DESK,
    "endorseChair",
    { ...endorsement, country: "DEU" },
    CHAIR,
  );
  expect(taken.refused).toEqual([
    "BAD_USER_INPUT input.seat: Seat 3 is held by FRA then. End that first, with endChair.",
  ]);
  const { data } = await exchange.ask(
    null,
    `{ country(code: "FRA") { memberships { role since } } }`,
  );
  expect(data.country.memberships).toContainEqual({ role: "COLEP_CHAIR", since: "2023-05-04" });
  const end = { seat: 3, country: "FRA", until: dayIn(-1), source: "Fictional" };
  const ended = await done(exchange, DESK, "endChair", end, CHAIR);
  expect(ended.chair).toMatchObject({
    holder: null,
    history: [{ until: dayIn(-1), source: expect.stringMatching(/; ended: /) }],
  });
  expect((await call(exchange, DESK, "endChair", end, CHAIR)).refused[0]).toMatch(
    /^REVISION_CONFLICT .*Seat 3 is vacant/,
  );
});

test("two who endorse for one seat at once: one wins", async () => {
  const input = (country: string) => ({
    seat: 3,
    country,
    meeting: 3,
    since: dayIn(0),
    source: "Fictional",
  });
  const endorse = (country: string) => () =>
    call(exchange, DESK, "endorseChair", input(country), CHAIR);
  const both = await atOnce(owner, "membership", [endorse("DEU"), endorse("AUT")]);
  expect(both.map(({ refused }) => refused.length).sort()).toEqual([0, 1]);
});

test.each<[string, object, RegExp]>([
  ["a fourth seat", { seat: 4 }, /input.seat: There are three seats/],
  ["a meeting to come", { meeting: 99 }, /input.meeting: No such meeting has been held/],
  ["a country outside of COLEP", { country: "AFG" }, /input.country: takes no part in COLEP/],
  [
    "a country that holds another seat",
    { seat: 2, country: "BGR", meeting: 2 },
    /input.seat: Seat 2 is held by/,
  ],
  ["a day before the meeting", { since: "2023-05-03" }, /input.since: is before the meeting/],
  ["no source", { source: " " }, /input.source: is empty/],
])("a chair with %s is refused", async (_name, change, expected) => {
  const input = { seat: 1, country: "HUN", meeting: 3, source: "Fictional", ...change };
  expect((await call(exchange, DESK, "endorseChair", input, CHAIR)).refused[0]).toMatch(expected);
});

test("a meeting's agenda is set by the desk and by the chairs of its day, and by nobody else", async () => {
  await done(exchange, DESK, "recordMeeting", meeting(), MEETING);
  const set = (client: string, revision: number, number = 50) =>
    call(
      exchange,
      client,
      "setAgenda",
      { meeting: number, revision, items: [{ title: "A", exercise: true }] },
      MEETING,
    );
  expect((await set(officerOf("IRQ"), 0)).data.meeting.agenda).toEqual({
    revision: 1,
    setBy: "IRQ",
    items: [{ title: "A", exercise: true }],
  });
  expect((await set(DESK, 1)).data.meeting.agenda).toMatchObject({
    revision: 2,
    setBy: "SECRETARIAT",
  });
  for (const client of [officerOf("PAK"), approverOf("MKD"), officerOf("FRONTEX")])
    expect((await set(client, 2)).refused).toEqual([
      "FORBIDDEN input.meeting: Only the desk, and countries that hold a chair on the day of the meeting, set its agenda.",
    ]);
  expect((await set(officerOf("PAK"), 0, 2)).data.meeting.agenda).toMatchObject({ setBy: "PAK" });
  expect((await set(officerOf("IRQ"), 0, 2)).refused[0]).toMatch(/^FORBIDDEN/);
  const both = await atOnce(owner, "agenda", [() => set(DESK, 2), () => set(officerOf("BGR"), 2)]);
  expect(both.flatMap(({ refused }) => refused)).toEqual([
    expect.stringMatching(/^REVISION_CONFLICT .*revision 3/),
  ]);
});

test("the desk keeps the meetings: nobody else, not twice, and not over somebody's head", async () => {
  await done(exchange, DESK, "recordMeeting", meeting({ number: 51 }), MEETING);
  for (const client of [officerOf("MKD"), approverOf("BGR"), officerOf("UNODC")])
    expect(
      (await call(exchange, client, "recordMeeting", meeting({ number: 52 }), MEETING)).refused[0],
    ).toMatch(/^FORBIDDEN input:/);
  expect(
    (await call(exchange, DESK, "recordMeeting", meeting({ number: 51 }), MEETING)).refused[0],
  ).toMatch(/recorded already/);
  const amended = await done(
    exchange,
    DESK,
    "amendMeeting",
    { ...meeting({ number: 51, theme: "Theme", participants: [] }), revision: 1 },
    MEETING,
  );
  expect(amended.meeting).toMatchObject({ revision: 2, theme: "Theme", participants: [] });
  const late = await call(
    exchange,
    DESK,
    "amendMeeting",
    { ...meeting({ number: 51 }), revision: 1 },
    MEETING,
  );
  expect(late.refused).toEqual([
    "REVISION_CONFLICT input.revision: The meeting is at revision 2. Read it again and repeat.",
  ]);
});

test("a next step is overdue the day after its day, by the exchange's clock, until who is responsible says it is done", async () => {
  const step = { meeting: 3, task: "Report (fictional).", responsible: "IRN", due: dayIn(10) };
  const { meeting: made } = await done(exchange, DESK, "addNextStep", step, MEETING);
  const { id } = made.nextSteps.at(-1);
  const overdue = async (): Promise<boolean> => {
    const query =
      "{ all: nextSteps(first: 100) { nodes { id overdue } } late: nextSteps(first: 100, overdue: true) { nodes { id } } }";
    const { all, late } = (await exchange.ask(FUNDER, query)).data;
    const flagged = all.nodes.find((one: any) => one.id === id).overdue;
    expect(late.nodes.some((one: any) => one.id === id)).toBe(flagged);
    return flagged;
  };
  expect(await overdue()).toBe(false);
  await moveClock(owner, 10);
  expect(await overdue()).toBe(false);
  await moveClock(owner, 11);
  expect(await overdue()).toBe(true);
  expect(
    (await call(exchange, officerOf("PAK"), "completeNextStep", { id }, MEETING)).refused[0],
  ).toMatch(/^FORBIDDEN input.id/);
  await done(exchange, officerOf("IRN"), "completeNextStep", { id }, MEETING);
  expect(await overdue()).toBe(false);
  expect((await call(exchange, DESK, "completeNextStep", { id }, MEETING)).refused[0]).toMatch(
    /^REVISION_CONFLICT/,
  );
  await moveClock(owner, 0);
});

test.each<[string, object, RegExp]>([
  ["no day", { date: "soon" }, /input.date: "soon" is not a day/],
  ["a place of a meeting online", { mode: "ONLINE" }, /input.place/],
  ["no place", { place: null }, /input.place/],
  ["a host that is no country", { host: "XXX" }, /input.host: is no country/],
  [
    "a participant that is no country",
    { participants: [{ country: "XXX" }] },
    /input.participants.0.country: is no country/,
  ],
  [
    "a participant that is nothing",
    { participants: [{}] },
    /input.participants.0: Name a country or an institution/,
  ],
  [
    "a participant twice",
    { participants: [{ country: "PAK" }, { country: "PAK" }] },
    /input.participants.1: stands twice/,
  ],
  ["fewer than no officials", { officials: -1 }, /input.officials: is below zero/],
  ["no number", { number: 0 }, /input.number: Meetings are numbered/],
  ["no source", { source: "" }, /input.source: is empty/],
])("a meeting with %s is refused", async (_name, change, expected) => {
  expect(
    (await call(exchange, DESK, "recordMeeting", meeting({ number: 60, ...change }), MEETING))
      .refused[0],
  ).toMatch(expected);
});

test.each<[string, string, object, RegExp]>([
  [
    "addNextStep",
    "no partner",
    { meeting: 2, task: "t", responsible: "XXX" },
    /input.responsible: is no partner/,
  ],
  [
    "addNextStep",
    "no meeting",
    { meeting: 70, task: "t", responsible: "PAK" },
    /^NOT_FOUND input.meeting/,
  ],
  [
    "addNextStep",
    "no day",
    { meeting: 2, task: "t", responsible: "PAK", due: "x" },
    /input.due: "x" is not a day/,
  ],
  ["completeNextStep", "no step", { id: "x" }, /^NOT_FOUND input.id/],
  [
    "setAgenda",
    "no item",
    { meeting: 99, revision: 2, items: [] },
    /input.items: An agenda has 1 to 50/,
  ],
])("%s with %s is refused", async (mutation, _name, input, expected) => {
  expect((await call(exchange, DESK, mutation, input, MEETING)).refused[0]).toMatch(expected);
});

test("anybody reads the seven resource centres and the memorandum's standing, each with its source", async () => {
  const { data, errors } = await exchange.ask(
    null,
    `{ migrantResourceCentres { country city asOf source }
    country(code: "PAK") { migrantResourceCentres { city } memorandum { state asOf source } } }`,
  );
  expect(errors).toBeUndefined();
  expect(data.migrantResourceCentres.map(({ country, city }: any) => `${country} ${city}`)).toEqual(
    [
      "AFG Kabul",
      "BGD Dhaka",
      "BGD Cumilla",
      "IRQ Baghdad",
      "PAK Lahore",
      "PAK Islamabad",
      "TJK Dushanbe",
    ],
  );
  expect(data.country.migrantResourceCentres).toEqual([{ city: "Lahore" }, { city: "Islamabad" }]);
  expect(data.country.memorandum).toMatchObject([
    { state: "SUBMITTED_FOR_NATIONAL_APPROVAL", asOf: "2020-11-01" },
  ]);
});

test("a country's approver says where its own approval stands, and no other's", async () => {
  const status = { state: "SIGNED", asOf: dayIn(-2), source: "Fictional, for a test" };
  const fields = "memorandum { state asOf }";
  const { memorandum } = await done(exchange, approverOf("TUR"), "recordMouStatus", status, fields);
  expect(memorandum.map(({ state }: any) => state)).toEqual([
    "SUBMITTED_FOR_NATIONAL_APPROVAL",
    "SIGNED",
  ]);
  expect(
    (await call(exchange, approverOf("TUR"), "recordMouStatus", status, fields)).refused[0],
  ).toMatch(/^REVISION_CONFLICT input.asOf/);
  const later = { ...status, asOf: dayIn(1) };
  expect(
    (await call(exchange, approverOf("TUR"), "recordMouStatus", later, fields)).refused[0],
  ).toMatch(/in the future/);
  await expect(call(exchange, officerOf("TUR"), "recordMouStatus", status, fields)).rejects.toThrow(
    "Your role does not do this",
  );
  const { data } = await exchange.ask(null, `{ country(code: "IRN") { memorandum { state } } }`);
  expect(data.country.memorandum).toEqual([{ state: "SUBMITTED_FOR_NATIONAL_APPROVAL" }]);
});

test("the members of a network on a day", async () => {
  const codes = async (on: string) =>
    (await exchange.ask(null, `{ countries(network: COLEP, on: "${on}") { code } }`)).data.countries
      .length;
  expect([await codes("2022-05-17"), await codes("2022-05-18")]).toEqual([0, 13]);
  const { errors } = await exchange.ask(
    null,
    `{ countries(network: COLEP, on: "18.5.2022") { code } }`,
  );
  expect(errors?.[0]?.message).toMatch(/^on: is not a day/);
});
