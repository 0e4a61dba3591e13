/** One text is the same for all its readers, so nothing stands in it that is cut for some country: totals included. */
import { actOnYear, analysis, clear } from "../support/analysis";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { SECRETARIAT } from "../support/people";
import { byCitizenship, release } from "../support/reports";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
  // Hardly anybody else stands beside the first quarter's nationals of Pakistan: its total would tell them.
  for (const [period, parts] of [
    ["2016-Q1", { PAK: 400, AFG: 6 }],
    ["2016-Q2", { PAK: 40, AFG: 300, IRQ: 200 }],
  ] as const)
    await release(exchange, "BGD", {
      indicator: "ASY",
      period,
      reason: "Reported late",
      figures: byCitizenship(parts),
    });
});
afterAll(() => exchange?.stop());

const TOTALS = `query { series(reporters: ["BGD"], indicators: ["ASY"], from: "2016-Q1", to: "2016-Q2") {
  observations { value status } } }`;

test("a total that is hidden from a country of origin is not frozen for anybody", async () => {
  const { data } = await exchange.ask("pak-analyst", TOTALS);
  expect(data.series[0].observations.map(({ value }: { value: number | null }) => value)).toEqual([
    null,
    540,
  ]);
  for (const step of ["conveneAnalysis", "openAnalysis"])
    await actOnYear(exchange, SECRETARIAT, step, { year: 2016 });
  await clear(exchange, "BGD", { year: 2016, indicators: ["ASY"] });
  for (const step of ["closeAnalysis", "publishAnalysis"])
    await actOnYear(exchange, SECRETARIAT, step, { year: 2016 });
  const fields =
    "cleared { sections { indicator { code } reporters { reporter { code } quarters } } }";
  for (const client of ["pak-analyst", "hun-analyst"]) {
    const { cleared } = await analysis(exchange, client, fields, 2016);
    const { reporters } = cleared.sections.find((one: any) => one.indicator.code === "ASY");
    expect(reporters.map((row: any) => [row.reporter.code, row.quarters])).toEqual([
      ["BGD", [null, 540, null, null]],
    ]);
  }
});
