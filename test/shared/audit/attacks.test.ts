import type { Flat } from "../../../shared/audit/canonical";
import { signHead, type TreeHead } from "../../../shared/audit/head";
import { rootOf } from "../../../shared/audit/merkle";
import {
  check,
  entryOf,
  found,
  headsOf,
  leavesOf,
  linesOfExport,
  listed,
  newKeys,
  type Sealed,
  sealed,
} from "../../support/disclosure-log";

/** What an operator may try who holds the database, the exporter and, in the last chapter, the signing key. */
const keys = newKeys();
const other = newKeys();
const log = sealed(12, [4, 8, 12], keys);
const [, middle, last] = log.heads as [TreeHead, TreeHead, TreeHead];
const pinned = { pinnedKeys: [keys.publicKey] };

/** Line 1 is the header; heads stand on lines 6, 11 and 16. */
let lines: string[];
beforeAll(async () => {
  lines = await linesOfExport(log);
  expect(found(await check(lines, { ...pinned, heldHeads: log.heads }))).toEqual([]);
});

const ENTRY_LINES = [2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 14, 15];
const headLineAfter = (line: number): number => (line < 6 ? 6 : line < 11 ? 11 : 16);
const lineOf = (entry: Flat): string => `{"entry":${JSON.stringify(sorted(entry))}}`;
const sorted = (entry: Flat): Flat =>
  Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));

describe("of a log that was sealed, each is found and named, and the last head before it is still good:", () => {
  test.each(ENTRY_LINES)("an entry changed (line %d)", async (line) => {
    const changed = (lines[line - 1] as string).replace('"actor":null', '"actor":"x"');
    const report = await check(lines.with(line - 1, changed), pinned);
    expect(found(report)).toEqual([`ENTRY_CHANGED ${headLineAfter(line)}`]);
    expect(report.head?.size ?? 0).toBe(
      headLineAfter(line) === 6 ? 0 : headLineAfter(line) === 11 ? 4 : 8,
    );
  });

  test.each(ENTRY_LINES.slice(0, -1))("an entry deleted (line %d)", async (line) => {
    const report = await check(lines.toSpliced(line - 1, 1), pinned);
    // The last stretch without an entry in the middle ends early: the end is all that can be seen to be missing.
    const expected = line < 11 ? `ENTRY_MISSING ${headLineAfter(line) - 1}` : "TAIL_CUT 15";
    expect(found(report)).toEqual([expected]);
  });

  test.each(ENTRY_LINES)("an entry inserted (before line %d)", async (line) => {
    for (const entry of [lineOf(entryOf(99)), lines[line - 1] as string]) {
      const report = await check(lines.toSpliced(line - 1, 0, entry), pinned);
      expect(found(report)).toEqual([`ENTRY_ADDED ${headLineAfter(line) + 1}`]);
    }
  });

  test("entries in another order, within a stretch and across stretches", async () => {
    for (const one of ENTRY_LINES) {
      for (const two of ENTRY_LINES.filter((line) => line > one)) {
        const swapped = lines
          .with(one - 1, lines[two - 1] as string)
          .with(two - 1, lines[one - 1] as string);
        expect(found(await check(swapped, pinned))).toEqual([
          `ENTRY_CHANGED ${headLineAfter(one)}`,
        ]);
      }
    }
  });

  test("the tail cut off, its heads left", async () => {
    expect(found(await check(lines.toSpliced(11, 4), pinned))).toEqual(["TAIL_CUT 12"]);
    expect(found(await check(lines.toSpliced(14, 1), pinned))).toEqual(["TAIL_CUT 15"]);
  });

  test.each([15, 14, 12, 11, 10, 6, 1])(
    "the tail cut off with its heads (after line %d), to who holds a head",
    async (end) => {
      const report = await check(lines.slice(0, end), { ...pinned, heldHeads: [last] });
      // With every entry in the file the held head itself is what seals them, whatever became of its line.
      const codes = end === 15 ? [] : ["TAIL_CUT"];
      expect(found(report)).toEqual(end < 6 ? ["NOTHING_SEALED", ...codes] : codes);
    },
  );
});

describe("a head is found out", () => {
  test.each([
    ["whose size", '"size":8', '"size":7'],
    ["whose root", middle.root, last.root],
    ["whose time", middle.at, middle.at.replace("2026", "2027")],
    ["whose signature", middle.signature, last.signature],
  ])("%s was changed", async (_, from, to) => {
    const changed = (lines[10] as string).replace(from, to);
    expect(found(await check(lines.with(10, changed), pinned))).toEqual(["SIGNATURE_INVALID 11"]);
  });

  test("that covers a changed entry with a new root, but cannot be signed", async () => {
    const changed = lines.with(6, (lines[6] as string).replace('"actor":null', '"actor":"x"'));
    const entries = log.entries.with(4, { ...entryOf(4), actor: "x" });
    const root = rootOf(leavesOf(entries.slice(0, 8)));
    const report = await check(
      changed.with(10, (lines[10] as string).replace(middle.root, root)),
      pinned,
    );
    expect(found(report)).toEqual(["SIGNATURE_INVALID 11", "ENTRY_CHANGED 16"]);
  });

  test("that stands out of turn", async () => {
    const swapped = lines.with(10, lines[15] as string).with(15, lines[10] as string);
    expect(found(await check(swapped, pinned))).toEqual([
      "ENTRY_MISSING 11",
      "HEAD_NOT_GROWING 16",
    ]);
  });

  test("that is dated before an earlier one", async () => {
    const { size, root } = last;
    const back = signHead(
      { log: "AUT", size, root, at: "2026-01-01T00:00:00.000Z" },
      keys.privateKey,
    );
    const report = await check(
      await linesOfExport({ ...log, heads: [...log.heads.slice(0, 2), back] }),
      pinned,
    );
    expect(found(report)).toEqual(["HEAD_NOT_GROWING 16"]);
  });

  test("that is smaller than an earlier one, though dated after it", async () => {
    const { size, root } = middle;
    const small = signHead(
      { log: "AUT", size, root, at: "2026-01-31T00:00:00.000Z" },
      keys.privateKey,
    );
    const report = await check([...lines, `{"head":${JSON.stringify(sorted(small))}}`], pinned);
    expect(found(report)).toEqual(["HEAD_NOT_GROWING 17"]);
  });

  test("that was signed for another owner's log", async () => {
    const heads = headsOf(log.entries, [4, 8, 12], keys, "HUN");
    expect(found(await check(await linesOfExport({ ...log, heads }), pinned))).toEqual([
      "HEAD_OF_ANOTHER_LOG 6",
    ]);
  });
});

