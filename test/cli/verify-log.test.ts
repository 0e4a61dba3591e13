import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TreeHead } from "../../shared/audit/head";
import { headsOf, linesOfExport, newKeys, pemOf, sealed } from "../support/disclosure-log";

const ACCORD = join(__dirname, "..", "..", "cli", "accord.cjs");

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The installed command, in a process of its own and in a folder that is not the repository. */
function accord(args: readonly string[], input?: string): Promise<Ended> {
  const child = spawn(process.execPath, [ACCORD, ...args], { cwd: folder });
  const ended = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      ended[name] += text;
    });
  }
  child.stdin.end(input);
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, ...ended })));
}

let folder: string;
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const keys = newKeys();
const log = sealed(9, [3, 8], keys);
const [first, last] = log.heads as [TreeHead, TreeHead];
let lines: string[];
let whole: string;
let key: string;
let kept: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "accord-cli-"));
  lines = await linesOfExport(log);
  whole = file("aut.jsonl", `${lines.join("\n")}\n`);
  key = file("exchange.pem", pemOf(keys.publicKey));
  kept = file("kept.json", JSON.stringify(first));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a log that is whole ends with 0", () => {
  test("and says what the verdict rests on, and which head to keep", async () => {
    const { code, stdout, stderr } = await accord([
      "verify-log",
      whole,
      "--head",
      kept,
      "--key",
      key,
    ]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(
      [
        `VALID  The log of AUT: 9 entries, sealed up to number 8, ${last.at}.`,
        "",
        "Keys    those that you gave.",
        "Heads   the entries lead through 1 of the 1 that you gave.",
        "Unsealed  1 entry at the end: recorded, proved by no head.",
        "",
        "Keep this head, and give it with --head the next time:",
        `${JSON.stringify(last)}\n`,
      ].join("\n"),
    );
  });

  test("and says plainly what it took from the file itself", async () => {
    const { code, stdout } = await accord(["verify-log", whole]);
    expect(code).toBe(0);
    expect(stdout).toContain(
      "as the file itself lists them: whoever made the file could have chosen them.",
    );
    expect(stdout).toContain(
      "none of yours was given: a log cut short at one of its heads looks whole.",
    );
  });

  test("in JSON for scripts, and from standard input", async () => {
    const { code, stdout } = await accord(
      ["verify-log", "-", "--format", "json"],
      `${lines.join("\n")}\n`,
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      valid: true,
      log: "AUT",
      entries: 9,
      unsealed: 1,
      head: last,
      heldHeads: 0,
      keys: "AS_FOUND_IN_FILE",
      faults: [],
    });
  });

  test("whichever way the held heads were kept", async () => {
    const report = JSON.stringify({ valid: true, head: first }, null, 2);
    const ways = [
      JSON.stringify({ ...first, __typename: "TreeHead" }),
      report,
      `${JSON.stringify(first)}\n{"head":${JSON.stringify(last)}}\n`,
    ];
    const options = ways.flatMap((content, at) => ["--head", file(`kept-${at}.json`, content)]);
    const { stdout } = await accord(["verify-log", ...options, whole]);
    expect(stdout).toContain("the entries lead through 4 of the 4 that you gave.");
  });
});

