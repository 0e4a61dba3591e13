/** Published exports of UNHCR's asylum figures as versions of a report: what stood when, and a change of concept that is told. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { openAsOwner } from "../../migrations/migrate";
import { type Period, parsePeriod } from "../../shared/period";
import { type Release, storeRelease } from "../../subgraphs/indicators/release/release.service";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { approve, codesOf, seen, submit } from "../support/reports";

type Line = Record<"vintage" | "reporter" | "origin" | "month" | "value", string>;
const LINES: Line[] = parse(
  readFileSync(join(__dirname, "..", "support", "data", "unhcr-vintages.csv")),
  {
    columns: true,
  },
);
const REPORTS = [
  { owner: "AUT", period: "2015-Q3", months: ["2015-07", "2015-08", "2015-09"] },
  { owner: "SRB", period: "2015-Q4", months: ["2015-10", "2015-11", "2015-12"] },
];
const EXPORTS = ["2015-11-05", "2016-02-07", "2016-05-09", "2016-08-09"];
const CHANGED = "2016-12-26";

interface Figure {
  origin: string;
  value: number;
  /** Whether a month is missing or suppressed: the sum is a lower bound. */
  partly: boolean;
}

/** The quarter as one export had it: months summed. */
function quarterIn(vintage: string, owner: string, months: readonly string[]): Figure[] {
  const lines = LINES.filter((line) => line.vintage === vintage && line.reporter === owner);
  return [...new Set(lines.map(({ origin }) => origin))].sort().flatMap((origin) => {
    const values = months.map(
      (month) => lines.find((line) => line.origin === origin && line.month === month)?.value,
    );
    const given = values.filter((value) => value !== undefined && value !== "*");
    if (given.length === 0) return [];
    const value = given.reduce((sum, one) => sum + Number(one), 0);
    return [{ origin, value, partly: given.length < months.length }];
  });
}

const valueIn = (vintage: string, owner: string, origin: string): number | undefined => {
  const { months } = REPORTS.find((one) => one.owner === owner) as (typeof REPORTS)[number];
  return quarterIn(vintage, owner, months).find((figure) => figure.origin === origin)?.value;
};

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
  const dataSource = await openAsOwner(exchange.databaseUrl);
  await dataSource.transaction(async (manager) => {
    for (const { owner, period, months } of REPORTS) {
      const of = `owner = '${owner}' AND indicator = 'ASY' AND period = '${period}'`;
      const reports = `(SELECT id FROM indicators.report WHERE ${of})`; // the demo's own, of a later export
      await manager.query(`DELETE FROM indicators.released_table WHERE report_id IN ${reports}`);
      await manager.query(`DELETE FROM indicators.figure WHERE report_id IN ${reports}`);
      await manager.query(`DELETE FROM indicators.report WHERE ${of}`);
      await manager.query(`DELETE FROM indicators.submission WHERE ${of}`);
      const exports = EXPORTS.filter((vintage) => quarterIn(vintage, owner, months).length > 0);
      for (const [at, vintage] of exports.entries()) {
        const release = versionOf(
          owner,
          period,
          vintage,
          at + 1,
          quarterIn(vintage, owner, months),
        );
        await storeRelease(manager, release, {
          protecting: new Set(["ASY"]),
          countries: ["HUN", "SRB"],
          secret: "test-secret",
        });
      }
    }
  });
  await dataSource.destroy();
});
afterAll(() => exchange?.stop());

function versionOf(
  owner: string,
  period: string,
  vintage: string,
  version: number,
  quarter: Figure[],
): Release {
  const at = new Date(`${vintage}T12:00:00Z`);
  return {
    owner,
    indicator: "ASY",
    period: parsePeriod(period) as Period,
    version,
    reason: version === 1 ? null : `UNHCR export of ${vintage}`,
    submittedBy: "officer",
    submittedAt: at,
    approvedBy: "approver",
    releasedAt: at,
    figures: quarter.map(({ origin, value, partly }) => ({
      dimensions: ["CITIZENSHIP"],
      key: [origin],
      value,
      status: partly ? "E" : "A",
      sourceId: "UNHCR_ASY_Q",
    })),
  };
}

const cell = (owner: string, period: string, citizenship: string) => ({
  owner,
  indicator: "ASY",
  period,
  citizenship,
});

test("asOf gives every figure as it stood at each export, and before the first that there was none", async () => {
  let compared = 0;
  for (const { owner, period, months } of REPORTS) {
    for (const vintage of EXPORTS) {
      const quarter = quarterIn(vintage, owner, months);
      for (const origin of ["AFG", "SYR", "IRQ", "PAK", "SOM"]) {
        const stood = quarter.find((figure) => figure.origin === origin)?.value ?? "NOT_REPORTED";
        const asked = { ...cell(owner, period, origin), asOf: `${vintage}T23:59:59Z` };
        expect([
          vintage,
          owner,
          origin,
          await seen(exchange, `${owner.toLowerCase()}-analyst`, asked),
        ]).toEqual([vintage, owner, origin, stood]);
        if (owner === "AUT") expect(await seen(exchange, "frontex-analyst", asked)).toBe(stood);
        compared += 1;
      }
    }
  }
  expect(compared).toBe(40);
  expect([
    valueIn("2015-11-05", "AUT", "AFG"),
    valueIn("2016-02-07", "AUT", "AFG"),
    valueIn("2016-05-09", "AUT", "AFG"),
  ]).toEqual([2733 + 1856, 2733 + 1860 + 2279, 2757 + 1865 + 2287]);
});

