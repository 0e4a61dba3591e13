/** Figures over all requests, only where they tell of no single one, and the database's clock against the subgraph's. */
import type { Client } from "pg";
import { type ClockStep, readClock } from "../../subgraphs/cooperation/requests/clock.rules";
import { newReference } from "../../subgraphs/cooperation/requests/request-number";
import { analysis, fetchDocument } from "../support/analysis";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { AUDITOR, analystOf, FUNDER, SECRETARIAT } from "../support/people";
import { openSubgraphs } from "../support/subgraphs";

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
});
afterAll(() => exchange?.stop());
afterEach(() => wipe());

const HOUR = 3_600_000;
interface Told {
  requester: string;
  requested: string;
  /** Hours: until a clarification was asked, for which it stood still, and after it. */
  hours: readonly [number, number, number];
  limit: number | null;
  year?: number;
}

/** Past requests, as their events tell them; only the owner of the tables writes the past. */
async function store(
  requests: readonly Told[],
): Promise<(ClockStep & { clock: "START" | "STOP" | "RESUME" | "END" })[][]> {
  const stories = requests.map(({ hours: [before, still, after], year = 2024 }) => {
    const start = Date.UTC(year, 1, 27, 12);
    const steps = [
      ["START", 0],
      ["STOP", before],
      ["RESUME", before + still],
      ["END", before + still + after],
    ] as const;
    return steps.map(([clock, hours]) => ({
      clock,
      at: new Date(start + hours * HOUR),
      expectedUntil: null,
    }));
  });
  await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
  for (const [index, { requester, requested, limit }] of requests.entries()) {
    const reference = newReference(2024);
    await owner.query(
      `INSERT INTO cooperation.request (reference, requester, requested, facilitator, mechanism, reach, limit_hours, state)
       VALUES ($1, $2, $3, 'SECRETARIAT', 99, 'PARTIES', $4, 'ANSWERED')`,
      [reference, requester, requested, limit],
    );
    for (const [revision, { clock, at }] of (stories[index] ?? []).entries())
      await owner.query(
        `INSERT INTO cooperation.event (reference, revision, action, by_partner, actor, at, party, to_state, clock, reach)
         VALUES ($1, $2, 'X', 'X', 'x', $3, 'REQUESTED', 'ANSWERED', $4, 'PARTIES')`,
        [reference, revision, at, clock],
      );
  }
  await owner.query("COMMIT");
  return stories;
}

async function wipe(): Promise<void> {
  await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
  await owner.query(
    "DELETE FROM cooperation.event WHERE reference IN (SELECT reference FROM cooperation.request WHERE mechanism = 99)",
  );
  await owner.query("DELETE FROM cooperation.request WHERE mechanism = 99; COMMIT");
}

const ask = async (client: string | null, year = 2024) =>
  (
    await exchange.ask(
      client,
      `{ it: cooperationPerformance(year: ${year}) { year concluded medianHours onTimePercent reason } }`,
    )
  ).data.it;

const PAIRS = [
  ["TUR", "BGR"],
  ["PAK", "DEU"],
  ["IRN", "FRA"],
  ["IRQ", "AUT"],
  ["BGD", "HUN"],
] as const;
const many = (
  count: number,
  of = (index: number): Partial<Told> => ({ limit: index % 2 ? 168 : 8 }),
): Told[] =>
  Array.from({ length: count }, (_, index) => {
    const [requester, requested] = PAIRS[index % PAIRS.length] as (typeof PAIRS)[number];
    return {
      requester,
      requested,
      hours: [index + 1, 40, index * 2] as const,
      limit: 168,
      ...of(index),
    };
  });

test("of ten requests between enough partners: how many, how long, how often on time, as the subgraph's clock has it", async () => {
  const requests = many(11, () => ({ limit: 8 }));
  const stories = await store(requests);
  const readings = stories.map((steps) => readClock(steps, 8, new Date()));
  const used = readings.map((reading) => reading.used / HOUR).sort((one, other) => one - other);
  expect(await ask(analystOf("TUR"))).toEqual({
    year: 2024,
    concluded: 11,
    medianHours: used[5],
    reason: null,
    onTimePercent: Math.round((100 * readings.filter(({ onTime }) => onTime).length) / 11),
  });
  expect(new Set(readings.map(({ onTime }) => onTime)).size).toBe(2);
});

