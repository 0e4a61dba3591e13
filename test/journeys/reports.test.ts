/** Reports as people make them. First the attacks: who must not submit, release or see, and does not. */
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import {
  approve,
  byCitizenship,
  codesOf,
  type Figure,
  type Payload,
  release,
  seen,
  sendBack,
  submit,
  withdraw,
} from "../support/reports";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const FIGURES = byCitizenship({ AFG: 120, SYR: 300, PAK: 80, IRQ: 60, _U: 40 });
/** A quarter that nobody has reported, one a test, so that none depends on another. */
let next = 0;
const quarter = (): string => {
  next += 1;
  return `${2017 + Math.floor(next / 4)}-Q${(next % 4) + 1}`;
};
const submitted = async (
  client = "deu-officer",
  input: object = {},
): Promise<{ id: string; period: string }> => {
  const period = quarter();
  const { report, userErrors } = await submit(exchange, client, {
    indicator: "IST",
    period,
    figures: FIGURES,
    ...input,
  });
  expect(userErrors).toEqual([]);
  return { id: report.id, period };
};
const refused = (payload: Payload, code: string) => {
  expect(payload.report).toBeNull();
  expect(payload.userErrors.map((error) => error.code)).toEqual([code]);
};

describe("a submitted report", () => {
  test("is not released by its submitter, by an officer, nor by another country's approver", async () => {
    const { id } = await submitted();
    const own = await approve(exchange, "deu-officer", id);
    refused(own, "FORBIDDEN");
    refused(await approve(exchange, "fra-approver", id), "NOT_FOUND");
    refused(await withdraw(exchange, "fra-officer", id), "NOT_FOUND");
    refused(await sendBack(exchange, "fra-approver", id, ["no"]), "NOT_FOUND");
    refused(await sendBack(exchange, "deu-officer", id, ["no"]), "FORBIDDEN");
    refused(await approve(exchange, "secretariat-desk", id), "NOT_FOUND");
    const analyst = await exchange.ask(
      "deu-analyst",
      `mutation { approveQuarterlyReport(input: { id: "${id}" }) { report { id } } }`,
    );
    expect(analyst.errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
  });

  test("is seen by its country's officers and approvers, and by nobody else", async () => {
    const { id, period } = await submitted();
    const query = `query ($id: ID!) { report(id: $id) { state tables { values } } reports(first: 100) { nodes { id } totalCount } }`;
    for (const client of ["deu-officer", "deu-approver"]) {
      const { data } = await exchange.ask(client, query, { id });
      expect(data.report).toEqual({
        state: "SUBMITTED",
        tables: [{ values: [600] }, { values: [120, 60, 80, 300, 40] }],
      });
      expect(data.reports.nodes[0]).toEqual({ id });
    }
    const unknown = "00000000-0000-4000-8000-000000000000";
    for (const client of ["fra-officer", "fra-approver", "secretariat-desk"]) {
      const [real, none, odd] = [
        await exchange.ask(client, query, { id }),
        await exchange.ask(client, query, { id: unknown }),
        await exchange.ask(client, query, { id: "' OR 1=1 --" }),
      ];
      expect(real.text).toBe(none.text);
      expect(odd.text).toBe(none.text);
      expect(real.data.report).toBeNull();
    }
    for (const client of ["deu-analyst", "frontex-analyst", "observer-nld", "auditor-desk"]) {
      const { data, errors } = await exchange.ask(client, query, { id });
      expect(data).toEqual({ report: null, reports: null });
      expect(errors?.every(({ extensions }) => extensions.code === "FORBIDDEN")).toBe(true);
    }
    for (const client of ["deu-analyst", "deu-officer", "frontex-analyst", "fra-analyst"]) {
      for (const citizenship of [undefined, "AFG"]) {
        const cell = {
          owner: "DEU",
          indicator: "IST",
          period,
          ...(citizenship && { citizenship }),
        };
        expect(["NOT_REPORTED", "WITHHELD"]).toContain(await seen(exchange, client, cell));
      }
    }
  });

  test("is read by grantees once released, each as its agreement says, and in the payload by its people", async () => {
    const { id, period } = await submitted();
    const { report, userErrors } = await approve(exchange, "deu-approver", id);
    expect(userErrors).toEqual([]);
    expect(report).toMatchObject({
      state: "RELEASED",
      version: 1,
      decidedBy: "deu-approver",
      submittedBy: "deu-officer",
    });
    const total = { owner: "DEU", indicator: "IST", period };
    const afghans = { ...total, citizenship: "AFG" };
    expect(await seen(exchange, "frontex-analyst", afghans)).toBe(120);
    expect(await seen(exchange, "fra-analyst", total)).toBe(600);
    expect(await seen(exchange, "fra-analyst", afghans)).toBe("WITHHELD");
    expect(await seen(exchange, "observer-nld", total)).toBe("WITHHELD");
    refused(await approve(exchange, "deu-approver", id), "REVISION_CONFLICT");
    refused(await withdraw(exchange, "deu-officer", id), "REVISION_CONFLICT");
  });

  test("goes back with reasons, and is submitted again as the same version", async () => {
    const { id, period } = await submitted();
    expect(codesOf(await sendBack(exchange, "deu-approver", id, [" "]))).toEqual([
      "BAD_USER_INPUT input.reasons",
    ]);
    const returned = await sendBack(exchange, "deu-approver", id, [
      "Iraq is missing July.",
      "Add the method.",
    ]);
    expect(returned.report).toMatchObject({
      state: "RETURNED",
      returnReasons: ["Iraq is missing July.", "Add the method."],
    });
    refused(await approve(exchange, "deu-approver", id), "REVISION_CONFLICT");
    const again = await submit(exchange, "deu-officer", {
      indicator: "IST",
      period,
      figures: FIGURES,
    });
    expect(again.report).toMatchObject({ state: "SUBMITTED", version: 1 });
  });

  test("is erased when withdrawn, and that it was there stays written", async () => {
    const { id } = await submitted();
    const { report } = await withdraw(exchange, "deu-officer", id);
    expect(report).toMatchObject({ state: "WITHDRAWN", tables: [], decidedBy: "deu-officer" });
    expect(report.contentHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test("of the Secretariat, an institution or an analyst there is none", async () => {
    const input = { indicator: "IST", period: quarter(), figures: FIGURES };
    refused(await submit(exchange, "secretariat-desk", input), "FORBIDDEN");
    refused(await submit(exchange, "frontex-officer", input), "FORBIDDEN");
    refused(await submit(exchange, "deu-approver", input), "FORBIDDEN");
    const document = `mutation ($input: SubmitQuarterlyReportInput!) { submitQuarterlyReport(input: $input) { report { id } } }`;
    for (const client of ["deu-analyst", "observer-nld", null]) {
      const { errors } = await exchange.ask(client, document, { input });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual([
        client === null ? "UNAUTHENTICATED" : "FORBIDDEN",
      ]);
    }
  });
});

describe("an amendment", () => {
  test("takes a base version and a reason, and says what changes much", async () => {
    const { id, period } = await submitted();
    await approve(exchange, "deu-approver", id);
    const amended = {
      indicator: "IST",
      period,
      figures: byCitizenship({ AFG: 20, SYR: 300, PAK: 80, IRQ: 60, _U: 40 }),
    };
    expect(codesOf(await submit(exchange, "deu-officer", amended))).toEqual([
      "REVISION_CONFLICT input.baseVersion",
      "BAD_USER_INPUT input.reason",
      "BAD_USER_INPUT input.figures.1",
    ]);
    const said = {
      ...amended,
      baseVersion: 1,
      reason: "Double counting removed",
      comment: "Checked by hand",
    };
    const { report } = await submit(exchange, "deu-officer", said);
    expect(report).toMatchObject({
      version: 2,
      state: "SUBMITTED",
      reason: "Double counting removed",
    });
    expect(report.warnings).toHaveLength(1);
  });

  test("is seen by grantees only once released, at the instant at which the first version ends", async () => {
    const { id, period } = await submitted();
    await approve(exchange, "deu-approver", id);
    const cell = { owner: "DEU", indicator: "IST", period, citizenship: "SYR" };
    const figures = byCitizenship({ AFG: 120, SYR: 310, PAK: 80, IRQ: 60, _U: 40 });
    const { report } = await submit(exchange, "deu-officer", {
      indicator: "IST",
      period,
      figures,
      baseVersion: 1,
      reason: "Late forms",
    });
    expect(await seen(exchange, "frontex-analyst", cell)).toBe(300);
    const between = new Date().toISOString();
    await approve(exchange, "deu-approver", report.id);
    expect(await seen(exchange, "frontex-analyst", cell)).toBe(310);
    expect(await seen(exchange, "frontex-analyst", { ...cell, asOf: between })).toBe(300);
    const query = `query ($period: Period!) { series(reporters: ["DEU"], indicators: ["IST"], from: $period, to: $period,
      by: [CITIZENSHIP], citizenships: ["SYR"]) { revisions { period version value status from until reason } } }`;
    const { data } = await exchange.ask("frontex-analyst", query, { period });
    const [first, second] = data.series[0].revisions;
    expect([first, second]).toMatchObject([
      { period, version: 1, value: 300, status: "REPORTED", reason: null },
      { period, version: 2, value: 310, status: "REPORTED", until: null, reason: "Late forms" },
    ]);
    expect(first.until).toBe(second.from);
    expect(await seen(exchange, "frontex-analyst", { ...cell, asOf: second.from })).toBe(310);
    for (const client of ["fra-analyst", "observer-nld"]) {
      const closed = await exchange.ask(client, query, { period });
      expect([client, closed.data.series[0].revisions]).toEqual([client, []]);
    }
    const old = (
      await exchange.ask(
        "deu-officer",
        `{ report(id: "${id}") { state supersededAt tables { values } } }`,
      )
    ).data.report;
    expect(old).toMatchObject({ state: "SUPERSEDED", supersededAt: second.from });
    expect(old.tables[1].values).toContain(300);
  });
});

describe("what is wrong with a report", () => {
  const one = (dimension: string, code: string, more: object = {}) => ({
    key: [{ dimension, code }],
    value: 1,
    ...more,
  });

  test("is told all at once, each with its place in the input", async () => {
    const figures = [
      { value: -1 },
      { value: null, status: "REPORTED" },
      one("CITIZENSHIP", "AFX"),
      one("CITIZENSHIP", "_T"),
      one("SHOE_SIZE", "42"),
      one("BORDER_TYPE", "LAND"),
      one("CITIZENSHIP", "AFG"),
      one("CITIZENSHIP", "AFG"),
      one("CITIZENSHIP", "PAK", { status: "WITHHELD" }),
      one("CITIZENSHIP", "IRQ", { status: "NOT_REPORTED" }),
    ];
    const payload = await submit(exchange, "deu-officer", {
      indicator: "IST",
      period: "2025-Q4",
      figures,
      dataAsOf: "2024-04-31",
      baseVersion: 3,
      reason: "x".repeat(2_001),
    });
    expect(codesOf(payload)).toEqual([
      "BAD_USER_INPUT input.dataAsOf",
      "BAD_USER_INPUT input.reason",
      "REVISION_CONFLICT input.baseVersion",
      "BAD_USER_INPUT input.figures.0",
      "BAD_USER_INPUT input.figures.1",
      "BAD_USER_INPUT input.figures.1",
      ...[2, 3, 4, 5, 7, 8, 9].map((at) => `BAD_USER_INPUT input.figures.${at}`),
    ]);
    for (const wrong of [
      { indicator: "XXX" },
      { period: "2019-Q5" },
      { period: "2099-Q1" },
      { figures: [] },
    ]) {
      const input = { indicator: "IST", period: "2025-Q4", figures: FIGURES, ...wrong };
      expect(codesOf(await submit(exchange, "deu-officer", input))).toEqual([
        `BAD_USER_INPUT input.${Object.keys(wrong)[0]}`,
      ]);
    }
  });

  test("is a closed period, unless there is a reason", async () => {
    const input = { indicator: "DOC", period: "2009-Q1", figures: [{ value: 4 }] };
    expect(codesOf(await submit(exchange, "deu-officer", input))).toEqual([
      "PERIOD_CLOSED input.period",
    ]);
    const { report } = await submit(exchange, "deu-officer", {
      ...input,
      reason: "Found in the archive",
    });
    expect(report).toMatchObject({
      state: "SUBMITTED",
      version: 1,
      reason: "Found in the archive",
    });
  });
});

/** Every table of the catalogue with two codes a dimension, in whole multiples, so that lines add up. */
describe("every indicator of the catalogue", () => {
  test("is reported in each of its tables, for a quarter and for a year, and read in them", async () => {
    const { data } = await exchange.ask(
      "fra-officer",
      "{ indicators { code unit cubes { dimensions unit } } }",
    );
    expect(data.indicators.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining(["IBC", "THB", "RET", "DOC"]),
    );
    for (const { code, cubes } of data.indicators) {
      const figures = cubes.flatMap(({ dimensions }: { dimensions: string[] }) =>
        cellsOf(dimensions),
      );
      for (const period of ["2025-Q2", "2025"]) {
        await release(exchange, "FRA", { indicator: code, period, figures });
        for (const { dimensions } of cubes) {
          const query = `query ($by: [Dimension!]) { series(reporters: ["FRA"], indicators: ["${code}"], from: "${period}",
            to: "${period}", by: $by) { values } }`;
          const seen = (await exchange.ask("fra-analyst", query, { by: dimensions })).data.series;
          expect([code, period, dimensions, seen.map(({ values }: any) => values[0])]).toEqual([
            code,
            period,
            dimensions,
            cellsOf(dimensions).map(({ value }) => value),
          ]);
        }
      }
    }
    expect(data.indicators.find(({ code }: any) => code === "REF").cubes.at(-1)).toEqual({
      dimensions: ["REFUSAL_REASON"],
      unit: "REASONS",
    });
  });
});

const CODES: Readonly<Record<string, readonly string[]>> = {
  CITIZENSHIP: ["AFG", "_U"],
  SEX: ["F", "M"],
  AGE_GROUP: ["Y0T17", "Y_GE18"],
  BORDER_TYPE: ["AIR", "LAND"],
  BORDER_SECTION: ["AFG-IRN", "IRN-TUR"],
  DIRECTION: ["ENTRY", "EXIT"],
  PLACE_OF_DETECTION: ["BCP", "INLAND"],
  REFUSAL_REASON: ["A", "I"],
  DOCUMENT_TYPE: ["PASSPORT", "VISA"],
  FRAUD_TYPE: ["COUNTERFEIT", "FORGED"],
  COUNTRY_OF_ISSUANCE: ["SYR", "TUR"],
  EXPLOITATION: ["FORCED_LABOUR", "SEXUAL"],
  THB_STATUS: ["ACTUAL", "POSSIBLE"],
};

/** 800 in all, halved by each dimension; of reasons and documents there are more than of persons. */
function cellsOf(dimensions: readonly string[]): Figure[] {
  const sorted = [...dimensions].sort();
  const keys = sorted.reduce<{ dimension: string; code: string }[][]>(
    (all, dimension) =>
      all.flatMap((key) => (CODES[dimension] ?? []).map((code) => [...key, { dimension, code }])),
    [[]],
  );
  const whole = sorted.includes("REFUSAL_REASON") || sorted.includes("DOCUMENT_TYPE") ? 1_200 : 800;
  return keys.map((key) => ({ key, value: whole / 2 ** sorted.length }));
}

describe("two officers at once", () => {
  test("one wins, the other is told the current version", async () => {
    for (let round = 0; round < 5; round++) {
      const period = quarter();
      const figures = byCitizenship({ AFG: 100 + round });
      const both = await Promise.all(
        ["deu-officer", "deu-officer"].map((client) =>
          submit(exchange, client, { indicator: "REF", period, figures }),
        ),
      );
      expect(both.filter(({ report }) => report !== null)).toHaveLength(1);
      const loser = both.find(({ report }) => report === null) as Payload;
      expect(codesOf(loser)).toEqual(["REVISION_CONFLICT input.baseVersion"]);
      expect(loser.userErrors[0]?.message).toContain("Version 1 waits for its approver");
    }
  });

  test("two approvals release one version, with all its tables once", async () => {
    const { id, period } = await submitted();
    const both = await Promise.all([
      approve(exchange, "deu-approver", id),
      approve(exchange, "deu-approver", id),
    ]);
    expect(both.map(({ report }) => report?.state ?? null).sort()).toEqual(["RELEASED", null]);
    expect(
      await seen(exchange, "frontex-analyst", { owner: "DEU", indicator: "IST", period }),
    ).toBe(600);
  });
});

describe("a key", () => {
  test("makes each mutation happen once, and is not good for another input", async () => {
    const period = quarter();
    const input = { indicator: "IST", period, figures: FIGURES, idempotencyKey: "same" };
    const first = await submit(exchange, "deu-officer", input);
    const second = await submit(exchange, "deu-officer", input);
    expect(second).toEqual(first);
    expect(codesOf(await submit(exchange, "deu-officer", { ...input, period: quarter() }))).toEqual(
      ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"],
    );
    const { id } = first.report;
    const released = await approve(exchange, "deu-approver", id, { idempotencyKey: "release" });
    expect(await approve(exchange, "deu-approver", id, { idempotencyKey: "release" })).toEqual(
      released,
    );
    expect(
      codesOf(await withdraw(exchange, "deu-approver", id, { idempotencyKey: "release" })),
    ).toEqual(["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
  });
});

describe("an embargo", () => {
  test("counts from the first release: an amendment neither re-opens nor holds back what was seen", async () => {
    const period = "2015-Q3"; // Austria to Serbia, 90 days, for 2014 and 2015
    const cell = { owner: "AUT", indicator: "ASY", period, citizenship: "AFG" };
    const before = await seen(exchange, "srb-analyst", cell);
    expect(typeof before).toBe("number");
    const { data } = await exchange.ask(
      "aut-officer",
      `{ series(reporters: ["AUT"], indicators: ["ASY"], from: "${period}",
      to: "${period}", by: [CITIZENSHIP]) { citizenship { code } values } total: series(reporters: ["AUT"],
      indicators: ["ASY"], from: "${period}", to: "${period}") { values } }`,
    );
    const figures = [
      { value: data.total[0].values[0] + 1 },
      ...data.series.map((one: any) => ({
        key: [{ dimension: "CITIZENSHIP", code: one.citizenship.code }],
        value: one.values[0] + (one.citizenship.code === "AFG" ? 1 : 0),
      })),
    ];
    await release(exchange, "AUT", {
      indicator: "ASY",
      period,
      figures,
      baseVersion: 1,
      reason: "One late form",
    });
    expect(await seen(exchange, "srb-analyst", cell)).toBe((before as number) + 1);
  });
});
