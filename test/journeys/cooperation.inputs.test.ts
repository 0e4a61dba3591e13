/** Requests and moves that are not in order: told with their place, and with what is. */
import {
  act,
  asked,
  DESK,
  FORWARDED,
  moved,
  officerOf,
  opened,
  RECEIVED,
  read,
  refusal,
  urgent,
} from "../support/cooperation";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const TUR = officerOf("TUR");
const BGR = officerOf("BGR");
const DIRECT = { channel: "URGENT_DIRECT" };
const mutate = async (client: string, mutation: string, request: any, more: object = {}) => {
  const { revision } = await read(exchange, client, request.reference);
  return refusal(exchange, client, mutation, { reference: request.reference, revision, ...more });
};

describe("what is not in order is told with what is", () => {
  const long = "x".repeat(5_001);
  test.each([
    [
      "urgent without ground",
      { urgency: "URGENT", urgencyReason: "Soon." },
      "urgencyGround",
      "THREAT_LIFE",
    ],
    [
      "urgent without reason",
      { urgency: "URGENT", urgencyGround: "THREAT_LIFE" },
      "urgencyReason",
      "Say how",
    ],
    ["a ground without urgency", { urgencyGround: "THREAT_LIFE" }, "urgency", "URGENT"],
    ["straight without urgency", DIRECT, "channel", "FACILITATED"],
    [
      "no reason why it should be there",
      { availabilityGrounds: null },
      "availabilityGrounds",
      "available there",
    ],
    ["nobody", { requested: [] }, "requested", "Name the partner"],
    ["one twice", { requested: ["BGR", "BGR"] }, "requested", "twice"],
    ["itself", { requested: ["TUR"] }, "requested", "own partner"],
    ["somebody unknown", { requested: ["BGR", "ATL"] }, "requested", '"ATL"'],
    ["the Secretariat", { requested: ["SECRETARIAT"] }, "requested", "national authority"],
    ["a funder", { requested: ["NLD"] }, "requested", "national authority"],
    ["TLP:RED", { tlp: "RED" }, "tlp", "AMBER_STRICT"],
    ["H3 without words", { handling: ["H3"] }, "handlingNote", "H3"],
    ["too long a subject", { subject: "x".repeat(201) }, "subject", "200"],
    ["too long a text", { purpose: long }, "purpose", "5000"],
    ["an empty text", { informationSought: " " }, "informationSought", "empty"],
    [
      "a person's record",
      { factsSummary: "Passport AB 1234567 of the driver" },
      "factsSummary",
      "document",
    ],
    [
      "a date of birth",
      { linkToEntity: "Example Person, born 2 May 1979" },
      "linkToEntity",
      "birth",
    ],
  ])("%s", async (_name, change, path, remedy) => {
    const found = await refusal(exchange, TUR, "openCooperationRequest", asked(change));
    expect(found).toMatchObject({ code: "BAD_USER_INPUT", path: `input.${path}` });
    expect(found.message).toContain(remedy);
  });

  test("everything that is wrong is told at once", async () => {
    const { data } = await act(
      exchange,
      TUR,
      "openCooperationRequest",
      asked({ tlp: "RED", requested: ["TUR"], purpose: "" }),
    );
    expect(data.it.userErrors.map(({ path }: any) => path[1])).toEqual([
      "requested",
      "tlp",
      "purpose",
    ]);
  });

  test("a third party is not added, and the party that is asked not exchanged", async () => {
    const draft = await opened(exchange);
    for (const requested of [["BGR", "FRA"], ["FRA"], []]) {
      const found = await mutate(TUR, "amendCooperationRequest", draft, asked({ requested }));
      expect(found).toMatchObject({ code: "BAD_USER_INPUT", path: "input.requested" });
      expect(found.message).toMatch(/between two.*Open another/);
    }
  });

  test("an answer after withdrawal, with the moves that are left", async () => {
    const request = await moved(exchange, await opened(exchange), ...RECEIVED, [
      "withdraw",
      TUR,
      { note: "Solved." },
    ]);
    const found = await mutate(BGR, "answer", request, { content: "Late." });
    expect(found).toMatchObject({ code: "BAD_USER_INPUT", path: "input.reference" });
    expect(found.message).toMatch(/It is WITHDRAWN.*No move is yours now/);
  });

  test("a move that the state forbids, or that is another's, with those that are one's own", async () => {
    const request = await moved(exchange, await opened(exchange), ...FORWARDED);
    const early = await mutate(BGR, "answer", request, { content: "Early." });
    expect(early).toMatchObject({
      code: "BAD_USER_INPUT",
      message: expect.stringMatching(/FORWARDED.*receive/),
    });
    for (const [client, mutation, more] of [
      [TUR, "receive", {}],
      [BGR, "withdraw", {}],
      [DESK, "answer", { content: "On behalf." }],
      [DESK, "refuse", { ground: "NOT_AVAILABLE" }],
      [DESK, "withdraw", {}],
    ] as const)
      expect(await mutate(client, mutation, request, more)).toMatchObject({
        code: "FORBIDDEN",
        path: "input.reference",
        message: expect.stringMatching(/Your moves now|No move/),
      });
    const { errors } = await act(exchange, "tur-analyst", "withdraw", {
      reference: request.reference,
      revision: 1,
    });
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });

  test("a refusal without ground, a delay that is over, no word on how it was met", async () => {
    const request = await moved(exchange, await opened(exchange), ...RECEIVED);
    expect(await mutate(BGR, "refuse", request)).toMatchObject({
      path: "input.ground",
      message: expect.stringContaining("NOT_AVAILABLE, NOT_CONFORMING"),
    });
    expect(await mutate(BGR, "answer", request, { content: "x", refusedPart: {} })).toMatchObject({
      path: "input.refusedPart.ground",
    });
    const over = { note: "A court.", expectedUntil: "2020-01-01T00:00:00Z" };
    expect(await mutate(BGR, "notifyDelay", request, over)).toMatchObject({
      path: "input.expectedUntil",
    });
    expect(
      await mutate(BGR, "answer", request, { content: "Example Person, born 2 May 1979" }),
    ).toMatchObject({
      path: "input.content",
    });
    const answered = await moved(exchange, request, ["answer", BGR, { content: "Here." }]);
    expect(await mutate(TUR, "close", answered)).toMatchObject({ path: "input.met" });
  });

  test("an urgent information request is received with how it is reached", async () => {
    const request = await moved(exchange, await opened(exchange, urgent()), ...FORWARDED);
    for (const accessibility of [null, "UNKNOWN"])
      expect(await mutate(BGR, "receive", request, { accessibility })).toMatchObject({
        path: "input.accessibility",
      });
  });

  test("the Secretariat facilitates and does not ask", async () => {
    expect(await refusal(exchange, DESK, "openCooperationRequest", asked())).toMatchObject({
      code: "FORBIDDEN",
    });
  });

  test("a reference that is none", async () => {
    for (const reference of ["", "x", "COLEP-2026-AAAA-AAAA", "' OR 1=1"])
      expect(await refusal(exchange, TUR, "submit", { reference, revision: 1 })).toMatchObject({
        code: "NOT_FOUND",
      });
  });
});
