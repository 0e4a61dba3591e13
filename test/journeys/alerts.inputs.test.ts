/** What is refused, with its place and a remedy; and messages that come in as files. */
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

const inInfo = (change: object) => ({ info: [info(change)] });

test.each<[string, object, string, string]>([
  ["no info", { info: [] }, "input.info", "at least one"],
  ["an expiry in the past", inInfo({ expires: inHours(-1) }), "input.info.0.expires", "past"],
  [
    "an expiry years ahead",
    inInfo({ expires: inHours(24 * 400) }),
    "input.info.0.expires",
    "update",
  ],
  ["an expiry that is none", inInfo({ expires: "tomorrow" }), "input.info.0.expires", "Write 20"],
  ["an onset after the expiry", inInfo({ onset: inHours(48) }), "input.info.0.onset", "after"],
  [
    "a category that is not ours",
    inInfo({ category: ["Met"] }),
    "input.info.0.category",
    "Security",
  ],
  ["no event code of ours", inInfo({ eventCode: [] }), "input.info.0.eventCode", "NEW_ROUTE"],
  [
    "an event code that is none",
    inInfo({ eventCode: [{ valueName: "accord:event", value: "X" }] }),
    "input.info.0.eventCode",
    "SURGE",
  ],
  [
    "a language tag that is none",
    inInfo({ language: "english, please" }),
    "input.info.0.language",
    "en-US",
  ],
  [
    "an address that could run",
    inInfo({ web: "javascript:alert(1)" }),
    "input.info.0.web",
    "https",
  ],
  [
    "a geocode that is none",
    inInfo({ area: [{ areaDesc: "A", geocode: [{ valueName: "ISO3166-1", value: "Pakistan" }] }] }),
    "input.info.0.area.0.geocode.0.value",
    "ISO3166-1",
  ],
  [
    "an open polygon",
    inInfo({ area: [{ areaDesc: "A", polygon: ["38,44 38,45 39,45"] }] }),
    "input.info.0.area.0.polygon.0",
    "four points",
  ],
  [
    "a point beside the globe",
    inInfo({ area: [{ areaDesc: "A", circle: ["91,10 5"] }] }),
    "input.info.0.area.0.circle.0",
    "lat,lon",
  ],
  ["an empty text", inInfo({ headline: " " }), "input.info.0.headline", "Leave it out"],
  [
    "a text that no file can carry",
    inInfo({ headline: "a\u0007b" }),
    "input.info.0.headline",
    "no file can carry",
  ],
  [
    "a text without end",
    inInfo({ description: "x".repeat(5_001) }),
    "input.info.0.description",
    "longer",
  ],
  ["a code in two words", { code: ["two words"] }, "input.code.0", "no spaces"],
  ["a code that would be read as a marking", { code: ["TLP:CLEAR"] }, "input.code.0", "marking"],
  ["no addressee", { addresses: { partners: [] } }, "input.addresses", "Address somebody"],
  [
    "an addressee that does not exist",
    { addresses: { partners: ["ATL"] } },
    "input.addresses",
    '"ATL"',
  ],
  [
    "the log's auditor as addressee",
    { addresses: { partners: ["AUDITOR"] } },
    "input.addresses",
    '"AUDITOR"',
  ],
  [
    "a group that does not exist",
    { addresses: { groups: ["NOBODY"] } },
    "input.addresses",
    "NOBODY",
  ],
  ["the sender itself", { addresses: { partners: ["TUR"] } }, "input.addresses", "yourself"],
  [
    "a person below TLP:RED",
    { addresses: { persons: ["PAK/pak-officer"] } },
    "input.addresses",
    "TLP:RED only",
  ],
  ["a whole partner for TLP:RED", { tlp: "RED" }, "input.addresses", "persons by name"],
  ["Public that is not CLEAR", { scope: "Public" }, "input.scope", "TLP:CLEAR"],
  ["Restricted without its rule", { scope: "Restricted" }, "input.restriction", "rule"],
  ["a rule without Restricted", { restriction: "police" }, "input.restriction", "Restricted"],
  ["H3 without words", { handling: ["H3"] }, "input.handlingNote", "H3"],
  ["a deadline of no time", { acknowledgeWithin: 1 }, "input.acknowledgeWithin", "5 to 10080"],
])("%s is refused", async (_name, change, path, remedy) => {
  const found = await refusal(exchange, TUR, "issueAlert", message(change));
  expect(found).toMatchObject({ code: "BAD_USER_INPUT", path, alert: null });
  expect(found.message).toContain(remedy);
});

