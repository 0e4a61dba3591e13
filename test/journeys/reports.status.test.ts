/** When a report is late, how good it is, and who may know. */
import { openAsOwner } from "../../migrations/migrate";
import { act, propose } from "../support/agreements";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import {
  approve,
  byCitizenship,
  type Figure,
  release,
  seen,
  sendBack,
  submit,
} from "../support/reports";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const STATUS = `query ($reporters: [CountryCode!]!, $indicators: [ID!]!, $from: Period!, $to: Period!) {
  reportingStatus(reporters: $reporters, indicators: $indicators, from: $from, to: $to) { reporter { code } indicator { code }
    period state dueAt submittedAt releasedAt revisedAt version timelinessDays punctualityDays
    completeness shareUnknown meanAbsoluteRevision } }`;

async function statusOf(
  client: string | null,
  reporter: string,
  indicator: string,
  from: string,
  to = from,
): Promise<any[]> {
  const { data, errors } = await exchange.ask(client, STATUS, {
    reporters: [reporter],
    indicators: [indicator],
    from,
    to,
  });
  expect([client, errors]).toEqual([client, undefined]);
  return data.reportingStatus;
}

const DAY = 86_400_000;

test("of the demo: released 45 days after the end of the period, which is the day it was due", async () => {
  for (const client of ["aut-analyst", "observer-nld", null]) {
    const [status] = await statusOf(client, "AUT", "ASY", "2015-Q3");
    expect(status).toMatchObject({
      state: "RELEASED",
      dueAt: "2015-11-15T00:00:00.000Z",
      releasedAt: "2015-11-15T00:00:00.000Z",
      version: 1,
      timelinessDays: 45,
      punctualityDays: 0,
      submittedAt: null,
      meanAbsoluteRevision: null,
    });
  }
});

test("what nobody released is not due yet or overdue, and what waits is told to its own people only", async () => {
  const [waiting] = await statusOf("deu-officer", "DEU", "FAC", "2026-Q2");
  expect(waiting).toMatchObject({
    state: "OVERDUE",
    releasedAt: null,
    version: null,
    timelinessDays: null,
  });
  const late = Math.floor((Date.now() - Date.parse("2026-08-15T00:00:00Z")) / DAY);
  expect(Math.abs(waiting.punctualityDays - late)).toBeLessThanOrEqual(1);
  expect((await statusOf("deu-officer", "DEU", "FAC", "2090-Q1"))[0]).toMatchObject({
    state: "NOT_DUE",
    punctualityDays: null,
  });
  const { report } = await submit(exchange, "deu-officer", {
    indicator: "FAC",
    period: "2026-Q2",
    figures: [{ value: 70 }],
  });
  const told = async () =>
    Promise.all(
      ["deu-officer", "deu-approver", "deu-analyst", "fra-officer", "frontex-analyst", null].map(
        async (client) =>
          (await statusOf(client, "DEU", "FAC", "2026-Q2")).map(({ state, submittedAt }) => [
            state,
            submittedAt !== null,
          ])[0],
      ),
    );
  const nothing = ["OVERDUE", false];
  expect(await told()).toEqual([
    ["SUBMITTED", true],
    ["SUBMITTED", true],
    nothing,
    nothing,
    nothing,
    nothing,
  ]);
  await sendBack(exchange, "deu-approver", report.id, ["Add the nationalities."]);
  expect(await told()).toEqual([
    ["RETURNED", true],
    ["RETURNED", true],
    nothing,
    nothing,
    nothing,
    nothing,
  ]);
});