test("a figure's revisions say what it was from when to when, and how far apart", async () => {
  const query = `{ series(reporters: ["AUT"], indicators: ["ASY"], from: "2015-Q3", to: "2015-Q3", by: [CITIZENSHIP],
    citizenships: ["AFG"]) { revisions { version value status from until reason } } }`;
  for (const client of ["aut-analyst", "frontex-analyst"]) {
    const { data } = await exchange.ask(client, query);
    expect(data.series[0].revisions).toEqual([
      {
        version: 1,
        value: 4589,
        status: "ESTIMATED",
        from: day("2015-11-05"),
        until: day("2016-02-07"),
        reason: null,
      },
      {
        version: 2,
        value: 6872,
        status: "REPORTED",
        from: day("2016-02-07"),
        until: day("2016-05-09"),
        reason: "UNHCR export of 2016-02-07",
      },
      {
        version: 3,
        value: 6909,
        status: "REPORTED",
        from: day("2016-05-09"),
        until: day("2016-08-09"),
        reason: "UNHCR export of 2016-05-09",
      },
      {
        version: 4,
        value: 6909,
        status: "REPORTED",
        from: day("2016-08-09"),
        until: null,
        reason: "UNHCR export of 2016-08-09",
      },
    ]);
  }
  const rounded = (await exchange.ask("unodc-analyst", query)).data.series[0].revisions;
  expect(rounded.map(({ value }: { value: number }) => value % 5)).toEqual([0, 0, 0, 0]);
  expect(rounded.map(({ reason }: { reason: string }) => reason)).toHaveLength(4);
  expect((await exchange.ask("observer-nld", query)).data.series[0].revisions).toEqual([]);
});

const day = (vintage: string): string => `${vintage}T12:00:00.000Z`;

describe("Serbia's Syrians of autumn 2015", () => {
  const months = (REPORTS[1] as (typeof REPORTS)[number]).months;
  const october = (vintage: string) =>
    LINES.find(
      (line) =>
        line.vintage === vintage &&
        line.reporter === "SRB" &&
        line.origin === "SYR" &&
        line.month === "2015-10",
    )?.value;
  const figures = (status?: string) =>
    quarterIn(CHANGED, "SRB", months).map(({ origin, value, partly }) => ({
      key: [{ dimension: "CITIZENSHIP", code: origin }],
      value,
      status: status ?? (partly ? "ESTIMATED" : "REPORTED"),
    }));
  const input = { indicator: "ASY", period: "2015-Q4", baseVersion: 3 };
  const reason = "UNHCR export of 2016-12-26: counted by another concept than before.";

  test("are 96,533 in October in the exports to August 2016 and 9 in December's", () => {
    expect([...EXPORTS, CHANGED].map(october)).toEqual([undefined, "96533", "96533", "96533", "9"]);
  });

  test("cannot be changed silently", async () => {
    expect(
      codesOf(await submit(exchange, "srb-officer", { ...input, figures: figures() })),
    ).toContain("BAD_USER_INPUT input.reason");
    const silent = await submit(exchange, "srb-officer", { ...input, figures: figures(), reason });
    expect(silent.report).toBeNull();
    expect(silent.userErrors.map(({ message }) => message).join()).toMatch(
      /AFG .* gone.*SYR changes by half or more .*DEFINITION_DIFFERS or BREAK/s,
    );
  });

  test("show the change of concept with its reason, and asOf what stood before", async () => {
    const { report, userErrors } = await submit(exchange, "srb-officer", {
      ...input,
      figures: figures("DEFINITION_DIFFERS"),
      reason,
      comment: "The other origins are suppressed in this export or no longer in it.",
    });
    expect(userErrors).toEqual([]);
    expect((await approve(exchange, "srb-approver", report.id)).report.state).toBe("RELEASED");
    const syrians = cell("SRB", "2015-Q4", "SYR");
    expect(await seen(exchange, "srb-analyst", { ...syrians, asOf: day("2016-08-10") })).toBe(
      96_533 + 70_630 + 36_818,
    );
    expect(await seen(exchange, "srb-analyst", syrians)).toBe(9 + 7);
    const query = `{ series(reporters: ["SRB"], indicators: ["ASY"], from: "2015-Q4", to: "2015-Q4", by: [CITIZENSHIP],
      citizenships: ["SYR"]) { statuses revisions { version value status reason } } }`;
    for (const client of ["srb-analyst", "unodc-analyst"]) {
      const [series] = (await exchange.ask(client, query)).data.series;
      expect(series.statuses).toEqual(["DEFINITION_DIFFERS"]);
      expect(series.revisions.at(-2)).toMatchObject({
        version: 3,
        status: "REPORTED",
        reason: "UNHCR export of 2016-08-09",
      });
      expect(series.revisions.at(-1)).toMatchObject({
        version: 4,
        status: "DEFINITION_DIFFERS",
        reason,
      });
    }
  });
});
