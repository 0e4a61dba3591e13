/** What a partner is stands in its row. Neither the length of its code nor its name says anything. */
import { Client } from "pg";
import type { Identity } from "../../shared/viewer/viewer";
import { cloneDatabase, type TestDatabase, WORLD } from "../support/database";
import { openSubgraphs, type Subgraphs } from "../support/subgraphs";

let database: TestDatabase;
let subgraphs: Subgraphs;
beforeAll(async () => {
  database = await cloneDatabase(WORLD);
  const owner = new Client({ connectionString: database.url });
  await owner.connect();
  await owner.query(JOINED);
  await owner.end();
  subgraphs = await openSubgraphs(database.url);
});
afterAll(async () => {
  await subgraphs?.stop();
  await database?.drop();
});

/** ICMPD facilitates, IOM is an institution of three letters, EUAA an observer of four; all fictional memberships. */
const JOINED = `
INSERT INTO sharing.partner (code, name, kind) VALUES
  ('ICMPD', 'ICMPD (fictional)', 'SECRETARIAT'), ('IOM', 'IOM (fictional)', 'INSTITUTION'),
  ('EUAA', 'EUAA (fictional)', 'OBSERVER'), ('CHE', 'Switzerland (fictional)', 'OBSERVER')`;

const ICMPD: Identity = { id: "icmpd-desk", partner: "ICMPD", roles: ["DESK"] };

async function mutate(subgraph: string, who: Identity, field: string, type: string, input: object) {
  const selection = field.endsWith("Analysis") ? "analysis { state }" : "agreement { id }";
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) {
    ${selection} userErrors { code path message } } }`;
  const { data, errors } = await subgraphs.ask(subgraph, who, query, { input });
  return errors ?? data[field].userErrors;
}

test("the state that a partner speaks for is a fact of its own", async () => {
  const query = `{ partners: _entities(representations: [
    { __typename: "Partner", code: "IOM" }, { __typename: "Partner", code: "EUAA" },
    { __typename: "Partner", code: "CHE" }, { __typename: "Partner", code: "PAK" }
  ]) { ... on Partner { code kind country { code } } } }`;
  const { data } = await subgraphs.ask("sharing", ICMPD, query);
  expect(data.partners).toEqual([
    { code: "IOM", kind: "INSTITUTION", country: null },
    { code: "EUAA", kind: "OBSERVER", country: null },
    { code: "CHE", kind: "OBSERVER", country: { code: "CHE" } },
    { code: "PAK", kind: "NATIONAL_AUTHORITY", country: { code: "PAK" } },
  ]);
});

test("a Secretariat of another code convenes, opens and publishes an analysis", async () => {
  const input = { year: 2014 };
  for (const act of ["conveneAnalysis", "openAnalysis", "closeAnalysis", "publishAnalysis"])
    expect([act, await mutate("indicators", ICMPD, act, "AnalysisInput", input)]).toEqual([
      act,
      [],
    ]);
});

test("it convenes an agreement between others, and an institution does not", async () => {
  const terms = [{ category: "PROFILE", owners: ["DEU"], viewers: ["FRA"] }];
  const input = { title: "Profiles (fictional)", kind: "BILATERAL", terms };
  const propose = (who: Identity) =>
    mutate("sharing", who, "proposeAgreement", "ProposeAgreementInput", input);
  expect(await propose(ICMPD)).toEqual([]);
  expect(await propose({ id: "iom", partner: "IOM", roles: ["OFFICER"] })).toEqual([
    expect.objectContaining({ code: expect.stringMatching(/FORBIDDEN|BAD_USER_INPUT/) }),
  ]);
});

test("an institution of three letters submits no figures, and a state's observer neither", async () => {
  const input = { period: "2026-Q1", indicator: "ASY", figures: [{ value: 1 }] };
  for (const partner of ["IOM", "CHE"]) {
    const query = `mutation ($input: SubmitQuarterlyReportInput!) {
      submitQuarterlyReport(input: $input) { userErrors { code } } }`;
    const who: Identity = { id: "someone", partner, roles: ["OFFICER"] };
    const { data } = await subgraphs.ask("indicators", who, query, { input });
    expect([partner, data?.submitQuarterlyReport.userErrors]).toEqual([
      partner,
      [{ code: "FORBIDDEN" }],
    ]);
  }
});

test.each(["INSTITUTION", "SECRETARIAT", "AUDITOR"])(
  "the database refuses a state to a partner of the kind %s",
  async (kind) => {
    const owner = new Client({ connectionString: database.url });
    await owner.connect();
    const insert =
      "INSERT INTO sharing.partner (code, name, kind, country) VALUES ('NOR', 'N', $1, 'NOR')";
    await expect(owner.query(insert, [kind])).rejects.toThrow("partner_country_kind");
    await owner.end();
  },
);