describe("the quality of a report", () => {
  const parts = (rows: Record<string, number>, dimension: string): Figure[] =>
    Object.entries(rows).map(([code, value]) => ({ key: [{ dimension, code }], value }));
  const figures = (more: number): Figure[] =>
    byCitizenship({ AFG: 300 + more, SYR: 500, PAK: 100, _U: 100 });

  beforeAll(async () => {
    const input = { indicator: "FAC", period: "2020-Q1" };
    await release(exchange, "DEU", { ...input, figures: figures(0) });
    await release(exchange, "DEU", {
      ...input,
      figures: figures(30),
      baseVersion: 1,
      reason: "Late forms",
    });
    await release(exchange, "DEU", {
      ...input,
      figures: figures(20),
      baseVersion: 2,
      reason: "Counted twice",
    });
  });

  test("is computed from what the viewer is shown: all of it by owner and grantee, less by totals, none without a grant", async () => {
    const qualityFor = async (client: string | null) => {
      const [{ completeness, shareUnknown, meanAbsoluteRevision, version }] = await statusOf(
        client,
        "DEU",
        "FAC",
        "2020-Q1",
      );
      return { completeness, shareUnknown, meanAbsoluteRevision, version };
    };
    const whole = { shareUnknown: 100 / 1020, meanAbsoluteRevision: 20, version: 3 };
    // Two of FAC's four tables: the total and by citizenship. Frontex has no grant by sex or place, so it is not told of those.
    expect(await qualityFor("deu-analyst")).toEqual({ ...whole, completeness: 0.5 });
    expect(await qualityFor("frontex-analyst")).toEqual({ ...whole, completeness: null });
    expect(await qualityFor("fra-analyst")).toEqual({
      ...whole,
      completeness: null,
      shareUnknown: null,
    });
    const nothing = {
      completeness: null,
      shareUnknown: null,
      meanAbsoluteRevision: null,
      version: 3,
    };
    expect(await qualityFor("observer-nld")).toEqual(nothing);
    expect(await qualityFor(null)).toEqual(nothing);
  });

  test("does not tell a suppressed number, nor that of own nationals", async () => {
    const small = [{ value: 12 }, ...parts({ AFG: 3, PAK: 7, _U: 2 }, "CITIZENSHIP")];
    await release(exchange, "DEU", { indicator: "ASY", period: "2020-Q1", figures: small });
    const [{ shareUnknown }] = await statusOf("pak-analyst", "DEU", "ASY", "2020-Q1");
    expect(shareUnknown).toBeNull();
  });
});

describe("under an embargo of 90 days", () => {
  const cell = { owner: "DEU", indicator: "THB", period: "2020-Q3", citizenship: "NGA" };
  const figures = (value: number) => byCitizenship({ NGA: value, ROU: 90, BGR: 70 });
  const revisions = `{ series(reporters: ["DEU"], indicators: ["THB"], from: "2020-Q3", to: "2020-Q3", by: [CITIZENSHIP],
    citizenships: ["NGA"]) { revisions { value } } reportingStatus(reporters: ["DEU"], indicators: ["THB"], from: "2020-Q3",
    to: "2020-Q3") { shareUnknown meanAbsoluteRevision version } }`;

  test("neither version is seen before the first is old enough, and then the second at once", async () => {
    const term = {
      category: "STATISTICS",
      owners: ["DEU"],
      viewers: ["SRB"],
      indicators: ["THB"],
      detail: ["CITIZENSHIP"],
    };
    const terms = [{ ...term, disclosureControl: "NONE", embargoDays: 90 }];
    const { agreement } = await propose(exchange, "deu-officer", { terms });
    await act(exchange, "deu-approver", "acceptAgreement", { id: agreement.id, version: 1 });
    await act(exchange, "srb-approver", "acceptAgreement", { id: agreement.id, version: 1 });
    const input = { indicator: "THB", period: "2020-Q3" };
    await release(exchange, "DEU", { ...input, figures: figures(50) });
    expect(await seen(exchange, "srb-analyst", cell)).toBe("EMBARGOED");
    await release(exchange, "DEU", {
      ...input,
      figures: figures(60),
      baseVersion: 1,
      reason: "Late forms",
    });
    expect(await seen(exchange, "srb-analyst", cell)).toBe("EMBARGOED");
    const closed = (await exchange.ask("srb-analyst", revisions)).data;
    expect(closed.series[0].revisions).toEqual([]);
    expect(closed.reportingStatus).toEqual([
      { shareUnknown: null, meanAbsoluteRevision: null, version: 2 },
    ]);
    const now = new Date().toISOString();
    expect(await seen(exchange, "srb-analyst", { ...cell, asOf: now })).toBe("EMBARGOED");
    await ageFirstRelease("DEU", "THB", "2020-Q3", 91);
    expect(await seen(exchange, "srb-analyst", cell)).toBe(60);
    expect((await exchange.ask("srb-analyst", revisions)).data.series[0].revisions).toEqual([
      { value: 50 },
      { value: 60 },
    ]);
    await release(exchange, "DEU", {
      ...input,
      figures: figures(61),
      baseVersion: 2,
      reason: "One more",
    });
    expect(await seen(exchange, "srb-analyst", cell)).toBe(61);
    const who = `{ whoCanSee(category: STATISTICS, indicator: "THB", by: [CITIZENSHIP], period: "2020-Q3") { partner { code } }
      explain: explainAccess(owner: "DEU", category: STATISTICS, indicator: "THB", by: [CITIZENSHIP], period: "2020-Q3") { allowed } }`;
    const told = (await exchange.ask("deu-approver", who)).data.whoCanSee.map(
      (one: any) => one.partner.code,
    );
    expect(told).toContain("SRB"); // and what is told of it agrees with what is seen
    expect((await exchange.ask("srb-analyst", who)).data.explain).toEqual({ allowed: true });
  });
});

