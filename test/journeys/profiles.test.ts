/** Country profiles: draft, submitted, presented, published; before the last step nobody else learns that there is one. */
import type { Client } from "pg";
import { after, PROFILE_MOVES } from "../../subgraphs/countries/profiles/profile.rules";
import { approverOf, officerOf } from "../support/alerts";
import { atOnce, call, done, profile } from "../support/community";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { AUDITOR, analystOf, READERS } from "../support/people";
import { openSubgraphs, type Subgraphs } from "../support/subgraphs";

let exchange: ExchangeUnderTest;
let subgraphs: Subgraphs;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  subgraphs = await openSubgraphs(exchange.databaseUrl);
  owner = await exchange.openOwner();
});
afterAll(async () => {
  await subgraphs?.stop();
  await exchange?.stop();
});

const SECRET = "Boats are used more often (fictional).";
const EVERYTHING = (
  code: string,
) => `{ profileDraft { id version state revision sections { body } reason writtenBy }
  country(code: "${code}") { profile { version source sections { key body } migrationRoles presentedAtMeeting handlingNote }
    profileVersions { version publishedAt sections { body } marking { tlp } } } }`;
const same = (text: string) => text.replace(/"requestId":"[^"]*"/g, "");

/** Moves a country's draft on; the revision grows by one each time. */
async function moved(code: string, ...moves: ("submit" | "present" | "publish")[]) {
  let revision = (await exchange.ask(officerOf(code), "{ profileDraft { revision } }")).data
    .profileDraft.revision;
  let payload: any;
  for (const move of moves) {
    const client = move === "publish" ? approverOf(code) : officerOf(code);
    const meeting = move === "present" ? { meeting: 3 } : {};
    payload = await done(exchange, client, `${move}Profile`, { revision, ...meeting });
    revision += 1;
  }
  return payload;
}

test("a draft, submitted or presented, is its owner's alone: same bytes for everybody else as before it was written", async () => {
  const others = [...READERS, ["AUDITOR", AUDITOR] as const].filter(
    ([partner]) => partner !== "BGR",
  );
  const before = new Map<string, string>();
  for (const [partner, client] of others)
    before.set(partner, same((await exchange.ask(client, EVERYTHING("BGR"))).text));
  const { draft } = await done(exchange, officerOf("BGR"), "writeProfile", profile());
  expect(draft).toMatchObject({
    version: 2,
    revision: 1,
    state: "DRAFT",
    writtenBy: "bgr-officer",
  });
  for (const step of [null, "submit", "present"] as const) {
    if (step !== null) await moved("BGR", step);
    for (const [partner, client] of others)
      expect([step, partner, same((await exchange.ask(client, EVERYTHING("BGR"))).text)]).toEqual([
        step,
        partner,
        before.get(partner),
      ]);
    const { data } = await exchange.ask(analystOf("BGR"), EVERYTHING("BGR"));
    expect(data.profileDraft.sections).toEqual([{ body: SECRET }]);
    expect(data.country.profile.version).toBe(1);
  }
  const { profile: published, draft: none } = await moved("BGR", "publish");
  expect([published, none]).toMatchObject([
    { version: 2, presentedAtMeeting: 3, marking: { tlp: "GREEN" } },
    null,
  ]);
});

test("published, it is read under the agreement, with its older versions, and by nobody else", async () => {
  for (const [partner, client] of READERS) {
    const { data, text } = await exchange.ask(client, EVERYTHING("BGR"));
    const isOpen = "AUT AZE BGD BIH BGR FRA DEU HUN IRN IRQ MKD PAK SRB"
      .split(" ")
      .includes(partner);
    expect([partner, text.includes(SECRET)]).toEqual([partner, isOpen]);
    if (isOpen)
      expect(data.country.profileVersions.map(({ version }: any) => version)).toEqual([2, 1]);
    else expect(data.country.profileVersions).toBeNull();
  }
});

