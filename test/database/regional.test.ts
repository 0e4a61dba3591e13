/** What is added for a region, and what is not. */
import { sumOf } from "../../subgraphs/indicators/series/regional.rules";
import type { SeriesData } from "../../subgraphs/indicators/series/series.rules";
import { ValueStatus } from "../../subgraphs/indicators/series/series.type";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { analystOf } from "../support/people";

const { REPORTED, SUPPRESSED, WITHHELD } = ValueStatus;
const PERIODS = ["2015-Q1", "2015-Q2"];

function total(
  reporter: string,
  cells: readonly (number | ValueStatus)[],
  unit = "PERSONS",
): SeriesData {
  const isValue = (cell: number | ValueStatus): cell is number => typeof cell === "number";
  const values = cells.map((cell) => (isValue(cell) ? cell : null));
  const statuses = cells.map((cell) => (isValue(cell) ? REPORTED : cell));
  const indicator = { code: "ASY", unit } as SeriesData["indicator"];
  const rest = {
    key: new Map(),
    address: "",
    withheld: null,
    marking: null,
    sources: [],
    madeOf: [],
    cells: [],
  };
  return { reporter, indicator, periods: PERIODS, values, statuses, ...rest };
}

describe("a regional sum", () => {
  test("leaves out in every period whoever is hidden in one, and says why", () => {
    const sum = sumOf([
      total("AUT", [10, 20]),
      total("HUN", [5, SUPPRESSED]),
      total("SRB", [WITHHELD, 7]),
    ]);
    expect(sum).toEqual({
      included: ["AUT"],
      values: [10, 20],
      statuses: [REPORTED, REPORTED],
      missing: [
        { code: "HUN", reason: SUPPRESSED },
        { code: "SRB", reason: WITHHELD },
      ],
    });
  });

  test("is what a reader could add up itself, whatever is hidden beside it", () => {
    const shown = [total("AUT", [10, 20]), total("DEU", [1, 2])];
    for (const hidden of [3, 40, 500]) {
      const truth = total("HUN", [hidden, SUPPRESSED]);
      expect(sumOf([...shown, truth])).toMatchObject({
        values: [11, 22],
        included: ["AUT", "DEU"],
      });
    }
  });

  test("of nothing but hidden parts has no value", () => {
    expect(sumOf([total("HUN", [SUPPRESSED, SUPPRESSED])])).toMatchObject({
      values: [null, null],
      included: [],
    });
  });

  test("is never made of different units", () => {
    expect(() => sumOf([total("AUT", [10, 20]), total("HUN", [1, 2], "DETECTIONS")])).toThrow(
      "never added",
    );
  });
});

describe("through the gateway", () => {
  let exchange: ExchangeUnderTest;
  beforeAll(async () => {
    exchange = await openExchange();
  });
  afterAll(() => exchange?.stop());

  test("one indicator at a time is summed, so that units cannot meet, and each has one", async () => {
    const { data } = await exchange.ask(null, "{ indicators { code unit } }");
    expect(new Set(data.indicators.map(({ unit }: { unit: string }) => unit)).size).toBeGreaterThan(
      1,
    );
    const two = `{ regionalTotal(indicator: ["ASY", "REF"], reporters: ["AUT"], from: "2015", to: "2015") { values } }`;
    expect((await exchange.ask(analystOf("SRB"), two)).errors?.[0]?.extensions.code).toBe(
      "BAD_USER_INPUT",
    );
  });

  test("a sum of reporters is the sum of what each of them shows the viewer", async () => {
    const codes = `["AUT", "BIH", "HUN", "DEU", "TUR"]`; // Bosnia has not reported one of the quarters
    const span = `from: "2015-Q1", to: "2015-Q4"`;
    for (const client of [analystOf("FRONTEX"), analystOf("UNODC"), analystOf("SRB")]) {
      const { data } = await exchange.ask(
        client,
        `{ series(reporters: ${codes}, indicators: ["ASY"], ${span}) { reporter { code } values marking { originator tlp } }
           regionalTotal(indicator: "ASY", reporters: ${codes}, ${span}) { values included { code } missing { code } markings { originator tlp } } }`,
      );
      const whole = data.series.filter(
        ({ values }: { values: (number | null)[] }) => !values.includes(null),
      );
      const sums = [0, 1, 2, 3].map((at) =>
        whole.reduce((sum: number, { values }: any) => sum + values[at], 0),
      );
      expect(data.regionalTotal.values).toEqual(sums);
      expect(data.regionalTotal.included).toEqual(whole.map(({ reporter }: any) => reporter));
      expect(data.regionalTotal.markings).toEqual(whole.map(({ marking }: any) => marking)); // of no withheld part
      expect(data.regionalTotal.included.length + data.regionalTotal.missing.length).toBe(5);
    }
  });
});
