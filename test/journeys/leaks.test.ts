/** Every kind of leak that occurred in systems like this one, tried on the running exchange: the paths to a figure. */
import { type Answer, type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { analystOf, FUNDER } from "../support/people";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

/** Serbia sees Austria's asylum applications by citizenship (A05) and nothing of Türkiye. */
const VIEWER = analystOf("SRB");
const SPAN = `from: "2015-Q3", to: "2015-Q4"`;
const LATEST = `indicators(${SPAN}) { indicator { code } latest { period value status } }`;
const SERIES = `reporter { code } citizenship { code } values statuses observations { value } withheld { reason }`;
const withoutId = (text: string): string => text.replace(/,?"requestId":"[^"]*"/g, "");

function asylum({ indicators }: { indicators: any[] }) {
  return indicators.find(({ indicator }) => indicator.code === "ASY").latest;
}

async function data(
  client: string | null,
  query: string,
  variables?: Record<string, unknown>,
): Promise<any> {
  const { data, errors } = await exchange.ask(client, query, variables);
  expect(errors).toBeUndefined();
  return data;
}

test("a figure that is withheld is withheld on every path to its country", async () => {
  const { country, series, viewer, agreements } = await data(
    VIEWER,
    `{ country(code: "TUR") { ${LATEST} }
       series(reporters: ["TUR"], indicators: ["ASY"], ${SPAN}) { values reporter { ${LATEST} } }
       viewer { partner { country { ${LATEST} } } }
       agreements { nodes { parties { code country { ${LATEST} } } } } }`,
  );
  expect(asylum(country)).toEqual({ period: "2015-Q4", value: null, status: "WITHHELD" });
  expect(series[0].values).toEqual([null, null]);
  expect(asylum(series[0].reporter)).toEqual(asylum(country));
  expect(asylum(viewer.partner.country).value).toBeGreaterThan(0);
  const parties = agreements.nodes.flatMap((node: any) => node.parties);
  const values = new Map(
    parties.map(({ code, country }: any) => [code, country && asylum(country).value]),
  );
  expect(values.get("TUR")).toBeNull();
  expect(values.get("AUT")).toBe(31_025);
});

test.each([[["AUT", "TUR"]], [["TUR", "AUT"]]])(
  "a list of a granted and a withheld owner gives each its own answer: %s",
  async (reporters) => {
    const query = `query ($reporters: [CountryCode!]!) {
    series(reporters: $reporters, indicators: ["ASY"], ${SPAN}, by: [CITIZENSHIP], citizenships: ["AFG"]) { ${SERIES} } }`;
    const { series } = await data(VIEWER, query, { reporters });
    expect(series.map((it: any) => it.reporter.code)).toEqual(reporters);
    const values = Object.fromEntries(series.map((it: any) => [it.reporter.code, it.values]));
    expect(values).toEqual({ AUT: [6_909, 12_561], TUR: [null, null] });
  },
);

test.each([
  ["AUT", "TUR"],
  ["TUR", "AUT"],
])(
  "aliases of two owners in one request do not share an answer: %s, then %s",
  async (first, second) => {
    const one = (alias: string, code: string) =>
      `${alias}: series(reporters: ["${code}"], indicators: ["ASY"], ${SPAN}) { values }
     ${alias}Country: country(code: "${code}") { profile { version } focalPersons { email } ${LATEST} }`;
    const { data: answer, errors } = await exchange.ask(
      VIEWER,
      `{ ${one("first", first)} ${one("second", second)} }`,
    );
    const by = (code: string) => (code === first ? "first" : "second");
    expect(answer[by("AUT")][0].values).toEqual([27_481, 31_025]);
    expect(answer[by("TUR")][0].values).toEqual([null, null]);
    expect(answer[`${by("AUT")}Country`].profile).toEqual({ version: expect.any(Number) });
    expect(answer[`${by("AUT")}Country`].focalPersons[0].email).toMatch(/aut@/);
    expect(answer[`${by("TUR")}Country`].profile).toBeNull();
    expect(asylum(answer[`${by("TUR")}Country`]).value).toBeNull();
    expect(errors?.map(({ path }) => path?.[0])).toEqual([`${by("TUR")}Country`]);
  },
);

test("in a list of all countries exactly the granted ones carry profiles, contacts and figures", async () => {
  const query = `{ countries { code profile { version } focalPersons { name email phone } ${LATEST} } }`;
  const { data: answer, errors } = await exchange.ask(VIEWER, query);
  const open = [
    "AUT",
    "AZE",
    "BGD",
    "BGR",
    "BIH",
    "DEU",
    "FRA",
    "HUN",
    "IRN",
    "IRQ",
    "MKD",
    "PAK",
    "SRB",
  ];
  for (const { code, profile, focalPersons, ...country } of answer.countries) {
    if (open.includes(code)) {
      expect(focalPersons.every(({ name, email, phone }: any) => name && email && phone)).toBe(
        true,
      );
      continue;
    }
    expect({ code, profile }).toEqual({ code, profile: null });
    for (const person of focalPersons)
      expect(person).toEqual({ name: null, email: null, phone: null });
    const value = asylum(country as never).value;
    expect({ code, open: value !== null }).toEqual({
      code,
      open: code === "GBR" && value !== null,
    });
  }
  expect(errors?.map(({ extensions }) => extensions.withheld)).toEqual(["PROFILE"]);
});

test("fragments, named, inline and on the entity, open nothing that the plain field does not", async () => {
  const plain = `{ series(reporters: ["TUR", "AUT"], indicators: ["ASY"], ${SPAN}) { values statuses reporter { ${LATEST} } } }`;
  const fragments = `
    { series(reporters: ["TUR", "AUT"], indicators: ["ASY"], ${SPAN}) { ...S ... on Series { reporter { ...C } } } }
    fragment S on Series { ... { values } ... @include(if: true) { statuses } }
    fragment C on Country { ... on Country { ${LATEST} } }`;
  const [one, other] = [await data(VIEWER, plain), await data(VIEWER, fragments)];
  expect(other).toEqual(one);
  expect(one.series[0].values).toEqual([null, null]);
});

test("who asks comes from the token alone: no header and no argument makes a viewer", async () => {
  const query = `{ viewer { id } series(reporters: ["AUT"], indicators: ["ASY"], ${SPAN}) { values statuses } }`;
  const [, body] = (await exchange.token(VIEWER)).split(".");
  const forged: Record<string, string> = {
    "x-viewer": VIEWER,
    "x-accord-viewer": JSON.stringify({ sub: VIEWER, partner: "SRB", roles: ["ANALYST"] }),
    "accord-viewer-assertion": `${Buffer.from(`{"aud":"indicators","viewer":{"sub":"x","partner":"AUT","roles":["ANALYST"]}}`).toString("base64url")}.AAAA`,
    "x-hasura-role": "admin",
    "x-forwarded-user": VIEWER,
    cookie: `token=${body}`,
    "accord-viewer": "SRB",
  };
  const ask = async (headers: Record<string, string>, more: object = {}): Promise<string> => {
    const init = { method: "POST", headers: { "content-type": "application/json", ...headers } };
    const extra = { variables: { viewer: "SRB" }, extensions: { viewer: "SRB" }, ...more };
    const response = await fetch(`${exchange.url}/graphql`, {
      ...init,
      body: JSON.stringify({ query, ...extra }),
    });
    return withoutId(await response.text());
  };
  const nobody = await ask({});
  expect(JSON.parse(nobody).data.viewer).toBeNull();
  expect(await ask(forged, { viewer: { partner: "SRB" } })).toBe(nobody);
  const authorization = `Bearer ${await exchange.token(FUNDER)}`;
  expect(await ask({ ...forged, authorization })).toBe(await ask({ authorization }));
  const named = await exchange.ask(null, `{ viewer(partner: "SRB") { id } }`);
  expect(named.errors?.[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
});

test("two viewers who ask 200 times side by side never see each other's answers", async () => {
  const query = `{ viewer { id partner { code } } agreements { totalCount }
    series(reporters: ["AUT", "TUR"], indicators: ["ASY"], ${SPAN}, by: [CITIZENSHIP], citizenships: ["AFG"]) { ${SERIES} }
    country(code: "TUR") { ${LATEST} profile { version } } }`;
  const clients = [VIEWER, analystOf("BGR")];
  const alone = new Map<string, string>();
  for (const client of clients)
    alone.set(client, withoutId((await exchange.ask(client, query)).text));
  expect(new Set(alone.values()).size).toBe(2);
  const asked = Array.from({ length: 200 }, (_, at) => clients[at % 2] as string);
  const answers: [string, Answer][] = await Promise.all(
    asked.map(async (client) => [client, await exchange.ask(client, query)] as [string, Answer]),
  );
  for (const [client, { text }] of answers) expect(withoutId(text)).toBe(alone.get(client));
});
