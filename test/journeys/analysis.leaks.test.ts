/** An analysis tells nobody more than the series do, and of what is being made of it each only its own part. */
import type { Client } from "pg";
import {
  ANALYSIS,
  actOnYear,
  analysis,
  CONTENTS,
  clear,
  clearPart,
  fetchDocument,
  NO_PART,
  OWN_PARTS,
  text,
} from "../support/analysis";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { READERS, SECRETARIAT } from "../support/people";

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
});
afterAll(() => exchange?.stop());

const SERIES = `query ($reporters: [CountryCode!]!, $by: [Dimension!]!, $from: Period!, $to: Period!) {
  series(reporters: $reporters, indicators: ["ASY", "IST", "REF", "RET"], from: $from, to: $to, by: $by) {
    reporter { code } indicator { code } citizenship { code } values statuses } }`;
const REPORTERS = ["AUT", "BGR", "BIH", "DEU", "FRA", "HUN", "MKD", "SRB", "TUR"];

/** What `series` shows the same client for 2015: `ASY/HUN/AFG` → the year, or null where it cannot be had from it. */
async function yearsShown(client: string): Promise<Map<string, number | null>> {
  const found = new Map<string, number | null>();
  for (const by of [[], ["CITIZENSHIP"]]) {
    for (const [from, to] of [
      ["2015-Q1", "2015-Q4"],
      ["2015", "2015"],
    ]) {
      const { data, errors } = await exchange.ask(client, SERIES, {
        reporters: REPORTERS,
        by,
        from,
        to,
      });
      if (errors) throw new Error(JSON.stringify(errors));
      for (const { reporter, indicator, citizenship, values, statuses } of data.series) {
        const hidden = values.some(
          (value: number | null, at: number) =>
            value === null && (by.length === 0 || statuses[at] !== "NOT_REPORTED"),
        );
        const key = [
          indicator.code,
          reporter.code,
          ...(citizenship ? [citizenship.code] : []),
        ].join("/");
        const sum = values.reduce((all: number, value: number | null) => all + (value ?? 0), 0);
        found.set(
          key,
          found.get(key) ??
            (hidden || values.every((value: number | null) => value === null) ? null : sum),
        );
      }
    }
  }
  return found;
}

const rowsOf = (contents: any): any[] =>
  contents.sections.flatMap(({ indicator, reporters }: any) =>
    reporters.map((row: any) => ({ ...row, indicator: indicator.code })),
  );

test("every figure of every reader's own view is one that the series show it", async () => {
  const counts: Record<string, number> = {};
  for (const [partner, client] of READERS) {
    const shown = await yearsShown(client);
    const { own } = await analysis(exchange, client, `own { ${CONTENTS} }`);
    const rows = rowsOf(own);
    const values = rows.map(({ indicator, reporter, value }: any) => [
      `${indicator}/${reporter.code}`,
      value,
    ]);
    expect({ partner, values }).toEqual({
      partner,
      values: values.map(([key]: any) => [key, shown.get(key) ?? null]),
    });
    const parts = own.sections.flatMap(({ indicator, topTens }: any) =>
      topTens.flatMap(({ reporter, rows: ten }: any) =>
        ten.map(({ citizenship, value }: any) => [
          `${indicator.code}/${reporter.code}/${citizenship.code}`,
          value,
        ]),
      ),
    );
    expect({ partner, parts }).toEqual({
      partner,
      parts: parts.map(([key]: any) => [key, shown.get(key)]),
    });
    counts[partner] = values.filter(([, value]: any) => value !== null).length + parts.length;
  }
  expect([counts.AFG, counts.NLD, counts.SECRETARIAT]).toEqual([0, 0, 0]);
  expect(counts.FRONTEX).toBeGreaterThan(100);
});

test("own nationals of a country of origin are in none of its tables, ranks or rests", async () => {
  const { own } = await analysis(exchange, "pak-analyst", `own { ${CONTENTS} }`);
  const germany = own.sections
    .find(({ indicator }: any) => indicator.code === "ASY")
    .topTens.find(({ reporter }: any) => reporter.code === "DEU");
  expect(germany.rows.map(({ citizenship }: any) => citizenship.code)).not.toContain("PAK");
  expect(germany).toMatchObject({ others: null });
});

