/** CAP files of others: what is valid comes in, what is not is refused, and the life of a message is ended by its triplets. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { act, approverOf, done, issue, officerOf, refusal, sees } from "../support/alerts";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { analystOf } from "../support/people";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const TUR = officerOf("TUR");
const PAK = officerOf("PAK");
const FOLDER = join(__dirname, "..", "support", "cap");
const YEAR = 365 * 86_400_000;

/** A file of the folder, with expiries in the coming months: a warning holds for a year at most. */
const fileOf = (name: string): string =>
  readFileSync(join(FOLDER, `${name}.xml`), "utf8").replace(
    /(<expires>)2027(-0[12]-\d\dT12:00:00\+\d\d:\d\d)/g,
    (_all, tag, rest) => `${tag}${new Date(Date.now() + YEAR / 4).getUTCFullYear()}${rest}`,
  );
const send = { tlp: "AMBER", addresses: { partners: ["PAK", "BGD"] } };
let count = 0;
/** The same under an identifier of its own. */
const fresh = (xml: string): string =>
  xml.replace(/<identifier>[^<]*</, `<identifier>FRESH-${++count}<`);
const base = (): string => fresh(fileOf("base"));

const WHOLE = `query ($id: ID!) { alert(identifier: $id) { identifier state msgType xml origin { sender identifier sent message }
  signature { verified xml } references { sender identifier sent message } info { language headline contact description
    area { polygon geocode { valueName value } altitude ceiling } resource { mimeType digest size } } } }`;
const read = async (client: string, id: string) =>
  (await exchange.ask(client, WHOLE, { id })).data.alert;

test.each([
  "SHA-1-digest",
  "base",
  "big-figure-in-description",
  "empty-contact",
  "empty-note",
  "geocode-DWD-Warncell-9-digits",
  "language-absent",
  "language-whitespace",
  "mime-with-parameter",
  "phone-in-contact-0036",
  "polygon-newline-separated",
  "polygon-trailing-space",
  "same-language-twice",
  "sent-whitespace",
  "signature-ds-prefix",
  "truck-plate-IMO",
])("%s is taken, and comes out with the triplet it came with", async (name) => {
  const xml = fileOf(name);
  const { identifier } = await done(exchange, TUR, "importAlert", { xml, ...send });
  const own = /<identifier>([^<]*)</.exec(xml)?.[1];
  for (const client of [TUR, analystOf("PAK")]) {
    const alert = await read(client, identifier);
    expect(alert.origin).toMatchObject({
      sender: "cap@border.example.org",
      identifier: own,
      sent: "2026-11-27T07:00:00.000Z",
      message: identifier,
    });
    expect(alert.xml).toContain(`<identifier>${own}</identifier>`);
    expect(alert.xml).toContain("<sender>cap@border.example.org</sender>");
    expect(alert.xml).toContain("<sent>2026-11-27T07:00:00-00:00</sent>");
  }
});

test.each([
  ["expires-30-Feb", "no such day"],
  ["expires-offset-23-00", "14:00"],
  ["child-in-other-ns", "not of CAP's namespace"],
  ["identifier-empty", "alert.identifier is empty"],
])("%s is refused", async (name, why) => {
  const found = await refusal(exchange, TUR, "importAlert", { xml: fileOf(name), ...send });
  expect(found).toMatchObject({ code: "BAD_USER_INPUT", path: "input.xml", alert: null });
  expect(found.message).toContain(why);
});

const into = (after: string, text: string) => base().replace(after, `${after}${text}`);
test.each<[string, string, (alert: any) => unknown, unknown]>([
  [
    "an empty language is the default one",
    base().replace("en-GB", ""),
    (it) => it.info[0].language,
    "en-US",
  ],
  [
    "altitudes and ceilings are carried",
    into(
      "</expires>",
      "<area><areaDesc>A</areaDesc><altitude> +100.50 </altitude><ceiling>200.</ceiling></area>",
    ),
    ({ info: [{ area }] }) => [area[0].altitude, area[0].ceiling],
    [100.5, 200],
  ],
  [
    "points of any number of digits, with any white space",
    into(
      "</expires>",
      "<area><areaDesc>A</areaDesc><polygon>\n 46.00000000000001,+18 46.5 , 18.0\t46.5,18.5 46.00000000000001,18.\n</polygon></area>",
    ),
    ({ info: [{ area }] }) => area[0].polygon,
    ["46.00000000000001,+18 46.5,18.0 46.5,18.5 46.00000000000001,18."],
  ],
  [
    "a parameter without a value",
    into("</expires>", "<parameter><valueName>awareness</valueName><value/></parameter>"),
    ({ xml }) => /<value><\/value>|<value\/>/.test(xml),
    true,
  ],
  [
    "a size with a sign",
    into(
      "</expires>",
      "<resource><resourceDesc>r</resourceDesc><mimeType>a/b</mimeType><size> +5 </size></resource>",
    ),
    ({ info: [{ resource }] }) => resource[0].size,
    5,
  ],
])("%s", async (_name, xml, ask, expected) => {
  const { identifier } = await done(exchange, TUR, "importAlert", { xml, ...send });
  expect(ask(await read(TUR, identifier))).toEqual(expected);
});

