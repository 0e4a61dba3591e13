/** Quarters and their year as people release them: the subgraph reads what is out before it decides what to hide. */
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { byCitizenship, release, seen } from "../support/reports";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const READER = "hun-analyst"; // totals under suppression, by A01
const cell = (period: string) => ({ owner: "AUT", indicator: "FAC", period });
const report = (period: string, parts: Record<string, number>) =>
  release(exchange, "AUT", { indicator: "FAC", period, figures: byCitizenship(parts) });

test("a quarter that is hidden for being small is not told by its year and the others", async () => {
  const quarters = [{ AFG: 3 }, { AFG: 20, IRN: 30 }, { AFG: 25, IRN: 40 }, { AFG: 31, IRN: 50 }];
  for (const [at, parts] of quarters.entries())
    await report(`2019-Q${at + 1}`, parts as Record<string, number>);
  await report("2019", { AFG: 79, IRN: 120 });
  const read = await Promise.all(
    ["2019-Q1", "2019-Q2", "2019-Q3", "2019-Q4", "2019"].map((it) =>
      seen(exchange, READER, cell(it)),
    ),
  );
  expect(read).toEqual(["SUPPRESSED", 50, 65, 81, "SUPPRESSED"]);
  expect(await seen(exchange, "aut-analyst", cell("2019"))).toBe(199);
});

test("two that release at once take turns: the later one sees what the earlier has put out", async () => {
  const quarters = [{ AFG: 40 }, { AFG: 20, IRN: 30 }, { AFG: 25, IRN: 40 }];
  for (const [at, parts] of quarters.entries())
    await report(`2018-Q${at + 1}`, parts as Record<string, number>);
  await Promise.all([report("2018-Q4", { AFG: 2 }), report("2018", { AFG: 87, IRN: 70 })]);
  const read = await Promise.all(["2018-Q4", "2018"].map((it) => seen(exchange, READER, cell(it))));
  expect(read).toEqual(["SUPPRESSED", "SUPPRESSED"]);
});
