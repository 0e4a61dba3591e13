/** Bad input is BAD_USER_INPUT, and its message names the argument and says how to mend it. */
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { analystOf } from "../support/people";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const CLIENT = analystOf("SRB");

interface Series {
  reporters?: unknown;
  indicators?: unknown;
  from?: unknown;
  to?: unknown;
  by?: unknown;
  citizenships?: unknown;
  asOf?: unknown;
}
const GOOD: Series = { reporters: ["AUT"], indicators: ["ASY"], from: "2015-Q1", to: "2015-Q4" };

const TYPES = {
  reporters: "[CountryCode!]!",
  indicators: "[ID!]!",
  from: "Period!",
  to: "Period!",
  by: "[Dimension!]",
  citizenships: "[CountryCode!]",
  asOf: "DateTime",
};
const DECLARED = Object.entries(TYPES).map(([name, type]) => `$${name}: ${type}`);
const USED = Object.keys(TYPES).map((name) => `${name}: $${name}`);
const BY_VARIABLES = `query (${DECLARED.join(", ")}) { series(${USED.join(", ")}) { values } }`;

const seriesByVariables = (change: Series) =>
  exchange.ask(CLIENT, BY_VARIABLES, { ...GOOD, ...change });

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([key, it]) => `${key}: ${literal(it)}`)
      .join(", ")}}`;
  }
  return JSON.stringify(value);
}

function seriesByLiterals(change: Series) {
  const { by, ...rest } = { ...GOOD, ...change };
  const written = Object.entries(rest).map(([name, value]) => `${name}: ${literal(value)}`);
  const dimensions = Array.isArray(by)
    ? [`by: [${by.join(", ")}]`]
    : by === undefined
      ? []
      : [`by: ${literal(by)}`];
  return exchange.ask(CLIENT, `{ series(${[...written, ...dimensions].join(", ")}) { values } }`);
}

type Asked = Awaited<ReturnType<ExchangeUnderTest["ask"]>>;
function expectBad({ status, data, errors = [] }: Asked, argument: string, mend: RegExp): void {
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT"]);
  expect(status).toBeLessThan(500);
  expect(JSON.stringify(data ?? null)).toMatch(/^(null|(\{"\w+":)+null\}+)$/);
  expect(errors[0]?.message).toMatch(new RegExp(`\\b${argument}\\b`));
  expect(errors[0]?.message).toMatch(mend);
}

/** Well-formed for GraphQL, wrong for the exchange: refused by the subgraph that knows, in the same words either way. */
const WRONG: [string, Series, string, RegExp][] = [
  [
    "an unknown country",
    { reporters: ["AUT", "XXX"] },
    "reporters",
    /"XXX" is not a country.*"AUT"/,
  ],
  ["a country in small letters", { reporters: ["aut"] }, "reporters", /ISO 3166-1 alpha-3/],
  ["a total for a country", { reporters: ["_T"] }, "reporters", /not a country/],
  ["no countries", { reporters: [] }, "reporters", /empty.*at least one/],
  ["a number for a country", { reporters: [40] }, "reporters", /not a country/],
  ["an object for a country", { reporters: [{ code: "AUT" }] }, "reporters", /not a country/],
  [
    "an unknown indicator",
    { indicators: ["ASY", "XYZ"] },
    "indicators",
    /"XYZ" is not an indicator.*IBC/,
  ],
  ["a number for an indicator", { indicators: [7] }, "indicators", /not an indicator/],
  ["no indicators", { indicators: [] }, "indicators", /empty.*at least one/],
  ["a reversed period", { from: "2015-Q4", to: "2015-Q1" }, "from", /after to "2015-Q1"\. Swap/],
  ["reversed years", { from: "2016", to: "2015" }, "from", /Swap/],
  ["a quarter and a year", { from: "2015-Q1", to: "2015" }, "to", /two quarters.*two years/],
  ["a fifth quarter", { from: "2015-Q5" }, "from", /not a period.*2015-Q3/],
  ["a month", { to: "2015-03" }, "to", /not a period.*2015-Q3/],
  ["an empty period", { to: "" }, "to", /not a period/],
  ["a number for a period", { from: 20_151 }, "from", /not a period/],
  ["an object for a period", { from: { year: 2015 } }, "from", /not a period/],
  [
    "more periods than a request may have",
    { from: "1900-Q1", to: "2199-Q4" },
    "to",
    /longer than 200 periods/,
  ],
  [
    "a dimension that the indicator lacks",
    { by: ["REFUSAL_REASON"] },
    "by",
    /ASY is not broken down by REFUSAL_REASON\. It has .*CITIZENSHIP/,
  ],
  [
    "citizenships without a breakdown",
    { citizenships: ["AFG"] },
    "citizenships",
    /Add CITIZENSHIP to `by`/,
  ],
  [
    "citizenships of another breakdown",
    { by: ["SEX"], citizenships: ["AFG"] },
    "citizenships",
    /Add CITIZENSHIP/,
  ],
  [
    "an unknown citizenship",
    { by: ["CITIZENSHIP"], citizenships: ["XXX"] },
    "citizenships",
    /"XXX" is not a citizenship.*_STL/,
  ],
  [
    "the total as a citizenship",
    { by: ["CITIZENSHIP"], citizenships: ["_T"] },
    "citizenships",
    /not a citizenship/,
  ],
  ["no citizenships", { by: ["CITIZENSHIP"], citizenships: [] }, "citizenships", /empty/],
  ["an asOf that is no date", { asOf: "yesterday" }, "asOf", /yesterday|date/i],
  ["an asOf without a time", { asOf: "2015-13-45T00:00:00Z" }, "asOf", /date/i],
  ["an asOf that is a number", { asOf: 12 }, "asOf", /date/i],
  ["an asOf that is an object", { asOf: { year: 2015 } }, "asOf", /date/i],
];

describe("series", () => {
  test.each(WRONG)("%s, as literals", async (_name, change, argument, mend) => {
    expectBad(await seriesByLiterals(change), argument, mend);
  });
  test.each(WRONG)("%s, as variables", async (_name, change, argument, mend) => {
    expectBad(await seriesByVariables(change), argument, mend);
  });
});

/** Wrong for GraphQL itself, which judges literals and variables in two places. */
const MISTYPED: [string, Series, string][] = [
  ["null for the countries", { reporters: null }, "reporters"],
  ["null among the countries", { reporters: ["AUT", null] }, "reporters"],
  ["null for a period", { from: null }, "from"],
  ["an object for the indicators", { indicators: { code: "ASY" } }, "indicators"],
  ["true for an indicator", { indicators: [true] }, "indicators"],
  ["a dimension that there is not", { by: ["HEIGHT"] }, "by"],
  ["a number for a dimension", { by: [1] }, "by"],
  ["an object for the dimensions", { by: { code: "SEX" } }, "by"],
];

describe("series, mistyped", () => {
  test.each(MISTYPED)("%s, as literals", async (_name, change, argument) => {
    expectBad(await seriesByLiterals(change), argument, /./);
  });
  test.each(MISTYPED)("%s, as variables", async (_name, change, argument) => {
    expectBad(await seriesByVariables(change), argument, /./);
  });
});
