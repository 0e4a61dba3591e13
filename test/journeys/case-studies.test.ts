/** Case studies and exercises: their owner's, and of those two people of the owner shared them with; for others there are none. */
import type { Client } from "pg";
import { after, STUDY_MOVES } from "../../subgraphs/countries/studies/case-study.rules";
import { approverOf, officerOf } from "../support/alerts";
import { atOnce, call, done, moveClock } from "../support/community";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { AUDITOR, analystOf, READERS } from "../support/people";

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
});
afterAll(() => exchange?.stop());

const [TUR, TUR_APPROVER] = [officerOf("TUR"), approverOf("TUR")];
const COLEP = "AUT AZE BGD BIH BGR FRA DEU HUN IRN IRQ MKD PAK SRB".split(" ");
const study = (change: object = {}) => ({
  title: "Two neighbours at one border (fictional)",
  summary: "SECRET: how it was done (fictional).",
  lessons: ["Call first, write later."],
  tlp: "AMBER",
  ...change,
});

async function added(change: object = {}, client = TUR) {
  return (await done(exchange, client, "addCaseStudy", study(change))).caseStudy as {
    id: string;
    revision: number;
  };
}

async function shared(audience: object, change: object = {}) {
  const { id } = await added(change);
  await done(exchange, TUR, "shareCaseStudy", { id, revision: 1, ...audience });
  return (await done(exchange, TUR_APPROVER, "confirmCaseStudy", { id, revision: 2 }))
    .caseStudy as {
    id: string;
  };
}

const EVERYTHING = `query ($id: ID!) { caseStudy(id: $id) { id title summary sharedWith { partners } revision }
  caseStudies(first: 100) { totalCount nodes { id } pageInfo { hasNextPage } } tableTopExercises(first: 100) { totalCount nodes { id } } }`;
const ABSENT = "00000000-0000-4000-8000-000000000000";
const look = async (client: string, id: string) =>
  (await exchange.ask(client, EVERYTHING, { id })).text
    .replaceAll(id, ABSENT)
    .replace(/"requestId":"[^"]*"/g, "");
const reads = async (client: string, id: string): Promise<boolean> =>
  (await exchange.ask(client, EVERYTHING, { id })).data.caseStudy !== null;

test("private and waiting, it does not exist for anybody but its owner: same bytes as an unknown id", async () => {
  const others = [...READERS, ["AUDITOR", AUDITOR] as const].filter(
    ([partner]) => partner !== "TUR",
  );
  const before = new Map<string, string>();
  for (const [partner, client] of others) before.set(partner, await look(client, ABSENT));
  const { id } = await added();
  const exercise = await added({ exercise: true });
  await done(exchange, TUR, "shareCaseStudy", {
    id: exercise.id,
    revision: 1,
    colep: true,
    partners: ["UNODC"],
  });
  for (const one of [id, exercise.id])
    for (const [partner, client] of others)
      expect([partner, await look(client, one)]).toEqual([partner, before.get(partner)]);
  expect([await reads(TUR, id), await reads(analystOf("TUR"), exercise.id)]).toEqual([true, true]);
});

test("shared with COLEP, its countries of that moment read it and nobody else; the log says who looked", async () => {
  const { id } = await shared({ colep: true });
  for (const [partner, client] of READERS)
    expect([partner, await reads(client, id)]).toEqual([
      partner,
      COLEP.includes(partner) || partner === "TUR",
    ]);
  const { data } = await exchange.ask(analystOf("PAK"), EVERYTHING, { id });
  expect(data.caseStudy).toMatchObject({ sharedWith: null, revision: null });
  const { rows } = await owner.query(
    "SELECT viewer, reason FROM audit.entry WHERE owner = 'TUR' AND category = 'CASE_STUDY' AND detail = ARRAY[$1] AND viewer <> 'TUR'",
    [id],
  );
  expect(new Set(rows.map(({ viewer }) => viewer))).toEqual(new Set(COLEP));
  expect(new Set(rows.map(({ reason }) => reason))).toEqual(new Set(["GRANTED"]));
  await owner.query(
    "UPDATE countries.membership SET until = '2022-12-31' WHERE country = 'SRB' AND role = 'COLEP_PARTICIPANT'",
  );
  expect(await reads(analystOf("SRB"), id)).toBe(false);
  await owner.query(
    "UPDATE countries.membership SET until = NULL WHERE country = 'SRB' AND role = 'COLEP_PARTICIPANT'",
  );
});

