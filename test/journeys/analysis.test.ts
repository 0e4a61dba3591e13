/** A year's analysis, as people make it: convened, commented, cleared, published; and as documents on a screen and on paper. */
import axe, { type AxeResults } from "axe-core";
import { act, propose } from "../support/agreements";
import { issue, officerOf } from "../support/alerts";
import {
  ANALYSIS,
  actOnYear,
  analysis,
  CONTENTS,
  clear,
  clearPart,
  fetchDocument,
  text,
} from "../support/analysis";
import { openBrowser } from "../support/browser";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { SECRETARIAT } from "../support/people";
import { release } from "../support/reports";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const sectionOf = (contents: any, code: string) =>
  contents.sections.find(({ indicator }: any) => indicator.code === code);
const rowOf = (contents: any, indicator: string, reporter: string) =>
  sectionOf(contents, indicator).reporters.find((row: any) => row.reporter.code === reporter);

test("what Frontex may read of 2015 is there at once, with its sources and the day of its release", async () => {
  const { state, own } = await analysis(exchange, "frontex-analyst", `state own { ${CONTENTS} }`);
  expect(state).toBeNull();
  expect(rowOf(own, "ASY", "HUN")).toMatchObject({
    value: 174_430,
    status: "REPORTED",
    quarters: [32_811, 32_673, 108_088, 858],
    vintage: "2016-02-15T00:00:00.000Z",
    highestShare: { citizenship: { code: "SYR" } },
    sources: [{ id: "UNHCR_ASY_Q" }],
  });
  const { sum } = sectionOf(own, "ASY");
  const rows = sectionOf(own, "ASY").reporters;
  expect(sum.included).toEqual(expect.arrayContaining([{ code: "HUN" }, { code: "DEU" }]));
  expect(sum.leftOut).toEqual(expect.arrayContaining([{ code: "SRB" }, { code: "TUR" }]));
  const included = rows.filter(({ reporter }: any) =>
    sum.included.some(({ code }: any) => code === reporter.code),
  );
  expect(sum.value).toBe(included.reduce((all: number, row: any) => all + row.value, 0));
  expect(
    own.coverage.find((row: any) => row.reporter.code === "BIH" && row.indicator.code === "ASY")
      .states[1],
  ).toBe("MISSING");
  expect(new Set(own.sections.map(({ indicator }: any) => indicator.unit)).size).toBeGreaterThan(1); // and one sum each
  expect(
    own.quality.find((row: any) => row.reporter.code === "HUN" && row.indicator.code === "ASY"),
  ).toMatchObject({
    timelinessDays: 45,
    punctualityDays: 0,
    completeness: null,
  });
  expect(own.markings.map(({ originator }: any) => originator)).toEqual([
    "AUT",
    "BGR",
    "DEU",
    "FRA",
    "HUN",
  ]);
});

test("neighbours are held side by side where both sides are shown, and a difference is no fault", async () => {
  const section = (direction: string, value: number) => ({
    key: [
      { dimension: "BORDER_SECTION", code: "IRN-TUR" },
      { dimension: "DIRECTION", code: direction },
    ],
    value,
  });
  for (const [period, entries] of [
    ["2014-Q4", 300],
    ["2015-Q1", 500],
  ] as const) {
    const report = { indicator: "IBC", period, reason: "First report" };
    await release(exchange, "TUR", {
      ...report,
      figures: [{ value: entries }, section("ENTRY", entries)],
    });
    await release(exchange, "IRN", { ...report, figures: [{ value: 90 }, section("EXIT", 90)] });
  }
  const mirrorsOf = async () =>
    (
      await analysis(
        exchange,
        "tur-analyst",
        "own { mirrors { period entries exits logRatio flagged } }",
      )
    ).own.mirrors;
  expect(await mirrorsOf()).toEqual([]);
  const term = {
    category: "STATISTICS",
    owners: ["IRN"],
    viewers: ["TUR"],
    indicators: ["IBC"],
    disclosureControl: "NONE",
  };
  const { agreement } = await propose(exchange, "irn-officer", {
    terms: [{ ...term, detail: ["BORDER_SECTION", "DIRECTION"] }],
  });
  for (const client of ["irn-approver", "tur-approver"])
    await act(exchange, client, "acceptAgreement", { id: agreement.id, version: 1 });
  expect(await mirrorsOf()).toEqual([
    { period: "2015-Q1", entries: 500, exits: 90, logRatio: Math.log(500.5 / 90.5), flagged: true },
  ]);
  const { text: page } = await fetchDocument(exchange, "tur-analyst", "year=2015");
  expect(page.includes("worth asking: twice running")).toBe(true);
  expect(page.includes('<td class="number">500</td><td class="number">not reported</td>')).toBe(
    true,
  );
  expect(/\b(wrong|error|incorrect)\b/i.test(page)).toBe(false);
});

