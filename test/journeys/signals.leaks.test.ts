/** A signal tells of values: nobody has one that rests on a value it is not shown, by any path. */
import { Client } from "pg";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { READERS, SECRETARIAT } from "../support/people";
import { actOn, allSignals, askSignals, risesShown } from "../support/signals";

const REPORTERS = ["AUT", "BGR", "BIH", "DEU", "FRA", "HUN", "MKD", "SRB", "TUR"];

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
});
afterAll(() => exchange?.stop());

test("every reader's signals are those of the series it is shown itself, no more and no fewer", async () => {
  const counts: Record<string, number> = {};
  for (const [partner, client] of READERS) {
    const rises = (await allSignals(exchange, client)).filter(({ kind }) => kind === "RISE");
    const expected = await risesShown(exchange, client, REPORTERS, 2015);
    const found = rises.map(({ id, observed, expected: mean }): [string, object] => [
      id.replace(/-\d+$/, ""),
      { observed, expected: mean },
    ]);
    expect({ partner, found: new Map(found) }).toEqual({ partner, found: expected });
    counts[partner] = expected.size;
  }
  // Who has no agreement has none: what the United Kingdom publishes begins in 2018.
  expect([counts.AFG, counts.IRN, counts.NLD, counts.SECRETARIAT]).toEqual([0, counts.IRN, 0, 0]);
  expect(counts.FRONTEX).toBeGreaterThan(counts.AUT as number);
  expect(counts.HUN).toBeGreaterThan(0);
});

test("Pakistan has none of its own nationals in Germany, nor a trace of one", async () => {
  const { text } = await askSignals(exchange, "pak-analyst", {
    reporters: ["DEU"],
    states: ["NEW", "INSUFFICIENT_HISTORY"],
  });
  expect(text).not.toMatch(/DEU-PAK/);
  const known = { id: "ASY-2015-Q3-DEU-PAK-1" };
  expect(await allSignals(exchange, "frontex-analyst")).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: "ASY-2015-Q3-HUN-PAK-1" })]),
  );
  const nonsense = await actOn(exchange, "pak-officer", "reviewSignal", {
    id: "ASY-2015-Q3-ATL-PAK-1",
  });
  expect((await actOn(exchange, "pak-officer", "reviewSignal", known)).text).toBe(nonsense.text);
  expect(nonsense.code).toBe("NOT_FOUND input.id");
});

test("counts, pages and filters are the same whether what is withheld is there or not", async () => {
  const ask = () => askSignals(exchange, "srb-analyst", { first: 5 });
  const before = await ask();
  const hidden = "owner = 'HUN' AND dimensions = '{CITIZENSHIP}'"; // Serbia's agreement on it was revoked in 2021
  await owner.query(
    `UPDATE indicators.released_table SET values = ARRAY(SELECT v * 7 FROM unnest(values) AS v) WHERE ${hidden}`,
  );
  expect((await ask()).text).toBe(before.text);
  await owner.query(
    `UPDATE indicators.released_table SET values = ARRAY(SELECT v / 7 FROM unnest(values) AS v) WHERE ${hidden}`,
  );
  const named = await askSignals(exchange, "srb-analyst", {
    reporters: ["HUN"],
    indicators: ["IST"],
  });
  expect(named.data.signals).toMatchObject({ totalCount: 0, nodes: [] });
  for (const after of ["aWQ6QVNZLTIwMTUtUTMtSFVOLUFGRy0x", "aWQ6QVNZLTIwMTUtUTMtSFVOLVNZUi0x"])
    expect(
      (await askSignals(exchange, "srb-analyst", { after })).errors?.[0]?.extensions,
    ).toMatchObject({
      code: "BAD_USER_INPUT",
      argument: "after",
    });
});

