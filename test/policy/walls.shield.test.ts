import { type ExecutionResult, execute, type GraphQLFieldResolver, parse } from "graphql";
import type { DataSource } from "typeorm";
import { openDatabase } from "../../shared/database/data-source";
import { openRequest, RequestContext } from "../../shared/graphql/context";
import { MADE_OF } from "../../shared/graphql/shield";
import type { BuiltSubgraph } from "../../shared/graphql/subgraph";
import type { Viewer } from "../../shared/viewer/viewer";
import { CountryRecord, MembershipRecord } from "../../subgraphs/countries/country.entity";
import { createLoaders as createCountriesLoaders } from "../../subgraphs/countries/loaders";
import { buildCountries } from "../../subgraphs/countries/schema";
import { Catalogue } from "../../subgraphs/indicators/catalogue/catalogue";
import {
  IndicatorRecord,
  IndicatorSetRecord,
  SourceRecord,
} from "../../subgraphs/indicators/catalogue/indicator.entity";
import { createLoaders as createIndicatorsLoaders } from "../../subgraphs/indicators/loaders";
import { buildIndicators } from "../../subgraphs/indicators/schema";
import { createLoaders as createSharingLoaders } from "../../subgraphs/sharing/loaders";
import { PartnerRecord } from "../../subgraphs/sharing/partners/partner.entity";
import { buildSharing } from "../../subgraphs/sharing/schema";
import { cloneDatabase, type TestDatabase, WORLD } from "../support/database";
import { factsOf, viewerOf } from "../support/viewers";

/**
 * The last wall alone. Everything before it fails: what a resolver or a loader hands over was fetched for AUT, lawfully
 * and with its own rights, but it is PAK that asks, and no agreement gives PAK anything.
 */
const AUT: Viewer = viewerOf({ id: "austria", partner: "AUT", roles: ["ANALYST"] });
const PAK: Viewer = viewerOf({ id: "pakistan", partner: "PAK", roles: ["ANALYST"] });
const nothing = () => ({ now: new Date(), all: [] });

type Resolve = GraphQLFieldResolver<any, any>;
interface Loaders {
  subgraph: BuiltSubgraph;
  dataSource: DataSource;
  austria: RequestContext<any>;
  /** PAK, with nothing granted but with AUT's loaders. */
  pakistan: RequestContext<any>;
}

type Name = "countries" | "indicators" | "sharing";
type CreateLoaders = (it: DataSource) => any;

let database: TestDatabase;
let subgraphs: Record<Name, Loaders>;

async function open(
  name: Name,
  subgraph: BuiltSubgraph,
  entities: (() => void)[],
  createLoaders: CreateLoaders,
): Promise<Loaders> {
  const dataSource = await openDatabase({
    url: database.url,
    role: `accord_${name}`,
    entities,
    poolSize: 2,
  });
  const austria = await openRequest(
    dataSource,
    { viewer: AUT, requestId: "1", channel: "GRAPHQL" },
    await createLoaders(dataSource),
  );
  const pakistan = new RequestContext(
    dataSource,
    { viewer: PAK, requestId: "2", channel: "GRAPHQL" },
    { facts: factsOf("PAK"), terms: nothing() },
    () => austria.loaders,
  );
  for (const { recorder } of [austria, pakistan])
    recorder.writeTo({ record: async () => undefined });
  return { subgraph, dataSource, austria, pakistan };
}

beforeAll(async () => {
  database = await cloneDatabase(WORLD);
  const listed: any[] = [IndicatorRecord, IndicatorSetRecord, SourceRecord];
  const createLoadersWith = async (it: DataSource) =>
    createIndicatorsLoaders(await Catalogue.read(it));
  const atlas: any[] = [CountryRecord, MembershipRecord];
  subgraphs = {
    countries: await open("countries", await buildCountries(), atlas, () => createCountriesLoaders),
    indicators: await open("indicators", await buildIndicators(), listed, createLoadersWith),
    sharing: await open(
      "sharing",
      await buildSharing(),
      [PartnerRecord as any],
      () => createSharingLoaders,
    ),
  };
});
afterAll(async () => {
  for (const { dataSource } of Object.values(subgraphs)) await dataSource.destroy();
  await database.drop();
});

const ask = (
  { subgraph }: Loaders,
  source: string,
  contextValue: RequestContext<any>,
): Promise<ExecutionResult> =>
  Promise.resolve(execute({ schema: subgraph.schema, document: parse(source), contextValue }));

/** The same while a root field answers as `wrap` has it. */
async function askWhile(
  loaders: Loaders,
  name: string,
  wrap: (plain: Resolve) => Resolve,
  source: string,
  context: RequestContext<any>,
) {
  const field = loaders.subgraph.schema.getQueryType()?.getFields()[name];
  const plain = field?.resolve;
  if (!field || !plain) throw new Error(`no field ${name}`);
  field.resolve = wrap(plain);
  try {
    return await ask(loaders, source, context);
  } finally {
    field.resolve = plain;
  }
}
const answeringFor =
  (context: unknown) =>
  (plain: Resolve): Resolve =>
  (parent, args, _asking, info) =>
    plain(parent, args, context, info);

const codes = ({ errors }: ExecutionResult) => [
  ...new Set(errors?.map(({ extensions }) => extensions.code)),
];
/** Everything in an answer that is not null. */
const told = (data: unknown): unknown[] =>
  typeof data === "object" ? Object.values(data ?? {}).flatMap(told) : [data];

