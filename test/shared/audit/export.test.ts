import { canonical } from "../../../shared/audit/canonical";
import { exportLines } from "../../../shared/audit/export";
import { linesOf } from "../../../shared/audit/lines";
import {
  check,
  entriesOf,
  found,
  headsOf,
  linesOfExport,
  listed,
  newKeys,
  sealed,
} from "../../support/disclosure-log";

const keys = newKeys();
const HEADER = { log: "AUT", exportedAt: "2026-02-01T00:00:00.000Z", keys: [listed(keys)] };

describe("an exported log", () => {
  test("has each head right behind the last entry that it covers", async () => {
    const lines = await linesOfExport(sealed(5, [0, 2, 2, 4], keys));
    expect(lines.map((line) => Object.keys(JSON.parse(line))[0])).toEqual([
      "format",
      "head",
      "entry",
      "entry",
      "head",
      "head",
      "entry",
      "entry",
      "head",
      "entry",
    ]);
  });

  test("is whole: every entry, every head, nothing found", async () => {
    const log = sealed(5, [0, 2, 2, 5], keys);
    expect(
      await check(await linesOfExport(log), { heldHeads: log.heads, pinnedKeys: [keys.publicKey] }),
    ).toEqual({
      valid: true,
      log: "AUT",
      entries: 5,
      unsealed: 0,
      head: log.heads[3],
      heldHeads: 4,
      keys: "PINNED",
      faults: [],
    });
  });

  test("says how many entries no head covers yet, and which keys it was believed with", async () => {
    const report = await check(await linesOfExport(sealed(7, [3, 4], keys)));
    expect(report).toMatchObject({
      valid: true,
      entries: 7,
      unsealed: 3,
      heldHeads: 0,
      keys: "AS_FOUND_IN_FILE",
    });
  });

  test("proves nothing without a head, even when it is empty", async () => {
    expect(found(await check(await linesOfExport(sealed(3, [], keys))))).toEqual([
      "NOTHING_SEALED",
    ]);
    expect(found(await check(await linesOfExport(sealed(0, [], keys))))).toEqual([
      "NOTHING_SEALED",
    ]);
    expect(found(await check(await linesOfExport(sealed(0, [0], keys))))).toEqual([]);
  });

  test("keeps heads in their places where an entry is gone from the table, so that the stretch can be named", async () => {
    const entries = entriesOf(6);
    const placed = entries
      .map((entry, index) => ({ index, text: canonical(entry) }))
      .filter(({ index }) => index !== 3);
    const lines: string[] = [];
    for await (const line of exportLines(HEADER, placed, headsOf(entries, [2, 4, 6], keys)))
      lines.push(line);
    expect(found(await check(lines))).toEqual(["ENTRY_MISSING 6"]);
  });
});

describe("a file that is no export", () => {
  const header = JSON.stringify({ format: "accord-disclosure-log/1", ...HEADER });
  test.each([
    ["nothing", []],
    ["an empty line", [""]],
    ["bytes that are no text", [null]],
    ["other JSON", ["{}"]],
    ["a list", ["[]"]],
    ["null", ["null"]],
    ["another version", [header.replace("log/1", "log/2")]],
    ["a log without a code", [header.replace('"AUT"', '"aut"')]],
    ["no list of keys", [header.replace(/"keys":.*/, '"keys":{}}')]],
    ["a list of something else", [header.replace(/"keys":.*/, '"keys":[null]}')]],
    ["an export without its header", ['{"entry":{"a":1}}']],
  ])("is told once, and not read on: %s", async (_, lines) => {
    const report = await check([...lines, "x", "y"]);
    expect(found(report)).toEqual(["NOT_AN_EXPORT 1"]);
    expect(report).toMatchObject({ valid: false, log: null, entries: 0, head: null });
  });
});

