/** An owner is told who reads a cell of its own by the common version of an analysis: exactly those who do, while they do. */
import type { Client } from "pg";
import { actOnYear, analysis, clear } from "../support/analysis";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { READERS, SECRETARIAT } from "../support/people";

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
  await actOnYear(exchange, SECRETARIAT, "conveneAnalysis");
  await actOnYear(exchange, SECRETARIAT, "openAnalysis");
});
afterAll(() => exchange?.stop());

type Cell = { indicator: string; by?: string; period?: string };
/** `PAK 2015`, in the order of their codes. */
async function told(
  client: string,
  { indicator, by = "", period = "2015-Q3" }: Cell,
): Promise<string[]> {
  const query = `{ whoCanSee(category: STATISTICS, indicator: "${indicator}", by: [${by}], period: "${period}") {
    partner { code } agreement { id } analysis agreementVersion disclosureControl ownNationals } }`;
  const { data, errors } = await exchange.ask(client, query);
  if (errors) throw new Error(JSON.stringify(errors));
  for (const one of data.whoCanSee)
    expect([one.agreement === null, one.agreementVersion === null]).toEqual([
      one.analysis !== null,
      one.analysis !== null,
    ]);
  const cleared = data.whoCanSee.filter((one: any) => one.analysis !== null);
  for (const one of cleared)
    expect(one).toMatchObject({ disclosureControl: "SUPPRESSION", ownNationals: false });
  return cleared.map(({ partner, analysis: year }: any) => `${partner.code} ${year}`).sort();
}

/** Who has a value of the owner's of that indicator in its common version, asked of each of them. */
async function readers(of: string, indicator: string): Promise<string[]> {
  const found: string[] = [];
  for (const [partner, client] of READERS) {
    if (partner === of) continue;
    const fields =
      "cleared { sections { indicator { code } reporters { reporter { code } value } } }";
    const { sections } = (await analysis(exchange, client, fields)).cleared;
    const rows = sections.find((one: any) => one.indicator.code === indicator).reporters;
    if (rows.some((row: any) => row.reporter.code === of && row.value !== null))
      found.push(`${partner} 2015`);
  }
  return found.sort();
}

test("nobody before it is published, though it is cleared", async () => {
  await clear(exchange, "HUN", { indicators: ["ASY", "IST"] });
  await clear(exchange, "AUT", { indicators: ["ASY"], audience: "COLEP" });
  await clear(exchange, "TUR", { indicators: ["ASY"], audience: "RELEC" });
  for (const client of ["hun-analyst", "aut-analyst", "tur-analyst"])
    expect(await told(client, { indicator: "ASY" })).toEqual([]);
  await actOnYear(exchange, SECRETARIAT, "closeAnalysis");
  expect(await told("hun-analyst", { indicator: "ASY" })).toEqual([]);
});

test("once it is published, exactly those who read it, of each audience", async () => {
  await actOnYear(exchange, SECRETARIAT, "publishAnalysis");
  for (const [code, least] of [
    ["HUN", 18],
    ["AUT", 10],
    ["TUR", 5],
  ] as const) {
    const told_ = await told(`${code.toLowerCase()}-analyst`, { indicator: "ASY" });
    expect({ code, told: told_ }).toEqual({ code, told: await readers(code, "ASY") });
    expect(told_.length).toBeGreaterThanOrEqual(least);
  }
});

test("of the cells that stand in it, and of no other", async () => {
  const everybody = await told("hun-analyst", { indicator: "IST", period: "2015" });
  expect(everybody).toHaveLength(READERS.size - 1);
  expect(
    await told("hun-analyst", { indicator: "IST", by: "CITIZENSHIP", period: "2015" }),
  ).toEqual(everybody);
  const none: Cell[] = [
    { indicator: "ASY", by: "CITIZENSHIP" }, // it protects citizens: only totals stand in it
    { indicator: "REF", period: "2015" },
    { indicator: "ASY", period: "2016-Q1" },
    { indicator: "ASY", period: "2012-Q1" },
  ];
  for (const cell of none) expect([cell, await told("hun-analyst", cell)]).toEqual([cell, []]);
});

test("nobody learns of another's, whatever it asks", async () => {
  for (const client of ["deu-analyst", "frontex-analyst", "observer-nld", SECRETARIAT])
    expect(await told(client, { indicator: "ASY" })).toEqual([]);
});

test("who is in a network is asked at that moment", async () => {
  const before = await told("tur-analyst", { indicator: "ASY" });
  expect(before).toContain("PAK 2015");
  const until = (date: string) =>
    owner.query(
      `BEGIN; SET LOCAL session_replication_role = replica;
       UPDATE countries.membership SET until = ${date} WHERE country = 'PAK' AND network = 'RELEC'; COMMIT`,
    );
  await until("'2020-01-01'");
  expect(await told("tur-analyst", { indicator: "ASY" })).toEqual(
    before.filter((one) => one !== "PAK 2015"),
  );
  expect(await readers("TUR", "ASY")).not.toContain("PAK 2015");
  await until("NULL");
  expect(await told("tur-analyst", { indicator: "ASY" })).toEqual(before);
});

test("whoever takes its part back is told of nobody from then on", async () => {
  await actOnYear(exchange, "hun-approver", "withdrawAnalysisPart");
  expect(await told("hun-analyst", { indicator: "ASY" })).toEqual([]);
  expect(await readers("HUN", "ASY")).toEqual([]);
  expect((await told("aut-analyst", { indicator: "ASY" })).length).toBeGreaterThan(5);
});
