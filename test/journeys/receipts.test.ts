/** A receipt proves what was answered; asking again shows its holder nothing that it may not see now. */
import { act } from "../support/agreements";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const QUERY = `query Q($owner: CountryCode!) { series(reporters: [$owner], indicators: ["ASY"], from: "2015-Q3", to: "2015-Q4",
  by: [CITIZENSHIP], citizenships: ["AFG"]) { values statuses } }`;
const VARIABLES = { owner: "HUN" };

async function ask(
  client: string | null,
  query = QUERY,
  headers: Record<string, string> = { "accord-receipt": "true" },
) {
  const authorization =
    client === null ? {} : { authorization: `Bearer ${await exchange.token(client)}` };
  const response = await fetch(`${exchange.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...authorization, ...headers } as Record<
      string,
      string
    >,
    body: JSON.stringify({ query, variables: VARIABLES }),
  });
  return (await response.json()) as any;
}

async function verify(client: string, receipt: string, input: object = {}) {
  const query = `query ($input: VerifyReceiptInput!) { verifyReceipt(input: $input) {
    valid sameResult sameData sameAgreements requestId message } }`;
  return exchange.ask(client, query, {
    input: { receipt, query: QUERY, variables: VARIABLES, ...input },
  });
}

const receiptOf = async (client = "frontex-analyst") =>
  (await ask(client)).extensions.receipt as string;

test("an answer carries one where the request asks for it, and nothing of the kind otherwise", async () => {
  expect((await ask("frontex-analyst")).extensions.receipt.split(".")).toHaveLength(3);
  expect((await ask("frontex-analyst", QUERY, {})).extensions).toBeUndefined();
  expect((await ask(null)).extensions).toBeUndefined();
  const [, payload] = (await receiptOf()).split(".") as [string, string];
  const told = JSON.parse(Buffer.from(payload, "base64url").toString());
  expect(told).toMatchObject({
    partner: "FRONTEX",
    actor: "frontex-analyst",
    agreements: [{ id: "A10", version: 1 }],
  });
  expect(JSON.stringify(told)).not.toMatch(/27640|HUN|AFG/);
});

test("it is good for its holder, its document and its variables, while nothing has changed", async () => {
  const receipt = await receiptOf();
  const { data } = await verify("frontex-officer", receipt);
  expect(data.verifyReceipt).toMatchObject({
    valid: true,
    sameResult: true,
    sameData: true,
    sameAgreements: true,
  });
  for (const [client, input] of [
    ["unodc-analyst", {}],
    ["frontex-analyst", { variables: { owner: "AUT" } }],
    ["frontex-analyst", { query: `${QUERY} ` }],
    ["frontex-analyst", { receipt: `${receipt.slice(0, -4)}AAAA` }],
    ["frontex-analyst", { receipt: "garbage" }],
    ["frontex-analyst", { receipt: await exchange.token("frontex-analyst") }],
  ] as const) {
    const answer = await verify(client, receipt, input);
    expect(answer.data.verifyReceipt).toMatchObject({ valid: false, sameResult: false });
  }
});

test("after a suspension it says so, and shows nothing that is closed now", async () => {
  const receipt = await receiptOf();
  await act(exchange, "hun-approver", "suspendAgreement", { id: "A10" });
  const { data, text } = await verify("frontex-analyst", receipt);
  expect(data.verifyReceipt).toMatchObject({
    valid: true,
    sameResult: false,
    sameAgreements: false,
  });
  expect(text).not.toContain("27640");
  await act(exchange, "hun-approver", "resumeAgreement", { id: "A10" });
  await act(exchange, "hun-officer", "resumeAgreement", { id: "A10" });
  expect((await verify("frontex-analyst", receipt)).data.verifyReceipt).toMatchObject({
    valid: true,
    sameResult: true,
  });
});

test("it runs no mutation, and not itself", async () => {
  const mutation = `mutation { proposeAgreement(input: { title: "Again and again", kind: BILATERAL, terms: [{ category: PROFILE,
    owners: ["HUN"], viewers: ["SRB"] }] }) { agreement { id } userErrors { code } } }`;
  const itself = `query { verifyReceipt(input: { receipt: "x", query: "{ viewer { id } }" }) { valid } }`;
  const count = async () =>
    (await exchange.ask("hun-approver", "{ agreements { totalCount } }")).data.agreements
      .totalCount;
  for (const query of [mutation, itself]) {
    const { extensions, data } = await ask("hun-approver", query);
    const before = await count();
    const { errors } = await verify("hun-approver", extensions.receipt, { query });
    expect([errors?.[0]?.extensions.code, Object.keys(data)]).toEqual([
      "BAD_USER_INPUT",
      Object.keys(data),
    ]);
    expect(await count()).toBe(before);
  }
});
