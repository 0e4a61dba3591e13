/** Owners ask who sees, viewers ask why, and both are told what every answer shows; a preview comes true to the cell. */
import { act, amend, figure, propose, TERM } from "../support/agreements";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import {
  accessTo,
  agreements,
  OWNERS,
  published,
  QUARTERS,
  TOTAL,
  YEARS,
} from "../support/expectation";
import { READERS } from "../support/people";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

describe("whoCanSee", () => {
  const CELLS: readonly [string, readonly string[], string][] = [
    ["ASY", [], "2015-Q3"],
    ["ASY", ["CITIZENSHIP"], "2015-Q3"],
    ["ASY", ["CITIZENSHIP"], "2016-Q1"],
    ["IST", [], "2014"],
    ["REF", ["CITIZENSHIP"], "2014"],
    ["FAC", ["CITIZENSHIP"], "2013"],
    ["THB", [], "2016-Q1"],
  ];

  test.each(OWNERS)(
    "%s is told exactly the partners to whom an agreement opens a cell, and which one does",
    async (owner) => {
      const fields = CELLS.map(
        (
          [indicator, by, period],
          at,
        ) => `c${at}: whoCanSee(category: STATISTICS, indicator: "${indicator}", by: [${by}],
        period: "${period}") { partner { code } agreement { id } disclosureControl }`,
      );
      const { data } = await exchange.ask(
        `${owner.toLowerCase()}-analyst`,
        `{ ${fields.join("\n")} }`,
      );
      CELLS.forEach(([indicator, by, period], at) => {
        const expected = [...READERS.keys()]
          .filter((viewer) => viewer !== owner)
          .flatMap((viewer) => {
            const access = accessTo(viewer, owner, indicator, by, period);
            return access ? [[viewer, access.control, access.ids] as const] : [];
          });
        const told = data[`c${at}`].map((one: any) => [
          one.partner.code,
          one.disclosureControl,
          one.agreement.id,
        ]);
        expect(told.map(([code, control]: string[]) => [code, control]).sort()).toEqual(
          expected.map(([viewer, control]) => [viewer, control]).sort(),
        );
        for (const [code, , id] of told)
          expect(expected.find(([viewer]) => viewer === code)?.[2]).toContain(id);
      });
    },
  );

  test("tells nobody about data that are not its own", async () => {
    for (const client of ["frontex-analyst", "observer-nld", "secretariat-desk"]) {
      const query = `{ whoCanSee(category: STATISTICS, indicator: "ASY", by: [], period: "2015-Q3") { partner { code } } }`;
      expect((await exchange.ask(client, query)).data.whoCanSee).toEqual([]);
    }
  });

  test("knows contacts and profiles", async () => {
    const query = `{ profile: whoCanSee(category: PROFILE) { partner { code } agreement { id } }
      contacts: whoCanSee(category: CONTACT_DETAILS, contactKind: "NATIONAL_CONTACT_POINT") { partner { code } agreement { id } } }`;
    const { data } = await exchange.ask("tur-analyst", query);
    const relec = ["AFG", "BGD", "IRN", "IRQ", "PAK"].map((code) => ({
      partner: { code },
      agreement: { id: "A13" },
    }));
    expect(data).toEqual({ profile: [], contacts: relec });
  });
});

