/** Two worlds that differ in what a viewer may not see answer it with the same bytes: README.md. */
import fc, { type Arbitrary } from "fast-check";
import type { TestDatabase } from "../support/database";
import {
  type Attempt,
  attempts,
  expectSame,
  expectSameStream,
  mixed,
  NEIGHBOURS,
  single,
  untold,
} from "./calls";
import { fileAttempts } from "./calls.files";
import { askable, UNANSWERED } from "./coverage";
import { type Grammar, grammarOf, type Root } from "./operation";
import { commonWorld, type Parted, part } from "./parting";
import { type Pools, poolsFor, schemaOf } from "./pools";
import { run } from "./scenarios";
import { CONTENTS, DESKS, DIRECTORY, REQUESTS } from "./scenarios.between";
import { AGREEMENTS, ALERTS, FIGURES, LOGS } from "./scenarios.subgraphs";
import { changedTables, countsOf, difference } from "./tables";

const SEED = Number(process.env.ACCORD_NI_SEED ?? 20_261_124);
/** Of all viewers together; none for the small budget of every day. */
const SECONDS = Number(process.env.ACCORD_NI_SECONDS ?? 0);
/** A country between others, and the desk: together they may do all there is to do. */
const EVERY_DAY = ["PAK", "SECRETARIAT"];
const ALL = [
  ...EVERY_DAY,
  "SRB",
  "nobody",
  "AUDITOR",
  "FRONTEX",
  "UNODC",
  "NLD",
  "TUR",
  "AUT",
  "HUN",
  "IRQ",
  "GBR",
  "AFG",
];
const VIEWERS = SECONDS > 0 ? ALL : EVERY_DAY;

/** Of all viewers together. */
const answered = new Set<string>();
let fields: readonly string[] = [];

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
    grammar = grammarOf(await schemaOf(parted.a.exchange), pools);
    fields = askable(grammar);
    counts = await countsOf(parted);
  });
  afterAll(async () => {
    for (const field of parted?.tally.answered ?? []) answered.add(field);
    await parted?.stop();
  });

  test("the worlds differ in every kind of thing that it may not see", async () => {
    const visible = ITS_OWN[viewer] ?? [];
    const changed = CHANGED.filter((table) => !visible.includes(table));
    expect(await changedTables(parted)).toEqual(expect.arrayContaining(changed));
  });

  test("by any single question", () =>
    rounds(async (seed) => {
      for (const scenario of LOGS) await run(parted, grammar, scenario, seed);
      for (const root of grammar.query)
        await hold(attempts("query", single(root), parted), seed, runs(root));
    }));

  test("by several questions at once", () =>
    rounds((seed) => hold(attempts("query", mixed(grammar.query), parted), seed, 20)));

  test("by a file", () =>
    rounds(async (seed) => {
      // Most requests are nothing to a viewer: it takes more tries to meet one whose paper it may print.
      for (const [route, attempt] of fileAttempts(parted, pools))
        await hold(attempt, seed, route === "GET /cooperation/communique" ? 30 : 6);
    }));

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

  // First, while everything is there that a scenario is about; whatever comes after may take it away.
  test("by any scenario", async () => {
    for (const scenario of SCENARIOS) await run(parted, grammar, scenario, SEED);
  });

  test("by anything it does", () =>
    rounds(async (seed) => {
      for (const root of grammar.mutation)
        await hold(attempts("mutation", single(root), parted), seed, runs(root));
    }));

  test("and what it did happened in both", async () => {
    expect(difference(counts[0], (await countsOf(parted))[0])).toEqual(
      difference(counts[1], (await countsOf(parted))[1]),
    );
  });

  test("in earnest: what it asked was valid", () => {
    expect(parted.tally.invalid).toBeLessThan(parted.tally.asked / 10);
  });

  const hold = (attempt: Arbitrary<Attempt>, seed: number, numRuns: number): Promise<void> =>
    fc.assert(
      fc.asyncProperty(attempt, (one) => expectSame(parted, one)),
      { seed, numRuns },
    );
});

test("every field and every route was answered to somebody, or it is said why not", () => {
  const never = fields.filter((field) => !answered.has(field));
  expect(never).toEqual(Object.keys(UNANSWERED));
});

/** The more there is to say, the more often; every day less, as scenarios do then what chance would find only later. */
const runs = ({ breadth }: Root): number =>
  SECONDS > 0 ? 3 + 2 * Math.min(breadth, 7) : 2 + Math.min(breadth, 7);
const TESTS = 6;
const SCENARIOS = [
  ...ALERTS,
  ...FIGURES,
  ...REQUESTS,
  ...DIRECTORY,
  ...CONTENTS,
  ...DESKS,
  ...AGREEMENTS,
];

/** Once, or with one seed after the other until the time is over. */
async function rounds(round: (seed: number) => Promise<void>): Promise<void> {
  const until = Date.now() + (SECONDS * 1_000) / VIEWERS.length / TESTS;
  let seed = SEED;
  do await round(seed++);
  while (Date.now() < until);
}

const CHANGED = [
  "alerts.addressee",
  "alerts.alert",
  "alerts.endpoint",
  "alerts.impact_level",
  "alerts.release",
  "audit.entry",
  "cooperation.content",
  "cooperation.event",
  "cooperation.fan_out",
  "cooperation.feedback",
  "cooperation.note",
  "cooperation.proposed_grant",
  "cooperation.redissemination",
  "cooperation.request",
  "cooperation.response",
  "countries.case_study",
  "countries.contact",
  "countries.contact_detail",
  "countries.profile",
  "countries.verification",
  "indicators.analysis_comment",
  "indicators.analysis_narrative",
  "indicators.analysis_part",
  "indicators.analysis_table",
  "indicators.figure",
  "indicators.released_table",
  "indicators.signal_act",
  "indicators.submission",
  "indicators.submitted_figure",
  "sharing.act",
  "sharing.agreement",
  "sharing.group_member",
  "sharing.idempotency_key",
  "sharing.partner_group",
  "sharing.party",
  "sharing.signature",
  "sharing.term",
];
/** Its work is to read them. */
const ITS_OWN: Readonly<Record<string, readonly string[]>> = {
  SECRETARIAT: [
    "indicators.analysis_comment",
    "indicators.analysis_narrative",
    "indicators.analysis_part",
  ],
};
