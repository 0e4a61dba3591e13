import type { DataSource } from "typeorm";
import type { DimensionCode } from "../../shared/graphql/dimension";
import { badInput } from "../../shared/graphql/errors";
import { type Period, parsePeriod, periodCount } from "../../shared/period";
import { IndicatorRecord, IndicatorSetRecord, SourceRecord } from "./indicator.entity";

interface CodeRow {
  dimension: string;
  code: string;
  name: string;
}

/** The public code lists, read once when the room opens: they change with a migration, never with a request. */
export class Catalogue {
  private constructor(
    /** The newest version of each, in the catalogue's order. */
    readonly indicators: readonly IndicatorRecord[],
    readonly sets: readonly IndicatorSetRecord[],
    private readonly byCode: ReadonlyMap<string, IndicatorRecord>,
    private readonly areas: ReadonlyMap<string, { name: string; kind: string }>,
    private readonly codes: ReadonlyMap<string, string>,
    private readonly sources: ReadonlyMap<string, SourceRecord>,
  ) {}

  static async read(dataSource: DataSource): Promise<Catalogue> {
    const versions = await dataSource
      .getRepository(IndicatorRecord)
      .find({ order: { position: "ASC", version: "ASC" } });
    const byCode = new Map(versions.map((version) => [version.code, version]));
    const sets = await dataSource.getRepository(IndicatorSetRecord).find({ order: { code: "DESC", version: "ASC" } });
    const areas: { code: string; name: string; kind: string }[] = await dataSource.query(
      "SELECT * FROM indicators.area",
    );
    const codes: CodeRow[] = await dataSource.query("SELECT dimension, code, name FROM indicators.code");
    const sources = await dataSource.getRepository(SourceRecord).find();
    return new Catalogue(
      [...byCode.values()],
      sets,
      byCode,
      new Map(areas.map((area) => [area.code, area])),
      new Map(codes.map(({ dimension, code, name }) => [`${dimension}/${code}`, name])),
      new Map(sources.map((source) => [source.id, source])),
    );
  }

  indicator(code: string): IndicatorRecord | undefined {
    return this.byCode.get(code);
  }

  source(id: string): SourceRecord | undefined {
    return this.sources.get(id);
  }

  /** Name of a code of a dimension; the code itself where the list has none. */
  nameOf(dimension: DimensionCode, code: string): string {
    if (dimension === "CITIZENSHIP" || dimension === "COUNTRY_OF_ISSUANCE") return this.areas.get(code)?.name ?? code;
    return this.codes.get(`${dimension}/${code}`) ?? code;
  }

  isCountry(code: string): boolean {
    return this.areas.get(code)?.kind === "COUNTRY" || code === "XKX";
  }

  isArea(code: string): boolean {
    return this.areas.has(code) && code !== "_T";
  }
}

const MOST_REPORTERS = 100;
const MOST_PERIODS = 200;

/** The arguments of a request for figures, understood; every fault names its argument and the way to mend it. */
export class Arguments {
  constructor(private readonly catalogue: Catalogue) {}

  reporters(codes: readonly string[]): string[] {
    const distinct = some("reporters", codes);
    if (distinct.length > MOST_REPORTERS) {
      throw badInput(
        "reporters",
        `${distinct.length} countries; at most ${MOST_REPORTERS} are allowed. Ask in several requests.`,
      );
    }
    for (const code of distinct) {
      if (!this.catalogue.isCountry(code)) {
        throw badInput("reporters", `"${code}" is not a country. Use ISO 3166-1 alpha-3 codes such as "AUT".`);
      }
    }
    return distinct;
  }

  indicators(codes: readonly string[], argument = "indicators"): IndicatorRecord[] {
    return some(argument, codes).map((code) => {
      const indicator = this.catalogue.indicator(code);
      if (indicator) return indicator;
      const known = this.catalogue.indicators.map((entry) => entry.code).join(", ");
      throw badInput(argument, `"${code}" is not an indicator. The catalogue has ${known}.`);
    });
  }

  /** Sorted, as released tables are; no dimension is the total. */
  dimensions(by: readonly DimensionCode[] | null | undefined, indicators: readonly IndicatorRecord[]): DimensionCode[] {
    const dimensions = [...new Set(by ?? [])].sort();
    for (const indicator of indicators) {
      const lacking = dimensions.find((dimension) => !indicator.dimensions.includes(dimension));
      if (lacking === undefined) continue;
      const has = indicator.dimensions.join(", ");
      throw badInput("by", `${indicator.code} is not broken down by ${lacking}. It has ${has}.`);
    }
    return dimensions;
  }

  citizenships(codes: readonly string[] | null | undefined, dimensions: readonly string[]): string[] | null {
    if (codes === null || codes === undefined) return null;
    if (!dimensions.includes("CITIZENSHIP")) {
      throw badInput("citizenships", "narrows a breakdown by citizenship. Add CITIZENSHIP to `by`.");
    }
    const unknown = codes.find((code) => !this.catalogue.isArea(code));
    if (unknown !== undefined) {
      throw badInput(
        "citizenships",
        `"${unknown}" is not a citizenship. Use ISO 3166-1 alpha-3 codes, or _U, _O, _STL.`,
      );
    }
    return some("citizenships", codes).sort();
  }

  span(from: string, to: string): { from: Period; to: Period } {
    const first = period("from", from);
    const last = period("to", to);
    if (first.frequency !== last.frequency) {
      throw badInput("to", `"${to}" and from "${from}" differ: give two quarters (2015-Q1) or two years (2015).`);
    }
    if (first.start > last.start) throw badInput("from", `"${from}" is after to "${to}". Swap them.`);
    if (periodCount(first, last) > MOST_PERIODS) {
      throw badInput("to", `the span is longer than ${MOST_PERIODS} periods. Ask in several requests.`);
    }
    return { from: first, to: last };
  }
}

function period(argument: string, code: string): Period {
  const parsed = parsePeriod(code);
  if (parsed) return parsed;
  throw badInput(argument, `"${code}" is not a period. Write a quarter as 2015-Q3 or a year as 2015.`);
}

function some(argument: string, codes: readonly string[]): string[] {
  if (codes.length === 0) throw badInput(argument, "is empty. Name at least one.");
  return [...new Set(codes)];
}