const draft = async (client: string) =>
  (
    await exchange.ask(
      client,
      `{ annualAnalysis(year: 2015) { ${ANALYSIS} cleared { ${CONTENTS} } } }`,
    )
  ).text;
const others = () =>
  [...READERS].filter(([partner]) => partner !== "HUN" && partner !== "SECRETARIAT");

describe("while it is being made", () => {
  let before: Map<string, string>;
  const remember = async () => {
    before = new Map();
    for (const [partner, client] of others()) before.set(partner, await draft(client));
  };
  const unchanged = async () => {
    for (const [partner, client] of others())
      expect({ partner, answer: await draft(client) }).toEqual({
        partner,
        answer: before.get(partner),
      });
  };

  test("the draft is the desk's: nobody else reads a word of it", async () => {
    await actOnYear(exchange, SECRETARIAT, "conveneAnalysis");
    await remember();
    await actOnYear(exchange, SECRETARIAT, "writeAnalysis", text("Not for anybody yet"));
    await unchanged();
    expect(await draft("hun-approver")).not.toContain("Not for anybody yet");
    expect(await draft(SECRETARIAT)).toContain("Not for anybody yet");
  });

  test("once it is with the contact points, they read it, and no institution or observer does", async () => {
    await actOnYear(exchange, SECRETARIAT, "openAnalysis");
    for (const [partner, client] of others())
      expect([partner, (await draft(client)).includes("Not for anybody yet")]).toEqual([
        partner,
        !["FRONTEX", "UNODC", "NLD"].includes(partner),
      ]);
    await remember();
  });

  test("a country's comments, proposal, clearing and taking back change nothing for anybody else, to the byte", async () => {
    await actOnYear(exchange, "hun-officer", "commentAnalysis", text("Between us and the desk"));
    await unchanged();
    await clear(exchange, "HUN");
    await unchanged();
    for (const [, client] of others()) {
      const officer = client.replace("-analyst", "-officer");
      const { data } = await exchange.ask(
        officer,
        "{ annualAnalysis(year: 2015) { comments { body } parts { id } } }",
      );
      expect(data?.annualAnalysis?.comments ?? []).toEqual([]);
      expect(data?.annualAnalysis?.parts ?? []).toEqual([]);
    }
    await actOnYear(exchange, "hun-approver", "withdrawAnalysisPart");
    await unchanged();
    await clear(exchange, "HUN");
    await unchanged();
    const own = await analysis(exchange, "hun-analyst", "cleared { leftOut { code } }");
    expect(own.cleared.leftOut).not.toContainEqual({ code: "HUN" });
  });

  test("the desk learns that a part is cleared, and no figure of it; nor does the page of anybody else", async () => {
    const { data } = await exchange.ask(
      SECRETARIAT,
      `{ annualAnalysis(year: 2015) { parts { country { code } clearedBy indicators { code } } cleared { ${CONTENTS} } } }`,
    );
    expect(data.annualAnalysis.parts).toMatchObject([
      { country: { code: "HUN" }, clearedBy: "hun-approver" },
    ]);
    expect(rowsOf(data.annualAnalysis.cleared)).toEqual([]);
    for (const client of [SECRETARIAT, "afg-analyst", "frontex-analyst"]) {
      const { text: page } = await fetchDocument(exchange, client, "year=2015&version=cleared");
      expect([client, page.includes("174,430"), page.includes("424,055")]).toEqual([
        client,
        false,
        false,
      ]);
    }
  });

  test("each act is for its own people, and what may not be done by one is not done by its neighbour's", async () => {
    const cases: [string, string, object, string][] = [
      ["pak-officer", "conveneAnalysis", { year: 2014 }, "FORBIDDEN input.year"],
      ["hun-approver", "closeAnalysis", {}, "FORBIDDEN input.year"],
      ["pak-officer", "writeAnalysis", text("Mine"), "FORBIDDEN input.year"],
      [SECRETARIAT, "commentAnalysis", text("Mine"), "FORBIDDEN input.year"],
      [SECRETARIAT, "proposeAnalysisPart", { indicators: ["ASY"] }, "FORBIDDEN input.year"],
      [SECRETARIAT, "withdrawAnalysisPart", {}, "FORBIDDEN input.year"],
      ["frontex-officer", "proposeAnalysisPart", { indicators: ["ASY"] }, "FORBIDDEN input.year"],
      ["srb-approver", "withdrawAnalysisPart", {}, "NOT_FOUND input.year"],
      ["srb-approver", "clearAnalysisPart", { part: NO_PART }, "NOT_FOUND input.year"],
      ["hun-analyst", "commentAnalysis", text("Mine"), "FORBIDDEN"],
      ["auditor-desk", "conveneAnalysis", {}, "FORBIDDEN"],
    ];
    for (const [client, mutation, input, code] of cases)
      expect([client, mutation, (await actOnYear(exchange, client, mutation, input)).code]).toEqual(
        [client, mutation, code],
      );
    await actOnYear(exchange, "srb-approver", "proposeAnalysisPart", { indicators: ["ASY"] });
    expect((await clearPart(exchange, "srb-approver")).code).toBe("FORBIDDEN input.year"); // alone
    expect((await clearPart(exchange, "srb-officer")).code).toBe("FORBIDDEN input.year"); // no approver
  });
});

