/** Requests from the first draft to the feedback, by everybody who has a part in them. */
import type { Client } from "pg";
import {
  ANSWERED,
  act,
  approverOf,
  asked,
  CONTENTS,
  DESK,
  done,
  FORWARDED,
  letPass,
  moved,
  officerOf,
  opened,
  RECEIVED,
  read,
  refusal,
  SUBMITTED,
  urgent,
} from "../support/cooperation";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
});
afterAll(() => exchange?.stop());

const TUR = officerOf("TUR");
const BGR = officerOf("BGR");
const DIRECT = { channel: "URGENT_DIRECT" };
const states = (request: any): string[] => request.timeline.map(({ to }: any) => to);
const mutate = async (client: string, mutation: string, request: any, more: object = {}) => {
  const { revision } = await read(exchange, client, request.reference);
  return refusal(exchange, client, mutation, { reference: request.reference, revision, ...more });
};

describe("a facilitated request", () => {
  test.each([
    "INFORMATION_REQUEST",
    "KNOWLEDGE_EXCHANGE",
    "CAPACITY_BUILDING",
    "OPERATIONAL_PARTNERSHIP",
    "OTHER_ASSISTANCE",
  ])("%s goes from draft to feedback, each side moving what is its own", async (kind) => {
    const draft = await opened(exchange, { kind });
    expect(draft).toMatchObject({
      kind,
      state: "DRAFT",
      channel: "FACILITATED",
      urgency: "NORMAL",
      dueAt: null,
    });
    expect(draft.reference).toMatch(/^COLEP-\d{4}-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
    const request = await moved(
      exchange,
      draft,
      ...RECEIVED,
      ["startWork", BGR],
      ["askClarification", BGR, { note: "Which quarter is meant?" }],
      ["clarify", TUR, { note: "The third." }],
      [
        "answer",
        BGR,
        {
          content: "Fictional: four.",
          handling: ["H2"],
          evaluation: { source: "A", information: "I1" },
        },
      ],
      ["close", TUR, { met: "FULLY", comment: "Thank you." }],
    );
    expect(states(request)).toEqual([
      "DRAFT",
      "SUBMITTED",
      "FORWARDED",
      "RECEIVED",
      "IN_PROGRESS",
      "CLARIFICATION_REQUESTED",
      "IN_PROGRESS",
      "ANSWERED",
      "CLOSED",
    ]);
    expect(request.timeline.map(({ clock }: any) => clock)).toEqual([
      null,
      null,
      null,
      "START",
      null,
      "STOP",
      "RESUME",
      "END",
      null,
    ]);
    expect(request.clock).toMatchObject({
      running: false,
      limitHours: kind === "INFORMATION_REQUEST" ? 168 : null,
    });
    const contents = await read(exchange, TUR, request.reference, CONTENTS);
    expect(contents).toMatchObject({
      notes: [{ text: "Which quarter is meant?" }, { text: "The third." }],
      answers: [
        { part: 1, content: "Fictional: four.", marking: { handling: ["H2"], originator: "BGR" } },
      ],
      feedback: { met: "FULLY", comment: "Thank you." },
    });
    expect(await read(exchange, BGR, request.reference, CONTENTS)).toEqual(contents);
  });

  test("is returned for completion, written anew and submitted again", async () => {
    const draft = await moved(exchange, await opened(exchange), ...SUBMITTED, [
      ...(["returnForCompletion", DESK] as const),
      { note: "Say in which language an answer helps." },
    ]);
    const { revision } = await read(exchange, TUR, draft.reference);
    const change = {
      reference: draft.reference,
      revision,
      ...asked({ language: "tr", purpose: "To train border guards." }),
    };
    await done(exchange, TUR, "amendCooperationRequest", change);
    const request = await moved(exchange, draft, ...FORWARDED);
    expect(request).toMatchObject({ state: "FORWARDED", language: "tr" });
    const seen = await read(exchange, BGR, draft.reference, `timeline { action to } ${CONTENTS}`);
    expect(seen.content.purpose).toBe("To train border guards.");
    expect(seen.timeline).toEqual([{ action: "FORWARD", to: "FORWARDED" }]);
    expect(seen.notes).toEqual([]);
    expect((await read(exchange, TUR, draft.reference, CONTENTS)).notes).toMatchObject([
      { by: { code: "SECRETARIAT" } },
    ]);
  });

  test("is answered in parts, of which only the affected one is refused", async () => {
    const partly = await moved(exchange, await opened(exchange), ...RECEIVED, [
      "answer",
      BGR,
      { content: "First.", partial: true },
    ]);
    expect(partly).toMatchObject({ state: "PARTIALLY_ANSWERED", clock: { running: true } });
    const ended = await moved(
      exchange,
      partly,
      ["answer", BGR, { content: "Second.", partial: true }],
      [
        ...(["refuse", BGR] as const),
        { ground: "THIRD_PARTY_CONSENT", explanation: "It came from elsewhere." },
      ],
    );
    expect(ended).toMatchObject({
      state: "PARTIALLY_ANSWERED",
      clock: { running: false, onTime: true },
    });
    const { answers } = await read(exchange, TUR, ended.reference, CONTENTS);
    expect(
      answers.map(({ content, refusal: refused }: any) => [
        content,
        refused?.ground,
        refused?.scope,
      ]),
    ).toEqual([
      ["First.", undefined, undefined],
      ["Second.", undefined, undefined],
      [null, "THIRD_PARTY_CONSENT", "PARTIAL"],
    ]);
    const late = await mutate(BGR, "answer", ended, { content: "Third." });
    expect(late).toMatchObject({
      code: "BAD_USER_INPUT",
      message: expect.stringContaining("last word"),
    });
  });

  test("or in one answer that refuses the rest, or refused as a whole", async () => {
    const refusedPart = { ground: "DATA_CATEGORY" };
    const both = await moved(exchange, await opened(exchange), ...RECEIVED, [
      "answer",
      BGR,
      { content: "Some.", refusedPart },
    ]);
    expect(both).toMatchObject({ state: "PARTIALLY_ANSWERED", clock: { running: false } });
    const none = await moved(exchange, await opened(exchange), ...RECEIVED, [
      "refuse",
      BGR,
      { ground: "NOT_AVAILABLE" },
    ]);
    expect(none).toMatchObject({ state: "REFUSED", clock: { running: false } });
    const { answers } = await read(exchange, TUR, none.reference, CONTENTS);
    expect(answers).toMatchObject([
      { content: null, refusal: { ground: "NOT_AVAILABLE", scope: "FULL" } },
    ]);
  });
});

describe("an urgent request", () => {
  test("goes straight, its clock starts at once, and the Secretariat has its facts at once", async () => {
    const request = await moved(exchange, await opened(exchange, urgent(DIRECT)), ["submit", TUR]);
    expect(request).toMatchObject({ state: "RECEIVED", clock: { running: true, limitHours: 168 } });
    expect(await read(exchange, DESK, request.reference)).toMatchObject({
      state: "RECEIVED",
      channel: "URGENT_DIRECT",
    });
    const received = await moved(exchange, request, ["receive", BGR, { accessibility: "DIRECT" }]);
    expect(received.clock).toMatchObject({ startedAt: request.clock.startedAt, limitHours: 8 });
    expect(Date.parse(received.dueAt) - Date.parse(received.clock.startedAt)).toBe(8 * 3_600_000);
  });

  test.each([
    ["DIRECT", 8],
    ["INDIRECT", 72],
  ])(
    "that the party asked reaches %sly is due within %d hours of its receipt",
    async (accessibility, hours) => {
      const request = await moved(exchange, await opened(exchange, urgent()), ...FORWARDED, [
        "receive",
        BGR,
        { accessibility },
      ]);
      expect(request.clock.limitHours).toBe(hours);
      await letPass(owner, request.reference, hours - 0.01);
      expect(await read(exchange, DESK, request.reference)).toMatchObject({
        overdue: false,
        clock: { attention: "DUE_SOON" },
      });
      await letPass(owner, request.reference, 0.02);
      expect(await read(exchange, TUR, request.reference)).toMatchObject({
        overdue: true,
        clock: { attention: "OVERDUE" },
      });
    },
  );

  test("waits for a judicial authorisation by notice, with when to expect an answer", async () => {
    const request = await moved(exchange, await opened(exchange, urgent()), ...FORWARDED, [
      "receive",
      BGR,
      { accessibility: "DIRECT" },
    ]);
    await letPass(owner, request.reference, 7);
    const expectedUntil = new Date(Date.now() + 48 * 3_600_000).toISOString();
    const waiting = await moved(exchange, request, [
      "notifyDelay",
      BGR,
      { note: "A court has to agree.", expectedUntil },
    ]);
    expect(waiting).toMatchObject({
      state: "AWAITING_JUDICIAL_AUTHORISATION",
      dueAt: expectedUntil,
      overdue: false,
    });
    const refused = await moved(exchange, waiting, [
      "refuse",
      BGR,
      { ground: "JUDICIAL_AUTHORISATION_REFUSED" },
    ]);
    expect(refused).toMatchObject({ state: "REFUSED", clock: { onTime: true } });
  });
});

describe("a fan-out", () => {
  test("makes a request each, of which who asked knows and nobody asked does", async () => {
    const first = await opened(exchange, { requested: ["BGR", "PAK", "FRA"] });
    const { siblings } = await read(exchange, TUR, first.reference, CONTENTS);
    expect(siblings.map(({ requested }: any) => requested.code).sort()).toEqual(["FRA", "PAK"]);
    await moved(exchange, first, ...RECEIVED);
    const pakistan = siblings.find(({ requested }: any) => requested.code === "PAK");
    await moved(exchange, pakistan, ...FORWARDED, ["receive", officerOf("PAK")]);
    for (const [client, request] of [
      [BGR, first],
      [officerOf("PAK"), pakistan],
      [DESK, first],
    ] as const)
      expect((await read(exchange, client, request.reference, CONTENTS)).siblings).toEqual([]);
  });
});

test("of two who move one request at once one wins, and the other is told what is so now", async () => {
  for (let round = 0; round < 3; round++) {
    const request = await moved(exchange, await opened(exchange), ...RECEIVED);
    const of = { reference: request.reference, revision: request.revision };
    const both = await Promise.all([
      act(exchange, TUR, "withdraw", of),
      act(exchange, BGR, "answer", { ...of, content: "Fictional: two." }),
      act(exchange, BGR, "refuse", { ...of, ground: "NOT_AVAILABLE" }),
    ]);
    const errors = both.map(({ data }) => data.it.userErrors[0]?.code ?? null);
    expect(errors.sort()).toEqual(["REVISION_CONFLICT", "REVISION_CONFLICT", null]);
    const { timeline } = await read(exchange, TUR, request.reference);
    expect(timeline).toHaveLength(5);
  }
});

test("the same key does it once, and with another input is refused", async () => {
  const input = asked({ idempotencyKey: "request-1" });
  const one = await done(exchange, TUR, "openCooperationRequest", input);
  expect(await done(exchange, TUR, "openCooperationRequest", input)).toEqual(one);
  const other = await refusal(exchange, TUR, "openCooperationRequest", {
    ...input,
    purpose: "Another.",
  });
  expect(other.code).toBe("IDEMPOTENCY_KEY_REUSED");
  const submit = { reference: one.reference, revision: one.revision, idempotencyKey: "submit-1" };
  const submitted = await done(exchange, TUR, "submit", submit);
  expect(await done(exchange, TUR, "submit", submit)).toEqual(submitted);
});

test("lists page on by cursors, newest first, and by state", async () => {
  const made: string[] = [];
  for (let each = 0; each < 3; each++)
    made.unshift((await opened(exchange, { requested: ["UNODC"] }, officerOf("GBR"))).reference);
  const query = `query ($first: Int!, $after: String, $states: [RequestState!]) {
    cooperationRequests(first: $first, after: $after, states: $states) { totalCount nodes { reference }
      pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
  const page = async (variables: object) =>
    (await exchange.ask(officerOf("GBR"), query, { ...variables })).data.cooperationRequests;
  const first = await page({ first: 2 });
  const second = await page({ first: 2, after: first.pageInfo.endCursor });
  expect([...first.nodes, ...second.nodes].map(({ reference }: any) => reference)).toEqual(made);
  expect([
    first.pageInfo.hasNextPage,
    second.pageInfo.hasNextPage,
    second.pageInfo.hasPreviousPage,
  ]).toEqual([true, false, true]);
  expect((await page({ first: 5, states: ["SUBMITTED"] })).totalCount).toBe(0);
  expect((await page({ first: 5, states: ["DRAFT"] })).totalCount).toBe(3);
});

describe("what was received goes on only with its originator's word", () => {
  const ask = { recipient: "FRA", purpose: "A joint analysis." };
  test("which who received it asks for, and an approver of the originator gives", async () => {
    const { reference } = await moved(exchange, await opened(exchange), ...ANSWERED);
    await done(exchange, TUR, "requestRedissemination", { reference, ...ask }, CONTENTS);
    const [question] = (await read(exchange, BGR, reference, CONTENTS)).redisseminations;
    expect(question).toMatchObject({
      originator: { code: "BGR" },
      askedBy: { code: "TUR" },
      consented: null,
    });
    const { id } = question;
    expect(
      await refusal(exchange, BGR, "answerRedissemination", { id, consents: true }),
    ).toMatchObject({
      code: "FORBIDDEN",
    });
    expect(
      await refusal(exchange, TUR, "answerRedissemination", { id, consents: false }),
    ).toMatchObject({
      code: "FORBIDDEN",
    });
    await done(exchange, approverOf("BGR"), "answerRedissemination", { id, consents: true });
    expect((await read(exchange, TUR, reference, CONTENTS)).redisseminations).toMatchObject([
      { consented: true },
    ]);
    const again = await refusal(exchange, approverOf("BGR"), "answerRedissemination", {
      id,
      consents: false,
    });
    expect(again.code).toBe("REVISION_CONFLICT");
  });

  test("of the request as well as of the answer, and only once there is something", async () => {
    const request = await moved(exchange, await opened(exchange), ...RECEIVED);
    const { reference } = request;
    expect(
      await refusal(exchange, TUR, "requestRedissemination", { reference, ...ask }),
    ).toMatchObject({
      path: "input.reference",
    });
    expect(
      await refusal(exchange, BGR, "requestRedissemination", {
        reference,
        ...ask,
        recipient: "TUR",
      }),
    ).toMatchObject({
      path: "input.recipient",
    });
    expect(
      await refusal(exchange, BGR, "requestRedissemination", {
        reference,
        ...ask,
        recipient: "ATL",
      }),
    ).toMatchObject({
      path: "input.recipient",
    });
    expect(
      await refusal(exchange, DESK, "requestRedissemination", { reference, ...ask }),
    ).toMatchObject({
      code: "FORBIDDEN",
    });
    await done(exchange, BGR, "requestRedissemination", { reference, ...ask });
    const [question] = (await read(exchange, TUR, reference, CONTENTS)).redisseminations;
    await done(exchange, TUR, "answerRedissemination", {
      id: question.id,
      consents: false,
      note: "Not yet.",
    });
  });
});
