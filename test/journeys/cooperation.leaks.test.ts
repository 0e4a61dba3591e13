/** To whoever a request has not reached it does not exist; to the desk its content does not. Same bytes, same counts, same errors. */
import type { Client } from "pg";
import { newReference } from "../../subgraphs/cooperation/requests/request-number";
import {
  ANSWERED,
  act,
  approverOf,
  asked,
  CONTENTS,
  DESK,
  done,
  FACTS,
  FORWARDED,
  moved,
  officerOf,
  opened,
  RECEIVED,
  read,
  SUBMITTED,
} from "../support/cooperation";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { AUDITOR, analystOf, READERS } from "../support/people";
import { openSubgraphs, type Subgraphs } from "../support/subgraphs";

let exchange: ExchangeUnderTest;
let subgraphs: Subgraphs;
let owner: Client;
/** What each reader saw before there was any of these. */
const before = new Map<string, string>();
beforeAll(async () => {
  exchange = await openExchange();
  subgraphs = await openSubgraphs(exchange.databaseUrl);
  owner = await exchange.openOwner();
  for (const client of READERS.values()) before.set(client, await look(client, UNKNOWN));
});
afterAll(async () => {
  await subgraphs?.stop();
  await exchange?.stop();
});

const TUR = officerOf("TUR");
const BGR = officerOf("BGR");
const UNKNOWN = newReference(2026);
const cursorTo = (id: string): string => Buffer.from(`id:${id}`).toString("base64url");
const same = (text: string, reference: string): string =>
  text
    .replaceAll(reference, UNKNOWN)
    .replaceAll(cursorTo(reference), cursorTo(UNKNOWN))
    .replace(/,?"requestId":"[^"]*"/g, "");

const EVERYTHING = `query ($reference: ID!, $after: String) {
  cooperationRequest(reference: $reference) { ${FACTS} ${CONTENTS} }
  cooperationRequests(first: 100) { totalCount nodes { reference siblings { reference } } edges { cursor } pageInfo { hasNextPage endCursor } }
  behind: cooperationRequests(first: 50, after: $after) { totalCount nodes { reference } pageInfo { hasNextPage hasPreviousPage } }
  drafts: cooperationRequests(states: [DRAFT, SUBMITTED, FORWARDED, RECEIVED, ANSWERED, WITHDRAWN]) { totalCount }
  cooperationPerformance(year: 2026) { concluded medianHours onTimePercent reason } }`;

const look = async (client: string | null, reference: string): Promise<string> =>
  same(
    (await exchange.ask(client, EVERYTHING, { reference, after: cursorTo(reference) })).text,
    reference,
  );

const MUTATIONS: Readonly<Record<string, object>> = {
  amendCooperationRequest: asked(),
  submit: {},
  returnForCompletion: { note: "x" },
  forward: {},
  receive: {},
  startWork: {},
  askClarification: { note: "x" },
  clarify: { note: "x" },
  notifyDelay: { note: "x", expectedUntil: "2099-01-01T00:00:00Z" },
  answer: { content: "x" },
  refuse: { ground: "NOT_AVAILABLE" },
  confirmProposedGrant: {},
  acceptProposedGrant: {},
  withdraw: {},
  close: { met: "NOT" },
  discloseToSecretariat: {},
  withholdFromSecretariat: {},
};

describe("by every path, whoever asks", () => {
  /** Who knows of it at each stage; from the first on nobody else sees anything other than before, so their order matters. */
  const stages = [
    ["a draft", [], new Set(["TUR"])],
    ["what is withdrawn before it reached anybody", [["withdraw", TUR]], new Set(["TUR"])],
    ["what is submitted", SUBMITTED, new Set(["TUR", "SECRETARIAT"])],
    [
      "what is returned",
      [...SUBMITTED, ["returnForCompletion", DESK, { note: "x" }]],
      new Set(["TUR", "SECRETARIAT"]),
    ],
    [
      "what is withdrawn before it was forwarded",
      [...SUBMITTED, ["withdraw", TUR]],
      new Set(["TUR", "SECRETARIAT"]),
    ],
    ["what is answered", ANSWERED, new Set(["TUR", "SECRETARIAT", "BGR"])],
  ] as const;

  test.each(stages)("%s", async (_name, moves, know) => {
    const others = [...READERS].filter(([partner]) => !know.has(partner));
    const request = await moved(
      exchange,
      await opened(exchange, { requested: ["BGR", "FRA"] }),
      ...moves,
    );
    for (const [partner, client] of others)
      expect({ partner, text: await look(client, request.reference) }).toEqual({
        partner,
        text: before.get(client),
      });
    for (const partner of know)
      expect(await look(READERS.get(partner) as string, request.reference)).not.toContain(
        '"cooperationRequest":null',
      );
  });

  test("nobody and the log's auditor have none, not even a count", async () => {
    const request = await moved(exchange, await opened(exchange), ...FORWARDED);
    for (const client of [null, AUDITOR]) {
      const { data } = await exchange.ask(client, EVERYTHING, { reference: request.reference });
      expect(new Set(Object.values(data))).toEqual(new Set([null]));
    }
  });

  test("every mutation, by whoever it is not for, as of an unknown reference", async () => {
    const request = await moved(exchange, await opened(exchange), ...SUBMITTED);
    const { reference, revision } = request;
    for (const client of [BGR, approverOf("PAK"), officerOf("FRONTEX")]) {
      for (const [mutation, more] of Object.entries(MUTATIONS)) {
        const hidden = await act(exchange, client, mutation, { reference, revision, ...more });
        const unknown = await act(exchange, client, mutation, {
          reference: UNKNOWN,
          revision,
          ...more,
        });
        expect([mutation, same(hidden.text, reference)]).toEqual([
          mutation,
          same(unknown.text, UNKNOWN),
        ]);
        expect(hidden.text).toMatch(/NOT_FOUND|FORBIDDEN/);
      }
      const ask = { recipient: "AUT", purpose: "x" };
      const hidden = await act(exchange, client, "requestRedissemination", { reference, ...ask });
      expect(same(hidden.text, reference)).toBe(
        (
          await act(exchange, client, "requestRedissemination", { reference: UNKNOWN, ...ask })
        ).text.replace(/,?"requestId":"[^"]*"/g, ""),
      );
    }
    expect(await read(exchange, TUR, reference)).toEqual(request);
  });
});

