/** What may be worked out without being shown: existence, sums, keys, the past. */
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { AUDITOR, analystOf, FUNDER, SECRETARIAT } from "../support/people";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const SPAN = `from: "2015-Q3", to: "2015-Q4"`;
const SERBIA = analystOf("SRB");

async function data(client: string | null, query: string): Promise<any> {
  const { data, errors } = await exchange.ask(client, query);
  expect(errors).toBeUndefined();
  return data;
}

describe("an ungranted viewer cannot tell an owner that has reported from one that has not", () => {
  const QUESTIONS = {
    totals: (code: string) =>
      `series(reporters: ["${code}"], indicators: ["ASY", "IST"], ${SPAN}) {
         reporter { code } values statuses observations { period value status } sources { id } withheld { reason message } }`,
    "a breakdown": (code: string) =>
      `series(reporters: ["${code}"], indicators: ["ASY"], ${SPAN}, by: [CITIZENSHIP]) {
         citizenship { code } breakdown { code } values statuses sources { id } withheld { reason message } }`,
    "the past": (code: string) =>
      `series(reporters: ["${code}"], indicators: ["ASY"], ${SPAN}, asOf: "2020-01-01T00:00:00Z") { values statuses }`,
    "the newest": (code: string) =>
      `country(code: "${code}") { indicators(${SPAN}) { indicator { code } latest { period value status } } }`,
    "a sum": (code: string) =>
      `regionalTotal(indicator: "ASY", reporters: ["${code}"], ${SPAN}) {
         periods values statuses included { code } missing { code reason } }`,
    "a profile": (code: string) =>
      `country(code: "${code}") { profile { version publishedAt source } }`,
    why: (code: string) =>
      `explainAccess(owner: "${code}", category: STATISTICS, indicator: "ASY", period: "2015-Q3") {
         allowed reason message agreement { id } }`,
  };

  describe.each([null, FUNDER, SECRETARIAT, AUDITOR, analystOf("TUR")])("%s", (client) => {
    test.each(Object.entries(QUESTIONS))("%s", async (_name, question) => {
      const ask = async (code: string): Promise<string> => {
        const { text } = await exchange.ask(client, `{ ${question(code)} }`);
        return text.replace(/"requestId":"[^"]*"/g, "").replaceAll(code, "???");
      };
      const reported = await ask("AUT");
      expect(await ask("AZE")).toBe(reported);
      expect(reported).not.toMatch(/[1-9]\d\d,|"value":\d/);
    });
  });
});

test("a citizenship that occurs and one that does not answer alike where the breakdown is withheld", async () => {
  const occurring = await data(
    SERBIA,
    `{ series(reporters: ["AUT"], indicators: ["ASY"], ${SPAN}, by: [CITIZENSHIP], citizenships: ["AFG", "TUV"]) { values } }`,
  );
  expect(occurring.series.map((it: any) => it.values)).toEqual([
    [6_909, 12_561],
    [null, null],
  ]);
  for (const [client, owner] of [
    [SERBIA, "HUN"],
    [FUNDER, "AUT"],
    [null, "AUT"],
    [analystOf("PAK"), "HUN"],
  ] as const) {
    const ask = (codes: string) =>
      data(
        client,
        `{ series(reporters: ["${owner}"], indicators: ["ASY"], ${SPAN}, by: [CITIZENSHIP], citizenships: [${codes}]) {
           citizenship { code } values statuses sources { id } withheld { reason message } } }`,
      );
    const [{ citizenship, ...afghans }] = (await ask(`"AFG"`)).series;
    const [{ citizenship: nobody, ...tuvaluans }] = (await ask(`"TUV"`)).series;
    expect([citizenship.code, nobody.code]).toEqual(["AFG", "TUV"]);
    expect(tuvaluans).toEqual(afghans);
    expect(afghans.statuses).toEqual(["WITHHELD", "WITHHELD"]);
    expect((await ask(`"TUV", "AFG", "_U"`)).series).toHaveLength(3);
  }
});

test("a withheld breakdown is one series without a key, so that not even its length tells anything", async () => {
  const { series } = await data(
    SERBIA,
    `{ series(reporters: ["HUN"], indicators: ["ASY"], ${SPAN}, by: [CITIZENSHIP]) { citizenship { code } breakdown { code } values } }`,
  );
  expect(series).toEqual([{ citizenship: null, breakdown: [], values: [null, null] }]);
});

test("a country of origin finds its own nationals withheld whether named or not", async () => {
  const ask = (narrowed: string) =>
    data(
      analystOf("PAK"),
      `{ series(reporters: ["DEU"], indicators: ["ASY"], ${SPAN}, by: [CITIZENSHIP]${narrowed}) {
         citizenship { code } values statuses } }`,
    );
  const own = {
    citizenship: { code: "PAK" },
    values: [null, null],
    statuses: ["WITHHELD", "WITHHELD"],
  };
  expect((await ask(`, citizenships: ["PAK"]`)).series).toEqual([own]);
  expect((await ask("")).series).toContainEqual(own);
});

describe("a regional total", () => {
  const total = async (reporters: string[]) => {
    const { regionalTotal } = await data(
      SERBIA,
      `{ regionalTotal(indicator: "ASY", reporters: ${JSON.stringify(reporters)}, ${SPAN}) {
         values statuses included { code } missing { code reason } } }`,
    );
    return regionalTotal;
  };

  test.each([[["AUT", "TUR"]], [["TUR", "AUT"]]])(
    "never includes a withheld part and names it: %s",
    async (reporters) => {
      expect(await total(reporters)).toEqual({
        values: [27_481, 31_025],
        statuses: ["REPORTED", "REPORTED"],
        included: [{ code: "AUT" }],
        missing: [{ code: "TUR", reason: "WITHHELD" }],
      });
    },
  );

  test("of withheld parts alone is withheld, not zero", async () => {
    expect(await total(["TUR", "AFG"])).toMatchObject({
      values: [null, null],
      statuses: ["WITHHELD", "WITHHELD"],
      included: [],
    });
  });
});

describe("asOf opens nothing", () => {
  test.each(["2019-06-01T00:00:00Z", "2021-01-01T00:00:00Z", "2999-01-01T00:00:00Z"])(
    "%s: rights are those of now, even where an agreement was in force then",
    async (asOf) => {
      const { series } = await data(
        SERBIA,
        `{ series(reporters: ["HUN", "MKD"], indicators: ["ASY"], ${SPAN}, by: [CITIZENSHIP], asOf: "${asOf}") { values statuses } }`,
      );
      const withheld = { values: [null, null], statuses: ["WITHHELD", "WITHHELD"] };
      expect(series).toEqual([withheld, withheld]);
    },
  );
});
