import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";

/** Every cell that the catalogue knows, of every quarter and year: the largest file a country could send. Parts add up. */

interface Cube {
  dimensions: string[];
}

const REFERENCE = join(__dirname, "..", "migrations", "reference");
const INDICATORS: { code: string; cubes: Cube[] }[] = JSON.parse(
  readFileSync(join(REFERENCE, "indicators.json"), "utf8"),
);
const rows = (name: string): Record<string, string>[] =>
  parse(readFileSync(join(REFERENCE, name)), { columns: true });
const AREAS = rows("areas.csv").flatMap(({ code = "", kind }) =>
  kind === "COUNTRY" ? [code] : [],
);
const NESTED = /_UNACC|_ACC|^_/;
const CODES = new Map<string, string[]>();
for (const { dimension = "", code = "" } of rows("codelists.csv")) {
  if (!NESTED.test(code)) CODES.set(dimension, [...(CODES.get(dimension) ?? []), code]);
}
const DIMENSIONS = ["CITIZENSHIP", "COUNTRY_OF_ISSUANCE", ...CODES.keys()];

/** What a citizenship counts in its indicator and period. */
const COUNT = 5_040;

export function* linesOf(from: number, until: number): Generator<string> {
  yield `indicator,period,${DIMENSIONS.join(",")},value\n`;
  for (let year = from; year <= until; year++) {
    for (const period of ["-Q1", "-Q2", "-Q3", "-Q4", ""].map((part) => `${year}${part}`)) {
      for (const { code, cubes } of INDICATORS)
        for (const cube of cubes) yield* cubeOf(code, period, cube);
    }
  }
}

function* cubeOf(indicator: string, period: string, { dimensions }: Cube): Generator<string> {
  const keys = keysOf(dimensions);
  const total = COUNT * AREAS.length;
  const isByCountry = dimensions.some((dimension) => codesOf(dimension) === AREAS);
  for (const key of keys) {
    const value = isByCountry
      ? (COUNT * AREAS.length) / keys.length
      : share(total, keys.length, key === keys[0]);
    const columns = DIMENSIONS.map((dimension) => key.get(dimension) ?? "");
    yield `${indicator},${period},${columns.join(",")},${value}\n`;
  }
}

function share(total: number, parts: number, isFirst: boolean): number {
  return Math.floor(total / parts) + (isFirst ? total % parts : 0);
}

function keysOf(dimensions: readonly string[]): ReadonlyMap<string, string>[] {
  let keys: ReadonlyMap<string, string>[] = [new Map()];
  for (const dimension of dimensions) {
    keys = keys.flatMap((key) =>
      codesOf(dimension).map((code) => new Map([...key, [dimension, code]])),
    );
  }
  return keys;
}

function codesOf(dimension: string): readonly string[] {
  return dimension === "CITIZENSHIP" || dimension === "COUNTRY_OF_ISSUANCE"
    ? AREAS
    : (CODES.get(dimension) ?? []);
}