test("as an entity that another subgraph refers to, however it is represented", async () => {
  const { reference } = await moved(exchange, await opened(exchange), ...SUBMITTED);
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on CooperationRequest { reference state content { subject } } } }`;
  const ask = (partner: string, id: string) =>
    subgraphs.ask("cooperation", { id: "x", partner, roles: ["OFFICER"] }, query, {
      of: [
        {
          __typename: "CooperationRequest",
          reference: id,
          requester: partner,
          requested: partner,
          reach: "PARTIES",
          state: "DRAFT",
        },
      ],
    });
  expect((await ask("TUR", reference)).data._entities[0]).toMatchObject({
    reference,
    state: "SUBMITTED",
  });
  expect((await ask("SECRETARIAT", reference)).data._entities[0]).toMatchObject({
    reference,
    content: null,
  });
  for (const partner of ["BGR", "IRQ", "ATL", "AUDITOR"])
    expect(await ask(partner, reference)).toEqual(await ask(partner, UNKNOWN));
});

describe("the Secretariat", () => {
  const SECRET = "fictional-secret";
  const secret = {
    subject: SECRET,
    informationSought: SECRET,
    purpose: SECRET,
    factsSummary: SECRET,
    availabilityGrounds: SECRET,
    useRestrictions: SECRET,
  };
  const talk = [
    ...RECEIVED,
    ["askClarification", BGR, { note: SECRET }],
    ["clarify", TUR, { note: SECRET }],
    [
      "answer",
      BGR,
      {
        content: SECRET,
        proposedGrant: { indicators: ["DOC"] },
        refusedPart: { ground: "MINOR_OFFENCE", explanation: SECRET },
      },
    ],
  ] as const;

  test("sees parties, kind, state and clock of what it facilitates, and no word of what is written", async () => {
    const { reference } = await moved(exchange, await opened(exchange, secret), ...talk);
    await done(exchange, TUR, "requestRedissemination", {
      reference,
      recipient: "FRA",
      purpose: SECRET,
    });
    const { text, data } = await exchange.ask(DESK, EVERYTHING, { reference });
    expect(data.cooperationRequest).toMatchObject({
      requester: { code: "TUR" },
      requested: { code: "BGR" },
      kind: "INFORMATION_REQUEST",
      state: "PARTIALLY_ANSWERED",
      content: null,
      notes: [],
      answers: [],
      feedback: null,
      proposedGrant: null,
      redisseminations: [],
      siblings: [],
      contentWithheld: expect.stringContaining("both have disclosed"),
    });
    expect(data.cooperationRequest.clock.startedAt).not.toBeNull();
    expect(text).not.toMatch(new RegExp(`${SECRET}|MINOR_OFFENCE|DOC"`));
    const log = await owner.query(
      "SELECT outcome, reason FROM audit.entry WHERE viewer = 'SECRETARIAT' AND detail = ARRAY[$1, 'CONTENT'] AND owner = 'TUR'",
      [reference],
    );
    expect(log.rows).toContainEqual({ outcome: "DENIED", reason: "NO_AGREEMENT" });
  });

  test("reads it once both parties have disclosed it, each by an act of its own, and no longer than they do", async () => {
    const request = await moved(exchange, await opened(exchange, secret), ...talk);
    const sees = async () =>
      (await exchange.ask(DESK, EVERYTHING, { reference: request.reference })).text.includes(
        SECRET,
      );
    expect(await sees()).toBe(false);
    await moved(exchange, request, ["discloseToSecretariat", TUR]);
    expect(await sees()).toBe(false);
    const both = await moved(exchange, request, ["discloseToSecretariat", BGR]);
    expect(both.disclosedBy).toEqual([{ code: "TUR" }, { code: "BGR" }]);
    expect(await sees()).toBe(true);
    await done(exchange, TUR, "requestRedissemination", {
      reference: request.reference,
      recipient: "FRA",
      purpose: SECRET,
    });
    expect((await read(exchange, DESK, request.reference, CONTENTS)).redisseminations).toEqual([]);
    await moved(exchange, request, ["withholdFromSecretariat", BGR]);
    expect(await sees()).toBe(false);
  });

  test("does not disclose in a party's place, nor one party in the other's", async () => {
    const request = await moved(exchange, await opened(exchange), ...RECEIVED);
    const { reference, revision } = request;
    expect(
      (await act(exchange, DESK, "discloseToSecretariat", { reference, revision })).text,
    ).toContain("FORBIDDEN");
    for (let twice = 0; twice < 2; twice++)
      await moved(exchange, request, ["discloseToSecretariat", TUR]);
    expect(await read(exchange, DESK, reference)).toMatchObject({ disclosedBy: [{ code: "TUR" }] });
    expect((await read(exchange, DESK, reference, CONTENTS)).content).toBeNull();
  });
});