describe("previewAgreement", () => {
  const preview = async (client: string, input: object) => {
    const document = `mutation ($input: PreviewAgreementInput!) { previewAgreement(input: $input) {
      changes { partner { code } gains { cells indicators others } loses { cells indicators others } lessProtected }
      warnings userErrors { code path } } }`;
    return (await exchange.ask(client, document, { input })).data.previewAgreement;
  };

  /** Cells that the file has for an owner under these terms. */
  const cellsOf = (
    owner: string,
    indicators: readonly string[],
    detailed: boolean,
    from = "2012",
  ): number => {
    const tables = [...QUARTERS, ...YEARS]
      .filter((period) => period >= from)
      .flatMap((period) =>
        indicators.flatMap((indicator) => published(owner, indicator, period) ?? []),
      );
    return tables.reduce(
      (sum, table) => sum + [...table.keys()].filter((key) => detailed || key === TOTAL).length,
      0,
    );
  };
  const A10 = agreements.find(({ id }) => id === "A10")?.indicators as string[];

  test("of a revocation: what Frontex loses is what the file has under it, and nobody else loses", async () => {
    const { changes } = await preview("hun-approver", { id: "A10", act: "REVOKE" });
    const lost = cellsOf("HUN", A10, true);
    expect(changes).toEqual([
      expect.objectContaining({
        partner: { code: "FRONTEX" },
        gains: expect.objectContaining({ cells: 0 }),
        loses: expect.objectContaining({ cells: lost }),
      }),
    ]);
    expect(lost).toBeGreaterThan(3_000);
  });

  test("of a suspension and of its end, once it is really suspended", async () => {
    const before = await preview("hun-approver", { id: "A10", act: "SUSPEND" });
    await act(exchange, "hun-approver", "suspendAgreement", { id: "A10" });
    const after = await preview("hun-approver", { id: "A10", act: "RESUME" });
    expect(after.changes[0].gains).toEqual(before.changes[0].loses);
    expect(after.warnings).toContainEqual(expect.stringContaining("Widening: FRONTEX"));
    expect((await preview("hun-approver", { id: "A10", act: "REVOKE" })).changes).toEqual([]);
    await act(exchange, "hun-approver", "resumeAgreement", { id: "A10" });
    await act(exchange, "hun-officer", "resumeAgreement", { id: "A10" });
  });

  test("of a proposal, of its acceptance and of an amendment; and nothing is written by asking", async () => {
    const count = async () =>
      (await exchange.ask("deu-officer", "{ agreements { totalCount } }")).data.agreements
        .totalCount;
    const before = await count();
    const proposal = { title: "Asylum figures for Serbia", kind: "BILATERAL", terms: [TERM] };
    const asked = await preview("deu-officer", { proposal });
    expect(await count()).toBe(before);
    // Serbia sees the totals already, suppressed where small (A01): those it would see less protected.
    const parts = cellsOf("DEU", ["ASY"], true) - cellsOf("DEU", ["ASY"], false);
    expect(asked.changes).toEqual([
      expect.objectContaining({
        partner: { code: "SRB" },
        gains: { cells: parts, indicators: ["ASY"], others: [] },
        lessProtected: cellsOf("DEU", ["ASY"], false),
      }),
    ]);
    const { agreement } = await propose(exchange, "deu-officer");
    const { id } = agreement;
    expect((await preview("deu-approver", { id, act: "ACCEPT" })).changes).toEqual(asked.changes);
    await act(exchange, "deu-approver", "acceptAgreement", { id, version: 1 });
    await act(exchange, "srb-approver", "acceptAgreement", { id, version: 1 });
    expect((await preview("deu-approver", { id, act: "REVOKE" })).changes[0].loses.cells).toBe(
      parts,
    );
    const narrower = await preview("deu-officer", {
      id,
      proposal: { ...proposal, terms: [{ ...TERM, detail: [] }] },
    });
    expect(narrower.changes[0].loses.cells).toBe(parts);
    await amend(exchange, "deu-officer", {
      id,
      version: 1,
      terms: [{ ...TERM, viewers: ["SRB", "MKD"] }],
    });
    await act(exchange, "deu-approver", "revokeAgreement", { id });
  });

  test("of a group: who joins gains what it opens, who leaves loses it", async () => {
    const change = async (client: string, input: object) =>
      exchange.ask(
        client,
        "mutation ($input: ChangePartnerGroupInput!) { changePartnerGroup(input: $input) { userErrors { code } } }",
        { input },
      );
    await change("deu-officer", { id: "NEAR", name: "Near", add: ["SRB"] });
    await change("deu-approver", { id: "NEAR", add: ["SRB"] });
    const { agreement } = await propose(exchange, "deu-officer", {
      kind: "MULTILATERAL",
      terms: [{ ...TERM, viewers: [], groups: ["NEAR"] }],
    });
    await act(exchange, "deu-approver", "acceptAgreement", { id: agreement.id, version: 1 });
    expect(await figure(exchange, "srb-analyst")).toBeGreaterThan(0);
    const joins = await preview("deu-officer", { group: { id: "NEAR", add: ["MKD"] } });
    expect(joins.changes.map(({ partner }: any) => partner.code)).toEqual(["MKD"]);
    expect(joins.changes[0].gains.cells).toBeGreaterThan(500);
    const leaves = await preview("deu-officer", { group: { id: "NEAR", remove: ["SRB"] } });
    expect(leaves.changes.map(({ partner }: any) => partner.code)).toEqual(["SRB"]);
    expect(leaves.changes[0].loses.cells).toBe(joins.changes[0].gains.cells);
    expect(
      (await preview("srb-approver", { group: { id: "NEAR", add: ["MKD"] } })).userErrors[0].code,
    ).toBe("NOT_FOUND");
    await act(exchange, "deu-approver", "revokeAgreement", { id: agreement.id });
  });

  test("tells nobody about an agreement that does not name it, nor of others' data in one that does", async () => {
    expect((await preview("srb-approver", { id: "A10", act: "REVOKE" })).userErrors).toEqual([
      { code: "NOT_FOUND", path: ["input", "id"] },
    ]);
    expect(await preview("frontex-approver", { id: "A10", act: "REVOKE" })).toEqual({
      changes: [],
      warnings: [],
      userErrors: [],
    });
    const mine = await preview("aut-approver", { id: "A10", act: "REVOKE" });
    expect(mine.changes.map(({ partner }: any) => partner.code)).toEqual(["FRONTEX"]);
    expect(mine.changes[0].loses.cells).toBe(cellsOf("AUT", A10, true));
  });
});

