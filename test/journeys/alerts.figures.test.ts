/** A message may cite figures. Each reader sees of them what it would see without the message, and learns of no single other. */
import { issue, message, officerOf, refusal } from "../support/alerts";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { analystOf } from "../support/people";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const FIGURES = `figures { indicator { code } from to others series { reporter { code } periods values statuses } }`;
const read = async (client: string, id: string) => {
  const { data, errors, text } = await exchange.ask(
    client,
    `query ($id: ID!) { alert(identifier: $id) { ${FIGURES} } }`,
    {
      id,
    },
  );
  expect(errors).toBeUndefined();
  return { figures: data.alert.figures, text };
};
const cite = (reporters: string[], indicator = "ASY") => ({
  figures: [{ reporters, indicator, from: "2015-Q3", to: "2015-Q4" }],
});

test("the figures that are open to the reader, and of the others that there are two or more", async () => {
  const to = { addresses: { partners: ["BGD", "SRB", "FRONTEX"] } };
  const { identifier } = await issue(exchange, officerOf("AUT"), {
    ...to,
    ...cite(["AUT", "HUN", "GBR", "TUR"]),
  });
  const direct = async (client: string, reporters: string[]) =>
    (
      await exchange.ask(
        client,
        `query ($r: [CountryCode!]!) { series(reporters: $r, indicators: ["ASY"], from: "2015-Q3", to: "2015-Q4") {
          reporter { code } periods values statuses } }`,
        { r: reporters },
      )
    ).data.series;
  for (const client of [analystOf("SRB"), analystOf("FRONTEX"), analystOf("BGD")]) {
    const [cited] = (await read(client, identifier)).figures;
    const asked = await direct(client, ["AUT", "HUN", "GBR", "TUR"]);
    const open = asked.filter(({ statuses }: any) =>
      statuses.some((it: string) => it !== "WITHHELD" && it !== "EMBARGOED"),
    );
    expect([client, cited.series]).toEqual([client, open]);
    expect(cited).toMatchObject({ indicator: { code: "ASY" }, from: "2015-Q3", to: "2015-Q4" });
    expect(cited.others === null).toBe(asked.length - open.length < 2);
  }
});

test("of a single other nothing at all, not even who it is", async () => {
  const { identifier } = await issue(exchange, officerOf("HUN"), {
    addresses: { partners: ["UNODC"] },
    ...cite(["DEU", "BGD"]),
  });
  const { figures, text } = await read(analystOf("UNODC"), identifier);
  expect(figures[0].series.map(({ reporter }: any) => reporter.code)).toEqual(["DEU"]);
  expect(figures[0].others).toBeNull();
  expect(text).not.toContain("BGD");
  const two = await issue(exchange, officerOf("HUN"), {
    addresses: { partners: ["UNODC"] },
    ...cite(["BGD", "PAK"]),
  });
  const seen = await read(analystOf("UNODC"), two.identifier);
  expect(seen.figures[0]).toMatchObject({
    series: [],
    others: expect.stringContaining("Two or more"),
  });
  expect(seen.text).not.toMatch(/BGD|PAK/);
});

test("the question itself cannot be asked for", async () => {
  const { errors } = await exchange.ask(
    analystOf("PAK"),
    "{ alerts { nodes { figures { id } } } }",
  );
  expect(errors?.[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
});

test.each<[string, object, string]>([
  ["an indicator that is none", cite(["AUT"], "XYZ"), "input.figures.0.indicator"],
  ["no reporter", cite([]), "input.figures.0.reporters"],
  ["a reporter that is no code", cite(["Austria"]), "input.figures.0.reporters"],
  [
    "a reversed span",
    { figures: [{ reporters: ["AUT"], indicator: "ASY", from: "2016-Q1", to: "2015-Q1" }] },
    "input.figures.0.to",
  ],
])("%s is refused", async (_name, change, path) => {
  expect(await refusal(exchange, officerOf("TUR"), "issueAlert", message(change))).toMatchObject({
    code: "BAD_USER_INPUT",
    path,
  });
});

test("a citation that cannot be rendered takes nothing of the message with it", async () => {
  const { identifier: id } = await issue(exchange, officerOf("TUR"), cite(["ZZZ"]));
  const { data } = await exchange.ask(
    analystOf("PAK"),
    `query ($id: ID!) { alert(identifier: $id) { info { headline } ${FIGURES} } }`,
    { id },
  );
  expect(data.alert.info).toHaveLength(1);
  expect(data.alert.figures).toEqual([
    { indicator: null, from: null, to: null, others: null, series: null },
  ]);
});