test("an approver clears what it has read, and nothing that was put in its place meanwhile or is another's", async () => {
  const propose = (more: object) =>
    actOnYear(exchange, "mkd-officer", "proposeAnalysisPart", { indicators: ["ASY"], ...more });
  const partOf = async (client: string) => (await analysis(exchange, client, OWN_PARTS)).parts[0];
  await propose({ audience: "RELEC", tlp: "AMBER_STRICT" });
  const read = await partOf("mkd-approver");
  await propose({ audience: "PARTNERS", tlp: "CLEAR" });
  const now = await partOf("mkd-approver");
  expect([read.audience, now.audience]).toEqual(["RELEC", "PARTNERS"]);
  const clearing = (part: string) =>
    actOnYear(exchange, "mkd-approver", "clearAnalysisPart", { part });
  const swapped = await clearing(read.id);
  expect([swapped.code, await partOf("mkd-approver")]).toEqual([
    "REVISION_CONFLICT input.part",
    now,
  ]);
  const { parts } = await analysis(exchange, SECRETARIAT, OWN_PARTS);
  const hungary = parts.find(({ country }: any) => country.code === "HUN").id;
  for (const part of [hungary, NO_PART, "x"])
    expect((await clearing(part)).text).toBe(swapped.text);
  expect((await clearing(now.id)).code).toBeNull();
  expect((await clearing(now.id)).code).toBe("REVISION_CONFLICT input.year");
  await actOnYear(exchange, "mkd-approver", "withdrawAnalysisPart");
  for (const part of [read.id, now.id])
    expect((await clearing(part)).code).toBe("NOT_FOUND input.year");
  expect((await actOnYear(exchange, "mkd-approver", "withdrawAnalysisPart")).code).toBe(
    "NOT_FOUND input.year",
  );
});