describe("a log that was bent ends with 1", () => {
  test("and says where, what it means and what to do", async () => {
    const bent = file(
      "bent.jsonl",
      lines.with(2, (lines[2] as string).replace("SRB", "HUN")).join("\n"),
    );
    const { code, stdout } = await accord(["verify-log", bent, "--key", key]);
    expect(code).toBe(1);
    expect(stdout.split("\n").slice(0, 5)).toEqual([
      "NOT VALID",
      "",
      "ENTRY_CHANGED at line 5",
      expect.stringMatching(
        /^ {2}The entries are not those that were sealed: .* among entries 1 to 3\.$/,
      ),
      expect.stringMatching(/^ {2}Keep the file and its heads as evidence/),
    ]);
    expect(stdout).not.toContain("Keep this head");
  });

  test("when it is cut short of a head that was kept, which it does not see otherwise", async () => {
    const cut = file("cut.jsonl", lines.slice(0, 5).join("\n"));
    const head = file("last.json", JSON.stringify(last));
    expect((await accord(["verify-log", cut, "--key", key])).code).toBe(0);
    const { code, stdout } = await accord([
      "verify-log",
      cut,
      "--key",
      key,
      "--head",
      head,
      "--format",
      "json",
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).faults).toEqual([
      expect.objectContaining({ code: "TAIL_CUT", times: 1 }),
    ]);
  });

  test("when another key signed it", async () => {
    const other = newKeys();
    const heads = headsOf(log.entries, [8], other);
    const forged = file(
      "forged.jsonl",
      (await linesOfExport({ ...sealed(9, [], other), heads })).join("\n"),
    );
    expect((await accord(["verify-log", forged])).code).toBe(0);
    const { code, stdout } = await accord(["verify-log", forged, "--key", key]);
    expect([code, stdout]).toEqual([1, expect.stringContaining("KEY_NOT_PINNED at line 10")]);
  });

  test("when it is no log, and shows nothing of what it is to the terminal", async () => {
    const { code, stdout } = await accord(["verify-log", file("no.jsonl", "\u001b[2Jsecret\n{}")]);
    expect([code, stdout]).toEqual([1, expect.stringContaining("NOT_AN_EXPORT at line 1")]);
    for (const text of ["\u001b", "secret"]) expect(stdout).not.toContain(text);
  });
});

describe("a call that is wrong ends with 2, prints no verdict, and says how to mend it:", () => {
  test.each<[string, () => string[], string]>([
    ["no command", () => [], "Usage: accord [options] [command]"],
    ["an unknown command", () => ["verify-lgo"], "Did you mean verify-log?"],
    ["an unknown option", () => ["verify-log", whole, "--haed", kept], "Did you mean --head?"],
    ["no file", () => ["verify-log"], "missing required argument 'file'"],
    ["two files", () => ["verify-log", whole, whole], "too many arguments"],
    [
      "another format",
      () => ["verify-log", whole, "--format", "xml"],
      "Allowed choices are text, json.",
    ],
    [
      "a file that is not there",
      () => ["verify-log", "none.jsonl"],
      "none.jsonl cannot be read (ENOENT).",
    ],
    ["a folder", () => ["verify-log", folder], "cannot be read (EISDIR)."],
    [
      "a key that is not there",
      () => ["verify-log", whole, "--key", "none.pem"],
      "none.pem cannot be read (ENOENT).",
    ],
    [
      "a key that is none",
      () => ["verify-log", whole, "--key", kept],
      "kept.json: this is no Ed25519 public key in PEM.",
    ],
    [
      "a private key",
      () => ["verify-log", whole, "--key", secret()],
      "secret.pem: this is a private key;",
    ],
    [
      "a head that is none",
      () => ["verify-log", whole, "--head", key],
      "exchange.pem is no file of heads",
    ],
    [
      "no head in the file of heads",
      () => ["verify-log", whole, "--head", file("empty.json", "")],
      "is no file of heads",
    ],
  ])("%s", async (_, args, says) => {
    const { code, stdout, stderr } = await accord(args());
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/ at .*\.ts:/);
  });

  const secret = () =>
    file("secret.pem", keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString());
});

test("help and version are no mistake", async () => {
  expect(await accord(["--version"])).toEqual({ code: 0, stdout: "0.1.0\n", stderr: "" });
  const { code, stdout } = await accord(["verify-log", "--help"]);
  expect([code, stdout]).toEqual([
    0,
    expect.stringContaining("Exit codes: 0 valid, 1 not valid, 2 called wrongly"),
  ]);
});
