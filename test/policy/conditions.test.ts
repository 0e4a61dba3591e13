import type { Viewer } from "../../shared/identity/viewer";
import { type AccessReason, decide } from "../../shared/policy/decide";
import { resourceOf } from "../../subgraphs/indicators/series.queries";
import { DAY, type Grant, type NewTable, openRuleBook, type RuleBook } from "../support/rule-book";

const PAK: Viewer = { id: "someone", partner: "PAK", roles: ["ANALYST"] };

let book: RuleBook;
beforeAll(async () => {
  book = await openRuleBook();
});
beforeEach(() => book.begin());
afterEach(() => book.forget());
afterAll(() => book.close());

/** What decides, a change to the widest grant, and one to an uncut table by citizenship of 2015-Q3. */
const SINGLE_CASES = (): readonly [AccessReason, Partial<Grant>, Partial<NewTable>][] => [
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

describe("a condition", () => {
  test("down to the condition that each of them names", async () => {
    const grants = SINGLE_CASES().map(([, change], index) => book.grant(`owner ${index}`, change));
    await book.store(grants);
    const table = { indicator: "REF", dimensions: ["CITIZENSHIP"], period: "2015-Q3" };
    await book.release(SINGLE_CASES().map(([, , change], index) => ({ ...table, owner: `owner ${index}`, ...change })));
    const { tables, visible, termsOf, reciprocated } = await book.ask(PAK);
    const reasons = tables.map((one) => {
      return decide(PAK, resourceOf(one as never, reciprocated(one)), { now: book.now, all: termsOf(one.owner) })
        .reason;
    });
    expect(reasons).toEqual(SINGLE_CASES().map(([reason]) => reason));
    expect(visible.map(({ id }) => id)).toEqual(
      tables.filter((_, index) => reasons[index] === "GRANTED").map(({ id }) => id),
    );
  });

  test("in any time zone of the database: a day of embargo is 24 hours, summer time or not", async () => {
    await book.query("SET LOCAL TIME ZONE 'Europe/Vienna'");
    const days = [30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330];
    await book.store(days.map((embargoDays) => book.grant(`owner ${embargoDays}`, { embargoDays })));
    const offsets = [-60_000, -1, 0, 1, 60_000];
    await book.release(
      days.flatMap((day) =>
        offsets.map((offset) => ({
          owner: `owner ${day}`,
          indicator: "REF",
          released_at: book.at(offset - day * DAY),
        })),
      ),
    );
    expect((await book.ask(PAK)).visible).toHaveLength(days.length * 3);
  });

  test("between two milliseconds, which the database tells apart and a Date does not", async () => {
    await book.store([
      book.grant("begins"),
      book.grant("ends", { validUntil: book.at(DAY) }),
      book.grant("released"),
      book.grant("held", { embargoDays: 90 }),
    ]);
    await book.release(
      ["begins", "ends", "released", "held"].map((owner) => ({ owner, indicator: "REF", released_at: book.at(-DAY) })),
    );
    await book.query(`UPDATE sharing.agreement a SET valid_from = sharing.instant() + '400 microseconds'
      FROM sharing.term t WHERE t.agreement_id = a.id AND t.owners = '{begins}'`);
    await book.query(`UPDATE sharing.agreement a SET valid_until = sharing.instant() + '400 microseconds'
      FROM sharing.term t WHERE t.agreement_id = a.id AND t.owners = '{ends}'`);
    await book.query(
      "UPDATE indicators.released_table SET released_at = sharing.instant() + '400 microseconds' WHERE owner = 'released'",
    );
    await book.query(`UPDATE indicators.released_table SET released_at = sharing.instant() - interval '90 days' + '400 microseconds'
      WHERE owner = 'held'`);
    await book.ask(PAK);
  });
});
