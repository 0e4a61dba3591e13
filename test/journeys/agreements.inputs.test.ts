/** Whatever is wrong with an agreement is told at once, with its place and its remedy, and nothing half is done. */
import type { Client } from "pg";
import { act, amend, type Payload, propose, TERM } from "../support/agreements";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
});
afterAll(async () => {
  await exchange?.stop();
});

const counts = async () => {
  const tables = [
    "agreement",
    "agreement_version",
    "term",
    "party",
    "signature",
    "act",
    "partner_group",
    "group_member",
  ];
  const { rows } = await owner.query(
    `SELECT ${tables.map((name) => `(SELECT count(*)::int FROM sharing.${name}) AS ${name}`).join(", ")}`,
  );
  return rows[0];
};

const places = ({ userErrors }: Payload) => userErrors.map(({ path }) => path.join(".")).sort();

const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString();
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

const BAD: readonly [name: string, input: object, path: string, remedy: RegExp][] = [
  [
    "overlapping terms",
    { terms: [TERM, { ...TERM, detail: [], periodsFrom: "2015-Q1" }] },
    "terms.1",
    /Make one term of them/,
  ],
  [
    "an owner that is its only viewer",
    { terms: [{ ...TERM, viewers: ["DEU"] }] },
    "terms.0.viewers",
    /Name another viewer/,
  ],
  [
    "an unknown indicator",
    { terms: [{ ...TERM, indicators: ["ASY", "XYZ"] }] },
    "terms.0.indicators",
    /catalogue has .*ASY/,
  ],
  [
    "no indicator",
    { terms: [{ ...TERM, indicators: [] }] },
    "terms.0.indicators",
    /Name the indicators/,
  ],
  [
    "an unknown dimension",
    { terms: [{ ...TERM, detail: ["SHOE_SIZE"] }] },
    "terms.0.detail",
    /They have .*CITIZENSHIP/,
  ],
  [
    "a dimension that the indicator lacks",
    { terms: [{ ...TERM, detail: ["REFUSAL_REASON"] }] },
    "terms.0.detail",
    /They have/,
  ],
  [
    "a validity reversed",
    { validFrom: TOMORROW, validUntil: YESTERDAY },
    "validUntil",
    /later `validUntil`/,
  ],
  ["a validity that is over", { validUntil: YESTERDAY }, "validUntil", /later `validUntil`/],
  ["no date", { validFrom: "soon" }, "validFrom", /2015-12-31T00:00:00Z/],
  [
    "an unknown owner",
    { terms: [{ ...TERM, owners: ["XXX"] }] },
    "terms.0.owners",
    /partner's code/,
  ],
  [
    "an unknown viewer",
    { terms: [{ ...TERM, viewers: ["SRB", "ATLANTIS"] }] },
    "terms.0.viewers",
    /partner's code/,
  ],
  [
    "the auditor",
    { terms: [{ ...TERM, viewers: ["AUDITOR"] }] },
    "terms.0.viewers",
    /no agreement/,
  ],
  [
    "nobody to see it",
    { terms: [{ ...TERM, viewers: [] }] },
    "terms.0.viewers",
    /Name who may see it/,
  ],
  [
    "a group of nobody",
    { terms: [{ ...TERM, groups: ["NOBODY"] }] },
    "terms.0.groups",
    /groups of its one owner/,
  ],
  [
    "three parties to a bilateral one",
    { terms: [{ ...TERM, viewers: ["SRB", "MKD"] }] },
    "kind",
    /MULTILATERAL/,
  ],
  [
    "periods reversed",
    { terms: [{ ...TERM, periodsTo: "2011-Q4" }] },
    "terms.0.periodsTo",
    /Swap them/,
  ],
  ["no period", { terms: [{ ...TERM, periodsFrom: "2015-Q5" }] }, "terms.0.periodsFrom", /2015-Q3/],
  [
    "an embargo without end",
    { terms: [{ ...TERM, embargoDays: 4_000 }] },
    "terms.0.embargoDays",
    /0 to 3650/,
  ],
  [
    "a breakdown of contacts",
    { terms: [{ ...TERM, category: "PROFILE", indicators: [] }] },
    "terms.0.detail",
    /Only STATISTICS/,
  ],
  [
    "contacts of no kind",
    { terms: [{ category: "CONTACT_DETAILS", owners: ["DEU"], viewers: ["SRB"] }] },
    "terms.0.contactKinds",
    /FOCAL_PERSON/,
  ],
  ["no terms", { terms: [] }, "terms", /at least one/],
  ["no title", { title: " " }, "title", /3 to 200/],
  ["TLP:RED between partners", { tlp: "RED" }, "tlp", /AMBER_STRICT/],
  ["H3 without words", { handling: ["H1", "H3"] }, "handlingNote", /in words/],
];