/** As if the first version had been released so many days earlier; what others see hangs on nothing else. */
async function ageFirstRelease(
  owner: string,
  indicator: string,
  period: string,
  days: number,
): Promise<void> {
  const dataSource = await openAsOwner(exchange.databaseUrl);
  const of = "owner = $1 AND indicator = $2 AND period = $3";
  const earlier = "make_interval(days => $4)";
  for (const table of ["report", "released_table"]) {
    await dataSource.query(
      `UPDATE indicators.${table} SET released_at = released_at - ${earlier} WHERE ${of} AND version = 1`,
      [owner, indicator, period, days],
    );
    await dataSource.query(
      `UPDATE indicators.${table} SET first_released_at = first_released_at - ${earlier} WHERE ${of} AND version > 1`,
      [owner, indicator, period, days],
    );
  }
  await dataSource.destroy();
}

describe("the disclosure log", () => {
  test("says what was collected, altered and erased, by whom, and that its own people looked", async () => {
    const dataSource = await openAsOwner(exchange.databaseUrl);
    const [{ last }] = await dataSource.query(
      "SELECT coalesce(max(id), 0) AS last FROM audit.entry",
    );
    const input = {
      indicator: "REF",
      period: "2021-Q2",
      figures: byCitizenship({ AFG: 10, SYR: 20 }),
    };
    const { report } = await submit(exchange, "fra-officer", input);
    await approve(exchange, "fra-approver", report.id);
    const rows = await dataSource.query(
      `SELECT actor, owner, operation, indicators, periods, detail, cells, channel, outcome, reason FROM audit.entry
       WHERE id > $1 AND operation IN ('COLLECTION', 'ALTERATION', 'ERASURE') ORDER BY id`,
      [last],
    );
    await dataSource.destroy();
    const same = {
      owner: "FRA",
      indicators: ["REF"],
      periods: ["2021-Q2"],
      detail: ["CITIZENSHIP"],
      cells: 3,
    };
    const way = { channel: "GRAPHQL", outcome: "GIVEN", reason: "OWNER" };
    expect(rows).toEqual([
      { actor: "fra-officer", operation: "COLLECTION", ...same, ...way },
      { actor: "fra-approver", operation: "ALTERATION", ...same, ...way },
    ]);
  });
});