describe("free text that looks like a person's record is refused, wherever it stands", () => {
  test.each([
    ["a passport number", "Seen with passport no. AB 1234567"],
    ["a number in Persian digits", "گذرنامه ۱۲۳۴۵۶۷۸۹"],
    ["an identity number of thirteen digits", "CNIC 35202-1234567-1 in use"],
    ["a name with a date of birth", "Example Person, 12.03.1984, is the driver"],
    ["a date of birth in words", "The driver, born on 2 May 1979"],
    ["a year of birth in Arabic", "المهرب مواليد 1980"],
    ["machine-readable lines", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<"],
    ["a number cut by what cannot be seen", "passport 12\u200b34\u200b567"],
  ])("%s", async (_name, text) => {
    for (const [change, path] of [
      [inInfo({ headline: text }), "input.info.0.headline"],
      [inInfo({ description: `It is known: ${text}` }), "input.info.0.description"],
      [inInfo({ instruction: text }), "input.info.0.instruction"],
      [
        inInfo({ parameter: [{ valueName: "who", value: text }] }),
        "input.info.0.parameter.0.value",
      ],
      [inInfo({ area: [{ areaDesc: text }] }), "input.info.0.area.0.areaDesc"],
      [{ note: text }, "input.note"],
    ] as const) {
      const found = await refusal(exchange, TUR, "issueAlert", message(change));
      expect(found).toMatchObject({ code: "BAD_USER_INPUT", path, alert: null });
      expect(found.message).toMatch(/channels of a case|Leave them out/);
      expect(found.message).not.toContain(text);
    }
  });

  test("in an answer and in a cancellation too", async () => {
    const { identifier: alert } = await issue(exchange, TUR);
    const note = "Passport AB1234567";
    expect(await refusal(exchange, PAK, "rejectAlert", { alert, note })).toMatchObject({
      path: "input.note",
    });
    expect(await refusal(exchange, TUR, "cancelAlert", { alert, note })).toMatchObject({
      path: "input.note",
    });
  });

  test.each([
    "27,640 applications in the summer of 2015, 258 in the quarter after.",
    "Groups of 20 to 40 persons cross near the lake since 12.03.2026, mostly at night.",
    "Passports of the 2015 series with false stamps; visas of two states. Call +90 312 000 00 00.",
    "Border Police Directorate, 12.03.2026: three boats, 41.123456,26.543210.",
  ])("but not what a warning is made of: %s", async (description) => {
    await issue(exchange, TUR, inInfo({ description }));
  });
});

test("everything that is wrong is told at once, and nothing is stored", async () => {
  const before = (await exchange.ask(TUR, "{ alerts { totalCount } }")).data.alerts.totalCount;
  const { data } = await act(
    exchange,
    TUR,
    "issueAlert",
    message({ scope: "Public", info: [info({ web: "x", language: "?" })] }),
  );
  expect(data.issueAlert.userErrors).toHaveLength(3);
  expect((await exchange.ask(TUR, "{ alerts { totalCount } }")).data.alerts.totalCount).toBe(
    before,
  );
});

test("another owner's group is as unknown as none", async () => {
  const input = '{ id: "THEIRS", name: "Theirs", add: ["PAK"] }';
  const made = await exchange.ask(
    officerOf("BGD"),
    `mutation { changePartnerGroup(input: ${input}) { userErrors { message } } }`,
  );
  expect(made.data.changePartnerGroup.userErrors).toEqual([]);
  const [theirs, none] = await Promise.all(
    ["THEIRS", "NOBODY"].map((group) =>
      refusal(exchange, TUR, "issueAlert", message({ addresses: { groups: [group] } })),
    ),
  );
  expect(theirs?.message.replace("THEIRS", "NOBODY")).toBe(none?.message);
});

test("analysts, observers and nobody issue nothing", async () => {
  for (const client of [analystOf("TUR"), "observer-nld", "auditor-desk"]) {
    expect(
      (await act(exchange, client, "issueAlert", message())).errors?.[0]?.extensions.code,
    ).toBe("FORBIDDEN");
  }
  const { errors } = await exchange.ask(
    null,
    'mutation { acknowledgeAlert(input: { alert: "x" }) { alert { identifier } } }',
  );
  expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
});

describe("a CAP file", () => {
  const xmlOf = async (client: string, id: string): Promise<string> =>
    (await exchange.ask(client, "query ($id: ID!) { alert(identifier: $id) { xml } }", { id })).data
      .alert.xml;

  test("that was exported is imported as a message of one's own, once", async () => {
    const { identifier } = await issue(exchange, TUR, {
      handling: ["H3"],
      handlingNote: "Ask us",
      evaluation: { source: "B", information: "I3" },
      code: ["X-1"],
      info: [
        info({ instruction: "Watch.\n& report <all>." }),
        info({ language: "ur", headline: "نیا راستہ" }),
      ],
    });
    const xml = (await xmlOf(TUR, identifier)).replace(
      /<identifier>.*<\/identifier>/,
      "<identifier>NATIONAL-1</identifier>",
    );
    const first = await done(exchange, TUR, "importAlert", { xml });
    expect(first.identifier).not.toBe(identifier);
    expect(await done(exchange, TUR, "importAlert", { xml })).toMatchObject({
      identifier: first.identifier,
    });
    const strip = (text: string) => text.replace(/<(identifier|sent)>.*<\/\1>/g, "");
    expect(strip(await xmlOf(TUR, first.identifier))).toBe(strip(xml));
    expect(strip(await xmlOf(PAK, first.identifier))).toBe(strip(xml));
  });

  test("updates and cancels what it refers to", async () => {
    const { identifier } = await issue(exchange, TUR);
    const xml = await xmlOf(TUR, identifier);
    const sent = /<sent>(.*)<\/sent>/.exec(xml)?.[1];
    const references = `<references>TUR,${identifier},${sent}</references>`;
    const update = xml
      .replace(identifier, "NATIONAL-2")
      .replace(">Alert<", ">Update<")
      .replace("<info>", `${references}<info>`);
    const next = await done(exchange, TUR, "importAlert", { xml: update });
    expect(next.msgType).toBe("Update");
    const cancel = update
      .replace("NATIONAL-2", "NATIONAL-3")
      .replace(">Update<", ">Cancel<")
      .replace(`TUR,${identifier}`, "TUR,NATIONAL-2")
      .replace("<references>", "<note>Over.</note><references>");
    expect(next.identifier).not.toBe(identifier);
    expect((await done(exchange, TUR, "importAlert", { xml: cancel })).msgType).toBe("Cancel");
    expect(
      await refusal(exchange, PAK, "importAlert", { xml: cancel.replace("NATIONAL-3", "N-4") }),
    ).toMatchObject({
      code: "FORBIDDEN",
    });
  });

  test("of another partner's message is not issued as one's own, whomever it would go to", async () => {
    const { identifier } = await issue(exchange, TUR);
    const xml = await xmlOf(PAK, identifier);
    const addresses = { partners: ["BGD"] };
    const found = await refusal(exchange, PAK, "importAlert", {
      xml: xml.replace(identifier, "NATIONAL-6"),
      addresses,
    });
    expect(found).toMatchObject({
      code: "FORBIDDEN",
      path: "input.xml",
      message: expect.stringContaining("TUR"),
    });
  });

  test("is held to the same rules, and says where it breaks them", async () => {
    const { identifier } = await issue(exchange, TUR);
    const xml = (await xmlOf(TUR, identifier)).replace(identifier, "NATIONAL-5");
    const refused = (text: string) => refusal(exchange, TUR, "importAlert", { xml: text });
    expect(await refused(xml.replace(/<expires>.*<\/expires>/, ""))).toMatchObject({
      message: "alert.info.expires is missing.",
    });
    expect(await refused(xml.replace("TLP:AMBER", "TLP:WHITE"))).toMatchObject({
      path: "input.tlp",
    });
    expect(await refused(xml.replace("<headline>", "<headline>Passport AB1234567 "))).toMatchObject(
      {
        path: "input.info.0.headline",
      },
    );
    expect(await refused(xml.replace(">Alert<", ">Ack<"))).toMatchObject({
      message: expect.stringContaining("acknowledgeAlert"),
    });
    expect(
      await refused('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'),
    ).toMatchObject({
      message: expect.stringContaining("document type"),
    });
  });
});

test("a second person confirms what a first has written, whatever their names", async () => {
  const draft = await issue(exchange, approverOf("TUR"), { addresses: { partners: ["FRA"] } });
  expect(draft.state).toBe("DRAFT");
  expect(await done(exchange, TUR, "confirmAlert", { alert: draft.identifier })).toMatchObject({
    state: "ACTIVE",
  });
});
