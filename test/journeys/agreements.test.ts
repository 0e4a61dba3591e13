/** Agreements as people make and end them: who opens what, and that nobody else does. */
import { act, amend, figure, type Payload, propose, TERM } from "../support/agreements";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { published } from "../support/expectation";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const codes = ({ userErrors }: Payload) =>
  userErrors.map(({ code, path }) => `${code} ${path.join(".")}`);
/** Afghans who applied in Germany in 2015-Q3, as published. */
const SEEN = published("DEU", "ASY", "2015-Q3")?.get("AFG")?.value as number;

/** Proposed by the officer, accepted by the approver, signed by the viewer's approver. */
async function concluded(input: object = {}): Promise<string> {
  const { agreement } = await propose(exchange, "deu-officer", input);
  await act(exchange, "deu-approver", "acceptAgreement", { id: agreement.id, version: 1 });
  const done = await act(exchange, "srb-approver", "acceptAgreement", {
    id: agreement.id,
    version: 1,
  });
  expect(done.agreement).toMatchObject({ status: "ACTIVE", awaiting: null });
  return agreement.id;
}

describe("a bilateral agreement", () => {
  test("opens once two people of the owner and an approver of the viewer have consented, and not before", async () => {
    expect(await figure(exchange, "srb-analyst")).toBe("WITHHELD");
    const { agreement, userErrors } = await propose(exchange, "deu-approver");
    expect(userErrors).toEqual([]);
    expect(agreement).toMatchObject({
      status: "PROPOSED",
      version: 1,
      awaiting: "a second person",
    });
    const { id } = agreement;
    const signed = await act(exchange, "srb-approver", "acceptAgreement", { id, version: 1 });
    expect(signed.agreement).toMatchObject({ status: "PROPOSED", awaiting: null });
    expect(await figure(exchange, "srb-analyst")).toBe("WITHHELD");
    expect(
      codes(await act(exchange, "deu-approver", "acceptAgreement", { id, version: 1 })),
    ).toEqual(["BAD_USER_INPUT input.id"]);
    expect(await figure(exchange, "srb-analyst")).toBe("WITHHELD");
    const second = await act(exchange, "deu-officer", "acceptAgreement", { id, version: 1 });
    expect(second.agreement).toMatchObject({ status: "ACTIVE", awaiting: null });
    expect(await figure(exchange, "srb-analyst")).toBe(SEEN);
    expect(await figure(exchange, "srb-officer")).toBe(SEEN);
    expect(await figure(exchange, "mkd-analyst")).toBe("WITHHELD");
    await act(exchange, "deu-approver", "revokeAgreement", { id });
  });

  test("is not opened by two officers, nor by a viewer's officer alone", async () => {
    const { agreement } = await propose(exchange, "deu-officer");
    const { id } = agreement;
    const viewer = await act(exchange, "srb-officer", "acceptAgreement", { id, version: 1 });
    expect(viewer.agreement).toMatchObject({ status: "PROPOSED", awaiting: "an approver" });
    await act(exchange, "deu-approver", "acceptAgreement", { id, version: 1 });
    expect(await figure(exchange, "srb-analyst")).toBe("WITHHELD");
    await act(exchange, "srb-approver", "acceptAgreement", { id, version: 1 });
    expect(await figure(exchange, "srb-analyst")).toBe(SEEN);
    await act(exchange, "deu-approver", "revokeAgreement", { id });
  });

  test("closes with the first request after its owner suspends it, and opens again with two people", async () => {
    const id = await concluded();
    expect(await figure(exchange, "srb-analyst")).toBe(SEEN);
    const suspended = await act(exchange, "deu-approver", "suspendAgreement", {
      id,
      reason: "under review",
    });
    expect(suspended.agreement.status).toBe("SUSPENDED");
    expect(await figure(exchange, "srb-analyst")).toBe("WITHHELD");
    const one = await act(exchange, "deu-approver", "resumeAgreement", { id });
    expect(one.agreement).toMatchObject({ status: "SUSPENDED", awaiting: "a second person" });
    expect(await figure(exchange, "srb-analyst")).toBe("WITHHELD");
    expect(codes(await act(exchange, "deu-approver", "resumeAgreement", { id }))).toEqual([
      "BAD_USER_INPUT input.id",
    ]);
    await act(exchange, "deu-officer", "resumeAgreement", { id });
    expect(await figure(exchange, "srb-analyst")).toBe(SEEN);
    await act(exchange, "deu-approver", "revokeAgreement", { id });
    expect(await figure(exchange, "srb-analyst")).toBe("WITHHELD");
    expect(codes(await act(exchange, "deu-approver", "resumeAgreement", { id }))).toEqual([
      "BAD_USER_INPUT input.id",
    ]);
    expect(codes(await act(exchange, "deu-approver", "revokeAgreement", { id }))).toEqual([
      "BAD_USER_INPUT input.id",
    ]);
  });

  test("a resumption that one person began before the suspension does not count after it", async () => {
    const id = await concluded();
    await act(exchange, "deu-approver", "suspendAgreement", { id });
    await act(exchange, "deu-officer", "resumeAgreement", { id });
    await act(exchange, "deu-approver", "resumeAgreement", { id });
    await act(exchange, "deu-approver", "suspendAgreement", { id });
    const again = await act(exchange, "deu-officer", "resumeAgreement", { id });
    expect(again.agreement.status).toBe("SUSPENDED");
    expect(await figure(exchange, "srb-analyst")).toBe("WITHHELD");
    await act(exchange, "deu-approver", "revokeAgreement", { id });
  });

  test("an amendment holds once signed, and until then the version before it", async () => {
    const id = await concluded();
    const narrower = { id, version: 1, terms: [{ ...TERM, detail: [] }] };
    const { agreement } = await amend(exchange, "deu-officer", narrower);
    expect(agreement).toMatchObject({ version: 1, versions: [{ version: 1 }, { version: 2 }] });
    expect(codes(await amend(exchange, "deu-approver", narrower))).toEqual([
      "REVISION_CONFLICT input.version",
    ]);
    expect(
      codes(await act(exchange, "srb-approver", "acceptAgreement", { id, version: 1 })),
    ).toEqual(["REVISION_CONFLICT input.version"]);
    await act(exchange, "deu-approver", "acceptAgreement", { id, version: 2 });
    expect(await figure(exchange, "srb-analyst")).toBe(SEEN);
    const done = await act(exchange, "srb-approver", "acceptAgreement", { id, version: 2 });
    expect(done.agreement.version).toBe(2);
    expect(await figure(exchange, "srb-analyst")).toBe("WITHHELD");
    await act(exchange, "deu-approver", "revokeAgreement", { id });
  });

  test("a viewer that an amendment no longer names loses with the owner's signature", async () => {
    const id = await concluded({
      kind: "MULTILATERAL",
      terms: [{ ...TERM, viewers: ["SRB", "MKD"] }],
    });
    await act(exchange, "mkd-approver", "acceptAgreement", { id, version: 1 });
    expect(await figure(exchange, "mkd-analyst")).toBe(SEEN);
    await amend(exchange, "deu-officer", {
      id,
      version: 1,
      terms: [{ ...TERM, viewers: ["SRB"] }],
    });
    expect(await figure(exchange, "mkd-analyst")).toBe(SEEN);
    await act(exchange, "deu-approver", "acceptAgreement", { id, version: 2 });
    expect(await figure(exchange, "mkd-analyst")).toBe("WITHHELD");
    expect(await figure(exchange, "srb-analyst")).toBe(SEEN);
    await act(exchange, "deu-approver", "revokeAgreement", { id });
    expect(await figure(exchange, "srb-analyst")).toBe("WITHHELD");
  });
});

