import type { DataSource } from "typeorm";
import type { DimensionCode } from "../../../shared/graphql/dimension";
import { IndicatorRecord, IndicatorSetRecord, SourceRecord } from "./indicator.entity";

interface CodeRow {
  dimension: string;
  code: string;
  name: string;
}

/** The public code lists, read once when the subgraph opens: they change with a migration, never with a request. */
export class Catalogue {
  private constructor(
    /** The newest version of each, in the catalogue's order. */
    readonly indicators: readonly IndicatorRecord[],
    readonly sets: readonly IndicatorSetRecord[],
    private readonly byCode: ReadonlyMap<string, IndicatorRecord>,
    private readonly areas: ReadonlyMap<string, { name: string; kind: string }>,
    private readonly codes: ReadonlyMap<string, string>,
    private readonly sources: ReadonlyMap<string, SourceRecord>,
    /** Name by code of each dimension that is not about areas. */
    readonly codeLists: ReadonlyMap<string, ReadonlyMap<string, string>>,
    /** Names of countries, and of what stands in the place of one. */
    readonly areaNames: ReadonlyMap<string, string>,
  ) {}

  static async read(dataSource: DataSource): Promise<Catalogue> {
    const versions = await dataSource
      .getRepository(IndicatorRecord)
      .find({ order: { position: "ASC", version: "ASC" } });
    const byCode = new Map(versions.map((version) => [version.code, version]));
    const sets = await dataSource
      .getRepository(IndicatorSetRecord)
      .find({ order: { code: "DESC", version: "ASC" } });
    const areas: { code: string; name: string; kind: string }[] = await dataSource.query(
      "SELECT * FROM indicators.area",
    );
    const codes: CodeRow[] = await dataSource.query(
      "SELECT dimension, code, name FROM indicators.code",
    );
    const sources = await dataSource.getRepository(SourceRecord).find();
    return new Catalogue(
      [...byCode.values()],
      sets,
      byCode,
      new Map(areas.map((area) => [area.code, area])),
      new Map(codes.map(({ dimension, code, name }) => [`${dimension}/${code}`, name])),
      new Map(sources.map((source) => [source.id, source])),
      listsOf(codes),
      new Map(areas.map(({ code, name }) => [code, name])),
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
    if (dimension === "CITIZENSHIP" || dimension === "COUNTRY_OF_ISSUANCE")
      return this.areas.get(code)?.name ?? code;
    return this.codes.get(`${dimension}/${code}`) ?? code;
  }

  isCountry(code: string): boolean {
    return this.areas.get(code)?.kind === "COUNTRY" || code === "XKX";
  }

  isArea(code: string): boolean {
    return this.areas.has(code) && code !== "_T";
  }
}

function listsOf(codes: readonly CodeRow[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const lists = new Map<string, Map<string, string>>();
  for (const { dimension, code, name } of codes) {
    const list = lists.get(dimension) ?? new Map<string, string>();
    list.set(code, name);
    lists.set(dimension, list);
  }
  return lists;
}