describe("another key", () => {
  const resigned = (key = other): TreeHead[] =>
    log.heads.map(({ log: name, size, root, at }) =>
      signHead({ log: name, size, root, at }, key.privateKey),
    );
  const exported = (change: Partial<Sealed>) => linesOfExport({ ...log, ...change });

  test("signs nothing for who has pinned the exchange's", async () => {
    const report = await check(
      await exported({ heads: resigned(), keys: [listed(keys), listed(other)] }),
      pinned,
    );
    expect(found(report)).toEqual(["KEY_NOT_PINNED 6"]);
    expect(report.faults[0]?.times).toBe(3);
    expect(report.head).toBeNull();
  });

  test("signs nothing while the file does not even list it", async () => {
    expect(found(await check(await exported({ heads: resigned() })))).toEqual(["KEY_UNKNOWN 6"]);
    expect(found(await check(await exported({ heads: resigned() }), pinned))).toEqual([
      "KEY_UNKNOWN 6",
    ]);
  });

  test("signs nothing under the name of the right one", async () => {
    const heads = resigned().map((head) => ({ ...head, keyId: last.keyId }));
    expect(found(await check(await exported({ heads }), pinned))).toEqual(["SIGNATURE_INVALID 6"]);
    const mislabelled = [{ ...listed(other), keyId: last.keyId }];
    expect(found(await check(await exported({ heads, keys: mislabelled })))).toEqual([
      "KEY_MISLABELLED 1",
      "KEY_UNKNOWN 6",
    ]);
  });

  test("is believed where nobody pinned one, and the report says so", async () => {
    const report = await check(await exported({ heads: resigned(), keys: [listed(other)] }));
    expect(report).toMatchObject({ valid: true, keys: "AS_FOUND_IN_FILE" });
  });

  test("may follow the first one, once both are pinned", async () => {
    const heads = [...log.heads.slice(0, 2), resigned()[2] as TreeHead];
    const file = await exported({ heads, keys: [listed(keys), listed(other)] });
    expect(found(await check(file, { pinnedKeys: [keys.publicKey, other.publicKey] }))).toEqual([]);
    expect(found(await check(file, pinned))).toEqual(["KEY_NOT_PINNED 16"]);
  });
});

describe("who holds a head from before finds out", () => {
  const rewritten = (count = 12, sizes = [4, 8, 12]): Sealed => {
    const entries = log.entries.slice(0, count).with(1, { ...entryOf(1), viewer: "NOBODY" });
    return { entries, heads: headsOf(entries, sizes, keys), keys: log.keys };
  };

  test("a past that was written anew and signed with the right key", async () => {
    const file = await linesOfExport(rewritten());
    expect(found(await check(file, pinned))).toEqual([]);
    expect(found(await check(file, { ...pinned, heldHeads: [last] }))).toEqual([
      "HELD_HEAD_NOT_ON_PATH",
    ]);
    expect(found(await check(file, { ...pinned, heldHeads: [middle] }))).toEqual([
      "HELD_HEAD_NOT_ON_PATH",
    ]);
  });

  test("the same where no head in the file has the size of the held one", async () => {
    const file = await linesOfExport(rewritten(12, [3, 12]));
    expect(found(await check(file, { ...pinned, heldHeads: [middle] }))).toEqual([
      "HELD_HEAD_NOT_ON_PATH",
    ]);
    const honest = await linesOfExport({ ...log, heads: headsOf(log.entries, [3, 12], keys) });
    expect(found(await check(honest, { ...pinned, heldHeads: [middle] }))).toEqual([]);
  });

  test("a log sealed anew without its tail", async () => {
    const file = await linesOfExport(sealed(7, [4, 7], keys));
    expect(found(await check(file, pinned))).toEqual([]);
    const report = await check(file, { ...pinned, heldHeads: log.heads });
    expect(found(report)).toEqual(["TAIL_CUT"]);
    expect([report.heldHeads, report.faults[0]?.times]).toEqual([1, 2]);
  });

  test("a head that cannot be reached for damage before it", async () => {
    const report = await check(lines.toSpliced(3, 1), { ...pinned, heldHeads: log.heads });
    expect(found(report)).toEqual(["ENTRY_MISSING 5", "HELD_HEAD_NOT_ON_PATH"]);
  });

  test("that what it holds is no head of this log", async () => {
    const hungary = headsOf(log.entries, [4], keys, "HUN");
    for (const wrong of [...hungary, { ...last, size: 11 }, ...headsOf(log.entries, [4], other)]) {
      const report = await check(lines, { ...pinned, heldHeads: [middle, wrong] });
      expect(found(report)).toEqual(["HELD_HEAD_INVALID"]);
      expect(report.heldHeads).toBe(1);
    }
  });
});
