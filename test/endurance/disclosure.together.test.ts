/** All agreements of one viewer together, which is more than each of them opens: nothing that is hidden is pinned down. */
import fc from "fast-check";
import { decide } from "../../shared/policy/decide";
import { anyReader, eachAlone, type Reader, readingOf, termsIn } from "../support/readers";
import { attackOn } from "../support/reading";
import { type Released, releaseAll, type Step } from "../support/releases";
import { anyReport, anyYear, type Dimension, FEW_PERSONS } from "../support/years";

/** More of everything, on demand: `ATTACKS=20 npx jest disclosure.together`. */
const TIMES = Number(process.env.ATTACKS ?? 1);
const sample = <T>(what: fc.Arbitrary<T>, times: number): T[] =>
  fc.sample(what, { seed: 20_261_124, numRuns: times * TIMES });

const LIST: readonly Dimension[] = ["CITIZENSHIP"];
const TABLE: readonly Dimension[] = ["CITIZENSHIP", "SEX"];
const CUBE: readonly Dimension[] = ["CITIZENSHIP", "SEX", "AGE_GROUP"];

/** Frontex reads whole tables, Pakistan those that are cut for it. */
const VIEWERS = ["FRONTEX", "PAK"];

interface World {
  readonly released: Released;
  readonly readers: readonly Reader[];
}

async function attackEach(worlds: readonly World[], judge: typeof decide) {
  const counted = { found: [] as string[], tables: 0, hidden: 0 };
  for (const { released, readers } of worlds) {
    for (const reader of readers) {
      for (const viewer of VIEWERS) {
        const tables = readingOf(released, reader, viewer, judge);
        const { found, hidden } = await attackOn(released.reports, tables, {
          indicator: "ASY",
          viewer,
        });
        const under = `for ${viewer} under ${termsIn(reader)}`;
        counted.found.push(
          ...found.map(({ cell, known }) => `${cell} in [${known.least}, ${known.most}] ${under}`),
        );
        counted.tables += tables.length;
        counted.hidden += hidden;
      }
    }
  }
  return counted;
}

test.each([
  ["years of lists", LIST, anyYear(LIST), 5, 24],
  ["years of few persons", LIST, anyYear(LIST, FEW_PERSONS), 12, 24],
  ["years of tables in two dimensions", TABLE, anyYear(TABLE), 1, 30],
  ["tables in three dimensions", CUBE, anyReport(CUBE, 5).map((step): Step[] => [step]), 3, 50],
] as const)("%s", async (name, dimensions, anyWorld, times, readersEach) => {
  const worlds: World[] = [];
  const readers = sample(anyReader(dimensions), times * readersEach);
  for (const steps of sample<Step[]>(anyWorld, times)) {
    const released = await releaseAll(steps, { indicator: "ASY", countries: ["PAK"] });
    worlds.push({ released, readers: readers.splice(0, readersEach) });
  }
  const { found, tables, hidden } = await attackEach(worlds, decide);
  const alone = await attackEach(worlds, eachAlone);
  process.stdout.write(
    `${name}: ${found.length} cells found in ${tables} tables that hide ${hidden} cells; were each agreement read for ` +
      `itself, ${alone.found.length} in ${alone.tables}\n`,
  );
  expect(found).toEqual([]);
  expect(hidden).toBeGreaterThan(100);
  expect(tables).toBeGreaterThan(alone.tables * 0.8);
  expect(alone.found.length).toBeGreaterThan(0);
});
