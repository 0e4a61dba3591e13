/** A country that joins later: it sees nothing that is not cut for it, and then what it may. */
import { openAsOwner } from "../../migrations/migrate";
import { cutForNewCountry } from "../../subgraphs/indicators/reports/new-country.service";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { openSubgraphs, type Subgraphs } from "../support/subgraphs";

let exchange: ExchangeUnderTest;
let subgraphs: Subgraphs;
beforeAll(async () => {
  exchange = await openExchange();
  subgraphs = await openSubgraphs(exchange.databaseUrl);
});
afterAll(async () => {
  await subgraphs?.stop();
  await exchange?.stop();
});

const SYRIA = { id: "syr-analyst", partner: "SYR", roles: ["ANALYST"] as const };
const QUERY = `{ series(reporters: ["DEU"], indicators: ["ASY"], from: "2015-Q3", to: "2015-Q3", by: [CITIZENSHIP]) {
  citizenship { code } values statuses } }`;
const GRANT = [
  "DELETE FROM indicators.figure WHERE owner <> 'DEU' OR report_id NOT IN (SELECT id FROM indicators.report WHERE indicator = 'ASY' AND period LIKE '2015%')", // some suffice
  "INSERT INTO sharing.partner (code, name, kind) VALUES ('SYR', 'Syria', 'NATIONAL_AUTHORITY')",
  "INSERT INTO sharing.agreement (id, title, kind, convener) VALUES ('N1', 'New', 'BILATERAL', 'DEU')",
  `INSERT INTO sharing.agreement_version (agreement_id, version, valid_from, proposed_by, proposed_at)
   VALUES ('N1', 1, now() - interval '1 day', 'DEU', now() - interval '1 day')`,
  "INSERT INTO sharing.party (agreement_id, partner, since) SELECT 'N1', unnest(ARRAY['DEU', 'SYR']), now()",
  "INSERT INTO sharing.signature (agreement_id, version, partner, state, since) SELECT 'N1', 1, unnest(ARRAY['DEU', 'SYR']), 'SIGNED', now()",
  `INSERT INTO sharing.term (agreement_id, version, category, owners, viewers, indicators, detail, disclosure_control)
   VALUES ('N1', 1, 'STATISTICS', '{DEU}', '{SYR}', '{ASY}', '{CITIZENSHIP}', 'NONE')`,
];

test("sees nothing of what was released before, until it is cut; then all but its own nationals and their cover", async () => {
  const dataSource = await openAsOwner(exchange.databaseUrl);
  for (const statement of GRANT) await dataSource.query(statement);
  const see = async (): Promise<Map<string, number | string>> => {
    const { data } = await subgraphs.ask("indicators", SYRIA, QUERY);
    return new Map(
      data.series.map((one: any) => [
        one.citizenship?.code ?? "none",
        one.values[0] ?? one.statuses[0],
      ]),
    );
  };
  expect([...(await see())]).toEqual([["none", "NOT_REPORTED"]]);
  const others =
    "SELECT id, keys, values, statuses, cut FROM indicators.released_table WHERE audience IS DISTINCT FROM 'SYR' ORDER BY id";
  const before = await dataSource.query(others);
  const made = await dataSource.transaction((manager) => cutForNewCountry(manager, "SYR"));
  const [{ syr }] = await dataSource.query(
    "SELECT count(*)::int AS syr FROM indicators.released_table WHERE audience = 'SYR'",
  );
  expect(syr).toBeGreaterThan(0);
  expect(made).toBeGreaterThanOrEqual(syr);
  const kept = new Map((await dataSource.query(others)).map((row: any) => [row.id, row]));
  for (const row of before) expect({ ...(kept.get(row.id) as object), cut: row.cut }).toEqual(row);
  const after = await see();
  expect(after.get("SYR")).toBe("WITHHELD");
  expect([...after.values()].filter((value) => typeof value === "number").length).toBeGreaterThan(
    50,
  );
  expect([...after.values()]).toContain("SUPPRESSED");
  expect(await dataSource.transaction((manager) => cutForNewCountry(manager, "SYR"))).toBe(0);
  await dataSource.destroy();
});
