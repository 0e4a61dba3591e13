/** Impact levels: of a border section and a period, agreed by the state concerned, and no matter of anybody else's before. */
import { approverOf, inHours, officerOf } from "../support/alerts";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { analystOf } from "../support/people";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const PAYLOAD = "{ impactLevel { id level agreedAt until } userErrors { code path message } }";
async function call(client: string, mutation: "propose" | "agree", input: object) {
  const type = mutation === "propose" ? "ProposeImpactInput" : "AgreeImpactInput";
  const query = `mutation ($i: ${type}!) { ${mutation}ImpactLevel(input: $i) ${PAYLOAD} }`;
  const { data, text } = await exchange.ask(client, query, { i: input });
  const payload = data?.[`${mutation}ImpactLevel`];
  if (!payload) throw new Error(text);
  return {
    ...payload,
    code: payload.userErrors[0]?.code ?? null,
    path: payload.userErrors[0]?.path.join("."),
  };
}
const levels = async (client: string, proposed = false) =>
  (
    await exchange.ask(
      client,
      'query ($p: Boolean!) { impactLevels(period: "2026-Q3", proposed: $p) { id level state { code } section { code name } } }',
      {
        p: proposed,
      },
    )
  ).data.impactLevels;
const ofTurkey = { section: "IRN-TUR", state: "TUR", period: "2026-Q3" };
const FRONTEX = officerOf("FRONTEX");

test("an institution proposes, the state agrees, and only then it holds, for those its agreements open something to", async () => {
  const { impactLevel } = await call(FRONTEX, "propose", { ...ofTurkey, level: "HIGH" });
  expect(await levels(analystOf("PAK"), true)).toEqual([]);
  expect(await levels(analystOf("PAK"))).toEqual([]);
  expect(await levels(FRONTEX, true)).toMatchObject([
    { id: impactLevel.id, level: "HIGH", state: { code: "TUR" } },
  ]);
  expect(await call(approverOf("IRN"), "agree", { id: impactLevel.id })).toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await call(approverOf("FRONTEX"), "agree", { id: impactLevel.id })).toMatchObject({
    code: "FORBIDDEN",
  });
  expect(await call(approverOf("TUR"), "agree", { id: impactLevel.id })).toMatchObject({
    code: null,
  });
  for (const client of [analystOf("TUR"), FRONTEX, analystOf("PAK"), analystOf("BGR")])
    expect([client, await levels(client)]).toMatchObject([
      client,
      [{ level: "HIGH", section: { code: "IRN-TUR" } }],
    ]);
  for (const client of [analystOf("FRA"), "secretariat-desk", "observer-nld"])
    expect([client, await levels(client), await levels(client, true)]).toEqual([client, [], []]);
});

test("without agreement the level stays what it was; a critical one is over when its time is", async () => {
  await call(FRONTEX, "propose", { ...ofTurkey, level: "LOW" });
  expect(await levels(analystOf("PAK"))).toMatchObject([{ level: "HIGH" }]);
  const soon = new Date(Date.now() + 2_500).toISOString();
  const critical = await call(officerOf("TUR"), "propose", {
    ...ofTurkey,
    level: "CRITICAL",
    until: soon,
  });
  await call(approverOf("TUR"), "agree", { id: critical.impactLevel.id });
  expect(await levels(analystOf("PAK"))).toMatchObject([{ level: "CRITICAL" }]);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(await levels(analystOf("PAK"))).toMatchObject([{ level: "HIGH" }]);
});

test("what a state proposes itself another of its people agrees to", async () => {
  const own = await call(approverOf("TUR"), "propose", {
    section: "IRQ-TUR",
    state: "TUR",
    period: "2026-Q2",
    level: "LOW",
  });
  expect(await call(approverOf("TUR"), "agree", { id: own.impactLevel.id })).toMatchObject({
    code: "FORBIDDEN",
  });
});

test.each<[string, string, object, string, string]>([
  [
    "an unknown section",
    FRONTEX,
    { ...ofTurkey, section: "AUT-PAK", level: "LOW" },
    "BAD_USER_INPUT",
    "input.section",
  ],
  [
    "a state that is not at it",
    FRONTEX,
    { ...ofTurkey, state: "PAK", level: "LOW" },
    "BAD_USER_INPUT",
    "input.state",
  ],
  [
    "no period",
    FRONTEX,
    { ...ofTurkey, period: "soon", level: "LOW" },
    "BAD_USER_INPUT",
    "input.period",
  ],
  [
    "critical for ever",
    FRONTEX,
    { ...ofTurkey, level: "CRITICAL" },
    "BAD_USER_INPUT",
    "input.until",
  ],
  [
    "a time for what needs none",
    FRONTEX,
    { ...ofTurkey, level: "LOW", until: inHours(1) },
    "BAD_USER_INPUT",
    "input.until",
  ],
  [
    "another state's side",
    officerOf("IRN"),
    { ...ofTurkey, level: "LOW" },
    "FORBIDDEN",
    "input.state",
  ],
])("%s is refused", async (_name, client, input, code, path) => {
  expect(await call(client, "propose", input)).toMatchObject({ code, path, impactLevel: null });
});
