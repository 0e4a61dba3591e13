/** A request as a document, in its language and for its reader's rights. */
import type { Client } from "pg";
import { WORDS } from "../../subgraphs/cooperation/communique/words";
import { LANGUAGES } from "../../subgraphs/cooperation/requests/request.words";
import { DESK, moved, officerOf, opened, RECEIVED, read } from "../support/cooperation";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { communique } from "../support/files";
import { AUDITOR, analystOf } from "../support/people";

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
});
afterAll(() => exchange?.stop());

const TUR = officerOf("TUR");
const BGR = officerOf("BGR");
const SECRET = "fictional-secret";
const secret = {
  subject: SECRET,
  purpose: `${SECRET} <script>alert(1)</script>`,
  handling: ["H1"],
  tlp: "GREEN",
};
const answer = { content: `${SECRET} answer`, tlp: "AMBER_STRICT", handling: ["H2"] };
const answered = (change: object = {}) =>
  opened(exchange, { ...secret, ...change }).then((one) =>
    moved(exchange, one, ...RECEIVED, ["answer", BGR, answer]),
  );

test.each(LANGUAGES)(
  "in %s, which says that it is a draft of what is not agreed",
  async (language) => {
    const { reference } = await opened(exchange, { ...secret, language });
    const { status, type, text } = await communique(exchange, TUR, { reference });
    expect([status, type]).toEqual([200, "text/html; charset=utf-8"]);
    const { title, notAgreed, unofficial, states, kinds, labels } = WORDS[language];
    const direction = ["ar", "fa", "ur"].includes(language) ? "rtl" : "ltr";
    expect(text).toContain(`<html lang="${language}" dir="${direction}">`);
    const escaped = (one: string) => one.replaceAll("'", "&#39;");
    for (const words of [
      `${title} ${reference}`,
      notAgreed,
      unofficial,
      states.DRAFT,
      kinds.INFORMATION_REQUEST,
      labels.purpose,
    ])
      expect(text).toContain(escaped(words));
    expect(text).toContain(`${SECRET} &lt;script&gt;`);
    expect(text).toMatch(/Türkiye.*Bulgaria/s);
  },
);

test("every language has its own words", () => {
  const texts = LANGUAGES.map((language) => JSON.stringify(WORDS[language]));
  expect(new Set(texts).size).toBe(LANGUAGES.length);
  const shape = (value: unknown): unknown =>
    typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]))
      : typeof value;
  for (const language of LANGUAGES) {
    expect(shape(WORDS[language])).toEqual(shape(WORDS.en));
    if (language === "en") continue;
    const english = JSON.stringify(WORDS.en).match(/"[^"]+"(?=[,}])/g) as string[];
    const shared = english.filter((text) => JSON.stringify(WORDS[language]).includes(`:${text}`));
    expect([language, shared.length <= 6, shared]).toEqual([language, true, shared]);
  }
});

test("carries the strictest marking of what stands in it, with all restrictions, on the page", async () => {
  const { reference } = await answered();
  const { text } = await communique(exchange, BGR, { reference });
  expect(text).toContain("<header><p>TLP:AMBER+STRICT · H1 H2 · TUR, BGR</p></header>");
  expect(text).toContain("TLP:GREEN · H1 · TUR");
  expect(text).toContain(`${SECRET} answer`);
});

test("on paper", async () => {
  const { reference } = await answered({ language: "fa" });
  const { status, type, name, bytes } = await communique(exchange, TUR, {
    reference,
    format: "pdf",
  });
  expect([status, type, name]).toEqual([200, "application/pdf", `${reference}.pdf`]);
  expect(bytes.subarray(0, 8).toString()).toBe("%PDF-1.7");
  expect(bytes.length).toBeGreaterThan(10_000);
});

describe("content never leaves the parties", () => {
  test("the desk's copy has facts and says so, until both have disclosed it", async () => {
    const request = await answered();
    const { reference } = request;
    const before = await communique(exchange, DESK, { reference });
    expect(before.status).toBe(200);
    expect(before.text).toContain(WORDS.en.contentWithheld);
    expect(before.text).toContain("<header><p>Facts only</p></header>");
    expect(before.text).not.toContain(SECRET);
    expect(before.text).not.toContain("AMBER");
    const content = await communique(exchange, DESK, { reference, format: "pdf" });
    expect(content.bytes.length).toBeLessThan(
      (await communique(exchange, TUR, { reference, format: "pdf" })).bytes.length,
    );
    await moved(exchange, request, ["discloseToSecretariat", TUR], ["discloseToSecretariat", BGR]);
    expect((await communique(exchange, DESK, { reference })).text).toContain(SECRET);
  });

  test("nobody else has a copy, nor learns that there is one", async () => {
    const { reference } = await answered();
    const draft = await opened(exchange);
    const bare = (text: string) => text.replace(/,?"requestId":"[^"]*"/g, "");
    const unknown = "COLEP-2026-AAAA-AAAA";
    for (const [client, hidden] of [
      [analystOf("PAK"), reference],
      ["observer-nld", reference],
      [BGR, draft.reference],
      [DESK, draft.reference],
    ] as const) {
      for (const format of ["html", "pdf"]) {
        const found = await communique(exchange, client, { reference: hidden, format });
        const none = await communique(exchange, client, { reference: unknown, format });
        expect([found.status, bare(found.text)]).toEqual([404, bare(none.text)]);
      }
    }
    expect((await communique(exchange, null, { reference })).status).toBe(401);
    expect((await communique(exchange, AUDITOR, { reference })).status).toBe(403);
  });

  test("a copy is a disclosure, and in the log before it is given", async () => {
    const { reference } = await answered();
    await communique(exchange, analystOf("BGR"), { reference, format: "pdf" });
    const { rows } = await owner.query(
      "SELECT owner, detail[2] AS part, operation FROM audit.entry WHERE viewer = 'BGR' AND channel = 'EXPORT' AND detail[1] = $1 ORDER BY 1, 2",
      [reference],
    );
    expect(rows).toEqual(
      ["BGR", "TUR"].flatMap((of) =>
        ["CONTENT", "FACTS"].map((part) => ({ owner: of, part, operation: "DISCLOSURE" })),
      ),
    );
  });
});

test("what is asked wrongly is named", async () => {
  const { reference } = await opened(exchange);
  const wrong = await communique(exchange, TUR, { reference, format: "docx" });
  expect([wrong.status, wrong.json().errors[0].extensions]).toMatchObject([
    400,
    { code: "BAD_USER_INPUT", argument: "format" },
  ]);
  expect((await communique(exchange, TUR, {})).status).toBe(404);
  expect((await read(exchange, TUR, reference)).mechanismVersion).toBe("COLEP-DRAFT-1");
});
