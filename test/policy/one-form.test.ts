/** Which of several grants of one owner counts where they would tell on each other: by decide, predicate and row-level security. */

import { decide } from "../../shared/policy/decide";
import type { Viewer } from "../../shared/viewer/viewer";
import { resourceOf } from "../../subgraphs/indicators/series/series.queries";
import { formsOf, type Grant, openRuleBook, type RuleBook } from "../support/rule-book";
import { viewerOf } from "../support/viewers";

const PAK: Viewer = viewerOf({ id: "someone", partner: "PAK", roles: ["ANALYST"] });
const FRONTEX: Viewer = { ...PAK, partner: "FRONTEX" };

let book: RuleBook;
beforeAll(async () => {
  book = await openRuleBook();
});
beforeEach(() => book.begin());
afterEach(() => book.forget());
afterAll(() => book.close());

type Kind = "total" | "list" | "sex" | "table";
const KINDS: Record<Kind, string[]> = {
  total: [],
  list: ["CITIZENSHIP"],
  sex: ["SEX"],
  table: ["CITIZENSHIP", "SEX"],
};
const INITIALS: Record<string, string> = {
  NONE: "exact",
  SUPPRESSION: "suppressed",
  CONTROLLED_ROUNDING: "rounded",
};

const totals: Partial<Grant> = { detail: [] };
const list: Partial<Grant> = { detail: ["CITIZENSHIP"] };
const bySex: Partial<Grant> = { detail: ["SEX"] };
const table: Partial<Grant> = { detail: ["CITIZENSHIP", "SEX"] };
const suppressed = { control: "SUPPRESSION" } as const;
const rounded = { control: "CONTROLLED_ROUNDING" } as const;
const held = { embargoDays: 90 };
const heldStill = { embargoDays: 366 };
const from = (dataFrom: string) => ({ dataFrom });
const until = (dataUntil: string) => ({ dataUntil });

/** What is read of 2015-Q3, which has been out for a year, under which grants; a kind that is not named is withheld. */
const cases: readonly [string, Partial<Grant>[], Partial<Record<Kind, string>>][] = [
  ["one grant", [list], { total: "exact", list: "exact" }],
  [
    "suppressed totals, an exact list",
    [{ ...totals, ...suppressed }, list],
    { total: "exact", list: "exact" },
  ],
  [
    "suppressed totals, a rounded list",
    [
      { ...totals, ...suppressed },
      { ...list, ...rounded },
    ],
    { total: "rounded", list: "rounded" },
  ],
  [
    "exact totals, a rounded list",
    [totals, { ...list, ...rounded }],
    { total: "exact", list: "rounded" },
  ],
  [
    "an exact list, the suppressed table",
    [list, { ...table, ...suppressed }],
    {
      total: "suppressed",
      list: "suppressed",
      sex: "suppressed",
      table: "suppressed",
    },
  ],
  [
    "an exact list, the rounded table",
    [list, { ...table, ...rounded }],
    {
      total: "rounded",
      list: "rounded",
      sex: "rounded",
      table: "rounded",
    },
  ],
  [
    "a suppressed list, the exact table",
    [{ ...list, ...suppressed }, table],
    {
      total: "exact",
      list: "exact",
      sex: "exact",
      table: "exact",
    },
  ],
  [
    "a suppressed list, the rounded table",
    [
      { ...list, ...suppressed },
      { ...table, ...rounded },
    ],
    {
      total: "rounded",
      list: "rounded",
      sex: "rounded",
      table: "rounded",
    },
  ],
  [
    "all three",
    [totals, { ...list, ...suppressed }, { ...table, ...rounded }],
    {
      total: "exact",
      list: "rounded",
      sex: "rounded",
      table: "rounded",
    },
  ],
  [
    "lists that meet in totals only",
    [list, { ...bySex, ...suppressed }],
    {
      total: "exact",
      list: "exact",
      sex: "suppressed",
    },
  ],
  [
    "an exact list at once, suppressed later",
    [list, { ...list, ...suppressed, ...held }],
    {
      total: "exact",
      list: "exact",
    },
  ],
  [
    "a suppressed list at once, exact later",
    [
      { ...list, ...suppressed },
      { ...list, ...held },
    ],
    {
      total: "suppressed",
      list: "suppressed",
    },
  ],
  [
    "suppressed totals at once, an exact list later",
    [
      { ...totals, ...suppressed },
      { ...list, ...held },
    ],
    {
      total: "exact",
      list: "exact",
    },
  ],
  [
    "suppressed totals at once, an exact list that is still held back",
    [
      { ...totals, ...suppressed },
      { ...list, ...heldStill },
    ],
    {},
  ],
  [
    "suppressed totals and an exact list for part of the year",
    [
      { ...totals, ...suppressed },
      { ...list, ...until("2015-10-01") },
    ],
    { total: "exact", list: "exact" },
  ],
  [
    "rounded totals at once, an exact list later",
    [
      { ...totals, ...rounded },
      { ...list, ...held },
    ],
    {
      total: "exact",
      list: "exact",
    },
  ],
  [
    "exact totals later, a rounded list at once",
    [
      { ...totals, ...held },
      { ...list, ...rounded },
    ],
    {
      total: "rounded",
      list: "rounded",
    },
  ],
  [
    "a suppressed list, exact in return",
    [
      { ...list, ...suppressed },
      { ...list, reciprocal: true },
    ],
    {
      total: "suppressed",
      list: "suppressed",
    },
  ],
  [
    "both in return",
    [
      { ...list, ...suppressed, reciprocal: true },
      { ...list, reciprocal: true },
    ],
    {
      total: "exact",
      list: "exact",
    },
  ],
  [
    "exact from the year on",
    [
      { ...list, ...suppressed },
      { ...list, ...from("2015-01-01") },
    ],
    {
      total: "exact",
      list: "exact",
    },
  ],
  [
    "exact from the middle of the year on",
    [
      { ...list, ...suppressed },
      { ...list, ...from("2015-07-01") },
    ],
    {
      total: "suppressed",
      list: "suppressed",
    },
  ],
  [
    "exact until the middle of the next",
    [
      { ...list, ...suppressed },
      { ...list, ...until("2016-07-01") },
    ],
    {
      total: "exact",
      list: "exact",
    },
  ],
  [
    "suppressed until the middle of the year, then exact",
    [
      { ...list, ...suppressed, ...until("2015-07-01") },
      { ...list, ...from("2015-07-01") },
    ],
    { total: "exact", list: "exact" },
  ],
  [
    "the table suppressed in another year",
    [list, { ...table, ...suppressed, ...from("2016-01-01") }],
    {
      total: "exact",
      list: "exact",
    },
  ],
  [
    "the table suppressed for another indicator",
    [list, { ...table, ...suppressed, indicators: ["ASY"] }],
    {
      total: "exact",
      list: "exact",
    },
  ],
  [
    "the table suppressed for others",
    [list, { ...table, ...suppressed, viewers: ["IRN"] }],
    {
      total: "exact",
      list: "exact",
    },
  ],
  [
    "the table suppressed but not agreed",
    [list, { ...table, ...suppressed, status: "PROPOSED" }],
    {
      total: "exact",
      list: "exact",
    },
  ],
  [
    "the table suppressed, for a purpose that is not named now",
    [list, { ...table, ...suppressed, purposes: ["REPORTING"] }],
    {},
  ],
  [
    "the table exact, for a purpose that is not named now",
    [
      { ...list, ...suppressed },
      { ...table, purposes: ["REPORTING"] },
    ],
    {},
  ],
];

