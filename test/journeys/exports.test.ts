/** What is taken along is what is shown, cell for cell, for everybody: in each format, with status, marking and attribution. */
import { parse } from "csv-parse/sync";
import { Client } from "pg";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { VIEWERS } from "../support/expectation";
import { exported, sheetOf } from "../support/files";
import { release } from "../support/reports";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const OWNERS = ["AUT", "DEU", "GBR", "HUN", "SRB", "TUR"];
const INDICATORS = ["ASY", "IST", "RET"];
const SERIES = `query ($reporters: [CountryCode!]!, $indicators: [ID!]!, $from: Period!, $to: Period!, $by: [Dimension!]) {
  series(reporters: $reporters, indicators: $indicators, from: $from, to: $to, by: $by) { reporter { code } indicator { code }
    breakdown { code } periods values statuses withheld { reason } marking { label } sources { attribution } } }`;

interface Row {
  reporter: string;
  indicator: string;
  period: string;
  citizenship?: string;
  value: string;
  status: string;
  withheld: string;
  marking: string;
  source: string;
}

/** Every cell of the API's answer as a row of the file has it. */
async function cells(
  client: string | null,
  variables: { by: string[] } & Record<string, unknown>,
): Promise<Row[]> {
  const { data, errors } = await exchange.ask(client, SERIES, variables);
  expect([client, errors]).toEqual([client, undefined]);
  return data.series.flatMap((one: any) =>
    one.periods.map((period: string, at: number): Row => {
      const status = one.statuses[at];
      const isHidden = status === "WITHHELD" || status === "EMBARGOED";
      return {
        reporter: one.reporter.code,
        indicator: one.indicator.code,
        period,
        ...(variables.by.length > 0 && { citizenship: one.breakdown[0]?.code ?? "" }),
        value: one.values[at] === null ? "" : String(one.values[at]),
        status,
        withheld: isHidden ? one.withheld.reason : "",
        marking: one.marking?.label ?? "",
        source: [
          ...new Set(one.sources.map(({ attribution }: { attribution: string }) => attribution)),
        ].join("; "),
      };
    }),
  );
}

const parametersOf = (variables: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));

describe.each([[[]], [["CITIZENSHIP"]]] as string[][][])("by %j", (by) => {
  test.each(VIEWERS.filter(([, client]) => client !== null))(
    "%s takes along what it sees, and nothing else",
    async (_viewer, client) => {
      for (const [from, to] of [
        ["2015-Q1", "2015-Q4"],
        ["2015", "2016"],
      ]) {
        const variables = { reporters: OWNERS, indicators: INDICATORS, from, to, by };
        const { status, type, text } = await exported(exchange, client, parametersOf(variables));
        expect([status, type]).toEqual([200, "text/csv; charset=utf-8"]);
        const rows: (Row & { unit: string })[] = parse(text, { columns: true });
        const seen = await cells(client, variables);
        expect(rows.map(({ unit: _, ...row }) => row)).toEqual(seen);
        expect(rows.length).toBeGreaterThan(20);
      }
    },
  );
});