test.each(BAD)(
  "%s is refused with its place and its remedy, and nothing is written",
  async (_name, input, path, remedy) => {
    const before = await counts();
    const payload = await propose(exchange, "deu-officer", input);
    expect(payload.agreement).toBeNull();
    const found = payload.userErrors.find((error) => error.path.join(".") === `input.${path}`);
    expect(found).toMatchObject({ code: "BAD_USER_INPUT", message: expect.stringMatching(remedy) });
    expect(await counts()).toEqual(before);
  },
);

test("everything that is wrong is told at once", async () => {
  const terms = [
    { ...TERM, indicators: ["XYZ"], owners: ["XXX"], embargoDays: -1 },
    { ...TERM, periodsFrom: "never" },
  ];
  const payload = await propose(exchange, "deu-officer", {
    title: "",
    terms,
    kind: "MULTILATERAL",
    validUntil: YESTERDAY,
  });
  expect(places(payload)).toEqual(
    [
      "title",
      "validUntil",
      "terms.0.indicators",
      "terms.0.owners",
      "terms.0.embargoDays",
      "terms.1.periodsFrom",
    ]
      .map((place) => `input.${place}`)
      .sort(),
  );
});

test("an amendment is held to the same, and says why it is made", async () => {
  const { agreement } = await propose(exchange, "deu-officer");
  const before = await counts();
  const payload = await amend(exchange, "deu-officer", {
    id: agreement.id,
    version: 1,
    reason: " ",
    terms: [{ ...TERM, indicators: ["XYZ"] }],
  });
  expect(places(payload)).toEqual(["input.reason", "input.terms.0.indicators"]);
  expect(await counts()).toEqual(before);
});

test("accepting twice, declining what is signed, and a version that nobody has read change nothing", async () => {
  const { agreement } = await propose(exchange, "deu-officer");
  const { id } = agreement;
  await act(exchange, "srb-approver", "acceptAgreement", { id, version: 1 });
  const before = await counts();
  for (const [client, name, input, code] of [
    ["srb-approver", "acceptAgreement", { id, version: 1 }, "BAD_USER_INPUT"],
    ["srb-officer", "acceptAgreement", { id, version: 1 }, "BAD_USER_INPUT"],
    ["srb-approver", "declineAgreement", { id, version: 1 }, "BAD_USER_INPUT"],
    ["srb-officer", "declineAgreement", { id, version: 1 }, "FORBIDDEN"],
    ["deu-officer", "acceptAgreement", { id, version: 1 }, "BAD_USER_INPUT"],
    ["deu-approver", "acceptAgreement", { id }, "BAD_USER_INPUT"],
    ["deu-approver", "acceptAgreement", { id, version: 7 }, "REVISION_CONFLICT"],
    ["deu-approver", "suspendAgreement", { id, revision: 1 }, "REVISION_CONFLICT"],
  ] as const) {
    const { userErrors } = await act(exchange, client, name, input);
    expect([client, name, userErrors.map((error) => error.code)]).toEqual([client, name, [code]]);
    expect(userErrors[0]?.message.length).toBeGreaterThan(20);
  }
  expect(await counts()).toEqual(before);
});

test("what is declined stays declined", async () => {
  const { agreement } = await propose(exchange, "deu-officer");
  const { id } = agreement;
  const declined = await act(exchange, "srb-approver", "declineAgreement", {
    id,
    version: 1,
    reason: "not now",
  });
  expect(declined.agreement.status).toBe("DECLINED");
  const again = await act(exchange, "srb-approver", "acceptAgreement", { id, version: 1 });
  expect(again.userErrors.map(({ code }) => code)).toEqual(["BAD_USER_INPUT"]);
});