describe("the common version", () => {
  test("is convened by the desk, which sees no figure by that", async () => {
    expect(await actOnYear(exchange, SECRETARIAT, "openAnalysis")).toMatchObject({
      code: "REVISION_CONFLICT input.year",
    });
    expect(await actOnYear(exchange, SECRETARIAT, "conveneAnalysis")).toMatchObject({
      code: null,
      state: "DRAFT",
    });
    expect(
      await actOnYear(exchange, SECRETARIAT, "writeAnalysis", text("A year of long routes.")),
    ).toMatchObject({
      code: null,
    });
    expect(
      await actOnYear(exchange, SECRETARIAT, "writeAnalysis", text("born 3.4.1990 in Kabul")),
    ).toMatchObject({
      code: "BAD_USER_INPUT input.body",
    });
    expect(
      await actOnYear(exchange, "hun-officer", "commentAnalysis", text("Early")),
    ).toMatchObject({
      code: "REVISION_CONFLICT input.year",
    });
    expect(await actOnYear(exchange, SECRETARIAT, "openAnalysis")).toMatchObject({
      state: "COMMENTING",
    });
  });

  test("is commented and cleared by the countries: one person proposes, an approver clears", async () => {
    expect(
      await actOnYear(
        exchange,
        "hun-officer",
        "commentAnalysis",
        text("Our third quarter is provisional."),
      ),
    ).toMatchObject({ code: null });
    const none = await clearPart(exchange, "hun-approver");
    expect(none.code).toBe("NOT_FOUND input.year");
    const wrong = await actOnYear(exchange, "hun-officer", "proposeAnalysisPart", {
      indicators: ["ASX"],
      tlp: "RED",
    });
    expect(wrong.code).toBe("BAD_USER_INPUT input.indicators.0");
    await clear(exchange, "HUN");
    await clear(exchange, "AUT", { audience: "COLEP", tlp: "AMBER_STRICT" });
    expect((await clearPart(exchange, "hun-approver")).code).toBe("REVISION_CONFLICT input.year");
    const { parts, comments } = await analysis(
      exchange,
      SECRETARIAT,
      "parts { country { code } audience clearedBy } comments { country { code } body }",
    );
    expect(parts).toEqual([
      { country: { code: "AUT" }, audience: "COLEP", clearedBy: "aut-approver" },
      { country: { code: "HUN" }, audience: "PARTNERS", clearedBy: "hun-approver" },
    ]);
    expect(comments).toEqual([
      { country: { code: "HUN" }, body: "Our third quarter is provisional." },
    ]);
  });

  test("is closed and published by the desk, with what has not been cleared left out, and saying so", async () => {
    expect(await actOnYear(exchange, SECRETARIAT, "closeAnalysis")).toMatchObject({
      state: "CLEARED",
    });
    expect(
      (await actOnYear(exchange, "bgr-officer", "proposeAnalysisPart", { indicators: ["ASY"] }))
        .code,
    ).toBe("REVISION_CONFLICT input.year");
    const key = { idempotencyKey: "publish" };
    const [first, again] = [
      await actOnYear(exchange, SECRETARIAT, "publishAnalysis", key),
      await actOnYear(exchange, SECRETARIAT, "publishAnalysis", key),
    ];
    expect([first, again.text]).toEqual([
      expect.objectContaining({ code: null, state: "PUBLISHED" }),
      first.text,
    ]);
    const { cleared, ...rest } = await analysis(
      exchange,
      "pak-analyst",
      `${ANALYSIS} cleared { ${CONTENTS} }`,
    );
    expect(rest).toMatchObject({
      state: "PUBLISHED",
      narrative: [{ section: "SUMMARY", body: "A year of long routes." }],
    });
    expect(cleared).toMatchObject({
      tlp: "AMBER_STRICT",
      markings: [{ originator: "AUT" }, { originator: "HUN", tlp: "AMBER" }],
    });
    expect(sectionOf(cleared, "ASY").sum.included).toEqual([{ code: "AUT" }, { code: "HUN" }]);
    expect(cleared.leftOut).toContainEqual({ code: "DEU" });
    expect(sectionOf(cleared, "ASY").topTens).toEqual([]); // it protects citizens: one text cannot be cut for each reader
    expect(sectionOf(cleared, "IST").topTens.map(({ reporter }: any) => reporter.code)).toEqual([
      "AUT",
      "HUN",
    ]);
  });

  test("stands as it was cleared, whatever is amended since; and what an owner takes back is gone at once", async () => {
    const value = async (client: string, version: string) =>
      rowOf((await analysis(exchange, client, `${version} { ${CONTENTS} }`))[version], "REF", "HUN")
        ?.value ?? null;
    expect([await value("pak-analyst", "own"), await value("pak-analyst", "cleared")]).toEqual([
      11_505, 11_505,
    ]);
    const amended = {
      indicator: "REF",
      period: "2015",
      baseVersion: 1,
      reason: "Recount",
      figures: [{ value: 11_600 }],
    };
    await release(exchange, "HUN", { ...amended, comment: "Parts follow" });
    expect([await value("pak-analyst", "own"), await value("pak-analyst", "cleared")]).toEqual([
      11_600, 11_505,
    ]);
    expect((await actOnYear(exchange, "hun-officer", "withdrawAnalysisPart")).code).toBe(
      "FORBIDDEN input.year",
    );
    expect((await actOnYear(exchange, "hun-approver", "withdrawAnalysisPart")).code).toBeNull();
    expect([await value("pak-analyst", "own"), await value("pak-analyst", "cleared")]).toEqual([
      11_600,
      null,
    ]);
    expect(
      (await analysis(exchange, "pak-analyst", "cleared { leftOut { code } }")).cleared.leftOut,
    ).toContainEqual({
      code: "HUN",
    });
  });
});