test("once published, exactly those read a part for whom it was cleared, and the owner's log has them", async () => {
  await clear(exchange, "AUT", { indicators: ["REF"], audience: "COLEP" });
  await clear(exchange, "TUR", { indicators: ["ASY"], audience: "RELEC" });
  await actOnYear(exchange, SECRETARIAT, "closeAnalysis");
  await actOnYear(exchange, SECRETARIAT, "publishAnalysis");
  const COLEP = [
    "AUT",
    "AZE",
    "BGD",
    "BIH",
    "BGR",
    "FRA",
    "DEU",
    "HUN",
    "IRN",
    "IRQ",
    "MKD",
    "PAK",
    "SRB",
  ];
  const RELEC = ["AFG", "BGD", "IRN", "IRQ", "PAK", "TUR"];
  for (const [partner, client] of READERS) {
    const { cleared } = await analysis(exchange, client, `cleared { ${CONTENTS} }`);
    const owners = [
      ...new Set(
        rowsOf(cleared)
          .filter(({ value }) => value !== null)
          .map(({ reporter }) => reporter.code),
      ),
    ].sort();
    const expected = [
      ...(COLEP.includes(partner) ? ["AUT"] : []),
      "HUN",
      ...(RELEC.includes(partner) ? ["TUR"] : []),
    ];
    expect({ partner, owners }).toEqual({ partner, owners: expected });
  }
  const { rows } = await owner.query(
    "SELECT viewer, indicators, reason, cells FROM audit.entry WHERE owner = 'AUT' AND viewer = 'PAK' AND 'REF' = ANY (indicators) AND agreement_id IS NULL AND outcome = 'GIVEN'",
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows[0]).toMatchObject({ indicators: ["REF"], reason: "GRANTED" });
  expect(rows[0].cells).toBeGreaterThan(1);
  const opened =
    "SELECT actor, operation, cells FROM audit.entry WHERE owner = 'AUT' AND viewer = 'AUT' AND operation = 'DISCLOSURE'";
  expect((await owner.query(opened)).rows).toMatchObject([
    { actor: "aut-approver", operation: "DISCLOSURE" },
  ]);
});

test("the database takes no step out of order, no text out of time, no part by one person alone, and changes nothing", async () => {
  const attempt = async (
    statement: string,
    actor: string,
    partner: string,
    roles: string,
  ): Promise<string> => {
    await owner.query("BEGIN");
    await owner.query(
      "SELECT set_config('accord.viewer', $1, true), set_config('accord.actor', $2, true), set_config('accord.roles', $3, true)",
      [partner, actor, roles],
    );
    await owner.query("SET LOCAL ROLE accord_indicators");
    const said = await owner.query(statement).then(
      () => "done",
      (error: Error) => error.message,
    );
    await owner.query("ROLLBACK");
    return said;
  };
  const desk = ["d", "SECRETARIAT", "DESK"] as const;
  const step = (year: number, name: string) =>
    `INSERT INTO indicators.analysis_step (year, step, actor) VALUES (${year}, '${name}', 'd')`;
  expect(await attempt(step(2013, "CONVENED"), ...desk)).toBe("done");
  expect(await attempt(step(2013, "PUBLISHED"), ...desk)).toMatch(/in this order/);
  expect(await attempt(step(2013, "CONVENED"), "d", "HUN", "DESK")).toMatch(/row-level security/);
  expect(await attempt(step(2013, "CONVENED"), "d", "SECRETARIAT", "OFFICER")).toMatch(
    /row-level security/,
  );
  const narrative =
    "INSERT INTO indicators.analysis_narrative (year, section, body, actor) VALUES (2015, 'SUMMARY', 'late', 'd')";
  expect(await attempt(narrative, ...desk)).toMatch(/does not take it now/);
  await actOnYear(exchange, SECRETARIAT, "conveneAnalysis", { year: 2014 });
  await actOnYear(exchange, SECRETARIAT, "openAnalysis", { year: 2014 });
  await actOnYear(exchange, "deu-officer", "proposeAnalysisPart", {
    year: 2014,
    indicators: ["ASY"],
  });
  const clearing = (by: string) =>
    `INSERT INTO indicators.analysis_clearance (part_id, owner, actor) SELECT id, '${by}', 'x' FROM indicators.analysis_part WHERE year = 2014`;
  expect(await attempt(clearing("DEU"), "x", "DEU", "APPROVER")).toBe("done");
  expect(await attempt(clearing("DEU"), "x", "DEU", "OFFICER")).toMatch(/row-level security/);
  expect(
    await attempt(
      clearing("DEU").replace("'x'", "'deu-officer'"),
      "deu-officer",
      "DEU",
      "APPROVER",
    ),
  ).toMatch(/second person/);
  expect(
    await attempt("UPDATE indicators.analysis_table SET values = '{1}'", "x", "DEU", "APPROVER"),
  ).toMatch(/permission denied/);
  await expect(owner.query("UPDATE indicators.analysis_table SET version = 2")).rejects.toThrow(
    /append|change/i,
  );
});