test("beneath the graph too: row-level security keeps a draft from a partner with a grant, and entities from everybody", async () => {
  await done(exchange, officerOf("HUN"), "writeProfile", profile());
  await owner.query("BEGIN");
  await owner.query(
    "SELECT set_config('accord.viewer', 'AUT', true), set_config('accord.roles', 'ANALYST', true)",
  );
  await owner.query("SET LOCAL ROLE accord_countries");
  const { rows } = await owner.query(
    "SELECT state FROM countries.profile WHERE owner IN ('HUN', 'BGR')",
  );
  await owner.query("ROLLBACK");
  expect(rows.map(({ state }) => state)).toEqual(["PUBLISHED", "PUBLISHED"]);
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Country { profile { sections { body } } profileVersions { version } } } }`;
  const of = [{ __typename: "Country", code: "HUN", state: "PUBLISHED", owner: "AUT" }];
  const { data } = await subgraphs.ask(
    "countries",
    { id: "x", partner: "AUT", roles: ["ANALYST"] },
    query,
    { of },
  );
  expect(data._entities).toEqual([{ profile: null, profileVersions: [] }]);
});

test("who submitted it does not publish it; a person of another country does nothing at all", async () => {
  await done(exchange, approverOf("FRA"), "writeProfile", profile());
  await done(exchange, approverOf("FRA"), "submitProfile", { revision: 1 });
  await done(exchange, officerOf("FRA"), "presentProfile", { revision: 2, meeting: 2 });
  expect(
    (await call(exchange, approverOf("FRA"), "publishProfile", { revision: 3 })).refused,
  ).toEqual([
    "FORBIDDEN input.revision: You have submitted it yourself. It takes a second person.",
  ]);
  expect(
    (await call(exchange, approverOf("DEU"), "publishProfile", { revision: 3 })).refused[0],
  ).toMatch(/^NOT_FOUND/);
  for (const client of [officerOf("FRONTEX"), "secretariat-desk"])
    expect((await call(exchange, client, "publishProfile", { revision: 3 })).refused[0]).toMatch(
      /^FORBIDDEN input:/,
    );
  const { profile: published } = await done(exchange, officerOf("FRA"), "publishProfile", {
    revision: 3,
  });
  expect(published).toMatchObject({ version: 2, presentedAtMeeting: 2 });
});

test("of two who write at once one wins, and the other gets a conflict", async () => {
  await done(exchange, officerOf("AZE"), "writeProfile", profile());
  const write = (client: string, body: string) =>
    call(
      exchange,
      client,
      "writeProfile",
      profile({ revision: 1, sections: [{ key: "TRENDS", title: "Trends", body }] }),
    );
  const both = await atOnce(owner, "profile", [
    () => write(officerOf("AZE"), "One."),
    () => write(approverOf("AZE"), "Other."),
  ]);
  expect(both.flatMap(({ refused }) => refused)).toEqual([
    "REVISION_CONFLICT input.revision: It is at revision 2. Read it again and repeat.",
  ]);
  expect((await call(exchange, officerOf("AZE"), "writeProfile", profile())).refused[0]).toMatch(
    /^REVISION_CONFLICT/,
  );
});

test("every move from every state does what the table says, and says what can be done instead", async () => {
  const states = ["DRAFT", "SUBMITTED", "PRESENTED"] as const;
  const reach = { DRAFT: [], SUBMITTED: ["submit"], PRESENTED: ["submit", "present"] } as const;
  for (const state of states) {
    for (const move of PROFILE_MOVES) {
      await owner.query("DELETE FROM countries.profile WHERE owner = 'IRQ'");
      await done(exchange, officerOf("IRQ"), "writeProfile", profile());
      if (reach[state].length > 0) await moved("IRQ", ...reach[state]);
      const revision = reach[state].length + 1;
      const input = {
        WRITE: profile({ revision }),
        RETURN: { revision, reason: "x" },
        PRESENT: { revision, meeting: 2 },
      };
      const { refused } = await call(
        exchange,
        approverOf("IRQ"),
        `${move.toLowerCase()}Profile`,
        (input as any)[move] ?? { revision },
      );
      const next = after(state, move);
      if (next !== null) expect([state, move, refused]).toEqual([state, move, []]);
      else
        expect([state, move, refused[0]]).toEqual([
          state,
          move,
          expect.stringMatching(/^BAD_USER_INPUT .*can be done is [A-Z]/),
        ]);
      const { rows } = await owner.query("SELECT state FROM countries.profile WHERE owner = 'IRQ'");
      expect([state, move, rows]).toEqual([state, move, [{ state: next ?? state }]]);
    }
  }
});

test("a wider marking than the published one must be said", async () => {
  const wider = profile({ tlp: "CLEAR" });
  expect((await call(exchange, officerOf("AUT"), "writeProfile", wider)).refused[0]).toMatch(
    /^BAD_USER_INPUT input.widensMarking: .*Say so with `true`/,
  );
  await done(exchange, officerOf("AUT"), "writeProfile", { ...wider, widensMarking: true });
});

const section = (change: object) => ({
  sections: [{ key: "TRENDS", title: "Trends", body: "Text.", ...change }],
});
test.each<[string, object, RegExp]>([
  ["no section", { sections: [] }, /input.sections: Write at least one/],
  ["an empty one", section({ body: " " }), /input.sections.0.body: is empty/],
  [
    "one too long",
    section({ body: "a".repeat(8_001) }),
    /input.sections.0.body: is longer than 8000/,
  ],
  [
    "one twice",
    { sections: [...section({}).sections, ...section({}).sections] },
    /input.sections.1.key: TRENDS stands twice/,
  ],
  [
    "a person's record",
    section({ body: "Passport AB1234567 of a suspect, born 01.02.1990" }),
    /input.sections.0.body: looks like/,
  ],
  [
    "control characters",
    section({ title: "Tre\u0007nds" }),
    /input.sections.0.title: holds control/,
  ],
  [
    "a role twice",
    { migrationRoles: ["TRANSIT", "TRANSIT"] },
    /input.migrationRoles.1: TRANSIT stands twice/,
  ],
  ["no source", { source: "" }, /input.source: is empty/],
  ["H3 without a word", { handling: ["H3"] }, /input.handlingNote: H3 takes/],
])("%s is refused, with its place", async (_name, change, expected) => {
  expect(
    (await call(exchange, officerOf("SRB"), "writeProfile", profile(change))).refused[0],
  ).toMatch(expected);
});

test("a meeting that is none, or not yet held, presents nothing", async () => {
  await done(exchange, officerOf("BIH"), "writeProfile", profile());
  await moved("BIH", "submit");
  expect(
    (await call(exchange, officerOf("BIH"), "presentProfile", { revision: 2, meeting: 99 }))
      .refused[0],
  ).toMatch(/^BAD_USER_INPUT input.meeting/);
});
