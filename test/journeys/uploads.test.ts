/** A file of figures: all of its reports or none, by the same examination as the mutation, each fault with its line. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { Client } from "pg";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { exported, uploaded } from "../support/files";
import { approve, seen } from "../support/reports";
import { openSubgraphs, type Subgraphs } from "../support/subgraphs";

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
});
afterAll(async () => {
  await exchange?.stop();
});

const count = async (): Promise<number> =>
  (await owner.query("SELECT count(*)::int AS n FROM indicators.submission")).rows[0].n;
const GOOD = (period: string) => `indicator,period,citizenship,value,status
FAC,${period},,300,
FAC,${period},AFG,200,
FAC,${period},SYR,100,ESTIMATED
REF,${period},,50,
`;

describe("a file", () => {
  test("becomes one report an indicator and period, which a second person releases", async () => {
    const { status, json } = await uploaded(exchange, "deu-officer", GOOD("2023-Q1"));
    expect(status).toBe(201);
    expect(json()).toMatchObject({
      dryRun: false,
      figures: 4,
      userErrors: [],
      reports: [
        { indicator: "FAC", period: "2023-Q1", version: 1, state: "SUBMITTED" },
        { indicator: "REF", period: "2023-Q1", version: 1, state: "SUBMITTED" },
      ],
    });
    const { report } = await approve(exchange, "deu-approver", json().reports[0].id);
    expect(report.state).toBe("RELEASED");
    expect(
      await seen(exchange, "frontex-analyst", {
        owner: "DEU",
        indicator: "FAC",
        period: "2023-Q1",
        citizenship: "AFG",
      }),
    ).toBe(200);
  });

  test("however it is sorted, months or quarters first, becomes the same reports", async () => {
    const header = "indicator,period,citizenship,value";
    const quarter = ["IBC,2023-Q4,,60", "IBC,2023-Q4,AFG,40", "IBC,2023-Q4,SYR,20"];
    const months = ["2023-10", "2023-11", "2023-12"].flatMap((month) => [
      `RET,${month},,5`,
      `RET,${month},AFG,5`,
    ]);
    const year = ["RET,2023,,77", "RET,2023,AFG,77"];
    const lines = [...months, ...quarter, ...year];
    const [sorted, mixed] = [lines, [...lines].reverse()].map((some) =>
      [header, ...some].join("\n"),
    );
    const ids = [];
    for (const [client, text] of [
      ["irn-officer", sorted],
      ["bgd-officer", mixed],
    ] as const) {
      const { status, json } = await uploaded(exchange, client, text as string);
      expect([status, json().figures, json().reports.length]).toEqual([201, lines.length, 3]);
      ids.push(json().reports.map(({ id }: { id: string }) => id));
    }
    const hashes = await owner.query(
      "SELECT content_hash, count(*)::int FROM indicators.submission WHERE id = ANY ($1) GROUP BY content_hash",
      [ids.flat()],
    );
    expect(hashes.rows.map(({ count }) => count)).toEqual([2, 2, 2]);
  });

  test("is judged and not kept in a dry run", async () => {
    const before = await count();
    const { status, json } = await uploaded(exchange, "deu-officer", GOOD("2023-Q2"), {
      dryRun: "true",
    });
    expect([status, json()]).toMatchObject([
      200,
      { dryRun: true, figures: 4, reports: [], userErrors: [] },
    ]);
    expect(await count()).toBe(before);
  });

  test("with faults is refused as a whole, each fault with its line, the same in a dry run", async () => {
    const before = await count();
    const bad = `${GOOD("2023-Q3")}REF,2023-Q3,AFX,7,\nREF,2023-Q3,PAK,-3,\nREF,2023-Q3,IRQ,1 2x,\nREF,2023-Q3,IRQ,4,\nXXX,2023-Q3,,4,\n`;
    for (const dryRun of ["true", "false"]) {
      const { status, json } = await uploaded(exchange, "deu-officer", bad, { dryRun });
      expect(status).toBe(422);
      expect(
        json().userErrors.map(({ code, line }: { code: string; line: number }) => [code, line]),
      ).toEqual([
        ["BAD_USER_INPUT", 6],
        ["BAD_USER_INPUT", 7],
        ["BAD_USER_INPUT", 8],
        ["BAD_USER_INPUT", 9],
        ["BAD_USER_INPUT", 10],
      ]);
    }
    expect(await count()).toBe(before);
  });

  test("with a BOM, semicolons or tabs is read alike", async () => {
    for (const [at, change] of [
      (text: string) => `\uFEFF${text}`,
      (text: string) => text.replaceAll(",", ";"),
      (text: string) => text.replaceAll(",", "\t"),
    ].entries()) {
      const { status, json } = await uploaded(
        exchange,
        "deu-officer",
        change(GOOD(`2024-Q${at + 1}`)),
        {
          dryRun: "true",
        },
      );
      expect([at, status, json().figures]).toEqual([at, 200, 4]);
    }
  });

  test("as ministries really send them is read by its named layout: UNHCR's months, the Interior Ministry's columns", async () => {
    const real = (name: string) =>
      readFileSync(join(__dirname, "..", "subgraphs", "submission", "fixtures", name));
    const comment = { comment: "As published" };
    const asked = { mapping: "austria-asylum-wide", dryRun: "true", reason: "History", ...comment };
    const { status, json } = await uploaded(
      exchange,
      "aut-officer",
      real("austria_asylantraege_wide_de.csv"),
      asked,
    );
    const { figures, userErrors, understood } = json();
    expect({ understood: understood.mapping, figures: figures > 1_000 }).toEqual({
      understood: "austria-asylum-wide",
      figures: true,
    });
    // What the demo has released already is an amendment, and says so by its base version; nothing else is wrong with it.
    expect(status).toBe(422);
    expect(new Set(userErrors.map(({ rule }: { rule: string }) => rule))).toEqual(
      new Set(["revision-conflict"]),
    );
  });

  test("that the exchange has exported is one that it takes back", async () => {
    const asked = {
      reporters: "DEU",
      indicators: "FAC",
      from: "2023-Q1",
      to: "2023-Q1",
      by: "CITIZENSHIP",
    };
    const { text } = await exported(exchange, "deu-officer", asked);
    const back = await uploaded(exchange, "deu-officer", text, {
      dryRun: "true",
      baseVersion: "1",
      reason: "The total is as before",
      comment: "The total is left out",
    });
    expect(back.json()).toMatchObject({ figures: 2, userErrors: [] });
  });

  test("of another country's figures, or by who may not, is refused", async () => {
    const foreign = "indicator,period,reporter,value\nREF,2023-Q4,FRA,5\n";
    const { status, json } = await uploaded(exchange, "deu-officer", foreign);
    expect([status, json().userErrors[0]]).toMatchObject([
      422,
      { line: 2, message: expect.stringContaining("FRA's") },
    ]);
    expect((await uploaded(exchange, null, GOOD("2023-Q4"))).status).toBe(401);
    for (const client of [
      "deu-analyst",
      "deu-approver",
      "frontex-officer",
      "secretariat-desk",
      "auditor-desk",
    ]) {
      const refused = await uploaded(exchange, client, GOOD("2023-Q4"));
      const { userErrors, errors } = refused.json();
      const code = userErrors?.[0]?.code ?? errors?.[0]?.extensions.code;
      expect([client, refused.status, code]).toEqual([client, 403, "FORBIDDEN"]);
    }
  });

  test("of the wrong kind, size or mapping is refused before it is read", async () => {
    const asked = async (body: string | Buffer, parameters = {}, more = {}) => {
      const { status, json } = await uploaded(exchange, "deu-officer", body, parameters, more);
      return [status, json().errors[0].extensions.code];
    };
    expect(await asked("{}", {}, { "content-type": "application/json" })).toEqual([
      400,
      "BAD_USER_INPUT",
    ]);
    expect(await asked(GOOD("2023-Q4"), { mapping: "nothing" })).toEqual([400, "BAD_USER_INPUT"]);
    expect(await asked(GOOD("2023-Q4"), { dryRun: "perhaps" })).toEqual([400, "BAD_USER_INPUT"]);
    expect(await asked("")).toEqual([400, "BAD_USER_INPUT"]);
    expect(await asked(Buffer.alloc(65 * 1024 * 1024, "a"))).toEqual([400, "QUERY_TOO_COSTLY"]);
    expect(await asked("a,b\n1,2\n")).toEqual([400, "BAD_USER_INPUT"]);
    expect(await asked(GOOD("2023-Q4"), { encoding: "morse" })).toEqual([400, "BAD_USER_INPUT"]);
  });

  test("sent again under its key is taken once, and another file not under the same", async () => {
    const key = { "idempotency-key": "file-1" };
    const first = await uploaded(exchange, "hun-officer", GOOD("2023-Q1"), {}, key);
    const before = await count();
    const second = await uploaded(exchange, "hun-officer", GOOD("2023-Q1"), {}, key);
    expect([second.status, second.text]).toEqual([201, first.text]);
    const other = await uploaded(exchange, "hun-officer", GOOD("2023-Q2"), {}, key);
    expect([other.status, other.json().userErrors[0].code]).toEqual([
      422,
      "IDEMPOTENCY_KEY_REUSED",
    ]);
    expect(await count()).toBe(before);
  });
});

describe("the subgraph's route for files", () => {
  let subgraphs: Subgraphs;
  beforeAll(async () => {
    subgraphs = await openSubgraphs(exchange.databaseUrl);
  });
  afterAll(() => subgraphs?.stop());

  test("opens to the gateway's viewer assertion for just these bytes", async () => {
    const viewer = { id: "deu-officer", partner: "DEU", roles: ["OFFICER"] as const };
    const asked = { viewer, requestId: "test", channel: "GRAPHQL" } as const;
    const envelope = (route: string, digest?: string) =>
      JSON.stringify({ route, parameters: {}, file: digest ? { digest, type: "text/csv" } : null });
    const subgraph = subgraphs.named("indicators");
    const digest = createHash("sha256").update("other bytes").digest("base64url");
    const status = async (
      text: string,
      assertion: string | undefined,
      path: string | null = null,
    ) => (await subgraph.answerFile(text, assertion, path)).status;
    const good = envelope("GET /export");
    const assertion = () => subgraphs.signer.issue("indicators", good, asked);
    expect(await status(good, assertion())).toBe(400); // let in, and told what is missing
    expect(await status(good, undefined)).toBe(401);
    expect(await status(good, "forged.viewer assertion")).toBe(401);
    expect(await status(envelope("GET /export "), assertion())).toBe(401);
    expect(await status(good, subgraphs.signer.issue("sharing", good, asked))).toBe(401);
    const used = assertion();
    await status(good, used);
    expect(await status(good, used)).toBe(401);
    const unknown = envelope("GET /secrets");
    expect(await status(unknown, subgraphs.signer.issue("indicators", unknown, asked))).toBe(401);
    const swapped = envelope("POST /reports", digest);
    expect(
      await status(swapped, subgraphs.signer.issue("indicators", swapped, asked), __filename),
    ).toBe(401);
    expect(await status(good, assertion(), __filename)).toBe(401);
  });
});

test("who may not send is told so before the body is read", async () => {
  const token = await exchange.token("deu-analyst");
  const { hostname, port } = new URL(exchange.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /reports HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${token}\r\ncontent-type: text/csv\r\ncontent-length: 60000000\r\n\r\n`,
  );
  let answer = "";
  for await (const chunk of socket) answer += String(chunk);
  expect(answer).toMatch(/^HTTP\/1.1 403 /);
  expect(answer).toContain('"FORBIDDEN"');
});
