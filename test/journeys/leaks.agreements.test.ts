/** Counts, cursors, explanations and the end of a right: what agreements may tell to those they do not name. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { Client } from "pg";
import { type Answer, type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { AUDITOR, analystOf, READERS } from "../support/people";

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
});
afterAll(async () => {
  await exchange?.stop();
});

const file = join(__dirname, "..", "..", "exchange", "demo", "data", "agreements.csv");
const agreements: Record<"id" | "owners" | "viewers", string>[] = parse(readFileSync(file), {
  columns: true,
});

/** Read out of the file, without the exchange. */
function namedIn(partner: string): string[] {
  const names = ({ owners, viewers }: { owners: string; viewers: string }) => [
    ...owners.split(" "),
    ...viewers.split(" "),
  ];
  return agreements
    .filter((row) => names(row).some((it) => it === partner || it === "*"))
    .map(({ id }) => id);
}

const cursorTo = (id: string): string => Buffer.from(`id:${id}`).toString("base64url");
const withoutId = (text: string): string => text.replace(/"requestId":"[^"]*"/g, "");

test.each([...READERS])(
  "%s counts and pages over the agreements that name it and no others",
  async (partner, client) => {
    const expected = namedIn(partner);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const query = `query ($after: String) { agreements(first: 3, after: $after) {
      totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
      const answer: Answer = await exchange.ask(client, query, { after });
      const page = answer.data.agreements;
      expect(page.totalCount).toBe(expected.length);
      expect(page.pageInfo.hasPreviousPage).toBe(seen.length > 0);
      seen.push(...page.nodes.map(({ id }: { id: string }) => id));
      expect(page.pageInfo.hasNextPage).toBe(seen.length < expected.length);
      for (const { cursor, node } of page.edges) expect(cursor).toBe(cursorTo(node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(expected);
  },
);

test("nobody and the log's auditor have no agreements, not even a count", async () => {
  for (const client of [null, AUDITOR]) {
    const { data, errors } = await exchange.ask(client, "{ agreements { totalCount } }");
    expect(data).toEqual({ agreements: null });
    expect(errors).toHaveLength(1);
  }
});

test("a signed-in viewer whose role does not read is told FORBIDDEN, not to sign in", async () => {
  const { errors } = await exchange.ask(AUDITOR, "{ agreements { totalCount } }");
  expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
});

test("a cursor to an agreement that one may not see answers like a cursor to none", async () => {
  const query = `query ($after: String) { agreements(after: $after) {
    totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const ask = async (id: string) =>
    withoutId((await exchange.ask(analystOf("SRB"), query, { after: cursorTo(id) })).text);
  expect(namedIn("SRB")).not.toContain("A02");
  expect(await ask("A02")).toBe(await ask("A020"));
  expect(await ask("A13")).toBe(await ask("A130"));
  expect(await ask("A0")).toContain(`"hasPreviousPage":false`);
});

test("no explanation ever names an agreement that does not name the viewer", async () => {
  const owners = [...READERS.keys()];
  const questions = [
    `category: STATISTICS, indicator: "ASY", by: [CITIZENSHIP], period: "2015-Q3"`,
    `category: STATISTICS, indicator: "IBC", period: "2011"`,
    "category: PROFILE",
    "category: CONTACT_DETAILS",
  ];
  for (const [partner, client] of READERS) {
    const visible = new Set(namedIn(partner));
    const asked = questions.map((question) => {
      const fields = owners.map(
        (code) =>
          `${code}: explainAccess(owner: "${code}", ${question}) { message agreement { id title } }`,
      );
      return exchange.ask(client, `{ ${fields.slice(0, 20).join("\n")} }`);
    });
    for (const { text, errors } of await Promise.all(asked)) {
      expect(errors).toBeUndefined();
      const foreign = (text.match(/\bA\d\d\b/g) ?? []).filter((id) => !visible.has(id));
      expect({ partner, foreign }).toEqual({ partner, foreign: [] });
      for (const { id, title } of agreements as unknown as { id: string; title: string }[]) {
        if (!visible.has(id)) expect(text).not.toContain(title);
      }
    }
  }
});

describe("the first request after a right has ended no longer sees the data", () => {
  const figures = `{ series(reporters: ["AUT"], indicators: ["ASY"], from: "2015-Q3", to: "2015-Q3", by: [CITIZENSHIP],
    citizenships: ["AFG"]) { values } country(code: "AUT") { profile { version } focalPersons { email } } }`;
  const open = async () => {
    const { series, country } = (await exchange.ask(analystOf("SRB"), figures)).data;
    return [
      series[0].values[0] !== null,
      country.profile !== null,
      country.focalPersons[0].email !== null,
    ];
  };
  const OF_OWNERS =
    "WHERE agreement_id = ANY ($1) AND partner IN (SELECT unnest(owners) FROM sharing.term t WHERE t.agreement_id = party.agreement_id)";
  const restore = async (ids: string[]): Promise<void> => {
    await owner.query("SET session_replication_role = replica"); // withdrawn is withdrawn, for whoever asks
    await owner.query(`UPDATE sharing.party SET standing = 'STANDING' ${OF_OWNERS}`, [ids]);
    await owner.query("RESET session_replication_role");
    await owner.query(FOR_EVER, [ids]);
  };
  const [REVOKE, SUSPEND, END, FOR_EVER] = [
    `UPDATE sharing.party SET standing = 'WITHDRAWN' ${OF_OWNERS}`,
    `UPDATE sharing.party SET standing = 'SUSPENDED' ${OF_OWNERS}`,
    "UPDATE sharing.agreement_version SET valid_until = now() WHERE agreement_id = ANY ($1)",
    "UPDATE sharing.agreement_version SET valid_until = NULL WHERE agreement_id = ANY ($1)",
  ];

  test.each([
    ["revoked", REVOKE],
    ["suspended", SUSPEND],
    ["ended", END],
  ])("%s", async (_name, statement) => {
    for (const [id, expected] of [
      ["A05", [false, true, true]],
      ["A14", [true, false, true]],
      ["A12", [true, true, false]],
    ] as const) {
      expect(await open()).toEqual([true, true, true]);
      await owner.query(statement as string, [[id]]);
      expect([id, await open()]).toEqual([id, expected]);
      await restore([id]);
    }
    expect(await open()).toEqual([true, true, true]);
  });

  test("expired by the clock alone, with nothing written and nobody told", async () => {
    await owner.query(
      "UPDATE sharing.agreement_version SET valid_until = clock_timestamp() + interval '300 ms' WHERE agreement_id = ANY ($1)",
      [["A05", "A12", "A14"]],
    );
    await owner.query("SELECT pg_sleep(0.4)");
    expect(await open()).toEqual([false, false, false]);
    await restore(["A05", "A12", "A14"]);
    expect(await open()).toEqual([true, true, true]);
  });
});
