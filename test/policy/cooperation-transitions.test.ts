/** Every move × party × state × channel × need, against the table and against the copy that the database holds. */
import { Client } from "pg";
import { CHANNELS } from "../../subgraphs/cooperation/requests/request.words";
import {
  ACTIONS,
  type Action,
  judge,
  MACHINE,
  movesOf,
  NEEDS,
  PARTIES,
  STATES,
  type Standing,
} from "../../subgraphs/cooperation/requests/transition.rules";
import { cloneDatabase, EMPTY, type TestDatabase } from "../support/database";

const actions = Object.keys(ACTIONS) as Action[];
const states = [null, ...STATES];
const GRANTS = ["NONE", "PROPOSED", "CONFIRMED", "AGREED"] as const;
const standings: Standing[] = states.flatMap((state) =>
  CHANNELS.flatMap((channel) =>
    [true, false].flatMap((concluded) =>
      [true, false].flatMap((acknowledged) =>
        GRANTS.map((grant) => ({ state, channel, concluded, acknowledged, grant })),
      ),
    ),
  ),
);
const cases = standings.flatMap((standing) =>
  PARTIES.flatMap((party) => actions.map((action) => ({ standing, party, action }))),
);

/** Who may do what from where, as the design says it in words; written by hand, so that the table is held against something. */
const BY_WORDS: Readonly<Record<string, Partial<Record<Action, readonly (string | null)[]>>>> = {
  REQUESTER: {
    OPEN: [null],
    AMEND: ["DRAFT", "RETURNED_FOR_COMPLETION"],
    SUBMIT: ["DRAFT", "RETURNED_FOR_COMPLETION"],
    CLARIFY: ["CLARIFICATION_REQUESTED"],
    WITHDRAW: STATES.slice(0, 8),
    CLOSE: ["ANSWERED", "PARTIALLY_ANSWERED", "REFUSED"],
    ACCEPT_GRANT: ["ANSWERED", "PARTIALLY_ANSWERED"],
    DISCLOSE: STATES.filter((state) => state !== "DRAFT" && state !== "WITHDRAWN"),
    WITHHOLD: STATES.filter((state) => state !== "DRAFT" && state !== "WITHDRAWN"),
  },
  FACILITATOR: { FORWARD: ["SUBMITTED"], RETURN_FOR_COMPLETION: ["SUBMITTED"] },
  REQUESTED: {
    RECEIVE: ["FORWARDED", "RECEIVED"],
    START_WORK: ["RECEIVED"],
    ASK_CLARIFICATION: ["RECEIVED", "IN_PROGRESS"],
    NOTIFY_DELAY: ["RECEIVED", "IN_PROGRESS", "AWAITING_JUDICIAL_AUTHORISATION"],
    ANSWER: ["RECEIVED", "IN_PROGRESS", "AWAITING_JUDICIAL_AUTHORISATION", "PARTIALLY_ANSWERED"],
    ANSWER_IN_PART: [
      "RECEIVED",
      "IN_PROGRESS",
      "AWAITING_JUDICIAL_AUTHORISATION",
      "PARTIALLY_ANSWERED",
    ],
    ANSWER_AND_REFUSE_REST: [
      "RECEIVED",
      "IN_PROGRESS",
      "AWAITING_JUDICIAL_AUTHORISATION",
      "PARTIALLY_ANSWERED",
    ],
    REFUSE: [
      "RECEIVED",
      "IN_PROGRESS",
      "AWAITING_JUDICIAL_AUTHORISATION",
      "CLARIFICATION_REQUESTED",
    ],
    REFUSE_REST: ["PARTIALLY_ANSWERED"],
    CONFIRM_GRANT: ["ANSWERED", "PARTIALLY_ANSWERED"],
    DISCLOSE: STATES.filter((state) => STATES.indexOf(state) >= 3 && state !== "WITHDRAWN"),
    WITHHOLD: STATES.filter((state) => STATES.indexOf(state) >= 3 && state !== "WITHDRAWN"),
  },
};

test("a move is possible just where the design says so in words, and to nobody else", () => {
  const allowed = new Set<string>();
  const worded = new Set<string>();
  for (const { standing, party, action } of cases) {
    const key = `${party} ${action} ${standing.state}`;
    if ("allowed" in judge(standing, action, party)) allowed.add(key);
    if (BY_WORDS[party]?.[action]?.includes(standing.state)) worded.add(key);
  }
  expect([...allowed].sort()).toEqual([...worded].sort());
  expect(cases.length).toBe(14 * 2 * 2 * 2 * 4 * 3 * actions.length);
});