test("the revision does not tell the party asked how often it had been moved before", async () => {
  const revisions: number[] = [];
  for (let each = 0; each < 3; each++)
    revisions.push((await moved(exchange, await opened(exchange), ...FORWARDED)).revision);
  expect(new Set(revisions).size).toBe(3);
  expect(Math.max(...revisions)).toBeGreaterThan(1_000);
});

test("a mutation's payload obeys its reader's rights, the same key asked again too", async () => {
  const request = await moved(exchange, await opened(exchange), ...SUBMITTED);
  const of = {
    reference: request.reference,
    revision: request.revision,
    idempotencyKey: "forward-1",
  };
  const { data } = await act(exchange, DESK, "forward", of, `${FACTS} ${CONTENTS}`);
  expect(data.it.cooperationRequest).toMatchObject({
    state: "FORWARDED",
    content: null,
    answers: [],
  });
  const again = await act(exchange, DESK, "forward", of, `${FACTS} ${CONTENTS}`);
  expect(again.data.it.cooperationRequest).toMatchObject({ state: "FORWARDED", content: null });
});

describe("the logs", () => {
  const entries = async (of: string, reference: string): Promise<any[]> =>
    (
      await owner.query(
        "SELECT viewer, actor, operation, detail[2] AS part, outcome, channel FROM audit.entry WHERE owner = $1 AND category = 'COOPERATION' AND detail[1] = $2 ORDER BY id",
        [of, reference],
      )
    ).rows;

  test("have who read whose content before it is given, and the desk's reading of facts", async () => {
    const { reference } = await moved(exchange, await opened(exchange), ...ANSWERED);
    await read(exchange, analystOf("BGR"), reference, CONTENTS);
    await read(exchange, analystOf("TUR"), reference, CONTENTS);
    await read(exchange, DESK, reference, "state");
    // What both have written stands side by side.
    const given = { operation: "COMBINATION", outcome: "GIVEN", channel: "GRAPHQL" };
    expect(await entries("TUR", reference)).toContainEqual({
      viewer: "BGR",
      actor: "bgr-analyst",
      part: "CONTENT",
      ...given,
    });
    expect(await entries("BGR", reference)).toContainEqual({
      viewer: "TUR",
      actor: "tur-analyst",
      part: "CONTENT",
      ...given,
    });
    for (const party of ["TUR", "BGR"])
      expect(await entries(party, reference)).toContainEqual({
        viewer: "SECRETARIAT",
        actor: DESK,
        part: "FACTS",
        ...given,
      });
    const written = (await entries("TUR", reference)).filter(({ operation }) =>
      ["COLLECTION", "ALTERATION"].includes(operation),
    );
    expect(written.map(({ actor, operation }) => `${actor} ${operation}`)).toEqual([
      "tur-officer COLLECTION",
      "tur-officer ALTERATION",
      `${DESK} ALTERATION`,
      "bgr-officer ALTERATION",
      "bgr-officer ALTERATION",
    ]);
  });

  test("of the party asked tell nothing of what has not reached it, nor of its siblings", async () => {
    const first = await moved(exchange, await opened(exchange, { requested: ["BGR", "FRA"] }), [
      "submit",
      TUR,
    ]);
    const [sibling] = (await read(exchange, TUR, first.reference, CONTENTS)).siblings;
    await read(exchange, DESK, first.reference);
    expect(await entries("BGR", first.reference)).toEqual([]);
    await moved(exchange, first, ["forward", DESK]);
    expect((await entries("BGR", first.reference)).length).toBeGreaterThan(0);
    expect(await entries("BGR", sibling.reference)).toEqual([]);
  });
});