test.each(cases)("%s", async (_name, grants, expected) => {
  await book.store(grants.map((grant) => book.grant("owner", grant)));
  const released_at = book.at(-365 * 86_400_000);
  await book.release(
    Object.values(KINDS).flatMap((dimensions) =>
      formsOf({ owner: "owner", indicator: "REF", dimensions, released_at }),
    ),
  );
  // Frontex has released nothing that it could give in return.
  const isReturned = grants.some(({ reciprocal }) => reciprocal);
  for (const viewer of isReturned ? [PAK] : [PAK, FRONTEX]) {
    const { visible, termsOf, tables, reciprocated, now } = await book.ask(viewer);
    // The least protective form comes first, and is what is read.
    const read = Object.entries(KINDS).flatMap(([kind, dimensions]) => {
      const first = visible.find((one) => one.dimensions.join() === dimensions.join());
      return first ? [[kind, INITIALS[first.control]]] : [];
    });
    expect({ viewer: viewer.partner, ...Object.fromEntries(read) }).toEqual({
      viewer: viewer.partner,
      ...expected,
    });
    const told = tables.flatMap((one) => {
      const decision = decide(viewer, resourceOf(one as never, reciprocated(one)), {
        now,
        all: termsOf("owner"),
      });
      return decision.allowed ? [] : [decision.reason];
    });
    if (Object.keys(expected).length === 0) expect(told).toContain("ONE_FORM");
  }
});

test("a total that would tell own nationals is read as it is cut, whatever opens it whole", async () => {
  await book.store([
    book.grant("owner", { ...totals, ownNationals: true }),
    book.grant("owner", list),
    book.grant("another", { ...list, ownNationals: true }),
    book.grant("another", totals),
  ]);
  for (const owner of ["owner", "another"])
    await book.release(
      Object.values(KINDS).flatMap((dimensions) =>
        formsOf({ owner, indicator: "ASY", dimensions }),
      ),
    );
  const { visible } = await book.ask(PAK);
  const seen = (owner: string) =>
    visible
      .filter((one) => one.owner === owner)
      .map(({ dimensions, audience }) => [dimensions.join(), audience]);
  expect(seen("owner").sort()).toEqual([
    ["", "PAK"],
    ["CITIZENSHIP", "PAK"],
  ]);
  // Who opens the list whole has opened the total.
  expect(seen("another").sort()).toContainEqual(["", null]);
  expect(seen("another").sort()).toContainEqual(["CITIZENSHIP", null]);
});