test("what became of warnings is counted from five on, exercises never", async () => {
  const year = new Date().getUTCFullYear();
  const { alerts } = await analysis(
    exchange,
    "tur-analyst",
    "alerts { threshold messages alerts toAcknowledge onTimeShare medianMinutes }",
    year,
  );
  const listed = "{ alerts(first: 100, status: [Actual]) { nodes { msgType sent } } }";
  const { nodes } = (await exchange.ask("tur-analyst", listed)).data.alerts;
  const sent = nodes.filter(({ sent }: any) => sent?.startsWith(`${year}`));
  expect(alerts.messages).toBe(sent.length < alerts.threshold ? null : sent.length);
  const { alerts: none } = await analysis(
    exchange,
    "mkd-analyst",
    "alerts { messages onTimeShare }",
    1999,
  );
  expect(none).toEqual({ messages: null, onTimeShare: null });
});

describe("as a document", () => {
  test("on a screen it is one page that asks for nothing, reads well aloud and has a table beside each chart", async () => {
    const {
      status,
      headers,
      text: page,
    } = await fetchDocument(exchange, "frontex-analyst", "year=2015&format=html");
    expect([status, headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.includes('<td class="number">174,430</td>')).toBe(true);
    expect(page.includes("Source: UNHCR")).toBe(true);
    const tables = [...page.matchAll(/<table>.*?<\/table>/gs)].map(([table]) => table);
    const ofFigures = tables.filter(
      (table) => /class="number"/.test(table) && !table.includes("Timeliness and quality"),
    );
    expect(ofFigures.length).toBeGreaterThan(10);
    for (const table of ofFigures)
      expect([table.slice(0, 120), /[Rr]eleased/.test(table), /[Ss]ource/.test(table)]).toEqual([
        expect.anything(),
        true,
        true,
      ]);
    const chrome = await openBrowser();
    const tab = await chrome.newPage();
    await tab.setContent((await fetchDocument(exchange, "pak-analyst", "year=2015")).text);
    expect(await tab.locator("figure img").count()).toBe(await tab.locator("figure table").count());
    expect(await tab.locator("figure img").count()).toBeGreaterThan(3);
    await tab.evaluate(axe.source);
    const { violations } = (await tab.evaluate("axe.run()")) as AxeResults;
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect([chrome.outside, chrome.complaints]).toEqual([[], []]);
    await chrome.close();
  });

  test("what is withheld is hatched in the chart and said in the table", async () => {
    const { text: page } = await fetchDocument(exchange, "afg-analyst", "year=2015");
    expect(page.includes('<td class="number">withheld</td>')).toBe(true);
    const drawings = [...page.matchAll(/data:image\/svg\+xml;base64,([^"]+)/g)].map(([, data]) =>
      Buffer.from(data as string, "base64").toString(),
    );
    expect(drawings.length).toBeGreaterThan(2);
    for (const svg of drawings)
      expect([svg.includes(">withheld<"), svg.includes("<pattern")]).toEqual([true, true]);
    expect(/174,430/.test(page)).toBe(false);
  });

  test("on paper it is a PDF that can be read aloud, and so is the common version", async () => {
    for (const query of ["year=2015&format=pdf", "year=2015&format=pdf&version=cleared"]) {
      const { status, headers, body } = await fetchDocument(exchange, "pak-analyst", query);
      expect([status, headers.get("content-type")]).toEqual([200, "application/pdf"]);
      expect(body.toString("latin1")).toContain("<pdfuaid:part>1</pdfuaid:part>");
    }
    const { text: page } = await fetchDocument(
      exchange,
      "pak-analyst",
      "year=2015&version=cleared",
    );
    expect(page.includes("Common version of 2015, published on")).toBe(true);
    expect(page.includes("A year of long routes.")).toBe(true);
    expect(page.includes("Nothing has been released")).toBe(false); // it has, and is not cleared
    expect(page.includes("TLP:AMBER+STRICT")).toBe(true);
  });

  test("it says what the other subgraphs say of the year to the same reader, whatever a client claims that they do", async () => {
    const year = new Date().getUTCFullYear();
    for (let sent = 0; sent < 5; sent++) await issue(exchange, officerOf("TUR"));
    const { alerts, requests } = await analysis(
      exchange,
      "tur-analyst",
      "alerts { messages } requests { reason }",
      year,
    );
    expect([alerts.messages >= 5, requests]).toEqual([true, { reason: "YEAR_NOT_OVER" }]);
    const claim = encodeURIComponent(
      JSON.stringify({ annualAnalysis: { alerts: { messages: 99 } } }),
    );
    const { text: page } = await fetchDocument(
      exchange,
      "tur-analyst",
      `year=${year}&beside=${claim}`,
    );
    expect(page).toContain(`${alerts.messages} messages were sent by you or addressed to you`);
    expect(page).toContain("told of once the year is over");
    expect((await fetchDocument(exchange, "mkd-analyst", `year=${year}`)).text).toContain(
      "Fewer than 5 warnings",
    );
    expect(
      (await fetchDocument(exchange, "tur-analyst", "year=2015&version=cleared")).text,
    ).not.toContain("warnings");
  });

  test("a wrong parameter is named", async () => {
    for (const [query, argument] of [
      ["year=15", "year"],
      ["format=pdf", "year"],
      ["year=1949", "year"],
      ["year=2015&format=doc", "format"],
      ["year=2015&version=all", "version"],
    ]) {
      const { status, text: answer } = await fetchDocument(
        exchange,
        "pak-analyst",
        query as string,
      );
      expect([status, JSON.parse(answer).errors[0].extensions]).toEqual([
        400,
        expect.objectContaining({ code: "BAD_USER_INPUT", argument }),
      ]);
    }
  });
});
