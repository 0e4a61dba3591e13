import { openAsOwner } from "../migrations/migrate";
import { parsePeriod, periodsBetween } from "../shared/period";
import { storeRelease } from "../subgraphs/indicators/release/release.service";

/** Made-up figures in the shape of the main job: what a benchmark needs is their number, not their truth. */
export const REPORTERS = [
  "AUT",
  "AZE",
  "BGD",
  "BGR",
  "BIH",
  "DEU",
  "FRA",
  "HUN",
  "IRN",
  "IRQ",
  "MKD",
  "SRB",
];
export const INDICATORS = ["ASY", "DOC", "FAC", "IBC", "IST", "REF"];
export const VIEWER = "pak-analyst";

export async function loadBenchWorld(url: string): Promise<void> {
  const dataSource = await openAsOwner(url);
  await dataSource.transaction(async (manager) => {
    for (const code of [...REPORTERS, "PAK"]) {
      await manager.query("INSERT INTO sharing.partner VALUES ($1, $1, 'NATIONAL_AUTHORITY')", [
        code,
      ]);
    }
    await manager.query(
      "INSERT INTO sharing.agreement (id, title, kind, convener) VALUES ('B01', 'Bench', 'MULTILATERAL', 'AUT')",
    );
    await manager.query(
      `INSERT INTO sharing.agreement_version (agreement_id, version, valid_from, proposed_by, proposed_at)
       VALUES ('B01', 1, '2020-01-01', 'AUT', '2020-01-01')`,
    );
    for (const [table, row] of [
      ["party (agreement_id, partner, since)", "'B01', code, '2020-01-01'::timestamptz"],
      [
        "signature (agreement_id, version, partner, state, since)",
        "'B01', 1, code, 'SIGNED', '2020-01-01'::timestamptz",
      ],
    ]) {
      await manager.query(`INSERT INTO sharing.${table} SELECT ${row} FROM sharing.partner`);
    }
    await manager.query(
      `INSERT INTO sharing.term (agreement_id, version, category, owners, viewers, indicators, detail, disclosure_control)
       VALUES ('B01', 1, 'STATISTICS', $1, $1, $2, '{CITIZENSHIP}', 'NONE')`,
      [[...REPORTERS, "PAK"], INDICATORS],
    );
    await manager.query(
      "INSERT INTO indicators.source VALUES ('BENCH', 'none', 'made up', 'here', 'none', 'made up')",
    );
    const [from, to] = [parsePeriod("2012-Q1"), parsePeriod("2017-Q4")];
    if (!from || !to) throw new Error("unreachable");
    for (const owner of REPORTERS) {
      for (const indicator of INDICATORS) {
        for (const period of periodsBetween(from, to)) {
          const at = new Date(period.end);
          const figures = figuresOf(owner, indicator, period.code);
          const release = {
            owner,
            indicator,
            period,
            submittedBy: "o",
            submittedAt: at,
            approvedBy: "a",
            releasedAt: at,
            figures,
          };
          await storeRelease(manager, release, {
            protecting: new Set(["ASY"]),
            countries: ["PAK"],
            secret: "bench",
          });
        }
      }
    }
  });
  await dataSource.query("ANALYZE");
  await dataSource.destroy();
}

function figuresOf(...seed: string[]) {
  const parts = ["AFG", "BGD", "IRN", "IRQ", "PAK", "SYR"].map((code, at) => ({
    dimensions: ["CITIZENSHIP"],
    key: [code],
    value: 20 + ((hash(seed.join("/")) >> at) % 4_000),
    status: "A",
    sourceId: "BENCH",
  }));
  const value = parts.reduce((sum, part) => sum + part.value, 0);
  return [{ dimensions: [], key: [], value, status: "A", sourceId: "BENCH" }, ...parts];
}

function hash(text: string): number {
  let value = 7;
  for (const letter of text) value = (value * 31 + letter.charCodeAt(0)) % 1_000_003;
  return value;
}
