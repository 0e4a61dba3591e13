/** An answer may carry a proposed grant. Accepting makes the agreement and closes the request; the four eyes of agreements stay four. */
import type { Client } from "pg";
import { figure } from "../support/agreements";
import {
  act,
  approverOf,
  CONTENTS,
  DESK,
  moved,
  officerOf,
  opened,
  read,
  refusal,
} from "../support/cooperation";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { analystOf } from "../support/people";

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
});
afterAll(() => exchange?.stop());

const SRB = officerOf("SRB");
const DEU = officerOf("DEU");
const GRANT = {
  indicators: ["ASY"],
  detail: ["CITIZENSHIP"],
  disclosureControl: "NONE",
  periodsFrom: "2012-Q1",
};
const answered = async (proposedGrant: object = GRANT, by = DEU) =>
  moved(
    ...([
      exchange,
      await opened(exchange, { requested: ["DEU"] }, SRB),
      ["submit", SRB],
      ["forward", DESK],
      ["receive", DEU],
    ] as const),
    ["answer", by, { content: "Fictional: see the figures.", proposedGrant }],
  );
const refused = async (client: string, mutation: string, { reference }: any) => {
  const { revision } = await read(exchange, DESK, reference);
  return refusal(exchange, client, mutation, { reference, revision });
};
const agreements = async (): Promise<any[]> =>
  (
    await exchange.ask(
      analystOf("SRB"),
      `{ agreements(first: 100) { nodes { id title status terms { owners { code } } history { act partner { code } actor }
        signatures { partner { code } state } } } }`,
    )
  ).data.agreements.nodes.filter(({ title }: any) => title.startsWith("Figures opened"));

afterEach(async () => {
  for (const { id } of await agreements()) {
    await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
    await owner.query("UPDATE sharing.party SET standing = 'WITHDRAWN' WHERE agreement_id = $1", [
      id,
    ]);
    await owner.query("COMMIT");
  }
});

test("accepting it opens the figures and closes the request, in one step", async () => {
  const request = await answered();
  expect(await figure(exchange, analystOf("SRB"))).toBe("WITHHELD");
  const confirmed = await moved(exchange, request, ["confirmProposedGrant", approverOf("DEU")]);
  expect(await figure(exchange, analystOf("SRB"))).toBe("WITHHELD");
  const closed = await moved(exchange, confirmed, ["acceptProposedGrant", approverOf("SRB")]);
  expect(closed.state).toBe("CLOSED");
  expect(typeof (await figure(exchange, analystOf("SRB")))).toBe("number");
  const [agreement] = await agreements();
  expect(agreement).toMatchObject({
    title: `Figures opened in answer to ${request.reference}`,
    status: "ACTIVE",
    signatures: [
      { partner: { code: "DEU" }, state: "SIGNED" },
      { partner: { code: "SRB" }, state: "SIGNED" },
    ],
    history: [
      { act: "PROPOSE", partner: { code: "DEU" } },
      { act: "ACCEPT", partner: { code: "DEU" } },
      { act: "ACCEPT", partner: { code: "SRB" } },
    ],
  });
  const { rows } = await owner.query(
    "SELECT actor FROM sharing.act WHERE agreement_id = $1 ORDER BY id",
    [agreement.id],
  );
  expect(rows.map(({ actor }) => actor)).toEqual(["deu-officer", "deu-approver", "srb-approver"]);
  expect((await read(exchange, SRB, request.reference, CONTENTS)).proposedGrant).toEqual({
    indicators: ["ASY"],
    confirmed: true,
    agreement: agreement.id,
  });
});

