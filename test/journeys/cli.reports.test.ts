/** `accord submit`, `export` and `status` against a running exchange, as a script would call them. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { sheetOf } from "../support/files";
import { approve, seen } from "../support/reports";

const ACCORD = join(__dirname, "..", "..", "cli", "accord.cjs");
let exchange: ExchangeUnderTest;
let folder: string;
beforeAll(async () => {
  exchange = await openExchange();
  folder = mkdtempSync(join(tmpdir(), "accord-cli-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await exchange?.stop();
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function accord(client: string, ...args: string[]): Promise<Ended> {
  const env = {
    ...process.env,
    ACCORD_URL: exchange.url,
    ACCORD_CLIENT_ID: client,
    ACCORD_CLIENT_SECRET: "demo",
  };
  const child = spawn(process.execPath, [ACCORD, ...args], { cwd: folder, env });
  const ended = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      ended[name] += text;
    });
  }
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, ...ended })));
}

const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return name;
};
const GOOD =
  "indicator,period,citizenship,value\nFAC,2024-Q1,,300\nFAC,2024-Q1,AFG,200\nFAC,2024-Q1,SYR,100\n";

test("a good file is accepted in a dry run, then submitted, released and shown", async () => {
  const name = file("good.csv", GOOD);
  const dry = await accord("deu-officer", "submit", name, "--dry-run");
  expect(dry).toEqual({
    code: 0,
    stdout: "Accepted in a dry run: 3 figures; nothing was submitted.\n",
    stderr: "",
  });
  const { code, stdout } = await accord("deu-officer", "submit", name, "--format", "json");
  const { reports } = JSON.parse(stdout);
  expect([code, reports]).toMatchObject([
    0,
    [{ indicator: "FAC", period: "2024-Q1", version: 1, state: "SUBMITTED" }],
  ]);
  await approve(exchange, "deu-approver", reports[0].id);
  expect(
    await seen(exchange, "frontex-analyst", {
      owner: "DEU",
      indicator: "FAC",
      period: "2024-Q1",
      citizenship: "AFG",
    }),
  ).toBe(200);
});

test("a bad file is rejected with every fault on a line, and code 1", async () => {
  const name = file(
    "bad.csv",
    `${GOOD.replaceAll("2024-Q1", "2024-Q2")}FAC,2024-Q2,AFX,7\nFAC,2024-Q2,PAK,1 2x\n`,
  );
  const { code, stdout } = await accord("deu-officer", "submit", name, "--dry-run");
  expect(code).toBe(1);
  expect(stdout.split("\n").slice(0, 4)).toEqual([
    "Rejected: 3 faults, nothing was submitted.",
    expect.stringMatching(/^bad\.csv:2:4 parts-above-whole /),
    expect.stringMatching(
      /^bad\.csv:5:4 unknown-code "AFX" is no code of CITIZENSHIP\. Did you mean AFG/,
    ),
    expect.stringMatching(/^bad\.csv:6:4 unreadable "1 2x" is no number\. /),
  ]);
});

test("who may not is told so with 4, a wrong call with 2, a silent exchange with 3", async () => {
  const name = file("good.csv", GOOD);
  expect((await accord("fra-analyst", "submit", name)).code).toBe(4);
  expect((await accord("nobody", "submit", name)).code).toBe(4);
  expect((await accord("deu-officer", "submit", "missing.csv")).code).toBe(2);
  expect((await accord("deu-officer", "submit", name, "--mapping", "nothing")).code).toBe(2);
  expect((await accord("deu-officer", "submit", name, "--url", "http://127.0.0.1:1")).code).toBe(3);
  const asked = [
    "--reporters",
    "AUT",
    "--indicators",
    "ASY",
    "--from",
    "2015-Q1",
    "--to",
    "2015-Q4",
  ];
  expect((await accord("deu-analyst", "export", ...asked, "--by", "SHOE_SIZE")).code).toBe(2);
  expect((await accord("deu-analyst", "export", ...asked, "--format", "pdf")).code).toBe(2);
});

test("an export goes to standard output or into a file, with nothing beside it", async () => {
  const asked = [
    "--reporters",
    "AUT,HUN",
    "--indicators",
    "ASY",
    "--from",
    "2015-Q3",
    "--to",
    "2015-Q4",
    "--by",
    "CITIZENSHIP",
    "--citizenships",
    "AFG",
  ];
  const { code, stdout, stderr } = await accord("frontex-analyst", "export", ...asked);
  const rows: Record<string, string>[] = parse(stdout, { columns: true });
  expect([code, stderr, rows.length]).toEqual([0, "", 4]);
  expect(rows.at(-2)).toMatchObject({
    reporter: "HUN",
    period: "2015-Q3",
    citizenship: "AFG",
    value: "27640",
    marking: "TLP:AMBER",
  });
  const written = await accord(
    "frontex-analyst",
    "export",
    ...asked,
    "--format",
    "xlsx",
    "--output",
    "figures.xlsx",
  );
  expect(written).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(sheetOf(readFileSync(join(folder, "figures.xlsx")))[3]?.slice(3, 6)).toEqual([
    "2015-Q3",
    "AFG",
    27640,
  ]);
});

test("the status tells what is late, and says so by its code", async () => {
  const { code, stdout } = await accord(
    "aut-analyst",
    "status",
    "--indicators",
    "ASY",
    "--from",
    "2015-Q3",
    "--to",
    "2015-Q4",
  );
  expect(code).toBe(0);
  expect(stdout.split("\n")[1]).toMatch(
    /^AUT\s+ASY\s+2015-Q3\s+RELEASED\s+2015-11-15\s+2015-11-15\s+1\s+0\s/,
  );
  const late = await accord("aut-analyst", "status", "--format", "json");
  expect(late.code).toBe(1);
  expect(JSON.parse(late.stdout)).toHaveLength(6 * 4);
  expect((await accord("frontex-analyst", "status")).code).toBe(2);
});