test("what a party is told it may do is what it may do", () => {
  for (const { standing, party, action } of cases)
    expect(movesOf(standing, party).includes(action)).toBe(
      "allowed" in judge(standing, action, party),
    );
});

describe("besides the state", () => {
  const standing: Standing = {
    state: "PARTIALLY_ANSWERED",
    channel: "FACILITATED",
    concluded: false,
    acknowledged: true,
    grant: "NONE",
  };
  test.each([
    ["a last word is the last", "ANSWER", "REQUESTED", { concluded: true }, "OPEN_END"],
    ["no part follows it", "ANSWER_IN_PART", "REQUESTED", { concluded: true }, "OPEN_END"],
    ["no refusal follows it", "REFUSE_REST", "REQUESTED", { concluded: true }, "OPEN_END"],
    [
      "receipt is confirmed once",
      "RECEIVE",
      "REQUESTED",
      { state: "RECEIVED", channel: "URGENT_DIRECT" },
      "UNACKNOWLEDGED",
    ],
    ["no grant, nothing to confirm", "CONFIRM_GRANT", "REQUESTED", {}, "GRANT_UNCONFIRMED"],
    [
      "nothing is confirmed twice",
      "CONFIRM_GRANT",
      "REQUESTED",
      { grant: "CONFIRMED" },
      "GRANT_UNCONFIRMED",
    ],
    [
      "one person's grant is not accepted",
      "ACCEPT_GRANT",
      "REQUESTER",
      { grant: "PROPOSED" },
      "GRANT_CONFIRMED",
    ],
    [
      "nothing is accepted twice",
      "ACCEPT_GRANT",
      "REQUESTER",
      { grant: "AGREED" },
      "GRANT_CONFIRMED",
    ],
  ] as const)("%s", (_name, action, party, change, need) => {
    expect(judge({ ...standing, ...change }, action, party)).toEqual({ refused: need });
  });

  test("a facilitated request goes by the Secretariat, an urgent direct one straight, and its clock starts there", () => {
    const submit = (channel: Standing["channel"]) =>
      judge({ ...standing, state: "DRAFT", channel }, "SUBMIT", "REQUESTER");
    expect(submit("FACILITATED")).toMatchObject({ allowed: { to: "SUBMITTED", clock: null } });
    expect(submit("URGENT_DIRECT")).toMatchObject({ allowed: { to: "RECEIVED", clock: "START" } });
  });
});

describe("the table", () => {
  test("has one row for each move: no two that could both apply", () => {
    const keys = MACHINE.flatMap(({ action, by, from, channel }) =>
      CHANNELS.filter((one) => channel === null || channel === one).map((one) =>
        [action, by, from, one].join(),
      ),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("reaches every state from nothing, and ends in two", () => {
    const reached = new Set<string | null>([null]);
    for (let before = 0; before < reached.size; ) {
      before = reached.size;
      for (const { from, to } of MACHINE) if (reached.has(from)) reached.add(to);
    }
    expect(STATES.filter((state) => !reached.has(state))).toEqual([]);
    const left = new Set(MACHINE.filter(({ from, to }) => from !== to).map(({ from }) => from));
    expect(STATES.filter((state) => !left.has(state))).toEqual(["WITHDRAWN", "CLOSED"]);
  });

  test("names every need that it has words for", () => {
    expect(new Set(MACHINE.flatMap(({ needs }) => needs ?? []))).toEqual(
      new Set(Object.keys(NEEDS)),
    );
  });
});

describe("the database", () => {
  let database: TestDatabase;
  let client: Client;
  beforeAll(async () => {
    database = await cloneDatabase(EMPTY);
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });

  test("holds the same table", async () => {
    const { rows } = await client.query(
      'SELECT action, party AS by, from_state AS "from", to_state AS "to", clock, channel, needs FROM cooperation.transition',
    );
    const sorted = (all: readonly object[]) =>
      all.map((one) => JSON.stringify(Object.entries(one).sort())).sort();
    expect(sorted(rows)).toEqual(sorted(MACHINE));
  });
});
