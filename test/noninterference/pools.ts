/** Values worth asking with: those that exist in one of two worlds only before all others. */
import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery } from "graphql";
import type { Client } from "pg";
import type { ExchangeUnderTest } from "../support/exchange-under-test";
import { OWNERS } from "../support/expectation";
import { analystOf } from "../support/people";
import { type Telling, tellingNames } from "./names";
import { inputsFor } from "./pools.inputs";

export interface Pools {
  /** From and to, of one frequency. */
  readonly spans: readonly (readonly [string, string])[];
  /** Lists as a whole, where their items make sense only together; by the argument's name. */
  readonly lists: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** Inputs that are nearly in order; by the type's name. */
  readonly inputs: ReadonlyMap<string, readonly object[]>;
  /** Values of an enum that are worth more than one try. */
  readonly likely: ReadonlyMap<string, readonly string[]>;
  /** @param of the type and field, or the input type, to which the argument of this name belongs */
  scalar(type: string, name: string, of: string): readonly unknown[];
}

/** The schema as whoever is signed in is told it. */
export async function schemaOf(exchange: ExchangeUnderTest): Promise<GraphQLSchema> {
  const { data } = await exchange.ask(analystOf("PAK"), getIntrospectionQuery());
  return buildClientSchema(data);
}

const cursorTo = (id: string): string => Buffer.from(`id:${id}`).toString("base64url");
const UNKNOWN = ["00000000-0000-7000-8000-00000000dead", "A-00000dead0"];

/** The years of which nearly every owner has figures, of one frequency or the other. */
const QUARTERS = ["2014-Q1", "2016-Q2"] as const;
const YEARS = ["2013", "2019"] as const;

/** Subgraphs whose words for a thing differ between the API and the tables. */
const SAME: Readonly<Record<string, string>> = {
  report: "submission",
  webhook: "endpoint",
  group: "partner_group",
};

export async function poolsFor(viewer: string, first: Client, second: Client): Promise<Pools> {
  const places = await tellingNames(first, second);
  const few = [...places.values()].flatMap(({ single, shared }) => [
    ...single.slice(0, 4),
    ...shared.slice(0, 2),
  ]);
  const all = [...new Set([...few, ...UNKNOWN])];
  const partners = [
    viewer,
    ..."TUR IRQ PAK AUT HUN DEU SRB GBR FRONTEX UNODC SECRETARIAT XXX".split(" "),
  ];

  function ids(name: string, of: string): readonly string[] {
    if (/indicator/i.test(name))
      return ["ASY", "ASY", "ASY", "IST", "REF", "RET", "IBC", "DOC", "THB", "XXX"];
    if (/^(owners?|viewers?|partners?|state)$/.test(name)) return partners;
    if (/section/i.test(name)) return ["IRN-TUR", "IRQ-TUR", "AFG-PAK", "XXX-YYY"];
    const words = `${of} ${name}`.toLowerCase();
    const fitting = [...places].filter(([place]) => {
      const table = place.split(".")[1] as string;
      return (
        Object.entries(SAME).some(([api, kept]) => kept === table && words.includes(api)) ||
        words.includes(table.split("_")[0] as string)
      );
    });
    const [single, shared] = [
      fitting.flatMap(([, it]) => it.single),
      fitting.flatMap(([, it]) => it.shared),
    ];
    return [...repeated(single, all.length), ...repeated(shared, all.length / 2), ...all];
  }

  function texts(name: string, of: string): readonly string[] {
    if (/after|before|cursor/i.test(name)) {
      const feed = likelyCursors(places);
      return /feed/i.test(of)
        ? [...feed, "start"]
        : [...ids("", of).map(cursorTo), ...feed.slice(0, 2), "x"];
    }
    if (/key/i.test(name)) {
      const { single, shared } = places.get("sharing.idempotency_key.key") ?? {
        single: [],
        shared: [],
      };
      return [...single, ...single, ...shared, "new"];
    }
    if (/kind/i.test(name)) return ["FOCAL_PERSON", "NATIONAL_CONTACT_POINT"];
    return ["Text", "", ...ids(name, of).slice(0, 6)];
  }

  const byType: Readonly<Record<string, readonly unknown[]>> = {
    CountryCode: OWNERS,
    Period: ["2015-Q3", "2015", "2014-Q1", "2023-Q1", "2023", "2026-Q3"],
    Int: [1, 2, 3, 5, 8, 13, 100, 0],
    Float: [0, 1.5],
    Boolean: [true, false],
    DateTime: ["2016-01-01T00:00:00Z", "2022-06-01T00:00:00Z", "2099-01-01T00:00:00Z"],
    Date: ["2016-01-01", "2022-06-01", "2099-01-01"],
    DimensionName: ["CITIZENSHIP", "SEX", "AGE_GROUP"],
    EmailAddress: ["desk@example.org"],
    JSONObject: [{}],
  };
  const years = [2013, 2014, 2015, 2016];
  return {
    spans: [
      ...repeated([QUARTERS, YEARS], 6),
      ["2015-Q3", "2015-Q3"] as const,
      ["2015", "2015"] as const,
      ["2022-Q4", "2023-Q4"] as const,
      ["2021", "2023"] as const,
      ["2016-Q1", "2015-Q1"] as const,
    ],
    lists: new Map([
      ["by", [[], ["CITIZENSHIP"], ["CITIZENSHIP"], ["SEX"], ["CITIZENSHIP", "SEX"]]],
      ["reporters", [["AUT"], ["DEU", "HUN"], ["TUR", "AUT", "BGR"], OWNERS]],
      ["indicators", [["ASY"], ["REF"], ["ASY", "IST"], ["REF", "RET", "DOC"]]],
      ["citizenships", [["AFG"], ["PAK", "SYR", "TUV"], ["_U", "IRQ"]]],
    ]),
    inputs: inputsFor(viewer),
    likely: new Map([
      ["Category", ["STATISTICS", "STATISTICS", "STATISTICS", "STATISTICS", "CONTACT_DETAILS"]],
    ]),
    scalar(type, name, of) {
      if (type === "ID") return ids(name, of);
      if (name === "year") return years;
      return byType[type] ?? texts(name, of);
    },
  };
}

/** So often that they are about so many. */
const repeated = <T>(names: readonly T[], many: number): readonly T[] =>
  names.length === 0
    ? []
    : Array.from({ length: Math.ceil(many / names.length) }, () => names).flat();

/** The feed's cursors are no encoded ids. */
const likelyCursors = (places: ReadonlyMap<string, Telling>): readonly string[] =>
  [...places].flatMap(([place, { single, shared }]) =>
    place.endsWith(".cursor") ? [...single, ...single, ...shared] : [],
  );