test("the same to everybody who reads, and to nobody else", async () => {
  await store(many(12));
  const told = await ask(analystOf("TUR"));
  expect(told).toMatchObject({ concluded: 12, onTimePercent: expect.any(Number) });
  for (const client of [SECRETARIAT, FUNDER, analystOf("AFG"), "deu-approver"])
    expect(await ask(client)).toEqual(told);
  for (const client of [null, AUDITOR]) expect(await ask(client)).toBeNull();
});

test("and the same in the analysis of the year", async () => {
  await store(many(12));
  const subgraphs = await openSubgraphs(exchange.databaseUrl);
  const fields = "year concluded medianHours onTimePercent reason";
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on AnnualAnalysis { requests { ${fields} } } } }`;
  const of = [{ __typename: "AnnualAnalysis", year: 2024, requests: { concluded: 666 } }];
  const viewer = { id: "x", partner: "TUR", roles: ["ANALYST"] as const };
  const { data } = await subgraphs.ask("cooperation", viewer, query, { of });
  const { data: none } = await subgraphs.ask("cooperation", null, query, { of });
  await subgraphs.stop();
  expect(data._entities).toEqual([{ requests: await ask(analystOf("TUR")) }]);
  expect(none._entities).toEqual([{ requests: null }]);
  const { data: whole } = await exchange.ask(
    analystOf("TUR"),
    `{ annualAnalysis(year: 2024) { requests { ${fields} } } }`,
  );
  expect(whole.annualAnalysis).toEqual(data._entities[0]);
});

const NOTHING = { concluded: null, medianHours: null, onTimePercent: null };
test.each([
  ["nine requests", many(9)],
  [
    "two who ask",
    many(12, (at) => ({
      requester: at % 2 ? "TUR" : "PAK",
      requested: PAIRS[at % 5]?.[1] as string,
    })),
  ],
  ["two who are asked", many(12, (at) => ({ requested: at % 2 ? "BGR" : "DEU" }))],
  [
    "one who is in most of them, and could take away its own",
    many(12, (at) => (at < 8 ? { requester: "TUR" } : {})),
  ],
  ["none", []],
])("not of %s", async (_name, requests) => {
  await store(requests);
  expect(await ask(analystOf("TUR"))).toEqual({ year: 2024, ...NOTHING, reason: "TOO_FEW" });
});

test("not the share on time of fewer than ten that had a limit", async () => {
  await store(many(12, (at) => ({ limit: at < 9 ? 8 : null })));
  expect(await ask(analystOf("TUR"))).toMatchObject({
    concluded: 12,
    onTimePercent: null,
    reason: null,
  });
});

test("not of a year that is not over: a figure that changes tells of what changed it", async () => {
  const year = new Date().getUTCFullYear();
  await store(many(12, () => ({ year })));
  for (const one of [year, year + 1])
    expect(await ask(analystOf("TUR"), one)).toEqual({
      year: one,
      ...NOTHING,
      reason: "YEAR_NOT_OVER",
    });
});

test("an analysis of a year before there were requests has none, and no error", async () => {
  const { requests } = await analysis(
    exchange,
    analystOf("TUR"),
    "requests { concluded reason }",
    1960,
  );
  expect(requests).toEqual({ concluded: null, reason: "TOO_FEW" });
  expect((await fetchDocument(exchange, analystOf("TUR"), "year=1960")).text).not.toContain(
    "does not answer",
  );
});

test("a year that is none is refused by name", async () => {
  for (const year of [0, 1999, 2200, -1]) {
    const { errors } = await exchange.ask(
      analystOf("TUR"),
      `{ cooperationPerformance(year: ${year}) { concluded } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", argument: "year" });
  }
});
