import { type AccessReason, decide } from "../../shared/policy/decide";
import type { Viewer } from "../../shared/viewer/viewer";
import { resourceOf } from "../../subgraphs/indicators/series/series.queries";
import { DAY, type Grant, type NewTable, openRuleBook, type RuleBook } from "../support/rule-book";
import { viewerOf } from "../support/viewers";

const PAK: Viewer = viewerOf({ id: "someone", partner: "PAK", roles: ["ANALYST"] });

let book: RuleBook;
beforeAll(async () => {
  book = await openRuleBook();
});
beforeEach(() => book.begin());
afterEach(() => book.forget());
afterAll(() => book.close());

/** The reason given, what the widest grant has that is different, and what a table by citizenship of 2015-Q3 has. */
const cases = (): readonly [AccessReason, Partial<Grant>, Partial<NewTable>][] => [
  ["GRANTED", {}, {}],
  ["NO_AGREEMENT", { viewers: ["IRN"] }, {}],
  ["NO_AGREEMENT", { owners: ["somebody else"] }, {}],
  ["NO_AGREEMENT", { category: "PROFILE" }, {}],
  ["INDICATOR", { indicators: ["RET"] }, {}],
  ["DETAIL", { detail: [] }, {}],
  ["DETAIL", { detail: ["SEX"] }, {}],
  ["DETAIL", { detail: ["CITIZENSHIP"] }, { dimensions: ["CITIZENSHIP", "SEX"] }],
  ["GRANTED", { detail: ["CITIZENSHIP"] }, { dimensions: [] }],
  ["DETAIL", { control: "SUPPRESSION" }, {}],
  ["DETAIL", {}, { control: "CONTROLLED_ROUNDING" }],
  ["DETAIL", {}, { indicator: "ASY", cut: true }],
  ["GRANTED", {}, { indicator: "ASY", cut: true, audience: "PAK" }],
  ["DETAIL", {}, { indicator: "ASY", cut: true, audience: "IRN" }],
  ["GRANTED", { ownNationals: true }, { indicator: "ASY", cut: true }],
  ["DETAIL", { ownNationals: true }, { indicator: "ASY", cut: true, audience: "PAK" }],
  ["GRANTED", { dataFrom: "2015-07-01", dataUntil: "2015-10-01" }, {}],
  ["PERIOD", { dataFrom: "2015-07-02" }, {}],
  ["PERIOD", { dataUntil: "2015-09-30" }, {}],
  ["NOT_IN_FORCE", { status: "PROPOSED" }, {}],
  ["NOT_IN_FORCE", { status: "SUSPENDED" }, {}],
  ["NOT_IN_FORCE", { status: "REVOKED" }, {}],
  ["NOT_IN_FORCE", { status: "DECLINED" }, {}],
  ["GRANTED", { validFrom: book.at(0), validUntil: book.at(1) }, {}],
  ["VALIDITY", { validFrom: book.at(1) }, {}],
  ["VALIDITY", { validFrom: null }, {}],
  ["VALIDITY", { validUntil: book.at(0) }, {}],
  ["NOT_RELEASED", {}, { released_at: book.at(1) }],
  ["EMBARGO", { embargoDays: 1 }, { released_at: book.at(1 - DAY) }],
  ["GRANTED", { embargoDays: 1 }, { released_at: book.at(-DAY) }],
  ["GRANTED", { reciprocal: true }, {}],
  ["RECIPROCITY", { reciprocal: true }, { indicator: "RET" }],
];

describe("decide, the predicate and row-level security", () => {
  test("open one form of a table under one grant, and name the condition that a lesser grant fails", async () => {
    const table = { indicator: "REF", dimensions: ["CITIZENSHIP"], period: "2015-Q3" };
    await book.store(cases().map(([, change], index) => book.grant(`owner ${index}`, change)));
    await book.release(
      cases().map(([, , change], index) => ({ ...table, owner: `owner ${index}`, ...change })),
    );
    const { tables, visible, termsOf, reciprocated } = await book.ask(PAK);
    const reasons = tables.map((one) => {
      const resource = resourceOf(one as never, reciprocated(one));
      return decide(PAK, resource, { now: book.now, all: termsOf(one.owner) }).reason;
    });
    expect(reasons).toEqual(cases().map(([reason]) => reason));
    const granted = tables.filter((_, index) => reasons[index] === "GRANTED");
    expect(new Set(visible)).toEqual(new Set(granted));
  });

  test("agree in any time zone of the database: a day of embargo is 24 hours, summer time or not", async () => {
    await book.query("SET LOCAL TIME ZONE 'Europe/Vienna'");
    const embargoes = [30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330];
    await book.store(
      embargoes.map((embargoDays) => book.grant(`held ${embargoDays} days`, { embargoDays })),
    );
    const tables = embargoes.flatMap((days) =>
      [-60_000, -1, 0, 1, 60_000].map((late) => ({
        owner: `held ${days} days`,
        released_at: book.at(late - days * DAY),
      })),
    );
    await book.release(tables.map((table) => ({ ...table, indicator: "REF" })));
    expect((await book.ask(PAK)).visible).toHaveLength(embargoes.length * 3);
  });

  test("agree between two milliseconds, which the database tells apart and a Date does not", async () => {
    const owners = ["begins", "ends", "released", "held"];
    await book.store(
      owners.map((owner) => book.grant(owner, owner === "held" ? { embargoDays: 90 } : {})),
    );
    await book.release(
      owners.map((owner) => ({ owner, indicator: "REF", released_at: book.at(-DAY) })),
    );
    const agreementOf = "FROM sharing.term t WHERE t.agreement_id = a.agreement_id AND t.owners =";
    const moment = "sharing.instant() + interval '400 microseconds'";
    await book.query(
      `UPDATE sharing.agreement_version a SET valid_from = ${moment} ${agreementOf} '{begins}'`,
    );
    await book.query(
      `UPDATE sharing.agreement_version a SET valid_until = ${moment} ${agreementOf} '{ends}'`,
    );
    await book.query(
      `UPDATE indicators.released_table SET released_at = ${moment} WHERE owner = 'released'`,
    );
    await book.query(
      `UPDATE indicators.released_table SET released_at = ${moment} - interval '2160 hours' WHERE owner = 'held'`,
    );
    await book.ask(PAK);
  });

  /** One owner's term would otherwise make every statement of every viewer it names fail. */
  test("never meet an embargo that ends after the end of time: it is refused when it is written", async () => {
    const written = book.store([book.grant("somebody", { embargoDays: 2_147_483_647 })]);
    await expect(written).rejects.toThrow("violates check constraint");
  });
});
