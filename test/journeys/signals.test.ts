/** What people gain from shared figures: the summer of 2015 is found, and a person makes a warning of it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { validateXML } from "xmllint-wasm";
import { done, refusal, sees } from "../support/alerts";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { byCitizenship, release } from "../support/reports";
import { actOn, allSignals, askSignals } from "../support/signals";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const GRAMMAR = readFileSync(join(__dirname, "..", "support", "cap-1.2.rng"), "utf8");
const SUMMER = "ASY-2015-Q3-HUN-AFG-1";

test("the summer of 2015 stands out in Hungary's own figures", async () => {
  const found = await allSignals(exchange, "hun-analyst", { reporters: ["HUN"] });
  const summer = found.filter(({ period }) => period === "2015-Q3");
  expect(summer.find(({ id }) => id === SUMMER)).toMatchObject({
    kind: "RISE",
    reporter: { code: "HUN" },
    citizenship: { code: "AFG" },
    observed: 27_640,
    state: "NEW",
    historyQuarters: 14,
  });
  // The mean of 2012-Q3 (325), 2013-Q3 (500) and 2014-Q3 (1,660) of the published figures.
  expect(summer.find(({ id }) => id === SUMMER).expected).toBeCloseTo(828.33, 2);
  const series = summer.map(({ citizenship }) => citizenship?.code ?? "total");
  expect(series).toEqual(
    expect.arrayContaining(["total", "SYR", "AFG", "PAK", "IRQ", "IRN", "BGD", "SOM"]),
  );
  for (const { observed, upperLimit, score } of summer)
    expect([observed > upperLimit, score > 1]).toEqual([true, true]);
  const scores = found.map(({ score }) => score ?? 0);
  expect(scores).toEqual([...scores].sort((one, other) => other - one));
});

test("along the whole route, for who may see it", async () => {
  const named = (found: any[]) => found.map(({ id }) => id);
  expect(named(await allSignals(exchange, "frontex-analyst"))).toEqual(
    expect.arrayContaining([
      "ASY-2015-Q3-HUN-_T-1",
      "ASY-2015-Q3-HUN-SYR-1",
      "ASY-2015-Q3-AUT-_T-1",
      "ASY-2015-Q3-DEU-AFG-1",
    ]),
  );
  expect(named(await allSignals(exchange, "tur-analyst", { reporters: ["TUR"] }))).toContain(
    "ASY-2015-Q3-TUR-AFG-1",
  );
});

test("a filter takes away from what was found among everything, and changes no verdict and no count of what was tested", async () => {
  const all = await allSignals(exchange, "frontex-analyst");
  const { data: whole } = await askSignals(exchange, "frontex-analyst", { first: 1 });
  const filters: { reporters?: string[]; indicators?: string[] }[] = [
    { reporters: ["HUN"] },
    { reporters: ["AUT", "DEU"], indicators: ["ASY"] },
    { indicators: ["IST"] },
    { reporters: ["SRB"], indicators: ["ASY"] }, // which it is not shown
  ];
  for (const filter of filters) {
    const kept = ({ reporter, id }: any) =>
      (filter.reporters?.includes(reporter.code) ?? true) &&
      (filter.indicators?.includes(id.slice(0, 3)) ?? true);
    const found = await allSignals(exchange, "frontex-analyst", filter);
    expect({ filter, found }).toEqual({ filter, found: all.filter(kept) });
    const { tested, insufficientHistory, totalCount } = (
      await askSignals(exchange, "frontex-analyst", { ...filter, first: 1 })
    ).data.signals;
    const { tested: inAll, insufficientHistory: lacking } = whole.signals;
    expect([tested, insufficientHistory, totalCount]).toEqual([inAll, lacking, found.length]);
  }
  expect(new Set(all.map(({ reporter }) => reporter.code)).size).toBeGreaterThan(3);
});

test("what lacks history is said to, and counted, and no signal", async () => {
  const states = { states: ["INSUFFICIENT_HISTORY"] };
  const { data } = await askSignals(exchange, "hun-analyst", { ...states, first: 1 });
  expect(data.signals).toMatchObject({
    totalCount: data.signals.insufficientHistory,
    pageInfo: { hasNextPage: true },
  });
  expect(data.signals.nodes[0]).toMatchObject({
    kind: null,
    state: "INSUFFICIENT_HISTORY",
    expected: null,
    score: null,
  });
  const early = await askSignals(exchange, "hun-analyst", { year: 2013 });
  expect(early.data.signals).toMatchObject({ totalCount: 0, tested: 0 });
  expect(early.data.signals.insufficientHistory).toBeGreaterThan(100);
});

test("a series that falls to zero is a gap to be asked about, and a late report too", async () => {
  const figures = byCitizenship({ SYR: 900, AFG: 0 });
  await release(exchange, "MKD", {
    indicator: "ASY",
    period: "2016-Q3",
    figures,
    reason: "first report",
  });
  const found = await allSignals(exchange, "mkd-analyst", {
    year: 2016,
    reporters: ["MKD", "HUN"],
  });
  const gaps = found
    .filter(({ kind }) => kind === "REPORTING_GAP")
    .map(({ id, observed }) => [id, observed]);
  expect(gaps).toContainEqual(["ASY-2016-Q3-HUN-_T-0", null]);
  expect(gaps).not.toContainEqual(["ASY-2016-Q3-MKD-_T-1", expect.anything()]);
  expect(gaps.filter(([id]) => id.includes("-Q1-"))).toEqual([]);
});

describe("a person", () => {
  const promote = (more: object = {}, client = "hun-officer") =>
    actOn(exchange, client, "promoteSignal", { id: SUMMER, addresses: ["FRA"], ...more });

  test("takes it up, dismisses it with a reason and takes it up again; other partners learn nothing of it", async () => {
    const id = "ASY-2015-Q3-HUN-IRQ-1";
    expect((await actOn(exchange, "hun-officer", "reviewSignal", { id })).signal).toMatchObject({
      state: "UNDER_REVIEW",
    });
    expect((await actOn(exchange, "hun-officer", "dismissSignal", { id, reason: " " })).code).toBe(
      "BAD_USER_INPUT input.reason",
    );
    const dismissed = await actOn(exchange, "hun-officer", "dismissSignal", {
      id,
      reason: "Counted twice",
    });
    expect(dismissed.signal).toMatchObject({
      state: "DISMISSED",
      reason: "Counted twice",
      decidedBy: "hun-officer",
    });
    expect(
      (await actOn(exchange, "hun-officer", "promoteSignal", { id, addresses: ["FRA"] })).code,
    ).toBe("REVISION_CONFLICT input.id");
    const others = await allSignals(exchange, "frontex-analyst");
    expect(others.find((one) => one.id === id)).toMatchObject({
      state: "NEW",
      reason: null,
      decidedBy: null,
    });
    expect((await actOn(exchange, "hun-officer", "reviewSignal", { id })).signal).toMatchObject({
      state: "UNDER_REVIEW",
    });
  });

  test("is told everything that is wrong with the message", async () => {
    expect((await promote({ addresses: [] })).code).toBe("BAD_USER_INPUT input.addresses");
    expect((await promote({ addresses: ["HUN"] })).code).toBe("BAD_USER_INPUT input.addresses");
    expect((await promote({ addresses: ["ATL"] })).message).toContain('"ATL" is no partner');
    expect((await promote({ addresses: ["AFG"] })).message).toContain("own nationals");
    expect((await promote({ tlp: "RED" })).code).toBe("BAD_USER_INPUT input.tlp");
    expect((await promote({ expires: "2015-01-01T00:00:00Z" })).code).toBe(
      "BAD_USER_INPUT input.expires",
    );
    expect((await promote({ expires: "soon" })).code).toBe("BAD_USER_INPUT input.expires");
  });

  test("drafts the alert, once; a second one lets it out; its readers see the series by their own rights", async () => {
    const input = { idempotencyKey: "summer" };
    const [first, again] = [await promote(input), await promote(input)];
    expect(first.signal).toMatchObject({ state: "PROMOTED", decidedBy: "hun-officer" });
    expect(again).toEqual(first);
    expect((await promote()).code).toBe("REVISION_CONFLICT input.id");

    const { identifier } = first.signal.alert;
    expect(await sees(exchange, "fra-analyst", identifier)).toEqual([false, false, false]);
    expect(await sees(exchange, "hun-analyst", identifier)).toEqual([true, true, false]);
    expect(
      await refusal(exchange, "hun-officer", "confirmAlert", { alert: identifier }),
    ).toMatchObject({
      code: "FORBIDDEN",
    });
    expect(
      await done(exchange, "hun-approver", "confirmAlert", { alert: identifier }),
    ).toMatchObject({
      state: "ACTIVE",
    });

    const read = `query ($id: ID!) { alert(identifier: $id) { xml info { headline certainty } marking { tlp }
      figures { series { reporter { code } citizenship { code } values } } } }`;
    const [hungary, france] = await Promise.all(
      ["hun-analyst", "fra-analyst"].map(
        async (client) => (await exchange.ask(client, read, { id: identifier })).data.alert,
      ),
    );
    expect(hungary.info[0]).toEqual({
      headline:
        "Higher than earlier years: Asylum applications, Hungary, citizenship: Afghanistan, 2015-Q3",
      certainty: "Possible",
    });
    expect(hungary.figures[0].series[0]).toMatchObject({ citizenship: { code: "AFG" } });
    expect(hungary.figures[0].series[0].values.at(-1)).toBe(27_640);
    // France has an agreement on totals only, so it is told where to look and shown nothing.
    expect(france).toMatchObject({ marking: { tlp: "AMBER" }, figures: [{ series: [] }] });
    expect(JSON.stringify(france)).not.toMatch(/27.?640/);
    expect(
      (await validateXML({ xml: france.xml, schema: GRAMMAR, extension: "relaxng" })).errors,
    ).toEqual([]);
  });
});