describe("a line", () => {
  const log = sealed(4, [2, 4], keys);
  const withLine = async (line: string | null, at: number) =>
    (await linesOfExport(log)).with(at, line as string);

  test.each(
    [
      [
        "",
        " ",
        "x",
        "{",
        "null",
        "[]",
        "{}",
        '"entry"',
        '{"entry":null}',
        '{"entry":[]}',
        '{"entry":{"a":1.5}}',
      ],
      [
        '{"entry":{"a":{}}}',
        '{"head":{}}',
        '{"head":null}',
        '{"entry":{"a":1},"head":{}}',
        '{"entry":{"a":"\\ud83d"}}',
      ],
      ['{"tail":{}}', '{"entry":{"a":1}}}', '{"entry":{"a":undefined}}', null],
    ].flat(),
  )("that nobody can read is a fault, and accuses nobody of more: %j", async (line) => {
    const report = await check(await withLine(line, 1), { heldHeads: log.heads });
    expect(found(report)).toEqual(["LINE_UNREADABLE 2"]);
    expect(report.head).toBeNull();
  });

  test.each([
    ["blanks", (line: string) => line.replace('{"entry":', '{"entry": ')],
    ["a blank behind", (line: string) => `${line} `],
    ["a number written at length", (line: string) => line.replace('"id":1,', '"id":1.0,')],
    ["a letter written as its code", (line: string) => line.replace('"viewer"', '"\\u0076iewer"')],
    [
      "names in another order",
      (line: string) => line.replace('"actor":null,', "").replace("}}", ',"actor":null}}'),
    ],
    [
      "a name twice: others may read the first",
      (line: string) => line.replace("{", '{"entry":{"viewer":"XXX"},'),
    ],
    ["a member twice", (line: string) => line.replace('"viewer"', '"viewer":"XXX","viewer"')],
    ["something beside the entry", (line: string) => line.replace(/}$/, ',"note":"x"}')],
  ])("that two programs could read differently is a fault: %s", async (_, change) => {
    const lines = await linesOfExport(log);
    const changed = change(lines[1] as string);
    expect(changed).not.toBe(lines[1]);
    expect(found(await check(lines.with(1, changed)))).toEqual(["LINE_NOT_CANONICAL 2"]);
  });

  test("may end as Windows ends lines, and the file may begin with a byte order mark", async () => {
    const text = `\ufeff${(await linesOfExport(log)).join("\r\n")}\r\n`;
    async function* chunks() {
      yield Buffer.from(text);
    }
    const lines: (string | null)[] = [];
    for await (const line of linesOf(chunks())) lines.push(line);
    expect(found(await check(lines))).toEqual([]);
  });
});

describe("lines of a file", () => {
  async function split(...chunks: (string | Buffer)[]): Promise<(string | null)[]> {
    async function* each() {
      for (const chunk of chunks) yield Buffer.from(chunk);
    }
    const lines: (string | null)[] = [];
    for await (const line of linesOf(each())) lines.push(line);
    return lines;
  }

  test("are the same wherever the file is cut into chunks, through a character too", async () => {
    const text = Buffer.from("a\n\u20ac\u{1f600}\n\nlast");
    for (let cut = 0; cut <= text.length; cut += 1) {
      expect(await split(text.subarray(0, cut), text.subarray(cut))).toEqual([
        "a",
        "\u20ac\u{1f600}",
        "",
        "last",
      ]);
    }
    expect(await split("a\n")).toEqual(["a"]);
    expect(await split()).toEqual([]);
  });

  test("that are not UTF-8 are no text: no byte is mended into what was sealed", async () => {
    expect(await split(Buffer.from([0x61, 0xff, 0x0a, 0x62]))).toEqual([null, "b"]);
  });

  test("longer than a line can be are no text, and do not fill the memory", async () => {
    const megabyte = "x".repeat(1 << 20);
    expect(await split(megabyte, "\n", megabyte, "x\nb\n", megabyte, megabyte)).toEqual([
      megabyte,
      null,
      "b",
      null,
    ]);
  });
});