test("an approver's proposal takes an officer as second person, an officer's an approver, and nobody is two", async () => {
  const byApprover = await answered(GRANT, approverOf("DEU"));
  expect(await refused(approverOf("DEU"), "confirmProposedGrant", byApprover)).toMatchObject({
    code: "FORBIDDEN",
  });
  await moved(exchange, byApprover, ["confirmProposedGrant", DEU]);
  expect(await refused(DEU, "confirmProposedGrant", byApprover)).toMatchObject({
    code: "BAD_USER_INPUT",
  });
  const byOfficer = await answered();
  expect(await refused(DEU, "confirmProposedGrant", byOfficer)).toMatchObject({
    code: "FORBIDDEN",
  });
  expect(await refused(approverOf("SRB"), "confirmProposedGrant", byOfficer)).toMatchObject({
    code: "FORBIDDEN",
  });
  expect(await refused(approverOf("SRB"), "acceptProposedGrant", byOfficer)).toMatchObject({
    code: "BAD_USER_INPUT",
  });
  expect(await refused(approverOf("DEU"), "acceptProposedGrant", byApprover)).toMatchObject({
    code: "FORBIDDEN",
  });
  const { errors } = await act(exchange, SRB, "acceptProposedGrant", {
    reference: byApprover.reference,
    revision: 1,
  });
  expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  expect((await agreements()).filter(({ status }) => status === "ACTIVE")).toEqual([]);
});

test("two who accept at once make one agreement", async () => {
  const request = await moved(exchange, await answered(), [
    "confirmProposedGrant",
    approverOf("DEU"),
  ]);
  const of = { reference: request.reference, revision: request.revision };
  const both = await Promise.all(
    [0, 1].map(() => act(exchange, approverOf("SRB"), "acceptProposedGrant", of)),
  );
  expect(both.map(({ data }) => data.it.userErrors[0]?.code ?? null).sort()).toEqual([
    "REVISION_CONFLICT",
    null,
  ]);
  const made = (await agreements()).filter(({ status }) => status === "ACTIVE");
  expect(made).toHaveLength(1);
});

test("where the request cannot be closed there is no agreement either", async () => {
  const request = await moved(exchange, await answered(), [
    "confirmProposedGrant",
    approverOf("DEU"),
  ]);
  await owner.query(`CREATE FUNCTION cooperation.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
    CREATE TRIGGER fail AFTER INSERT ON cooperation.event FOR EACH ROW WHEN (NEW.action = 'ACCEPT_GRANT') EXECUTE FUNCTION cooperation.fail()`);
  const of = { reference: request.reference, revision: request.revision };
  const { errors } = await act(exchange, approverOf("SRB"), "acceptProposedGrant", of);
  await owner.query("DROP FUNCTION cooperation.fail CASCADE");
  expect(errors?.[0]?.extensions.code).toBe("INTERNAL");
  expect((await agreements()).filter(({ title }) => title.includes(request.reference))).toEqual([]);
  expect(await read(exchange, SRB, request.reference)).toMatchObject({ state: "ANSWERED" });
});

test("what is over by the time it is accepted opens nothing", async () => {
  const validUntil = new Date(Date.now() + 3_600_000).toISOString();
  const request = await moved(exchange, await answered({ ...GRANT, validUntil }), [
    "confirmProposedGrant",
    approverOf("DEU"),
  ]);
  await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
  await owner.query(
    "UPDATE cooperation.proposed_grant SET valid_until = now() WHERE reference = $1",
    [request.reference],
  );
  await owner.query("COMMIT");
  const found = await refused(approverOf("SRB"), "acceptProposedGrant", request);
  expect(found).toMatchObject({
    code: "BAD_USER_INPUT",
    message: expect.stringContaining("over already"),
  });
});

test("closing without accepting opens nothing, and afterwards nothing is left to accept", async () => {
  const request = await moved(
    exchange,
    await answered(),
    ["confirmProposedGrant", approverOf("DEU")],
    ["close", SRB, { met: "PARTLY" }],
  );
  expect(await refused(approverOf("SRB"), "acceptProposedGrant", request)).toMatchObject({
    code: "BAD_USER_INPUT",
  });
  expect(await figure(exchange, analystOf("SRB"))).toBe("WITHHELD");
});