test("nobody without a sign-in, a purpose of reading or a year has any", async () => {
  expect((await askSignals(exchange, null)).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  expect((await askSignals(exchange, "auditor-desk")).errors?.[0]?.extensions.code).toBe(
    "FORBIDDEN",
  );
  for (const year of [0, -1, 1949, 2101, 99_999])
    expect(
      (await askSignals(exchange, "hun-analyst", { year })).errors?.[0]?.extensions,
    ).toMatchObject({
      argument: "year",
    });
});

test("the owner's log has who looked, at how much, also where nothing but the number was asked for", async () => {
  const { rows: before } = await owner.query("SELECT max(id) AS last FROM audit.entry");
  await exchange.ask("unodc-analyst", "{ signals(year: 2014) { totalCount } }");
  const { rows } = await owner.query(
    "SELECT owner, outcome, detail, cells FROM audit.entry WHERE viewer = 'UNODC' AND id > $1",
    [before[0].last],
  );
  const hungary = rows.filter((row) => row.owner === "HUN" && row.outcome === "GIVEN");
  expect(hungary.map(({ detail }) => detail)).toEqual(
    expect.arrayContaining([[], ["CITIZENSHIP"]]),
  );
  expect(Math.min(...hungary.map(({ cells }) => cells))).toBeGreaterThanOrEqual(12);
  expect(rows.filter(({ outcome }) => outcome === "DENIED")).toEqual([]); // it named nothing
  await askSignals(exchange, "unodc-analyst", { reporters: ["BGD"], indicators: ["IST"] });
  const refused =
    "SELECT owner, indicators FROM audit.entry WHERE viewer = 'UNODC' AND outcome = 'DENIED' ORDER BY id DESC LIMIT 1";
  expect((await owner.query(refused)).rows).toEqual([{ owner: "BGD", indicators: ["IST"] }]);
});

describe("promoting", () => {
  const id = "ASY-2015-Q3-HUN-SYR-1";

  test("takes an officer to whom the signal is shown", async () => {
    for (const client of ["hun-analyst", "frontex-analyst"])
      expect((await actOn(exchange, client, "promoteSignal", { id })).code).toBe("FORBIDDEN");
    expect((await actOn(exchange, SECRETARIAT, "promoteSignal", { id })).code).toBe(
      "FORBIDDEN input.id",
    );
    expect(
      (await actOn(exchange, "hun-approver", "promoteSignal", { id, addresses: ["FRA"] })).code,
    ).toBe("FORBIDDEN input.id");
    for (const client of ["srb-officer", "afg-officer", "fra-officer"])
      expect((await actOn(exchange, client, "promoteSignal", { id })).code).toBe(
        "NOT_FOUND input.id",
      );
  });

  test("another's figures goes back to their owner, and no further", async () => {
    const wide = await actOn(exchange, "frontex-officer", "promoteSignal", {
      id,
      addresses: ["FRA"],
    });
    expect(wide.code).toBe("BAD_USER_INPUT input.addresses");
    const { signal } = await actOn(exchange, "frontex-officer", "promoteSignal", { id });
    const { rows } = await owner.query(
      "SELECT a.handling, d.addresses FROM alerts.alert a JOIN alerts.audience d USING (identifier) WHERE identifier = $1",
      [signal.alert.identifier],
    );
    expect(rows).toEqual([{ handling: ["H2"], addresses: [{ partner: "HUN" }] }]);
    expect((await allSignals(exchange, "hun-analyst")).find((one) => one.id === id)).toMatchObject({
      state: "NEW",
      alert: null,
    });
  });

  test("ends with the right to see: the signal is gone from every path", async () => {
    const revoke = `mutation { revokeAgreement(input: { id: "A10", reason: "ended" }) { userErrors { message } } }`;
    expect((await exchange.ask("hun-approver", revoke)).data.revokeAgreement.userErrors).toEqual(
      [],
    );
    expect(
      (await allSignals(exchange, "frontex-analyst")).filter(
        ({ reporter }) => reporter.code === "HUN",
      ),
    ).toEqual([]);
    expect(
      (await actOn(exchange, "frontex-officer", "reviewSignal", { id: "ASY-2015-Q3-HUN-AFG-1" }))
        .code,
    ).toBe("NOT_FOUND input.id");
  });

  const DRAFT =
    "SELECT alerts.draft_of_signal('RISE', 'ASY', '2015-Q3', $1, $2, $3, now() + interval '1 day', $4, '{}')";
  const ACT =
    "INSERT INTO indicators.signal_act (owner, signal, act, alert, actor) VALUES ($1, 'ASY-2015-Q3-HUN-SYR-1', $2, $3, $4)";

  /** As the indicators' role, whatever its code would do. */
  async function attempt(roles: string, statement: string, values: unknown[]): Promise<string> {
    await owner.query("BEGIN");
    await owner.query(
      "SELECT set_config('accord.viewer', 'HUN', true), set_config('accord.actor', 'hun-officer', true), set_config('accord.roles', $1, true)",
      [roles],
    );
    await owner.query("SET LOCAL ROLE accord_indicators");
    const said = await owner.query(statement, values).then(
      () => "done",
      (error: Error) => error.message,
    );
    await owner.query("ROLLBACK");
    return said;
  }

  test.each([
    ["an analyst", "ANALYST", ["HUN", null, ["FRA"], "AMBER"], /an officer promotes/],
    ["to nobody", "OFFICER", ["HUN", null, [], "AMBER"], /owner alone/],
    [
      "of another's figures to a third",
      "OFFICER",
      ["FRA", null, ["FRA", "DEU"], "AMBER"],
      /owner alone/,
    ],
    ["to persons", "OFFICER", ["HUN", null, ["FRA"], "RED"], /owner alone/],
    [
      "to the country of origin",
      "OFFICER",
      ["HUN", "AFG", ["FRA", "AFG"], "AMBER"],
      /country of origin/,
    ],
    ["of no country", "OFFICER", ["HUN", "AFG", ["FRA"], "PURPLE"], /violates check/],
  ] as const)(
    "the database itself drafts nothing for %s",
    async (_what, roles, values, refusal) => {
      expect(await attempt(roles, DRAFT, [...values])).toMatch(refusal);
      expect(await attempt("OFFICER", DRAFT, ["HUN", "AFG", ["FRA"], "AMBER"])).toBe("done");
    },
  );

  test.each([
    ["for another partner", ["FRA", "REVIEW", null, "hun-officer"], /row-level security/],
    ["as another person", ["HUN", "REVIEW", null, "hun-approver"], /row-level security/],
    [
      "with a message that it did not draft",
      ["HUN", "PROMOTE", "01890000-0000-7000-8000-000000000001", "hun-officer"],
      /same person/,
    ],
  ] as const)("nor keeps an act %s", async (_what, values, refusal) => {
    expect(await attempt("OFFICER", ACT, [...values])).toMatch(refusal);
    expect(await attempt("ANALYST", ACT, ["HUN", "REVIEW", null, "hun-officer"])).toMatch(
      /row-level security/,
    );
    expect(await attempt("OFFICER", ACT, ["HUN", "REVIEW", null, "hun-officer"])).toBe("done");
  });
});
