/** Two worlds that differ in what a viewer may not see answer it with the same bytes: README.md. */
import fc from "fast-check";
import type { TestDatabase } from "../support/database";
import { attempts, expectSame, expectSameStream, exportAttempts, mixed, NEIGHBOURS, single, untold } from "./calls";
import { type Grammar, grammarOf, type Root } from "./operation";
import { commonWorld, type Parted, part } from "./parting";
import { type Pools, poolsFor, schemaOf } from "./pools";
import { changedTables, countsOf, difference } from "./tables";

const SEED = Number(process.env.ACCORD_NI_SEED ?? 20_261_124);
/** Of all viewers together; none for the small budget of every day. */
const SECONDS = Number(process.env.ACCORD_NI_SECONDS ?? 0);
const EVERY_DAY = ["PAK", "SRB"];
const ALL = [
  ...EVERY_DAY,
  "nobody",
  "FRONTEX",
  "UNODC",
  "NLD",
  "TUR",
  "AUT",
  "HUN",
  "IRQ",
  "GBR",
  "SECRETARIAT",
  "AFG",
];
const VIEWERS = SECONDS > 0 ? ALL : EVERY_DAY;

jest.setTimeout((SECONDS + 600) * 1_000);

let common: TestDatabase;
beforeAll(async () => {
  common = await commonWorld();
});
afterAll(() => common?.drop());

describe.each(VIEWERS)("%s cannot tell one world from the other", (viewer) => {
  let parted: Parted;
  let pools: Pools;
  let grammar: Grammar;
  let counts: readonly Map<string, number>[];
  beforeAll(async () => {
    parted = await part(common, viewer);
    pools = await poolsFor(viewer, parted.a.sql, parted.b.sql);
    grammar = grammarOf(await schemaOf(parted.a.house), pools);
    counts = await countsOf(parted);
  });
  afterAll(() => parted?.stop());

  test("the worlds differ in every kind of thing that it may not see", async () => {
    expect(await changedTables(parted)).toEqual(expect.arrayContaining(CHANGED));
  });

  test("by any single question", () =>
    rounds(async (seed) => {
      for (const root of grammar.query) await hold(attempts("query", single(root), parted), seed, runs(root));
    }));

  test("by several questions at once", () =>
    rounds((seed) => hold(attempts("query", mixed(grammar.query), parted), seed, 20)));

  test("by a file", () => rounds((seed) => hold(exportAttempts(parted, pools), seed, 10)));

  test("by what it is sent", () =>
    rounds(async (seed) => {
      for (const { any } of grammar.subscription)
        for (const client of parted.clients.filter((client) => client !== null))
          await fc.assert(
            fc.asyncProperty(any, (root) => expectSameStream(parted, client, root)),
            { seed, numRuns: 2 },
          );
    }));

  test("by what others have asked before", () =>
    rounds(async (seed) => {
      for (const root of untold(grammar.query))
        await hold(attempts("query", single(root), parted, NEIGHBOURS), seed, runs(root));
    }));

  test("by anything it does", () =>
    rounds(async (seed) => {
      for (const root of grammar.mutation) await hold(attempts("mutation", single(root), parted), seed, runs(root));
    }));

  test("and what it did happened in both", async () => {
    expect(difference(counts[0], (await countsOf(parted))[0])).toEqual(
      difference(counts[1], (await countsOf(parted))[1]),
    );
  });

  test("in earnest: what it asked was valid", () => {
    expect(parted.tally.invalid).toBeLessThan(parted.tally.asked / 10);
  });

  const hold = (attempt: ReturnType<typeof exportAttempts>, seed: number, numRuns: number): Promise<void> =>
    fc.assert(
      fc.asyncProperty(attempt, (one) => expectSame(parted, one)),
      { seed, numRuns },
    );
});

const runs = ({ breadth }: Root): number => 3 + 2 * Math.min(breadth, 7);
const TESTS = 6;

/** Once, or with one seed after the other until the time is over. */
async function rounds(round: (seed: number) => Promise<void>): Promise<void> {
  const until = Date.now() + (SECONDS * 1_000) / VIEWERS.length / TESTS;
  let seed = SEED;
  do await round(seed++);
  while (Date.now() < until);
}

const CHANGED = [
  ...["alerts.addressee", "alerts.alert", "alerts.endpoint", "alerts.impact_level", "alerts.release", "audit.entry"],
  ...["indicators.figure", "indicators.released_table", "indicators.submission", "indicators.submitted_figure"],
  ...["sharing.act", "sharing.agreement", "sharing.group_member", "sharing.idempotency_key", "sharing.partner_group"],
  ...["sharing.party", "sharing.signature", "sharing.term"],
];