describe("a multilateral agreement", () => {
  test("comes into force signatory by signatory, with the dates of each", async () => {
    const terms = [
      {
        ...TERM,
        owners: ["DEU", "HUN", "SRB"],
        viewers: ["DEU", "HUN", "SRB"],
        detail: ["CITIZENSHIP"],
      },
    ];
    const { agreement } = await propose(exchange, "secretariat-desk", {
      kind: "MULTILATERAL",
      terms,
    });
    const { id } = agreement;
    expect(agreement.status).toBe("PROPOSED");
    for (const client of ["deu-officer", "deu-approver", "srb-approver", "srb-officer"]) {
      await act(exchange, client, "acceptAgreement", { id, version: 1 });
    }
    expect(await figure(exchange, "srb-analyst")).toBe(SEEN);
    expect(await figure(exchange, "srb-analyst", "HUN")).toBe("WITHHELD");
    const pending = await act(exchange, "hun-approver", "submitForNationalApproval", {
      id,
      version: 1,
    });
    expect(pending.agreement.signatures).toContainEqual({
      partner: { code: "HUN" },
      state: "SUBMITTED_FOR_NATIONAL_APPROVAL",
      standing: "STANDING",
    });
    await act(exchange, "hun-approver", "acceptAgreement", { id, version: 1 });
    await act(exchange, "hun-officer", "acceptAgreement", { id, version: 1 });
    expect(await figure(exchange, "srb-analyst", "HUN")).not.toBe("WITHHELD");
    await act(exchange, "hun-approver", "revokeAgreement", { id });
    expect(await figure(exchange, "srb-analyst", "HUN")).toBe("WITHHELD");
    expect(await figure(exchange, "srb-analyst")).toBe(SEEN);
    await act(exchange, "deu-approver", "revokeAgreement", { id });
  });

  test("is drafted by the Secretariat, which opens nothing by it and sees nothing through it", async () => {
    const { agreement } = await propose(exchange, "secretariat-desk", { kind: "MULTILATERAL" });
    const accepted = await act(exchange, "secretariat-desk", "acceptAgreement", {
      id: agreement.id,
      version: 1,
    });
    expect(codes(accepted)).toEqual(["FORBIDDEN input.id"]);
    expect(await figure(exchange, "srb-analyst")).toBe("WITHHELD");
    expect(await figure(exchange, "secretariat-desk")).toBe("WITHHELD");
  });
});