describe("explainAccess of one cell", () => {
  const explain = async (client: string, owner: string, period: string, citizenship: string) => {
    const query = `query ($owner: ID!, $period: Period!, $citizenship: CountryCode) {
      explainAccess(owner: $owner, category: STATISTICS, indicator: "ASY", by: [CITIZENSHIP], period: $period,
        citizenship: $citizenship) { allowed reason agreement { id } } }`;
    return (await exchange.ask(client, query, { owner, period, citizenship })).data.explainAccess;
  };

  test("names own nationals and small numbers, which no agreement can tell", async () => {
    expect(await explain("pak-analyst", "DEU", "2015-Q3", "PAK")).toMatchObject({
      allowed: false,
      reason: "OWN_NATIONALS",
    });
    const small = [...(published("DEU", "ASY", "2015-Q3") ?? [])].find(
      ([key, { value }]) => key !== TOTAL && value !== null && value > 0 && value < 5,
    );
    expect(await explain("pak-analyst", "DEU", "2015-Q3", small?.[0] as string)).toMatchObject({
      allowed: false,
      reason: "SMALL_NUMBER",
    });
    expect(await explain("frontex-analyst", "DEU", "2015-Q3", small?.[0] as string)).toMatchObject({
      allowed: true,
      reason: "GRANTED",
    });
    expect(await explain("deu-analyst", "DEU", "2015-Q3", "AFG")).toMatchObject({
      allowed: true,
      reason: "OWNER",
    });
    expect(await explain("srb-analyst", "HUN", "2015-Q3", "AFG")).toEqual({
      allowed: false,
      reason: "NOT_IN_FORCE",
      agreement: { id: "A08" },
    });
  });

  test("says of each cell of a breakdown what the series shows", async () => {
    const query = `{ series(reporters: ["DEU"], indicators: ["ASY"], from: "2015-Q3", to: "2015-Q3", by: [CITIZENSHIP]) {
      citizenship { code } statuses } }`;
    const { data } = await exchange.ask("bgd-analyst", query);
    const wrong = [];
    for (const { citizenship, statuses } of data.series.slice(0, 40)) {
      const { allowed, reason } = await explain("bgd-analyst", "DEU", "2015-Q3", citizenship.code);
      const expected =
        statuses[0] === "SUPPRESSED"
          ? "SMALL_NUMBER"
          : statuses[0] === "WITHHELD"
            ? "OWN_NATIONALS"
            : "GRANTED";
      if (reason !== expected || allowed !== (expected === "GRANTED"))
        wrong.push([citizenship.code, statuses[0], reason]);
    }
    expect(wrong).toEqual([]);
  });
});