test("shared by name, a partner reads it until it is withdrawn: the next request no longer does", async () => {
  const { id } = await shared({ partners: ["UNODC", "GBR"] });
  const readers = [...READERS].filter(([partner]) => ["UNODC", "GBR", "TUR"].includes(partner));
  for (const [partner, client] of READERS)
    expect([partner, await reads(client, id)]).toEqual([
      partner,
      readers.some(([one]) => one === partner),
    ]);
  await done(exchange, TUR, "withdrawCaseStudy", { id, revision: 3 });
  for (const client of ["unodc-analyst", analystOf("GBR")])
    expect(await reads(client, id)).toBe(false);
});

test("the second person is another one, of its owner, and of the two an approver", async () => {
  const { id } = await added({}, TUR_APPROVER);
  await done(exchange, TUR_APPROVER, "shareCaseStudy", { id, revision: 1, colep: true });
  const confirm = (client: string) =>
    call(exchange, client, "confirmCaseStudy", { id, revision: 2 });
  expect((await confirm(TUR_APPROVER)).refused[0]).toMatch(/^FORBIDDEN input.id: .*second person/);
  for (const client of [approverOf("PAK"), approverOf("IRN")])
    expect((await confirm(client)).refused).toEqual([
      "NOT_FOUND input.id: Your partner has no case study of that id.",
    ]);
  expect((await confirm("secretariat-desk")).refused[0]).toMatch(/^FORBIDDEN input:/);
  expect((await confirm(TUR)).data.caseStudy.state).toBe("SHARED");
});

test("who reads it does not touch it, in the same words as for what is not there", async () => {
  const { id } = await shared({ colep: true });
  for (const mutation of ["amendCaseStudy", "shareCaseStudy", "withdrawCaseStudy"]) {
    const input = { ...(mutation === "amendCaseStudy" ? study() : {}), revision: 3 };
    const [there, absent] = await Promise.all(
      [id, ABSENT].map((one) => call(exchange, approverOf("PAK"), mutation, { ...input, id: one })),
    );
    expect([mutation, there]).toEqual([mutation, absent]);
  }
});

test("exercises are apart: a flag, a title that says so, a list and a count of their own", async () => {
  const counts = async () => {
    const { data } = await exchange.ask(
      TUR,
      "{ caseStudies { totalCount } tableTopExercises { totalCount } }",
    );
    return [data.caseStudies.totalCount, data.tableTopExercises.totalCount];
  };
  const [real, exercises] = await counts();
  const { caseStudy } = await done(exchange, TUR, "addCaseStudy", study({ exercise: true }));
  expect(caseStudy).toMatchObject({
    exercise: true,
    title: expect.stringMatching(/^EXERCISE: Two neighbours/),
  });
  expect(await counts()).toEqual([real, exercises + 1]);
  const { data } = await exchange.ask(
    TUR,
    "{ caseStudies(first: 100) { nodes { exercise } } tableTopExercises(first: 100) { nodes { exercise } } }",
  );
  expect(new Set(data.caseStudies.nodes.map((one: any) => one.exercise))).toEqual(new Set([false]));
  expect(new Set(data.tableTopExercises.nodes.map((one: any) => one.exercise))).toEqual(
    new Set([true]),
  );
});