const QUARTERS = `from: "2014-Q1", to: "2014-Q2"`;
const SERIES = [
  "values",
  "statuses",
  "sources { id }",
  "observations { value }",
  "citizenship { code }",
  "sex { code }",
];

describe("the shield alone refuses", () => {
  test.each(SERIES)("Series { %s } that was fetched for somebody else", async (field) => {
    const { indicators } = subgraphs;
    const source = `{ series(reporters: ["AUT"], indicators: ["ASY"], by: [CITIZENSHIP], ${QUARTERS}) { ${field} } }`;
    const lent = await askWhile(
      indicators,
      "series",
      answeringFor(indicators.austria),
      source,
      indicators.pakistan,
    );
    expect(codes(lent)).toEqual(["FORBIDDEN"]);
    expect(told(lent.data)).toEqual([]);
    const own = await ask(indicators, source, indicators.austria);
    expect(own.errors).toBeUndefined();
    expect((own.data as { series: unknown[] }).series.length).toBeGreaterThan(20);
  });

  test.each(["values", "statuses", "included { code }", "missing { code }"])(
    "RegionalTotal { %s } that was fetched for somebody else",
    async (field) => {
      const { indicators } = subgraphs;
      const source = `{ regionalTotal(reporters: ["AUT", "DEU"], indicator: "ASY", ${QUARTERS}) { ${field} } }`;
      const forAustria = answeringFor(indicators.austria);
      const lent = await askWhile(
        indicators,
        "regionalTotal",
        forAustria,
        source,
        indicators.pakistan,
      );
      expect(codes(lent)).toEqual(["FORBIDDEN"]);
      expect(told(lent.data)).toEqual([]);
      expect((await ask(indicators, source, indicators.austria)).errors).toBeUndefined();
    },
  );

  test("the newest figures of a country from a loader that serves somebody else", async () => {
    const { indicators } = subgraphs;
    const source = `{ _entities(representations: [{ __typename: "Country", code: "AUT" }]) {
      ... on Country { indicators(${QUARTERS}) { latest { value } } } } }`;
    const lent = await ask(indicators, source, indicators.pakistan);
    expect(codes(lent)).toEqual(["FORBIDDEN"]);
    expect(told(lent.data)).toEqual([]);
    const own = await ask(indicators, source, indicators.austria);
    expect(own.errors).toBeUndefined();
    expect(told(own.data).length).toBeGreaterThan(0);
  });

  test("figures from a cache that somebody else has filled and was shown", async () => {
    const { indicators } = subgraphs;
    const source = `{ series(reporters: ["AUT"], indicators: ["ASY"], ${QUARTERS}) { values } }`;
    let cache: unknown;
    const caching =
      (plain: Resolve): Resolve =>
      async (...all) =>
        (cache ??= await plain(...all));
    const own = await askWhile(indicators, "series", caching, source, indicators.austria);
    expect(told(own.data)).toHaveLength(2);
    const lent = await askWhile(
      indicators,
      "series",
      () => () => cache,
      source,
      indicators.pakistan,
    );
    expect([codes(lent), told(lent.data)]).toEqual([["FORBIDDEN"], []]);
  });

  test("figures that do not say whose they are, even to their owner", async () => {
    const { indicators } = subgraphs;
    const markedAs =
      (mark: undefined | readonly []) =>
      (plain: Resolve): Resolve =>
      async (...all) => {
        const rows = (await plain(...all)) as object[];
        return rows.map((row) => ({ ...row, [MADE_OF]: mark }));
      };
    for (const field of SERIES) {
      const source = `{ series(reporters: ["AUT"], indicators: ["ASY"], by: [CITIZENSHIP], ${QUARTERS}) { ${field} } }`;
      for (const mark of [undefined, []] as const) {
        const answer = await askWhile(
          indicators,
          "series",
          markedAs(mark),
          source,
          indicators.austria,
        );
        expect([field, codes(answer), told(answer.data)]).toEqual([field, ["FORBIDDEN"], []]);
      }
    }
  });

  test("contacts' names, mail and telephone and profiles from a loader that serves somebody else", async () => {
    const { countries } = subgraphs;
    const source = `{ country(code: "AUT") { name focalPersons { title name email phone } profile { sections { body } } } }`;
    const lent = await ask(countries, source, countries.pakistan);
    expect(codes(lent)).toEqual(["FORBIDDEN"]);
    const [person] = (lent.data as any).country.focalPersons;
    expect(person).toEqual({ title: expect.any(String), name: null, email: null, phone: null });
    expect((lent.data as any).country.profile).toBeNull();
    const own = await ask(countries, source, countries.austria);
    expect(own.errors).toBeUndefined();
    expect((own.data as any).country.focalPersons[0].name).toContain("fictional");
  });

  test("agreements that were read for somebody they name", async () => {
    const { sharing } = subgraphs;
    const source = `{ agreements(first: 3) { nodes { id title parties { code } terms { detail } } totalCount } }`;
    const lent = await askWhile(
      sharing,
      "agreements",
      answeringFor(sharing.austria),
      source,
      sharing.pakistan,
    );
    expect(codes(lent)).toEqual(["FORBIDDEN"]);
    expect(told(lent.data)).toEqual([]);
    expect((await ask(sharing, source, sharing.austria)).errors).toBeUndefined();
  });
});