describe("every format", () => {
  const variables = {
    reporters: ["AUT", "DEU"],
    indicators: ["ASY"],
    from: "2015-Q1",
    to: "2015-Q4",
    by: ["CITIZENSHIP"],
  };
  const ask = (format: string, client = "hun-analyst") =>
    exported(exchange, client, { ...parametersOf(variables), format });

  test("says the same: CSV, SDMX-CSV, workbook and JSON", async () => {
    const seen = await cells("hun-analyst", variables);
    const short = seen.map((row) => [
      row.reporter,
      row.period,
      row.citizenship,
      row.value,
      row.status,
      row.marking,
      row.source,
    ]);
    expect(new Set(seen.map(({ status }) => status))).toEqual(
      new Set(
        ["REPORTED", "SUPPRESSED", "WITHHELD", "NOT_REPORTED"].filter((status) =>
          seen.some((row) => row.status === status),
        ),
      ),
    );
    const sdmx: Record<string, string>[] = parse((await ask("sdmx-csv")).text, { columns: true });
    expect(Object.keys(sdmx[0] ?? {}).slice(0, 8)).toEqual([
      "STRUCTURE",
      "STRUCTURE_ID",
      "ACTION",
      "FREQ",
      "REF_AREA",
      "INDICATOR",
      "CITIZENSHIP",
      "TIME_PERIOD",
    ]);
    expect(
      sdmx.map((row) => [
        row.REF_AREA,
        row.TIME_PERIOD,
        row.CITIZENSHIP,
        row.OBS_VALUE,
        row.ACCESS,
        row.MARKING,
        row.SOURCE,
      ]),
    ).toEqual(short);
    const [header, ...rows] = sheetOf((await ask("xlsx")).bytes);
    expect(header).toEqual([
      "reporter",
      "indicator",
      "unit",
      "period",
      "citizenship",
      "value",
      "status",
      "withheld",
      "marking",
      "source",
    ]);
    const text = (cell: string | number | null | undefined) =>
      cell === null || cell === undefined ? "" : String(cell);
    expect(rows.map((row) => [0, 3, 4, 5, 6, 8, 9].map((at) => text(row[at])))).toEqual(short);
    const { rows: objects } = (await ask("json")).json();
    expect(
      objects.map((row: any) => [
        row.reporter,
        row.period,
        row.key.CITIZENSHIP,
        row.value === null ? "" : String(row.value),
        row.status,
        row.marking,
        row.attribution,
      ]),
    ).toEqual(short);
  });

  test("names its file, carries marking and attribution, and counts in the table's own unit", async () => {
    const { name, text } = await ask("csv");
    expect(name).toMatch(/^accord-ASY-\d{4}-\d{2}-\d{2}\.csv$/);
    const shown = (parse(text, { columns: true }) as Row[]).filter(({ value }) => value !== "");
    expect(shown.length).toBeGreaterThan(0);
    expect(new Set(shown.map(({ marking }) => marking))).toEqual(new Set(["TLP:AMBER"]));
    expect(shown.every(({ source }) => source.includes("UNHCR"))).toBe(true);
    const reasons = [{ key: [{ dimension: "REFUSAL_REASON", code: "A" }], value: 90 }];
    await release(exchange, "FRA", {
      indicator: "REF",
      period: "2024-Q1",
      figures: [{ value: 70 }, ...reasons],
    });
    const asked = { reporters: "FRA", indicators: "REF", from: "2024-Q1", to: "2024-Q1" };
    const unit = async (by: string) =>
      (
        parse((await exported(exchange, "fra-analyst", { ...asked, by })).text, {
          columns: true,
        }) as {
          unit: string;
          value: string;
        }[]
      )[0];
    expect(await unit("REFUSAL_REASON")).toMatchObject({ unit: "REASONS", value: "90" });
    expect(await unit("")).toMatchObject({ unit: "PERSONS", value: "70" });
  });

  test("is refused to nobody signed in, and where the question is wrong, in the API's words", async () => {
    expect((await exported(exchange, null, parametersOf(variables))).status).toBe(401);
    const wrong: [Record<string, string>, string][] = [
      [{ format: "pdf" }, "format"],
      [{ by: "SHOE_SIZE" }, "by"],
      [{ reporters: "ATL" }, "reporters"],
      [{ indicators: "XXX" }, "indicators"],
      [{ from: "2016-Q1", to: "2015-Q1" }, "from"],
      [{ asOf: "yesterday" }, "asOf"],
    ];
    for (const [parameters, argument] of wrong) {
      const { status, json } = await exported(exchange, "hun-analyst", {
        ...parametersOf(variables),
        ...parameters,
      });
      expect([parameters, status, json().errors[0].extensions]).toMatchObject([
        parameters,
        400,
        { code: "BAD_USER_INPUT", argument },
      ]);
    }
    const everything = {
      reporters: OWNERS.join(),
      indicators: "ASY,IST,RET,REF,IBC,DOC,FAC,THB",
      from: "1980-Q1",
      to: "2020-Q4",
      by: "CITIZENSHIP",
    };
    const large = await exported(exchange, "hun-analyst", {
      ...everything,
      reporters: Array.from({ length: 90 }, () => OWNERS)
        .flat()
        .join(),
    });
    expect([large.status, large.json().errors[0].extensions.code]).toEqual([
      400,
      "QUERY_TOO_COSTLY",
    ]);
  });

  test("is written down as a disclosure before it leaves", async () => {
    const owner = new Client({ connectionString: exchange.databaseUrl });
    await owner.connect();
    const [{ last }] = (await owner.query("SELECT max(id) AS last FROM audit.entry")).rows;
    await ask("csv", "frontex-analyst");
    const { rows } = await owner.query(
      "SELECT owner, viewer, actor, operation, channel, outcome, agreement_id FROM audit.entry WHERE id > $1 AND outcome = 'GIVEN' ORDER BY owner",
      [last],
    );
    await owner.end();
    const same = {
      viewer: "FRONTEX",
      actor: "frontex-analyst",
      operation: "DISCLOSURE",
      channel: "EXPORT",
      outcome: "GIVEN",
      agreement_id: "A10",
    };
    expect(rows).toEqual([
      { owner: "AUT", ...same },
      { owner: "DEU", ...same },
    ]);
  });
});