test("a signature is kept for its sender and marked unverified; a reader is told that there was one", async () => {
  const signature = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:KeyInfo><ds:KeyName>AB1234567</ds:KeyName></ds:KeyInfo></ds:Signature>`;
  const xml = base().replace("</alert>", `${signature}</alert>`);
  const { identifier } = await done(exchange, TUR, "importAlert", { xml, ...send });
  expect((await read(TUR, identifier)).signature).toEqual({ verified: false, xml: signature });
  const theirs = await read(PAK, identifier);
  expect(theirs.signature).toEqual({ verified: false, xml: null });
  expect(JSON.stringify(theirs)).not.toContain("AB1234567");
});

test("all that is wrong is told at once: by the schema, or by the rules of the network", async () => {
  const all = async (xml: string, change: object = {}) => {
    const { data } = await act(exchange, TUR, "importAlert", { xml, ...change });
    return data.importAlert.userErrors.map(
      ({ path, message }: any) => `${path.join(".")}: ${message}`,
    ) as string[];
  };
  const invalid = base()
    .replace("<event>", "<event x='1'>")
    .replace(">Expected<", ">Soon<")
    .replace(/<sender>.*<\/sender>/, "");
  expect(await all(invalid, send)).toEqual(
    expect.arrayContaining([
      expect.stringContaining("alert.sender is missing"),
      expect.stringContaining("attribute"),
      expect.stringContaining('"Soon"'),
    ]),
  );
  const valid = base()
    .replace("Security", "Met")
    .replace(/<eventCode>.*<\/eventCode>/, "")
    .replace(/<expires>.*<\/expires>/, "")
    .replace("New route", "Passport AB1234567");
  expect((await all(valid)).map((one) => one.split(":")[0])).toEqual(
    expect.arrayContaining([
      "input.xml",
      "input.tlp",
      "input.addresses",
      "input.info.0.category",
      "input.info.0.eventCode",
      "input.info.0.event",
    ]),
  );
});

test("what a file says of its marking is not passed over", async () => {
  const marked = (code: string) => base().replace("</scope>", `</scope><code>${code}</code>`);
  expect(
    await refusal(exchange, TUR, "importAlert", { xml: marked("TLP:RED"), ...send }),
  ).toMatchObject({
    path: "input.tlp",
  });
  for (const code of ["TLP:WHITE", "accord:evaluation=Q/1", "TLP:GREEN</code><code>TLP:CLEAR"]) {
    const { text } = await act(exchange, TUR, "importAlert", { xml: marked(code), ...send });
    expect(text).toMatch(/none of this exchange|and they differ/);
  }
});

describe("the same file again is the same message", () => {
  test("formatted otherwise, by another person, under another prefix", async () => {
    const xml = base();
    const { identifier } = await done(exchange, TUR, "importAlert", { xml, ...send });
    const others = [
      xml.replace(/></g, ">\n  <"),
      xml.replace(/<(\/?)(\w)/g, "<$1c:$2").replace("xmlns=", "xmlns:c="),
      xml.replace("New route", "<![CDATA[New route]]><!-- said again -->"),
      xml.replace("2026-11-27T08:00:00+01:00", "2026-11-27T07:00:00-00:00"),
    ];
    for (const [at, other] of others.entries()) {
      expect(other).not.toBe(xml);
      const client = at % 2 === 0 ? TUR : approverOf("TUR");
      expect(
        (await done(exchange, client, "importAlert", { xml: other, ...send })).identifier,
      ).toBe(identifier);
    }
    const key = { ...send, idempotencyKey: `files-${count}` };
    expect((await done(exchange, TUR, "importAlert", { xml, ...key })).identifier).toBe(identifier);
    expect((await done(exchange, TUR, "importAlert", { xml: others[0], ...key })).identifier).toBe(
      identifier,
    );
  });

  test("another one under its triplet is refused: a message never changes", async () => {
    const xml = base();
    await done(exchange, TUR, "importAlert", { xml, ...send });
    for (const [other, how] of [
      [xml.replace("New route", "Newer route"), send],
      [xml, { ...send, tlp: "GREEN" }],
      [xml, { ...send, addresses: { partners: ["PAK"] } }],
    ] as const)
      expect(await refusal(exchange, TUR, "importAlert", { xml: other, ...how })).toMatchObject({
        code: "REVISION_CONFLICT",
      });
  });

  test("twice at once is one message", async () => {
    const xml = base();
    const both = await Promise.all(
      [TUR, approverOf("TUR")].map((client) =>
        done(exchange, client, "importAlert", { xml, ...send }),
      ),
    );
    expect(new Set(both.map(({ identifier }) => identifier)).size).toBe(1);
  });

  test("an own export that comes back unchanged is the message it was made of", async () => {
    const { identifier } = await issue(exchange, TUR);
    const { xml } = await read(TUR, identifier);
    expect((await done(exchange, TUR, "importAlert", { xml })).identifier).toBe(identifier);
    expect(
      await refusal(exchange, TUR, "importAlert", {
        xml: xml.replace("New route across", "No route across"),
      }),
    ).toMatchObject({ code: "REVISION_CONFLICT" });
  });

  test("another partner may have a message of the same triplet, and neither touches the other's", async () => {
    const xml = base();
    const theirs = await done(exchange, officerOf("BGD"), "importAlert", {
      xml,
      tlp: "AMBER",
      addresses: { partners: ["PAK"] },
    });
    const ours = await done(exchange, TUR, "importAlert", { xml, ...send });
    expect(ours.identifier).not.toBe(theirs.identifier);
    const [, own] = /<identifier>([^<]*)</.exec(xml) as unknown as [string, string];
    const cancel = fresh(fileOf("life-3-cancel")).replace(
      /<references>[^<]*/,
      `<references>cap@border.example.org,${own},2026-11-27T08:00:00+01:00`,
    );
    await done(exchange, TUR, "importAlert", { xml: cancel });
    expect((await read(TUR, ours.identifier)).state).toBe("CANCELLED");
    expect((await read(PAK, theirs.identifier)).state).toBe("ACTIVE");
  });
});

describe("an alert, its update and the cancellation of both", () => {
  const chain = (key: string) => {
    const named = (name: string) => fileOf(name).replace(/EX-(\d)/g, `EX-${key}-$1`);
    return [named("life-1-alert"), named("life-2-update"), named("life-3-cancel")] as const;
  };

  test("end as they say, for everyone who had them", async () => {
    const [alert, update, cancel] = chain("all");
    const one = await done(exchange, TUR, "importAlert", { xml: alert, ...send });
    const two = await done(exchange, TUR, "importAlert", { xml: update, ...send });
    expect((await read(PAK, one.identifier)).state).toBe("SUPERSEDED");
    expect((await read(PAK, two.identifier)).references).toEqual([
      {
        sender: "cap@border.example.org",
        identifier: "EX-all-1",
        sent: "2026-11-27T07:00:00.000Z",
        message: one.identifier,
      },
    ]);
    const three = await done(exchange, TUR, "importAlert", { xml: cancel });
    for (const client of [TUR, PAK, officerOf("BGD")])
      for (const { identifier } of [one, two])
        expect((await read(client, identifier)).state).toBe("CANCELLED");
    const { xml } = await read(PAK, three.identifier);
    expect(xml).toContain(
      "<references>cap@border.example.org,EX-all-1,2026-11-27T07:00:00-00:00 cap@border.example.org,EX-all-2,2026-11-27T08:00:00-00:00</references>",
    );
  });

  test("a reader that the update left out is told of its end; the cancellation does not tell it again", async () => {
    const [alert, update, cancel] = chain("narrow");
    const one = await done(exchange, TUR, "importAlert", { xml: alert, ...send });
    const two = await done(exchange, TUR, "importAlert", {
      xml: update,
      tlp: "AMBER",
      addresses: { partners: ["BGD"] },
    });
    const three = await done(exchange, TUR, "importAlert", { xml: cancel });
    expect((await read(PAK, one.identifier)).state).toBe("CANCELLED");
    const { data } = await exchange.ask(
      PAK,
      "{ alertFeed(first: 100) { nodes { identifier references { message } } } }",
    );
    const about = data.alertFeed.nodes.filter(({ references }: any) =>
      references.some(({ message }: any) => message === one.identifier),
    );
    expect(about).toHaveLength(1);
    for (const { identifier } of [two, three])
      expect(await sees(exchange, PAK, identifier)).toEqual([false, false, false]);
  });

  test("a cancellation of two that went to different readers goes to those of both, and the others are told", async () => {
    const [alert, , cancel] = chain("two");
    const second = alert
      .replace("EX-two-1", "EX-two-2")
      .replace("<sent>2026-11-27T08", "<sent>2026-11-27T09");
    const one = await done(exchange, TUR, "importAlert", { xml: alert, ...send });
    const two = await done(exchange, TUR, "importAlert", {
      xml: second,
      tlp: "AMBER",
      addresses: { partners: ["BGD", "IRQ"] },
    });
    const three = await done(exchange, TUR, "importAlert", { xml: cancel });
    const states = async (client: string) =>
      Promise.all(
        [one, two, three].map(
          async ({ identifier }) => (await read(client, identifier))?.state ?? null,
        ),
      );
    expect(await states(officerOf("BGD"))).toEqual(["CANCELLED", "CANCELLED", "ACTIVE"]);
    expect(await states(PAK)).toEqual(["CANCELLED", null, null]);
    expect(await states(officerOf("IRQ"))).toEqual([null, "CANCELLED", null]);
  });

  test.each<[string, (xml: string) => string, RegExp]>([
    [
      "names one that never was",
      (xml) => xml.replace("EX-bad-1,", "EX-bad-9,"),
      /EX-bad-9.*no such message/,
    ],
    [
      "names one of another time",
      (xml) => xml.replace("EX-bad-1,2026-11-27T08", "EX-bad-1,2026-11-27T07"),
      /no such message/,
    ],
    [
      "names one of another sender",
      (xml) => xml.replace("cap@border.example.org,EX-bad-1", "x@example.org,EX-bad-1"),
      /no such message/,
    ],
    [
      "names something else",
      (xml) => xml.replace(/<references>[^<]*/, "<references>EX-bad-1"),
      /sender,identifier,sent/,
    ],
    [
      "names nothing",
      (xml) => xml.replace(/<references>.*<\/references>/, ""),
      /references is missing/,
    ],
    [
      "leaves out what has superseded it",
      (xml) => xml.replace(/ cap@[^<]*/, ""),
      /superseded already/,
    ],
  ])("a cancellation that %s ends none", async (_name, spoil, why) => {
    const [alert, update, cancel] = chain("bad");
    const one = await done(exchange, TUR, "importAlert", { xml: alert, ...send });
    const two = await done(exchange, TUR, "importAlert", { xml: update, ...send });
    const xml = fresh(spoil(cancel));
    expect((await refusal(exchange, TUR, "importAlert", { xml })).message).toMatch(why);
    expect((await read(PAK, one.identifier)).state).toBe("SUPERSEDED");
    expect((await read(PAK, two.identifier)).state).toBe("ACTIVE");
  });

  test("one that names another partner's message is refused, and a hidden one is as unknown as none", async () => {
    const xml = base();
    const { identifier } = await done(exchange, officerOf("BGD"), "importAlert", {
      xml,
      tlp: "AMBER",
      addresses: { partners: ["PAK"] },
    });
    const own = /<identifier>([^<]*)</.exec(xml)?.[1];
    const cancel = (name: string) =>
      fresh(fileOf("life-3-cancel")).replace(
        /<references>[^<]*/,
        `<references>cap@border.example.org,${name},2026-11-27T08:00:00+01:00`,
      );
    expect(await refusal(exchange, PAK, "importAlert", { xml: cancel(String(own)) })).toMatchObject(
      {
        code: "FORBIDDEN",
      },
    );
    const hidden = await refusal(exchange, TUR, "importAlert", { xml: cancel(String(own)) });
    const none = await refusal(exchange, TUR, "importAlert", { xml: cancel("NEVER") });
    expect({ ...hidden, message: hidden.message.replace(String(own), "NEVER") }).toEqual(none);
    expect((await read(PAK, identifier)).state).toBe("ACTIVE");
  });
});