test.each([
  ["no indicator", { indicators: [] }, "indicators"],
  ["one that is none", { indicators: ["XXX"] }, "indicators"],
  ["a dimension that it lacks", { detail: ["MOON"] }, "detail"],
  ["no period", { periodsFrom: "2015-Q9" }, "periodsFrom"],
  ["periods that are reversed", { periodsFrom: "2016", periodsTo: "2015" }, "periodsTo"],
  ["a control that is none", { disclosureControl: "SOME" }, "disclosureControl"],
  ["an embargo without end", { embargoDays: 9999 }, "embargoDays"],
  ["a validity that is over", { validUntil: "2020-01-01T00:00:00Z" }, "validUntil"],
])("a proposed grant with %s is refused", async (_name, change, field) => {
  const request = await moved(
    ...([
      exchange,
      await opened(exchange, { requested: ["DEU"] }, SRB),
      ["submit", SRB],
      ["forward", DESK],
      ["receive", DEU],
    ] as const),
  );
  const { reference, revision } = request;
  const found = await refusal(exchange, DEU, "answer", {
    reference,
    revision,
    content: "x",
    proposedGrant: { ...GRANT, ...change },
  });
  expect(found).toMatchObject({ code: "BAD_USER_INPUT", path: `input.proposedGrant.${field}` });
});

describe("the database itself refuses", () => {
  const agree = async (
    partner: string,
    reference: string,
    roles: string,
    before = "",
  ): Promise<string> => {
    await owner.query("BEGIN");
    try {
      await owner.query(
        "SELECT set_config('accord.viewer', $1, true), set_config('accord.actor', 'somebody', true), set_config('accord.roles', $2, true)",
        [partner, roles],
      );
      await owner.query(
        `SET LOCAL ROLE accord_cooperation; ${before}; SELECT sharing.agree_on_request('${reference}')`,
      );
      return "done";
    } catch (error) {
      return (error as Error).message;
    } finally {
      await owner.query("ROLLBACK");
    }
  };
  test("an agreement that does not close its request", async () => {
    const { reference } = await moved(exchange, await answered(), [
      "confirmProposedGrant",
      approverOf("DEU"),
    ]);
    const atOnce = "SET CONSTRAINTS ALL IMMEDIATE";
    expect(await agree("SRB", reference, "APPROVER", atOnce)).toMatch("both or neither");
  });

  const confirm = (reference: string, actor: string, approver: boolean, by = "DEU") =>
    `INSERT INTO cooperation.grant_confirmation (reference, owner, actor, approver) VALUES ('${reference}', '${by}', '${actor}', ${approver})`;

  test("an agreement without its people, whatever the subgraph has checked", async () => {
    const { reference } = await answered();
    expect(await agree("SRB", reference, "APPROVER")).toMatch("no rows");
    expect(
      await agree("SRB", reference, "APPROVER", confirm(reference, "somebody", true, "SRB")),
    ).toMatch("second person");
    expect(await agree("SRB", reference, "APPROVER", confirm(reference, "somebody", true))).toMatch(
      "row-level security",
    );
    expect(await agree("DEU", reference, "OFFICER", confirm(reference, "somebody", false))).toMatch(
      "an approver",
    );
    expect(await agree("DEU", reference, "OFFICER", confirm(reference, "somebody", true))).toMatch(
      "row-level security",
    );
    expect(
      await agree("DEU", reference, "APPROVER", confirm(reference, "deu-officer", true)),
    ).toMatch("second person");
    expect(await agree("DEU", reference, "APPROVER", confirm(reference, "somebody", true))).toMatch(
      "only the requester",
    );
  });

  test("its acceptance by an officer, by a third, or twice", async () => {
    const { reference } = await moved(exchange, await answered(), [
      "confirmProposedGrant",
      approverOf("DEU"),
    ]);
    expect(await agree("SRB", reference, "OFFICER")).toMatch("signing takes an approver");
    for (const partner of ["DEU", "HUN", "SECRETARIAT"])
      expect(await agree(partner, reference, "APPROVER")).toMatch("only the requester");
    expect(
      await agree("SRB", reference, "APPROVER", `SELECT sharing.agree_on_request('${reference}')`),
    ).toMatch("duplicate key");
    expect(await agree("SRB", reference, "APPROVER")).toBe("done");
  });
});