describe("whoever is not a party", () => {
  test("is told of an agreement what it is told of none", async () => {
    const id = await concluded();
    for (const name of [
      "acceptAgreement",
      "declineAgreement",
      "suspendAgreement",
      "resumeAgreement",
      "revokeAgreement",
    ]) {
      const hidden = await act(exchange, "hun-approver", name, { id, version: 1 });
      const missing = await act(exchange, "hun-approver", name, { id: "A-0000000000", version: 1 });
      expect(hidden).toEqual(missing);
      expect(codes(hidden)).toEqual(["NOT_FOUND input.id"]);
    }
    expect(await amend(exchange, "hun-approver", { id, version: 1 })).toEqual(
      await amend(exchange, "hun-approver", { id: "A-0000000000", version: 1 }),
    );
    expect(await figure(exchange, "srb-analyst")).toBe(SEEN);
    await act(exchange, "deu-approver", "revokeAgreement", { id });
  });

  test("cannot propose it, and a viewer neither suspends nor revokes what is not its own", async () => {
    expect(codes(await propose(exchange, "hun-approver"))).toEqual(["FORBIDDEN input.terms"]);
    for (const name of ["suspendAgreement", "revokeAgreement", "resumeAgreement"]) {
      expect(codes(await act(exchange, "irn-approver", name, { id: "A04" }))).toEqual([
        "FORBIDDEN input.id",
      ]);
    }
    expect(codes(await act(exchange, "fra-officer", "revokeAgreement", { id: "A04" }))).toEqual([
      "FORBIDDEN input.id",
    ]);
  });

  test.each(["deu-analyst", "frontex-analyst", "observer-nld", "auditor-desk", null])(
    "%s does nothing at all",
    async (client) => {
      const { data, errors } = await exchange.ask(
        client,
        `mutation { revokeAgreement(input: { id: "A10" }) { userErrors { code } } }`,
      );
      expect(data.revokeAgreement).toBeNull();
      expect(errors?.[0]?.extensions.code).toBe(client === null ? "UNAUTHENTICATED" : "FORBIDDEN");
    },
  );

  test("of the people of other partners sees none", async () => {
    const id = await concluded();
    const query = `{ agreement(id: "${id}") { history { act partner { code } actor } } }`;
    const { data } = await exchange.ask("srb-analyst", query);
    const actors = data.agreement.history.map(({ partner, actor }: any) => [partner.code, actor]);
    expect(actors).toEqual([
      ["DEU", null],
      ["DEU", null],
      ["SRB", "srb-approver"],
    ]);
    await act(exchange, "deu-approver", "revokeAgreement", { id });
  });
});