test("of two who amend at once one wins; every move from every state does what the table says", async () => {
  const { id } = await added();
  const amend = (client: string) => () =>
    call(exchange, client, "amendCaseStudy", { ...study({ title: client }), id, revision: 1 });
  const both = await atOnce(owner, "case_study", [amend(TUR), amend(TUR_APPROVER)]);
  expect(both.flatMap(({ refused }) => refused)).toEqual([
    "REVISION_CONFLICT input.revision: It is at revision 2. Read it again and repeat.",
  ]);
  const reach = { PRIVATE: [], WAITING: ["share"], SHARED: ["share", "confirm"] } as const;
  for (const [state, path] of Object.entries(reach)) {
    for (const move of STUDY_MOVES) {
      const one = await added();
      for (const [at, step] of path.entries())
        await done(exchange, at === 0 ? TUR : TUR_APPROVER, `${step}CaseStudy`, {
          id: one.id,
          revision: at + 1,
          ...(at === 0 && { colep: true }),
        });
      const input = {
        id: one.id,
        revision: path.length + 1,
        ...(move === "AMEND" && study()),
        ...(move === "SHARE" && { colep: true }),
      };
      const { data, refused } = await call(
        exchange,
        TUR_APPROVER,
        `${move.toLowerCase()}CaseStudy`,
        input,
      );
      const next = after(state as "PRIVATE", move);
      if (next) expect([state, move, data.caseStudy?.state]).toEqual([state, move, next]);
      else
        expect([state, move, refused[0]]).toEqual([
          state,
          move,
          expect.stringMatching(/^BAD_USER_INPUT input.id: .*can be done is/),
        ]);
    }
  }
});

test("pages are counted over what the reader may see", async () => {
  await shared({ partners: ["GBR"] });
  await shared({ partners: ["GBR"] });
  await added();
  const page = async (client: string, after: string | null) =>
    (
      await exchange.ask(
        client,
        "query ($after: String) { caseStudies(first: 1, after: $after) { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor } } }",
        { after },
      )
    ).data.caseStudies;
  const seen: string[] = [];
  for (let at: string | null = null, more = true; more; ) {
    const { totalCount, nodes, pageInfo } = await page(analystOf("GBR"), at);
    expect(totalCount).toBe(2);
    expect(pageInfo.hasPreviousPage).toBe(at !== null);
    seen.push(nodes[0].id);
    [at, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
  }
  expect(new Set(seen).size).toBe(2);
  const [foreign] = seen;
  const stolen = Buffer.from(`id:${foreign}`).toString("base64url");
  expect((await page("unodc-analyst", stolen)).nodes).toEqual([]);
  await moveClock(owner, 0);
});

test.each<[string, object, RegExp]>([
  ["no title", { title: " " }, /input.title: is empty/],
  [
    "a person's record",
    { summary: "The driver, born 01.02.1990, passport AB1234567" },
    /input.summary: looks like/,
  ],
  ["a lesson that is empty", { lessons: ["One.", ""] }, /input.lessons.1: is empty/],
  ["H3 without a word", { handling: ["H3"] }, /input.handlingNote/],
  ["no meeting", { meeting: 71 }, /input.meeting: There is no meeting/],
])("a case study with %s is refused", async (_name, change, expected) => {
  expect((await call(exchange, TUR, "addCaseStudy", study(change))).refused[0]).toMatch(expected);
});

test.each<[string, object, object, RegExp]>([
  ["nobody", {}, {}, /input.partners: Name COLEP or at least one partner/],
  ["no partner", { partners: ["ATL"] }, {}, /input.partners.0: is no partner that could read it/],
  [
    "the auditor",
    { partners: ["AUDITOR"] },
    {},
    /input.partners.0: is no partner that could read it/,
  ],
  ["itself", { partners: ["TUR"] }, {}, /input.partners.0: Your own partner/],
  ["one twice", { partners: ["PAK", "PAK"] }, {}, /input.partners.1: stands twice/],
  ["more than persons", { colep: true }, { tlp: "RED" }, /input.partners: TLP:RED/],
])("to share with %s is refused", async (_name, audience, change, expected) => {
  const { id } = await added(change);
  expect(
    (await call(exchange, TUR, "shareCaseStudy", { id, revision: 1, ...audience })).refused[0],
  ).toMatch(expected);
});
