import { canonical } from "../../shared/audit/canonical";
import { exportLines, type PlacedEntry } from "../../shared/audit/export";
import { signHead, type TreeHead } from "../../shared/audit/head";
import { linesOf } from "../../shared/audit/lines";
import { frontier, leafHash } from "../../shared/audit/merkle";
import { type Report, verifyExport } from "../../shared/audit/verify";
import { entryOf, listed, newKeys } from "../support/disclosure-log";

const COUNT = 100_000;
const keys = newKeys();

/** Made as they are read: neither writer nor verifier ever has the log as a whole. */
function* entries(count: number): Generator<PlacedEntry> {
  for (let index = 0; index < count; index += 1) yield { index, text: canonical(entryOf(index)) };
}

function* heads(count: number, every: number): Generator<TreeHead> {
  const tree = frontier();
  for (const { text } of entries(count)) {
    tree.append(leafHash(text));
    if (tree.size % every !== 0) continue;
    const at = new Date(Date.UTC(2026, 6, 1) + tree.size).toISOString();
    yield signHead({ log: "AUT", size: tree.size, root: tree.root(), at }, keys.privateKey);
  }
}

/** @param bend changes a line as it is written, or drops it. */
async function verify(bend: (line: string, number: number) => string | null): Promise<Report> {
  const header = { log: "AUT", exportedAt: "2026-07-02T00:00:00.000Z", keys: [listed(keys)] };
  async function* bytes() {
    let number = 0;
    for await (const line of exportLines(header, entries(COUNT), heads(COUNT, 100))) {
      number += 1;
      const written = bend(line, number);
      if (written !== null) yield Buffer.from(`${written}\n`);
    }
  }
  return verifyExport(linesOf(bytes()), { pinnedKeys: [keys.publicKey] });
}

test("a log of 100,000 entries and 1,000 heads is checked as it streams by", async () => {
  const started = performance.now();
  let most = 0;
  const report = await verify((line, number) => {
    if (number % 1_000 === 0) most = Math.max(most, process.memoryUsage().rss);
    return line;
  });
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  process.stdout.write(
    `made and verified in ${seconds} s, at most ${Math.round(most / 1e6)} MB resident\n`,
  );
  expect(report).toMatchObject({ valid: true, entries: COUNT, unsealed: 0, faults: [] });
  expect(report.head?.size).toBe(COUNT);
});

test("and one letter in it is found, with the hundred entries that it is among", async () => {
  const report = await verify((line, number) =>
    number === 70_000 ? line.replace("HUN", "HUM").replace("SRB", "SRV") : line,
  );
  expect(report.faults.map(({ code, message }) => [code, message])).toEqual([
    ["ENTRY_CHANGED", expect.stringContaining("It is among entries 69301 to 69400.")],
  ]);
});