describe("a group of the owner's", () => {
  const change = async (client: string, input: object) => {
    const document = `mutation ($input: ChangePartnerGroupInput!) { changePartnerGroup(input: $input) {
      group { id members { partner { code } confirmedBy } } userErrors { code message path } } }`;
    return (await exchange.ask(client, document, { input })).data.changePartnerGroup;
  };

  test("opens to a member once two people have named it, and closes when it leaves", async () => {
    expect(
      (await change("deu-officer", { id: "BALKANS", name: "Western Balkans", add: ["SRB"] }))
        .userErrors,
    ).toEqual([]);
    const terms = [{ ...TERM, viewers: [], groups: ["BALKANS"] }];
    const { agreement } = await propose(exchange, "deu-officer", { kind: "MULTILATERAL", terms });
    await act(exchange, "deu-approver", "acceptAgreement", { id: agreement.id, version: 1 });
    expect(await figure(exchange, "srb-analyst")).toBe("WITHHELD");
    expect((await change("deu-officer", { id: "BALKANS", add: ["SRB"] })).userErrors[0].code).toBe(
      "BAD_USER_INPUT",
    );
    expect(await figure(exchange, "srb-analyst")).toBe("WITHHELD");
    expect((await change("deu-approver", { id: "BALKANS", add: ["SRB"] })).userErrors).toEqual([]);
    expect(await figure(exchange, "srb-analyst")).toBe(SEEN);
    expect(await figure(exchange, "mkd-analyst")).toBe("WITHHELD");
    expect(
      (await change("deu-officer", { id: "BALKANS", remove: ["SRB"] })).userErrors[0].code,
    ).toBe("FORBIDDEN");
    await change("deu-approver", { id: "BALKANS", remove: ["SRB"] });
    expect(await figure(exchange, "srb-analyst")).toBe("WITHHELD");
  });

  test("is nobody else's to see, to name or to change, and a taken id tells nothing", async () => {
    const theirs = await change("srb-approver", { id: "BALKANS", name: "Ours", add: ["MKD"] });
    expect(theirs).toMatchObject({
      group: { id: "BALKANS", members: [{ partner: { code: "MKD" } }] },
      userErrors: [],
    });
    const mine = (
      await exchange.ask("srb-approver", "{ partnerGroups { id members { partner { code } } } }")
    ).data;
    expect(mine.partnerGroups).toEqual([
      { id: "BALKANS", members: [{ partner: { code: "MKD" } }] },
    ]);
    const named = await propose(exchange, "srb-approver", {
      kind: "MULTILATERAL",
      terms: [{ ...TERM, owners: ["DEU"], viewers: ["SRB"], groups: ["BALKANS"] }],
    });
    expect(codes(named)).toEqual(["BAD_USER_INPUT input.terms.0.groups"]);
    expect(await figure(exchange, "mkd-analyst")).toBe("WITHHELD");
  });
});

describe("an idempotency key", () => {
  test("makes a call happen once; with another input it is refused", async () => {
    const input = { idempotencyKey: "propose-1" };
    const first = await propose(exchange, "deu-officer", input);
    const second = await propose(exchange, "deu-officer", input);
    expect(second).toEqual(first);
    const other = await propose(exchange, "deu-officer", { ...input, title: "Something else" });
    expect(codes(other)).toEqual(["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
    const colleague = await propose(exchange, "deu-approver", input);
    expect(codes(colleague)).toEqual(["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
    const foreign = await propose(exchange, "srb-officer", input);
    expect(foreign.agreement.id).not.toBe(first.agreement.id);
  });

  test("holds when the same call comes ten times at once", async () => {
    const input = { idempotencyKey: "propose-2" };
    const all = await Promise.all(
      Array.from({ length: 10 }, () => propose(exchange, "deu-officer", input)),
    );
    expect(new Set(all.map(({ agreement }) => agreement.id)).size).toBe(1);
  });
});

test("of two people who act on what both have read one wins, and the other is told so", async () => {
  const id = await concluded();
  const { revision } = (
    await exchange.ask("deu-approver", `{ agreement(id: "${id}") { revision } }`)
  ).data.agreement;
  const both = await Promise.all([
    act(exchange, "deu-approver", "suspendAgreement", { id, revision }),
    act(exchange, "deu-approver", "revokeAgreement", { id, revision }),
  ]);
  expect(both.flatMap(codes)).toEqual(["REVISION_CONFLICT input.revision"]);
});
